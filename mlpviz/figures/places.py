"""Which cell of the sheet a selection names."""

from __future__ import annotations

from mlpviz.content.nudge import Place
from mlpviz.document import Document

EDITABLE = ("weight", "bias", "x")
"""What can be nudged."""


def place_of(document: Document, selection: str | None) -> Place | None:
    """The place of a selection such as "grad_a 5 1 2", all counted from 1 as on screen (layer 0: x).

    None if the network has no such cell.
    """
    if not selection:
        return None
    tensor, *numbers = selection.split(" ")
    layer, row, column = (*(int(number) for number in numbers), *(1, 1, 1)[len(numbers) :])
    spec = document.spec
    if not 0 <= layer <= len(spec.layers) or (layer == 0) != (tensor in ("x", "grad_x")):
        return None
    widths = (spec.inputs, *(own.outputs for own in spec.layers))
    of = tensor.removeprefix("grad_").removeprefix("new_")
    columns = {"weight": widths[layer - 1], "bias": 1}.get(of, document.samples)
    if of == "bias" and not spec.layers[layer - 1].bias:
        return None
    inside = 1 <= row <= widths[layer] and 1 <= column <= columns
    return Place(tensor, layer, row - 1, column - 1) if inside else None
