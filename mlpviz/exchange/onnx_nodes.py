"""Formulas as ONNX nodes in double precision, in operators that onnxruntime computes in double precision."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from mlpviz.engine.expressions import Cases, Constant, Expression, Number, Operation, Sum, Symbol
from mlpviz.engine.expressions.forms import computed_form
from mlpviz.network import DocumentError

OPSET = 17
"""of ONNX 1.12, which every tool of today reads"""

_OPERATORS = {
    "+": "Add", "-": "Sub", "*": "Mul", "@": "Mul", "/": "Div", "over": "Div", "**": "Pow", "minus": "Neg",
    "sqrt": "Sqrt", "abs": "Abs", "sign": "Sign", "maximum": "Max", "minimum": "Min", "exp": "Exp", "ln": "Log",
    "log": "Log", "tanh": "Tanh", "sigmoid": "Sigmoid",
}  # fmt: skip
_RELATIONS = {">": "Greater", "<": "Less", ">=": "GreaterOrEqual", "<=": "LessOrEqual", "==": "Equal"}


class Nodes:
    """Nodes and constants of a graph, one after another; methods give the names of results."""

    def __init__(self, onnx: Any) -> None:
        self._onnx, self.kinds = onnx, onnx.TensorProto
        self.nodes: list[Any] = []
        self.constants: dict[str, Any] = {}
        self._numbers: dict[float, str] = {}

    def node(self, kind: str, *inputs: str, **attributes: Any) -> str:
        """A node with one result."""
        name = f"{kind.lower()}_{len(self.nodes)}"
        self.nodes.append(self._onnx.helper.make_node(kind, list(inputs), [name], **attributes))
        return name

    def constant(self, name: str, array: Any) -> str:
        """An array under this name."""
        self.constants[name] = self._onnx.numpy_helper.from_array(np.ascontiguousarray(array), name)
        return name

    def number(self, number: float) -> str:
        """A number, once for all of its places."""
        if number not in self._numbers:
            self._numbers[number] = self.constant(f"number_{len(self._numbers)}", np.array(number))
        return self._numbers[number]

    def formula(self, formula: Expression, known: Mapping[Symbol, str]) -> str:
        """The result of a formula. Raises DocumentError for what ONNX has no operator for."""
        return self._write(computed_form(formula), known)

    def _write(self, part: Expression, known: Mapping[Symbol, str]) -> str:
        match part:
            case Number(number) | Constant(number=number):
                return self.number(float(number))
            case Symbol():
                return known[part]
            case Cases(rows, otherwise):
                last = self._write(otherwise, known)
                for value, condition in reversed(rows):
                    last = self.node("Where", self._condition(condition, known), self._write(value, known), last)
                return last
            case Sum(body=body, axis=-1, divisor=None):
                axes = self.constant("last_axis", np.array([-1], np.int64))
                return self.node("ReduceSum", self._write(body, known), axes, keepdims=1)
            case Operation():
                return self._operation(part, known)
        raise DocumentError(
            f"ONNX has no operator for {type(part).__name__}, which an activation of this network needs"
        )

    def _condition(self, part: Expression, known: Mapping[Symbol, str]) -> str:
        match part:
            case Operation("indicator", (inner, _)):
                return self._condition(inner, known)
            case Operation("between" | "between or at" as kind, (low, x, high)):
                relation = "Less" if kind == "between" else "LessOrEqual"
                middle = self._write(x, known)
                below = self.node(relation, self._write(low, known), middle)
                return self.node("And", below, self.node(relation, middle, self._write(high, known)))
            case Operation(kind, parts) if kind in _RELATIONS:
                return self.node(_RELATIONS[kind], *(self._write(each, known) for each in parts))
        raise DocumentError("a condition of this network has no operator in ONNX")

    def _operation(self, part: Operation, known: Mapping[Symbol, str]) -> str:
        kind, parts = part.kind, part.parts
        if kind in _RELATIONS or kind in ("indicator", "between", "between or at"):
            return self.node("Cast", self._condition(part, known), to=self.kinds.DOUBLE)
        inputs = [self._write(each, known) for each in parts]
        if kind in _COMPOSED:
            return _COMPOSED[kind](self, *inputs)
        if kind not in _OPERATORS:
            raise DocumentError(f"ONNX has no operator for {kind}, which an activation of this network needs")
        return self.node(_OPERATORS[kind], *inputs)


def _expm1(nodes: Nodes, x: str) -> str:
    return nodes.node("Sub", nodes.node("Exp", x), nodes.number(1.0))


def _log_one_and_exp(nodes: Nodes, x: str) -> str:
    """ln(1 + e^x) without an overflow."""
    rest = nodes.node("Exp", nodes.node("Neg", nodes.node("Abs", x)))
    logarithm = nodes.node("Log", nodes.node("Add", nodes.number(1.0), rest))
    return nodes.node("Add", nodes.node("Max", x, nodes.number(0.0)), logarithm)


def _erf(nodes: Nodes, x: str) -> str:
    """onnxruntime has erf in single precision only."""
    single = nodes.node("Erf", nodes.node("Cast", x, to=nodes.kinds.FLOAT))
    return nodes.node("Cast", single, to=nodes.kinds.DOUBLE)


def _cdf(nodes: Nodes, x: str) -> str:
    scaled = nodes.node("Mul", x, nodes.number(float(np.sqrt(0.5))))
    return nodes.node("Mul", nodes.number(0.5), nodes.node("Add", nodes.number(1.0), _erf(nodes, scaled)))


_COMPOSED: Mapping[str, Callable[..., str]] = {
    "tall": lambda _, x: x,
    "equal to": lambda _, x, __: x,
    "clip": lambda nodes, x, low, high: nodes.node("Min", nodes.node("Max", x, low), high),
    "expm1": _expm1,
    "softplus": _log_one_and_exp,
    "cdf": _cdf,
    "erf": _erf,
    "row max": lambda nodes, x: nodes.node("ReduceMax", x, axes=[-1], keepdims=1),
}
"""operations that are several nodes, or one with settings"""
