"""What a layer, a loss or an optimizer is, in words: its label and its hyperparameters, and what else a layer has."""

from __future__ import annotations

from typing import Any

from mlpviz.engine import Activation, LayerSpec, Loss
from mlpviz.engine.hyperparameters import Hyperparameter
from mlpviz.engine.losses.weighing import FACTOR
from mlpviz.engine.optimizers import Optimizer
from mlpviz.sheet.blocks import LayerUpdate
from mlpviz.sheet.quantities import QUANTITIES
from mlpviz.text.numbers import all_digits


def in_words(entry: Activation | Loss | Optimizer) -> list[str]:
    """An entry in words: short, as "leaky ReLU 0.01", and with the names of its hyperparameters."""
    settings = dict(entry.settings)
    found = [
        ("" if each.says_itself else each.label, text)
        for each in entry.hyperparameters
        if (text := _value_in_words(each, settings[each.name]))
    ]
    values = [text for _, text in found]
    return [
        " ".join([entry.label, ", ".join(values)]).strip(),
        ", ".join([entry.label, *(": ".join(filter(None, dict.fromkeys(one))) for one in found)]),
    ]


_NOTHING = (0, -100)
"""defaults with which a setting does nothing: no momentum, no smoothing, PyTorch's class that is ignored"""


def in_few_words(entry: Loss | Optimizer) -> str:
    """An entry in words, with the settings that its numbers depend on: without those that do nothing."""
    found = [entry.label]
    for each in entry.hyperparameters:
        value = dict(entry.settings)[each.name]
        does_nothing = value == each.default and (value in _NOTHING or each.name == FACTOR.name)
        if text := "" if does_nothing else _value_in_words(each, value):
            found.append(text if isinstance(value, str | bool) else f"{each.label}: {text}")
    return ", ".join(found)


def _value_in_words(hyperparameter: Hyperparameter, value: Any) -> str:
    """The value as text, empty for what is off or changes nothing."""
    if hyperparameter.neutral is not None and value == hyperparameter.neutral:
        return ""
    if isinstance(value, bool):
        return hyperparameter.label if value else ""
    if isinstance(value, str):
        return "" if value == "none" else value.replace("_", " ")
    return ", ".join(map(all_digits, value if isinstance(value, tuple) else (value,)))


def extras_in_words(layer: LayerSpec, update: LayerUpdate, label: str) -> str:
    """What a layer has besides its weights and its activation."""
    parts = [label] if label else []
    if layer.norm:
        parts.append(layer.norm.label)
    if layer.dropout:
        parts.append(f"dropout {all_digits(layer.dropout)}")
    if layer.skip:
        parts.append("skip" if layer.skip == 1 else f"skip around {layer.skip}")
    if layer.tied_to is not None:
        parts.append(f"W of layer {layer.tied_to + 1}{', transposed' * layer.transposed}")
    if layer.one_bias:
        parts.append("one b")
    if update.frozen:
        parts.append(f"frozen: {', '.join(QUANTITIES[name].symbol for name in update.frozen)}")
    if update.has_own_rate:
        parts.append("own η")
    if update.weight_decay is not None:
        parts.append(f"decay {all_digits(update.weight_decay)}")
    return " · ".join(parts)
