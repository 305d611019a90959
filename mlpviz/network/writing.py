"""How a document becomes JSON text: whole numbers without .0, matrices row by row."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mlpviz.network.document import Document
    from mlpviz.network.layer import Layer
    from mlpviz.network.saved_trajectory import SavedPoint

_EXACT = 2.0**53  # whole numbers are written as such up to here; 1e300 would need 301 digits


def number(value: float) -> float:
    """The number as JSON shows it: 3 for 3.0."""
    return int(value) if -_EXACT <= value <= _EXACT and value == int(value) else value


def _numbers(row: Sequence[float]) -> list[float]:
    return [number(value) for value in row]


def _matrix(rows: Sequence[Sequence[float]]) -> list[list[float]]:
    return [_numbers(row) for row in rows]


def _layer(layer: Layer) -> dict[str, Any]:
    found: dict[str, Any] = {
        "weight": _matrix(layer.weight),
        "bias": None if layer.bias is None else _numbers(layer.bias),
        "activation": layer.activation.to_json_value(),
    }
    if layer.norm is not None:
        found["norm"] = layer.norm.to_json_value()
        found |= {name: _numbers(row) for name in layer.of_norm if (row := getattr(layer, name)) is not None}
    if layer.dropout and layer.mask is not None:
        found |= {"dropout": number(layer.dropout), "mask": _matrix(layer.mask)}
    if layer.skip:
        found["skip"] = layer.skip
    return found


def trajectory_json(past: Sequence[SavedPoint]) -> list[dict[str, Any]]:
    """The steps that were taken, as dictionaries without what says nothing."""
    return [step.model_dump(exclude_defaults=True, mode="json") for step in past]


def to_json_value(document: Document) -> dict[str, Any]:
    """The document as dictionaries, lists, numbers and texts; optional fields only when they say something."""
    target = document.target
    found: dict[str, Any] = {
        "version": document.version,
        "name": document.name,
        "layers": [_layer(layer) for layer in document.layers],
        "x": _matrix(document.x),
        "target": None if target is None else [_numbers(t) if isinstance(t, tuple) else t for t in target],
        "loss": document.loss.to_json_value(),
        "learning_rate": number(document.learning_rate),
    }
    if document.optimizer != type(document).model_fields["optimizer"].default:
        found["optimizer"] = document.optimizer.to_json_value()
    if (state := document.optimizer_state) is not None:
        slots = {
            name: _numbers(slot) if isinstance(slot, tuple) else number(slot) for name, slot in state.slots.items()
        }
        found["optimizer_state"] = {"t": state.t, "slots": slots}
    if not document.training:
        found["mode"] = document.mode
    if document.pins:
        found["pins"] = [{**pin.model_dump(), "value": number(pin.value)} for pin in document.pins]
    if document.view is not None:
        found["view"] = document.view.model_dump(exclude_none=True)
    if document.walk:
        found["walk"] = trajectory_json(document.walk)
    return found


def write_json(document: Document, indent: int | None = None) -> str:
    """Compact JSON text; with an indent one line per field, layer, pin, and row of x, for reading and comparing."""
    return in_lines(to_json_value(document), indent, ("layers", "pins", "walk"))


def in_lines(found: Mapping[str, Any], indent: int | None, listed: Collection[str]) -> str:
    """Compact JSON text; with an indent one line per field, and per entry of the fields that are `listed`."""
    if indent is None:
        return json.dumps(found, separators=(",", ":"))
    pad = " " * indent

    def entry(key: str, value: Any) -> str:
        if key in listed:
            lines = ",\n".join(pad * 2 + json.dumps(item) for item in value)
            return f"{pad}{json.dumps(key)}: [\n{lines}\n{pad}]"
        return f"{pad}{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}"

    return "{\n" + ",\n".join(entry(key, value) for key, value in found.items()) + "\n}\n"
