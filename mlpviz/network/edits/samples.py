"""Edits of the batch: add, duplicate, remove a sample; targets and pins follow."""

from __future__ import annotations

from typing import Any

from mlpviz.network import Document, DocumentError, DocumentPin
from mlpviz.network.edits.refit import KEPT, of_samples
from mlpviz.network.edits.result import EditResult, index_of, kept_pins
from mlpviz.network.edits.targets import blank_row
from mlpviz.schema.fields import Count


def add_sample(document: Document) -> EditResult:
    """One more sample at the end: x zeros, target zeros or the first class."""
    x = (*document.x, (0.0,) * document.widths[0])
    target = None if document.target is None else (*document.target, blank_row(document))
    layers = of_samples(document, lambda mask: (*mask, (KEPT,) * len(mask[0])))
    return EditResult(document.replace(x=x, target=target, layers=layers))


def duplicate_sample(document: Document, sample: Count) -> EditResult:
    """The same sample once more, right behind it, with its target and its pins."""
    index = index_of("sample", sample, document.samples)
    cut = slice(index, index + 1)
    x = document.x[: index + 1] + document.x[cut] + document.x[index + 1 :]
    target: Any = document.target
    if target is not None:
        target = target[: index + 1] + target[cut] + target[index + 1 :]
    pins = tuple(_moved(pin, pin.sample + (pin.sample > sample)) for pin in document.pins)
    copies = tuple(_moved(pin, sample + 1) for pin in document.pins if pin.sample == sample)
    layers = of_samples(document, lambda mask: mask[: index + 1] + mask[cut] + mask[index + 1 :])
    return EditResult(document.replace(x=x, target=target, pins=pins + copies, layers=layers))


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
    layers = of_samples(document, lambda mask: mask[:index] + mask[index + 1 :])
    return EditResult(document.replace(x=x, target=target, pins=pins, layers=layers), kept_pins(document, pins))


def _moved(pin: DocumentPin, sample: int) -> DocumentPin:
    return pin.model_copy(update={"sample": sample})
