"""What flows through the layers of one network, forward and backward, averaged over seeds."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from mlpviz.engine import CLIPPINGS, LayerTrace, NetworkSpec, Trace, draw_masks, run_pass
from mlpviz.engine.activations import Activation
from mlpviz.engine.parameters import Array
from mlpviz.gradient_flow.deep_network import FlowSettings, batch_of, network_of, target_of, weights_of

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)

STEEP = 0.05
"""A slope below this share of the steepest slope of φ counts as saturated."""


class LayerFlow(NamedTuple):
    """One hidden layer. Sizes are mean squares over samples, units and seeds.

    The quantiles are those of QUANTILES: of a, and of |∂L/∂z|. `dead` is the share of units whose slope is 0 for every
    sample, `saturated` that of the numbers behind which φ is nearly flat; None where φ is of a whole row.
    """

    z: float
    a: float
    grad_a: float
    grad_z: float
    grad_weight: float
    a_quantiles: tuple[float, ...]
    grad_quantiles: tuple[float, ...]
    dead: float | None
    saturated: float | None


class Flow(NamedTuple):
    """The hidden layers from the first to the last; `output_grad` (N,) is the mean square of ∂L/∂z of the last layer.

    `ratio` is the root mean square of ∂L/∂z in the first hidden layer over that in the last one: 1 is ideal. `norm` is
    the length of the whole gradient, averaged over seeds as a geometric mean.
    """

    layers: tuple[LayerFlow, ...]
    output_grad: Array
    ratio: float
    norm: float


def flow_of(settings: FlowSettings, seeds: int) -> Flow:
    """The flow through the network of these settings, over so many seeds. Raises KeyError for unknown keys."""
    spec = network_of(settings)
    trace = traced(settings, spec, weights_of(settings, spec, seeds))
    with np.errstate(all="ignore"):
        hidden = trace.layers[:-1]
        layers = tuple(_layer(layer, each.activation) for layer, each in zip(hidden, spec.layers[:-1], strict=True))
        norms = np.linalg.norm(trace.grad, axis=-1)
        return Flow(
            layers,
            np.mean(trace.layers[-1].grad_z ** 2, axis=(0, 2)),
            ratio_of(hidden[0].grad_z, hidden[-1].grad_z),
            float(np.exp(np.mean(np.log(norms)))),
        )


def traced(settings: FlowSettings, spec: NetworkSpec, params: Array) -> Trace:
    """The pass of networks side by side (S, P), in training."""
    batch = batch_of(settings)
    masks = draw_masks(spec, len(batch.x), np.random.default_rng([settings.seed, 3]))
    return run_pass(spec, params, batch.x, target_of(spec, batch), masks=masks, as_read=True)


def ratio_of(first: Array, last: Array) -> float:
    """The root mean square of one array (S, N, O) over that of another: the geometric mean over the S networks.

    0 where the first is 0, infinity where it is not finite, NaN where both are 0.
    """
    with np.errstate(all="ignore"):
        size = [_size(each) for each in (first, last)]
        return float(np.exp(np.mean(np.log(size[0]) - np.log(size[1]))))


def clipped(settings: FlowSettings, max_norm: float) -> tuple[Array, Array, float]:
    """The root mean square of ∂L/∂W of each hidden layer before and after clipping by norm, and the norm before.

    Of the first seed alone: clipping is of one network's whole gradient.
    """
    spec = network_of(settings)
    grad = traced(settings, spec, weights_of(settings, spec, 1)).grad[0]
    with np.errstate(all="ignore"):
        after, norm = CLIPPINGS["norm"].configure(max_norm=max_norm).clip(grad)
        sizes = [
            np.array([np.sqrt(np.mean(view.weight**2)) for view in spec.views(np.array(each))[:-1]])
            for each in (grad, after)
        ]
    return sizes[0], sizes[1], float(norm)


def _size(array: Array) -> Array:
    """The root mean square of each network (S,), also of numbers whose squares would be 0 or infinite."""
    largest = np.abs(array).max(axis=(-2, -1), keepdims=True)
    unit = np.where((largest > 0) & np.isfinite(largest), largest, 1.0)
    return unit[..., 0, 0] * np.sqrt(np.mean((array / unit) ** 2, axis=(-2, -1)))


def _layer(layer: LayerTrace, activation: Activation) -> LayerFlow:
    dead = saturated = None
    if activation.slope is not None:
        given = layer.slopes if layer.alpha is None else layer.alpha[..., None, :]
        output = layer.a if layer.h is None else layer.h
        slopes = np.abs(activation.slope(layer.activation_input, output, *(() if given is None else (given,))))
        dead = float(np.mean((slopes == 0).all(axis=-2)))
        saturated = float(np.mean(slopes < STEEP * steepest(activation)))
    z, a, grad_a, grad_z, grad_weight = (
        float(np.mean(each**2)) for each in (layer.z, layer.a, layer.grad_a, layer.grad_z, layer.grad_weight)
    )
    return LayerFlow(
        z, a, grad_a, grad_z, grad_weight, _quantiles(layer.a), _quantiles(np.abs(layer.grad_z)), dead, saturated
    )


def steepest(activation: Activation) -> float:
    """The largest slope of an elementwise φ between −5 and 5, by size."""
    z = np.linspace(-5.0, 5.0, 401)
    return 1.0 if activation.slope is None else float(np.abs(activation.slope(z, activation.value(z))).max())


def _quantiles(array: Array) -> tuple[float, ...]:
    return tuple(float(each) for each in np.quantile(array, QUANTILES))
