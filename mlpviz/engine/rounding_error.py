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

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from mlpviz.engine.activations import Activation
from mlpviz.engine.losses import Loss
from mlpviz.engine.norms import Norm
from mlpviz.engine.parameters import Array
from mlpviz.engine.run_trace import rerun
from mlpviz.engine.tensor_names import Tensor, tensors
from mlpviz.engine.trace import Trace

EPS = float(np.finfo(float).eps)

_LEAST = float(np.finfo(float).smallest_subnormal)
"""The rounding of every number below 2.2e-308: such numbers have fewer digits."""

_LOST = 1e-300
"""Numbers below this one follow from e^-710 or so: a program that divides by e^710, which is infinite, has 0 there."""

REPEATS = 8
"""Passes: that all of them change a number by less than an eighth of its standard deviation happens once in 10^6."""


class _Rounding(NamedTuple):
    """Random roundings: of ±1 unit of 2^-52, which is twice the largest rounding of one operation."""

    rng: np.random.Generator

    def of(self, values: Array) -> Array:
        """The values, each changed by one rounding."""
        return values + self.size(values)

    def size(self, values: Array) -> Array:
        """One rounding of each of these values."""
        sign = self.rng.choice((-1.0, 1.0), np.shape(values))
        return sign * np.maximum(EPS * np.abs(values), _LEAST * (values != 0.0))

    def of_exponentials(self, values: Array) -> Array:
        """As `of`, for what may be computed from exponentials: what is all but 0 becomes 0 in half of the cases."""
        kept = (np.abs(values) >= _LOST) | self.rng.choice((False, True), np.shape(values))
        return np.where(kept, self.of(values), 0.0 * values)


def rounding_error(trace: Trace) -> dict[Tensor, float]:
    """Per tensor the largest change of an entry over a few passes in which every number is changed by one rounding.

    Parameters, inputs, targets and the results of φ, norm and loss, forward and backward, are multiplied by 1 ± 2^-52
    (the a of a layer by 1 or 1 - 2^-51). What is a difference of larger numbers inside of one of these functions
    changes by the rounding of those. The random draws are the same for each call.
    """
    rounding = _Rounding(np.random.default_rng(0))
    addresses = tensors(trace.spec, trace.training)
    spread = dict.fromkeys(addresses, 0.0)
    plain = rerun(trace)  # the arrays of the trace itself may be what a check is about
    for _ in range(REPEATS):
        layers = tuple(
            replace(
                layer,
                activation=_activation(layer.activation, own.activation_input, rounding),
                norm=None if layer.norm is None else _norm(layer.norm, rounding),
            )
            for layer, own in zip(trace.spec.layers, trace.layers, strict=True)
        )
        with np.errstate(all="ignore"):
            target = None if trace.target is None else _round_target(trace.target, rounding)
            params, x = rounding.of(trace.params), rounding.of(trace.x)
            spec = replace(trace.spec, layers=layers, loss=_loss(trace.spec.loss, trace, rounding))
            other = rerun(trace, spec=spec, params=params, x=x, target=target)
            for address in addresses:
                change = np.abs(address.of(other) - address.of(plain))
                # the check treats infinity and NaN separately
                spread[address] = max(spread[address], float(change[np.isfinite(change)].max(initial=0.0)))
    return spread


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
        found = rounding.of_exponentials(exact) + inside * rounding.size(np.ones(exact.shape))
        return found if loss.cancelling is None else found + rounding.size(loss.cancelling(y, t))

    return replace(loss, terms=lambda y, t: rounding.of_exponentials(loss.terms(y, t)), grad=grad)


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

    return replace(loss, grad=grad)


def _activation(activation: Activation, exact: Array, rounding: _Rounding) -> Activation:
    """φ with its value and its vector-Jacobian product rounded."""
    # towards 0 only: for a above 1 there is no logarithm of 1 - a
    factor = 1.0 - EPS * rounding.rng.choice((0.0, 2.0), exact.shape)
    extra = rounding.size(np.ones(exact.shape)) * activation.cancels
    learned = activation.alpha_vjp

    def towards_zero(a: Array) -> Array:
        return np.where((factor == 1.0) | (np.abs(a) >= _LOST), a * factor, 0.0 * a)

    def same_side(z: Array) -> Array:
        # z is kept on its side of a kink: a slope that jumps is no rounding error
        for kink in activation.kinks:
            z = np.where(np.sign(z - kink) == np.sign(exact - kink), z, exact)
        return z

    def vjp(z: Array, a: Array, grad_a: Array, *alpha: Array) -> Array:
        changed = activation.vjp(same_side(z), a, rounding.of(grad_a), *alpha)
        if not activation.elementwise:  # a row's entries are differences from their weighted mean
            changed = changed + rounding.size(np.abs(a) * np.abs(grad_a).max(axis=-1, keepdims=True))
        # the slope of GELU multiplies 1 - τ² by z and z³ before it cancels; further out it is 0
        size = np.clip(np.abs(z), 1.0, 8.0) ** 2
        return rounding.of_exponentials(changed) + extra * size * np.abs(grad_a).max(axis=-1, keepdims=True)

    return replace(
        activation,
        value=lambda z, *alpha: (
            towards_zero(activation.value(same_side(z), *alpha)) + extra * np.maximum(1.0, np.abs(z))
        ),
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

    return replace(norm, statistics=statistics, value=value, vjp=vjp)
