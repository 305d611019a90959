"""The forward and the backward pass of a network: the only code that the app computes them with.

`run_pass` in `run_trace.py` keeps every array as a Trace, `Workspace` and `loss_value` keep what training needs.
All call `forward_pass` and `backward_pass`, so they give the same bits. Parameters may have leading axes: (..., P).
`norm_dropout_skip.py` computes norm, dropout and skip; a plain layer never calls it.
The longer of a layer's two axes, samples or units, is innermost in memory, so that loops over it run at full speed.
Overflow raises no error: infinity and NaN are passed on, so that the caller can show where they began.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np

from mlpviz.engine import norm_dropout_skip
from mlpviz.engine.capture import CaptureError
from mlpviz.engine.captured_pass import CapturedPass, PassBatch
from mlpviz.engine.dropout import DropoutMasks
from mlpviz.engine.kept_captures import CAPTURED_AFTER
from mlpviz.engine.norm_dropout_skip import LayerCache, LayerCacheGrads, PassMode, pass_mode, update_buffers
from mlpviz.engine.parameters import Array, BufferViews, LayerViews
from mlpviz.engine.pass_inputs import PinMasks
from mlpviz.engine.spec import NetworkSpec


class Forward(NamedTuple):
    """What the forward pass keeps of each layer, the first layer first."""

    z: list[Array]
    a: list[Array]
    """a[0] is x; a[i + 1] belongs to layer i, after pins"""
    unpinned: list[Array]
    """the output of φ before dropout and pins: its derivative is taken there"""
    caches: dict[int, LayerCache]
    """what the layers that are not plain computed between z and a"""

    @property
    def activation_inputs(self) -> list[Array]:
        """The input of each φ: n after a norm, else z."""
        if not self.caches:
            return self.z
        all_n = [self.caches[i].n if i in self.caches else None for i in range(len(self.z))]
        return [z if n is None else n for z, n in zip(self.z, all_n, strict=True)]


NO_PINS: PinMasks = {}
PLAIN_MODE = PassMode(True, {}, ())
"""The mode of a network of plain layers, which compute the same in training and in evaluation."""


def _matrix_product(views: tuple[LayerViews, ...], x: Array) -> Callable[..., Array]:
    """The matrix product of this pass: np.dot for plain matrices, which takes a third of the time if they are small."""
    weight = views[0].weight
    return np.dot if x.ndim == 2 == weight.ndim and x.dtype == weight.dtype else np.matmul


def forward_pass(
    spec: NetworkSpec,
    views: tuple[LayerViews, ...],
    x: Array,
    pinned: PinMasks,
    mode: PassMode,
) -> Forward:
    """All arrays from x to the output."""
    product = _matrix_product(views, x)
    samples = x.shape[-2]
    a = x
    all_z, all_a, unpinned, caches = [], [x], [], {}
    for index, (view, activation, extra) in enumerate(zip(views, spec.activations, spec.extras, strict=True)):
        weight, bias, *_ = view
        z = product(a, weight.mT) if samples <= weight.shape[-2] else product(weight, a.mT).mT
        if bias is not None:
            z += bias[..., None, :]
        all_z.append(z)
        if extra is None:
            a = activation.value(z)
            unpinned.append(a)
        else:
            skipped = all_a[extra.skip_source] if extra.skip_source >= 0 else None
            a, caches[index] = norm_dropout_skip.forward(extra, index, view, activation, z, skipped, mode)
            unpinned.append(caches[index].h)
        if index in pinned:
            mask, values = pinned[index]
            a = np.where(mask, values, a)
        all_a.append(a)
    return Forward(all_z, all_a, unpinned, caches)


class Backward(NamedTuple):
    """What the backward pass keeps besides the flat gradient, the first layer first."""

    grad_a: list[Array]
    """∂L/∂a of each layer, before it ∂L/∂x if it was asked for"""
    grad_z: list[Array]
    caches: dict[int, LayerCacheGrads]


def backward_pass(
    spec: NetworkSpec,
    views: tuple[LayerViews, ...],
    forward: Forward,
    pinned: PinMasks,
    mode: PassMode,
    grad_a: Array,
    grad_views: tuple[LayerViews, ...],
    with_grad_x: bool = True,
) -> Backward:
    """The gradients of all arrays inside, from the first layer to the last; fills `grad_views`.

    `grad_a` is ∂L/∂a of the last layer; ∂L/∂x is computed `with_grad_x` only.
    """
    all_z, all_a, unpinned, caches = forward
    product, samples = _matrix_product(views, all_a[0]), all_a[0].shape[-2]
    activations, extras = spec.activations, spec.extras
    all_grad_a, all_grad_z, grads = [grad_a], [], {}
    skipped: dict[int, Array] = {}
    for index in range(len(views) - 1, -1, -1):
        if index in pinned:
            # nothing flows through a pinned activation, neither to φ nor through the skip
            grad_a = np.where(pinned[index][0], 0.0, grad_a)
        extra, grad_view = extras[index], grad_views[index]
        if extra is None:
            grad_z = activations[index].vjp(all_z[index], unpinned[index], grad_a)
        else:
            if extra.skip_source >= 0:
                before = skipped.get(extra.skip_source)
                skipped[extra.skip_source] = grad_a if before is None else before + grad_a
            grad_z, grads[index] = norm_dropout_skip.backward(
                extra, views[index], activations[index], all_z[index], caches[index], grad_a, grad_view, mode.training
            )
        grad_weight, grad_bias, *_ = grad_view
        product(grad_z.mT, all_a[index], out=grad_weight)
        if grad_bias is not None:
            np.add.reduce(grad_z, axis=-2, out=grad_bias)
        all_grad_z.append(grad_z)
        if not (index or with_grad_x):
            break
        weight = views[index][0]
        grad_a = product(grad_z, weight) if samples <= weight.shape[-1] else product(weight.mT, grad_z.mT).mT
        if extra is not None and extra.feeds_skip:
            grad_a = grad_a + skipped[index]
        all_grad_a.append(grad_a)
    return Backward(all_grad_a[::-1], all_grad_z[::-1], grads)


def loss_and_terms(spec: NetworkSpec, y: Array, target: Array | None) -> tuple[Array, Array, float | Array]:
    """The loss (...,), its terms (..., N, O) and the divisor of their sum: (...,) for targets (..., N, O)."""
    terms = spec.loss.terms(y, target)  # type: ignore[arg-type]  # a loss without target never reads it
    divisor = spec.loss.divisor(y.shape[-2], y.shape[-1], target)
    return np.add.reduce(terms, axis=(-2, -1)) / divisor, terms, divisor


def loss_gradient(spec: NetworkSpec, y: Array, target: Array | None, divisor: float | Array) -> Array:
    """∂L/∂y (..., N, O), with the divisor that `loss_and_terms` gives."""
    over = divisor[..., None, None] if isinstance(divisor, np.ndarray) else divisor
    grad: Array = spec.loss.grad(y, target) / over  # type: ignore[arg-type]  # a loss without target never reads it
    return grad


def mode_of(
    spec: NetworkSpec,
    params: Array,
    samples: int,
    training: bool,
    masks: DropoutMasks | None,
    buffers: Array | None,
) -> PassMode:
    """The mode of a pass over so many samples; without `buffers` with the running statistics of a fresh network."""
    if spec.is_plain:
        return PLAIN_MODE
    fresh = spec.initial_buffers(dtype=params.dtype) if buffers is None else buffers
    return pass_mode(spec, samples, training, masks, fresh)


def loss_value(
    spec: NetworkSpec,
    params: Array,
    x: Array,
    target: Array | None,
    pinned: PinMasks = NO_PINS,
    *,
    training: bool = True,
    masks: DropoutMasks | None = None,
    buffers: Array | None = None,
) -> tuple[Array, list[Array], Array]:
    """The loss (...,) for params (..., P), the input of every φ, and the output y (..., N, O): a forward pass only.

    `training`, `masks` and `buffers` are as for `run_pass`; the buffers are not changed.
    """
    with np.errstate(all="ignore"):
        mode = mode_of(spec, params, x.shape[-2], training, masks, buffers)
        forward = forward_pass(spec, spec.views(params), x, pinned, mode)
        y = forward.a[-1]
        return loss_and_terms(spec, y, target)[0], forward.activation_inputs, y


def evaluate(spec: NetworkSpec, params: Array, x: Array, buffers: Array | None = None) -> Forward:
    """The forward pass in evaluation for params (..., P), without target and loss: running statistics, no dropout.

    `x` is (..., N, I); `buffers` are as for `run_pass`.
    """
    with np.errstate(all="ignore"):
        mode = mode_of(spec, params, x.shape[-2], False, {}, buffers)
        return forward_pass(spec, spec.views(params), x, NO_PINS, mode)


class Workspace:
    """A parameter vector and a gradient buffer (..., P) with their views, allocated once for many passes.

    Training changes `params` in place, which the views show. `buffers` (..., B) are the running statistics of batch
    norm, by default those of a fresh network; each training pass updates them in place.
    """

    def __init__(self, spec: NetworkSpec, params: Array, buffers: Array | None = None) -> None:
        self.spec, self.params = spec, params
        self.grad = np.empty_like(params)
        self.buffers = spec.initial_buffers(params.shape[:-1], params.dtype) if buffers is None else buffers
        self._views = spec.views(params), spec.views(self.grad), spec.buffer_views(self.buffers)
        self._passes: dict[object, CapturedPass | int | None] = {}
        """by the shapes of a batch: the pass, how often it was asked for, or None if it cannot be captured"""

    def run(self, batch: PassBatch, training: bool) -> Array:
        """The loss (...,) of a batch; fills `grad`, and in training updates the running statistics."""
        key = training, batch.shapes
        found = self._passes.get(key, 0)
        if isinstance(found, CapturedPass):
            return found.run(batch)
        if found == CAPTURED_AFTER:
            with contextlib.suppress(CaptureError):
                run = partial(_run_batch, self.spec, training)
                self._passes[key] = captured = CapturedPass(run, self.params, self.grad, self.buffers, batch)
                return captured.run(batch)
            self._passes[key] = None
        elif found is not None:
            self._passes[key] = found + 1
        return _run_views(self.spec, training, *self._views, self.buffers, batch)


def _run_batch(
    spec: NetworkSpec, training: bool, params: Array, grad: Array, buffers: Array, batch: PassBatch
) -> Array:
    views = spec.views(params), spec.views(grad), spec.buffer_views(buffers)
    return _run_views(spec, training, *views, buffers, batch)


def _run_views(
    spec: NetworkSpec,
    training: bool,
    views: tuple[LayerViews, ...],
    grad_views: tuple[LayerViews, ...],
    running: Sequence[BufferViews | None],
    buffers: Array,
    batch: PassBatch,
) -> Array:
    x, target, masks = batch
    mode = PLAIN_MODE if spec.is_plain else pass_mode(spec, x.shape[-2], training, masks, buffers)
    forward = forward_pass(spec, views, x, NO_PINS, mode)
    y = forward.a[-1]
    loss, _, divisor = loss_and_terms(spec, y, target)
    grad_y = loss_gradient(spec, y, target, divisor)
    backward_pass(spec, views, forward, NO_PINS, mode, grad_y, grad_views, with_grad_x=False)
    if training and spec.buffer_size:
        update_buffers(spec, forward.caches, x.shape[-2], running)
    return loss
