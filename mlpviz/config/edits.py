"""Edits of a training config: pure functions from a config to a new, checked one.

Fields that depend on the changed one follow: with another loss comes a last activation that fits it.
"""

from __future__ import annotations

import contextlib
import copy
import itertools
from collections.abc import Sequence
from typing import Any

import numpy as np
from pydantic import ValidationError

from mlpviz.config.config import TrainingConfig
from mlpviz.config.defaults import suggested
from mlpviz.config.load import load_table
from mlpviz.config.sections import LayerConfig
from mlpviz.config.sources import Source
from mlpviz.data import Table
from mlpviz.data.features import columns_of, offered_features
from mlpviz.engine import LOSSES, SCHEDULES
from mlpviz.schema.errors import DocumentError

Path = Sequence[str | int]
"""A place in a config as JSON: ("layers", 0, "units"), or a hyperparameter: ("optimizer", "learning_rate")."""


def with_value(config: TrainingConfig, path: Path, value: Any) -> TrainingConfig:
    """The config with one field or hyperparameter changed. Raises DocumentError for a wrong place or value."""
    plain = _whole(config)
    if tuple(path[:2]) == ("schedule", "schedules") and config.schedule is not None:
        plain["schedule"] = config.schedule.with_lists()
    _put(plain, tuple(path), value)
    if _redraws(path):
        plain["start"] = None
        plain["ties"] = []
    _fit_update(plain, path)
    if path[0] == "loss" or path[0] == "layers":
        _fit_last_activation(plain)
    schedule = SCHEDULES.get(plain["schedule"]) if isinstance(plain["schedule"], str) else None
    if path[0] == "schedule" and config.schedule is None and schedule is not None and schedule.observe is not None:
        plain["schedule_counts"] = "epochs"
    return TrainingConfig.parse(plain)


def _fit_update(plain: dict[str, Any], path: Path) -> None:
    """What a layer freezes and ties follows what it has."""
    if path[0] != "layers" or not isinstance(path[1], int) or not 0 <= path[1] < len(plain["layers"]):
        return
    layer = plain["layers"][path[1]]
    if path[-1] == "tied_to":
        layer["transposed"] = layer["tied_to"] is not None and _fits_transposed(plain["layers"], path[1])
    for other in plain["layers"]:
        if path[-1] == "units" and other.get("tied_to") is not None and other["units"] is not None:
            # an output layer has the units of the data, which only a prepared training knows
            other |= {"tied_to": None, "transposed": False}
    if path[-1] == "bias" and layer["bias"] is False:
        layer["one_bias"] = False
    if len(path) > 2 and path[2] in ("bias", "norm", "activation") and layer.get("frozen"):
        # a layer that cannot be is refused by the check of the whole
        with contextlib.suppress(ValidationError):
            has = LayerConfig.model_validate(layer).parameters
            layer["frozen"] = [name for name in layer["frozen"] if name in has]


def _fits_transposed(layers: list[dict[str, Any]], index: int) -> bool:
    """Whether a tie is that of an encoder and its decoder: not where the weight fits as it is, as far as is known."""
    if type(layers[index]["tied_to"]) is not int:
        return False  # the check of the field says so
    own, source = index, layers[index]["tied_to"] - 1
    units = [layer["units"] for layer in layers]
    if not 0 <= source < own:
        return False
    as_it_is = units[own] == units[source] and source > 0 and units[own - 1] == units[source - 1]
    return not as_it_is and units[own - 1] == units[source]


def _redraws(path: Path) -> bool:
    """Whether a setting asks for weights that are drawn: another shape of the network, or another way to draw."""
    shapes = path[0] == "layers" and path[-1] in ("units", "bias", "norm")
    return shapes or path[0] in ("initializer", "features", "one_hot")


def with_source(
    config: TrainingConfig, source: Source, table: Table, loaded: Table | None = None
) -> tuple[TrainingConfig, Table]:
    """The config with other data, and their table; `table` holds the old samples, `loaded` the new ones if known.

    If features and targets are of the same kind, network and training are kept; otherwise, or if they are still those
    suggested for another data set, the suggested config replaces them. Raises DocumentError if the data cannot be
    loaded.
    """
    loaded = load_table(source) if loaded is None else loaded
    same = (loaded.task, loaded.x.shape[1], loaded.image_shape) == (table.task, table.x.shape[1], table.image_shape)
    changed = (
        config.replace(data=source) if same and not _is_untouched(config, source, table) else suggested(source, loaded)
    )
    return changed, loaded


def _is_untouched(config: TrainingConfig, source: Source, table: Table) -> bool:
    """Whether the config is as suggested, and the new source is another data set of the registry."""
    before = config.data
    if before.kind != "set" or source.kind != "set" or before.set.key == source.set.key:
        return False
    # another seed alone is no edit to be kept
    return suggested(before, table) == config.replace(seed=0)


def with_feature(config: TrainingConfig, key: str, wanted: bool, columns: int) -> TrainingConfig:
    """With this formula among the inputs of the network for samples of `columns` numbers, or without it.

    Offered formulas come first, in their order. Raises DocumentError when nothing would be left.
    """
    plain = columns_of(columns)
    chosen = [text for text in config.features or plain if text != key] + [key] * wanted
    if not chosen:
        raise DocumentError.at(("features",), "would be empty, expected at least one: tick another one first")
    config = config.replace(start=None)
    order = {feature.key: place for place, feature in enumerate(offered_features(columns))}
    chosen.sort(key=lambda text: order.get(text, len(order)))
    return config.replace(features=None if tuple(chosen) == plain else chosen)


def with_layer(config: TrainingConfig) -> TrainingConfig:
    """One more hidden layer before the last, like the one before it. Raises DocumentError for too many layers."""
    plain = _whole(config) | {"start": None, "ties": []}
    layers = plain["layers"]
    like = layers[-2] if len(layers) > 1 else {"units": 4, "activation": "tanh"}
    layers.insert(len(layers) - 1, {**like, "skip": 0, "tied_to": None, "transposed": False})
    return TrainingConfig.parse(plain)


def without_layer(config: TrainingConfig, index: int) -> TrainingConfig:
    """Without this layer (from 0), which may not be the last. Raises DocumentError."""
    plain = _whole(config)
    if not 0 <= index < len(plain["layers"]) - 1:
        raise DocumentError(f"layers: there is no hidden layer {index + 1} to remove")
    plain |= {"start": None, "ties": []}
    del plain["layers"][index]
    for layer in plain["layers"]:
        tied = layer.get("tied_to")
        if tied == index + 1:
            layer |= {"tied_to": None, "transposed": False}
        elif tied is not None and tied > index + 1:
            layer["tied_to"] = tied - 1
    return TrainingConfig.parse(plain)


def with_points(table: Table, x: Any, target: Any) -> dict[str, Any]:
    """The source of samples set by hand: x (N, I), and class numbers (N,) or values (N, O) as `table` has them."""
    field = "classes" if table.task == "classes" else "values"
    return {"kind": "points", "x": np.asarray(x).tolist(), field: np.asarray(target).tolist()}


def _whole(config: TrainingConfig) -> dict[str, Any]:
    """The config in JSON, defaults included."""
    plain: dict[str, Any] = copy.deepcopy(config.model_dump(mode="json"))
    return plain


def _put(plain: Any, path: tuple[str | int, ...], value: Any) -> None:
    holder, name = plain, path[0]
    for step, following in itertools.pairwise(path):
        inside = _at(holder, step, path)
        # an entry with default hyperparameters is its key alone
        if isinstance(inside, str) and isinstance(following, str):
            inside = {"key": inside}
        elif inside is None:
            inside = {}
        holder[step] = inside
        holder, name = inside, following
    if isinstance(holder, list):
        _at(holder, name, path)
    elif not isinstance(holder, dict):
        raise DocumentError(f"there is no setting {'.'.join(map(str, path))}")
    holder[name] = value


def _at(holder: Any, step: str | int, path: Path) -> Any:
    try:
        return holder.get(step) if isinstance(holder, dict) else holder[step]
    except (IndexError, TypeError):
        raise DocumentError(f"there is no setting {'.'.join(map(str, path))}") from None


def _fit_last_activation(plain: dict[str, Any]) -> None:
    loss = plain["loss"]
    key = loss["key"] if isinstance(loss, dict) else loss
    if key not in LOSSES:
        return
    fitting, last = LOSSES[key].last_activations, plain["layers"][-1]
    activation = last["activation"]
    if fitting and (activation["key"] if isinstance(activation, dict) else activation) not in fitting:
        last["activation"] = fitting[0]
