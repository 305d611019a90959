"""A second network beside the one on the sheet: its scene, and where the two differ."""

from __future__ import annotations

from typing import Any

from mlpviz.explain.last_edit.differences import deltas_of, differences_of
from mlpviz.network import Document
from mlpviz.sheet_page.scene import scene_of, values_on_screen
from mlpviz.sheet_page.structure import Structure
from mlpviz.text.numbers import DEFAULT, NumberStyle
from mlpviz.text.sentences import exact_number


def second_scene(
    own: Document, other: Document, partials: bool, style: NumberStyle = DEFAULT
) -> tuple[Structure, dict[str, Any]]:
    """Structure and scene of the other document, as from `scene_of`, with what differs.

    `deltas` holds for each block in which a number differs the texts of other − own, row by row and "" where the two
    are equal; `differences` are lines such as "loss: mean squared error | cross-entropy".
    """
    structure, scene = scene_of(other, partials, style)
    found = deltas_of(values_on_screen(own), values_on_screen(other), list(structure.blocks))
    deltas = {
        key: [exact_number(value, style, sign=True) if value else "" for value in delta.ravel().tolist()]
        for key, delta in found.items()
        if delta.any()
    }
    return structure, scene | {"deltas": deltas, "differences": differences_of(own, other)}
