"""One pass of a network: `trace FILE` prints its numbers, `check FILE` compares them with PyTorch and differences."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

import numpy as np

from mlpviz.cli.files import Commands, read_file
from mlpviz.engine import LayerTrace, Trace
from mlpviz.explain.problems.scale import overflow_sentence
from mlpviz.network import DOCUMENT_LIMITS, Document

_TENSORS = ("z", "a", "grad_a", "grad_z", "grad_weight", "grad_bias")
_GIVEN = ("weight", "bias", "gamma", "beta")
"""What the reader has in the document already."""

_AROUND = tuple(name for name in LayerTrace._fields if name not in (*_TENSORS, *_GIVEN))
"""What only layers with a norm, dropout or a skip have."""


def add(commands: Commands) -> None:
    """Add the commands to the parser."""
    for name, run, purpose in (
        ("trace", trace, "print every number of the forward and the backward pass as JSON"),
        ("check", check, "compare NumPy, PyTorch and finite differences tensor by tensor"),
    ):
        command = commands.add_parser(name, help=purpose, description=purpose)
        command.add_argument("file", metavar="FILE", help="a document (.json), or - for standard input")
        command.set_defaults(run=run)


def trace(options: argparse.Namespace) -> int:
    """Print the pass of a document."""
    return _trace(Document.parse(read_file(options.file, DOCUMENT_LIMITS.text)).trace())


def check(options: argparse.Namespace) -> int:
    """Print what NumPy, PyTorch and differences say about a document."""
    return _check(Document.parse(read_file(options.file, DOCUMENT_LIMITS.text)))


def _trace(trace: Trace) -> int:
    found: dict[str, Any] = {
        "loss": _plain(trace.loss),
        "output": _plain(trace.output),
        "grad_x": _plain(trace.grad_x),
        "layers": [_layer(layer) for layer in trace.layers],
    }
    if trace.probabilities is not None:
        found["probabilities"] = _plain(trace.probabilities)
    print(json.dumps(found, allow_nan=False))
    sentence = overflow_sentence(trace)
    if sentence is None:
        return 0
    print(f"mlpviz: {sentence!s} Such numbers are null above.", file=sys.stderr)
    return 1


def _layer(layer: LayerTrace) -> dict[str, Any]:
    around = {name: array for name in _AROUND if (array := getattr(layer, name)) is not None}
    return {name: _plain(array) for name, array in ({n: getattr(layer, n) for n in _TENSORS} | around).items()}


def _plain(array: Any) -> Any:
    """Lists of numbers; None for no array, and for infinity and NaN, which JSON does not have."""
    if array is None:
        return None
    array = np.asarray(array)
    finite = np.isfinite(array)
    if not finite.all():
        array = array.astype(object)
        array[~finite] = None
    return array.tolist()


def _check(document: Document) -> int:
    from mlpviz.verify.report import check, table_of  # PyTorch takes over a second to import; trace does without

    trace = document.trace()
    report = check(trace, document.next_step)
    header = ("tensor", "shape", "PyTorch abs", "rel", "differences abs", "rel", "", "note")
    rows = table_of(report.rows, times="x", missing="-")
    lines = [header, *((*row[:6], "ok" if row.ok else "WRONG", row.note) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(header) - 1)]
    for line in lines:
        cells = (
            cell.ljust(width) if column in (0, 1, 6) else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=False))
        )
        print("  ".join((*cells, line[-1])).rstrip())
    print(report.summary)
    if report.ok and report.not_finite is None:
        return 0
    print(f"mlpviz: {(report.ok and overflow_sentence(trace)) or report.summary!s}", file=sys.stderr)
    return 1
