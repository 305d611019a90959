"""A forward and a backward pass in which every result is rounded: in which format is multiplied, added and kept."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np

from mlpviz.engine.parameters import Array
from mlpviz.engine.registry import Registry
from mlpviz.low_precision.number_format import FLOAT32, FORMATS, TF32, NumberFormat, Rounding, int8_round
from mlpviz.network import Document, DocumentError

MOST_WEIGHTS = 20_000


@dataclass(frozen=True)
class PassArithmetic:
    """How a pass computes: `number_format` is that of every result, `weight` and `factor` round before a product."""

    key: str
    label: str
    number_format: NumberFormat
    weight: Rounding
    factor: Rounding
    notes: tuple[str, ...] = ()


def _as_it_is(values: Array) -> Array:
    return values


ARITHMETICS: Registry[PassArithmetic] = Registry(
    "arithmetic",
    (
        *(
            PassArithmetic(
                each.key,
                each.label,
                *((FLOAT32, FLOAT32.round, each.round) if each is TF32 else (each, each.round, _as_it_is)),
                each.notes,
            )
            for each in FORMATS.values()
        ),
        PassArithmetic(
            "int8",
            "int8 weights",
            FLOAT32,
            int8_round,
            _as_it_is,
            ("Each weight matrix is whole numbers from −127 to 127 times one scale; all else is float32.",),
        ),
    ),
)
"""In the order of the menu."""


@dataclass(frozen=True)
class LowPrecisionLayer:
    """The numbers of one layer as float64, each a number of the format; shapes as in a LayerTrace.

    Gradients are those of the loss times its scale, as they come out of the backward pass.
    """

    weight: Array
    bias: Array | None
    z: Array
    a: Array
    grad_a: Array
    grad_z: Array
    grad_weight: Array
    grad_bias: Array | None


@dataclass(frozen=True)
class LowPrecisionPass:
    """A pass with its layers, the first layer first; `loss` is not scaled."""

    x: Array
    layers: tuple[LowPrecisionLayer, ...]
    loss: float
    scale: float


def refused(document: Document) -> str:
    """Why a network cannot be computed in fewer bits, a sentence; empty if it can."""
    if document.spec.size > MOST_WEIGHTS:
        return f"A pass in fewer bits is computed for networks of up to {MOST_WEIGHTS:,} parameters."
    for number, layer in enumerate(document.spec.layers, start=1):
        for has, what in (
            (layer.norm is not None, "a norm"),
            (layer.dropout > 0, "dropout"),
            (layer.skip > 0, "a skip"),
            (bool(layer.activation.alpha), "slopes that are learned or drawn"),
        ):
            if has:
                return f"A pass in fewer bits is computed for plain layers; layer {number} has {what}."
    if document.spec.sharing is not None:
        return "A pass in fewer bits is computed without ties; numbers of this network are tied."
    if document.pins:
        return "A pass in fewer bits is computed without pins; this network has some."
    return ""


def product(left: Array, right: Array, add: Rounding) -> Array:
    """left (N, I) @ right (I, O), one product after the other; `add` rounds each product and each sum."""
    found = np.zeros((left.shape[0], right.shape[1]))
    for inner in range(left.shape[1]):
        found = add(found + add(left[:, inner, None] * right[inner]))
    return found


def low_precision_pass(
    document: Document, arithmetic: PassArithmetic, *, adds_in_format: bool = False, scale: float = 1.0
) -> LowPrecisionPass:
    """The pass of a document. Sums of products are made in float32, or `adds_in_format`, and rounded at the end.

    Functions of single numbers are computed in float32 and rounded once. `scale` multiplies ∂L/∂a of the last layer.
    Raises DocumentError with the sentence of `refused`.
    """
    problem = refused(document)
    if problem:
        raise DocumentError(problem)
    spec, store = document.spec, arithmetic.number_format.round
    add = store if adds_in_format else FLOAT32.round
    multiply = partial(product, add=add)
    with np.errstate(all="ignore"):
        x = store(np.array(document.x, dtype=float))
        weights, biases, all_z, all_a = [], [], [], [x]
        for views, layer in zip(spec.views(document.params), spec.layers, strict=True):
            weight = arithmetic.weight(views.weight)
            bias = None if views.bias is None else store(np.broadcast_to(views.bias, (layer.outputs,)))
            total = multiply(arithmetic.factor(all_a[-1]), arithmetic.factor(weight).T)
            z = store(total if bias is None else add(total + bias))
            weights.append(weight)
            biases.append(bias)
            all_z.append(z)
            all_a.append(store(_single(layer.activation.value, z)))
        y, target = all_a[-1], document.read_target
        t = None if target is None else store(target)
        divisor = spec.loss.divisor(y.shape[0], y.shape[1], target)
        terms = store(_single(spec.loss.terms, y, t))
        loss = float(store(np.asarray(np.sum(terms.astype(np.float32), dtype=np.float32) / np.float32(divisor))))
        grad_a = store(_single(spec.loss.grad, y, t) * (scale / divisor))
        layers: list[LowPrecisionLayer] = []
        for index in reversed(range(len(weights))):
            layer = spec.layers[index]
            grad_z = store(_single(layer.activation.vjp, all_z[index], all_a[index + 1], grad_a))
            factors = arithmetic.factor(grad_z)
            grad_weight = store(multiply(factors.T, arithmetic.factor(all_a[index])))
            ones = np.ones((1, len(grad_z)))
            grad_bias = None if biases[index] is None else store(product(ones, grad_z, add)[0])
            layers.insert(
                0,
                LowPrecisionLayer(
                    weights[index],
                    biases[index],
                    all_z[index],
                    all_a[index + 1],
                    grad_a,
                    grad_z,
                    grad_weight,
                    grad_bias,
                ),
            )
            grad_a = store(multiply(factors, arithmetic.factor(weights[index])))
    return LowPrecisionPass(x, tuple(layers), loss, scale)


def _single(function: object, *arrays: Array | None) -> Array:
    """A function of numbers, computed in float32; the result as float64."""
    given = [None if array is None else array.astype(np.float32) for array in arrays]
    return np.asarray(function(*given), dtype=np.float64)  # type: ignore[operator]
