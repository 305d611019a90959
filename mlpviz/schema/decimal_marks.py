"""Commas and points between digits: decimal marks, groups of thousands, or what may be either."""

from __future__ import annotations

import re
from fractions import Fraction

from mlpviz.schema.errors import echo
from mlpviz.schema.number_errors import NumberTextError, no_number
from mlpviz.schema.reader_sign import is_comma

PLAIN = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
"""A number as most programs write it."""
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]*)?")
_INDIAN = re.compile(r"[1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3}(?:\.[0-9]*)?")
_GROUPED_BY_POINTS = re.compile(r"[1-9][0-9]{0,2}(?:(?:\.[0-9]{3})+,[0-9]*|(?:\.[0-9]{3}){2,})")
_DECIMAL_COMMA = re.compile(r"[0-9]*,[0-9]+|[0-9]+,")
AMBIGUOUS_COMMA = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}")
"""1,000 may be a thousand, or 1 with three decimals."""


def decimal_value(number: str, shown: str) -> Fraction:
    """The value of digits with commas and points, a part of the text `shown`.

    Raises NumberTextError: what was expected, or the two numbers that it may mean.
    """
    if is_comma() and _DECIMAL_COMMA.fullmatch(number):
        number = number.replace(",", ".")
    elif AMBIGUOUS_COMMA.fullmatch(number):
        raise NumberTextError(
            f"is {echo(shown)}, in which {echo(number)} could be {number.replace(',', '')} or "
            f"{number.replace(',', '.')}; write it without the comma or with a point"
            if number != shown
            else f"is {echo(number)}, which could be {number.replace(',', '')} or {number.replace(',', '.')}; "
            "write it without the comma or with a point"
        )
    if _GROUPED.fullmatch(number) or _INDIAN.fullmatch(number):
        number = number.replace(",", "")
    elif _GROUPED_BY_POINTS.fullmatch(number):
        number = number.replace(".", "").replace(",", ".")
    elif _DECIMAL_COMMA.fullmatch(number):
        number = number.replace(",", ".")
    if not PLAIN.fullmatch(number):
        raise no_number(shown)
    return Fraction(number.rstrip(".") if number.endswith(".") else number)
