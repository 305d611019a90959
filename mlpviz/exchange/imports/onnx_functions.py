"""The operators of ONNX that work number by number, as NumPy functions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from mlpviz.engine.normal_distribution import cdf
from mlpviz.engine.parameters import Array
from mlpviz.network import DocumentError
from mlpviz.schema.errors import echo


def _erf(x: Array) -> Array:
    return 2 * cdf(np.sqrt(2) * x) - 1


_UNARY: Mapping[str, Callable[..., Array]] = {
    "Sigmoid": lambda x: 1 / (1 + np.exp(-x)),
    "Softplus": lambda x: np.logaddexp(0, x),
    "Softsign": lambda x: x / (1 + np.abs(x)),
    "Exp": np.exp,
    "Log": np.log,
    "Abs": np.abs,
    "Neg": np.negative,
    "Sqrt": np.sqrt,
    "Reciprocal": np.reciprocal,
    "Erf": _erf,
    "Tanh": np.tanh,
    "Relu": lambda x: np.maximum(x, 0),
    "Sign": np.sign,
    "Not": np.logical_not,
}
_BINARY: Mapping[str, Callable[[Array, Array], Array]] = {
    "Add": np.add,
    "Sub": np.subtract,
    "Mul": np.multiply,
    "Div": np.divide,
    "Pow": np.power,
    "Max": np.maximum,
    "Min": np.minimum,
    "Greater": np.greater,
    "Less": np.less,
    "GreaterOrEqual": np.greater_equal,
    "LessOrEqual": np.less_equal,
    "Equal": np.equal,
    "Or": np.logical_or,
    "And": np.logical_and,
}

_OF_ROWS: Mapping[str, Callable[..., Array]] = {
    "ReduceMean": np.mean,
    "ReduceSum": np.sum,
    "ReduceMax": np.max,
    "ReduceMin": np.min,
    "ReduceSumSquare": lambda x, **along: np.sum(x**2, **along),
    "ReduceL2": lambda x, **along: np.sqrt(np.sum(x**2, **along)),
}
OF_ROWS = frozenset(_OF_ROWS)
"""operators that make one number of each row"""


def function_of_rows(
    kind: str, attributes: Mapping[str, Any], source: Callable[[Array], Array], axes: Any
) -> Callable[[Array], Array]:
    """The function of a node of `OF_ROWS`. Raises DocumentError for another axis than the units."""
    given = attributes.get("axes", axes)
    if given is None or np.ravel(given).tolist() not in ([-1], [1]) or not attributes.get("keepdims", 1):
        raise DocumentError(f"a {kind} runs over another axis than the units")
    return lambda x: _OF_ROWS[kind](source(x), axis=-1, keepdims=True)


UP_TO_ONCE = frozenset({*_UNARY, *_BINARY, *_OF_ROWS, "Where", "Clip"})
"""operators whose function computes each of its inputs once"""


def function_of_numbers(
    kind: str, attributes: Mapping[str, Any], parts: Sequence[Callable[[Array], Array]], inputs: Sequence[str]
) -> Callable[[Array], Array]:
    """The function of a node of this kind, number by number, after the functions of those inputs that it has.

    `inputs` are the names of all its inputs, empty for one left out. Raises DocumentError for an unknown kind.
    """
    first = parts[0]
    if kind in _UNARY and len(parts) == 1:
        return lambda x: _UNARY[kind](first(x))
    if kind in _BINARY and len(parts) == 2:
        return lambda x: _BINARY[kind](first(x), parts[1](x))
    if kind == "Where" and len(parts) == 3:
        return lambda x: np.where(first(x), parts[1](x), parts[2](x))
    if kind == "Clip":
        names = inputs[1:]
        low = attributes.get("min", -np.inf)
        high = attributes.get("max", np.inf)
        rest = list(parts[1:])
        ends: list[Callable[[Array], Any]] = [lambda x: low, lambda x: high]
        for place, name in enumerate(names[:2]):
            if name and rest:
                ends[place] = rest.pop(0)
        return lambda x: np.clip(first(x), ends[0](x), ends[1](x))
    alpha = attributes.get("alpha")
    match kind:
        case "LeakyRelu":
            slope = 0.01 if alpha is None else alpha
            return lambda x: np.where(first(x) > 0, first(x), slope * first(x))
        case "PRelu" if len(parts) == 2:
            return lambda x: np.where(first(x) > 0, first(x), parts[1](x) * first(x))
        case "Elu":
            size = 1.0 if alpha is None else alpha
            return lambda x: np.where(first(x) > 0, first(x), size * np.expm1(np.minimum(first(x), 0)))
        case "Celu":
            size = 1.0 if alpha is None else alpha
            return lambda x: np.where(first(x) > 0, first(x), size * np.expm1(np.minimum(first(x), 0) / size))
        case "Selu":
            size = alpha or 1.67326319217681884765625
            gamma = attributes.get("gamma", 1.05070102214813232421875)
            return lambda x: gamma * np.where(first(x) > 0, first(x), size * np.expm1(np.minimum(first(x), 0)))
        case "HardSigmoid":
            size, shift = 0.2 if alpha is None else alpha, attributes.get("beta", 0.5)
            return lambda x: np.clip(size * first(x) + shift, 0, 1)
        case "HardSwish":
            return lambda x: first(x) * np.clip(first(x) / 6 + 0.5, 0, 1)
        case "Mish":
            return lambda x: first(x) * np.tanh(np.logaddexp(0, first(x)))
        case "ThresholdedRelu":
            limit = 1.0 if alpha is None else alpha
            return lambda x: np.where(first(x) > limit, first(x), 0)
        case "Shrink":
            bias, limit = attributes.get("bias", 0.0), attributes.get("lambd", 0.5)
            return lambda x: np.where(
                first(x) < -limit, first(x) + bias, np.where(first(x) > limit, first(x) - bias, 0)
            )
        case "Gelu":
            if attributes.get("approximate", b"none") == b"tanh":
                return lambda x: (
                    0.5 * first(x) * (1 + np.tanh(np.sqrt(2 / np.pi) * (first(x) + 0.044715 * first(x) ** 3)))
                )
            return lambda x: 0.5 * first(x) * (1 + _erf(first(x) / np.sqrt(2)))
        case "Swish":
            size = 1.0 if alpha is None else alpha
            return lambda x: first(x) / (1 + np.exp(-size * first(x)))
        case _:
            raise DocumentError(f"the model has a {echo(kind)}, which is no part of a multilayer perceptron here")
