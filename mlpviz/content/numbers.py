"""How a number is written for people: the one format of sheet, panel and sentences."""

from __future__ import annotations

import math
from collections.abc import Iterable

MINUS = "−"


def format_number(value: float) -> str:
    """`value` as a person writes it: integers as integers, else four significant digits, a real minus sign.

    A number that is not an integer always shows a decimal point or an exponent, so that 2.9999999 is not read as 3.
    Scientific only below 0.001 and from a million on.
    """
    size = abs(value)
    if size < 1e6 and value == (whole := int(value)):
        return str(whole) if whole >= 0 else MINUS + str(-whole)
    sign = MINUS if value < 0 else ""
    if not math.isfinite(size):
        return "NaN" if math.isnan(size) else sign + "∞"
    if 1e-3 <= size < 1e6:
        decimals = max(1, 3 - math.floor(math.log10(size)))
        text = f"{size:.{decimals}f}".rstrip("0")
        return sign + (text + "0" if text.endswith(".") else text)
    mantissa, exponent = f"{size:.2e}".split("e")
    mantissa = mantissa.rstrip("0").rstrip(".")
    power = int(exponent)
    return f"{sign}{mantissa}e{MINUS if power < 0 else ''}{abs(power)}"


def format_all(values: Iterable[float]) -> list[str]:
    """`format_number` of each value."""
    return [format_number(value) for value in values]
