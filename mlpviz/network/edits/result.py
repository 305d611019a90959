"""The result of an edit, and what several edits need: indices, changed layers, resized rows, notices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from mlpviz.network import Document, DocumentError, DocumentPin, Matrix, Row
from mlpviz.network.trajectory import TrajectoryPoint
from mlpviz.schema.errors import echo
from mlpviz.schema.offer import Offer
from mlpviz.schema.registry_choice import RegistryChoice


class EditResult(NamedTuple):
    """The new document, and one sentence when the edit changed more than was asked for.

    `walked` are the points that optimizer steps started from, in order; the document is the end of the last step.
    `offer` is another edit that may have been meant.
    """

    document: Document
    notice: str | None = None
    walked: tuple[TrajectoryPoint, ...] = ()
    offer: Offer | None = None


def index_of(what: str, number: int, count: int) -> int:
    """A number from 1 to count as an index from 0. Raises DocumentError naming what was counted."""
    if not 1 <= number <= count:
        raise DocumentError(f"{what} is {echo(number)}, expected 1 to {count}")
    return number - 1


def layer_fields(document: Document, index: int, **changes: Any) -> dict[str, Any]:
    """The fields of a layer (counted from 0) with some changed, to be checked with the whole document."""
    return document.layers[index].fields() | changes


def with_layer(document: Document, index: int, **changes: Any) -> Document:
    """The document with some fields of one layer (counted from 0) changed. Raises DocumentError."""
    layers = document.layers
    return document.replace(
        layers=(*layers[:index], layer_fields(document, index, **changes), *layers[index + 1 :]),
    )


def with_hyperparameter(choice: RegistryChoice[Any], name: str, value: Any) -> dict[str, Any]:
    """The choice with one hyperparameter changed, still to be checked."""
    return {"key": choice.key, **dict(choice.hyperparameters), name: value}


def replaced_at(row: Sequence[Any], index: int, value: Any) -> tuple[Any, ...]:
    """The row with one entry (counted from 0) replaced."""
    return (*row[:index], value, *row[index + 1 :])


def resized_row(row: Row, width: int, blank: float = 0.0) -> Row:
    """The row cut, or filled with 0 or another number, to a width."""
    return row[:width] + (blank,) * (width - len(row))


def resized(rows: Matrix, height: int, width: int, blank: float = 0.0) -> Matrix:
    """The matrix cut, or filled with 0 or another number, to height x width."""
    kept = tuple(resized_row(row, width, blank) for row in rows[:height])
    return kept + ((blank,) * width,) * (height - len(kept))


def kept_pins(document: Document, pins: Sequence[DocumentPin]) -> str | None:
    """A sentence if the document had more pins than these."""
    lost = len(document.pins) - len(pins)
    return None if lost <= 0 else "One pin was removed." if lost == 1 else f"{lost} pins were removed."


def notice(*sentences: str | None) -> str | None:
    """The sentences that are there, as one text; None if there are none."""
    return " ".join(sentence for sentence in sentences if sentence) or None
