"""How a number is written for people: the one format of sheet, panel, sentences, charts and the command line.

`web/shared/number_text.js` says the same for what the browser writes by itself; a test compares both, text by text.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

MINUS = "−"

_POWERS = (1e-2, 1e-1, 1.0, 1e1, 1e2, 1e3, 1e4, 1e5)
"""Where the decimal exponent of a number from 0.001 to a million goes up, from −3."""

_LARGEST_DENOMINATOR = 64

_NOISE = 1e-12
"""Relative; what float arithmetic leaves behind, as in 0.1 + 0.2."""


@dataclass(frozen=True)
class NumberStyle:
    """What a reader chooses: significant digits, and whether 0.333… is written 1/3 where that is exact."""

    digits: int = 3
    fractions: bool = False


STYLES: dict[str, tuple[str, NumberStyle]] = {
    "2": ("2 digits", NumberStyle(2)),
    "3": ("3 digits", NumberStyle(3)),
    "4": ("4 digits", NumberStyle(4)),
    "6": ("6 digits", NumberStyle(6)),
    "8": ("8 digits", NumberStyle(8)),
    "f": ("fractions", NumberStyle(3, fractions=True)),
}
"""The styles offered: the key that a view names, its label, the style."""

DEFAULT_STYLE = "3"
DEFAULT = STYLES[DEFAULT_STYLE][1]


def format_number(value: float, style: NumberStyle = DEFAULT) -> str:
    """`value` as a person writes it: integers as integers, else significant digits, a real minus sign.

    Zeros at the end are left out only where nothing was rounded away: 3.8 is 3.8, and 3.804 is 3.80.
    A number that is not an integer always shows a decimal point, an exponent or a fraction bar, so that 2.9999999 is
    not read as 3. Scientific only below 0.001 and from a million on, then without zeros at the end. A half is rounded
    away from zero, as at school.
    """
    size = abs(value)
    if size < 1e6 and value == (whole := int(value)):
        return str(whole) if whole >= 0 else MINUS + str(-whole)
    sign = MINUS if value < 0 else ""
    if not math.isfinite(size):
        return "NaN" if math.isnan(size) else sign + "∞"
    if style.fractions and (fraction := _fraction(size)):
        return sign + fraction
    if 1e-3 <= size < 1e6:
        return sign + _decimals(size, style.digits)
    return sign + _scientific(_exponential(size, style.digits))


def _decimals(size: float, digits: int) -> str:
    """So many digits; zeros at the end are left out, but for one, where nothing was rounded away."""
    power = bisect_right(_POWERS, size)
    decimals = max(1, digits + 2 - power)
    text = _fixed(size, decimals)
    if decimals > 1 and power < len(_POWERS) and float(text) >= _POWERS[power]:
        text = _fixed(size, decimals - 1)  # 0.0099999 has one decimal less as 0.0100
    if abs(float(text) - size) > _NOISE * size:
        return text
    text = text.rstrip("0")
    return text + "0" if text.endswith(".") else text


def _fixed(size: float, decimals: int) -> str:
    """So many decimals, a half rounded up as at school: that of the digits which the number has, 1.075 as 1.08."""
    text = repr(float(size))
    if "e" not in text:
        whole, _, rest = text.partition(".")
        if len(rest) == decimals + 1 and rest[-1] == "5":
            kept = str(int(whole + rest[:-1]) + 1).zfill(decimals + 1)
            return f"{kept[: len(kept) - decimals]}.{kept[len(kept) - decimals :]}" if decimals else kept
    # the number lies on the same side of the half as its shortest digits, else the half would be these
    return f"{size:.{decimals}f}"


def _exponential(size: float, digits: int) -> str:
    """So many digits and a power of ten, a half rounded up."""
    mantissa, exponent = f"{Decimal(repr(float(size))):e}".lower().split("e")
    figures = mantissa.replace(".", "").rstrip("0")
    if len(figures) <= digits:  # all that it has, also where these are fewer than of other floats: 5e-324
        return f"{mantissa}e{exponent}"
    if len(figures) == digits + 1 and figures[-1] == "5":
        kept, power = str(int(figures[:-1]) + 1), int(exponent)
        if len(kept) > digits:
            kept, power = kept[:-1], power + 1
        return f"{kept[0]}.{kept[1:]}e{power}" if digits > 1 else f"{kept}e{power}"
    return f"{size:.{digits - 1}e}"


def _scientific(text: str) -> str:
    """Python's 1.50e-07 as 1.5e−7."""
    mantissa, exponent = text.split("e")
    if "." in mantissa:
        mantissa = mantissa.rstrip("0").rstrip(".")
    power = int(exponent)
    return f"{mantissa}e{MINUS if power < 0 else ''}{abs(power)}"


def all_digits(value: float) -> str:
    """As many digits as it takes to tell this float from all others; scientific below 0.0001 and from 1e16 on."""
    if not math.isfinite(value):
        return format_number(value)
    text = repr(abs(float(value))).removesuffix(".0")
    return (MINUS if value < 0 else "") + (_scientific(text) if "e" in text else text)


def number_pair(value: float, style: NumberStyle = DEFAULT) -> tuple[str, str]:
    """The text of a number, and all of its digits where the text leaves some out (else ""), for a tooltip."""
    text, exact = format_number(value, style), all_digits(value)
    return text, "" if exact == text else exact


def percent(share: float, decimals: int = 1) -> str:
    """A share as a percentage: 97.5%, 50%. It never says 0% or 100% of what is only nearly so."""
    size = abs(100.0 * share)
    if not size < 1e6:
        return f"{format_number(100.0 * share)}%" if math.isfinite(size) else format_number(share)
    while decimals < _MOST_DECIMALS and float(_fixed(size, decimals)) in (0.0, 100.0) and not _is_near(size, 0, 100):
        decimals += 1
    text = _fixed(size, decimals)
    if _is_near(size, float(text)) and "." in text:
        text = text.rstrip("0").rstrip(".")
    return f"{MINUS if share < 0 and text != '0' else ''}{text}%"


_MOST_DECIMALS = 6


def _is_near(size: float, *others: float) -> bool:
    return any(abs(size - other) <= _NOISE * size for other in others)


def signed(value: float, style: NumberStyle = DEFAULT) -> str:
    """A difference with its sign: +3, −0.5."""
    text = format_number(value, style)
    return f"+{text}" if value > 0 and math.isfinite(value) else text


def _fraction(size: float) -> str | None:
    """The fraction of small numbers that is this float exactly, None if there is none."""
    if not 1 / _LARGEST_DENOMINATOR <= size < 1e3:
        return None
    fraction = Fraction(size).limit_denominator(_LARGEST_DENOMINATOR)
    return str(fraction) if fraction.numerator / fraction.denominator == size else None


def is_exact(value: float, style: NumberStyle = DEFAULT) -> bool:
    """Whether `format_number` leaves nothing out, but for what float arithmetic leaves behind."""
    if abs(value) < 1e6 and value == int(value):
        return True
    text = format_number(value, style).replace(MINUS, "-")
    if "/" in text:  # a fraction is only written where it is exact
        return True
    return not math.isfinite(value) or abs(float(text) - value) <= _NOISE * abs(value)


def equality_sign(values: Iterable[float], style: NumberStyle = DEFAULT) -> str:
    """The sign between numbers as they are shown: "≈" where a digit is left out of one of them."""
    return "=" if all(is_exact(value, style) for value in values) else "≈"
