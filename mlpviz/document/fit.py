"""Whether the parts of a document fit together: shapes, sizes, targets, pins, the loss and the last activation.

Refuses to look at single numbers, which the schema has checked. Each failure is one sentence naming the place.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from mlpviz.document.errors import DocumentError, quote
from mlpviz.document.limits import LIMITS
from mlpviz.engine import LOSSES

if TYPE_CHECKING:
    from mlpviz.document.model import Document


def check_fit(document: Document) -> None:
    """Raises DocumentError at the first part that does not fit the others."""
    _check_layers(document)
    inputs = len(document.layers[0].weight[0])
    _check_rows("x", document.x, inputs)
    _check_target(document)
    _check_pins(document)


def _check_rows(place: str, rows: Sequence[Sequence[float]], width: int) -> None:
    for number, row in enumerate(rows, start=1):
        if len(row) != width:
            raise DocumentError(f"{place} row {number} has {_count(len(row), 'number')}, expected {width}")


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _check_layers(document: Document) -> None:
    layers = document.layers
    # the first layer says how many inputs there are, every other one must take what the layer before gives
    width, parameters = len(layers[0].weight[0]), 0
    for index, layer in enumerate(layers):
        place = f"layers[{index}]"
        _check_rows(f"{place}.weight", layer.weight, width)
        outputs = len(layer.weight)
        parameters += outputs * width
        if layer.bias is not None:
            parameters += outputs
            if len(layer.bias) != outputs:
                raise DocumentError(f"{place}.bias has {_count(len(layer.bias), 'number')}, expected {outputs}")
        width = outputs
    if parameters > LIMITS.parameters:
        raise DocumentError(
            f"layers have {parameters:,} weights and biases together, at most {LIMITS.parameters:,} are allowed"
        )
    fitting, last = LOSSES[document.loss].last_activations, layers[-1].activation
    if fitting and last not in fitting:
        raise DocumentError(
            f"layers[{len(layers) - 1}].activation is {last}, "
            f"expected {' or '.join(fitting)} in the last layer for loss {document.loss}"
        )


def _check_target(document: Document) -> None:
    target, kind = document.target, LOSSES[document.loss].target
    if kind == "none":
        if target is not None:
            raise DocumentError(f"target is a list, expected null for loss {document.loss}")
        return
    if target is None:
        raise DocumentError(f"target is null, expected one row per sample for loss {document.loss}")
    samples, outputs = len(document.x), len(document.layers[-1].weight)
    if len(target) != samples:
        raise DocumentError(f"target has {_count(len(target), 'row')}, expected {samples} like x")
    rows: Sequence[Sequence[float] | int] = target
    low = -1.0 if kind == "signs" else 0.0
    for number, row in enumerate(rows, start=1):
        if isinstance(row, int):
            if kind != "classes":
                raise DocumentError(
                    f"target row {number} is {quote(row)}, expected a list of {_count(outputs, 'number')}"
                )
            if row >= outputs:
                raise DocumentError(f"target row {number} is {quote(row)}, expected a class from 0 to {outputs - 1}")
        elif len(row) != outputs:
            raise DocumentError(f"target row {number} has {_count(len(row), 'number')}, expected {outputs}")
        elif kind != "values" and not low <= min(row) <= max(row) <= 1.0:
            column, value = next((c, v) for c, v in enumerate(row, start=1) if not low <= v <= 1.0)
            raise DocumentError(
                f"target row {number} column {column} is {quote(value)}, expected {low:g} to 1 for loss {document.loss}"
            )


def _check_pins(document: Document) -> None:
    seen: dict[tuple[int, int, int], int] = {}
    for index, pin in enumerate(document.pins):
        place = f"pins[{index}]"
        if pin.layer > len(document.layers):
            raise DocumentError(f"{place}.layer is {quote(pin.layer)}, expected 1 to {len(document.layers)}")
        for field, number, limit in (
            ("sample", pin.sample, len(document.x)),
            ("unit", pin.unit, len(document.layers[pin.layer - 1].weight)),
        ):
            if number > limit:
                raise DocumentError(f"{place}.{field} is {quote(number)}, expected 1 to {limit}")
        first = seen.setdefault((pin.layer, pin.sample, pin.unit), index)
        if first != index:
            raise DocumentError(f"{place} pins the same activation as pins[{first}], expected each one once")
