"""The names of places in a document on screen, where samples are columns, units rows, and all count from 1.

The command line and opened files keep the document's own names (`schema/errors.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from mlpviz.engine import LOSSES
from mlpviz.network import DocumentError
from mlpviz.schema.errors import Path, path_text

_NAMES = {
    "learning_rate": "the learning rate η",
    "loss": "the loss",
    "name": "the name",
    "mode": "the mode",
    "optimizer": "the optimizer",
    "penalty": "the penalty",
    "schedule": "the schedule of the learning rate",
    "schedule_step": "the steps of the schedule",
    "schedule_every": "the steps that count as one",
}
UNIT_TENSOR_NAMES = {
    "bias": "b",
    "gamma": "γ",
    "beta": "β",
    "alpha": "α",
    "running_mean": "running μ",
    "running_var": "running σ²",
}
_LAYER_FIELD_NAMES = {
    "activation": "the activation", "norm": "the norm", "dropout": "the dropout rate", "skip": "the skip",
    "mask": "the mask", "slopes": "the slopes",
    "learning_rate": "the learning rate η", "weight_decay": "the weight decay λ", "frozen": "what is frozen",
    "tied_to": "the tie", "transposed": "the tie", "one_bias": "the one bias",
}  # fmt: skip


def place_on_screen(path: Path) -> str:
    """A path into the document as the sheet's words: ("target", 0, 2) -> target of output 3, sample 1.

    ("a", layer, sample, unit), all from 0, is an activation that is to be pinned.
    """
    match path:
        case ("x" | "target" as tensor, int(sample), int(unit)):
            return f"{tensor} of {'input' if tensor == 'x' else 'output'} {unit + 1}, sample {sample + 1}"
        case ("x" | "target" as tensor, int(sample)):
            return f"{tensor} of sample {sample + 1}"
        case ("layers", int(layer), "weight", *cell):
            words = (f"{name} {int(number) + 1}" for name, number in zip(("row", "column"), cell, strict=False))
            return ", ".join((f"W of layer {layer + 1}", *words))
        case ("layers", int(layer), "mask" | "slopes" as tensor, int(sample), *unit):
            words = (f"unit {int(number) + 1} of " for number in unit)
            return (
                f"{'mask' if tensor == 'mask' else 'slope'} of {''.join(words)}layer {layer + 1}, sample {sample + 1}"
            )
        case ("layers", int(layer), str(name), int(unit)) if name in UNIT_TENSOR_NAMES:
            return f"{UNIT_TENSOR_NAMES[name]} of layer {layer + 1}, unit {unit + 1}"
        case ("layers", int(layer), str(name)) if name in UNIT_TENSOR_NAMES | _LAYER_FIELD_NAMES:
            return f"{(UNIT_TENSOR_NAMES | _LAYER_FIELD_NAMES)[name]} of layer {layer + 1}"
        case ("layers", int(layer), str(name), str(hyperparameter)) if name in _LAYER_FIELD_NAMES:
            return f"{hyperparameter} of {_LAYER_FIELD_NAMES[name]} of layer {layer + 1}"
        case ("loss" | "optimizer" | "penalty" as chosen, str(hyperparameter)):
            return f"{hyperparameter} of the {chosen}"
        case ("ties", int(group), *_):
            return f"tie {group + 1}"
        case ("a", int(layer), int(sample), int(unit)):
            return f"a of layer {layer + 1}, unit {unit + 1}, sample {sample + 1}"
    return _NAMES.get(str(path[0]), path_text(path)) if len(path) == 1 else path_text(path)


def on_screen(error: DocumentError) -> DocumentError:
    """The same error in the sheet's words; as it is if it names no place."""
    if not error.path:
        return error
    loss = f" for the loss {LOSSES[error.loss].label}" if error.loss else ""
    return DocumentError(f"{place_on_screen(error.path)} {error.problem!s}{loss}")


def tensor_path(event: Mapping[str, Any]) -> Path:
    """Where the matrix of an event {"tensor", "layer"} is in the document."""
    layer, tensor = event.get("layer"), event["tensor"]
    return (tensor,) if tensor in ("x", "target") or layer is None else ("layers", layer - 1, tensor)


def cell_path(event: Mapping[str, Any]) -> Path:
    """Where the number of an event {"tensor", "layer", "row", "column"} is in the document."""
    # a bias has no column, even if the event has one
    cell = (event["row"], None if event["tensor"] in UNIT_TENSOR_NAMES else event.get("column"))
    return (*tensor_path(event), *(number - 1 for number in cell if number is not None))


def pin_path(event: Mapping[str, Any]) -> Path:
    """The activation of an event {"layer", "sample", "unit"}."""
    return ("a", event["layer"] - 1, event["sample"] - 1, event["unit"] - 1)


def layer_path(field: str) -> Callable[[Mapping[str, Any]], Path]:
    """For an event {"layer"}: where this field of the layer is in the document."""
    return lambda event: ("layers", event["layer"] - 1, field)
