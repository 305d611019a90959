"""The exact matrix of second derivatives of a network's loss, forward over reverse.

For each parameter the pass is followed along it, forward and backward: the tangents of z, a and of their gradients. The
second derivatives of φ and of the loss are differences of the exact first ones, of fourth order, with twelve digits. A
network with norms, skips, dropout, pins or activations of a whole row has differences of its exact gradient instead.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import pairwise

import numpy as np

from mlpviz.engine.activations import Activation
from mlpviz.engine.dropout import DropoutMasks
from mlpviz.engine.parameters import Array
from mlpviz.engine.pass_inputs import PinMasks
from mlpviz.engine.passes import NO_PINS, PLAIN_MODE, backward_pass, forward_pass, loss_and_terms, loss_gradient
from mlpviz.engine.point_losses import gradients_of_points
from mlpviz.engine.spec import NetworkSpec

STEP = 1e-3
"""Of the differences: their error is about STEP⁴ / 30, their rounding about 1e-16 / STEP."""

HELD = 4_000_000
"""Numbers of one array of tangents: more samples are taken in parts."""


def hessian(
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
    """∂²L/∂θ² (P, P) at params (P,), symmetric; the arguments are those of `loss_value`. Ties are not followed.

    At a kink of φ it is that of the side whose slope is taken there. Raises nothing for numbers that are not finite:
    they are passed on.
    """
    with np.errstate(all="ignore"):
        if spec.is_plain and not pinned and all(each.elementwise for each in spec.activations):
            return _forward_over_reverse(spec, params, x, target)
        gradient = partial(
            gradients_of_points,
            spec,
            x=x,
            target=target,
            pinned=pinned,
            training=training,
            masks=masks,
            buffers=buffers,
        )
        return _differences(lambda points: gradient(params=points)[1], params)


def _differences(gradients: Callable[[Array], Array], params: Array) -> Array:
    eye = np.eye(params.size) * STEP * np.maximum(1.0, np.abs(params))
    near, far = (gradients(params + k * eye) - gradients(params - k * eye) for k in (1.0, 2.0))
    found = (8.0 * near - far) / (12.0 * eye.diagonal()[:, None])
    return 0.5 * (found + found.T)


def _forward_over_reverse(spec: NetworkSpec, params: Array, x: Array, target: Array | None) -> Array:
    views = spec.views(params)
    forward = forward_pass(spec, views, x, {}, PLAIN_MODE)
    y = forward.a[-1]
    divisor = loss_and_terms(spec, y, target)[2]
    grad_y = loss_gradient(spec, y, target, divisor)
    backward = backward_pass(spec, views, forward, {}, PLAIN_MODE, grad_y, spec.views(np.empty_like(params)), False)
    bend_y = _loss_bend(spec, y, target) / divisor
    slopes = [_slope(each)(z, a) for each, z, a in zip(spec.activations, forward.z, forward.unpinned, strict=True)]
    bends = [_bend(each, z) for each, z in zip(spec.activations, forward.z, strict=True)]
    # samples innermost: (O, N)
    inner = [[np.ascontiguousarray(each.T) for each in arrays] for arrays in (forward.a, backward.grad_z, slopes)]
    a, grad_z, slope = inner
    bend_grad = [np.ascontiguousarray((bend * grad).T) for bend, grad in zip(bends, backward.grad_a, strict=True)]
    found = np.zeros((spec.size, spec.size))
    step = max(1, HELD // (spec.size * max(layer.outputs for layer in spec.layers)))
    for start in range(0, len(x), step):
        part = slice(start, start + step)
        cut = [[np.ascontiguousarray(each[:, part]) for each in arrays] for arrays in (a, grad_z, slope, bend_grad)]
        _add(found, spec, params, cut[0], cut[1], cut[2], cut[3], bend_y[part])
    low = np.tril_indices(spec.size, -1)
    found[low] = found.T[low]
    return found


def _add(
    found: Array,
    spec: NetworkSpec,
    params: Array,
    a: list[Array],
    grad_z: list[Array],
    slope: list[Array],
    bend_grad: list[Array],
    bend_y: Array,
) -> None:
    """Add what some samples give: the columns of each layer, in the rows of the parameters up to it.

    Only those rows move what the layer reads and still have to be followed; the others are filled in by symmetry.
    """
    views, samples = spec.views(params), a[0].shape[-1]
    tangents = [np.zeros((0, len(a[0]), samples))]  # of a, for the parameters of the layers before
    moved = []  # of z, for those of the layer too
    for index, slot in enumerate(spec.slots):
        start, width = slot.weight.start, len(a[index + 1])
        z = np.zeros((slot.stop, width, samples))
        np.matmul(views[index].weight, tangents[-1], out=z[:start])
        own = z[slot.weight].reshape(width, -1, width, samples)
        own[np.arange(width), :, np.arange(width)] = a[index]
        if views[index].bias is not None:
            z[slot.bias][np.arange(width), np.arange(width)] = 1.0
        moved.append(z)
        tangents.append(z * slope[index])
    grad = np.einsum("njk,pkn->pjn", bend_y, tangents[-1], optimize=True)
    for index in range(len(spec.slots) - 1, -1, -1):
        slot = spec.slots[index]
        grad *= slope[index]
        grad += bend_grad[index] * moved[index]
        rows = slice(0, slot.stop)
        block = grad @ a[index].T
        block[: slot.weight.start] += grad_z[index] @ tangents[index].mT
        found[rows, slot.weight] += block.reshape(slot.stop, -1)
        if views[index].bias is not None:
            found[rows, slot.bias] += grad.sum(axis=-1)
        grad = np.matmul(views[index].weight.T, grad[: slot.weight.start])


def _slope(activation: Activation) -> Callable[[Array, Array], Array]:
    if activation.slope is None:
        raise ValueError(f"{activation.key} has no slope of its own")
    return activation.slope


def _bend(activation: Activation, z: Array) -> Array:
    """φ'' at z: at a kink or a bend that of the side below, of which PyTorch takes the slope at most of them."""
    edges = sorted({*activation.kinks, *activation.bends})
    slope = _slope(activation)

    def at(place: Array) -> Array:
        return slope(place, activation.value(place))

    found = _difference(at, z)
    for low, high in pairwise((-np.inf, *edges, np.inf)):
        # the difference reaches over an edge: with a shorter reach to the inner side
        for edge, is_near in ((low, (z > low) & (z - low < 3 * STEP)), (high, (z <= high) & (high - z < 3 * STEP))):
            if np.isfinite(edge) and is_near.any():
                own = z[is_near]
                found[is_near] = _one_sided(at, own, 1.0 if edge == low else -1.0)
    return found


def _difference(function: Callable[[Array], Array], at: Array) -> Array:
    near, far = (function(at + k * STEP) - function(at - k * STEP) for k in (1.0, 2.0))
    return (8.0 * near - far) / (12.0 * STEP)


def _one_sided(function: Callable[[Array], Array], at: Array, side: float) -> Array:
    """The derivative from one side, of fourth order; the place itself counts for that side."""
    step = side * STEP
    at = at + step * 1e-9  # off an edge
    weights = (-25.0, 48.0, -36.0, 16.0, -3.0)
    return np.sum([weight * function(at + k * step) for k, weight in enumerate(weights)], axis=0) / (12.0 * step)


def _loss_bend(spec: NetworkSpec, y: Array, target: Array | None) -> Array:
    """The second derivatives (N, O, O) of the undivided loss in the outputs of each sample."""
    grad, corner = spec.loss.grad, spec.loss.corner
    found = np.empty((*y.shape, y.shape[-1]))
    for output in range(y.shape[-1]):
        offset = np.zeros(y.shape[-1])
        offset[output] = 1.0

        def at(place: Array, offset: Array = offset) -> Array:
            return grad(y + place * offset, target)  # type: ignore[arg-type]  # as above

        here = np.zeros((len(y), 1))
        found[..., output] = _difference(at, here)
        if corner is not None and target is not None:
            side = [np.sign(corner(y + k * STEP * offset, target)).reshape(len(y), -1) for k in (-2.0, 0.0, 2.0)]
            for direction, other in ((1.0, side[2]), (-1.0, side[0])):
                over = (other != side[1]).any(axis=-1)
                # the corner lies on that side: the difference goes to the other one
                found[over, :, output] = _one_sided(at, here, -direction)[over]
    return found
