"""Outputs and targets that the loss takes, but for which it was not made."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from mlpviz.engine import ACTIVATIONS, Activation
from mlpviz.engine.hyperparameters import exact
from mlpviz.explain.problems.problem import Fix, Outcome, Problem, ProblemInputs, cell
from mlpviz.network import Document
from mlpviz.text.sentences import capitalised, exact_number, sentence

_FAR = 1e6
"""far enough out for an activation to be at its end, if it has one"""


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
    loss, last, number = spec.loss, spec.activations[-1], len(spec.layers)
    if last.key not in loss.misfits:
        return None
    if loss.probabilities is not None and last.gives == "values":
        why = f"takes numbers of any sign and size, but {last.label} {_limits(last)}"
    elif loss.probabilities is not None:
        its_own = ACTIVATIONS[loss.probabilities].noun
        twice = "it is applied twice" if loss.probabilities == last.key else f"{its_own} comes on top of it"
        why = (
            f"applies {its_own} itself, and layer {number} applies {last.noun} before: {twice}, "
            "so p stays away from 0 and 1 and the gradient is small"
        )
    elif loss.outputs_are_logarithms:
        are_probabilities = last.gives == "probabilities"
        gives = "the probabilities themselves" if are_probabilities else "any numbers: their e^a need not add up to 1"
        why = f"takes the outputs as logarithms of probabilities, but layer {number} gives {gives}"
    elif last.elementwise:
        why = f"takes the outputs as one distribution, but those of {last.noun} need not add up to 1"
    else:
        why = f"takes each output as a probability of its own, but {last.noun} makes them share a sum of 1"
    fitting = loss.last_activations[0]
    label = ACTIVATIONS[fitting].label
    fix = Fix(
        f"Make layer {number} {label}",
        {"type": "set_activation", "layer": number, "key": fitting},
    )
    said = sentence("{loss} {why}.", loss=capitalised(loss.label), why=why)
    return Problem(said, cell("a", number), (fix,), _mended(loss_misfit), f"a.{number}")


def _limits(activation: Activation) -> str:
    """What an activation that rises from a lower end cannot give, and what a loss on logits has of it."""
    low, high = (float(end) for end in activation.value(np.array([-_FAR, _FAR])))
    if high == _FAR:
        return f"gives none below {exact(low)}, and where it gives {exact(low)} no gradient passes"
    return f"gives only numbers from {exact(low)} to {exact(high)}, so p stays away from 0 and 1"


def _mended(find: Callable[[ProblemInputs], Problem | None]) -> Callable[[Document], Outcome]:
    """Cured where the detector finds nothing any more."""
    return lambda document: "no" if find(ProblemInputs.of(document)) else "cured"
