"""How far rounding alone can move each tensor of a pass: the pass again, with every number off by one rounding.

Two right programs that add in different orders differ by about this much, so it is the least that a check must
allow. It matters where terms cancel (0.1 + 0.2 - 0.3) and where a function saturates (1 - a² for a near 1).
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from mlpviz.engine.activations import Activation
from mlpviz.engine.parameters import Array
from mlpviz.engine.passes import run
from mlpviz.engine.spec import NetworkSpec
from mlpviz.engine.tensors import Tensor, tensors
from mlpviz.engine.trace import Trace

EPS = float(np.finfo(float).eps)
_REPEATS = 4


def rounding_spread(trace: Trace) -> dict[Tensor, float]:
    """Per tensor the largest move of an entry over a few passes whose numbers are all off by ±1 rounding.

    Parameters, inputs and targets are multiplied by 1 ± 2^-52, the a of every layer by 1 or 1 - 2^-51; the draws are
    always the same.
    """
    rng = np.random.default_rng(0)
    addresses = tensors(trace.spec)
    spread = dict.fromkeys(addresses, 0.0)
    for _ in range(_REPEATS):
        layers = tuple(
            replace(layer, activation=_noisy(layer.activation, own.z, rng))
            for layer, own in zip(trace.spec.layers, trace.layers, strict=True)
        )
        target = None if trace.target is None else _off(trace.target, rng)
        spec = NetworkSpec(layers, trace.spec.loss)
        other = run(spec, _off(trace.params, rng), _off(trace.x, rng), target, trace.pins)
        with np.errstate(all="ignore"):
            for address in addresses:
                move = np.abs(address.of(other) - address.of(trace))
                # infinity and NaN are judged elsewhere
                spread[address] = max(spread[address], float(move[np.isfinite(move)].max(initial=0.0)))
    return spread


def _off(values: Array, rng: np.random.Generator) -> Array:
    with np.errstate(all="ignore"):
        return values * (1.0 + EPS * rng.choice((-1.0, 1.0), values.shape))


def _noisy(activation: Activation, exact: Array, rng: np.random.Generator) -> Activation:
    # towards 0 only: beyond 1 there is no logarithm of 1 - a
    factor = 1.0 - EPS * rng.choice((0.0, 2.0), exact.shape)

    def stay(z: Array) -> Array:
        # a z of exactly 0 keeps its gate: a flipped gate is no rounding error
        for kink in activation.kinks:
            z = np.where(np.sign(z - kink) == np.sign(exact - kink), z, exact)
        return z

    return replace(
        activation,
        value=lambda z: activation.value(stay(z)) * factor,
        vjp=lambda z, a, grad_a: activation.vjp(stay(z), a, grad_a),
    )
