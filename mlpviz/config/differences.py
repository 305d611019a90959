"""What trainings that are compared differ in: every field and hyperparameter of their configs, with its values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from mlpviz.config.config import TrainingConfig
from mlpviz.engine.hyperparameters import Part
from mlpviz.schema.errors import Path, path_text
from mlpviz.schema.json_io import whole_as_int
from mlpviz.schema.registry_choice import RegistryChoice


class _Place(NamedTuple):
    """What stands at one place of a config; `is_chosen`: a hyperparameter that is not at its default."""

    value: Any
    is_chosen: bool = False


class ConfigDifference(NamedTuple):
    """One place in which configs differ, and its value in each; None where a config has no such place."""

    path: Path
    values: tuple[Any, ...]


def differences(configs: Sequence[TrainingConfig]) -> tuple[ConfigDifference, ...]:
    """All places, hyperparameters at their defaults included, in the order of the fields; names and versions aside.

    Hyperparameters that only some have belong to the choice that they come with; they are listed where one of them is
    not at its default, or others have them at another value.
    """
    flat = [dict(_places((), dict(config))) for config in configs]
    paths = dict.fromkeys(path for each in flat for path in each)
    found = []
    for path in paths:
        known = [each[path] for each in flat if path in each]
        is_setting = any(path[:-1] in each for each in flat) and bool(path[:-1])
        is_told = any(place.is_chosen for place in known) or not is_setting
        if any(place.value != known[0].value for place in known) or (len(known) < len(flat) and is_told):
            found.append(ConfigDifference(path, tuple(each[path].value if path in each else None for each in flat)))
    return tuple(found)


def differences_text(configs: Sequence[TrainingConfig]) -> str:
    """The differences as one line: optimizer sgd, adam · weight decay 0, 0.01; empty without any."""
    return " · ".join(f"{_name(each.path)} {_values(each.values)}" for each in differences(configs))


def _places(path: Path, value: Any) -> Iterable[tuple[Path, _Place]]:
    """Every place in a value with what stands there; an entry of a registry is its key, then its settings."""
    if isinstance(value, RegistryChoice):
        yield path, _Place(value.key)
        chosen = dict(value.hyperparameters)
        for name, setting in dict(getattr(value.entry, "settings", {})).items():
            yield (*path, name), _Place(setting, name in chosen)
    elif isinstance(value, Mapping):
        for name, item in value.items():
            if path or name not in ("name", "version"):
                yield from _places((*path, name), item)
    elif hasattr(value, "model_fields_set"):
        yield from _places(path, dict(value))
    elif isinstance(value, tuple) and value and hasattr(value[0], "model_fields_set"):
        yield (*path, "number"), _Place(len(value))
        for index, item in enumerate(value):
            yield from _places((*path, index), item)
    else:
        yield path, _Place(value)


def _name(path: Path) -> str:
    if path[0] == "layers":
        if path[1:] == ("number",):
            return "number of layers"
        return f"layer {int(path[1]) + 1} {path_text(path[2:])}".replace("_", " ").replace(".", " ")
    if path[0] == "optimizer" and len(path) > 1:
        path = path[1:]
    return path_text(path).replace("_", " ").replace(".", " ")


def _values(values: Iterable[Any]) -> str:
    return ", ".join("–" if value is None else str(_plain(value)).replace("_", " ") for value in values)


def _plain(value: Any) -> Any:
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, tuple) and value and isinstance(value[0], Part):
        return f"[{', '.join(map(str, value))}]"
    return whole_as_int(value) if isinstance(value, float) else value
