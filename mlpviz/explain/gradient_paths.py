"""Which paths carry a gradient from one cell to the loss: the strongest by size, and the exact rest.

By dynamic programming over stages, never by enumeration: a unit's strongest paths are made of its successors' strongest
ones, because a factor scales all paths after it alike. What they say of the gradient is in `gradient_verdict.py`.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine import Trace
from mlpviz.engine.parameters import Array
from mlpviz.explain.derivative_graph import DerivativeEdge, Stage, backwards, edges_of
from mlpviz.explain.path_sources import PathFactor, PathSource, grouped, path_sources

STRONGEST = 5


class GradientPath(NamedTuple):
    """One product of factors from the cell to the loss, which begins in one sample (from 0)."""

    sample: int
    factors: tuple[PathFactor, ...]
    product: float


class GradientPaths(NamedTuple):
    """`strongest` by size, and what is left: they add up to `value`.

    `number` is how many paths are not zero, `size` the sum of all their sizes, whatever their signs.
    """

    value: float
    strongest: tuple[GradientPath, ...]
    rest: float
    number: float
    size: float


class _Level(NamedTuple):
    """The strongest K paths from each node (S, U) of a stage on, all (S, U, K).

    `edge` is the one that is taken, `follow` the next unit or sample along it, `rank` which of its paths goes on.
    """

    products: Array
    edge: NDArray[np.int_]
    follow: NDArray[np.int_]
    rank: NDArray[np.int_]
    factors: Array
    number: Array
    """(S, U)"""
    size: Array
    """(S, U)"""


def gradient_paths(
    trace: Trace, tensor: str, layer: int, row: int, column: int, strongest: int = STRONGEST
) -> GradientPaths:
    """The paths of one cell of any gradient tensor, such as grad_a, grad_weight or grad_gamma.

    Row and column count from 0 as on screen, where samples are columns; `layer` counts from 0 = x. For what is added up
    over samples the paths of all of them compete. Raises KeyError for a tensor that is no gradient of this layer.
    """
    value, sources = _value(trace, tensor, layer, row, column), path_sources(trace, tensor, layer, row, column)
    found: list[GradientPath] = []
    count = size = 0.0
    for rows, group in grouped(trace, sources):
        edges = edges_of(trace, rows, layer - 1 if group[0].stage[0] != "a" else layer)
        levels = _levels(trace, edges, rows, group[0].stage, strongest)
        for start in group:
            scale = 1.0 if start.head is None else start.head.value
            level, at = levels[start.stage], (rows.index(start.sample), start.unit)
            if scale != 0.0:
                count += float(level.number[at])
                size += abs(scale) * float(level.size[at])
            for rank in range(level.products.shape[2]):
                product = scale * float(level.products[*at, rank])
                if product != 0.0:
                    found.append(GradientPath(start.sample, _follow(levels, edges, rows, start, rank), product))
    found.sort(key=lambda path: -abs(path.product))
    shown = tuple(found[:strongest])
    return GradientPaths(value, shown, value - sum(path.product for path in shown), count, size)


def _value(trace: Trace, tensor: str, layer: int, row: int, column: int) -> float:
    if tensor == "grad_x":
        return float(trace.grad_x[column, row])
    array = getattr(trace.layers[layer - 1], tensor, None) if tensor.startswith("grad_") else None
    if array is None:
        raise KeyError(tensor)
    if array.ndim == 1:
        return float(array[row])
    if tensor == "grad_weight":
        return float(array[row, column])
    return float(array.T[row, column])


def _levels(
    trace: Trace, edges: dict[Stage, list[DerivativeEdge]], rows: list[int], first: Stage, strongest: int
) -> dict[Stage, _Level]:
    """The levels of all stages from the loss back to the first."""
    grad_y = trace.layers[-1].grad_a[rows]
    zeros = np.zeros((*grad_y.shape, 1), dtype=int)
    alive = (grad_y != 0).astype(float)
    last = _Level(grad_y[..., None], zeros, zeros, zeros, grad_y[..., None], alive, np.abs(grad_y))
    levels = {("a", len(trace.layers)): last}
    with np.errstate(all="ignore"):
        for stage in backwards(edges):
            if stage not in levels:
                levels[stage] = _merged([_back(edge, levels[edge.end], strongest) for edge in edges[stage]], strongest)
            if stage == first:
                break
    return levels


def _back(edge: DerivativeEdge, after: _Level, strongest: int) -> _Level:
    """One step back along an edge."""
    if edge.along == "each":
        factors = edge.matrix[..., None] + np.zeros_like(after.products)
        ranks = np.zeros_like(after.rank) + np.arange(after.products.shape[2])
        units = np.zeros_like(after.rank) + np.arange(after.products.shape[1])[:, None]
        return _Level(
            factors * after.products, np.zeros_like(ranks), units, ranks, factors,
            after.number * (edge.matrix != 0), after.size * np.abs(edge.matrix),
        )  # fmt: skip
    axis = 0 if edge.along == "units" else 1
    parts = []
    for place in range(after.products.shape[axis]):
        products, number, size = (np.take(array, place, axis) for array in (after.products, after.number, after.size))
        parts.append(_joined(edge.matrix[place], products, number, size, strongest))
    return _Level(*(np.stack(arrays, axis=axis) for arrays in zip(*parts, strict=True)))


def _joined(matrix: Array, products: Array, number: Array, size: Array, strongest: int) -> _Level:
    """One step back: matrix (U, V) leads from each of U nodes to V, whose strongest paths are products (V, K)."""
    rows, width = len(matrix), products.shape[1]
    candidates = (matrix[:, :, None] * products).reshape(rows, -1)
    keep = min(strongest, candidates.shape[1])
    best = np.argsort(-np.abs(candidates), axis=1, kind="stable")[:, :keep]
    follow, rank = best // width, best % width
    take = np.arange(rows)[:, None]
    return _Level(
        candidates[take, best],
        np.zeros_like(follow),
        follow,
        rank,
        matrix[take, follow],
        (matrix != 0) @ number,
        np.abs(matrix) @ size,
    )


def _merged(levels: list[_Level], strongest: int) -> _Level:
    """The strongest paths where several edges begin at the same nodes."""
    if len(levels) == 1:
        return levels[0]
    edges = [np.full_like(level.edge, place) for place, level in enumerate(levels)]
    products = np.concatenate([level.products for level in levels], axis=-1)
    best = np.argsort(-np.abs(products), axis=-1, kind="stable")[..., :strongest]

    def kept(arrays: list[Array]) -> Array:
        return np.take_along_axis(np.concatenate(arrays, axis=-1), best, axis=-1)

    return _Level(
        kept([level.products for level in levels]),
        kept(edges),
        kept([level.follow for level in levels]),
        kept([level.rank for level in levels]),
        kept([level.factors for level in levels]),
        np.sum([level.number for level in levels], axis=0),
        np.sum([level.size for level in levels], axis=0),
    )


def _follow(
    levels: dict[Stage, _Level], edges: dict[Stage, list[DerivativeEdge]], rows: list[int], start: PathSource, rank: int
) -> tuple[PathFactor, ...]:
    """The factors of one path, from the cell to the loss."""
    factors = [] if start.head is None else [start.head]
    stage, sample, unit = start.stage, rows.index(start.sample), start.unit
    while edges[stage]:
        level, at = levels[stage], (sample, unit, rank)
        edge, source = edges[stage][int(level.edge[at])], unit
        if edge.along == "samples":
            sample = int(level.follow[at])
        else:
            unit = int(level.follow[at])
        factors.append(PathFactor(edge.kind, edge.layer, unit, source, float(level.factors[at]), rows[sample]))
        stage, rank = edge.end, int(level.rank[at])
    value = float(levels[stage].factors[sample, unit, 0])
    return (*factors, PathFactor("loss", stage[1], unit, unit, value, rows[sample]))
