"""R's nnet: its fields as JSON, or what `summary` prints, with the weights from a file beside it where there is one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from mlpviz.exchange.imports.archives import json_in
from mlpviz.exchange.imports.findings import Reading
from mlpviz.exchange.imports.foreign import ForeignFile, Import, NotThisFormatError
from mlpviz.exchange.imports.operations import Activate, Dense, Operation, numbers
from mlpviz.exchange.imports.past_layers import side_by_side
from mlpviz.network import DOCUMENT_LIMITS

_HEADING = re.compile(r"a (\d+)-(\d+)-(\d+) network with (\d+) weights?")
_NUMBER = re.compile(r"[-+]?\d+(?:\.\d*)?(?:[eE][-+]?\d+)?")


def recognises(file: ForeignFile) -> bool:
    """nnet's fields in JSON, or the heading of its summary."""
    head = file.head().decode("utf-8", "replace")
    return ('"nconn"' in head and '"wts"' in head) or _HEADING.search(head) is not None


def read(file: ForeignFile, reading: Reading) -> Sequence[Operation]:
    """The two layers, skip-layer connections included. Raises DocumentError."""
    if file.content.lstrip()[:1] == b"{":
        return _of_fields(json_in(file.content, file.name), reading)
    return _of_summary(file, reading)


def _of_fields(found: Any, reading: Reading) -> Sequence[Operation]:
    if not isinstance(found, Mapping):
        raise NotThisFormatError("has no fields of nnet")
    inputs, hidden, outputs = _sizes(found.get("n"))
    weights = numbers(found.get("wts"), "wts", (None,))
    linear = isinstance(found.get("nsunits"), int) and found["nsunits"] == 1 + inputs + hidden
    softmax, entropy = found.get("softmax") is True, found.get("entropy") is True
    return _layers(inputs, hidden, outputs, weights, linear, softmax, entropy, reading)


def _of_summary(file: ForeignFile, reading: Reading) -> Sequence[Operation]:
    text = file.text()
    heading = _HEADING.search(text)
    if heading is None:
        raise NotThisFormatError("has no heading of nnet's summary")
    inputs, hidden, outputs, count = (int(each) for each in heading.groups())
    options = re.search(r"options were -(.*)", text)
    named = options[1] if options else ""
    weights = _beside(file, count)
    if weights is None:
        rows = text[heading.end() :].splitlines()
        values = [_NUMBER.findall(line) for line in rows if line.strip() and "->" not in line and "options" not in line]
        weights = np.array([float(each) for row in values for each in row])
        reading.leave_out(
            "The summary prints two decimals: outputs differ from the tool's in the second digit or later."
        )
    else:
        reading.understand("The weights are from the file beside the summary, with all of their digits.")
    return _layers(
        inputs, hidden, outputs, weights, "linear output" in named, "softmax" in named, "entropy" in named, reading
    )


def _beside(file: ForeignFile, count: int) -> Any:
    for name, content in file.beside.items():
        if name.startswith(file.stem.split(".")[0]) and name.endswith((".txt", ".csv")):
            values = _NUMBER.findall(content.decode("utf-8", "replace"))
            if len(values) == count:
                return np.array([float(each) for each in values])
    return None


def _sizes(given: Any) -> tuple[int, int, int]:
    if (
        not isinstance(given, list)
        or len(given) != 3
        or not all(isinstance(n, int) and 0 <= n <= DOCUMENT_LIMITS.width for n in given)
    ):
        raise NotThisFormatError("has no three widths in n")
    inputs, hidden, outputs = given
    return inputs, hidden, outputs


def _layers(
    inputs: int, hidden: int, outputs: int, weights: Any, linear: bool, softmax: bool, entropy: bool, reading: Reading
) -> Sequence[Operation]:
    if inputs * outputs == 0:
        raise NotThisFormatError("has no inputs or no outputs")
    plain = hidden * (inputs + 1) + outputs * ((hidden or inputs) + 1)
    skips = bool(hidden) and len(weights) == plain + inputs * outputs
    if len(weights) != plain and not skips:
        raise NotThisFormatError(
            f"has {len(weights)} weights, expected {plain}, or {plain + inputs * outputs} with skips"
        )
    reading.understand("Weights are listed unit by unit, each unit's bias first.")
    reading.understand("nnet's logistic is exactly 0 below z = −15 and 1 above 15: a cutoff of the scaled sigmoid.")
    logistic = Activate("scaled_sigmoid", {"steepness": 1.0, "cutoff": 15.0})
    last = Activate("softmax" if softmax else "identity" if linear else "sigmoid" if entropy else "")
    last = last if last.key else logistic
    split = hidden * (inputs + 1)
    first = weights[:split].reshape(hidden, inputs + 1)
    second = weights[split:].reshape(outputs, -1)
    operations: list[Operation] = []
    if skips:
        # nnet lists a unit's hidden sources before its inputs
        reordered = np.hstack([second[:, hidden + 1 :], second[:, 1 : hidden + 1]])
        hidden_units = (Dense(first[:, 1:], first[:, 0]), logistic)
        operations = [
            *side_by_side([(), hidden_units], reading, "the output"), Dense(reordered, second[:, 0]), last,
        ]  # fmt: skip
        reading.understand(
            "Skip-layer connections: the inputs travel beside the hidden units, so layer 1 is one more, which copies."
        )
    else:
        operations = [Dense(first[:, 1:], first[:, 0]), logistic] if hidden else []
        operations += [Dense(second[:, 1:], second[:, 0]), last]
    reading.loss = "cross_entropy_probs" if softmax else "bce" if entropy else ""
    return operations


IMPORT = Import(
    "r_nnet",
    "R nnet",
    "The fields n, wts, nsunits, softmax, entropy of a fit as JSON, or the printed summary, which has two decimals "
    "unless the weights lie beside it. No .rds.",
    (".json", ".txt"),
    recognises,
    read,
)
