"""The registry of problems that a network can have: each with a name, a place and one edit that may mend it.

The order is that of gravity: what breaks numbers first, what only slows learning last.
"""

from __future__ import annotations

from typing import Any

from mlpviz.engine.registry import Registry
from mlpviz.explain.problems.dead import dead, saturated
from mlpviz.explain.problems.loss_fit import loss_misfit, neither_side
from mlpviz.explain.problems.problem import Fix, Problem, ProblemDetector, ProblemInputs, fix_that_helps
from mlpviz.explain.problems.scale import exploding, not_finite
from mlpviz.explain.problems.step import too_large
from mlpviz.explain.problems.symmetric import symmetric
from mlpviz.network import Document

__all__ = ["PROBLEMS", "Fix", "Problem", "ProblemDetector", "ProblemInputs", "find_problems", "problems_card"]

PROBLEMS: Registry[ProblemDetector] = Registry(
    "problem",
    (
        ProblemDetector("not_finite", "Not a finite number", not_finite),
        ProblemDetector("exploding", "Exploding scale", exploding),
        ProblemDetector("dead", "Dead layer", dead),
        ProblemDetector("saturated", "Saturated layer", saturated),
        ProblemDetector("symmetric", "Symmetric weights", symmetric),
        ProblemDetector("loss_misfit", "Loss behind another activation", loss_misfit),
        ProblemDetector("neither_side", "Target on neither side", neither_side),
        ProblemDetector("too_large", "Step too large", too_large),
    ),
)


def find_problems(inputs: ProblemInputs) -> list[tuple[ProblemDetector, Problem]]:
    """Every problem that is found, the gravest first."""
    found = ((detector, detector.find(inputs)) for detector in PROBLEMS.values())
    return [(detector, problem) for detector, problem in found if problem is not None]


def problems_card(document: Document) -> list[dict[str, Any]]:
    """The problems of a document as the browser gets them, the gravest first.

    Each is {"key", "label", "sentence", "detail", "place", "after", "remedy": {"label", "event"} or null}; the event is
    an edit. `sentence` is in plain words, `detail` adds the symbols ("" if there is no more to say); neither may be
    shown before all of the block `after` is computed.
    """
    found = [
        (detector, problem, fix_that_helps(document, problem))
        for detector, problem in find_problems(ProblemInputs.of(document))
    ]
    return [
        {
            "key": detector.key,
            "label": detector.label,
            "sentence": problem.sentence,
            "detail": problem.detail,
            "place": problem.place,
            "after": problem.after,
            "remedy": fix and {"label": fix.label, "event": fix.event},
        }
        for detector, problem, fix in found
    ]
