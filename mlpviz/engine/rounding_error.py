"""How far rounding alone can move each tensor of a pass: the pass again, with every number off by one rounding.

Two right programs that add in different orders differ by about this much, so it is the least that a check must
allow. It matters where terms cancel (0.1 + 0.2 - 0.3) and where a function saturates (1 - a² for a near 1).
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
    """Per tensor the largest move of an entry over a few passes whose numbers are all off by ±1 rounding.

    Parameters, inputs and targets are multiplied by 1 ± 2^-52, the a of every layer by 1 or 1 - 2^-51; where an
    activation cancels, value and slope are also moved as far as the larger numbers are rounded. The draws are always
    the same.
    """
    rng = np.random.default_rng(0)
    addresses = tensors(trace.spec, trace.training)
    spread = dict.fromkeys(addresses, 0.0)
    for _ in range(_REPEATS):
        layers = tuple(
            replace(layer, activation=_noisy(layer.activation, own.read, rng))
            for layer, own in zip(trace.spec.layers, trace.layers, strict=True)
        )
        target = None if trace.target is None else _target_off(trace.target, rng)
        spec = NetworkSpec(layers, _held(trace.spec.loss, trace))
        other = rerun(trace, spec=spec, params=_off(trace.params, rng), x=_off(trace.x, rng), target=target)
        with np.errstate(all="ignore"):
            for address in addresses:
                move = np.abs(address.of(other) - address.of(trace))
                # infinity and NaN are judged elsewhere
                spread[address] = max(spread[address], float(move[np.isfinite(move)].max(initial=0.0)))
    return spread


def _off(values: Array, rng: np.random.Generator) -> Array:
    with np.errstate(all="ignore"):
        return values * (1.0 + EPS * rng.choice((-1.0, 1.0), values.shape))


def _target_off(target: Array, rng: np.random.Generator) -> Array:
    # 0 and 1 are exact: they say which class it is
    return np.where((target == 0.0) | (target == 1.0), target, _off(target, rng))


def _held(loss: Loss, trace: Trace) -> Loss:
    """The loss with every output on its side of a corner: a flipped sign is no rounding error."""
    corner, exact, target = loss.corner, trace.output, trace.target
    if corner is None or target is None:
        return loss
    with np.errstate(all="ignore"):
        side = np.sign(corner(exact, target))

    def grad(y: Array, t: Array) -> Array:
        stays = np.sign(corner(y, t)) == side
        return loss.grad(np.where(stays, y, exact), np.where(stays, t, target))

    return replace(loss, grad=grad)


def _noisy(activation: Activation, exact: Array, rng: np.random.Generator) -> Activation:
    # towards 0 only: beyond 1 there is no logarithm of 1 - a
    factor = 1.0 - EPS * rng.choice((0.0, 2.0), exact.shape)
    extra = EPS * rng.choice((-1.0, 1.0), exact.shape) * activation.cancels

    def stay(z: Array) -> Array:
        # a z of exactly 0 keeps its gate: a flipped gate is no rounding error
        for kink in activation.kinks:
            z = np.where(np.sign(z - kink) == np.sign(exact - kink), z, exact)
        return z

    return replace(
        activation,
        value=lambda z: activation.value(stay(z)) * factor + extra * np.maximum(1.0, np.abs(z)),
        vjp=lambda z, a, grad_a: (
            activation.vjp(stay(z), a, grad_a) + extra * np.abs(grad_a).max(axis=-1, keepdims=True)
        ),
    )
