"""Training: a generator of snapshots, NumPy only, the same numbers for the same seed.

Refuses to know where data come from.
"""

from mlpviz.engine.training.controls import Controls
from mlpviz.engine.training.loop import run
from mlpviz.engine.training.plan import Plan, PlanError, Stopping
from mlpviz.engine.training.sets import Part, Sets
from mlpviz.engine.training.snapshot import Failure, Measure, Snapshot

__all__ = ["Controls", "Failure", "Measure", "Part", "Plan", "PlanError", "Sets", "Snapshot", "Stopping", "run"]
