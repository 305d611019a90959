"""Setups small enough to train in a test, and a clock that tests move."""

from __future__ import annotations

from typing import Any

import numpy as np

from mlpviz.config import TrainingConfig
from mlpviz.runs import Run


def setup_of(**changes: Any) -> TrainingConfig:
    """60 points of two moons for a network 2-6-1; any field may be another one."""
    plain: dict[str, Any] = {
        "data": {"kind": "set", "set": {"key": "moons", "samples": 60, "noise": 0.2}},
        "layers": [{"units": 6, "activation": "tanh"}, {"units": None, "activation": "identity"}],
        "one_hot": False,
        "loss": "bce_with_logits",
        "optimizer": {"key": "adam", "learning_rate": 0.02},
        "batch_size": 8,
        "epochs": 12,
    }
    return TrainingConfig.parse(plain | changes)


class Clock:
    """Every reading takes `each` seconds."""

    def __init__(self, each: float = 0.001) -> None:
        self.now, self.each = 0.0, each

    def __call__(self) -> float:
        self.now += self.each
        return self.now


def finished(run: Run) -> Run:
    """The run after it has run to its end."""
    run.play()
    while run.status == "running":
        run.advance(0.05)
    return run


def params_of(run: Run, member: int = 0) -> Any:
    """The shown parameters of a member."""
    return np.array(run.state(member).checkpoint.params)
