"""Mistakes in the probabilities, in the terms of the loss, in L, and in its gradient."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from mlpviz.engine.parameters import Array
from mlpviz.practice.mistakes.mistake import Mistake, WrongCell, WrongNumbers, say
from mlpviz.practice.workings import Place, Workings


def _is_softmax(w: Workings) -> bool:
    return w.spec.loss.probabilities == "softmax"


def _not_divided(w: Workings, place: Place, _: Array) -> Iterable[WrongNumbers]:
    return (WrongNumbers(np.exp(w.of("a", place.layer))),) if _is_softmax(w) else ()


def _other_classes_forgotten(w: Workings, place: Place, _: Array) -> Iterable[WrongNumbers]:
    return (WrongNumbers(1.0 / (1.0 + np.exp(-w.of("a", place.layer)))),) if _is_softmax(w) else ()


def _wrong_class(w: Workings, place: Place, _: Array) -> Iterable[WrongNumbers]:
    target = w.trace.target
    if not (_is_softmax(w) and w.spec.loss.is_cross_entropy) or target is None:
        return ()
    p = w.of("probabilities", place.layer)
    return [WrongNumbers(-target * np.log(np.roll(p, k, axis=1)), k) for k in range(1, min(p.shape[1], 8))]


def _square_forgotten(w: Workings, place: Place, _: Array) -> Iterable[WrongNumbers]:
    target = w.trace.target
    if not _is_squared(w) or target is None:
        return ()
    return (WrongNumbers(w.of("a", place.layer) - target),)


def _is_squared(w: Workings) -> bool:
    return w.spec.loss.key in ("mse", "half_sse")


def _sum_for_mean(w: Workings, place: Place, _: Array) -> Iterable[WrongNumbers]:
    if w.spec.loss.mean_over == "nothing":
        return ()
    return (WrongNumbers(np.asarray(w.of("loss_term", place.layer).sum())),)


def _mean_for_sum(w: Workings, place: Place, right: Array) -> Iterable[WrongNumbers]:
    counts = {w.trace.samples, w.spec.outputs, w.trace.samples * w.spec.outputs} - {1}
    if w.spec.loss.mean_over != "nothing" or (place.tensor == "grad_a" and place.layer != w.last):
        return ()
    return [WrongNumbers(np.asarray(right / count), count) for count in sorted(counts)]


def _half_or_double(w: Workings, _: Place, right: Array) -> Iterable[WrongNumbers]:
    if not _is_squared(w):
        return ()
    return (WrongNumbers(np.asarray(right * 2.0 if "½" in w.spec.loss.constants else right / 2.0)),)


def _twice(w: Workings, place: Place, right: Array) -> Iterable[WrongNumbers]:
    if place.layer != w.last or "2" in w.spec.loss.constants:
        return ()
    return (WrongNumbers(2.0 * right),)


def _target_forgotten(w: Workings, place: Place, _: Array) -> Iterable[WrongNumbers]:
    if place.layer != w.last or w.trace.target is None:
        return ()
    if w.spec.loss.probabilities is not None:
        return (WrongNumbers(np.asarray(w.of("probabilities", place.layer) / w.divisor())),)
    if not _is_squared(w):
        return ()
    y = w.of("a", place.layer)
    return (WrongNumbers(np.asarray(w.spec.loss.grad(y, np.zeros_like(y)) / w.divisor())),)


def _target(seen: WrongCell) -> dict[str, float]:
    target = seen.w.trace.target
    return {"a": seen.of(seen.w.of("a", seen.n)), "t": 0.0 if target is None else seen.of(target)}


LOSS: tuple[Mistake, ...] = (
    Mistake(
        "softmax_not_divided", "forget to divide by the sum of all classes", "p is eᶻ over the sum of all eᶻ.",
        ("probabilities",), _not_divided,
        lambda seen: say("the sum to divide by is {sum}", sum=float(np.exp(seen.w.of("a", seen.n)[seen.at[0]]).sum())),
    ),
    Mistake(
        "other_classes_forgotten", "take a sigmoid in place of softmax",
        "Each class alone, 1 / (1 + e⁻ᶻ), forgets the other classes.", ("probabilities",), _other_classes_forgotten,
        lambda seen: say("the probabilities of all {classes} classes add up to 1", classes=seen.w.spec.outputs),
    ),
    Mistake(
        "log_of_wrong_class", "take the logarithm of another class",
        "The loss reads the probability of the right class.", ("loss_term",), _wrong_class,
        lambda seen: say("p of the right class is {p}", p=seen.number("probabilities")),
    ),
    Mistake(
        "square_forgotten", "forget the square", "A squared error squares a − t.", ("loss_term",), _square_forgotten,
        lambda seen: say("({a} − {t})² has a square", **_target(seen)),
    ),
    Mistake(
        "sum_for_mean", "forget to divide the sum", "The loss is a mean of its terms.", ("loss",), _sum_for_mean,
        lambda seen: say("the sum is divided by {count}", count=float(np.max(seen.w.divisor()))),
    ),
    Mistake(
        "mean_for_sum", "take the mean in place of the sum", "The loss is a sum of its terms.", ("loss", "grad_a"),
        _mean_for_sum, lambda seen: say("nothing is divided by {count}", count=seen.which),
    ),
    Mistake(
        "half_of_loss", "mix up the loss with and without ½", "½ stands before the square only if the loss has it.",
        ("loss", "loss_term"), _half_or_double,
        lambda seen: say("this loss has a ½" if "½" in seen.w.spec.loss.constants else "this loss has no ½"),
    ),
    Mistake(
        "factor_two_added", "add a factor 2", "Only a square without ½ before it gives a 2.", ("grad_a",), _twice,
        lambda seen: say("the derivative of this loss has no 2"),
    ),
    Mistake(
        "target_forgotten", "forget to take the target away", "The gradient is that of the distance to the target.",
        ("grad_a",), _target_forgotten, lambda seen: say("t = {t} has to be taken away", **_target(seen)),
    ),
)  # fmt: skip
