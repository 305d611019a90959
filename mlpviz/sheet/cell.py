"""Which cell of the sheet a selection names."""

from __future__ import annotations

from mlpviz.explain.loss_curve import Nudged
from mlpviz.network import Document
from mlpviz.sheet.blocks import blocks_of
from mlpviz.sheet_page.scene import shape_of

EDITABLE = ("weight", "bias", "gamma", "beta", "x")
"""What can be nudged."""


def nudged_by(document: Document, selection: str | None) -> Nudged | None:
    """The place of a selection such as "grad_a 5 1 2", all counted from 1 as on screen (layer 0: x).

    None if the network has no such cell.
    """
    if not selection:
        return None
    tensor, *numbers = selection.split(" ")
    layer, row, column = (*(int(number) for number in numbers), *(1, 1, 1)[len(numbers) :])
    if (layer == 0) != (tensor in ("x", "grad_x")):
        return None
    block = blocks_of(document.spec, shape_of(document)).get(f"{tensor}.{layer}")
    if block is None or not (1 <= row <= block.rows and 1 <= column <= block.columns):
        return None
    return Nudged(tensor, layer, row - 1, column - 1)
