"""`trace FILE` prints the numbers of one pass of a network, `check FILE` compares them with PyTorch and differences."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

import numpy as np

from mlpviz.api.disk import open_network
from mlpviz.api.network import Network
from mlpviz.cli.commands import Commands
from mlpviz.engine import LayerTrace, Trace
from mlpviz.engine.parameters import LayerViews
from mlpviz.explain.problems.scale import overflow_sentence
from mlpviz.network import Document

_TENSORS = ("z", "a", "grad_a", "grad_z", "grad_weight", "grad_bias")
_PARAMETERS = LayerViews._fields
"""not printed: the document has them"""

_EXTRAS = tuple(name for name in LayerTrace._fields if name not in (*_TENSORS, *_PARAMETERS))
"""what only layers with a norm, dropout or a skip have"""


def add(commands: Commands) -> None:
    """Add the commands to the parser."""
    for name, run, purpose in (
        ("trace", trace, "print every number of the forward and the backward pass as JSON"),
        ("check", check, "compare NumPy, PyTorch and finite differences tensor by tensor"),
    ):
        command = commands.add_parser(name, help=purpose, description=purpose)
        command.add_argument(
            "file", metavar="FILE", help="a document (.json), a network of another tool, or - for standard input"
        )
        command.set_defaults(run=run)


def trace(options: argparse.Namespace) -> int:
    """Print the pass of a document as JSON; the exit code is 1 if a number is not finite."""
    return _trace(open_network(options.file).trace())


def check(options: argparse.Namespace) -> int:
    """Print one row per tensor: how far NumPy is from PyTorch and from differences; exit code 1 if it is too far."""
    return _check(open_network(options.file))


def _trace(trace: Trace) -> int:
    found: dict[str, Any] = {
        "loss": _listed(trace.loss),
        "output": _listed(trace.output),
        "grad_x": _listed(trace.grad_x),
        "layers": [_layer(layer) for layer in trace.layers],
    }
    if trace.probabilities is not None:
        found["probabilities"] = _listed(trace.probabilities)
    print(json.dumps(found, allow_nan=False))
    sentence = overflow_sentence(trace)
    if sentence is None:
        return 0
    print(f"mlpviz: {sentence!s} Such numbers are null above.", file=sys.stderr)
    return 1


def _layer(layer: LayerTrace) -> dict[str, Any]:
    tensors = {name: getattr(layer, name) for name in _TENSORS}
    extras = {name: tensor for name in _EXTRAS if (tensor := getattr(layer, name)) is not None}
    return {name: _listed(tensor) for name, tensor in (tensors | extras).items()}


def _listed(array: Any) -> Any:
    """The array as nested lists; None for no array, and for infinity and NaN, which JSON does not have."""
    if array is None:
        return None
    array = np.asarray(array)
    finite = np.isfinite(array)
    if not finite.all():
        array = array.astype(object)
        array[~finite] = None
    return array.tolist()


def _check(document: Document) -> int:
    found = Network(document).check()
    print(repr(found))
    if found.ok and found.report.not_finite is None:
        return 0
    print(f"mlpviz: {(found.ok and overflow_sentence(document.trace())) or found.summary!s}", file=sys.stderr)
    return 1
