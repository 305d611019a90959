"""The hyperparameters of a registry entry as settings: a slider for a number, a switch for yes or no, a menu."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

from mlpviz.engine.hyperparameters import Hyperparameter
from mlpviz.exploration.setting import ChoiceSetting, SliderSetting, SwitchSetting
from mlpviz.exploration.view import Values

_STEPS = 200


def settings_of(
    hyperparameters: Sequence[Hyperparameter], prefix: str, group: str, names: Sequence[str] | None = None
) -> Iterator[ChoiceSetting | SliderSetting | SwitchSetting]:
    """A setting for each that is one number, yes or no, or one of several; `names` picks some. Keys get the prefix."""
    for each in hyperparameters:
        if names is not None and each.name not in names:
            continue
        common: dict[str, Any] = {
            "key": f"{prefix}.{each.name}",
            "label": each.label,
            "help": each.sentence,
            "group": group,
            "default": each.default,
        }
        if each.kind == "bool":
            yield SwitchSetting(**common)
        elif each.kind == "choice":
            yield ChoiceSetting(options=tuple((key, key) for key in each.choices), **common)
        elif each.kind in ("float", "int"):
            low, high, step = _ends(each)
            yield SliderSetting(low=low, high=high, step=step, is_whole=each.kind == "int", **common)


def values_of(values: Values, prefix: str) -> dict[str, Any]:
    """The values of these settings by the names of the hyperparameters."""
    start = f"{prefix}."
    return {key.removeprefix(start): value for key, value in values.items() if key.startswith(start)}


def _ends(each: Hyperparameter) -> tuple[float, float, float]:
    """Two ends and a step for a slider: the hyperparameter's own ends, or some way around its default."""
    if each.kind == "int":
        return each.low, each.high, 1
    reach = 4 * abs(each.default) or 4.0
    low = each.low if math.isfinite(each.low) else min(each.default - reach, -reach)
    high = each.high if math.isfinite(each.high) else max(each.default + reach, reach)
    step = 10.0 ** math.floor(math.log10((high - low) / _STEPS * 5))
    return low + step * each.open_low, high - step * each.open_high, step
