"""The same update of one weight many times, in few bits: what is lost of the steps and of the memory."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from mlpviz.bits_page.compared import Compared
from mlpviz.engine.parameters import Array
from mlpviz.exploration.figure import UPDATE, figure, line
from mlpviz.exploration.view import FigurePart
from mlpviz.low_precision.number_format import NumberFormat
from mlpviz.low_precision.optimizer_steps import LOW_PRECISION_OPTIMIZERS, LowPrecisionOptimizer
from mlpviz.text.sentences import Sentence, exact_number, in_series, joined, sentence

UPDATES = 200


class Walk(NamedTuple):
    """A weight (UPDATES + 1,) on its way, and what the optimizer remembers at the end."""

    weights: Array
    memory: tuple[float, ...]


@lru_cache(maxsize=128)
def walk_of(
    number_format: NumberFormat, optimizer: str, weight: float, gradient: float, rate: float, seed: int | None
) -> Walk:
    """A weight that has the same gradient again and again; with a seed its updates are rounded at random."""
    own, rng = LOW_PRECISION_OPTIMIZERS[optimizer], None if seed is None else np.random.default_rng(seed)
    now, given = (number_format.round(np.array([value])) for value in (weight, gradient))
    memory, found = own.begin(now), [float(now[0])]
    for t in range(1, UPDATES + 1):
        now, memory = own.step(number_format, now, given, memory, t, rate, rng)
        found.append(float(now[0]))
    return Walk(np.array(found), tuple(float(each[0]) for each in memory))


def _exact_walk(optimizer: LowPrecisionOptimizer, weight: float, gradient: float, rate: float) -> Walk:
    """The same in float64."""
    exact, now = optimizer.exact.configure(learning_rate=rate), np.array([weight])
    slots, found = exact.init(now), [weight]
    with np.errstate(all="ignore"):
        for t in range(1, UPDATES + 1):
            now, slots = exact.step(now, np.array([gradient]), slots, t)
            found.append(float(now[0]))
    return Walk(np.array(found), tuple(float(np.ravel(slots[slot.name])[0]) for slot in exact.slots_in_use))


def updates_picture(compared: Compared, name: str, weight: float, gradient: float, seed: int) -> FigurePart:
    """The same update of a weight many times: to the nearest it may never move, at random the mean is right."""
    number_format, optimizer = compared.kept, compared.optimizer
    times = np.arange(UPDATES + 1.0)
    exact = _exact_walk(optimizer, weight, gradient, compared.rate)
    given = number_format, optimizer.key, weight, gradient, compared.rate
    nearest, random = walk_of(*given, None), walk_of(*given, seed)
    end = float(nearest.weights[-1])
    stays = bool(gradient) and end == float(nearest.weights[0])
    return FigurePart(
        key="updates",
        title=f"{UPDATES} equal updates of {name} by {optimizer.label}",
        height=300,
        figure=figure(
            [
                line(times, exact.weights, "float64", 0),
                line(times, nearest.weights, "to the nearest", 1),
                line(times, random.weights, "at random", 2, line={"color": UPDATE}),
            ],
            x="update",
            y="weight",
        ),
        text=joined(
            " ",
            (
                sentence(
                    "The gradient is {gradient}, η · g is {step}. After {n} updates float64 is at {exact}, {name} "
                    "rounded to the nearest at {nearest}{stays}, and rounded at random at {random}.",
                    gradient=exact_number(gradient),
                    step=exact_number(compared.rate * gradient),
                    n=UPDATES,
                    exact=exact_number(float(exact.weights[-1])),
                    name=number_format.label,
                    nearest=exact_number(end),
                    stays=": it never moved" if stays else "",
                    random=exact_number(float(random.weights[-1])),
                ),
                *_memory_in_words(optimizer, nearest, exact),
            ),
        ),
    )


def _memory_in_words(optimizer: LowPrecisionOptimizer, nearest: Walk, exact: Walk) -> list[Sentence]:
    """What is remembered in the end, beside float64; nothing of an optimizer without a memory."""
    if not optimizer.names:
        return []
    pairs = zip(optimizer.names, nearest.memory, exact.memory, strict=True)
    said = [
        sentence("{name} is {low} (float64: {exact})", name=name, low=exact_number(low), exact=exact_number(theirs))
        for name, low, theirs in pairs
    ]
    return [sentence("In the end {said}.", said=in_series(said))]
