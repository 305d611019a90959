"""Edits of pins: activations held at a value."""

from __future__ import annotations

from mlpviz.network import Document, DocumentError, DocumentPin
from mlpviz.network.edits.result import EditResult
from mlpviz.schema.fields import Count, Number


def pin(document: Document, layer: Count, sample: Count, unit: Count, value: Number) -> EditResult:
    """Hold one activation at a value; a pin that is there already gets the new value."""
    held = {"layer": layer, "sample": sample, "unit": unit, "value": value}
    at = (layer, sample, unit)
    pins = tuple(held if _at(old) == at else old for old in document.pins)
    return EditResult(document.replace(pins=pins if held in pins else (*pins, held)))


def unpin(document: Document, layer: Count, sample: Count, unit: Count) -> EditResult:
    """Let one activation go. Raises DocumentError if it is not pinned."""
    pins = tuple(old for old in document.pins if _at(old) != (layer, sample, unit))
    if len(pins) == len(document.pins):
        raise DocumentError(f"layer {layer}, sample {sample}, unit {unit} is not pinned")
    return EditResult(document.replace(pins=pins))


def _at(held: DocumentPin) -> tuple[int, int, int]:
    return held.layer, held.sample, held.unit
