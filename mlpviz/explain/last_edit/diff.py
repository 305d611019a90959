"""What an edit or an update changed: every number of the sheet before and after, cell by cell.

Where layers or samples came or went, each is first aligned with its counterpart in the network before. Units need no
search: they come and go at the end.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine.parameters import Array
from mlpviz.explain.comparison import differ
from mlpviz.network import Document
from mlpviz.sheet.blocks import Block


class Alignment(NamedTuple):
    """For each layer (0 is x) and each sample (from 0) of the new network its number in the old one, None if it is new.

    `same` says that both have the same layers, widths, biases and samples: then everything has its counterpart.
    """

    layers: tuple[int | None, ...]
    samples: tuple[int | None, ...]
    same: bool


def align(before: Document, after: Document) -> Alignment:
    """The counterparts in `before` of the layers and samples of `after`."""
    layers = _places([(layer.weight, layer.bias) for layer in one.layers] for one in (before, after))
    samples = _places(list(zip(one.x, one.target or (None,) * one.samples, strict=True)) for one in (before, after))
    same = (before.widths, before.samples, before.spec.slots) == (after.widths, after.samples, after.spec.slots)
    return Alignment((0, *(None if place is None else place + 1 for place in layers)), samples, same)


def _places(pair: Any) -> tuple[int | None, ...]:
    """Equal entries at the beginning and at the end belong together; the rest is matched from the end."""
    old, new = pair
    if len(old) == len(new):
        return tuple(range(len(new)))
    most = min(len(old), len(new))
    head = _common(old, new, most)
    tail = most - head
    front = tuple(range(head)) + (None,) * (len(new) - head - tail)
    return front + tuple(range(len(old) - tail, len(old)))


def _common(old: Sequence[Any], new: Sequence[Any], most: int) -> int:
    count = 0
    while count < most and old[count] == new[count]:
        count += 1
    return count


def counterpart(
    block: Block, old_blocks: Mapping[str, Block], old: Mapping[str, Array], match: Alignment
) -> tuple[Array, Array]:
    """The old numbers in the places of a new block (R, C), and where the old network has one at all (R, C).

    The mean of batch norm is one of each unit, that of layer norm one of each sample: these are no counterparts.
    """
    shape = (block.rows, block.columns)
    layer = match.layers[block.layer]
    key = f"{block.quantity.key}.{layer}"
    source = old.get(key) if layer is not None and _of_the_same(old_blocks.get(key), block) else None
    if source is not None and match.same and source.shape == shape:
        return source, np.ones(shape, dtype=bool)
    found, has = np.zeros(shape), np.zeros(shape, dtype=bool)
    # class numbers and rows of targets cannot be compared
    if source is None or (
        block.quantity.key == "target" and len(source) != block.rows and 1 in (len(source), block.rows)
    ):
        return found, has
    rows = min(block.rows, source.shape[0])
    places = match.samples if block.column_noun == "sample" else range(min(block.columns, source.shape[1]))
    for column, place in enumerate(places):
        if place is not None:
            found[:rows, column] = source[:rows, place]
            has[:rows, column] = True
    return found, has


def _of_the_same(old: Block | None, new: Block) -> bool:
    """Whether rows and columns of both stand for the same."""
    return old is not None and (old.row_noun, old.column_noun) == (new.row_noun, new.column_noun)


class TensorChange(NamedTuple):
    """One block before and after, (R, C) as on screen.

    `changed` marks the numbers that differ by more than rounding, `has` those that the old network had at all.
    """

    before: Array
    after: Array
    changed: NDArray[np.bool_]
    has: NDArray[np.bool_]


def changes_of(
    blocks: Mapping[str, Block],
    old_blocks: Mapping[str, Block],
    old: Mapping[str, Array],
    new: Mapping[str, Array],
    match: Alignment,
) -> dict[str, TensorChange]:
    """The change of every block of the new network, in their order. A number that was not there has not changed."""
    found: dict[str, TensorChange] = {}
    for key, block in blocks.items():
        after = np.asarray(new[key], dtype=float)
        before, has = counterpart(block, old_blocks, old, match)
        found[key] = TensorChange(before, after, differ(before, after) & has, has)
    return found
