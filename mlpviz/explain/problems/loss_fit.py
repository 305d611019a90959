"""Outputs and targets that the loss takes, but for which it was not made."""

from __future__ import annotations

import numpy as np

from mlpviz.explain.problems.problem import Fix, Outcome, Problem, ProblemInputs, cell
from mlpviz.network import Document
from mlpviz.text.sentences import exact_number, sentence


def neither_side(inputs: ProblemInputs) -> Problem | None:
    """The first target of 0 where the loss wants signs."""
    trace = inputs.trace
    if trace.spec.loss.target != "signs" or trace.target is None:
        return None
    zeros = np.argwhere(trace.target == 0.0)
    if not len(zeros):
        return None
    sample, unit = (int(number) for number in zeros[0])
    said = sentence(
        "The target of output {unit} of sample {sample} is 0, which is neither side for {loss}: its term is always "
        "{term} and its gradient 0, whatever the network gives. Targets are −1 or 1.",
        unit=unit + 1,
        sample=sample + 1,
        loss=trace.spec.loss.label,
        term=exact_number(float(trace.loss_terms[sample, unit])),
    )
    signs = np.where(trace.target == 0.0, -1.0, trace.target)
    event = {"type": "set_matrix", "tensor": "target", "layer": None, "rows": signs.tolist()}
    fixes = (Fix("Turn targets of 0 into −1", event),)
    return Problem(said, cell("target", len(trace.layers), unit, sample), fixes, _outcome)


def _outcome(document: Document) -> Outcome:
    return "no" if neither_side(ProblemInputs.of(document)) is not None else "cured"
