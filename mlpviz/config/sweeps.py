"""Parameter sweeps: one record for each choice in which up to eight trainings can differ."""

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
from mlpviz.schema.registry_choice import RegistryChoice
from mlpviz.text.sentences import sentence

MOST = 8
"""trainings of one sweep"""


@dataclass(frozen=True)
class Sweep:
    """One choice: `vary(config, value)` is the config with that value; `proposed` are values worth comparing.

    `entries` are the possible values, if not numbers.
    """

    key: str
    label: str
    proposed: tuple[Any, ...]
    vary: Callable[[TrainingConfig, Any], TrainingConfig]
    entries: Mapping[str, Any] | None = None

    def configs(self, config: TrainingConfig, values: str) -> dict[str, TrainingConfig]:
        """One config per value, by its label; `values` are typed with commas between.

        Raises DocumentError for a value that does not fit, fewer than two or more than eight.
        """
        texts = list(dict.fromkeys(text.strip() for text in values.split(",") if text.strip()))
        if not 2 <= len(texts) <= MOST:
            raise DocumentError(f"{self.label} has {len(texts)} values, expected 2 to {MOST} with commas between")
        found = {text: self.vary(config, self._read(text)) for text in texts}
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
    def vary(config: TrainingConfig, value: Any) -> TrainingConfig:
        for index, layer in enumerate(config.layers[:-1]):
            config = with_value(config, ("layers", index, field), _as_set(getattr(layer, field), value))
        return config

    return vary


def _with_depth(config: TrainingConfig, value: Any) -> TrainingConfig:
    """With so many hidden layers; new ones are copies of the last."""
    if not isinstance(value, int) or value < 0:
        raise DocumentError(f"depth is {value}, expected a whole number from 0 up")
    while len(config.layers) - 1 > value:
        config = without_layer(config, len(config.layers) - 2)
    while len(config.layers) - 1 < value:
        config = with_layer(config)
    return config


def _field(*path: str) -> Callable[[TrainingConfig, Any], TrainingConfig]:
    def vary(config: TrainingConfig, value: Any) -> TrainingConfig:
        return with_value(config, path, _as_set(getattr(config, path[0]), value))

    return vary


def _as_set(own: Any, value: Any) -> Any:
    """The value; the entry that the training has already keeps its hyperparameters."""
    return own.to_json_value() if isinstance(own, RegistryChoice) and own.key == value else value


def _with_optimizer(config: TrainingConfig, value: Any) -> TrainingConfig:
    """With another optimizer at the same learning rate; its other hyperparameters are at their defaults."""
    if value == config.optimizer.key:
        return config
    rate = config.optimizer.entry.settings["learning_rate"]
    return with_value(config, ("optimizer",), {"key": value, "learning_rate": rate})


SWEEPS: Registry[Sweep] = Registry(
    "comparison",
    (
        Sweep(
            "learning_rate", "learning rate", (0.001, 0.01, 0.1, 1.0), _field("optimizer", "learning_rate")
        ),
        Sweep("optimizer", "optimizer", ("sgd", "rmsprop", "adam"), _with_optimizer, OPTIMIZERS),
        Sweep(
            "activation", "activation", ("sigmoid", "tanh", "relu"), _each_hidden("activation"), ACTIVATIONS
        ),
        Sweep(
            "initializer", "initializer", ("zeros", "normal", "xavier_uniform", "kaiming_uniform"),
            _field("initializer"), INITIALIZERS,
        ),
        Sweep("batch_size", "batch size", (1, 10, 100), _field("batch_size")),
        Sweep("depth", "hidden layers", (1, 2, 4), _with_depth),
        Sweep("width", "units per hidden layer", (2, 4, 8, 16), _each_hidden("units")),
        Sweep("dropout", "dropout", (0.0, 0.2, 0.5), _each_hidden("dropout")),
        Sweep("scaling", "scaling", ("none", "standard", "min_max"), _field("scaling"), SCALERS),
        Sweep("seed", "seed", (0, 1, 2, 3), _field("seed")),
    ),
)  # fmt: skip
