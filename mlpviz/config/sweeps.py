"""In which one choice up to eight networks can differ, and how a setup is varied in it: one record each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from mlpviz.config.config import TrainingConfig
from mlpviz.config.edits import with_layer, with_value, without_layer
from mlpviz.data.scaling import SCALERS
from mlpviz.engine import ACTIVATIONS, INITIALIZERS, OPTIMIZERS
from mlpviz.engine.registry import Registry
from mlpviz.schema.errors import DocumentError, keys
from mlpviz.text.sentences import sentence

MOST = 8
"""networks side by side"""


@dataclass(frozen=True)
class Sweep:
    """One choice: `vary(setup, value)` is the setup with that value; `proposed` are values worth comparing.

    `entries` are what to choose from, if not numbers. `name` names the value that the setup has in messages.
    """

    key: str
    label: str
    proposed: tuple[Any, ...]
    vary: Callable[[TrainingConfig, Any], TrainingConfig]
    entries: Mapping[str, Any] | None = None

    def setups(self, setup: TrainingConfig, values: str) -> dict[str, TrainingConfig]:
        """One setup per value, by its label; the values as people type them, with commas between.

        Raises DocumentError for a value that does not fit, fewer than two or more than eight.
        """
        texts = list(dict.fromkeys(text.strip() for text in values.split(",") if text.strip()))
        if not 2 <= len(texts) <= MOST:
            raise DocumentError(f"{self.label} has {len(texts)} values, expected 2 to {MOST} with commas between")
        found = {text: self.vary(setup, self._read(text)) for text in texts}
        return {self._label(text): varied for text, varied in found.items()}

    def _read(self, text: str) -> Any:
        if self.entries is not None:
            if text not in self.entries:
                said = "{label} is '{text}', expected some of {known}"
                raise DocumentError(sentence(said, label=self.label, text=text[:32], known=keys(self.entries)))
            return text
        try:
            number = float(text)
        except ValueError:
            raise DocumentError(f"{self.label} is '{text[:32]}', expected a number") from None
        return int(number) if number.is_integer() and isinstance(self.proposed[0], int) else number

    def _label(self, text: str) -> str:
        return text if self.entries is None else str(getattr(self.entries[text], "label", text))


def _each_hidden(field: str) -> Callable[[TrainingConfig, Any], TrainingConfig]:
    def vary(setup: TrainingConfig, value: Any) -> TrainingConfig:
        for index in range(len(setup.layers) - 1):
            setup = with_value(setup, ("layers", index, field), value)
        return setup

    return vary


def _deep(setup: TrainingConfig, value: Any) -> TrainingConfig:
    """So many hidden layers; new ones are like the last."""
    if not isinstance(value, int) or value < 0:
        raise DocumentError(f"depth is {value}, expected a whole number from 0 up")
    while len(setup.layers) - 1 > value:
        setup = without_layer(setup, len(setup.layers) - 2)
    while len(setup.layers) - 1 < value:
        setup = with_layer(setup)
    return setup


def _field(*path: str) -> Callable[[TrainingConfig, Any], TrainingConfig]:
    return lambda setup, value: with_value(setup, path, value)


SWEEPS: Registry[Sweep] = Registry(
    "comparison",
    (
        Sweep(
            "learning_rate", "learning rate", (0.001, 0.01, 0.1, 1.0), _field("optimizer", "learning_rate")
        ),
        Sweep("optimizer", "optimizer", ("sgd", "rmsprop", "adam"), _field("optimizer"), OPTIMIZERS),
        Sweep(
            "activation", "activation", ("sigmoid", "tanh", "relu"), _each_hidden("activation"), ACTIVATIONS
        ),
        Sweep(
            "initializer", "initializer", ("zeros", "normal", "xavier_uniform", "kaiming_uniform"),
            _field("initializer"), INITIALIZERS,
        ),
        Sweep("batch_size", "batch size", (1, 10, 100), _field("batch_size")),
        Sweep("depth", "hidden layers", (1, 2, 4), _deep),
        Sweep("width", "units per hidden layer", (2, 4, 8, 16), _each_hidden("units")),
        Sweep("dropout", "dropout", (0.0, 0.2, 0.5), _each_hidden("dropout")),
        Sweep("scaling", "scaling", ("none", "standard", "min_max"), _field("scaling"), SCALERS),
        Sweep("seed", "seed", (0, 1, 2, 3), _field("seed")),
    ),
)  # fmt: skip
