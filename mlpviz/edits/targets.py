"""How targets change their form: for another loss, another output width, another sample."""

from __future__ import annotations

from mlpviz.document import Document, Row, Target
from mlpviz.engine.losses import TargetKind


def one_hot_row(number: int, outputs: int) -> Row:
    """O numbers: 1 at the class number (from 0), else 0."""
    return tuple(float(unit == number) for unit in range(outputs))


def blank_row(document: Document) -> Row | int:
    """A valid target for one more sample, in the form of the others: zeros, or the first class."""
    outputs = document.widths[-1]
    if document.target and isinstance(document.target[0], int):
        return 0
    return one_hot_row(0, outputs) if _is_distribution(document) else (0.0,) * outputs


def _is_distribution(document: Document) -> bool:
    return document.spec.loss.target == "classes"


def converted(target: Target, kind: TargetKind, samples: int, outputs: int) -> Target:
    """The target in a form that a loss of this kind accepts, as near to the old one as can be.

    Class numbers become one-hot rows; rows become class numbers by their largest entry unless they are
    distributions already; numbers are cut to 0..1 where probabilities are wanted; no target becomes zeros.
    """
    if kind == "none":
        return None
    if kind == "classes":
        return _as_classes(target, samples)
    if target is None:
        return ((0.0,) * outputs,) * samples
    rows = tuple(row if isinstance(row, tuple) else one_hot_row(row, outputs) for row in target)
    if kind == "probabilities":
        return tuple(tuple(min(max(value, 0.0), 1.0) for value in row) for row in rows)
    return rows


def _as_classes(target: Target, samples: int) -> Target:
    if target is None:
        return (0,) * samples
    rows = [row for row in target if isinstance(row, tuple)]
    if len(rows) < len(target) or all(min(row) >= 0.0 and abs(sum(row) - 1.0) < 1e-9 for row in rows):
        return target
    return tuple(row.index(max(row)) for row in rows)
