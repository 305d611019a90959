"""A number as people write it: 0.5, 1/3, ½, 50%, 1,5, 1.5×10⁻³, 3*4-5, √2. The one reader of cells, pastes and files.

Nothing is evaluated as code. Sums, products and powers are exact fractions, so that 0.1+0.2 is read as 0.3; what can
mean two numbers, such as 1,000, is refused with both; who writes decimal commas means the second (`reader_sign`).
"""

from __future__ import annotations

import re

from mlpviz.schema.decimal_marks import PLAIN
from mlpviz.schema.errors import echo
from mlpviz.schema.limits import MAGNITUDE
from mlpviz.schema.number_characters import plain_characters, without_wording
from mlpviz.schema.number_errors import NumberTextError, no_number, too_large
from mlpviz.schema.reader_sign import is_comma
from mlpviz.schema.typed_arithmetic import Arithmetic

_LONGEST = 200
"""characters of a number that has to be computed"""
_LOST_POWER = re.compile(r"([0-9.,]+) ?[×·⋅∙] ?10[-−–]([0-9]{1,3})")
"""1.5×10−3 as it comes out of a PDF: the power is a subtraction now."""

_AMBIGUOUS_POINT = re.compile(r"[+-]?[1-9][0-9]{0,2}\.[0-9]{3}")
"""1.000 may be a thousand for a reader of decimal commas, or 1 with three decimals"""
_SPACED = re.compile(r"[+-]?[1-9][0-9]{0,2}(?: [0-9]{3})+")

_SPACED_DECIMAL = re.compile(r"([+-]?[1-9][0-9]{0,2}(?: [0-9]{3})+),([0-9]+)")
_DATE = re.compile(
    r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[T ].*)?|[0-9]{1,2}[/-][0-9]{1,2}[/-][0-9]{4}|[0-9]{4}/[0-9]{1,2}/[0-9]{1,2}"
)
_HIGH_POINT = re.compile(r"([+\-−–]?[0-9]+)[·∙⋅•]([0-9]+)")
"""0·5 as British print has it, or a product"""
_CURRENCY = re.compile(r"([+-]?) ?[$€£¥] ?([0-9.,' ]+)|([+-]?[0-9.,' ]+?) ?[$€£¥]")


def read_number(text: str) -> float:
    """The number that a person wrote, finite and of at most `MAGNITUDE`. Time is linear in the length of the text.

    Raises NumberTextError: what was given and what was expected, or the two numbers that it may mean.
    """
    if PLAIN.fullmatch(text):
        return _bounded(float(text), text)
    shown = text.strip()
    if not shown:
        raise NumberTextError("is empty, expected a number")
    if len(shown) > _LONGEST:
        raise no_number(shown)
    plain = plain_characters(shown)
    if PLAIN.fullmatch(plain):
        return _bounded(float(plain), shown)
    _refuse_two_meanings(shown, plain)
    if found := _SPACED_DECIMAL.fullmatch(plain):
        plain = f"{found.group(1).replace(' ', '')},{found.group(2)}"
    elif found := _CURRENCY.fullmatch(plain):
        plain = f"{found.group(1)}{found.group(2)}" if found.group(2) else found.group(3)
        _refuse_two_meanings(shown, plain)
    try:
        value = float(Arithmetic(without_wording(plain), shown).value())
    except OverflowError:
        raise too_large(shown) from None
    return _bounded(value, shown)


def read_typed(text: str) -> float:
    """`read_number` of what somebody typed into a field: a reader of decimal commas may mean 1000 by 1.000.

    Raises NumberTextError as `read_number`.
    """
    plain = text.strip()
    if is_comma() and _AMBIGUOUS_POINT.fullmatch(plain_characters(plain)):
        whole, comma = echo(plain.replace(".", "")), echo(plain.replace(".", ","))
        raise NumberTextError(
            f"is {echo(plain)}, which could be {whole} or {comma}; write it without the point or with a comma"
        )
    return read_number(text)


def read_numbers(text: str, *, whole: bool = False) -> list[float]:
    """Several numbers in one field, apart by spaces, semicolons, or commas; none for no text.

    0,5 is a decimal comma. Whole numbers have none. Raises NumberTextError as `read_number` for the first that is no
    number, and for 1,5, which can be one number or two.
    """
    parts = re.split(r"[\s;]+|,(?:\s+|$)", text.strip())
    found: list[str] = []
    for part in parts:
        if "," not in part:
            found.append(part)
        elif whole or part.count(",") > 1 or "." in part:
            found += part.split(",")
        elif is_comma() or part.lstrip("+-−–").startswith(("0,", ",")):
            found.append(part)
        else:
            raise NumberTextError(
                f"is {echo(part)}, which could be {part.replace(',', '.')} or the numbers "
                f"{part.replace(',', ' and ')}; write a point, or a space between numbers"
            )
    return [read_number(part) for part in found if part]


def _refuse_two_meanings(shown: str, plain: str) -> None:
    if lost := _LOST_POWER.search(shown):
        number, power = lost.groups()
        raise NumberTextError(
            f"is {echo(shown)}, which could be {number}e-{power}, or {number} times 10 and {power} less; "
            "write the one that is meant"
        )
    if _SPACED.fullmatch(plain):
        parts = plain.split()
        numbers = " and ".join(part.lstrip("0") or "0" for part in parts)
        raise NumberTextError(
            f"is {echo(shown)}, which could be {''.join(parts)} or the numbers {numbers}; "
            "write one number without spaces"
        )
    if _DATE.fullmatch(plain):
        raise NumberTextError(f"is {echo(shown)}, which looks like a date, expected a number")
    if point := _HIGH_POINT.fullmatch(shown):
        whole, digits = point.groups()
        raise NumberTextError(
            f"is {echo(shown)}, which could be {whole}.{digits} or {whole} times {digits}; write a point or *"
        )
    if "//" in plain:
        raise NumberTextError(f"is {echo(shown)}, which is a fraction in Julia and rounded down in Python; write one /")


def _bounded(value: float, shown: str) -> float:
    if abs(value) <= MAGNITUDE:
        return value
    raise too_large(shown)
