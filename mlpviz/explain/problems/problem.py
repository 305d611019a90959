"""What a problem and its detector are, the edit that may fix it, and what detectors share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import numpy as np

from mlpviz.engine import INITIALIZERS, Trace
from mlpviz.engine.parameters import Array
from mlpviz.network import Document, DocumentError, edits
from mlpviz.text.numbers import format_number
from mlpviz.text.sentences import Sentence


class ProblemInputs(NamedTuple):
    """What a detector gets: a pass, the learning rate, and the parameters (P,) that the next update would give."""

    trace: Trace
    learning_rate: float
    updated: Array

    @classmethod
    def of(cls, document: Document) -> ProblemInputs:
        """The inputs for a document."""
        return cls(document.trace(), document.rate, document.next_step.new_params)


class Fix(NamedTuple):
    """One edit: what its button says, and the event that carries it out."""

    label: str
    event: dict[str, Any]


Outcome = Literal["cured", "better", "no"]


class Problem(NamedTuple):
    """What is wrong: `sentence` ends with a full stop, `place` is a selection such as "z 4 1 1".

    `fixes` are the edits that may help, the mildest first; `outcome` says what became of the problem after one of them:
    no fix is offered that was not tried on a copy (`fix_that_helps`). `after` is the block, such as "z.4", all of which
    must be computed before the sentences are shown, because they speak of its numbers; `detail` has the symbols.
    """

    sentence: Sentence
    place: str
    fixes: Iterable[Fix]
    outcome: Callable[[Document], Outcome]
    after: str
    detail: Sentence | str = ""


@dataclass(frozen=True)
class ProblemDetector:
    """One thing that can be wrong with a network; `find` gives its first place, None where all is well."""

    key: str
    label: str
    find: Callable[[ProblemInputs], Problem | None]


def fix_that_helps(document: Document, problem: Problem) -> Fix | None:
    """The first fix that cures, else the first after which it is better; each is carried out on a copy.

    None if none helps: an edit that changes nothing of what is wrong is not offered.
    """
    better: Fix | None = None
    for fix in problem.fixes:
        try:
            outcome = problem.outcome(edits.apply(document, fix.event).document)
        except DocumentError:
            continue
        if outcome == "cured":
            return fix
        if outcome == "better" and better is None:
            better = fix
    return better


def new_matrix(tensor: str, number: int, rows: Array, label: str) -> Fix:
    """A fix that sets weight (O, I) or bias (O,) of a layer (from 1), or x (N, I), to four significant digits."""
    rounded = np.vectorize(lambda value: float(f"{value:.4g}"), otypes=[float])(rows)
    listed = rounded.tolist() if rounded.ndim == 2 else [rounded.tolist()]
    event = {"type": "set_matrix", "tensor": tensor, "layer": None if tensor == "x" else number, "rows": listed}
    return Fix(label, event)


def divided(tensor: str, number: int, array: Array, by: float) -> Fix:
    """A fix that divides W of a layer (from 1), or x, by a number above 0 of two digits, or multiplies it."""
    what = "all inputs" if tensor == "x" else f"W of layer {number}"
    verb, factor = ("Divide", by) if by >= 1.0 else ("Multiply", 1.0 / by)
    factor = float(f"{min(factor, 1e308):.2g}")  # as it is written
    rows = array / factor if by >= 1.0 else array * factor
    return new_matrix(tensor, number, rows, f"{verb} {what} by {format_number(factor)}")


def draw_anew(number: int, shape: tuple[int, int]) -> Fix:
    """A fix that draws W of a layer (from 1) at random, with the same numbers each time it is offered."""
    drawn = INITIALIZERS["kaiming_normal"].draw(np.random.default_rng(number), shape)
    return new_matrix("weight", number, np.round(drawn, 2), f"Draw W of layer {number} at random")


def largest(array: Array) -> float:
    """The largest size among the finite numbers; 0 if there is none."""
    finite = np.abs(array[np.isfinite(array)])
    return float(finite.max()) if finite.size else 0.0


def cell(tensor: str, layer: int, row: int = 0, column: int = 0) -> str:
    """The selection of a cell, row and column from 0."""
    return f"{tensor} {layer} {row + 1} {column + 1}"
