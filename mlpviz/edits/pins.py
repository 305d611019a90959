"""Edits of pins: activations held at a value."""

from __future__ import annotations

from mlpviz.document import Document, DocumentError, Pin
from mlpviz.document.fields import Count, Number
from mlpviz.edits.edited import Edited


def pin(document: Document, layer: Count, sample: Count, unit: Count, value: Number) -> Edited:
    """Hold one activation at a value; a pin that is there already gets the new value."""
    held = {"layer": layer, "sample": sample, "unit": unit, "value": value}
    at = (layer, sample, unit)
    pins = tuple(held if _at(old) == at else old for old in document.pins)
    return Edited(document.replace(pins=pins if held in pins else (*pins, held)))


def unpin(document: Document, layer: Count, sample: Count, unit: Count) -> Edited:
    """Let one activation go. Raises DocumentError if it is not pinned."""
    pins = tuple(old for old in document.pins if _at(old) != (layer, sample, unit))
    if len(pins) == len(document.pins):
        raise DocumentError(f"layer {layer}, sample {sample}, unit {unit} is not pinned")
    return Edited(document.replace(pins=pins))


def _at(held: Pin) -> tuple[int, int, int]:
    return held.layer, held.sample, held.unit
