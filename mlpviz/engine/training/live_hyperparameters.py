"""What may be turned while a training run is under way. Refuses to know the run."""

from __future__ import annotations

from typing import Any

from mlpviz.engine.optimizers import Optimizer


class LiveHyperparameters:
    """Knobs of the optimizer that somebody turns between two steps; the run reads them before each step.

    The only mutable thing that a run shares with its caller.
    """

    def __init__(self, optimizer: Optimizer) -> None:
        self.optimizer = optimizer
        self.hyperparameters: dict[str, Any] = {}
        self.turns = 0
        """how often something was turned: what a run compares"""

    def set_hyperparameters(self, **hyperparameters: Any) -> None:
        """Set these knobs from the next step on, such as learning_rate=0.01.

        A schedule keeps going: the learning rate turned here is its base. Raises KnobError for a value out of range.
        """
        self.optimizer = self.optimizer.configure(**hyperparameters)
        self.hyperparameters |= {name: self.optimizer.settings[name] for name in hyperparameters}
        self.turns += 1
