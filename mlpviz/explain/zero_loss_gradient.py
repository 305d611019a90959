"""Why ∂L/∂a of one output is exactly 0: it hits its target, a hinge is satisfied, the loss does not read it, ….

The reasons are found by numbers, not by the name of a loss, so that a new loss has them at once.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from mlpviz.engine import ACTIVATIONS, Trace
from mlpviz.engine.losses.loss import Content
from mlpviz.engine.losses.weighing import counts
from mlpviz.engine.parameters import Array
from mlpviz.text.numbers import format_number
from mlpviz.text.sentences import Sentence, exact_number, sentence, series


class StillOutput(NamedTuple):
    """An output that the loss does not pull at in one sample; both count from 0.

    `reason`: "hit" (a = t), "probability" (p = t), "wanted" (p is the target that the loss reads, which its weights or
    smoothing made), "content" (for the reason that the loss gives, such as a margin), "ignored" (the class of the
    sample does not count), "weightless" (class weights of 0), "no factor", "no sample weight" and "no term weight"
    (what multiplies the term is 0), "unread" (the loss has the same value for every a), else "flat".
    """

    sample: int
    output: int
    reason: str
    numbers: tuple[float, ...] = ()
    content: Content | None = None


_SHORT = {
    "hit": "output {output} hits its target",
    "probability": "p of output {output} is exactly its target",
    "wanted": "p of output {output} is just what the loss wants there, with its weights and smoothing",
    "ignored": "the class of the sample is ignored, so the loss does not read output{s} {output}",
    "weightless": "the class of the target has weight 0, so the loss does not read output{s} {output}",
    "no factor": "the factor of the loss is 0, so it does not read output{s} {output}",
    "no sample weight": "the sample has weight 0, so the loss does not read output{s} {output}",
    "no term weight": "the weight of output {output} in the loss is 0",
    "unread": "the loss does not read output{s} {output}",
    "flat": "the loss does not change with output{s} {output}",
}

_WHOLE_SAMPLE = ("ignored", "weightless", "no factor", "no sample weight")
"""Reasons for which the loss leaves all outputs of a sample alone: they are named together."""

_FULL = {
    "hit": "{short}: a = t = {0}, so ∂L/∂a = 0 there",
    "probability": "{short}: p = {0}, so ∂L/∂a = 0 there",
    "wanted": "{short}: p = {0}, so ∂L/∂a = 0 there",
    **dict.fromkeys(_WHOLE_SAMPLE, "{short}: ∂L/∂a = 0 there"),
    "no term weight": "{short}, so ∂L/∂a = 0 there",
    "unread": "{short}: {its} target is {0}, so ∂L/∂a = 0 there",
    "flat": "{short}: ∂L/∂a = 0 there",
}


def still_output(trace: Trace, sample: int, output: int) -> StillOutput:
    """Why ∂L/∂a is 0 at this output of this sample. Where it is not 0 the answer means nothing."""
    loss, target = trace.spec.loss, trace.target
    if target is None:
        return StillOutput(sample, output, "flat")
    if loss.scale == 0.0:
        return StillOutput(sample, output, "no factor")
    if loss.sample_weight and loss.sample_weight[sample] == 0.0:
        return StillOutput(sample, output, "no sample weight")
    if loss.term_weight and loss.term_weight[output] == 0.0:
        return StillOutput(sample, output, "no term weight")
    y, t = trace.output[sample : sample + 1], target[sample : sample + 1]
    a, wish = float(y[0, output]), float(t[0, output])
    with np.errstate(all="ignore"):
        if not counts(t, loss.ignored).any():
            return StillOutput(sample, output, "ignored")
        wanted = t if loss.wanted is None else loss.wanted(t)
        is_weighed = loss.target == "classes" and bool(loss.weight)
        if t.any() and not (t * np.array(loss.weight) if is_weighed else wanted).any():
            return StillOutput(sample, output, "weightless")
        if loss.content is not None and bool(loss.content.holds(y, t)[0, output]):
            return StillOutput(sample, output, "content", (float(loss.content.numbers(y, t)[0, output]),), loss.content)
        if trace.probabilities is not None:
            p = trace.probabilities[sample]
            is_shared = not ACTIVATIONS[loss.probabilities or ""].elementwise
            total = wanted.sum() if is_shared else 1.0
            if p[output] * total == wanted[0, output]:
                reason = "probability" if float(p[output]) == wish else "wanted"
                return StillOutput(sample, output, reason, (float(p[output]), wish))
        # a loss on logarithms or ranks may be flat at a = t by chance: only what the loss reads counts
        if _is_unread(trace, y, t, output):
            return StillOutput(sample, output, "unread", (wish,))
        if a == wish:
            return StillOutput(sample, output, "hit", (a, wish))
    return StillOutput(sample, output, "flat")


def _is_unread(trace: Trace, y: Array, t: Array, output: int) -> bool:
    """Whether the terms of the sample are the same for quite other values of this output."""
    terms = trace.spec.loss.terms
    own = terms(y, t)
    for share in (0.25, 0.5, 0.75):
        other = y.copy()
        # within 0 and 1 or below 0, wherever the outputs of this loss may lie
        other[0, output] = share * y[0, output] if y[0, output] else -share
        if not np.array_equal(own, terms(other, t)):
            return False
    return True


def still_clauses(found: list[StillOutput], many_samples: bool) -> list[tuple[Sentence, Sentence]]:
    """A short and a full clause for each, or for several of one sample; `many_samples`: the sample has to be named."""
    alike: dict[object, list[StillOutput]] = {}
    for one in found:
        # what is said of a whole sample, or with the same numbers of an output in several samples, is said once
        key: object = one._replace(sample=-1)
        if one.reason in _WHOLE_SAMPLE:
            key = (one.sample, one.reason)
        elif one.reason in ("unread", "flat") and not many_samples:
            key = one._replace(output=-1)
        alike.setdefault(key, []).append(one)
    return [_still_clause(own, many_samples) for own in alike.values()]


def _still_clause(alike: list[StillOutput], many_samples: bool) -> tuple[Sentence, Sentence]:
    found, content = alike[0], alike[0].content
    outputs, samples = (
        [str(number + 1) for number in dict.fromkeys(numbers)]
        for numbers in ([one.output for one in alike], [one.sample for one in alike])
    )
    output = series(outputs)
    output += f" of {'sample' if len(samples) == 1 else 'samples'} {series(samples)}" * many_samples
    template = _SHORT[found.reason].replace("{s}", "s" * (len(outputs) > 1)) if content is None else content.short
    short = sentence(template, output=output)
    template = _FULL[found.reason] if content is None else f"{{short}}: {content.because}, so ∂L/∂a = 0 there"
    template = template.replace("{its}", "its" if len(outputs) == 1 else "their")
    parts: dict[str, Sentence] = {"short": short}
    for place, number in enumerate(found.numbers):
        template = template.replace(f"{{{place}}}", f"{{n{place}}}")
        parts[f"n{place}"] = exact_number(number)
    if found.reason == "probability" and found.numbers[0] != found.numbers[1]:
        template += f"; label smoothing makes that number of the target {format_number(found.numbers[1])}"
    return short, sentence(template, **parts)
