"""What a problem and its detector are, the edit that may fix it, and what detectors share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from mlpviz.engine import Trace, rerun
from mlpviz.engine.parameters import Array
from mlpviz.text.sentences import Sentence


class ProblemInputs(NamedTuple):
    """What a detector gets: a pass, the learning rate, and the parameters (P,) that the next update would give."""

    trace: Trace
    learning_rate: float
    updated: Array


class Fix(NamedTuple):
    """One edit: what its button says, the event that carries it out, and the same as changes for `engine.rerun`."""

    label: str
    event: dict[str, Any]
    changes: dict[str, Any]


class Problem(NamedTuple):
    """What is wrong: `sentence` ends with a full stop, `place` is a selection such as "z 4 1 1"."""

    sentence: Sentence
    place: str
    fix: Fix | None


@dataclass(frozen=True)
class ProblemDetector:
    """One thing that can be wrong with a network; `find` gives its first place, None where all is well."""

    key: str
    label: str
    find: Callable[[ProblemInputs], Problem | None]


def first_that_helps(trace: Trace, fixes: Iterable[Fix], is_well: Callable[[Trace], bool]) -> Fix | None:
    """The first fix after which `is_well` holds; else the first of all, because it may take several."""
    tried: list[Fix] = []
    for fix in fixes:
        if is_well(rerun(trace, **fix.changes)):
            return fix
        tried.append(fix)
    return tried[0] if tried else None


def new_matrix(trace: Trace, tensor: str, number: int, rows: Array, label: str) -> Fix:
    """A fix that sets weight (O, I) or bias (O,) of a layer (from 1), or x (N, I), to four significant digits."""
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
