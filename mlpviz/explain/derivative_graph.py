"""The derivatives between neighbouring tensors of a pass: a graph from any tensor to the loss.

A stage is a tensor of a layer, such as ("z", 3): a node for each sample and unit. From z it goes through the norm, γ, φ
and dropout to a, from a through the weights to the z of the next layer, and through a skip straight to a later a.
Batch norm in training leads from each sample to all others. Which paths matter is the question of `gradient_paths.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

import numpy as np

from mlpviz.engine import Trace
from mlpviz.engine.parameters import Array
from mlpviz.engine.tensor_names import layer_tensors
from mlpviz.sheet.values import derivatives_of

Stage = tuple[str, int]
"""A tensor (z, normalised, n, h, a) and its layer, counted from 0 = x."""

EdgeKind = Literal["weight", "slope", "norm", "scale", "dropout", "skip"]


class DerivativeEdge(NamedTuple):
    """The derivative of the stage `end` by the stage where the edge begins.

    `along` says which nodes are joined: "each" with itself, `matrix` (S, U); "units" of one sample, (S, U, V);
    "samples" of one unit, (U, S, S). `layer` is that of the end.
    """

    kind: EdgeKind
    layer: int
    end: Stage
    along: Literal["each", "units", "samples"]
    matrix: Array


def mixes_samples(trace: Trace) -> bool:
    """Whether the output of one sample depends on other samples, as with batch norm in training."""
    return trace.training and trace.spec.buffer_size > 0


def edges_of(trace: Trace, samples: Sequence[int], first: int = 0) -> dict[Stage, list[DerivativeEdge]]:
    """The edges from every stage, the last layer's first, back to a of layer `first`; of these samples only.

    Where samples are mixed all of them are needed. The stage a of the last layer has none: there the loss begins.
    """
    rows = list(samples)
    edges: dict[Stage, list[DerivativeEdge]] = {("a", len(trace.layers)): []}
    with np.errstate(all="ignore"):
        for number in range(len(trace.layers), first, -1):
            before: list[DerivativeEdge] = []
            top, edges_within = _within(trace, number, rows)
            edges |= edges_within
            weight = trace.layers[number - 1].weight.T
            before.append(
                DerivativeEdge(
                    "weight", number, ("z", number), "units", np.broadcast_to(weight, (len(rows), *weight.shape))
                )
            )
            edges.setdefault(("a", number - 1), []).extend(before)
            layer = trace.spec.layers[number - 1]
            if layer.skip and number - layer.skip >= first:
                skip = DerivativeEdge("skip", number, top, "each", _unpinned(trace, number, rows))
                edges.setdefault(("a", number - layer.skip), []).append(skip)
    return edges


ORDER = ("a", "h", "n", "normalised", "z")
"""The stages of a layer, the last first."""


def backwards(edges: dict[Stage, list[DerivativeEdge]]) -> list[Stage]:
    """The stages from the last one to the first."""
    return sorted(edges, key=lambda stage: (-stage[1], ORDER.index(stage[0])))


def _within(trace: Trace, number: int, rows: list[int]) -> tuple[Stage, dict[Stage, list[DerivativeEdge]]]:
    """The stage a of a layer, and the edges that lead to it from its z, the last first."""
    own, layer = trace.layers[number - 1], trace.spec.layers[number - 1]
    parts = layer_tensors(layer, trace.training)
    top: Stage = ("a", number)
    edges: dict[Stage, list[DerivativeEdge]] = {}
    output = top
    if own.mask is not None:
        keep = own.mask[rows] * layer.dropout_scale * _unpinned(trace, number, rows)
        output = ("h", number)
        edges[output] = [DerivativeEdge("dropout", number, top, "each", keep)]
    slopes = np.stack([derivatives_of(trace, number, sample) for sample in rows])
    phi_input: Stage = (parts.activation_input, number)
    edges[phi_input] = [DerivativeEdge("slope", number, output, "each" if slopes.ndim == 2 else "units", slopes)]
    if layer.norm is None or own.normalised is None or own.spread is None:
        return top, edges
    score: Stage = phi_input
    if own.gamma is not None:
        score = ("normalised", number)
        edges[score] = [
            DerivativeEdge("scale", number, phi_input, "each", np.broadcast_to(own.gamma, slopes.shape[:2]))
        ]
    rate = 1.0 / np.sqrt(own.spread + layer.norm.eps)
    if not parts.statistics:
        edges["z", number] = [DerivativeEdge("norm", number, score, "each", np.broadcast_to(rate, own.z.shape)[rows])]
        return top, edges
    count = own.z.shape[layer.norm.axis]
    ones = np.eye(count)
    if layer.norm.axis == -2:
        # row k is what a 1 at ẑ of sample k sends back: (N k, N, O), transposed to (O, N, N k)
        upstream = np.broadcast_to(ones[:, :, None], (count, *own.z.shape))
        matrix = layer.norm.vjp(own.normalised, rate, upstream, -2)[0].transpose(2, 1, 0)
        edges["z", number] = [DerivativeEdge("norm", number, score, "samples", matrix)]
    else:
        upstream = np.broadcast_to(ones[:, None, :], (count, len(rows), count))
        matrix = layer.norm.vjp(own.normalised[rows], rate[rows], upstream, -1)[0].transpose(1, 2, 0)
        edges["z", number] = [DerivativeEdge("norm", number, score, "units", matrix)]
    return top, edges


def _unpinned(trace: Trace, number: int, rows: list[int]) -> Array:
    """0 where a is pinned, 1 elsewhere: (S, U)."""
    passes = np.ones((trace.samples, trace.spec.layers[number - 1].outputs))
    for pin in trace.pins:
        if pin.layer == number - 1:
            passes[pin.sample, pin.unit] = 0.0
    return passes[rows]
