"""The command line: `python -m mlpviz trace FILE` and `python -m mlpviz check FILE`; `-` reads standard input.

Exit code 0 when all is well, 1 when a check disagrees or a number is not finite, 2 for bad input. What went wrong is
one line on standard error.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

import numpy as np

from mlpviz.content.overflow import overflow_sentence
from mlpviz.document import LIMITS, Document, DocumentError
from mlpviz.engine import LayerTrace, Trace

_TENSORS = ("z", "a", "grad_a", "grad_z", "grad_weight", "grad_bias")
_GIVEN = ("weight", "bias", "gamma", "beta")
"""What the reader has in the document already."""

_AROUND = tuple(name for name in LayerTrace._fields if name not in (*_TENSORS, *_GIVEN))
"""What only layers with a norm, dropout or a skip have."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a terminal without ∂ must not end in a stack trace
    try:
        options = _parser().parse_args(arguments)
        document = Document.parse(_read(options.file))
        code = _trace(document.trace()) if options.command == "trace" else _check(document)
        sys.stdout.flush()
    except DocumentError as error:
        print(f"mlpviz: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        # the reader (`| head`) has seen enough; without this Python complains once more at its end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        # one line like any other bad input, instead of the whole usage
        self.exit(2, f"mlpviz: {message}; see python -m mlpviz --help\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m mlpviz", description="Every number of a small network, without the browser.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="trace|check")
    for name, purpose in (
        ("trace", "print every number of the forward and the backward pass as JSON"),
        ("check", "compare NumPy, PyTorch and finite differences tensor by tensor"),
    ):
        command = commands.add_parser(name, help=purpose, description=purpose)
        command.add_argument("file", metavar="FILE", help="a document (.json), or - for standard input")
    return parser


def _read(name: str) -> bytes:
    """The bytes of the file, never more than a document may have. Raises DocumentError."""
    try:
        if name == "-":
            return sys.stdin.buffer.read(LIMITS.text + 1)
        with Path(name).open("rb") as file:
            return file.read(LIMITS.text + 1)
    except OSError as error:
        shown = "".join(character if character.isprintable() else "?" for character in name)
        raise DocumentError(f"{shown}: {(error.strerror or 'cannot be read').lower()}") from None
    except ValueError:
        raise DocumentError("the file name cannot be read: it has a null character") from None


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
    print(f"mlpviz: {sentence} Such numbers are null above.", file=sys.stderr)
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
    from mlpviz.check import check  # PyTorch takes over a second to import; trace does without

    trace = document.trace()
    report = check(trace, document.next_step)
    header = ("tensor", "shape", "PyTorch abs", "rel", "differences abs", "rel", "", "note")
    lines = [header]
    for row in report.rows:
        shape = "x".join(map(str, row.shape)) or "1"
        lines.append(
            (row.name, shape, *_pair(row.torch), *_pair(row.differences), "ok" if row.ok else "WRONG", row.note)
        )
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
    print(f"mlpviz: {(report.ok and overflow_sentence(trace)) or report.summary}", file=sys.stderr)
    return 1


def _pair(comparison: Any) -> tuple[str, str]:
    if comparison is None:
        return "-", "-"
    # nothing is relative to an array of zeros
    relative = "-" if comparison.relative is None else f"{comparison.relative:.1e}"
    return f"{comparison.absolute:.1e}", relative


if __name__ == "__main__":
    sys.exit(main())
