"""Whether the parts of a document fit together: shapes, sizes, targets, pins, the loss and the last activation.

What stands around the activations, norm, dropout and skip, is looked at in `fit_around.py`. Refuses to look at single
numbers, which the schema has checked. Each failure is one sentence naming the place.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from mlpviz.network.validate_extras import validate_extras, validate_rows
from mlpviz.schema.errors import DocumentError, counted, echo
from mlpviz.schema.limits import LIMITS

if TYPE_CHECKING:
    from mlpviz.network.document import Document


def validate(document: Document) -> None:
    """Raises DocumentError at the first part that does not fit the others."""
    _check_layers(document)
    inputs = len(document.layers[0].weight[0])
    validate_rows(("x",), document.x, inputs)
    _check_target(document)
    _check_pins(document)


def _check_layers(document: Document) -> None:
    layers = document.layers
    # the first layer says how many inputs there are, every other one must take what the layer before gives
    width, parameters = len(layers[0].weight[0]), 0
    for index, layer in enumerate(layers):
        validate_rows(("layers", index, "weight"), layer.weight, width)
        outputs = len(layer.weight)
        parameters += outputs * width
        if layer.bias is not None:
            parameters += outputs
            if len(layer.bias) != outputs:
                raise DocumentError.at(
                    ("layers", index, "bias"), f"has {counted(len(layer.bias), 'number')}, expected {outputs}"
                )
        if layer.norm is not None and layer.norm.entry.affine:
            parameters += 2 * outputs
        width = outputs
    if parameters > LIMITS.parameters:
        raise DocumentError(
            f"layers have {parameters:,} weights and biases together, at most {LIMITS.parameters:,} are allowed"
        )
    fitting, last = document.loss.entry.last_activations, layers[-1].activation.key
    if fitting and last not in fitting:
        raise DocumentError.at(
            ("layers", len(layers) - 1, "activation"),
            f"is {last}, expected {' or '.join(fitting)} in the last layer",
            document.loss.key,
        )
    validate_extras(document)


def _check_target(document: Document) -> None:
    target, kind = document.target, document.loss.entry.target
    if kind == "none":
        if target is not None:
            raise DocumentError.at(("target",), "is a list, expected null", document.loss.key)
        return
    if target is None:
        raise DocumentError.at(("target",), "is null, expected one row per sample", document.loss.key)
    samples, outputs = len(document.x), len(document.layers[-1].weight)
    if len(target) != samples:
        raise DocumentError.at(("target",), f"has {counted(len(target), 'row')}, expected {samples} like x")
    rows: Sequence[Sequence[float] | int] = target
    low = -1.0 if kind == "signs" else 0.0
    for index, row in enumerate(rows):
        if isinstance(row, int):
            if kind != "classes":
                raise DocumentError.at(
                    ("target", index), f"is {echo(row)}, expected a list of {counted(outputs, 'number')}"
                )
            if row >= outputs:
                raise DocumentError.at(("target", index), f"is {echo(row)}, expected a class from 0 to {outputs - 1}")
        elif len(row) != outputs:
            raise DocumentError.at(("target", index), f"has {counted(len(row), 'number')}, expected {outputs}")
        elif kind != "values" and not low <= min(row) <= max(row) <= 1.0:
            column, value = next((c, v) for c, v in enumerate(row) if not low <= v <= 1.0)
            raise DocumentError.at(
                ("target", index, column), f"is {echo(value)}, expected {low:g} to 1", document.loss.key
            )


def _check_pins(document: Document) -> None:
    seen: dict[tuple[int, int, int], int] = {}
    for index, pin in enumerate(document.pins):
        if pin.layer > len(document.layers):
            raise DocumentError.at(
                ("pins", index, "layer"), f"is {echo(pin.layer)}, expected 1 to {len(document.layers)}"
            )
        for field, number, limit in (
            ("sample", pin.sample, len(document.x)),
            ("unit", pin.unit, len(document.layers[pin.layer - 1].weight)),
        ):
            if number > limit:
                raise DocumentError.at(("pins", index, field), f"is {echo(number)}, expected 1 to {limit}")
        first = seen.setdefault((pin.layer, pin.sample, pin.unit), index)
        if first != index:
            raise DocumentError.at(
                ("pins", index), f"pins the same activation as pins[{first}], expected each one once"
            )
