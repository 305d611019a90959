"""The experiments in the order of the menu: each is a question, and networks side by side that answer it.

experiment = EXPERIMENTS["vanishing_gradients"]
experiment.missing()          a sentence when something has to be fetched or installed first, else empty
run = experiment.run()        ready to play
experiment.claim(run)         what the finished run shows, in a sentence with its own numbers
"""

from __future__ import annotations

from mlpviz.engine.registry import Registry
from mlpviz.examples.experiments.architecture import SHAPES
from mlpviz.examples.experiments.experiment import Baseline, Claim, Experiment
from mlpviz.examples.experiments.measured_data import CLASSICS
from mlpviz.examples.experiments.optimization import STEPS
from mlpviz.examples.experiments.overfitting import FITTING
from mlpviz.examples.experiments.shifted_digits import SHIFTED
from mlpviz.examples.experiments.signal_propagation import SIGNALS

__all__ = ["EXPERIMENTS", "Baseline", "Claim", "Experiment"]

EXPERIMENTS: Registry[Experiment] = Registry(
    "experiment", (*SHAPES, *SIGNALS, *STEPS, *FITTING, *CLASSICS, *SHIFTED)
)  # fmt: skip
