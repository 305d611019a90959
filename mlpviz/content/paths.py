"""Which paths carry a gradient from one cell to the loss: the strongest by size, and the exact rest.

By dynamic programming over layers, never by enumeration: a unit's strongest paths are made of its successors' strongest
ones, because a factor scales all paths behind it alike. Says what the paths are; refuses to judge them.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mlpviz.content.values import derivatives_of
from mlpviz.engine import Trace
from mlpviz.engine.parameters import Array

STRONGEST = 5


class Factor(NamedTuple):
    """One factor of a path. `kind` is input, weight, slope or loss; layers count from 0 = x, units from 0.

    A weight leads from unit `source` of layer - 1 to `unit`; a slope of softmax from z of `source` to a of `unit`.
    """

    kind: str
    layer: int
    unit: int
    source: int
    value: float


class Path(NamedTuple):
    """One product of factors from the cell to the loss, in one sample (from 0)."""

    sample: int
    factors: tuple[Factor, ...]
    product: float


class Paths(NamedTuple):
    """`strongest` by size, and what is left: they add up to `value`.

    `number` is how many paths are not zero, `size` the sum of all their sizes, whatever their signs.
    """

    value: float
    strongest: tuple[Path, ...]
    rest: float
    number: float
    size: float


class _Level(NamedTuple):
    """The strongest K paths from each of U units on: `follow` is the next unit, `rank` which of its paths goes on."""

    products: Array
    follow: NDArray[np.int_]
    rank: NDArray[np.int_]
    factors: Array
    number: Array
    size: Array


def paths_of(trace: Trace, tensor: str, layer: int, row: int, column: int, strongest: int = STRONGEST) -> Paths:
    """The paths behind one cell of a gradient: grad_a, grad_z, grad_x, grad_weight or grad_bias.

    Row and column count from 0 as on screen, where samples are columns.

    `layer` counts from 0 = x. For a weight and a bias the paths of all samples compete. Raises KeyError for another
    tensor.
    """
    value = _value(trace, tensor, layer, row, column)
    by_sample = range(trace.samples) if tensor in ("grad_weight", "grad_bias") else (column,)
    found: list[Path] = []
    count = size = 0.0
    for sample in by_sample:
        levels = _levels(trace, layer, sample, strongest, from_z=tensor not in ("grad_a", "grad_x"))
        head = _head(trace, tensor, layer, column, sample)
        scale = 1.0 if head is None else head.value
        first = levels[0]
        if scale != 0.0:
            count += float(first.number[row])
            size += abs(scale) * float(first.size[row])
        for rank in range(first.products.shape[1]):
            product = scale * float(first.products[row, rank])
            if product != 0.0:
                found.append(Path(sample, _follow(levels, layer, tensor, row, rank, head), product))
    found.sort(key=lambda path: -abs(path.product))
    shown = tuple(found[:strongest])
    return Paths(value, shown, value - sum(path.product for path in shown), count, size)


def _value(trace: Trace, tensor: str, layer: int, row: int, column: int) -> float:
    if tensor == "grad_x":
        return float(trace.grad_x[column, row])
    own = trace.layers[layer - 1]
    match tensor:
        case "grad_a" | "grad_z":
            return float(getattr(own, tensor)[column, row])
        case "grad_weight":
            return float(own.grad_weight[row, column])
        case "grad_bias" if own.grad_bias is not None:
            return float(own.grad_bias[row])
    raise KeyError(tensor)


def _head(trace: Trace, tensor: str, layer: int, column: int, sample: int) -> Factor | None:
    if tensor != "grad_weight":
        return None
    return Factor("input", layer - 1, column, column, float(trace.inputs_of(layer - 1)[sample, column]))


def _levels(trace: Trace, layer: int, sample: int, strongest: int, from_z: bool) -> list[_Level]:
    """The levels from the cell's own to the loss: z or a of its layer first, a of the last layer last."""
    grad_y = trace.layers[-1].grad_a[sample][:, None]
    units = np.arange(len(grad_y))[:, None]
    alive = (grad_y[:, 0] != 0).astype(float)
    levels = [_Level(grad_y, units, np.zeros_like(units), grad_y, alive, np.abs(grad_y[:, 0]))]
    with np.errstate(all="ignore"):
        for number in range(len(trace.layers), 0, -1):
            if number == layer and not from_z:
                break
            levels.append(_joined(derivatives_of(trace, number, sample), levels[-1], strongest))
            if number == layer:
                break
            levels.append(_joined(trace.layers[number - 1].weight.T, levels[-1], strongest))
    return levels[::-1]


def _joined(matrix: Array, after: _Level, strongest: int) -> _Level:
    """One step back: matrix (U, V) leads from each of U units to V, a vector (U,) from each unit to itself."""
    if matrix.ndim == 1:
        units = np.arange(len(matrix))[:, None] + np.zeros_like(after.follow)
        ranks = np.zeros_like(units) + np.arange(after.products.shape[1])
        factors = matrix[:, None] + np.zeros_like(after.products)
        products = matrix[:, None] * after.products
        return _Level(products, units, ranks, factors, after.number * (matrix != 0), after.size * np.abs(matrix))
    rows, width = len(matrix), after.products.shape[1]
    candidates = (matrix[:, :, None] * after.products).reshape(rows, -1)
    keep = min(strongest, candidates.shape[1])
    best = np.argsort(-np.abs(candidates), axis=1, kind="stable")[:, :keep]
    follow, rank = best // width, best % width
    take = np.arange(rows)[:, None]
    return _Level(
        candidates[take, best],
        follow,
        rank,
        matrix[take, follow],
        (matrix != 0) @ after.number,
        np.abs(matrix) @ after.size,
    )


def _follow(
    levels: list[_Level], layer: int, tensor: str, unit: int, rank: int, head: Factor | None
) -> tuple[Factor, ...]:
    """The factors of one path, from the cell to the loss."""
    factors = [] if head is None else [head]
    at_z = tensor not in ("grad_a", "grad_x")
    for level in levels[:-1]:
        target = int(level.follow[unit, rank])
        if not at_z:
            layer += 1
        factors.append(Factor("slope" if at_z else "weight", layer, target, unit, float(level.factors[unit, rank])))
        unit, rank = target, int(level.rank[unit, rank])
        at_z = not at_z
    factors.append(Factor("loss", layer, unit, unit, float(levels[-1].factors[unit, 0])))
    return tuple(factors)
