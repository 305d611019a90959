"""In what two networks differ: as short lines, and number by number in the blocks that both have."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine.parameters import Array
from mlpviz.network import Document, Layer, RegistryChoice
from mlpviz.network.ties import tied_words
from mlpviz.schema.errors import counted
from mlpviz.text.numbers import all_digits

ROUNDING = 1e-12
"""Numbers that differ by less, relative to the larger of the two, count as equal."""

_CHOICES: tuple[tuple[str, Callable[[Document], str]], ...] = (
    ("loss", lambda document: chosen_text(document.loss)),
    ("learning rate", lambda document: all_digits(document.learning_rate)),
    ("optimizer", lambda document: chosen_text(document.optimizer)),
    ("schedule", lambda document: "none" if document.schedule is None else chosen_text(document.schedule)),
    ("mode", lambda document: document.mode),
    ("samples", lambda document: str(document.samples)),
    ("pins", lambda document: str(len(document.pins))),
    ("tied numbers", lambda document: str(len(document.ties))),
)

_MATRICES: tuple[tuple[str, Callable[[Document], list[Array]]], ...] = (
    ("weight", lambda document: [np.asarray(layer.weight) for layer in document.layers]),
    ("bias", lambda document: [np.asarray(layer.bias or ()) for layer in document.layers]),
    *(
        (name, lambda document, field=field: [np.asarray(getattr(layer, field) or ()) for layer in document.layers])
        for name, field in (
            ("scale", "gamma"),
            ("shift", "beta"),
            ("learned slope", "alpha"),
            ("drawn slope", "slopes"),
            ("running mean", "running_mean"),
            ("running variance", "running_var"),
            ("mask cell", "mask"),
        )
    ),
    ("input", lambda document: [np.asarray(document.x)]),
)


def differences_of(one: Document, other: Document) -> tuple[str, ...]:
    """One line for each thing that differs, the one's first: "loss: mean squared error | cross-entropy"."""
    lines: list[str] = []
    if one.widths != other.widths:
        lines.append(f"widths: {_widths(one)} | {_widths(other)}")
    for word, describe in _OF_LAYERS:
        lines += _by_layers(one, other, word, describe)
    lines += _biases(one, other)
    for name, read in _CHOICES:
        if read(one) != read(other):
            lines.append(f"{name}: {read(one)} | {read(other)}")
    for name, matrices in _MATRICES:
        count = sum(_count(a, b) for a, b in zip(matrices(one), matrices(other), strict=False))
        if count:
            lines.append(counted(count, name))
    if one.target != other.target:
        lines.append("targets")
    return tuple(lines)


def _widths(document: Document) -> str:
    return "-".join(map(str, document.widths))


def chosen_text(choice: RegistryChoice[Any] | None) -> str:
    """A choice in words, with the hyperparameters that were set: "Leaky ReLU (slope 0.2)"."""
    if choice is None:
        return "none"
    hyperparameters = ", ".join(
        f"{name.replace('_', ' ')} {_value_text(value)}" for name, value in choice.hyperparameters
    )
    return f"{choice.entry.label} ({hyperparameters})" if hyperparameters else choice.entry.label


def _value_text(value: Any) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, tuple):
        return " ".join(map(_value_text, value))
    return all_digits(value) if isinstance(value, float) else str(value).replace("_", " ")


_OF_LAYERS: tuple[tuple[str, Callable[[Layer], str]], ...] = (
    ("", lambda layer: chosen_text(layer.activation)),
    ("norm ", lambda layer: chosen_text(layer.norm)),
    ("dropout ", lambda layer: all_digits(layer.dropout)),
    ("skip ", lambda layer: f"around {counted(layer.skip, 'layer')}" if layer.skip else "none"),
    ("weight ", lambda layer: tied_words(layer) or "of its own"),
    ("", lambda layer: "one bias" if layer.one_bias else "a bias per unit"),
)


def _by_layers(one: Document, other: Document, word: str, read: Callable[[Layer], str]) -> list[str]:
    """One line for the layers that differ in the same way."""
    places: dict[tuple[str, str], list[int]] = {}
    for number, (a, b) in enumerate(zip(one.layers, other.layers, strict=False), start=1):
        if read(a) != read(b):
            places.setdefault((read(a), read(b)), []).append(number)
    return [
        f"layer{'s' if len(numbers) > 1 else ''} {_ranges(numbers)}: {word}{a} | {b}"
        for (a, b), numbers in places.items()
    ]


def _biases(one: Document, other: Document) -> list[str]:
    pairs = list(zip(one.layers, other.layers, strict=False))
    lost = [number for number, (a, b) in enumerate(pairs, start=1) if a.bias is not None and b.bias is None]
    gained = [number for number, (a, b) in enumerate(pairs, start=1) if a.bias is None and b.bias is not None]
    found = [(lost, "with bias | without"), (gained, "without bias | with")]
    return [
        f"layer{'s' if len(numbers) > 1 else ''} {_ranges(numbers)}: {words}" for numbers, words in found if numbers
    ]


def _ranges(numbers: list[int]) -> str:
    """[1, 2, 3, 5] as "1–3, 5"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def _count(one: Array, other: Array) -> int:
    return int((one != other).sum()) if one.shape == other.shape else 0


def deltas_of(one: Mapping[str, Array], other: Mapping[str, Array], keys: list[str]) -> dict[str, Array]:
    """Other minus one for each of these blocks that both have in the same shape; 0 where only rounding differs.

    Infinity and NaN give NaN where the two are not the same.
    """
    found: dict[str, Array] = {}
    for key in keys:
        a, b = one.get(key), other.get(key)
        if a is None or b is None or a.shape != b.shape:
            continue
        with np.errstate(all="ignore"):
            delta = np.asarray(b - a, dtype=float)
            same = (a == b) | (np.abs(delta) <= ROUNDING * np.maximum(np.abs(a), np.abs(b)))
        found[key] = np.where(same, 0.0, delta)
    return found


def differ(one: Array, other: Array) -> NDArray[np.bool_]:
    """Where two arrays of one shape differ by more than rounding; NaN is equal to NaN."""
    with np.errstate(all="ignore"):
        near = np.abs(other - one) <= ROUNDING * np.maximum(np.abs(one), np.abs(other))
    return ~((one == other) | (near & np.isfinite(one) & np.isfinite(other)) | (np.isnan(one) & np.isnan(other)))
