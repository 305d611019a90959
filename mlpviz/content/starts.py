"""Where the paths of a cell of a gradient begin: at which nodes, and behind which factor."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from mlpviz.content.stages import Stage, mixes_samples
from mlpviz.engine import Trace


class Factor(NamedTuple):
    """One factor of a path. `kind` is input, score, statistic, loss or the kind of an edge.

    Layers count from 0 = x, units and samples from 0. A factor leads from `source` to `unit`, which differ for weights,
    softmax and layer norm; `sample` is where it arrives, another one only behind batch norm.
    """

    kind: str
    layer: int
    unit: int
    source: int
    value: float
    sample: int = 0


class Start(NamedTuple):
    """Where paths of a cell begin: a node of a stage, behind one factor more, if any."""

    stage: Stage
    sample: int
    unit: int
    head: Factor | None = None


def starts_of(trace: Trace, tensor: str, layer: int, row: int, column: int) -> tuple[Start, ...]:
    """Where the paths of a cell begin; arguments as for `paths_of`."""
    own = trace.layers[layer - 1]
    every = range(trace.samples)
    match tensor:
        case "grad_x":
            return (Start(("a", 0), column, row),)
        case "grad_a" | "grad_h" | "grad_n" | "grad_z":
            return (Start((tensor.removeprefix("grad_"), layer), column, row),)
        case "grad_normalised":
            return (Start(_score(trace, layer), column, row),)
        case "grad_weight":
            inputs = trace.inputs_of(layer - 1)[:, column]
            heads = (Factor("input", layer - 1, column, column, float(inputs[s]), s) for s in every)
            return tuple(Start(("z", layer), head.sample, row, head) for head in heads)
        case "grad_bias":
            return tuple(Start(("z", layer), sample, row) for sample in every)
        case "grad_beta":
            return tuple(Start(("n", layer), sample, row) for sample in every)
        case "grad_gamma" if own.normalised is not None:
            heads = (Factor("score", layer, row, row, float(own.normalised[s, row]), s) for s in every)
            return tuple(Start(("n", layer), head.sample, row, head) for head in heads)
        case "grad_mean" | "grad_var":
            return tuple(_from_statistic(trace, tensor, layer, row, column))
    raise KeyError(tensor)


def _score(trace: Trace, layer: int) -> Stage:
    """The stage of ẑ: n itself in a norm without γ and β."""
    return ("n" if trace.layers[layer - 1].gamma is None else "normalised", layer)


def _from_statistic(trace: Trace, tensor: str, layer: int, row: int, column: int) -> Iterator[Start]:
    own, norm = trace.layers[layer - 1], trace.spec.layers[layer - 1].norm
    if norm is None or own.var is None or own.normalised is None:
        raise KeyError(tensor)
    per_unit = norm.axis == -2
    rate = 1.0 / np.sqrt(float(own.var.T[row, column]) + norm.eps)
    nodes = [(s, row) for s in range(trace.samples)] if per_unit else [(column, u) for u in range(own.z.shape[1])]
    for sample, unit in nodes:
        factor = -rate if tensor == "grad_mean" else -0.5 * rate * rate * float(own.normalised[sample, unit])
        yield Start(_score(trace, layer), sample, unit, Factor("statistic", layer, unit, unit, factor, sample))


def grouped(trace: Trace, starts: tuple[Start, ...]) -> Iterator[tuple[list[int], tuple[Start, ...]]]:
    """The starts that are looked at together, with the samples that this needs: all where samples are mixed."""
    if mixes_samples(trace):
        yield list(range(trace.samples)), starts
        return
    for sample in dict.fromkeys(start.sample for start in starts):
        yield [sample], tuple(start for start in starts if start.sample == sample)
