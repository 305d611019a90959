"""Training: a generator of snapshots, NumPy only; the same seed gives the same numbers."""

from mlpviz.engine.training.dataset import DataSplits, Samples
from mlpviz.engine.training.live_hyperparameters import LiveHyperparameters
from mlpviz.engine.training.loop import train
from mlpviz.engine.training.plan import EarlyStopping, Plan, PlanError
from mlpviz.engine.training.snapshot import Evaluation, Failure, Snapshot

__all__ = [
    "DataSplits",
    "EarlyStopping",
    "Evaluation",
    "Failure",
    "LiveHyperparameters",
    "Plan",
    "PlanError",
    "Samples",
    "Snapshot",
    "train",
]
