"""What the paths from a cell to the loss meet first that is 0: closed units, weights, or outputs that nothing pulls."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine import Trace
from mlpviz.explain.derivative_graph import DerivativeEdge, backwards, edges_of
from mlpviz.explain.path_sources import PathSource

GATES = frozenset({"slope", "dropout", "norm", "scale", "skip"})
"""Kinds of edges at which a unit can be closed."""


class ZeroFact(NamedTuple):
    """A factor that is 0, as a verdict names it.

    `kind` is "input" (what a path begins with), "below" (what a learned slope multiplies), "spread" (by what a
    statistic of a norm divides, which is too large), that of an edge (slope, dropout, norm, skip, weight) or "loss"
    (∂L/∂a). Layers count from 1, the rest from 0. A weight leads from `source`
    to `unit`.
    """

    kind: str
    layer: int
    unit: int
    source: int
    sample: int


class Gate(NamedTuple):
    """A unit at which paths end: the derivative of this kind is 0 there. Layer from 1, unit and sample from 0."""

    layer: int
    unit: int
    sample: int
    kind: str


class Met(NamedTuple):
    """What paths from the start nodes meet first that is 0: gates, weights and outputs (unit, sample).

    `arrives`: a path reaches an output that the loss depends on.
    """

    arrives: bool
    gates: list[Gate]
    weights: list[ZeroFact]
    outputs: list[tuple[int, int]]


def met_by(trace: Trace, rows: list[int], starts: tuple[PathSource, ...], opened: frozenset[str] = frozenset()) -> Met:
    """What the paths from the start nodes meet; edges of the kinds in `opened` count as nonzero, "loss" too.

    `rows` are the samples of the graph.
    """
    stage = starts[0].stage
    edges = edges_of(trace, rows, stage[1] if stage[0] == "a" else stage[1] - 1)
    widths = (trace.spec.inputs, *(layer.outputs for layer in trace.spec.layers))
    alive = {place: np.zeros((len(rows), widths[place[1]]), dtype=bool) for place in edges}
    for start in starts:
        alive[stage][rows.index(start.sample), start.unit] = True
    gates: list[Gate] = []
    weights: list[ZeroFact] = []
    for place in reversed(backwards(edges)):
        here = alive[place]
        if not here.any():
            continue
        for edge in edges[place]:
            passes, flows = _passes(edge, here, edge.kind in opened)
            alive[edge.end] |= passes
            if edge.kind in GATES:
                stopped = np.argwhere((here & ~flows).T).tolist()
                gates += [Gate(edge.layer, unit, rows[row], edge.kind) for unit, row in stopped]
            elif edge.kind == "weight":
                dead = np.argwhere(here[:, :, None] & (edge.matrix == 0)).tolist()
                weights += [ZeroFact("weight", edge.layer, unit, source, rows[row]) for row, source, unit in dead]
    last = alive["a", len(trace.layers)]
    pulled = trace.layers[-1].grad_a[rows] != 0
    still = [(unit, rows[row]) for row, unit in np.argwhere(last & ~pulled).tolist()]
    arrives = bool((last & (pulled | ("loss" in opened))).any())
    return Met(arrives, sorted(gates), weights, still)


def _passes(
    edge: DerivativeEdge, here: NDArray[np.bool_], is_open: bool
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which nodes the edge reaches from the nodes in `here`, and from which nodes it reaches any."""
    nonzero = edge.matrix != 0
    if edge.along == "each":
        return here & (nonzero | is_open), nonzero
    if edge.along == "units":
        reached = (here[:, :, None] & (nonzero | is_open)).any(axis=1)
        return reached, nonzero.any(axis=2)
    # (U, S, S): transposed so that samples are rows again
    reached = (here.T[:, :, None] & (nonzero | is_open)).any(axis=1).T
    return reached, nonzero.any(axis=2).T
