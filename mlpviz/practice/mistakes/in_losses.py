"""Mistakes in the gradient of the loss: planted in a network, and run on a learner's block."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

import numpy as np

from mlpviz.engine import Loss, NetworkSpec
from mlpviz.engine.parameters import Array
from mlpviz.practice.mistakes.mistake import Mistake, WrongCell, WrongNumbers, say
from mlpviz.practice.workings import Place, Workings
from mlpviz.text.sentences import Sentence


def _in_loss(
    key: str,
    label: str,
    sentence: str,
    fits: Callable[[Loss], bool],
    grad: Callable[[Loss, Array, Array], Array],
    said: Callable[[WrongCell], Sentence],
) -> Mistake:
    """A mistake in ∂L/∂a of the last layer; `grad(loss, y, t)` is that of the sum, which the pass divides."""

    def run(w: Workings, place: Place, right: Array) -> Iterable[WrongNumbers]:
        if place.layer != w.last or not fits(w.spec.loss):
            return ()
        y, t = w.of("a", place.layer), w.trace.target
        # own probabilities are in `right` alone
        plain = w.spec.loss.grad(y, t)  # type: ignore[arg-type]  # a loss without target never reads it
        found = grad(w.spec.loss, y, t) / w.divisor()  # type: ignore[arg-type]
        same = np.array_equal(plain / w.divisor(), right)
        with np.errstate(all="ignore"):
            share = np.where(plain == 0.0, 1.0, found * w.divisor() / plain)
        return (WrongNumbers(np.asarray(found if same else right * share)),)

    def plant(spec: NetworkSpec) -> NetworkSpec:
        loss = spec.loss
        return replace(spec, loss=replace(loss, grad=lambda y, t: grad(loss, y, t))) if fits(loss) else spec

    return Mistake(key, label, sentence, ("grad_a",), run, said, plant=plant)


def _not_averaged(loss: Loss, y: Array, t: Array) -> Array:
    # the pass divides by the divisor, one per network of those side by side; this undoes it
    return np.asarray(loss.grad(y, t) * np.asarray(loss.divisor(y.shape[-2], y.shape[-1], t))[..., None, None])


def _difference(seen: WrongCell) -> dict[str, float]:
    target = seen.w.trace.target
    return {
        "a": seen.number("a"),
        "t": 0.0 if target is None else seen.of(target),
        "count": float(np.max(seen.w.divisor())),
    }


IN_LOSSES: tuple[Mistake, ...] = (
    _in_loss(
        "factor_two_forgotten",
        "forget the 2 of the squared error",
        "The derivative of (a − t)² is taken to be a − t, which is half of it.",
        lambda loss: loss.key == "mse",
        lambda loss, y, t: loss.grad(y, t) / 2.0,
        lambda seen: say("2 · ({a} − {t}) has a 2, from the square", **_difference(seen)),
    ),
    _in_loss(
        "mean_forgotten",
        "forget to divide by the count",
        "The loss is a mean, but its gradient is that of the sum.",
        lambda loss: loss.mean_over != "nothing",
        _not_averaged,
        lambda seen: say("the loss is a mean, so its gradient is divided by {count}", **_difference(seen)),
    ),
    _in_loss(
        "loss_sign_reversed",
        "subtract the wrong way round",
        "The gradient of the loss has the wrong sign, so descent climbs.",
        lambda loss: True,
        lambda loss, y, t: -loss.grad(y, t),
        lambda seen: say("output a = {a} and target t = {t} are swapped", **_difference(seen)),
    ),
)
