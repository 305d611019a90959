"""Every number of both passes as a table: one line per number, for spreadsheets, pandas and R."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import numpy as np

from mlpviz.engine.parameters import Array
from mlpviz.engine.tensor_names import tensors, updated_tensors
from mlpviz.exchange.format import Format, Saving
from mlpviz.exchange.network_json import stem
from mlpviz.exchange.subjects import NETWORK
from mlpviz.network import Document


def write(document: Document) -> bytes:
    """The table; the texts in it are ours, so that none begins as a formula."""
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\n")
    lines.writerow(["layer", "tensor", "row", "column", "value"])
    for layer, name, array in _tensors(document):
        table = np.atleast_2d(np.asarray(array, dtype=float))
        for (row, column), value in np.ndenumerate(table):
            lines.writerow([layer, name, row + 1, column + 1, repr(float(value))])
    return out.getvalue().encode()


def _tensors(document: Document) -> Iterator[tuple[int | str, str, Array]]:
    """Layer (empty where it is the whole network's), name and array; a vector is one row."""
    trace, spec = document.trace(), document.spec
    yield "", "x", trace.x
    if trace.target is not None:
        yield "", "target", trace.target
    for index, (slot, views) in enumerate(zip(spec.slots, spec.views(document.params), strict=True), start=1):
        for name in slot.names:
            yield index, name, getattr(views, name)
    for tensor in tensors(spec, document.training):
        yield "" if tensor.layer is None else tensor.layer + 1, tensor.field, tensor.of(trace)
    for tensor, array in updated_tensors(spec, document.next_step.new_params).items():
        yield "" if tensor.layer is None else tensor.layer + 1, tensor.field, array


FORMAT = Format(
    "tensors_csv",
    label="all numbers as CSV",
    sentence="Every number of parameters, both passes and the update with all of its digits: layer, tensor, row, "
    "column, value. Samples and units are rows as in PyTorch. It cannot be opened as a network.",
    suffix=".csv",
    media_type="text/csv",
    saving=Saving(NETWORK, write, stem),
    group="spreadsheet",
)
