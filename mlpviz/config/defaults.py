"""The config that a page begins with for given data: it learns them well, and is small enough to be watched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from mlpviz.config.config import TrainingConfig
from mlpviz.config.load import load_table
from mlpviz.config.sources import Source
from mlpviz.data import Table
from mlpviz.engine.registry import Registry

_MANY = 5_000
"""samples from which an epoch is long"""


def _layers(*units: int, activation: str = "tanh") -> dict[str, Any]:
    hidden = [{"units": width, "activation": activation} for width in units]
    initializer = "xavier_uniform" if activation == "tanh" else "kaiming_uniform"
    return {"layers": [*hidden, {"units": None, "activation": "identity"}], "initializer": initializer}


def _adam(learning_rate: float) -> dict[str, Any]:
    return {"optimizer": {"key": "adam", "learning_rate": learning_rate}}


@dataclass(frozen=True)
class DefaultConfig:
    """The start for one data set: `changes` from the config for any data, in JSON.

    `reaches` is the validation accuracy, or R², that every seed reaches by the end; guessing the mean or the largest
    class does not.
    """

    key: str
    reaches: float
    changes: Mapping[str, Any] = field(default_factory=dict)


DEFAULTS: Registry[DefaultConfig] = Registry(
    "start",
    (
        # the classic: four units, each of whose maps is one line
        DefaultConfig("xor", 0.95, {**_layers(4), **_adam(0.03)}),
        DefaultConfig("circles", 0.95),
        # small enough that the map of every unit can be read: the first page that a visitor sees
        DefaultConfig("moons", 0.95, {**_layers(6, 4), "epochs": 1000}),
        # without weight decay it overfits its 120 points
        DefaultConfig(
            "spirals", 0.9,
            {
                **_layers(16, 16, 16, activation="silu"), "epochs": 600,
                "optimizer": {"key": "adamw", "learning_rate": 0.01, "weight_decay": 0.1},
            },
        ),
        DefaultConfig("blobs", 0.95),
        DefaultConfig("gaussian", 0.95, {**_layers(4), "epochs": 100}),
        DefaultConfig("checkerboard", 0.85, {"epochs": 600}),
        DefaultConfig("sine", 0.98),
        DefaultConfig("step", 0.9),
        DefaultConfig("abs", 0.95),
        DefaultConfig("polynomial", 0.95, {"epochs": 600}),
        DefaultConfig("sinc", 0.97, {"epochs": 800}),
        # three jumps need steep units, and those a feature around 0
        DefaultConfig("sawtooth", 0.7, {**_layers(16, 16, 16), "scaling": "standard", "epochs": 1000}),
        DefaultConfig("slope", 0.99, {**_layers(2), "epochs": 200}),
        DefaultConfig("cones", 0.8, {**_layers(16, 16), "scaling": "standard", "epochs": 400}),
        DefaultConfig("iris", 0.9),
        DefaultConfig("digits", 0.93),
        DefaultConfig("breast_cancer", 0.93),
        # a linear model reaches 0.5; a larger network overfits
        DefaultConfig(
            "diabetes", 0.4,
            {**_layers(16), **_adam(0.003), "penalty": {"key": "l2", "strength": 0.01}, "epochs": 80},
        ),
        DefaultConfig("wine", 0.93),
        DefaultConfig("mnist", 0.9),
    ),
)  # fmt: skip
"""One per data set of the registry; the tests hold each to `reaches`, for three seeds."""


def suggested(source: Source, table: Table | None = None) -> TrainingConfig:
    """The config for these data; `table` are its samples, if they are loaded already.

    Raises DocumentError when the data cannot be loaded.
    """
    table = load_table(source) if table is None else table
    curve = table.task == "values" and table.x.shape[1] == 1
    plane = table.x.shape[1] <= 2
    many = table.samples >= _MANY
    units, activation = ((128,), "relu") if many else ((16, 16), "tanh" if plane else "relu")
    hidden = [{"units": width, "activation": activation} for width in units]
    found: dict[str, Any] = {
        "data": source,
        "split": {"own_test": table.own_test > 0, "stratified": _can_be_stratified(table)},
        # pixels share one scale already; points in the plane keep the coordinates that the page shows
        "scaling": "min_max" if table.image_shape else "none" if plane else "standard",
        "target_scaling": "standard" if table.task == "values" and not curve else "none",
        "layers": [*hidden, {"units": None, "activation": "identity"}],
        "initializer": "xavier_uniform" if activation == "tanh" else "kaiming_uniform",
        "loss": "mse" if table.task == "values" else "cross_entropy",
        "optimizer": {"key": "adam", "learning_rate": 0.001 if many else 0.01},
        "batch_size": 128 if many else 16,
        "epochs": 10 if many else 300 if plane else 50,
        "dtype": "float32" if many else "float64",
    }
    if source.kind == "set":
        found |= DEFAULTS[source.set.key].changes
    return TrainingConfig.parse(found)


def _can_be_stratified(table: Table) -> bool:
    """Whether every part of the split would have samples of each class."""
    if table.task == "values":
        return False
    members = [int((table.target == number).sum()) for number in range(table.outputs)]
    return min(members) >= 5 and table.samples >= 10 * table.outputs
