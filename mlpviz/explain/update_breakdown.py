"""The cards of the update: one step for one parameter line by line, and the steps that were step."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np

from mlpviz.engine import Trace
from mlpviz.engine.optimizers import OptimizerStep
from mlpviz.engine.optimizers.optimizer import GRADIENT, THETA
from mlpviz.engine.parameters import LayerViews
from mlpviz.network import Document
from mlpviz.network.trajectory import Trajectory, TrajectoryPoint
from mlpviz.sheet.cell import Cell, cell_at, cell_words, parameter_index, places_of, selected_cell
from mlpviz.sheet.optimizer_lines import StepLine, entry_of, step_lines, step_rounds
from mlpviz.sheet.rules import mathml
from mlpviz.sheet.schedule_lines import schedule_lines
from mlpviz.text.numbers import DEFAULT, NumberStyle, format_number, is_exact, number_pair
from mlpviz.text.sentences import Sentence, exact_number, joined, sentence

ROWS, CHARTED = 5, 100
"""How many of the last steps are written out, and how many are drawn."""

FROZEN = "It has a gradient like every other number, but it is frozen: no update changes it."

ROUNDS = (
    "Each round turns every singular value σ of X into a·σ + b·σ³ + c·σ⁵ and leaves the directions as they are. "
    "A 0 stays 0."
)
ALL_DIGITS = 17

SINGULAR, ROUNDING = 5, 1e-13
"""How many singular values are shown, and which share of the largest one is rounding."""

_PARAMETERS = LayerViews._fields


def update_card(
    document: Document, focus: str | None, trajectory: Trajectory, style: NumberStyle = DEFAULT
) -> dict[str, Any] | None:
    """The next step for the selected parameter, its gradient or its new value; None for another cell.

    `lines` are {"symbol", "formula", "template", "numbers", "value"}: MathML, and numbers as pairs (see `number_pair`),
    those for the places <mtext>ref0</mtext>, ... of the template. `rounds` is a table, see `_rounds`. `head` and
    `rows` are the last steps up to here, `series` the same as numbers to draw, each {"symbol", "values", "last"}.
    `uses` says where else a tied number is used, and the first line adds up the gradients of its uses.
    """
    place = selected_cell(document, focus)
    tensor = "" if place is None else place.tensor.removeprefix("grad_").removeprefix("new_")
    if place is None or tensor not in _PARAMETERS:
        return None
    trace, step = document.trace(), document.next_step
    try:
        index = parameter_index(trace, place._replace(tensor=tensor))
    except KeyError:
        return None
    counts, points = _last_steps(document, trajectory)
    own, _ = entry_of(step, index)
    slots = [slot for slot in own.slots_in_use if slot.per_parameter]
    columns = [symbol.letter for symbol in (THETA, GRADIENT, *(slot.symbol for slot in slots))]
    history = [
        [point.params[index], point.grad[index], *(np.asarray(point.slots[slot.name])[index] for slot in slots)]
        for point in points
    ]
    is_frozen = step.group_of(index) is None
    return {
        "focus": focus,
        "title": "Frozen"
        if is_frozen
        else f"Step {step.t} of {step.optimizer.label}"
        if document.steps_taken
        else step.optimizer.label,
        # the rule of the new number says it already
        "sentence": FROZEN if is_frozen else "" if place.tensor.startswith("new_") else step.optimizer.sentence,
        "lines": [
            _line(line, style)
            for line in (*use_lines(step, trace, index), *_rate_lines(document, index), *step_lines(step, index))
        ],
        "uses": uses_sentence(trace, place._replace(tensor=tensor), style),
        "rounds": _rounds(step, index, style),
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


WRITTEN_OUT = 6
"""A number with more uses than this has no line with all of their gradients."""


def use_lines(step: OptimizerStep, trace: Trace, index: int) -> list[StepLine]:
    """The line that adds up the gradients of all uses of a tied number; none for one with a single use."""
    if step.sharing is None or step.use_grad is None or step.loss_grad is None or step.group_of(index) is None:
        return []
    places = step.sharing.uses(index).tolist()
    if not 1 < len(places) <= WRITTEN_OUT:
        return []
    letters = " + ".join(rf"\frac{{\partial L}}{{\partial {_letter(trace, at)}}}" for at in places)
    template = " + ".join(rf"\text{{ref{number}}}" for number in range(len(places)))
    numbers = tuple(float(step.use_grad[at]) for at in places)
    return [StepLine(GRADIENT.letter, letters, template, numbers, float(step.loss_grad[index]), None)]


def _letter(trace: Trace, index: int) -> str:
    cell = cell_at(trace.spec, index)
    if cell.tensor == "weight":
        return f"W^{{{cell.layer}}}_{{{cell.row + 1},{cell.column + 1}}}"
    return f"b^{{{cell.layer}}}_{{{cell.row + 1}}}"


def uses_sentence(trace: Trace, cell: Cell, style: NumberStyle = DEFAULT) -> Sentence | str:
    """Where a tied number is used, with the gradient of each use and their sum; empty for a number with one use."""
    places = places_of(trace, cell)
    if len(places) < 2:
        return ""
    named = places[:WRITTEN_OUT]
    parts = [
        sentence(
            "{grad} in {where}",
            grad=exact_number(float(trace.grad[at]), style),
            where=cell_words(cell_at(trace.spec, at)),
        )
        for at in named
    ]
    more = f", and {len(places) - len(named)} more" if len(places) > len(named) else ""
    return sentence(
        "Used in {count} places: {parts}{more}; together {total}, which the update follows.",
        count=len(places),
        parts=joined(", ", parts),
        more=more,
        total=exact_number(float(trace.summed_grad[places[0]]), style),
    )


def _rounds(step: OptimizerStep, index: int, style: NumberStyle) -> dict[str, Any] | None:
    """The rounds in which the step changes a matrix: its entry and its singular values before them and after each.

    {"sentence", "head", "rows"}; None for an optimizer without such.
    """
    found = step_rounds(step, index)
    if not found or not all(np.isfinite(matrix).all() for _, matrix in found):
        return None
    rows = []
    for number, (entry, matrix) in enumerate(found):
        values = np.linalg.svd(matrix, compute_uv=False)
        # what is rounding of 0 is no singular value
        values = np.where(values > ROUNDING * values.max(initial=0.0), values, 0.0)[:SINGULAR]
        rows.append([str(number), number_pair(entry, style), *(number_pair(float(each), style) for each in values)])
    count = min(found[0][1].shape)
    return {
        "sentence": ROUNDS if count <= SINGULAR else f"{ROUNDS} These are the {SINGULAR} largest of {count}.",
        "head": ["round", "this entry", *(mathml(rf"\sigma_{{{at + 1}}}") for at in range(min(count, SINGULAR)))],
        "rows": rows,
    }


def _rate_lines(document: Document, index: int) -> list[StepLine]:
    """How the schedule makes the learning rate of this parameter; nothing without one, or where it is frozen.

    A tied number has the rate of its first place.
    """
    if document.next_step.group_of(index) is None:
        return []
    sharing = document.spec.sharing
    index = index if sharing is None else int(sharing.first[index])
    views = document.spec.views(np.arange(document.spec.size))
    own = (number for number, view in enumerate(views) if any(index in part for part in view if part is not None))
    return schedule_lines(document, document.layers[next(own)].learning_rate)


def _count(point: TrajectoryPoint, number: int) -> int:
    """How many steps led to a point: what the optimizer counts, or its number in the trajectory if it does not."""
    return point.t if point.slots else number


def _last_steps(document: Document, trajectory: Trajectory) -> tuple[list[int], list[TrajectoryPoint]]:
    """The points that single steps joined, up to that of the document, and their numbers."""
    here = trajectory.here(document)
    if here is None:
        return [0], [TrajectoryPoint.of(document)]
    counts = trajectory.numbers
    joined = (at for at in range(here, 0, -1) if trajectory.points[at].is_start or counts[at] - counts[at - 1] != 1)
    first = next(joined, 0)
    first = max(first, here + 1 - CHARTED)
    return counts[first : here + 1], list(trajectory.points[first : here + 1])


def _telling(line: StepLine, style: NumberStyle) -> NumberStyle:
    """As many digits as it takes to see that a number has changed, from 0.250 to 0.2499."""
    if line.old is None or line.old == line.value:
        return style
    for digits in range(style.digits, ALL_DIGITS):
        finer = replace(style, digits=digits)
        if format_number(line.old, finer) != format_number(line.value, finer):
            return finer
    return replace(style, digits=ALL_DIGITS)


def _line(line: StepLine, style: NumberStyle) -> dict[str, Any]:
    style = _telling(line, style)
    return {
        "symbol": mathml(line.symbol),
        "formula": mathml(line.formula),
        "template": mathml(line.template),
        "numbers": [number_pair(number, style) for number in line.numbers],
        "value": number_pair(line.value, style),
        "isWhole": all(is_exact(number, style) for number in (line.value, *line.numbers)),
        "isTheta": line.symbol == THETA.letter,
    }


def trajectory_card(document: Document, trajectory: Trajectory, style: NumberStyle = DEFAULT) -> dict[str, Any] | None:
    """All steps that can be gone back to: `losses` (null where not finite), `texts`, `steps`; `here` is -1 if nowhere.

    `starts` are the points to which no step led. None without any step.
    """
    if len(trajectory.points) < 2 or not trajectory.fits(document):
        return None
    here = trajectory.here(document)
    losses = [point.loss for point in trajectory.points]
    texts = [exact_number(loss, style) for loss in losses]
    steps = [_count(point, number) for point, number in zip(trajectory.points, trajectory.numbers, strict=True)]
    lowest = int(np.argmin([loss if math.isfinite(loss) else math.inf for loss in losses]))
    return {
        "losses": [_finite(loss) for loss in losses],
        "texts": texts,
        "steps": steps,
        "starts": [at for at, point in enumerate(trajectory.points) if point.is_start],
        "here": -1 if here is None else here,
        "sentence": sentence(
            "The loss went from {first} to {last}; the lowest is {lowest}, after step {step}.{left_out}",
            first=texts[0],
            last=texts[-1],
            lowest=texts[lowest],
            step=steps[lowest],
            left_out=_left_out(trajectory),
        ),
    }


def _left_out(trajectory: Trajectory) -> str:
    """How many points a reload and a file keep; empty where a reload keeps all."""
    kept, saved, all_of = len(trajectory.kept), len(trajectory.saved), len(trajectory.points)
    if kept == all_of:
        return ""
    link = f"keeps {kept} of these {all_of} points" if kept else "has no room for these points"
    return f" After a reload the address {link}; a saved file keeps {'all' if saved == all_of else saved}."


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
