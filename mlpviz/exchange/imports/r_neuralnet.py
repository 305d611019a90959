"""R's neuralnet: its weights as JSON, or its result matrix as CSV with one row per named weight."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from typing import Any

from mlpviz.exchange.imports.archives import json_in
from mlpviz.exchange.imports.findings import Reading
from mlpviz.exchange.imports.foreign import ForeignFile, Import, NotThisFormatError
from mlpviz.exchange.imports.neurons import Unit, active, layered
from mlpviz.exchange.imports.operations import Activate, Dense, Operation, numbers
from mlpviz.network import DocumentError
from mlpviz.schema.errors import echo

_FUNCTIONS = {"logistic": "sigmoid", "tanh": "tanh", "relu": "relu"}
_WORDS = {"logistic": "logistic (its default)", "tanh": "tanh"}


def recognises(file: ForeignFile) -> bool:
    """neuralnet's fields in JSON, or rows named like Intercept.to.1layhid1."""
    head = file.head().decode("utf-8", "replace")
    return ('"act.fct"' in file.content[-2000:].decode("utf-8", "replace") and '"weights"' in head) or (
        "Intercept.to." in head and not head.lstrip().startswith("{")
    )


def read(file: ForeignFile, reading: Reading) -> Sequence[Operation]:
    """The layers of the fit. Raises DocumentError."""
    if file.content.lstrip()[:1] == b"{":
        return _of_fields(json_in(file.content, file.name), reading)
    return _of_rows(file.text(), reading)


def _of_fields(found: Any, reading: Reading) -> Sequence[Operation]:
    matrices = found.get("weights") if isinstance(found, Mapping) else None
    if not isinstance(matrices, list) or not matrices:
        raise NotThisFormatError("has no weights")
    name = found.get("act.fct", "logistic")
    if name not in _FUNCTIONS:
        raise DocumentError(f"the activation is {echo(name)}, expected logistic or tanh")
    reading.understand("Each matrix has a row per input with the biases as its first row, and is shown transposed.")
    operations: list[Operation] = []
    for place, matrix in enumerate(matrices, start=1):
        block = numbers(matrix, f"weights of layer {place}", (None, None))
        if len(block) < 2:
            raise NotThisFormatError(f"has no weights in layer {place}")
        operations += [Dense(block[1:].T, block[0]), Activate(_FUNCTIONS[name])]
    if found.get("linear.output", True):
        operations[-1] = Activate("identity")
    reading.loss = "half_sse" if found.get("err.fct") == "sse" else "bce" if found.get("err.fct") == "ce" else ""
    return operations


def _of_rows(text: str, reading: Reading) -> Sequence[Operation]:
    weights: dict[str, dict[str, float]] = {}
    biases: dict[str, float] = {}
    sources: dict[str, None] = {}
    for row in csv.reader(io.StringIO(text)):
        name, value = (row[0], row[1]) if len(row) > 1 else ("", "")
        source, arrow, target = name.partition(".to.")
        if not arrow:
            continue
        try:
            number = float(value)
        except ValueError:
            raise NotThisFormatError(f"has {echo(value)} where a number was expected") from None
        if source == "Intercept":
            biases[target] = number
        else:
            weights.setdefault(target, {})[source] = number
            sources[source] = None
    if not weights:
        raise NotThisFormatError("has no rows such as a.to.1layhid1")
    inputs = [source for source in sources if source not in weights]
    hidden = reading.guess(
        "activation", "Which activation have the hidden units? The table does not say.", _WORDS, "logistic"
    )
    linear = reading.guess(
        "outputs", "Which outputs? The table does not say.",
        {"linear": "linear (linear.output = TRUE, the default)", "act": "with the activation"}, "linear",
    )  # fmt: skip
    reading.understand(f"Inputs in this order: {', '.join(inputs)}.")
    after = active(_FUNCTIONS[hidden])
    units = [
        Unit(
            target,
            given,
            biases.get(target, 0.0),
            after if re.match(r"\d+layhid\d+$", target) or linear == "act" else (),
        )
        for target, given in weights.items()
    ]
    reading.loss = "half_sse"
    return layered(inputs, units)


IMPORT = Import(
    "r_neuralnet",
    "R neuralnet",
    "weights[[1]], act.fct and linear.output of a fit as JSON, or its result.matrix as CSV. No .rds.",
    (".json", ".csv"),
    recognises,
    read,
)
