"""What somebody typed into a cell beside the number that belongs there: read by the app's one reader, then compared.

A number that the sheet shows without rounding, such as an integer, must be typed exactly. Of any other the digits that
the sheet shows are asked for: it may be off by half a unit of the last of them.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine.parameters import Array
from mlpviz.schema.number_characters import plain_characters
from mlpviz.schema.typed_number import read_typed

_NOISE = 1e-9
"""relative; what float arithmetic may leave between equal numbers"""
_NOTHING = 1e-13
"""of the largest number of a block: what is smaller is left over from numbers that cancel"""
_DIGITS = 3
"""that the sheet shows"""

_SIMPLE = re.compile(r"-?[0-9]+(?:\.([0-9]{0,15}))?")
"""what is typed most often"""
_UNITS = tuple(float(f"1e-{decimals}") for decimals in range(16))

_LOOSE = 0.0051
"""relative; more than half a unit of the third digit"""

Closeness = Literal["right", "rounded", "coarse", "wrong"]
"""Equal; equal in the digits that are asked for; equal in fewer digits; none of these."""


class TypedNumber(NamedTuple):
    """A number that was typed, and the unit of its last digit: 0.01 for 3.14; None for a sum, product or fraction."""

    value: float
    unit: float | None


def read_cell(text: str) -> TypedNumber:
    """The number in a field. Raises NumberTextError: what was given and what was expected."""
    value = read_typed(text)
    if simple := _SIMPLE.fullmatch(text):
        return TypedNumber(value, _UNITS[len(simple.group(1) or "")])
    try:
        exponent = Decimal(plain_characters(text.strip()).replace(",", ".")).as_tuple().exponent
    except InvalidOperation:
        return TypedNumber(value, None)
    return TypedNumber(value, float(f"1e{exponent}") if isinstance(exponent, int) and abs(exponent) < 300 else None)


def may_be_near(typed: Array, values: Array) -> NDArray[np.bool_]:
    """Whether typed numbers may be allowed for these: a quick look that lets too many pass."""
    return np.asarray(np.abs(typed - values) <= _LOOSE * np.abs(values) + _NOISE)


def is_near(typed: float, value: float) -> bool:
    """The same of two numbers."""
    return abs(typed - value) <= _LOOSE * abs(value) + _NOISE


class Tolerances(NamedTuple):
    """How far off typed numbers may be from those of a block: `equal` counts as the same, `allowed` as right."""

    equal: Array
    allowed: Array


def tolerances(values: Array) -> Tolerances:
    """What may be typed for each number: itself, or what is off by half a unit of its last digit on the sheet."""
    size = np.abs(values)
    with np.errstate(all="ignore"):
        power = np.floor(np.log10(np.where(size > 0.0, size, 1.0)))
        is_plain = (size >= 1e-3) & (size < 1e6)
        decimals = np.where(is_plain, np.maximum(1.0, _DIGITS - 1 - power), _DIGITS - 1 - power)
        unit = 10.0**-decimals
        is_shown = np.abs(np.round(values / unit) * unit - values) <= _NOISE * size
        is_whole = np.round(values) == values
        equal = _NOISE * size + _NOTHING * np.fmax.reduce(size, axis=None, initial=0.0)
        return Tolerances(equal, np.where(is_shown | is_whole, equal, np.maximum(unit * (0.5 + _NOISE), equal)))


def closeness(typed: TypedNumber, value: float, equal: float, allowed: float) -> Closeness:
    """How near a typed number comes to the one that belongs there, with the tolerances of that one."""
    apart = abs(typed.value - value)
    if apart <= equal:
        return "right"
    if apart <= allowed:
        return "rounded"
    # 0 for 0.3 is no rounding that says anything
    if typed.unit is not None and typed.value and 2.0 * allowed < typed.unit and apart <= typed.unit * (0.5 + _NOISE):
        return "coarse"
    return "wrong"
