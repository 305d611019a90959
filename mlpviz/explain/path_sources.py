"""Start nodes of the paths that contribute to one gradient entry, with the factor in front of each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from mlpviz.engine import Trace
from mlpviz.explain.derivative_graph import Stage, mixes_samples
from mlpviz.sheet.values import below_zero


class PathFactor(NamedTuple):
    """One factor of a path. `kind` is input, score, statistic, below, loss or the kind of an edge.

    Layers count from 0 = x, units and samples from 0. A factor leads from `source` to `unit`, which differ for weights,
    softmax and layer norm; `sample` is that of `unit`: another than that of `source` only in batch norm.
    """

    kind: str
    layer: int
    unit: int
    source: int
    value: float
    sample: int = 0


class PathSource(NamedTuple):
    """A start node of paths; `head` is the factor in front of it, if any."""

    stage: Stage
    sample: int
    unit: int
    head: PathFactor | None = None


def path_sources(trace: Trace, tensor: str, layer: int, row: int, column: int) -> tuple[PathSource, ...]:
    """The start nodes of the paths of a cell; arguments and errors as for `gradient_paths`."""
    own = trace.layers[layer - 1]
    every = range(trace.samples)
    match tensor:
        case "grad_x":
            return (PathSource(("a", 0), column, row),)
        case "grad_a" | "grad_h" | "grad_n" | "grad_z":
            return (PathSource((tensor.removeprefix("grad_"), layer), column, row),)
        case "grad_normalised":
            return (PathSource(_score(trace, layer), column, row),)
        case "grad_weight":
            inputs = trace.inputs_of(layer - 1)[:, column]
            heads = (PathFactor("input", layer - 1, column, column, float(inputs[s]), s) for s in every)
            return tuple(PathSource(("z", layer), head.sample, row, head) for head in heads)
        case "grad_bias":
            return tuple(PathSource(("z", layer), sample, row) for sample in every)
        case "grad_beta":
            return tuple(PathSource(("n", layer), sample, row) for sample in every)
        case "grad_gamma" if own.normalised is not None:
            heads = (PathFactor("score", layer, row, row, float(own.normalised[s, row]), s) for s in every)
            return tuple(PathSource(("n", layer), head.sample, row, head) for head in heads)
        case "grad_alpha" if own.alpha is not None:
            return tuple(_from_alpha(trace, layer, None if len(own.alpha) == 1 else row))
        case "grad_mean" | "grad_var" | "grad_mean_square":
            return tuple(_from_statistic(trace, tensor, layer, row, column))
    raise KeyError(tensor)


def _score(trace: Trace, layer: int) -> Stage:
    """The stage of ẑ: n itself in a norm without γ and β."""
    return ("n" if trace.layers[layer - 1].gamma is None else "normalised", layer)


def _from_alpha(trace: Trace, layer: int, unit: int | None) -> Iterator[PathSource]:
    """What φ gives, of one unit (from 0) or of all that share their α: it changes by what φ reads below 0."""
    stage: Stage = ("h" if trace.layers[layer - 1].mask is not None else "a", layer)
    below = below_zero(trace, layer)
    for sample in range(trace.samples):
        for own in range(below.shape[1]) if unit is None else (unit,):
            head = PathFactor("below", layer, own, own, float(below[sample, own]), sample)
            yield PathSource(stage, sample, own, head)


def _from_statistic(trace: Trace, tensor: str, layer: int, row: int, column: int) -> Iterator[PathSource]:
    own, norm = trace.layers[layer - 1], trace.spec.layers[layer - 1].norm
    if norm is None or own.spread is None or own.normalised is None:
        raise KeyError(tensor)
    per_unit = norm.axis == -2
    rate = 1.0 / np.sqrt(float(own.spread.T[row, column]) + norm.eps)
    nodes = [(s, row) for s in range(trace.samples)] if per_unit else [(column, u) for u in range(own.z.shape[1])]
    for sample, unit in nodes:
        factor = -rate if tensor == "grad_mean" else -0.5 * rate * rate * float(own.normalised[sample, unit])
        yield PathSource(_score(trace, layer), sample, unit, PathFactor("statistic", layer, unit, unit, factor, sample))


def grouped(trace: Trace, sources: tuple[PathSource, ...]) -> Iterator[tuple[list[int], tuple[PathSource, ...]]]:
    """The sources by sample, with the samples that their graph needs: one group of all where samples are mixed."""
    if mixes_samples(trace):
        yield list(range(trace.samples)), sources
        return
    for sample in dict.fromkeys(source.sample for source in sources):
        yield [sample], tuple(source for source in sources if source.sample == sample)
