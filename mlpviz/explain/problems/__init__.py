"""What can be wrong with a network, each named, located, and with one edit that may mend it.

One record each; the order is that of telling: what breaks numbers first, what only slows learning last.
"""

from __future__ import annotations

from typing import Any

from mlpviz.engine.registry import Registry
from mlpviz.explain.problems.dead import dead, saturated
from mlpviz.explain.problems.problem import Fix, Problem, ProblemDetector, ProblemInputs
from mlpviz.explain.problems.scale import exploding, not_finite
from mlpviz.explain.problems.step import too_large
from mlpviz.explain.problems.symmetric import symmetric
from mlpviz.network import Document

__all__ = ["PROBLEMS", "Fix", "Problem", "ProblemDetector", "ProblemInputs", "find_problems", "problems_card"]

PROBLEMS: Registry[ProblemDetector] = Registry(
    "diagnosis",
    (
        ProblemDetector("not_finite", "Not a finite number", not_finite),
        ProblemDetector("exploding", "Exploding scale", exploding),
        ProblemDetector("dead", "Dead layer", dead),
        ProblemDetector("saturated", "Saturated layer", saturated),
        ProblemDetector("symmetric", "Symmetric weights", symmetric),
        ProblemDetector("too_large", "Step too large", too_large),
    ),
)


def find_problems(patient: ProblemInputs) -> list[tuple[ProblemDetector, Problem]]:
    """Everything that is wrong, in the order of telling."""
    found = ((diagnosis, diagnosis.find(patient)) for diagnosis in PROBLEMS.values())
    return [(diagnosis, finding) for diagnosis, finding in found if finding is not None]


def problems_card(document: Document) -> list[dict[str, Any]]:
    """What is wrong with the document."""
    inputs = ProblemInputs(document.trace(), document.learning_rate, document.next_step.new_params)
    return [
        {
            "key": diagnosis.key,
            "label": diagnosis.label,
            "sentence": finding.sentence,
            "place": finding.place,
            "remedy": finding.remedy and {"label": finding.remedy.label, "event": finding.remedy.event},
        }
        for diagnosis, finding in find_problems(inputs)
    ]
