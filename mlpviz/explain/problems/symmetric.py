"""Hidden layers whose units are all alike, so that every update leaves them alike."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from mlpviz.engine import Trace
from mlpviz.engine.parameters import Array
from mlpviz.explain.problems.problem import Outcome, Problem, ProblemInputs, cell, draw_anew
from mlpviz.network import Document
from mlpviz.text.sentences import sentence

SAME = 1e-12
"""Relative; gradients of equal units may differ by rounding."""


def symmetric(inputs: ProblemInputs) -> Problem | None:
    """The first hidden layer whose units have equal weights on both sides and equal gradients."""
    trace = inputs.trace
    for number in range(1, len(trace.layers)):
        if trace.spec.layers[number - 1].outputs > 1 and _is_symmetric(trace, number):
            units = trace.spec.layers[number - 1].outputs
            said = sentence(
                "The {units} units of layer {number} are all alike: the same weights before and behind them, so "
                "the same gradients. Every update leaves them equal; together they are worth one unit.",
                units=units,
                number=number,
            )
            layer = trace.spec.layers[number - 1]
            fix = draw_anew(number, (layer.outputs, layer.inputs))
            return Problem(said, cell("weight", number), (fix,), _no_longer_alike(number), f"grad_weight.{number}")
    return None


def _no_longer_alike(number: int) -> Callable[[Document], Outcome]:
    def outcome(document: Document) -> Outcome:
        return "no" if _is_symmetric(document.trace(), number) else "cured"

    return outcome


def _is_symmetric(trace: Trace, number: int) -> bool:
    own, after = trace.layers[number - 1], trace.layers[number]
    exact = [own.weight, own.bias, own.gamma, own.beta, own.alpha, after.weight.T]
    rounded = [own.grad_weight, own.grad_bias, after.grad_weight.T]
    return all(_alike(rows, 0.0) for rows in exact) and all(_alike(rows, SAME) for rows in rounded)


def _alike(rows: Array | None, tolerance: float) -> bool:
    if rows is None:
        return True
    with np.errstate(all="ignore"):  # infinities are like nothing
        return bool((np.abs(rows - rows[0]) <= tolerance * np.abs(rows).max(initial=0.0)).all())
