"""Edits of numbers: one cell, a whole matrix, a pasted matrix, an activation pinned to a value."""

from __future__ import annotations

from typing import Annotated, Any, Literal, NamedTuple, get_args

from pydantic import Field

from mlpviz.network import Document, DocumentError, DocumentPin, Matrix, Row
from mlpviz.network.edits.refit import loss_of_samples, with_samples
from mlpviz.network.edits.result import (
    EditResult,
    index_of,
    kept_pins,
    notice,
    replaced_at,
    resized,
    resized_row,
    with_layer,
)
from mlpviz.network.edits.samples_and_targets import blank_row
from mlpviz.network.edits.screen_names import UNIT_TENSOR_NAMES
from mlpviz.schema.errors import counted, no_class
from mlpviz.schema.fields import Count, Flag, Number
from mlpviz.schema.limits import DOCUMENT_LIMITS, MAGNITUDE
from mlpviz.schema.matrix_text import parse_matrix
from mlpviz.schema.offer import Offer

PerUnit = Literal["bias", "gamma", "beta", "alpha", "running_mean", "running_var"]
"""Tensors with one number per unit of a layer; α may also be one for all of them."""

PerSample = Literal["slopes"]
"""Tensors of a layer with one row per sample."""

Tensor = Literal["weight", PerUnit, PerSample, "x", "target"]
PastedText = Annotated[str, Field(strict=True, max_length=DOCUMENT_LIMITS.pasted)]


def set_number(
    document: Document, tensor: Tensor, layer: Count | None, row: Count, column: Count | None, value: Number
) -> EditResult:
    """One number: weight[row][column], bias[row], x[row][column], target[row][column] or the class number target[row].

    All count from 1; `layer` is not read for x and target, `column` not for what has one number per unit and for class
    numbers.
    """
    if tensor == "weight":
        index = _layer_index(document, tensor, layer)
        weight = _with_cell(document.layers[index].weight, "weight", row, column, value)
        return EditResult(_with_number(document, value, index, weight=weight))
    if tensor in get_args(PerUnit):
        index = _layer_index(document, tensor, layer)
        numbers = _per_unit(document, index, tensor)
        unit = index_of(f"unit of {UNIT_TENSOR_NAMES[tensor]}", row, len(numbers))
        return EditResult(_with_number(document, value, index, **{tensor: replaced_at(numbers, unit, value)}))
    if tensor == "slopes":
        index = _layer_index(document, tensor, layer)
        return EditResult(
            with_layer(document, index, slopes=_with_cell(_slopes(document, index), tensor, row, column, value))
        )
    if tensor == "x":
        return EditResult(_with_number(document, value, x=_with_cell(document.x, "x", row, column, value)))
    if document.target is None:
        raise _no_target(document)
    sample = index_of("sample", row, document.samples)
    old = document.target[sample]
    if isinstance(old, tuple):
        new = replaced_at(old, _column("target", column, len(old)), value)
        neither = document.spec.loss.target == "signs" and value == 0.0
        said = "A target of 0 is neither side: this output gets no gradient. Targets are −1 or 1." if neither else None
        return EditResult(document.replace(target=replaced_at(document.target, sample, new)), said)
    # a class number arrives as a float like any other number
    outputs = document.widths[-1]
    if not (float(value).is_integer() and 0 <= value < outputs):
        raise DocumentError.at(("target", sample), no_class(value, outputs))
    return EditResult(document.replace(target=replaced_at(document.target, sample, int(value))))


def _with_number(document: Document, value: Any, layer: int | None = None, **numbers: Any) -> Document:
    """The document with one new number in a tensor; raises DocumentError for one that does not fit there."""
    if type(value) is float and abs(value) <= MAGNITUDE and "running_var" not in numbers:
        return document.with_numbers(layer, **numbers)
    return document.replace(**numbers) if layer is None else with_layer(document, layer, **numbers)


class CellValue(NamedTuple):
    """One number of the document and its new value; the fields are the arguments of `set_number`."""

    tensor: Tensor
    layer: Count | None
    row: Count
    column: Count | None
    value: Number


def set_numbers(
    document: Document, numbers: Annotated[tuple[CellValue, ...], Field(min_length=1, max_length=2)]
) -> EditResult:
    """One or two numbers in one step, as a drag over two numbers at once sets them."""
    for entry in numbers:
        document = set_number(document, *entry).document
    return EditResult(document)


def set_matrix(document: Document, tensor: Tensor, layer: Count | None, rows: Matrix) -> EditResult:
    """A whole matrix, in the document's orientation; a bias may come as a row or as a column.

    x may have more or fewer samples than before: targets are added or dropped with them. Raises DocumentError, which
    says so where the matrix would fit transposed.
    """
    try:
        return _with_matrix(document, tensor, layer, rows)
    except DocumentError as error:
        if error.path or not _fits_transposed(document, tensor, layer, rows):
            raise
        raise DocumentError(f"{error}; transposed it would fit") from None


def _fits_transposed(document: Document, tensor: Tensor, layer: int | None, rows: Matrix) -> bool:
    try:
        _with_matrix(document, tensor, layer, _transposed(rows))
    except (DocumentError, ValueError):
        return False
    return True


def _with_matrix(document: Document, tensor: Tensor, layer: int | None, rows: Matrix) -> EditResult:
    height, width = _shape(rows)
    if tensor == "weight":
        index = _layer_index(document, tensor, layer)
        old = document.layers[index].weight
        needed = (len(old), len(old[0]))
        if (height, width) != needed:
            raise DocumentError(f"the matrix is {height} x {width}, W of layer {layer} needs {needed[0]} x {needed[1]}")
        return EditResult(with_layer(document, index, weight=rows))
    if tensor in get_args(PerUnit):
        index = _layer_index(document, tensor, layer)
        if tensor != "bias":
            _per_unit(document, index, tensor)
        units = len(document.layers[index].weight)
        if tensor == "alpha":
            units = len(_per_unit(document, index, tensor))
        numbers = tuple(rows[0]) if height == 1 else tuple(row[0] for row in rows if len(row) == 1)
        if len(numbers) != units or (height > 1 and width != 1):
            raise DocumentError(
                f"the matrix is {height} x {width}, {UNIT_TENSOR_NAMES[tensor]} of layer {layer} needs "
                f"{units} x 1 or 1 x {units}"
            )
        return EditResult(with_layer(document, index, **{tensor: numbers}))
    if tensor == "slopes":
        index = _layer_index(document, tensor, layer)
        old = _slopes(document, index)
        if (height, width) != (needed := (len(old), len(old[0]))):
            raise DocumentError(
                f"the matrix has {counted(width, 'unit')} for {counted(height, 'sample')}, the slopes of layer {layer} "
                f"need {counted(needed[1], 'unit')} for {counted(needed[0], 'sample')}"
            )
        return EditResult(with_layer(document, index, slopes=rows))
    if tensor == "x":
        return _set_x(document, rows, height, width)
    if document.target is None:
        raise _no_target(document)
    return _set_target(document, rows, height, width)


_READ_AS = {
    ("weight", False): "Read with a row for each unit and a column for each input, as in PyTorch.",
    ("weight", True): "Read with a row for each input and a column for each unit, as in Keras.",
    ("x", False): "Read with a row for each sample, as in NumPy.",
    ("x", True): "Read with a column for each sample, as on the sheet.",
    ("target", False): "Read with a row for each sample, as in NumPy.",
    ("target", True): "Read with a column for each sample, as on the sheet.",
}
"""How a matrix was read that could be read in both ways, by the tensor and whether it was transposed."""


def paste(
    document: Document, tensor: Tensor, layer: Count | None, text: PastedText, transposed: Flag = False
) -> EditResult:
    """A matrix as text from a spreadsheet or from NumPy; `transposed` if it comes with samples as columns.

    Where only the other way fits, the error offers it; where both do, the result says which was taken and offers the
    other one.
    """
    read = tuple(tuple(row) for row in parse_matrix(text))
    rows = _transposed(read) if transposed else read
    other = {"type": "paste", "tensor": tensor, "layer": layer, "text": text, "transposed": not transposed}
    fits = rows != _transposed(rows) and _fits_transposed(document, tensor, layer, rows)
    try:
        edited = _with_matrix(document, tensor, layer, rows)
    except DocumentError as error:
        if error.path or not fits:
            raise
        offering = DocumentError(f"{error}; transposed it would fit")
        offering.offer = Offer("Transpose it", other)
        raise offering from None
    if not fits or (tensor, transposed) not in _READ_AS:
        return edited
    said = notice(_READ_AS[tensor, transposed], edited.notice)
    return edited._replace(notice=said, offer=Offer("Transpose", other))


def _transposed(rows: Matrix) -> Matrix:
    return tuple(zip(*rows, strict=True))


def pin(document: Document, layer: Count, sample: Count, unit: Count, value: Number) -> EditResult:
    """Hold one activation at a value; an existing pin gets the new value."""
    held = {"layer": layer, "sample": sample, "unit": unit, "value": value}
    at = (layer, sample, unit)
    pins = tuple(held if _at(old) == at else old for old in document.pins)
    return EditResult(document.replace(pins=pins if held in pins else (*pins, held)))


def unpin(document: Document, layer: Count, sample: Count, unit: Count) -> EditResult:
    """Compute one activation again. Raises DocumentError if it is not pinned."""
    pins = tuple(old for old in document.pins if _at(old) != (layer, sample, unit))
    if len(pins) == len(document.pins):
        raise DocumentError(f"layer {layer}, sample {sample}, unit {unit} is not pinned")
    return EditResult(document.replace(pins=pins))


def _per_unit(document: Document, index: int, tensor: str) -> Row:
    """The numbers of a tensor with one per unit. Raises DocumentError if the layer (from 0) has none."""
    layer = document.layers[index]
    if tensor == "bias":
        if layer.bias is None:
            raise DocumentError(f"layer {index + 1} has no bias; turn it on first")
        return layer.bias
    if tensor == "alpha":
        if not layer.activation.entry.learns:
            raise DocumentError(
                f"layer {index + 1} has no learned slope: its activation is {layer.activation.entry.label}"
            )
        return layer.numbers_of(tensor)
    if tensor not in layer.norm_tensors:
        owner = "batch norm" if tensor.startswith("running") else "norm with γ and β"
        raise DocumentError(f"layer {index + 1} has no {owner}; turn it on first")
    return layer.numbers_of(tensor)


def _slopes(document: Document, index: int) -> Matrix:
    """The drawn slopes (N, O). Raises DocumentError if the activation of the layer (from 0) draws none."""
    layer = document.layers[index]
    if layer.activation.entry.alpha != "draw":
        raise DocumentError(f"layer {index + 1} draws no slopes: its activation is {layer.activation.entry.label}")
    return layer.slopes_of(document.samples)


def _no_target(document: Document) -> DocumentError:
    return DocumentError(f"the loss {document.spec.loss.label} has no target")


def _set_target(document: Document, rows: Matrix, height: int, width: int) -> EditResult:
    samples, outputs = document.samples, document.widths[-1]
    whole = all(float(row[0]).is_integer() for row in rows)
    if document.spec.loss.target == "classes" and width == 1 and outputs > 1 and whole:
        if height != samples:
            raise DocumentError(
                f"the matrix has {counted(height, 'class')}, the target needs one for each of {samples} samples"
            )
        for sample, (number,) in enumerate(rows):
            if not 0 <= number < outputs:
                raise DocumentError.at(("target", sample), no_class(number, outputs))
        return EditResult(document.replace(target=tuple(int(number) for (number,) in rows)))
    if (height, width) != (samples, outputs):
        raise DocumentError(
            f"the matrix has {counted(width, 'output')} for {counted(height, 'sample')}, "
            f"the target needs {counted(outputs, 'output')} for {counted(samples, 'sample')}"
        )
    return EditResult(document.replace(target=rows))


def _set_x(document: Document, rows: Matrix, height: int, width: int) -> EditResult:
    inputs, samples = document.widths[0], document.samples
    if width != inputs:
        raise DocumentError(
            f"the matrix has {counted(width, 'input')} for {counted(height, 'sample')}, "
            f"x needs {counted(inputs, 'input')}"
        )
    if height > DOCUMENT_LIMITS.samples:
        raise DocumentError(f"x would have {height} samples, at most {DOCUMENT_LIMITS.samples} are allowed")
    target: Any = document.target
    if target is not None:
        target = target[:height] + (blank_row(document),) * (height - samples)
    pins = tuple(pin for pin in document.pins if pin.sample <= height)
    layers = with_samples(document, lambda rows, blank: resized(rows, height, len(rows[0]), blank))
    changed = None
    if height != samples:
        changed = f"There {'is' if height == 1 else 'are'} now {counted(height, 'sample')} instead of {samples}."
    loss = loss_of_samples(document, lambda weights: resized_row(weights, height, 1.0))
    edited = document.replace(x=rows, target=target, pins=pins, layers=layers, loss=loss)
    return EditResult(edited, notice(changed, kept_pins(document, pins)))


def _layer_index(document: Document, tensor: str, layer: int | None) -> int:
    if layer is None:
        raise DocumentError(f"layer is missing, a {tensor} belongs to one")
    return index_of("layer", layer, len(document.layers))


_AXES = {"weight": ("row of W", "column of W"), "x": ("sample", "input"), "target": ("sample", "output")} | {
    "slopes": ("sample", "unit")
}
"""What the rows and the columns of the document are called on screen."""


def _column(tensor: str, column: int | None, width: int) -> int:
    name = _AXES[tensor][1]
    if column is None:
        raise DocumentError(f"{name} is missing, expected 1 to {width}")
    return index_of(name, column, width)


def _with_cell(rows: Matrix, tensor: str, row: int, column: int | None, value: float) -> Matrix:
    index = index_of(_AXES[tensor][0], row, len(rows))
    old = rows[index]
    return replaced_at(rows, index, replaced_at(old, _column(tensor, column, len(old)), value))


def _shape(rows: Matrix) -> tuple[int, int]:
    if not rows or not rows[0]:
        raise DocumentError("the matrix is empty")
    width = len(rows[0])
    for number, row in enumerate(rows, start=1):
        if len(row) != width:
            raise DocumentError(f"row {number} of the matrix has {counted(len(row), 'number')}, row 1 has {width}")
    return len(rows), width


def _at(held: DocumentPin) -> tuple[int, int, int]:
    return held.layer, held.sample, held.unit
