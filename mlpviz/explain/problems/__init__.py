"""What can be wrong with a network, each named, located, and with one edit that may mend it.

One record each; the order is that of telling: what breaks numbers first, what only slows learning last.
"""

from mlpviz.engine.registry import Registry
from mlpviz.explain.problems.dead import dead, saturated
from mlpviz.explain.problems.problem import Fix, Problem, ProblemDetector, ProblemInputs
from mlpviz.explain.problems.scale import exploding, not_finite
from mlpviz.explain.problems.step import too_large
from mlpviz.explain.problems.symmetric import symmetric

__all__ = ["PROBLEMS", "Fix", "Problem", "ProblemDetector", "ProblemInputs", "find_problems"]

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
