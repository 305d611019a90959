"""What the sheet shows of one document: all numbers of its Trace with their texts. Sent once per edit."""

from __future__ import annotations

import math
from dataclasses import asdict
from typing import Any

import numpy as np

from mlpviz.engine.parameters import Array
from mlpviz.network import Document
from mlpviz.network.optimizer_state import configured_optimizer
from mlpviz.sheet.blocks import Shape
from mlpviz.sheet.partial_sums import partial_sums
from mlpviz.sheet.values import values_of
from mlpviz.sheet_page.structure import Structure, structure_of
from mlpviz.text.numbers import DEFAULT, NumberStyle, format_all, format_number
from mlpviz.text.sentences import Sentence, exact_number


def shape_of(document: Document) -> Shape:
    """The part of the sheet's layout that the network itself does not fix."""
    target = document.trace().target
    sums_to_one = target is None or bool(np.allclose(target.sum(axis=-1), 1.0, rtol=0, atol=1e-12))
    return Shape(
        document.samples,
        class_rows(document) is not None,
        sums_to_one,
        document.training,
        configured_optimizer(document.optimizer),
    )


def class_rows(document: Document) -> Array | None:
    """The class numbers (N,) of the targets, None for targets in rows and for no targets."""
    is_classes = document.target is not None and bool(document.target) and isinstance(document.target[0], int)
    return np.array(document.target, dtype=float) if is_classes else None


def values_on_screen(document: Document) -> dict[str, Array]:
    """The numbers of every block: of the document's pass, with its learning rate and its targets as they are given."""
    return values_of(document.trace(), document.learning_rate, class_rows(document), document.next_step)


def scene_of(
    document: Document, partials: bool = True, style: NumberStyle = DEFAULT
) -> tuple[Structure, dict[str, Any]]:
    """The structure of the sheet, and the numbers for it.

    `v` holds all values row by row, block after block in the order of `blocks` (null where not finite), `t` their texts
    ("" for the finite numbers of heat maps, which are read one at a time: the browser writes them in `style`).
    `partials` holds the growing sums as in a sentence: half the work, and needed only by those who step through single
    products; null if not asked for.
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
        "pins": pins,
        "name": document.name,
        "loss": document.loss.key,
        "targetIsClasses": shape.target_is_classes,
        "learningRate": document.learning_rate,
    }


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
