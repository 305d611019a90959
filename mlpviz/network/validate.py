"""Whether the parts of a document fit together: shapes, sizes, targets, pins, norm, dropout, skips, loss.

Single numbers were checked by the schema. Each failure is one sentence naming the place.
"""

from __future__ import annotations

from collections.abc import Sequence

from mlpviz.engine import Loss
from mlpviz.engine.hyperparameters import exact
from mlpviz.network.layer import FRESH, DocumentPin, Layer
from mlpviz.schema.errors import DocumentError, Path, counted, echo, no_class
from mlpviz.schema.fields import Target
from mlpviz.schema.limits import DOCUMENT_LIMITS
from mlpviz.schema.registry_choice import RegistryChoice

Rows = Sequence[Sequence[float]]


def validate_network(layers: Sequence[Layer], loss: RegistryChoice[Loss], samples: int, training: bool) -> None:
    """Raises DocumentError at the first layer that does not fit the ones before it, the loss, or N samples."""
    _check_widths(layers)
    _check_numbers(layers, samples)
    for index, layer in enumerate(layers):
        if layer.is_plain:
            continue
        _check_norm(index, layer, samples, training)
        _check_slopes(index, layer, samples)
        _check_dropout(index, layer, samples)
        if layer.skip:
            _check_skip(index, layers)
    _check_loss(layers[-1], len(layers) - 1, loss, samples)


def validate_batch(x: Rows, target: Target, loss: RegistryChoice[Loss], inputs: int, outputs: int) -> None:
    """Raises DocumentError at the first row of x (N, I) or target that does not fit the network or the loss."""
    _check_rows(("x",), x, inputs)
    kind = loss.entry.target
    if kind == "none":
        if target is not None:
            raise DocumentError.at(("target",), "is a list, expected null", loss.key)
        return
    if target is None:
        raise DocumentError.at(("target",), "is null, expected one row per sample", loss.key)
    samples = len(x)
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
            if not 0 <= row < outputs:
                raise DocumentError.at(("target", index), no_class(row, outputs))
        elif kind == "classes" and not loss.entry.takes_rows:
            raise DocumentError.at(
                ("target", index), f"is a row of numbers, expected a class from 0 to {outputs - 1}", loss.key
            )
        elif len(row) != outputs:
            raise DocumentError.at(("target", index), f"has {counted(len(row), 'number')}, expected {outputs}")
        elif kind not in ("values", "gradients") and not low <= min(row) <= max(row) <= 1.0:
            column, value = next((c, v) for c, v in enumerate(row) if not low <= v <= 1.0)
            raise DocumentError.at(("target", index, column), f"is {echo(value)}, expected {exact(low)} to 1", loss.key)


def validate_pins(pins: Sequence[DocumentPin], layers: Sequence[Layer], samples: int) -> None:
    """Raises DocumentError at the first pin of an activation that is not there, or that is pinned already."""
    seen: dict[tuple[int, int, int], int] = {}
    for index, pin in enumerate(pins):
        if pin.layer > len(layers):
            raise DocumentError.at(("pins", index, "layer"), f"is {echo(pin.layer)}, expected 1 to {len(layers)}")
        for field, number, limit in (
            ("sample", pin.sample, samples),
            ("unit", pin.unit, len(layers[pin.layer - 1].weight)),
        ):
            if number > limit:
                raise DocumentError.at(("pins", index, field), f"is {echo(number)}, expected 1 to {limit}")
        first = seen.setdefault((pin.layer, pin.sample, pin.unit), index)
        if first != index:
            raise DocumentError.at(
                ("pins", index), f"pins the same activation as pins[{first}], expected each one once"
            )


def _check_rows(place: Path, rows: Rows, width: int) -> None:
    for index, row in enumerate(rows):
        if len(row) != width:
            raise DocumentError.at((*place, index), f"has {counted(len(row), 'number')}, expected {width}")


def _check_widths(layers: Sequence[Layer]) -> None:
    # the first layer says how many inputs there are, every other one must take the outputs of the layer before
    width, parameters = len(layers[0].weight[0]), 0
    for index, layer in enumerate(layers):
        _check_rows(("layers", index, "weight"), layer.weight, width)
        outputs = len(layer.weight)
        parameters += outputs * width
        if layer.bias is not None:
            parameters += outputs
            if len(layer.bias) != outputs:
                raise DocumentError.at(
                    ("layers", index, "bias"), f"has {counted(len(layer.bias), 'number')}, expected {outputs}"
                )
        parameters += len(layer.norm.entry.parameters) * outputs if layer.norm is not None else 0
        parameters += layer.activation.entry.alphas(outputs)
        width = outputs
    if parameters > DOCUMENT_LIMITS.parameters:
        raise DocumentError(
            f"layers have {parameters:,} weights and biases together, "
            f"at most {DOCUMENT_LIMITS.parameters:,} are allowed"
        )


def numbers_of(layers: Sequence[Layer], samples: int) -> int:
    """About how many numbers the sheet of a network has: parameters and units of both passes, and what they need."""
    found = 2 * samples * len(layers[0].weight[0])
    for layer in layers:
        outputs, inputs = len(layer.weight), len(layer.weight[0])
        found += 3 * outputs * (inputs + 1) + (6 if layer.is_plain else 12) * samples * outputs
        if layer.activation.entry.slope is None:  # as softmax: each output by each unit
            found += samples * outputs**2
    return found


def _check_numbers(layers: Sequence[Layer], samples: int) -> None:
    made = numbers_of(layers, samples)
    if made > DOCUMENT_LIMITS.numbers:
        raise DocumentError(
            f"the network makes about {made:,} numbers with {counted(samples, 'sample')}, "
            f"at most {DOCUMENT_LIMITS.numbers:,} are allowed: fewer samples or units"
        )


def _check_norm(index: int, layer: Layer, samples: int, training: bool) -> None:
    has, outputs = layer.norm_tensors, len(layer.weight)
    for name in FRESH:
        given = getattr(layer, name)
        if given is None:
            continue
        if name not in has:
            owner = "batch norm" if name.startswith("running") else "norm with gamma and beta"
            if "gamma" in has and name == "beta":
                owner = "norm with beta"
            raise DocumentError.at(("layers", index, name), f"is a list, expected null: the layer has no {owner}")
        if len(given) != outputs:
            raise DocumentError.at(("layers", index, name), f"has {counted(len(given), 'number')}, expected {outputs}")
    if training and samples < 2 and layer.norm is not None and layer.norm.entry.running:
        raise DocumentError.at(
            ("layers", index, "norm"),
            f"is {layer.norm.key}, which in training needs at least 2 samples; x has {samples}",
        )


def _check_dropout(index: int, layer: Layer, samples: int) -> None:
    place, outputs = ("layers", index, "mask"), len(layer.weight)
    if not layer.dropout:
        if layer.mask is not None:
            raise DocumentError.at(place, "is a list, expected null: the layer has no dropout")
        return
    if layer.mask is None:
        rows = f"{counted(samples, 'row')} of {counted(outputs, 'number')}"
        raise DocumentError.at(place, f"is missing, expected {rows}: 1 where dropout keeps a unit, 0 where it drops it")
    if len(layer.mask) != samples:
        raise DocumentError.at(place, f"has {counted(len(layer.mask), 'row')}, expected {samples} like x")
    _check_rows(place, layer.mask, outputs)
    if layer.dropout == 1.0:
        for index_of_row, row in enumerate(layer.mask):
            if any(row):
                raise DocumentError.at((*place, index_of_row, row.index(1.0)), "is 1, expected 0: dropout 1 keeps none")


def _check_slopes(index: int, layer: Layer, samples: int) -> None:
    entry, outputs = layer.activation.entry, len(layer.weight)
    if layer.alpha is not None:
        place, expected = ("layers", index, "alpha"), entry.alphas(outputs)
        if not expected:
            raise DocumentError.at(place, f"is a list, expected null: {entry.label} learns no slope")
        if len(layer.alpha) != expected:
            raise DocumentError.at(place, f"has {counted(len(layer.alpha), 'number')}, expected {expected}")
    if layer.slopes is not None:
        place = ("layers", index, "slopes")
        if entry.alpha != "draw":
            raise DocumentError.at(place, f"is a list, expected null: {entry.label} draws no slopes")
        if len(layer.slopes) != samples:
            raise DocumentError.at(place, f"has {counted(len(layer.slopes), 'row')}, expected {samples} like x")
        _check_rows(place, layer.slopes, outputs)


def _check_skip(index: int, layers: Sequence[Layer]) -> None:
    place, layer = ("layers", index, "skip"), layers[index]
    if layer.skip > index + 1:
        raise DocumentError.at(place, f"is {echo(layer.skip)}, expected 0 to {index + 1}")
    width, outputs = len(layers[index + 1 - layer.skip].weight[0]), len(layer.weight)
    if width != outputs:
        source = "inputs of the network" if layer.skip == index + 1 else f"units of layer {index + 1 - layer.skip}"
        raise DocumentError.at(
            place, f"is {layer.skip}: it adds the {width} {source} to {counted(outputs, 'unit')}, expected as many"
        )


def _check_loss(last: Layer, index: int, choice: RegistryChoice[Loss], samples: int) -> None:
    loss = choice.entry
    if loss.needs_activation:
        # such a loss reads what its activation gives, and nothing else
        for name in ("dropout", "skip"):
            if getattr(last, name):
                raise DocumentError.at(
                    ("layers", index, name), f"is {echo(getattr(last, name))}, expected 0 in the last layer", loss.key
                )
    outputs = len(last.weight)
    if loss.outputs not in (None, outputs):
        raise DocumentError.at(
            ("loss", "weight"),
            f"has {counted(len(loss.weight), 'class weight')}, expected {outputs} like the last layer's units",
        )
    given = dict(loss.settings)
    for name, count, like in (
        ("term_weight", outputs, "the last layer's units"),
        ("pos_weight", outputs, "the last layer's units"),
        ("sample_weight", samples, "the samples of x"),
    ):
        if given.get(name) and len(given[name]) != count:
            raise DocumentError.at(
                ("loss", name), f"has {counted(len(given[name]), 'number')}, expected {count} like {like}"
            )
