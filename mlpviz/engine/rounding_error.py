"""How much rounding alone can change each tensor of a pass: the pass again, with every number changed by one rounding.

Two correct programs that add in different orders differ by about this much, so a check must allow at least that.
It matters where terms cancel (0.1 + 0.2 - 0.3), where a function saturates (1 - a² for a near 1), and in a norm, which
subtracts the mean and, on the way back, two parts of the gradient.

The method is Monte Carlo arithmetic (Parker 1997; Vignes' CESTAC of 1974 is its forerunner): what a rounding error does
to the tensors behind it follows the condition of the very computation, as far as it is one. Bounds made of absolute
values instead (running error analysis) hold for sure, but grow with the product of all |W|, which is far more than
what any rounding does in ten layers.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from copy import copy
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine.activations import Activation
from mlpviz.engine.losses import Loss
from mlpviz.engine.norms import Norm
from mlpviz.engine.parameters import Array
from mlpviz.engine.pass_inputs import pin_masks
from mlpviz.engine.passes import loss_value
from mlpviz.engine.run_trace import rerun
from mlpviz.engine.tensor_names import Tensor, tensors
from mlpviz.engine.trace import Trace

R = TypeVar("R")

EPS = float(np.finfo(float).eps)

_LEAST = float(np.finfo(float).smallest_subnormal)
"""The rounding of every number below 2.2e-308: such numbers have fewer digits."""

_LOST = 1e-300
"""Numbers below this one follow from e^-710 or so: a program that divides by e^710, which is infinite, has 0 there."""

REPEATS = 8
"""Passes: that all of them change a number by less than an eighth of its standard deviation happens once in 10^6."""

_AT_ONCE = 1 << 21
"""Numbers of all passes side by side, about; a larger network has fewer of them at once."""


class _Rounding(NamedTuple):
    """Random roundings: of ±1 unit of 2^-52, which is twice the largest rounding of one operation.

    Arrays have a leading axis, one entry per pass. The first pass stays as it is; all others are changed.
    """

    rng: np.random.Generator

    def of(self, values: Array) -> Array:
        """The values, each changed by one rounding."""
        return values + self.size(values)

    def size(self, values: Array) -> Array:
        """One rounding of each of these values."""
        size = np.copysign(np.maximum(EPS * np.abs(values), _LEAST * (values != 0.0)), self._draw(values))
        size[0] = 0.0
        return size

    def of_exponentials(self, values: Array) -> Array:
        """As `of`, for what may be computed from exponentials: what is all but 0 becomes 0 in half of the cases."""
        return self._lost(values, self.of(values), self._draw(values) > 0.0)

    def towards_zero(self, values: Array) -> Array:
        """As `of_exponentials`, but each value stays or gets smaller by two roundings."""
        smaller = self._draw(values) > 0.0
        smaller[0] = False
        return self._lost(values, values * (1.0 - 2.0 * EPS * smaller), smaller)

    def _lost(self, values: Array, changed: Array, where: NDArray[np.bool_]) -> Array:
        lost = (np.abs(values) < _LOST) & where
        lost[0] = False
        return np.where(lost, 0.0 * values, changed) if lost.any() else changed

    def _draw(self, values: Array) -> Array:
        """Numbers that are as often above 0 as below."""
        return self.rng.random(values.shape) - 0.5


def rounding_error(trace: Trace) -> dict[Tensor, float]:
    """Per tensor the largest change of an entry over a few passes in which every number is changed by one rounding.

    Parameters, inputs, targets and the results of φ, norm and loss, forward and backward, are multiplied by 1 ± 2^-52
    (the a of a layer by 1 or 1 - 2^-51). What is a difference of larger numbers inside of one of these functions
    changes by the rounding of those. The random draws are the same for each call.
    """
    addresses = tensors(trace.spec, trace.training)
    spread = dict.fromkeys(addresses, 0.0)
    for changed in _changed(trace):
        passes = rerun(trace, **changed)
        for address in addresses:
            spread[address] = max(spread[address], _largest_change(address.of(passes)))
    return spread


def rounding_of_loss(trace: Trace) -> float:
    """As `rounding_error`, of the loss alone: the forward passes are enough."""
    pinned = pin_masks(trace.spec, trace.samples, trace.pins)
    mode: dict[str, Any] = {"training": trace.training, "masks": trace.masks, "buffers": trace.buffers}
    return max(_largest_change(loss_value(pinned=pinned, **changed, **mode)[0]) for changed in _changed(trace))


def _largest_change(passes: Array) -> float:
    """The largest change of a number between the first pass and the others; infinity and NaN are left out."""
    with np.errstate(all="ignore"):
        change = np.abs(passes[1:] - passes[:1])
        largest = float(change.max(initial=0.0))
        return largest if math.isfinite(largest) else float(change[np.isfinite(change)].max(initial=0.0))


def _changed(trace: Trace) -> Iterator[dict[str, Any]]:
    """Arguments of passes side by side: spec, params, x and target.

    The first of them is as it is, since the arrays of the trace may be what a check is about.
    """
    rounding = _Rounding(np.random.default_rng(0))
    widths = [layer.outputs for layer in trace.spec.layers]
    numbers = trace.params.size + trace.samples * (trace.spec.inputs + 8 * sum(widths))
    at_once = int(np.clip(_AT_ONCE // numbers, 1, REPEATS))
    for start in range(0, REPEATS, at_once):
        passes = 1 + min(at_once, REPEATS - start)
        lead = (passes,)
        params, x = (np.broadcast_to(array, lead + array.shape) for array in (trace.params, trace.x))
        target = None if trace.target is None else np.broadcast_to(trace.target, lead + trace.target.shape)
        with np.errstate(all="ignore"):
            layers = tuple(
                _like(
                    layer,
                    activation=_activation(layer.activation, own.activation_input, rounding),
                    norm=None if layer.norm is None else _norm(layer.norm, rounding),
                )
                for layer, own in zip(trace.spec.layers, trace.layers, strict=True)
            )
            yield {
                "spec": trace.spec.with_functions(layers, _loss(trace.spec.loss, trace, rounding)),
                "params": rounding.of(params),
                "x": rounding.of(x),
                "target": None if target is None else _round_target(target, rounding),
            }


def _like(record: R, **changes: Any) -> R:
    """A record with other functions. `replace` would check all of it again, which takes as long as a pass."""
    found = copy(record)
    vars(found).update(changes)
    return found


def _round_target(target: Array, rounding: _Rounding) -> Array:
    # 0 and 1 are class labels, which are exact
    return np.where((target == 0.0) | (target == 1.0), target, rounding.of(target))


def _loss(loss: Loss, trace: Trace, rounding: _Rounding) -> Loss:
    """The loss with its terms and its gradient rounded."""
    keep = _without_jumps(loss, trace)
    # p - t of a loss on logits: p and t are rounded as they are, however small the difference
    weight = max(loss.weight, default=1.0)
    inside = 0.0 if loss.probabilities is None else weight

    def grad(y: Array, t: Array) -> Array:
        exact = keep.grad(y, t)
        found = rounding.of_exponentials(exact)
        if inside:
            found = found + inside * rounding.size(np.ones(exact.shape))
        return found if loss.cancelling is None else found + rounding.size(loss.cancelling(y, t))

    return _like(loss, terms=lambda y, t: rounding.of_exponentials(loss.terms(y, t)), grad=grad)


def _without_jumps(loss: Loss, trace: Trace) -> Loss:
    """The loss with every output kept on its side of a corner: a gradient that jumps is no rounding error."""
    corner, exact, target = loss.corner, trace.output, trace.target
    if corner is None or target is None:
        return loss
    with np.errstate(all="ignore"):
        side = np.sign(corner(exact, target))

    def grad(y: Array, t: Array) -> Array:
        same_side = np.sign(corner(y, t)) == side
        if loss.row_numbers:  # an output is beyond a corner by what the others of its sample are
            same_side = np.broadcast_to(same_side.all(axis=-1, keepdims=True), same_side.shape)
        return loss.grad(np.where(same_side, y, exact), np.where(same_side, t, target))

    return _like(loss, grad=grad)


def _activation(activation: Activation, exact: Array, rounding: _Rounding) -> Activation:
    """φ with its value and its vector-Jacobian product rounded."""
    learned = activation.alpha_vjp
    sides = [(kink, np.sign(exact - kink)) for kink in activation.kinks]

    def same_side(z: Array) -> Array:
        # z is kept on its side of a kink: a slope that jumps is no rounding error
        for kink, side in sides:
            z = np.where(np.sign(z - kink) == side, z, exact)
        return z

    def value(z: Array, *alpha: Array) -> Array:
        # towards 0 only: for a above 1 there is no logarithm of 1 - a
        a = rounding.towards_zero(activation.value(same_side(z), *alpha))
        return a + rounding.size(np.maximum(1.0, np.abs(z))) if activation.cancels else a

    def vjp(z: Array, a: Array, grad_a: Array, *alpha: Array) -> Array:
        changed = activation.vjp(same_side(z), a, rounding.of(grad_a), *alpha)
        if activation.elementwise and not activation.cancels:
            return rounding.of_exponentials(changed)
        largest = np.abs(grad_a).max(axis=-1, keepdims=True)
        if not activation.elementwise:  # a row's entries are differences from their weighted mean
            changed = changed + rounding.size(np.abs(a) * largest)
        changed = rounding.of_exponentials(changed)
        # the slope of GELU multiplies 1 - τ² by z and z³ before it cancels; further out it is 0
        return changed + rounding.size(np.clip(np.abs(z), 1.0, 8.0) ** 2 * largest) if activation.cancels else changed

    return _like(
        activation,
        value=value,
        vjp=vjp,
        alpha_vjp=None if learned is None else lambda z, grad_a: rounding.of(learned(same_side(z), grad_a)),
    )


def _norm(norm: Norm, rounding: _Rounding) -> Norm:
    """The norm with every number rounded between z and ẑ, and between their gradients."""

    def statistics(z: Array, axis: int) -> tuple[Array, Array]:
        mean, var = norm.statistics(rounding.of(z), axis)
        return rounding.of(mean), rounding.of(var)

    def value(z: Array, mean: Array, var: Array, eps: float) -> tuple[Array, Array]:
        # other roundings of z than in its mean, as in PyTorch, which may multiply before it subtracts
        normalised, scale = norm.value(rounding.of(z), rounding.of(mean), rounding.of(var), eps)
        return rounding.of(normalised), rounding.of(scale)

    def vjp(normalised: Array, scale: Array, grad: Array, axis: int) -> tuple[Array, Array, Array]:
        grad_z, grad_mean, grad_var = norm.vjp(rounding.of(normalised), rounding.of(scale), rounding.of(grad), axis)
        size = np.abs(grad)
        along = np.abs(normalised) * (size * np.abs(normalised)).mean(axis=axis, keepdims=True)
        # three numbers that may leave nothing of each other: for two samples ∂L/∂z is all but 0
        parts = scale * (size + size.mean(axis=axis, keepdims=True) * norm.centred + along)
        return rounding.of(grad_z + rounding.size(parts)), rounding.of(grad_mean), rounding.of(grad_var)

    return _like(norm, statistics=statistics, value=value, vjp=vjp)
