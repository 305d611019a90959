"""What can be wrong with a network, each named, located, and with one edit that may mend it.

One record each; the order is that of telling: what breaks numbers first, what only slows learning last.
"""

from mlpviz.content.diagnoses.flat import dead, saturated
from mlpviz.content.diagnoses.record import Diagnosis, Finding, Patient, Remedy
from mlpviz.content.diagnoses.scale import exploding, not_finite
from mlpviz.content.diagnoses.step import too_large
from mlpviz.content.diagnoses.symmetric import symmetric
from mlpviz.engine.registry import Registry

__all__ = ["DIAGNOSES", "Diagnosis", "Finding", "Patient", "Remedy", "diagnose"]

DIAGNOSES: Registry[Diagnosis] = Registry(
    "diagnosis",
    (
        Diagnosis("not_finite", "Not a finite number", not_finite),
        Diagnosis("exploding", "Exploding scale", exploding),
        Diagnosis("dead", "Dead layer", dead),
        Diagnosis("saturated", "Saturated layer", saturated),
        Diagnosis("symmetric", "Symmetric weights", symmetric),
        Diagnosis("too_large", "Step too large", too_large),
    ),
)


def diagnose(patient: Patient) -> list[tuple[Diagnosis, Finding]]:
    """Everything that is wrong, in the order of telling."""
    found = ((diagnosis, diagnosis.find(patient)) for diagnosis in DIAGNOSES.values())
    return [(diagnosis, finding) for diagnosis, finding in found if finding is not None]
