"""A setup that learns something on any data without another choice: what a page begins with.

Refuses to be the best; it is to be a fair beginning for all.
"""

from __future__ import annotations

from typing import Any

from mlpviz.data import Table
from mlpviz.setup.loading import load_table
from mlpviz.setup.model import Setup
from mlpviz.setup.sources import Source

_MANY = 5_000
"""samples from which an epoch is long"""


def suggested(source: Source, table: Table | None = None) -> Setup:
    """The setup for these data; `table` are its samples, if they are loaded already.

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
        # pixels share one scale already; points in the plane stay where the reader sees them
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
    return Setup.parse(found)


def _can_be_stratified(table: Table) -> bool:
    """Whether every part of the split would get some of each class."""
    if table.task == "values":
        return False
    members = [int((table.target == number).sum()) for number in range(table.outputs)]
    return min(members) >= 5 and table.samples >= 10 * table.outputs
