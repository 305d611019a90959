"""Updates that are too large: the loss rises along the step although it falls at first, or all gradients become 0."""

from __future__ import annotations

import math

import numpy as np

from mlpviz.engine import Trace, rerun
from mlpviz.engine.parameters import Array
from mlpviz.explain.last_edit.prediction import predict, rounded
from mlpviz.explain.problems.problem import Fix, Outcome, Problem, ProblemInputs, cell
from mlpviz.network import Document
from mlpviz.text.numbers import format_number
from mlpviz.text.sentences import Sentence, exact_number, sentence, told_apart

RISES = 1e-9
"""Relative: a loss that rises by less is at its minimum, where only rounding moves it."""

HALVINGS = 60


def too_large(inputs: ProblemInputs) -> Problem | None:
    """The next update, if it would raise the loss although the gradient predicts that it falls."""
    trace, rate = inputs.trace, inputs.learning_rate
    if not (math.isfinite(float(trace.loss)) and np.isfinite(trace.grad).all() and trace.grad.any() and rate > 0):
        return None
    step = inputs.updated - trace.params
    after = rerun(trace, params=inputs.updated)
    before = float(trace.loss)
    if float(after.loss) <= before + RISES * abs(before):
        return None
    found = predict(trace, after)
    if found is None or not found.predicted < 0:
        return None
    share = -found.predicted / found.second if found.second > 0 else math.inf
    new = _falling(trace, step / rate, rate * min(0.5 * share, 0.5))
    lower, higher = told_apart((before, float(after.loss)))
    said = sentence(
        "The next update goes too far: it takes the loss from {before} to {after}, "
        "though the gradient promises a fall. A smaller learning rate takes smaller steps.",
        before=lower,
        after=higher,
    )
    fix = Fix(f"Set η to {format_number(new)}", {"type": "set_learning_rate", "value": new})
    about = _about(trace, found.second, step, rate, share)
    return Problem(said, cell("loss", len(trace.layers)), (fix,), _falls, "new_weight.1", about)


def _falls(document: Document) -> Outcome:
    trace = document.trace()
    return "cured" if float(rerun(trace, params=document.next_step.new_params).loss) < float(trace.loss) else "no"


def _about(trace: Trace, second: float, step: Array, rate: float, share: float) -> Sentence | str:
    if not math.isfinite(share):
        return "It does not curve up here; what stops the fall lies farther along the step."
    curvature = 2 * second / float(step @ step)
    # the step of another optimizer is no multiple of the gradient
    name = "g·Hg / g·g" if np.allclose(step, -rate * trace.grad) else "Δ·HΔ / Δ·Δ"
    return sentence(
        "Along the step the curvature, how fast the slope itself changes, is {name} = {curvature}: "
        "as far as that tells, steps up to η = {rate} are stable.",
        name=name,
        curvature=exact_number(rounded(curvature)),
        rate=exact_number(rounded(share * rate)),
    )


def _falling(trace: Trace, step: Array, rate: float) -> float:
    """The largest halving of the rate, as written with one digit, after which the loss is lower."""
    for _ in range(HALVINGS):
        written = float(f"{rate:.1g}")
        if float(rerun(trace, params=trace.params + written * step).loss) < float(trace.loss):
            return written
        rate /= 2
    return written


def standstill_sentence(before: Trace, after: Trace) -> Sentence | None:
    """What to say after an update that made every gradient 0; None if one is left, or if the loss is at 0 as well."""
    if after.grad.any() or not before.grad.any() or float(after.loss) == 0.0:
        return None
    further = after.loss > before.loss
    one, other = told_apart((float(before.loss), float(after.loss)))
    return sentence(
        "The loss went from {before} to {after} and every gradient is now 0: "
        "no further update changes anything.{advice}",
        before=one,
        after=other,
        advice=" The step was too long: undo it and try a smaller learning rate." if further else "",
    )
