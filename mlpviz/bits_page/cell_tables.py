"""The tables of the page Fewer bits: a block in both precisions, and what is lost in each layer."""

from __future__ import annotations

import numpy as np

from mlpviz.bits_page.compared import Compared, relative_errors, too_large, underflows
from mlpviz.engine.parameters import Array
from mlpviz.exploration.view import TableCell, TablePart, number_cell
from mlpviz.low_precision.update import lost
from mlpviz.text.numbers import NumberStyle, all_digits, format_number, percent
from mlpviz.text.sentences import Sentence, exact_number, sentence

MOST = (12, 12)
"""rows and columns of a block that are shown at once; the sliders of the cell move the rest into sight"""
_DIGITS = NumberStyle(6)


def block_table(key: str, title: str, shown: Array, other: Array, at: tuple[int, int], number: int) -> TablePart:
    """A window of a block around the chosen cell; a press chooses another one. The first of a pair has the colours."""
    top, left = (
        max(0, min(place - most // 2, size - most)) for place, most, size in zip(at, MOST, shown.shape, strict=True)
    )
    bottom, right = min(top + MOST[0], shown.shape[0]), min(left + MOST[1], shown.shape[1])
    errors = relative_errors(shown, other) if number == 0 else np.zeros(shown.shape)
    known = np.abs(errors[np.isfinite(errors)])
    largest = float(known.max(initial=0.0)) or 1.0
    rows = []
    for row in range(top, bottom):
        cells = [TableCell(str(row + 1))]
        for column in range(left, right):
            value, error = float(shown[row, column]), float(errors[row, column])
            shade = float(np.clip(error / largest, -1, 1)) if np.isfinite(error) else float(np.sign(error))
            digits = (
                all_digits(value)
                if number
                else f"{all_digits(value)}, float64: {all_digits(float(other[row, column]))}"
            )
            sets = {"row": row + 1, "column": column + 1}
            wanted = {
                name: place for name, place, size in zip(sets, sets.values(), shown.shape, strict=True) if size > 1
            }
            cells.append(TableCell(format_number(value, _DIGITS), digits, shade, wanted or None, (row, column) == at))
        rows.append(cells)
    whole = shown.shape == (bottom - top, right - left)
    note: Sentence | str = "" if whole else f"A part of {shown.shape[0]} rows and {shown.shape[1]} columns."
    if number == 0:
        note = sentence(
            "Coloured by the relative error, at most {largest}: blue is too large, orange too small. {part}",
            largest=exact_number(float(known.max(initial=0.0))),
            part=note,
        )
    head = ["", *(str(column + 1) for column in range(left, right))]
    return TablePart(key=key, title=title, head=head, rows=rows, note=note)


def losses_table(compared: Compared) -> TablePart:
    """What became 0, what is too large, and what did not move, layer by layer."""
    rows = []
    for index in range(len(compared.document.layers)):
        low, exact = compared.blocks[index, "grad_weight"]
        start, (new, _) = compared.start_of(index), compared.blocks[index, "new_weight"]
        stuck = int(np.sum(lost(start, exact, new)))
        moved = int(np.sum(exact != 0))
        rows.append(
            [
                TableCell(f"layer {index + 1}"),
                number_cell(underflows(low, exact)),
                number_cell(too_large(low, exact, compared.arithmetic.number_format, compared.scale)),
                TableCell(
                    f"{stuck} of {moved}", percent(stuck / moved) if moved else "", -stuck / moved if moved else 0.0
                ),
            ]
        )
    loss, exact_loss = compared.found.loss, float(compared.document.trace().loss)
    return TablePart(
        key="counts",
        title="What is lost",
        head=("", "∂L/∂W became 0", "too large", "updates lost"),
        rows=rows,
        note=sentence(
            "L is {loss}, in float64 {exact}. An update is lost where its step is less than half a unit of the weight.",
            loss=exact_number(loss),
            exact=exact_number(exact_loss),
        ),
    )
