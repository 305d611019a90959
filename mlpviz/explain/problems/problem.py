"""What a diagnosis is: a look at one network that finds a place, says what is wrong there, and suggests one edit."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from mlpviz.engine import Trace, rerun
from mlpviz.engine.parameters import Array
from mlpviz.text.sentences import Sentence


class ProblemInputs(NamedTuple):
    """What is looked at: a pass, the learning rate, and the parameters (P,) that the next update would give."""

    trace: Trace
    learning_rate: float
    updated: Array


class Fix(NamedTuple):
    """One edit: what its button says, the event that carries it out, and the same as changes for `engine.again`."""

    label: str
    event: dict[str, Any]
    changes: dict[str, Any]


class Problem(NamedTuple):
    """What is wrong: `sentence` ends with a full stop, `place` is a selection such as "z 4 1 1"."""

    sentence: Sentence
    place: str
    remedy: Fix | None


@dataclass(frozen=True)
class ProblemDetector:
    """One thing that can be wrong with a network; `find` gives its first place, None where all is well."""

    key: str
    label: str
    find: Callable[[ProblemInputs], Problem | None]


def first_that_helps(trace: Trace, remedies: Iterable[Fix], is_well: Callable[[Trace], bool]) -> Fix | None:
    """The first remedy after which all is well; else the first of all, because it may take several."""
    tried: list[Fix] = []
    for remedy in remedies:
        if is_well(rerun(trace, **remedy.changes)):
            return remedy
        tried.append(remedy)
    return tried[0] if tried else None


def new_matrix(trace: Trace, tensor: str, number: int, rows: Array, label: str) -> Fix:
    """A remedy that sets weight (O, I) or bias (O,) of a layer (from 1), or x (N, I), to four significant digits."""
    rounded = np.vectorize(lambda value: float(f"{value:.4g}"), otypes=[float])(rows)
    listed = rounded.tolist() if rounded.ndim == 2 else [rounded.tolist()]
    event = {"type": "set_matrix", "tensor": tensor, "layer": None if tensor == "x" else number, "rows": listed}
    if tensor == "x":
        return Fix(label, event, {"x": rounded})
    params = trace.params.copy()
    getattr(trace.spec.views(params)[number - 1], tensor)[...] = rounded
    return Fix(label, event, {"params": params})


def largest(array: Array) -> float:
    """The largest size among the finite numbers; 0 if there is none."""
    finite = np.abs(array[np.isfinite(array)])
    return float(finite.max()) if finite.size else 0.0


def cell(tensor: str, layer: int, row: int = 0, column: int = 0) -> str:
    """The selection of a cell, row and column from 0."""
    return f"{tensor} {layer} {row + 1} {column + 1}"
