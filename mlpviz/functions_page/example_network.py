"""The network of one layer that computes on the sheet what a picture shows: its inputs are the z."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from mlpviz.app.page import HandOver
from mlpviz.engine.activations import Activation
from mlpviz.engine.hyperparameters import Hyperparameter
from mlpviz.engine.losses import Loss
from mlpviz.exploration.view import Load
from mlpviz.network import Document

SHEET = "sheet"


def unit(activation: Activation, z: Sequence[float], loss: Loss, target: Any = None) -> Document:
    """A network whose layer passes each input on to its own unit, with this activation and loss; one sample.

    `target` is a row of numbers, a class number from 0, or None for a loss without one.
    """
    weight = [[float(row == column) for column in range(len(z))] for row in range(len(z))]
    return Document.parse(
        {
            "version": 1,
            "name": f"{activation.label}, {loss.label}",
            "layers": [{"weight": weight, "bias": None, "activation": _entry(activation)}],
            "x": [[float(one) for one in z]],
            "target": None if target is None else [target],
            "loss": _entry(loss),
        }
    )


def on_sheet(make: Callable[[], Document], what: str) -> Load:
    """A button that opens this network on the sheet."""
    return Load("sheet", "Open this on the sheet", lambda: HandOver(SHEET, make(), f"This is {what}.", "functions"))


def _entry(entry: Activation | Loss) -> str | dict[str, Any]:
    """The key of an entry with the settings that are not at their defaults."""
    plain = {each.name: each.default for each in _all(entry)}
    changed = {name: value for name, value in entry.settings if value != plain[name]}
    return {"key": entry.key, **changed} if changed else entry.key


def _all(entry: Activation | Loss) -> tuple[Hyperparameter, ...]:
    return entry.hyperparameters
