"""A pass that keeps everything: `run_pass` computes forward and backward and gives every array as a Trace.

The two functions that compute are those of `passes.py`, which training uses too.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from mlpviz.engine.captured_pass import PassBatch
from mlpviz.engine.captured_trace import CapturedTrace, PassArrays
from mlpviz.engine.dropout import DropoutMasks, check_masks
from mlpviz.engine.kept_captures import KeptCaptures
from mlpviz.engine.norm_dropout_skip import PassMode, pass_mode, update_buffers
from mlpviz.engine.parameters import Array, LayerViews
from mlpviz.engine.pass_inputs import PinMasks, as_target, pin_masks, reading
from mlpviz.engine.passes import (
    PLAIN_MODE,
    Backward,
    Forward,
    backward_pass,
    forward_pass,
    loss_and_terms,
    loss_gradient,
)
from mlpviz.engine.spec import NetworkSpec, Pin, SpecError
from mlpviz.engine.trace import LayerTrace, Trace


def run_pass(
    spec: NetworkSpec,
    params: Array,
    x: Array,
    target: Any = None,
    pins: Sequence[Pin] = (),
    *,
    training: bool = True,
    masks: DropoutMasks | None = None,
    buffers: Array | None = None,
    dtype: Any = float,
    as_read: bool = False,
) -> Trace:
    """One forward and backward pass over x (N, I), every array kept, all of it in `dtype`.

    `target` is (N, O), class numbers (N,) for losses on classes, or None for a loss without target; x and rows of
    targets may have the leading axes of the parameters. A loss on classes reads rows as probabilities, unless they are
    `as_read`: then the spec says what they are.
    In training batch norm uses the statistics of x, dropout the `masks`, and an activation the slopes beside them. In
    evaluation batch norm uses the running statistics in `buffers` (..., B), by default those of a fresh network, and
    nothing is dropped or drawn.
    Raises SpecError if shapes, class numbers, pins or masks do not fit the network, and for batch norm in training with
    one sample.
    """
    params, x = np.asarray(params, dtype), np.asarray(x, dtype)
    if params.shape[-1:] != (spec.size,):
        raise SpecError(f"the network has {spec.size} parameters, {params.shape[-1] if params.ndim else 0} given")
    if x.ndim < 2 or x.shape[-1] != spec.inputs:
        raise SpecError(f"x has shape {' x '.join(map(str, x.shape))}, expected N x {spec.inputs}")
    samples = x.shape[-2]
    if not as_read:
        spec = reading(spec, target)
    target = as_target(spec, target, samples, params.shape[:-1])
    target = target if target is None else target.astype(dtype, copy=False)
    pins, pinned = tuple(pins), pin_masks(spec, samples, pins, dtype)
    buffers = _as_buffers(spec, params, buffers)
    masks = check_masks(spec, samples, masks or {}, dtype) if training and (masks or not spec.is_plain) else {}
    given = PassArrays(params, buffers, PassBatch(x, target, masks))

    def run(given: PassArrays, new_buffers: Array, grad: Array) -> Trace:
        return _run(spec, pins, pinned, training, given, new_buffers, grad)

    kind = (spec, params.dtype, pins, training, given.shapes)
    with np.errstate(all="ignore"):
        # passes side by side are those of a check, whose functions are made for it alone
        captured = _CAPTURES.take(kind, lambda: CapturedTrace(run, given)) if params.ndim == 1 else None
        if captured is None:
            return run(given.each(np.array), buffers.copy(), np.empty_like(params))
        trace = captured.run(given)
        _CAPTURES.give_back(kind, captured)
        return trace


_CAPTURES: KeptCaptures[CapturedTrace] = KeptCaptures(32)
"""together at most 6 MB"""


def _run(
    spec: NetworkSpec,
    pins: tuple[Pin, ...],
    pinned: PinMasks,
    training: bool,
    given: PassArrays,
    new_buffers: Array,
    grad: Array,
) -> Trace:
    """The pass over arrays that are its own."""
    params, buffers, (x, target, masks) = given
    for array in (params, x):
        array.setflags(write=False)  # before views are made, which are then read-only too
    mode = PLAIN_MODE
    if masks or not spec.is_plain:
        mode = pass_mode(spec, x.shape[-2], training, masks, buffers)
    return traced(spec, params, x, target, pins, pinned, mode, buffers, new_buffers, grad)


def traced(
    spec: NetworkSpec,
    params: Array,
    x: Array,
    target: Array | None,
    pins: tuple[Pin, ...],
    pinned: PinMasks,
    mode: PassMode,
    buffers: Array,
    new_buffers: Array,
    grad: Array,
) -> Trace:
    """The pass over arrays that are checked and of one type; fills `grad` (..., P) and updates `new_buffers` (..., B).

    The arrays become read-only.
    """
    training = mode.training
    views, grad_views = spec.views(params), spec.views(grad)
    forward = forward_pass(spec, views, x, pinned, mode)
    y = forward.a[-1]
    loss, terms, divisor = loss_and_terms(spec, y, target)
    grad_y = loss_gradient(spec, y, target, divisor)
    backward = backward_pass(spec, views, forward, pinned, mode, grad_y, grad_views)
    if training and spec.buffer_size:
        update_buffers(spec, forward.caches, x.shape[-2], spec.buffer_views(new_buffers))
    layers = [
        LayerTrace(weight, bias, z, a, grad_a, grad_z, grad_weight, grad_bias)
        for (weight, bias, *_), z, a, grad_a, grad_z, (grad_weight, grad_bias, *_) in zip(
            views, forward.z, forward.a[1:], backward.grad_a[1:], backward.grad_z, grad_views, strict=True
        )
    ]
    writable = [*forward.z, *forward.a, *backward.grad_a, *backward.grad_z, terms, grad, buffers, new_buffers]
    if target is not None:
        writable.append(target)
    writable += [array for views in grad_views for array in views if array is not None]
    if pinned:
        writable += forward.unpinned
    if forward.caches:
        layers = _with_caches(layers, spec, views, grad_views, forward, backward, new_buffers)
        writable += [array for layer in layers for array in layer[_FIRST_EXTRA:] if array is not None]
    for array in writable:
        array.setflags(False)  # type: ignore[call-arg]  # write, without the cost of a keyword
    return Trace(
        spec, pins, params, x, target, tuple(layers), tuple(forward.unpinned), loss, terms, backward.grad_a[0],
        grad, training, buffers, new_buffers,
    )  # fmt: skip


_FIRST_EXTRA = LayerTrace._fields.index("gamma")
"""The index of the first field that is None in a plain layer."""


def rerun(trace: Trace, **changes: Any) -> Trace:
    """The pass of the trace with some arguments of `run_pass` changed, such as spec, params, x or target (N, O)."""
    same: dict[str, Any] = {
        "spec": trace.spec, "params": trace.params, "x": trace.x, "target": trace.target, "pins": trace.pins,
        "training": trace.training, "masks": trace.masks, "buffers": trace.buffers, "as_read": True,
    }  # fmt: skip
    return run_pass(**same | changes)


def _as_buffers(spec: NetworkSpec, params: Array, buffers: Array | None) -> Array:
    if buffers is None:
        return spec.initial_buffers(params.shape[:-1], params.dtype)
    buffers = np.array(buffers, dtype=params.dtype)
    if buffers.shape[-1:] != (spec.buffer_size,):
        given = buffers.shape[-1] if buffers.ndim else 0
        raise SpecError(f"the network has {spec.buffer_size} running statistics, {given} given")
    return np.array(np.broadcast_to(buffers, (*params.shape[:-1], spec.buffer_size)))


def _with_caches(
    layers: list[LayerTrace],
    spec: NetworkSpec,
    views: tuple[LayerViews, ...],
    grad_views: tuple[LayerViews, ...],
    forward: Forward,
    backward: Backward,
    buffers: Array,
) -> list[LayerTrace]:
    """The layers with the arrays of norm, dropout and skip."""
    full, running = list(layers), spec.buffer_views(buffers)
    for index, cache in forward.caches.items():
        # in a layer without dropout and skip h is a
        has_h = cache.dropped is not None or spec.layers[index].skip > 0
        grads, statistics = backward.caches[index], running[index]
        full[index] = layers[index]._replace(
            gamma=views[index].gamma,
            beta=views[index].beta,
            alpha=views[index].alpha,
            **{name: value for name, value in cache._asdict().items() if name not in ("h", "scale")},
            h=cache.h if has_h else None,
            running_mean=None if statistics is None else statistics.mean,
            running_var=None if statistics is None else statistics.var,
            grad_gamma=grad_views[index].gamma,
            grad_beta=grad_views[index].beta,
            grad_alpha=grad_views[index].alpha,
            **(grads._asdict() | {"grad_h": grads.grad_h if has_h else None}),
        )
    return full
