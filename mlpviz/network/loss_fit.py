"""Why a loss was not made for what the last activation gives, in words."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from mlpviz.engine import ACTIVATIONS, Activation, Loss
from mlpviz.text.numbers import all_digits

_FAR = 1e6
"""far enough out for an activation to be at its end, if it has one"""

_WIDE = 20.0
"""numbers that lie so far apart have probabilities that are 0 and 1 to nine digits"""


def why_unfit(loss: Loss, last: Activation, number: int) -> str | None:
    """What goes on after the name of the loss, for the activation of the last layer; None where nothing is amiss."""
    if loss.suits(last.key):
        return None
    if loss.probabilities is not None:
        return _on_logits(loss, last, number)
    if loss.outputs_are_logarithms:
        are_probabilities = last.gives == "probabilities"
        gives = "the probabilities themselves" if are_probabilities else "any numbers: their e^a need not add up to 1"
        return f"takes the outputs as logarithms of probabilities, but layer {number} gives {gives}"
    return _on_probabilities(loss, last, number)


class _Range(NamedTuple):
    """The least and the largest output of an activation, None where it has none.

    `flat_at` has the ends at which no gradient passes.
    """

    low: float | None
    high: float | None
    flat_at: tuple[float, ...]


def _range_of(activation: Activation) -> _Range:
    out = np.logspace(-3.0, np.log10(_FAR), 400)
    z = np.concatenate([-out[::-1], [0.0], out])
    with np.errstate(all="ignore"):
        a = activation.value(z)
        ends = np.array([-_FAR, _FAR])
        slopes = activation.vjp(ends, activation.value(ends), np.ones(2))
    # an activation without an end grows from one sample of it to the next
    low, high = (_end(float(a.min())), _end(float(a.max())))
    return _Range(low, high, tuple(float(end) for end, slope in zip(a[[0, -1]], slopes, strict=True) if slope == 0.0))


def _end(value: float) -> float | None:
    if abs(value) >= 1e-3 * _FAR:
        return None
    return value if abs(value) > 1.0 / (0.1 * _FAR) else 0.0


def _on_logits(loss: Loss, last: Activation, number: int) -> str:
    own = ACTIVATIONS[loss.probabilities or ""]
    if last.gives == "probabilities":
        twice = "it is applied twice" if own.key == last.key else f"{own.noun} comes on top of it"
        return (
            f"applies {own.noun} itself, and layer {number} applies {last.noun or last.label} before: {twice}, "
            "so p stays away from 0 and 1 and the gradient is small"
        )
    if last.gives == "logarithms of probabilities" and own.elementwise:
        return f"takes numbers of any sign and size, but {last.noun} gives none above 0, so p is never above 1/2"
    if last.gives == "logarithms of probabilities":
        return (
            f"applies {own.noun} itself, and layer {number} applies {last.noun} before: {own.noun} of logarithms of "
            "probabilities gives these probabilities again, so the layer changes nothing"
        )
    low, high, flat_at = _range_of(last)
    if low is None and high is None:
        return f"takes z as it is computed, but layer {number} applies {last.label} first"
    takes = f"takes numbers of any sign and size, but {last.label}"
    if low is not None and high is not None:
        ends = f"{takes} gives only numbers from {_said(low)} to {_said(high)}"
        return f"{ends}, so p stays away from 0 and 1" if high - low < _WIDE else ends
    end, side = (low, "below") if low is not None else (high, "above")
    where = f"where it gives {_said(end)}" if end in flat_at else "where it is flat"
    return f"{takes} gives none {side} {_said(end)}, and {where} no gradient passes"


def _on_probabilities(loss: Loss, last: Activation, number: int) -> str | None:
    shares_one = not ACTIVATIONS[loss.last_activations[0]].elementwise
    if not last.elementwise and last.gives == "probabilities":
        return f"takes each output as a probability of its own, but {last.noun} makes them share a sum of 1"
    if last.gives == "logarithms of probabilities":
        return (
            f"takes the outputs as probabilities, but layer {number} gives their logarithms: these are 0 or less, and "
            "have no logarithm themselves"
        )
    low, high, _ = _range_of(last)
    above = not shares_one and (high is None or high > 1.0)
    outside = [text for text, is_so in (("below 0", low is None or low < 0.0), ("above 1", above)) if is_so]
    if shares_one:
        lost = ", and below 0 they have no logarithm" if outside else ""
        return f"takes the outputs as one distribution, but those of layer {number} need not add up to 1{lost}"
    if not outside:
        return None
    return (
        f"takes each output as a probability, but layer {number} can give numbers {' and '.join(outside)}: there a or "
        "1 − a has no logarithm, and PyTorch stops with an error"
    )


def _said(end: float | None) -> str:
    return all_digits(float(f"{end or 0.0:.3g}"))
