"""From the loss back to z in two ways: long, through p and the Jacobian of softmax or sigmoid, and short, p − y.

By the chain rule both are equal; the short one is what a loss on logits computes.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from mlpviz.engine import ACTIVATIONS, LOSSES, Trace
from mlpviz.engine.losses import Loss
from mlpviz.engine.parameters import Array


class Pair(NamedTuple):
    """A loss on what the activation gives, and the loss on z itself that is the same: keys of the registries."""

    by_hand: str
    activation: str
    on_logits: str


PAIRS = (
    Pair("cross_entropy_probs", "softmax", "cross_entropy"),
    Pair("bce", "sigmoid", "bce_with_logits"),
    Pair("nll", "log_softmax", "cross_entropy"),
)

EQUAL = 1e-9
"""Relative to the largest entry: what is nearer is equal but for rounding."""


class Ways(NamedTuple):
    """One sample with O outputs: `outer` (O,) times `jacobian` (O outputs p, O inputs z) gives `long` (O,).

    `short` (O,) is (p · Σy − y) / divisor, with `probabilities` p and `target` y (O,), what the loss wants of p.
    """

    activation: str
    outer: Array
    jacobian: Array
    long: Array
    short: Array
    probabilities: Array
    target: Array
    divisor: float

    @property
    def equal(self) -> bool:
        """Whether both ways arrive at the same numbers, but for rounding."""
        if not np.isfinite(self.long).all():
            return False
        scale = max(float(np.abs(self.outer).max()), 1.0 / self.divisor)
        return bool((np.abs(self.long - self.short) <= EQUAL * scale).all())


def ways_of(trace: Trace, sample: int) -> Ways | None:
    """Both ways for one sample (from 0); None if the loss has no such pair, or if a pin lies between it and z."""
    loss, last = trace.spec.loss, trace.layers[-1]
    if trace.target is None:
        return None
    t = trace.target[sample : sample + 1]
    divisor = float(loss.divisor(trace.samples, trace.spec.outputs, trace.target))
    for pair in PAIRS:
        if loss.key == pair.on_logits:
            wanted = t if loss.wanted is None else loss.wanted(t)
            z, outer, short = trace.output, LOSSES[pair.by_hand].grad, last.grad_a[sample]
            with np.errstate(all="ignore"):
                p = ACTIVATIONS[pair.activation].value(z)[sample : sample + 1]
                sent = outer(p, wanted)[0] / divisor
            return _ways(pair.activation, z[sample : sample + 1], p, p, sent, short, wanted, divisor)
        if loss.key == pair.by_hand and trace.spec.activations[-1].key == pair.activation:
            if any(pin.layer == len(trace.layers) - 1 and pin.sample == sample for pin in trace.pins):
                return None
            z, a, twin = last.read[sample : sample + 1], trace.unpinned[-1][sample : sample + 1], LOSSES[pair.on_logits]
            twin = _weighted(twin, loss)
            with np.errstate(all="ignore"):
                short = twin.grad(z, t)[0] / divisor
                p = ACTIVATIONS[twin.probabilities or "softmax"].value(z)
            wanted = t if twin.wanted is None else twin.wanted(t)
            return _ways(pair.activation, z, a, p, last.grad_a[sample], short, wanted, divisor)
    return None


def _weighted(twin: Loss, loss: Loss) -> Loss:
    return twin.bind(weight=loss.weight) if loss.weight else twin


def _ways(key: str, z: Array, a: Array, p: Array, outer: Array, short: Array, wanted: Array, divisor: float) -> Ways:
    outputs = z.shape[-1]
    with np.errstate(all="ignore"):
        # row k is the gradient that a 1 at output k sends back to every z
        jacobian = ACTIVATIONS[key].vjp(z, a, np.eye(outputs))
        long = outer @ jacobian
    return Ways(key, outer, jacobian, long, short, p[0], wanted[0], divisor)
