"""A second network beside the one on the sheet: its scene, and where the two differ."""

from __future__ import annotations

from typing import Any

import numpy as np

from mlpviz.content.differences import deltas_of, differences_of
from mlpviz.content.numbers import DEFAULT, NumberStyle, format_number
from mlpviz.content.values import values_of
from mlpviz.document import Document
from mlpviz.engine.parameters import Array
from mlpviz.figures.scene import class_rows, scene_of
from mlpviz.figures.structure import Structure


def beside_of(
    own: Document, other: Document, partials: bool, style: NumberStyle = DEFAULT
) -> tuple[Structure, dict[str, Any]]:
    """Structure and scene of the other document, as from `scene_of`, with what differs.

    `deltas` holds for each block in which a number differs the texts of other − own, row by row and "" where the two
    are equal; `differences` are lines such as "loss: mean squared error | cross-entropy".
    """
    structure, scene = scene_of(other, partials, style)
    found = deltas_of(_values(own), _values(other), list(structure.blocks))
    deltas = {key: [_signed(value, style) for value in delta.ravel()] for key, delta in found.items() if delta.any()}
    return structure, scene | {"deltas": deltas, "differences": differences_of(own, other)}


def _values(document: Document) -> dict[str, Array]:
    return values_of(document.trace(), document.learning_rate, class_rows(document), document.next_step)


def _signed(value: float, style: NumberStyle) -> str:
    if value == 0:
        return ""
    text = format_number(float(value), style)
    return f"+{text}" if value > 0 and np.isfinite(value) else text
