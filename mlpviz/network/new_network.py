"""A network of one's own: a document from its widths, its activations, its loss and how its numbers begin.

Everything comes as texts, as it is typed: an error is at the field that it is about, the first part of its path.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from mlpviz.engine import ACTIVATIONS, INITIALIZERS, LOSSES, Loss, rerun
from mlpviz.engine.parameters import Array
from mlpviz.network.document import Document
from mlpviz.schema.errors import DocumentError, echo
from mlpviz.schema.limits import DOCUMENT_LIMITS

ZEROS, INTEGERS = "zeros", "integers"

STARTS: tuple[tuple[str, str], ...] = (
    (INTEGERS, "small integers"),
    (ZEROS, "zeros"),
    *((entry.key, entry.label) for entry in INITIALIZERS.values() if entry.key not in (ZEROS, "ones", "constant")),
)
"""How weights may begin: key and label. An initializer draws as on the training page."""

_RATES = (0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001, 1e-4, 1e-5)
_TRIES, _TRIED = 60, 3_000_000
"""How often small integers are drawn until a gradient reaches every layer, and how many of them in all."""

_SEPARATORS = re.compile(r"\s*(?:->|[-–—,;:x×→>\s])\s*")


def new_network(
    widths: str, activations: Sequence[str], biases: bool, loss: str, start: str, seed: str, samples: str
) -> Document:
    """The document of a new network.

    `widths` are the inputs and the units of each layer, as in "2-3-2"; `activations` has a key for each layer. Inputs
    and targets are small numbers that the loss takes, drawn from the seed like the weights; biases begin at 0, or are
    small integers too. The learning rate is the largest of a few at which the first update lowers the loss.
    Raises DocumentError at the argument that does not fit.
    """
    sizes = _widths(widths)
    count = _whole("samples", samples, 1, DOCUMENT_LIMITS.samples)
    rng = np.random.default_rng(_whole("seed", seed, 0, 2**32 - 1))
    keys = list(activations)
    if len(keys) != len(sizes) - 1 or not all(key in ACTIVATIONS for key in keys):
        raise DocumentError.at(("activations",), f"need one for each of {len(sizes) - 1} layers")
    if loss not in LOSSES:
        raise DocumentError.at(("loss",), f"is {echo(loss)}, choose one from the list")
    if start not in dict(STARTS):
        raise DocumentError.at(("start",), f"is {echo(start)}, choose one from the list")
    entry = LOSSES[loss]
    fields: dict[str, Any] = {
        "name": f"My network, {'-'.join(map(str, sizes))}",
        "x": rng.integers(-3, 4, (count, sizes[0])).tolist(),
        "target": _targets(entry, count, sizes[-1], rng),
        "loss": loss,
    }
    found = _made(fields, _layers(sizes, keys, biases, start, rng))
    tries = min(_TRIES, _TRIED // found.spec.size)
    for _ in range(tries if start == INTEGERS else 0):
        if all(layer.grad_weight.any() for layer in found.trace().layers):
            break
        found = _made(fields, _layers(sizes, keys, biases, start, rng))
    return found.replace(learning_rate=_rate(found))


def _widths(text: str) -> list[int]:
    parts = [part for part in _SEPARATORS.split(text.strip()) if part]
    if len(parts) < 2 or not all(part.isdecimal() for part in parts):
        raise DocumentError.at(("widths",), f"is {echo(text)}, expected inputs and units of each layer, such as 2-3-2")
    if len(parts) - 1 > DOCUMENT_LIMITS.layers:
        most_layers = DOCUMENT_LIMITS.layers
        raise DocumentError.at(("widths",), f"has {len(parts) - 1} layers, at most {most_layers} are allowed")
    sizes = [_whole("widths", part, 1, DOCUMENT_LIMITS.width) for part in parts]
    parameters = sum((before + 1) * after for before, after in pairwise(sizes))
    if parameters > DOCUMENT_LIMITS.parameters:
        most = f"{DOCUMENT_LIMITS.parameters:,}"
        raise DocumentError.at(("widths",), f"gives {parameters:,} weights and biases, at most {most} are allowed")
    return sizes


def _whole(field: str, text: str, low: int, high: int) -> int:
    if not text.strip().isdecimal() or len(text.strip()) > 12 or not low <= int(text) <= high:
        raise DocumentError.at((field,), f"is {echo(text)}, expected a whole number from {low:,} to {high:,}")
    return int(text)


def _layers(
    sizes: Sequence[int], keys: Sequence[str], biases: bool, start: str, rng: np.random.Generator
) -> list[dict[str, Any]]:
    return [
        {"weight": weight.tolist(), "bias": bias.tolist() if biases else None, "activation": key}
        for (weight, bias), key in zip(
            (_drawn((after, before), start, rng) for before, after in pairwise(sizes)), keys, strict=True
        )
    ]


def _drawn(shape: tuple[int, int], start: str, rng: np.random.Generator) -> tuple[Array, Array]:
    if start == INTEGERS:
        return rng.integers(-2, 3, shape).astype(float), rng.integers(-1, 2, shape[0]).astype(float)
    if start == ZEROS:
        return np.zeros(shape), np.zeros(shape[0])
    entry = INITIALIZERS[start]
    return np.round(entry.draw(rng, shape), 4), np.round(entry.bias(rng, shape), 4)


def _targets(loss: Loss, samples: int, outputs: int, rng: np.random.Generator) -> list[Any] | None:
    match loss.target:
        case "none":
            return None
        case "classes":
            return [sample % outputs for sample in range(samples)]
        case "signs":
            return rng.choice((-1, 1), (samples, outputs)).tolist()
        case "probabilities":
            return np.eye(outputs)[np.arange(samples) % outputs].tolist() if outputs > 1 else _alternating(samples)
        case _:
            return rng.integers(0, 4, (samples, outputs)).tolist()


def _alternating(samples: int) -> list[list[int]]:
    return [[(sample + 1) % 2] for sample in range(samples)]


def _made(fields: dict[str, Any], layers: list[dict[str, Any]]) -> Document:
    try:
        return Document.parse(fields | {"layers": layers})
    except DocumentError as error:
        # what a loss wants of the outputs, such as exactly two of them
        raise DocumentError.at(("loss",), f"does not fit: {error!s}") from None


def _rate(document: Document) -> float:
    before = float(document.trace().loss)
    for rate in _RATES:
        step = document.replace(learning_rate=rate).next_step
        if float(rerun(document.trace(), params=step.new_params).loss) < before:
            return rate
    return _RATES[0]
