"""The trainings that the command line offers: one record each, its config in `<key>.json` beside this file."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from typing import Any

from mlpviz.config import TrainingConfig
from mlpviz.engine.registry import Registry


@dataclass(frozen=True)
class ExampleTraining:
    """A named config; `sentence` says what result to expect."""

    key: str
    label: str
    sentence: str

    @cached_property
    def json_value(self) -> dict[str, Any]:
        """The config as JSON, for experiments that change something in it."""
        found: dict[str, Any] = json.loads(
            files("mlpviz.examples.trainings").joinpath(f"{self.key}.json").read_text(encoding="utf-8")
        )
        return found

    @cached_property
    def setup(self) -> TrainingConfig:
        """The config, read and checked at first use."""
        return TrainingConfig.parse(self.json_value)


TRAININGS: Registry[ExampleTraining] = Registry(
    "setup",
    (
        ExampleTraining(
            key="xor_needs_a_hidden_layer",
            label="XOR with four hidden units",
            sentence="Four tanh units bend the border around the corners; without them no training helps.",
        ),
        ExampleTraining(
            key="iris_lab",
            label="Iris as in the lab",
            sentence="4-30-10-3 with Adam, 25 full batches: 27 to 29 of 30 test flowers right.",
        ),
        ExampleTraining(
            key="mnist_small",
            label="MNIST, 1,000 images",
            sentence="1,000 images to learn from, validation drawn anew each epoch: about 90 % of 2,000 others.",
        ),
        ExampleTraining(
            key="mnist_full",
            label="MNIST, all images",
            sentence="All 60,000 images, 784-256-10 with dropout, 12 epochs: above 98 % of the 10,000 test images.",
        ),
    ),
)
