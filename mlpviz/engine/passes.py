"""How a network computes: the forward and the backward pass, once.

`run` keeps every array as a Trace, `value_and_grad` and `loss_value` keep what training needs; all go through
the same two functions, so they give the same bits. Parameters may carry leading axes: (..., P).
Overflow is not an error here: infinity and NaN travel on, so that the caller can show where they began.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine.losses import one_hot
from mlpviz.engine.parameters import Array, LayerViews
from mlpviz.engine.spec import NetworkSpec, Pin, SpecError
from mlpviz.engine.trace import LayerTrace, Trace

Masks = Mapping[int, tuple[NDArray[np.bool_], Array]]
"""Per pinned layer: which entries (N, O) are pinned, and to what."""


class Nudge(NamedTuple):
    """An array added to z or a of one layer during the forward pass: how central differences probe the inside."""

    tensor: str
    layer: int
    offset: Array


class _Forward(NamedTuple):
    z: list[Array]
    a: list[Array]
    """a[0] is x; a[i + 1] belongs to layer i, after pins"""
    unpinned: list[Array]
    """what the activation itself gave: its derivative is taken there"""


_NO_PINS: Masks = {}


def pin_masks(spec: NetworkSpec, samples: int, pins: Sequence[Pin]) -> Masks:
    """Pins as arrays per layer. Raises SpecError naming the first pin (from 1) that lies outside the network."""
    masks: dict[int, tuple[NDArray[np.bool_], Array]] = {}
    for number, pin in enumerate(pins, start=1):
        if not 0 <= pin.layer < len(spec.layers):
            raise SpecError(f"pin {number} is in layer {pin.layer + 1}, expected 1 to {len(spec.layers)}")
        width = spec.layers[pin.layer].outputs
        if not (0 <= pin.unit < width and 0 <= pin.sample < samples):
            raise SpecError(
                f"pin {number} is at sample {pin.sample + 1}, unit {pin.unit + 1}; "
                f"layer {pin.layer + 1} has {samples} samples and {width} units"
            )
        if pin.layer not in masks:
            masks[pin.layer] = (np.zeros((samples, width), dtype=bool), np.zeros((samples, width)))
        mask, values = masks[pin.layer]
        mask[pin.sample, pin.unit] = True
        values[pin.sample, pin.unit] = pin.value
    return masks


def as_target(spec: NetworkSpec, target: Any, samples: int) -> Array | None:
    """The target as the loss reads it: (N, O) floats, class numbers as one-hot rows, None for a loss without target.

    Raises SpecError naming what was given and what the loss expects.
    """
    if spec.loss.target == "none":
        return None
    if target is None:
        raise SpecError(f"loss {spec.loss.key} needs a target")
    array = np.asarray(target)
    if array.ndim == 1 and spec.loss.target == "classes" and np.issubdtype(array.dtype, np.integer):
        try:
            array = one_hot(array, spec.outputs)
        except ValueError as error:
            raise SpecError(str(error)) from None
    if array.shape != (samples, spec.outputs):
        shape = " x ".join(map(str, array.shape))
        raise SpecError(f"target has shape {shape}, expected {samples} x {spec.outputs}")
    return np.array(array, dtype=float)


def _forward(
    spec: NetworkSpec, views: tuple[LayerViews, ...], x: Array, masks: Masks, nudge: Nudge | None = None
) -> _Forward:
    a = x
    all_z, all_a, unpinned = [], [x], []
    for index, ((weight, bias), activation) in enumerate(zip(views, spec.activations, strict=True)):
        z = a @ weight.mT
        if bias is not None:
            z = z + bias[..., None, :]
        if nudge is not None and nudge.layer == index and nudge.tensor == "z":
            z = z + nudge.offset
        a = activation.value(z)
        all_z.append(z)
        unpinned.append(a)
        if index in masks:
            mask, values = masks[index]
            a = np.where(mask, values, a)
        if nudge is not None and nudge.layer == index and nudge.tensor == "a":
            a = a + nudge.offset
        all_a.append(a)
    return _Forward(all_z, all_a, unpinned)


def _backward(
    spec: NetworkSpec,
    views: tuple[LayerViews, ...],
    forward: _Forward,
    masks: Masks,
    grad_a: Array,
    grad_views: tuple[LayerViews, ...],
) -> tuple[list[Array], list[Array]]:
    """Fill grad_views; return grad_a per layer (x first) and grad_z per layer, from the last layer to the first."""
    all_z, all_a, unpinned = forward
    activations = spec.activations
    all_grad_a, all_grad_z = [grad_a], []
    for index in range(len(views) - 1, -1, -1):
        if index in masks:
            # nothing flows through a pinned activation
            grad_a = np.where(masks[index][0], 0.0, grad_a)
        grad_z = activations[index].vjp(all_z[index], unpinned[index], grad_a)
        grad_weight, grad_bias = grad_views[index]
        np.matmul(grad_z.mT, all_a[index], out=grad_weight)
        if grad_bias is not None:
            grad_z.sum(axis=-2, out=grad_bias)
        grad_a = grad_z @ views[index][0]
        all_grad_z.append(grad_z)
        all_grad_a.append(grad_a)
    return all_grad_a, all_grad_z


def _loss(spec: NetworkSpec, y: Array, target: Array | None) -> tuple[Array, Array, float]:
    """The loss (...,), its terms (..., N, O) and what they were divided by."""
    terms = spec.loss.terms(y, target)  # type: ignore[arg-type]  # a loss without target never reads it
    divisor = spec.loss.divisor(y.shape[-2], y.shape[-1], target)
    return terms.sum(axis=(-2, -1)) / divisor, terms, divisor


def loss_value(
    spec: NetworkSpec,
    params: Array,
    x: Array,
    target: Array | None,
    masks: Masks = _NO_PINS,
    nudge: Nudge | None = None,
) -> tuple[Array, list[Array], Array]:
    """The loss (...,) for params (..., P), every z on the way and the output y (..., N, O); no backward pass."""
    with np.errstate(all="ignore"):
        forward = _forward(spec, spec.views(params), x, masks, nudge)
        y = forward.a[-1]
        return _loss(spec, y, target)[0], forward.z, y


class Workspace:
    """A parameter vector and a gradient buffer (..., P) with their views, made once for many passes.

    Training changes `params` in place; the views follow.
    """

    def __init__(self, spec: NetworkSpec, params: Array) -> None:
        self.spec, self.params = spec, params
        self.grad = np.empty_like(params)
        self.views, self.grad_views = spec.views(params), spec.views(self.grad)


def value_and_grad(workspace: Workspace, x: Array, target: Array | None) -> tuple[Array, Array]:
    """The loss (...,) and its flat gradient (..., P): the pass without the Trace.

    `target` is as `as_target` gives it. The gradient is the workspace's own buffer: the next call overwrites it.
    """
    spec, views = workspace.spec, workspace.views
    with np.errstate(all="ignore"):
        forward = _forward(spec, views, x, _NO_PINS)
        y = forward.a[-1]
        loss, _, divisor = _loss(spec, y, target)
        grad_y = spec.loss.grad(y, target) / divisor  # type: ignore[arg-type]  # as in _loss
        _backward(spec, views, forward, _NO_PINS, grad_y, workspace.grad_views)
    return loss, workspace.grad


def run(
    spec: NetworkSpec, params: Array, x: Array, target: Any = None, pins: Sequence[Pin] = (), dtype: Any = float
) -> Trace:
    """One forward and backward pass over x (N, I), every array kept, all of it in `dtype`.

    `target` is (N, O), class numbers (N,) for losses on classes, or None for a loss without target.
    Raises SpecError if shapes, class numbers or pins do not fit the network.
    """
    params, x = np.array(params, dtype=dtype), np.array(x, dtype=dtype)
    if params.shape[-1:] != (spec.size,):
        raise SpecError(f"the network has {spec.size} parameters, {params.shape[-1] if params.ndim else 0} given")
    if x.ndim < 2 or x.shape[-1] != spec.inputs:
        raise SpecError(f"x has shape {' x '.join(map(str, x.shape))}, expected N x {spec.inputs}")
    samples = x.shape[-2]
    target = as_target(spec, target, samples)
    target = target if target is None else target.astype(dtype, copy=False)
    masks = pin_masks(spec, samples, pins)
    grad = np.empty_like(params)
    with np.errstate(all="ignore"):
        views, grad_views = spec.views(params), spec.views(grad)
        forward = _forward(spec, views, x, masks)
        y = forward.a[-1]
        loss, terms, divisor = _loss(spec, y, target)
        grad_y = spec.loss.grad(y, target) / divisor
        grads_a, grads_z = _backward(spec, views, forward, masks, grad_y, grad_views)
    layers = tuple(
        LayerTrace(weight, bias, z, a, grad_a, grad_z, grad_weight, grad_bias)
        for (weight, bias), z, a, grad_a, grad_z, (grad_weight, grad_bias) in zip(
            views, forward.z, forward.a[1:], grads_a[-2::-1], grads_z[::-1], grad_views, strict=True
        )
    )
    trace = Trace(spec, tuple(pins), params, x, target, layers, tuple(forward.unpinned), loss, terms, grads_a[-1], grad)
    freeze(trace)
    return trace


def freeze(trace: Trace) -> None:
    """Make every array of the trace read-only."""
    arrays = [trace.params, trace.x, trace.target, trace.loss_terms, trace.grad_x, trace.grad]
    for array in [*arrays, *trace.unpinned, *(array for layer in trace.layers for array in layer)]:
        if array is not None:
            array.flags.writeable = False
