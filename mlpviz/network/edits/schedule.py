"""Edits of the schedule of the learning rate: which one, its hyperparameters, and the steps that it has counted."""

from __future__ import annotations

from typing import Any

from mlpviz.network import Document, DocumentError
from mlpviz.network.document_schedule import DocumentSchedule
from mlpviz.network.edits.result import EditResult
from mlpviz.schema.fields import Count, FromZero, HyperparameterName


def set_schedule(document: Document, key: DocumentSchedule | None) -> EditResult:
    """The schedule of the learning rate, whose η₀ is that of the document; None for a constant rate.

    Without a schedule no steps are counted. One that watches the loss has no place in a document.
    """
    if key is None:
        return EditResult(document.replace(schedule=None, schedule_step=0, schedule_every=1))
    return EditResult(document.replace(schedule=key))


def set_schedule_hyperparameter(document: Document, name: HyperparameterName, value: Any) -> EditResult:
    """One hyperparameter of the schedule, such as its milestones. Raises DocumentError without a schedule."""
    return EditResult(document.replace(schedule={**_chosen(document).with_lists(), name: value}))


def set_schedule_step(document: Document, value: FromZero) -> EditResult:
    """The steps that are done: the next update has the learning rate after them."""
    _chosen(document)
    return EditResult(document.replace(schedule_step=value))


def set_schedule_every(document: Document, value: Count) -> EditResult:
    """How many steps count as one, as the batches of an epoch do."""
    _chosen(document)
    return EditResult(document.replace(schedule_every=value))


def _chosen(document: Document) -> DocumentSchedule:
    if document.schedule is None:
        raise DocumentError("the learning rate has no schedule; choose one first")
    return document.schedule
