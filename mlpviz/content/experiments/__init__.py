"""Which ready-made experiments exist, in the order of the menu: each one is a question that runs side by side answer.

experiment = EXPERIMENTS["vanishing_gradients"]
experiment.missing()          a sentence when something has to be fetched or installed first, else empty
run = experiment.run()        ready to play
experiment.claim(run)         what the finished run shows, in a sentence with its own numbers
"""

from __future__ import annotations

from mlpviz.content.experiments.classics import CLASSICS
from mlpviz.content.experiments.fitting import FITTING
from mlpviz.content.experiments.record import Claim, Experiment, Rival
from mlpviz.content.experiments.shapes import SHAPES
from mlpviz.content.experiments.shifted import SHIFTED
from mlpviz.content.experiments.signals import SIGNALS
from mlpviz.content.experiments.steps import STEPS
from mlpviz.engine.registry import Registry

__all__ = ["EXPERIMENTS", "Claim", "Experiment", "Rival"]

EXPERIMENTS: Registry[Experiment] = Registry(
    "experiment", (*SHAPES, *SIGNALS, *STEPS, *FITTING, *CLASSICS, *SHIFTED)
)  # fmt: skip
