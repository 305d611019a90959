"""The bits of one number, with the next numbers of its format above and below."""

from __future__ import annotations

import numpy as np

from mlpviz.exploration.view import TableCell, TablePart, number_cell
from mlpviz.low_precision.number_format import NumberFormat
from mlpviz.text.sentences import exact_number, sentence

SIGN, EXPONENT, MANTISSA = -0.9, 0.45, 0.0


def bits_table(number_format: NumberFormat, value: float, exact: float, name: str) -> TablePart:
    """Three rows: the next number up, the number, the next one down; a column per bit, coloured by its field."""
    below, above = (float(side[0]) for side in number_format.neighbours(np.array([value])))
    rows = [
        _row(number_format, "next up", above, value),
        _row(number_format, name, value, value),
        _row(number_format, "next down", below, value),
    ]
    exponents, mantissas = number_format.exponent_bits, number_format.mantissa_bits
    head = ["", "number", "±", *["e"] * exponents, *["m"] * mantissas]
    gap = above - value if np.isfinite(above) else value - below
    return TablePart(
        key="bits",
        is_narrow=True,
        title=f"The bits of {name} in {number_format.label}",
        head=head,
        rows=rows,
        note=sentence(
            "1 bit for the sign, {e} for the exponent, {m} for the mantissa. The next number is {gap} away. float64 "
            "has {exact}: the error is {error}.",
            e=exponents,
            m=mantissas,
            gap=exact_number(gap),
            exact=exact_number(exact),
            error=exact_number(value - exact),
        ),
    )


def _row(number_format: NumberFormat, name: str, value: float, marked: float) -> list[TableCell]:
    fields = number_format.bits(value)
    bits = [
        (fields.sign, SIGN),
        *((bit, EXPONENT) for bit in fields.exponent),
        *((bit, MANTISSA) for bit in fields.mantissa),
    ]
    is_marked = value == marked
    return [
        TableCell(name),
        number_cell(value, is_marked=is_marked),
        *(TableCell(bit, shade=shade) for bit, shade in bits),
    ]
