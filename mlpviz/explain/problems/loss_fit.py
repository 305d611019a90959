"""Outputs and targets that the loss takes, but for which it was not made."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from mlpviz.engine import ACTIVATIONS
from mlpviz.explain.problems.problem import Fix, Outcome, Problem, ProblemInputs, cell
from mlpviz.network import Document
from mlpviz.network.loss_fit import why_unfit
from mlpviz.text.sentences import capitalised, exact_number, sentence


def neither_side(inputs: ProblemInputs) -> Problem | None:
    """The first target of 0 where the loss wants signs."""
    trace = inputs.trace
    if trace.spec.loss.target != "signs" or trace.target is None:
        return None
    zeros = np.argwhere((trace.target == 0.0) & np.isfinite(trace.loss_terms))
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
    fix = Fix("Turn targets of 0 into −1", event)
    last = len(trace.layers)
    return Problem(said, cell("target", last, unit, sample), (fix,), _mended(neither_side), f"loss.{last}")


def loss_misfit(inputs: ProblemInputs) -> Problem | None:
    """A loss behind an activation that it was not made for, such as softmax before cross-entropy on logits."""
    spec = inputs.trace.spec
    loss, number = spec.loss, len(spec.layers)
    why = why_unfit(loss, spec.activations[-1], number)
    if why is None:
        return None
    fitting = loss.last_activations[0]
    label = ACTIVATIONS[fitting].label
    fix = Fix(
        f"Make layer {number} {label}",
        {"type": "set_activation", "layer": number, "key": fitting},
    )
    said = sentence("{loss} {why}.", loss=capitalised(loss.label), why=why)
    return Problem(said, cell("a", number), (fix,), _mended(loss_misfit), f"a.{number}")


def _mended(find: Callable[[ProblemInputs], Problem | None]) -> Callable[[Document], Outcome]:
    """Cured where the detector finds nothing any more."""
    return lambda document: "no" if find(ProblemInputs.of(document)) else "cured"
