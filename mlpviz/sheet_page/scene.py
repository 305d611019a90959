"""What the sheet shows of one document, or of a second one beside it: all numbers with their texts. Sent per edit."""

from __future__ import annotations

import math
from dataclasses import asdict
from typing import Any

import numpy as np

from mlpviz.engine.parameters import Array
from mlpviz.explain.comparison import deltas_of, differences_of
from mlpviz.network import Document
from mlpviz.sheet.block_norms import block_norms
from mlpviz.sheet.blocks import Shape, shape_of
from mlpviz.sheet.partial_sums import partial_sums
from mlpviz.sheet.values import values_on_screen
from mlpviz.sheet_page.structure import Structure, structure_of
from mlpviz.text.numbers import DEFAULT, NumberStyle, format_all, format_number
from mlpviz.text.sentences import Sentence, exact_number


def scene_of(
    document: Document, partials: bool = True, style: NumberStyle = DEFAULT, norms: bool = False
) -> tuple[Structure, dict[str, Any]]:
    """The structure of the sheet, and the numbers for it.

    `v` holds all values row by row, block after block in the order of `blocks` (null where not finite), `t` their texts
    ("" for the finite numbers of heat maps, which are read one at a time: the browser writes them in `style`).
    `partials` holds the partial sums as in a sentence; null if not asked for: they are half the work, and only stepping
    by single products shows them. `norms` has the size of each block as a sentence, null if not asked for.
    """
    trace = document.trace()
    shape = shape_of(document)
    structure = structure_of(trace.spec, shape)
    values = values_on_screen(document)
    order = [*structure.blocks, *(key for key in values if key not in structure.blocks)]
    sizes = [[key, *values[key].shape] for key in order[len(structure.blocks) :]]
    flat = np.concatenate([values[key].ravel() for key in order])
    v, numbers = _finite(flat), flat.tolist()
    t: list[str] = []
    for key in order:
        size = values[key].size
        own = numbers[len(t) : len(t) + size]
        if not structure.is_heat(key):
            t += format_all(own, style)
        elif np.isfinite(values[key]).all():
            t += [""] * size
        else:
            t += ["" if math.isfinite(value) else format_number(value) for value in own]
    pins = [[pin.layer, pin.unit - 1, pin.sample - 1] for pin in document.pins]
    return structure, {
        "structure": structure.id,
        "hidden": sizes,
        "v": v,
        "t": t,
        "style": asdict(style),
        "partials": _partials(structure, shape, values, style) if partials and structure.products else None,
        "norms": _norms(structure, values, style) if norms else None,
        "pins": pins,
        "name": document.name,
        "loss": document.loss.key,
        "targetIsClasses": shape.target_is_classes,
        "learningRate": document.learning_rate,
    }


def second_scene(
    own: Document, other: Document, partials: bool, style: NumberStyle = DEFAULT, norms: bool = False
) -> tuple[Structure, dict[str, Any]]:
    """Structure and scene of the other document, as from `scene_of`, with what differs.

    `deltas` holds for each block in which a number differs the texts of other − own, row by row and "" where the two
    are equal; `differences` are lines such as "loss: mean squared error | cross-entropy".
    """
    structure, scene = scene_of(other, partials, style, norms)
    found = deltas_of(values_on_screen(own), values_on_screen(other), list(structure.blocks))
    deltas = {
        key: [exact_number(value, style, sign=True) if value else "" for value in delta.ravel().tolist()]
        for key, delta in found.items()
        if delta.any()
    }
    return structure, scene | {"deltas": deltas, "differences": differences_of(own, other)}


def _norms(structure: Structure, values: dict[str, Array], style: NumberStyle) -> dict[str, Sentence]:
    return {key: exact_number(norm, style) for key, norm in block_norms(structure.blocks, values).items()}


def _finite(flat: Array) -> list[float | None]:
    # JSON has no word for infinity; the text says it
    if np.isfinite(flat).all():
        return flat.tolist()
    return [value if ok else None for value, ok in zip(flat.tolist(), np.isfinite(flat).tolist(), strict=True)]


def _partials(
    structure: Structure, shape: Shape, values: dict[str, Array], style: NumberStyle
) -> dict[str, list[Sentence]]:
    sums = {
        key: partial_sums(rule, structure.blocks[key], shape, values).ravel().tolist()
        for key, rule in structure.rules.items()
        if rule.terms > 1
    }
    return {key: [exact_number(value, style) for value in numbers] for key, numbers in sums.items()}
