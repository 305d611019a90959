"""How much rounding alone can change each tensor of a pass: the pass again, with every number changed by one rounding.

Two correct programs that add in different orders differ by about this much, so a check must allow at least that.
It matters where terms cancel (0.1 + 0.2 - 0.3) and where a function saturates (1 - a² for a near 1).
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from mlpviz.engine.activations import Activation
from mlpviz.engine.losses import Loss
from mlpviz.engine.parameters import Array
from mlpviz.engine.run_trace import rerun
from mlpviz.engine.spec import NetworkSpec
from mlpviz.engine.tensor_names import Tensor, tensors
from mlpviz.engine.trace import Trace

EPS = float(np.finfo(float).eps)
_REPEATS = 4


def rounding_error(trace: Trace) -> dict[Tensor, float]:
    """Per tensor the largest change of an entry over a few passes whose numbers are all changed by ±1 rounding.

    Parameters, inputs and targets are multiplied by 1 ± 2^-52, the a of every layer by 1 or 1 - 2^-51. For an
    activation that is a difference of larger numbers (`cancels`), value and slope also change by the rounding of those.
    The random draws are the same for each call.
    """
    rng = np.random.default_rng(0)
    addresses = tensors(trace.spec, trace.training)
    spread = dict.fromkeys(addresses, 0.0)
    for _ in range(_REPEATS):
        layers = tuple(
            replace(layer, activation=_with_rounding(layer.activation, own.read, rng))
            for layer, own in zip(trace.spec.layers, trace.layers, strict=True)
        )
        target = None if trace.target is None else _round_target(trace.target, rng)
        spec = NetworkSpec(layers, _without_jumps(trace.spec.loss, trace))
        other = rerun(trace, spec=spec, params=_round(trace.params, rng), x=_round(trace.x, rng), target=target)
        with np.errstate(all="ignore"):
            for address in addresses:
                change = np.abs(address.of(other) - address.of(trace))
                # the check treats infinity and NaN separately
                spread[address] = max(spread[address], float(change[np.isfinite(change)].max(initial=0.0)))
    return spread


def _round(values: Array, rng: np.random.Generator) -> Array:
    with np.errstate(all="ignore"):
        return values * (1.0 + EPS * rng.choice((-1.0, 1.0), values.shape))


def _round_target(target: Array, rng: np.random.Generator) -> Array:
    # 0 and 1 are class labels, which are exact
    return np.where((target == 0.0) | (target == 1.0), target, _round(target, rng))


def _without_jumps(loss: Loss, trace: Trace) -> Loss:
    """The loss with every output kept on its side of a corner: a gradient that jumps is no rounding error."""
    corner, exact, target = loss.corner, trace.output, trace.target
    if corner is None or target is None:
        return loss
    with np.errstate(all="ignore"):
        side = np.sign(corner(exact, target))

    def grad(y: Array, t: Array) -> Array:
        same_side = np.sign(corner(y, t)) == side
        return loss.grad(np.where(same_side, y, exact), np.where(same_side, t, target))

    return replace(loss, grad=grad)


def _with_rounding(activation: Activation, exact: Array, rng: np.random.Generator) -> Activation:
    # towards 0 only: for a above 1 there is no logarithm of 1 - a
    factor = 1.0 - EPS * rng.choice((0.0, 2.0), exact.shape)
    extra = EPS * rng.choice((-1.0, 1.0), exact.shape) * activation.cancels

    def same_side(z: Array) -> Array:
        # z is kept on its side of a kink: a slope that jumps is no rounding error
        for kink in activation.kinks:
            z = np.where(np.sign(z - kink) == np.sign(exact - kink), z, exact)
        return z

    return replace(
        activation,
        value=lambda z: activation.value(same_side(z)) * factor + extra * np.maximum(1.0, np.abs(z)),
        vjp=lambda z, a, grad_a: (
            activation.vjp(same_side(z), a, grad_a) + extra * np.abs(grad_a).max(axis=-1, keepdims=True)
        ),
    )
