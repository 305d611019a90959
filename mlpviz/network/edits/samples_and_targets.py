"""Edits of the batch (targets and pins follow), and targets in the form that a loss or a sample asks for."""

from __future__ import annotations

from typing import Any, Literal

from mlpviz.engine.losses import Loss, TargetKind
from mlpviz.network import Document, DocumentError, DocumentPin, Matrix, Row, Target
from mlpviz.network.edits.refit import loss_of_samples, with_samples
from mlpviz.network.edits.result import EditResult, index_of, kept_pins, notice, resized, resized_row
from mlpviz.schema.fields import Count


def add_sample(document: Document) -> EditResult:
    """One more sample at the end: x zeros, target zeros or the first class."""
    x = (*document.x, (0.0,) * document.widths[0])
    target = None if document.target is None else (*document.target, blank_row(document))
    layers = with_samples(document, lambda rows, blank: (*rows, (blank,) * len(rows[0])))
    loss = loss_of_samples(document, lambda weights: (*weights, 1.0))
    return EditResult(document.replace(x=x, target=target, layers=layers, loss=loss))


def duplicate_sample(document: Document, sample: Count) -> EditResult:
    """The same sample once more, right after it, with its target and its pins."""
    index = index_of("sample", sample, document.samples)
    cut = slice(index, index + 1)
    x = document.x[: index + 1] + document.x[cut] + document.x[index + 1 :]
    target: Any = document.target
    if target is not None:
        target = target[: index + 1] + target[cut] + target[index + 1 :]
    pins = tuple(_moved(pin, pin.sample + (pin.sample > sample)) for pin in document.pins)
    copies = tuple(_moved(pin, sample + 1) for pin in document.pins if pin.sample == sample)
    layers = with_samples(document, lambda rows, _: rows[: index + 1] + rows[cut] + rows[index + 1 :])
    loss = loss_of_samples(document, lambda weights: weights[: index + 1] + weights[cut] + weights[index + 1 :])
    return EditResult(document.replace(x=x, target=target, pins=pins + copies, layers=layers, loss=loss))


def remove_sample(document: Document, sample: Count) -> EditResult:
    """One sample less, with its target and its pins. Raises DocumentError for the last one."""
    index = index_of("sample", sample, document.samples)
    if document.samples == 1:
        raise DocumentError("the only sample cannot be removed")
    target: Any = document.target
    if target is not None:
        target = target[:index] + target[index + 1 :]
    pins = tuple(_moved(pin, pin.sample - (pin.sample > sample)) for pin in document.pins if pin.sample != sample)
    x = document.x[:index] + document.x[index + 1 :]
    layers = with_samples(document, lambda rows, _: rows[:index] + rows[index + 1 :])
    loss = loss_of_samples(document, lambda weights: weights[:index] + weights[index + 1 :])
    edited = document.replace(x=x, target=target, pins=pins, layers=layers, loss=loss)
    return EditResult(edited, kept_pins(document, pins))


def with_other_samples(document: Document, x: Matrix) -> Document:
    """The document with these rows as its samples; targets and what else belongs to samples stay, are cut or filled."""
    count = len(x)
    target: Any = document.target
    if target is not None:
        target = target[:count] + (blank_row(document),) * (count - len(target))
    return document.replace(
        x=x,
        target=target,
        pins=tuple(pin for pin in document.pins if pin.sample <= count),
        layers=with_samples(document, lambda rows, blank: resized(rows, count, len(rows[0]), blank)),
        loss=loss_of_samples(document, lambda weights: resized_row(weights, count, 1.0)),
        walk=(),
    )


TargetForm = Literal["numbers", "rows"]
"""How targets of classes are written: the number of the class, or a row with a number for each class."""


def set_target_form(document: Document, form: TargetForm) -> EditResult:
    """The targets of classes as class numbers or as rows. Rows become the place of their largest number.

    Raises DocumentError where the loss reads no classes, or no rows, or where there is one output only.
    """
    outputs = document.widths[-1]
    if document.spec.loss.target != "classes" or outputs < 2 or document.target is None:
        raise DocumentError(f"the loss {document.spec.loss.label} reads no classes of this network")
    if form == "rows" and not document.spec.loss.takes_rows:
        raise DocumentError(f"the loss {document.spec.loss.label} takes one class number per sample, no rows")
    if form == "rows":
        rows = tuple(row if isinstance(row, tuple) else one_hot_row(row, outputs) for row in document.target)
        said = None if rows == document.target else "The targets are now rows with a 1 at the class."
        return EditResult(document.replace(target=rows), said)
    numbers: list[int] = []
    doubtful: list[int] = []
    given: tuple[Row | int, ...] = document.target
    for sample, row in enumerate(given, start=1):
        numbers.append(row.index(max(row)) if isinstance(row, tuple) else row)
        if isinstance(row, tuple) and row != one_hot_row(numbers[-1], outputs):
            doubtful.append(sample)
    if tuple(numbers) == document.target:
        return EditResult(document)
    lost = None
    if doubtful:
        named = f"Sample {doubtful[0]} was" if len(doubtful) == 1 else f"{len(doubtful)} samples were"
        lost = f"{named} no single class: only the place of the largest number is kept."
    said = notice("The targets are now class numbers, from 0.", lost)
    return EditResult(document.replace(target=tuple(numbers)), said)


def _moved(pin: DocumentPin, sample: int) -> DocumentPin:
    return pin.model_copy(update={"sample": sample})


def one_hot_row(number: int, outputs: int) -> Row:
    """O numbers: 1 at the class number (from 0), else 0."""
    return tuple(float(unit == number) for unit in range(outputs))


def blank_row(document: Document) -> Row | int:
    """A valid target for one more sample, in the form of the others: zeros, signs -1, or the first class."""
    outputs = document.widths[-1]
    if document.target and isinstance(document.target[0], int):
        return 0
    kind = document.spec.loss.target
    return one_hot_row(0, outputs) if kind == "classes" else (blank_number(kind),) * outputs


def blank_number(kind: TargetKind) -> float:
    """The target of a new output or sample: 0, or the sign -1."""
    return -1.0 if kind == "signs" else 0.0


def converted(target: Target, loss: Loss, samples: int, outputs: int) -> Target:
    """The target in a form that this loss accepts, as near to the old one as can be.

    Class numbers become one-hot rows; rows become class numbers by their largest entry unless they are
    distributions already, which the loss takes; numbers are cut to 0..1 where probabilities are wanted. Where signs
    are wanted 0 and 1 become -1 and 1, and other numbers are cut to -1..1. No target becomes zeros, or -1 as the sign.
    """
    kind = loss.target
    if kind == "none":
        return None
    if kind == "classes":
        return _as_classes(target, samples, loss.takes_rows)
    if target is None:
        return ((blank_number(kind),) * outputs,) * samples
    rows = tuple(row if isinstance(row, tuple) else one_hot_row(row, outputs) for row in target)
    if kind == "signs":
        return _as_signs(rows)
    if kind == "probabilities":
        return tuple(tuple(min(max(value, 0.0), 1.0) for value in row) for row in rows)
    return rows


def _as_signs(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    if all(0.0 <= value <= 1.0 for row in rows for value in row):
        return tuple(tuple(2.0 * value - 1.0 for value in row) for row in rows)
    return tuple(tuple(min(max(value, -1.0), 1.0) for value in row) for row in rows)


def _as_classes(target: Target, samples: int, takes_rows: bool) -> Target:
    if target is None:
        return (0,) * samples
    rows = [row for row in target if isinstance(row, tuple)]
    are_shares = all(min(row) >= 0.0 and abs(sum(row) - 1.0) < 1e-9 for row in rows)
    if len(rows) < len(target) or (takes_rows and are_shares):
        return target
    return tuple(row.index(max(row)) for row in rows)
