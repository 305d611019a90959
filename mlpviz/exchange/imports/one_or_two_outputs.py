"""Two classes: one output p, as it was trained, or the two numbers 1 − p and p that the tool prints."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from mlpviz.exchange.imports.findings import Reading
from mlpviz.exchange.imports.operations import Activate, Dense, Operation
from mlpviz.network import DocumentError


def one_probability(operations: Sequence[Operation], reading: Reading) -> Sequence[Operation]:
    """The operations that end in one sigmoid p, or in two for 1 − p and p: σ(−z) is 1 − σ(z)."""
    last, before = operations[-1], operations[-2] if len(operations) > 1 else None
    if not (
        isinstance(last, Activate) and last.key == "sigmoid" and isinstance(before, Dense) and len(before.weight) == 1
    ):
        raise DocumentError("two probabilities are made of something else than one sigmoid")
    chosen = reading.guess(
        "outputs",
        "The tool prints 1 − p and p for its two classes. Which outputs shall the network have?",
        {"one": "one: p of the second class, as it was trained", "two": "two: 1 − p and p"},
        "one",
    )
    if chosen == "one":
        return operations
    weight = np.concatenate([-before.weight, before.weight])
    bias = None if before.bias is None else np.concatenate([-before.bias, before.bias])
    return (*operations[:-2], Dense(weight, bias), last)
