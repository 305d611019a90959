"""Hyperparameters of the optimizer that can be set during a training run."""

from __future__ import annotations

from typing import Any

from mlpviz.engine.optimizers import Optimizer


class LiveHyperparameters:
    """Settings of the optimizer that a caller changes between two steps; the run reads them before each step.

    This is the only mutable object that a run shares with its caller.
    """

    def __init__(self, optimizer: Optimizer) -> None:
        self.optimizer = optimizer
        self.hyperparameters: dict[str, Any] = {}
        self.version = 0
        """how often a hyperparameter was set: a run applies the settings when this number has changed"""

    def set_hyperparameters(self, **hyperparameters: Any) -> None:
        """Use these values from the next step on, such as learning_rate=0.01.

        A schedule goes on with this learning rate as its base. Raises HyperparameterError for a value out of range.
        """
        self.optimizer = self.optimizer.configure(**hyperparameters)
        self.hyperparameters |= {name: self.optimizer.settings[name] for name in hyperparameters}
        self.version += 1
