"""Weights and biases that carry names but no architecture: pairs, order and orientation from names and shapes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from mlpviz.engine import ACTIVATIONS
from mlpviz.engine.parameters import Array
from mlpviz.exchange.imports.findings import Reading
from mlpviz.exchange.imports.operations import Activate, Dense, Operation, check_arrays, numbers
from mlpviz.network import DocumentError

_SAMPLES = ("x", "y", "t", "xtrain", "ytrain", "xtest", "ytest", "inputs", "targets", "labels", "data")
"""names of arrays that are no weights, in their letters"""

_BY_KEY = {key: entry.label for key, entry in ACTIVATIONS.items()}


def layers(
    arrays: Mapping[str, Any], reading: Reading, hidden: str = "relu", last: str = "identity", rows: str | None = None
) -> Sequence[Operation]:
    """Dense layers from arrays such as W1, b1, W2, b2 or layer0.kernel. Raises DocumentError.

    `rows` is what a row of a weight is, "units" or "inputs", as the tool has it, unless only the other one fits the
    shapes; None asks where both fit. A matrix with one column more than the layer before has units holds the biases in
    its first or last column.
    """
    check_arrays(arrays)
    found = {
        name: np.squeeze(numbers(value, name)) if np.ndim(value) > 2 else numbers(value, name)
        for name, value in arrays.items()
    }
    matrices = [name for name, value in found.items() if _is_weight(name, value)]
    if not matrices:
        raise DocumentError("the file has no matrix of weights: expected arrays such as W1 and b1")
    matrices.sort(key=_order)
    biases = {name: _bias_of(name, found, matrices) for name in matrices}
    if not any(biases.values()):
        biases |= _in_turn(found, matrices, reading)
    used = {*matrices, *(each for each in biases.values() if each)}
    for name in found:
        if name not in used:
            reading.leave_out(
                f"{name} ({' × '.join(map(str, found[name].shape)) or 'one number'}) belongs to no layer."
            )
    sizes = [found[bias].size if bias else None for bias in biases.values()]
    rows = _rows(reading, [found[name] for name in matrices], sizes, rows)
    operations: list[Operation] = []
    for place, name in enumerate(matrices):
        weight = np.atleast_2d(found[name])
        weight = weight.T if rows == "inputs" else weight
        bias_name = biases[name]
        bias = None if bias_name is None else found[bias_name].ravel()
        if bias is None:
            after = np.shape(found[matrices[place + 1]]) if place + 1 < len(matrices) else ()
            weight, bias = _split(reading, name, weight, operations, place, after)
        operations.append(Dense(weight, bias))
        end = place == len(matrices) - 1
        which = "the last layer" if end else f"layer {place + 1}"
        key = reading.guess(
            f"activation of layer {place + 1}",
            f"Which activation has {which} ({name})? The file does not say.",
            _BY_KEY if end else {key: label for key, label in _BY_KEY.items() if ACTIVATIONS[key].elementwise},
            last if end else hidden,
        )
        operations.append(Activate(key))
    return operations


def _split(
    reading: Reading, name: str, weight: Array, operations: Sequence[Operation], place: int, after: tuple[int, ...]
) -> tuple[Array, Array | None]:
    """Weight and bias of a matrix that may hold its biases as a column of its own, as the one `after` it may show."""
    before = next((len(each.weight) for each in reversed(operations) if isinstance(each, Dense)), None)
    first = name.lower().startswith("theta")
    is_like_the_next = place == 0 and len(weight) + 1 in after[1:]
    if not (place == 0 and first) and not is_like_the_next and (before is None or weight.shape[1] != before + 1):
        return weight, None
    where = reading.guess(
        f"biases of layer {place + 1}",
        f"{name} may have a column of biases, as the widths around it show. Which one is it?",
        {"first": "the first column", "last": "the last column", "none": "none of them"},
        "first" if first else "last",
    )
    if where == "none":
        return weight, None
    return (weight[:, 1:], weight[:, 0]) if where == "first" else (weight[:, :-1], weight[:, -1])


def _is_weight(name: str, value: Array) -> bool:
    if value.ndim != 2:
        return False
    short = _letters(name)
    if short in _SAMPLES:
        return False
    return not _is_bias(name, value)


def _letters(name: str) -> str:
    return re.sub(r"[^a-z]", "", name.lower())


def _rest(name: str) -> str:
    """What a name says besides that it is a weight or a bias: hidden for w_hidden and b_hidden."""
    return re.sub(r"^(weights?|kernels?|biases|bias|w|b)|(weights?|kernels?|biases|bias|w|b)$", "", _letters(name))


def _numbers(name: str) -> tuple[int, ...]:
    return tuple(int(each) for each in re.findall(r"\d+", name))


def _order(name: str) -> tuple[tuple[int, ...], str]:
    return _numbers(name), name


def _bias_of(name: str, found: Mapping[str, Array], matrices: Sequence[str]) -> str | None:
    vectors = [
        each
        for each, value in found.items()
        if each not in matrices and value.size in found[name].shape and (value.ndim == 1 or 1 in value.shape)
    ]
    same = [each for each in vectors if _numbers(each) == _numbers(name)]
    if len(same) > 1 or not _numbers(name):
        same = [each for each in vectors if _rest(each) and _rest(each) == _rest(name)] or same
    if len(same) == 1:
        return same[0]
    if not any(_numbers(each) for each in (*vectors, *matrices)) and len(vectors) == len(matrices) == 1:
        return vectors[0]
    # arr_0, arr_1, arr_2, … : a weight and then its bias
    names = list(found)
    after = names[names.index(name) + 1] if names.index(name) + 1 < len(names) else None
    return after if after in vectors and not same and _letters(after) == _letters(name) else None


def _in_turn(found: Mapping[str, Array], matrices: Sequence[str], reading: Reading) -> dict[str, str]:
    """Biases by their order, where no name says more and each fits: b1 and b2 of MATLAB's IW and LW."""
    vectors = sorted((name for name, value in found.items() if _is_bias(name, value)), key=_order)
    if len(vectors) != len(matrices):
        return {}
    pairs = dict(zip(matrices, vectors, strict=True))
    if not all(found[bias].size in found[name].shape for name, bias in pairs.items()):
        return {}
    reading.understand(f"Biases in this order: {', '.join(f'{bias} of {name}' for name, bias in pairs.items())}.")
    return pairs


def _is_bias(name: str, value: Array) -> bool:
    short = _letters(name)
    return (value.ndim == 1 or 1 in value.shape) and (short.startswith("b") or "bias" in short or "intercept" in short)


def _rows(reading: Reading, weights: Sequence[Array], sizes: Sequence[int | None], usual: str | None) -> str:
    """Whether rows of the weights are units or inputs, as shapes and biases say; asked where both fit."""
    shapes = [np.atleast_2d(weight).shape for weight in weights]
    units = all(
        (size is None or size == shape[0]) and (index == 0 or shapes[index - 1][0] in (shape[1], shape[1] - 1))
        for index, (shape, size) in enumerate(zip(shapes, sizes, strict=True))
    )
    inputs = all(
        (size is None or size == shape[1]) and (index == 0 or shapes[index - 1][1] in (shape[0], shape[0] - 1))
        for index, (shape, size) in enumerate(zip(shapes, sizes, strict=True))
    )
    fits = {"units": units, "inputs": inputs}
    if usual is not None and (fits[usual] or not any(fits.values())):
        return usual
    words = {
        "units": "units: a row holds the weights of one unit, as in PyTorch",
        "inputs": "inputs: a column holds the weights of one unit, as in Keras",
    }
    if units and inputs:
        return reading.guess("rows", "Both fit: what is a row of the weights?", words, "units")
    if not units and not inputs:
        listed = ", ".join(" × ".join(map(str, shape)) for shape in shapes)
        raise DocumentError(f"the weights have the shapes {listed}: no layer's outputs are the next one's inputs")
    chosen = "units" if units else "inputs"
    reading.understand(f"Rows of the weights are {words[chosen].split(':')[0]}, as their shapes show.")
    return chosen
