"""The cards of the update: one step for one parameter line by line, and the steps that were taken."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from mlpviz.engine.optimizers.optimizer import GRADIENT, THETA
from mlpviz.explain.loss_curve import index_of
from mlpviz.network import Document
from mlpviz.network.trajectory import Trajectory, TrajectoryPoint
from mlpviz.sheet.cell import nudged_by
from mlpviz.sheet.optimizer_lines import StepLine, step_lines
from mlpviz.sheet.rules import mathml
from mlpviz.text.numbers import DEFAULT, NumberStyle, is_exact, number_pair
from mlpviz.text.sentences import exact_number, sentence

ROWS, CHARTED = 5, 100
"""How many of the last steps are written out, and how many are drawn."""

_PARAMETERS = ("weight", "bias", "gamma", "beta")


def update_card(
    document: Document, focus: str | None, walk: Trajectory, style: NumberStyle = DEFAULT
) -> dict[str, Any] | None:
    """The next step for the selected parameter, its gradient or its new value; None for another cell.

    `lines` are {"symbol", "formula", "template", "numbers", "value"}: MathML, and numbers as pairs (see `written`),
    those for the places <mtext>ref0</mtext>, ... of the template. `head` and `rows` are the last steps up to here,
    `series` the same as numbers to draw, each {"symbol", "values", "last"}.
    """
    place = nudged_by(document, focus)
    tensor = "" if place is None else place.tensor.removeprefix("grad_").removeprefix("new_")
    if place is None or tensor not in _PARAMETERS:
        return None
    trace, taken = document.trace(), document.next_step
    try:
        index = index_of(trace, place._replace(tensor=tensor))
    except KeyError:
        return None
    counts, points = _last_steps(document, walk)
    slots = [slot for slot in taken.optimizer.slots_in_use if slot.per_parameter]
    columns = [symbol.letter for symbol in (THETA, GRADIENT, *(slot.symbol for slot in slots))]
    history = [
        [point.params[index], point.grad[index], *(np.asarray(point.slots[slot.name])[index] for slot in slots)]
        for point in points
    ]
    return {
        "focus": focus,
        "title": f"Step {taken.t} of {taken.optimizer.label}" if document.steps_taken else taken.optimizer.label,
        # the rule of the new number says it already
        "sentence": "" if place.tensor.startswith("new_") else taken.optimizer.sentence,
        "lines": [_line(line, style) for line in step_lines(taken, index)],
        "head": ["t", *map(mathml, columns)],
        "rows": [
            [str(_count(point, number)), *(number_pair(float(number), style) for number in numbers)]
            for number, point, numbers in list(zip(counts, points, history, strict=True))[-ROWS:]
        ],
        "series": [
            {
                "symbol": mathml(symbol),
                "values": [_finite(float(numbers[at])) for numbers in history],
                "last": exact_number(float(history[-1][at]), style),
            }
            for at, symbol in enumerate(columns)
            if len(history) > 1
        ],
    }


def _count(point: TrajectoryPoint, number: int) -> int:
    """How many steps led to a point: what the optimizer counts, or its number in the walk if it does not."""
    return point.t if point.slots else number


def _last_steps(document: Document, walk: Trajectory) -> tuple[list[int], list[TrajectoryPoint]]:
    """The points that single steps joined, up to the one at which the document stands, and their numbers."""
    here = walk.here(document)
    if here is None:
        return [0], [TrajectoryPoint.of(document)]
    counts = walk.numbers
    joined = (at for at in range(here, 0, -1) if walk.points[at].is_start or counts[at] - counts[at - 1] != 1)
    first = next(joined, 0)
    first = max(first, here + 1 - CHARTED)
    return counts[first : here + 1], list(walk.points[first : here + 1])


def _line(line: StepLine, style: NumberStyle) -> dict[str, Any]:
    return {
        "symbol": mathml(line.symbol),
        "formula": mathml(line.formula),
        "template": mathml(line.template),
        "numbers": [number_pair(number, style) for number in line.numbers],
        "value": number_pair(line.value, style),
        "isWhole": all(is_exact(number, style) for number in (line.value, *line.numbers)),
        "isTheta": line.symbol == THETA.letter,
    }


def walk_card(document: Document, walk: Trajectory, style: NumberStyle = DEFAULT) -> dict[str, Any] | None:
    """All steps that can be gone back to: `losses` (null where not finite), `texts`, `steps`; `here` is -1 if nowhere.

    `starts` are the points to which no step led. None without any step.
    """
    if len(walk.points) < 2 or not walk.fits(document):
        return None
    here = walk.here(document)
    losses = [point.loss for point in walk.points]
    texts = [exact_number(loss, style) for loss in losses]
    steps = [_count(point, number) for point, number in zip(walk.points, walk.numbers, strict=True)]
    lowest = int(np.argmin([loss if math.isfinite(loss) else math.inf for loss in losses]))
    return {
        "losses": [_finite(loss) for loss in losses],
        "texts": texts,
        "steps": steps,
        "starts": [at for at, point in enumerate(walk.points) if point.is_start],
        "here": -1 if here is None else here,
        "sentence": sentence(
            "The loss went from {first} to {last}; the lowest is {lowest}, after step {step}.{left_out}",
            first=texts[0],
            last=texts[-1],
            lowest=texts[lowest],
            step=steps[lowest],
            left_out=_left_out(walk),
        ),
    }


def _left_out(walk: Trajectory) -> str:
    """What is gone after a reload, or when the network is opened from a file."""
    kept, saved, all_of = len(walk.kept), len(walk.saved), len(walk.points)
    if kept == all_of:
        return ""
    link = f"keeps {kept} of these {all_of} points" if kept else "has no room for these points"
    return f" After a reload the address {link}; a saved file keeps {'all' if saved == all_of else saved}."


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
