"""The losses and gradients of one network at many points of its parameter space, in parts that fit into the cache."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from mlpviz.engine.dropout import DropoutMasks
from mlpviz.engine.parameters import Array
from mlpviz.engine.pass_inputs import PinMasks
from mlpviz.engine.passes import NO_PINS, backward_pass, forward_pass, loss_and_terms, loss_gradient, mode_of
from mlpviz.engine.spec import NetworkSpec

PART = 64_000
"""Numbers of the widest layer that one part holds: half a MB, which stays in the cache until it is used."""


def losses_of_points(
    spec: NetworkSpec,
    params: Array,
    x: Array,
    target: Array | None,
    pinned: PinMasks = NO_PINS,
    *,
    training: bool = True,
    masks: DropoutMasks | None = None,
    buffers: Array | None = None,
) -> Array:
    """The loss (M,) at each of M points: parameters (M, P), or one vector (P,) with inputs (M, N, I).

    The other arguments are those of `loss_value`; no array is changed.
    """
    _keep_freed_memory()
    count = len(params) if params.ndim > 1 else len(x)
    found = np.empty(count)
    with np.errstate(all="ignore"):
        mode = mode_of(spec, params, x.shape[-2], training, masks, buffers)
        for part in _parts(spec, x.shape[-2], count):
            own, seen = _of(params, part, 1), _of(x, part, 2)
            y = forward_pass(spec, spec.views(own), seen, pinned, mode).a[-1]
            found[part] = loss_and_terms(spec, y, target)[0]
    return found


def gradients_of_points(
    spec: NetworkSpec,
    params: Array,
    x: Array,
    target: Array | None,
    pinned: PinMasks = NO_PINS,
    *,
    training: bool = True,
    masks: DropoutMasks | None = None,
    buffers: Array | None = None,
) -> tuple[Array, Array]:
    """The losses (M,) and their gradients (M, P) at parameters (M, P), with the arguments of `losses_of_points`."""
    losses, gradients = np.empty(len(params)), np.empty(params.shape)
    with np.errstate(all="ignore"):
        mode = mode_of(spec, params, x.shape[-2], training, masks, buffers)
        for part in _parts(spec, x.shape[-2], len(params)):
            views = spec.views(params[part])
            forward = forward_pass(spec, views, x, pinned, mode)
            y = forward.a[-1]
            losses[part], _, divisor = loss_and_terms(spec, y, target)
            grad_y = loss_gradient(spec, y, target, divisor)
            grads = spec.views(gradients[part])
            backward_pass(spec, views, forward, pinned, mode, grad_y, grads, with_grad_x=False)
    return losses, gradients


def _keep_freed_memory() -> None:
    """Free a block of 8 MB once more, untouched: glibc then keeps smaller freed ones for the next part.

    Before it has seen a large block freed it gives the arrays of each part back to the system, which has to fill them
    with zeros again: the losses of a plane then take twice as long.
    """
    np.empty(1 << 20)


def _parts(spec: NetworkSpec, samples: int, count: int) -> Iterator[slice]:
    widest = max(max(layer.outputs for layer in spec.layers) * samples, spec.size)
    step = max(1, PART // widest)
    return (slice(start, start + step) for start in range(0, count, step))


def _of(array: Array, part: slice, axes: int) -> Array:
    return array[part] if array.ndim > axes else array
