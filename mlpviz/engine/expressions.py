r"""Formulas as trees, built with Python's operators: one tree prints as LaTeX, NumPy and PyTorch, and has a value.

`a * b` is written with a dot, `a @ b` is a product without one, `a / b` a fraction, `a ** b` a power. `a > b` counts
1 where it holds and 0 elsewhere and is written in brackets, [a > b]. Numbers may stand beside expressions.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import numpy as np

from mlpviz.engine.hyperparameters import tex

Language = Literal["latex", "numpy", "torch"]

_CHOICE, _COMPARE, _SUM, _PRODUCT, _SIGN, _POWER, _ATOM = range(7)
"""How tightly a form binds: what binds less than its place asks for is put in parentheses."""


class _Form(NamedTuple):
    """How an operation is written: places for its parts, how tightly it binds, how tightly each part must bind."""

    text: str
    binds: int = _ATOM
    parts: tuple[int, ...] = (_CHOICE, _CHOICE, _CHOICE)


class _Operation(NamedTuple):
    value: Callable[..., Any]
    latex: _Form
    numpy: _Form
    torch: _Form


def _infix(value: Callable[..., Any], latex: str | _Form, sign: str, binds: int, right: int) -> _Operation:
    code = _Form(f"{{}} {sign} {{}}", binds, (binds, right))
    return _Operation(value, latex if isinstance(latex, _Form) else _Form(latex, binds, (binds, right)), code, code)


def _function(value: Callable[..., Any], latex: str, name: str, count: int = 1, torch: str = "") -> _Operation:
    places = ", ".join(["{}"] * count)
    return _Operation(value, _Form(latex), _Form(f"np.{name}({places})"), _Form(torch or f"torch.{name}({places})"))


def _relation(value: Callable[..., Any], latex: str, sign: str) -> _Operation:
    code = _Form(f"{{}} {sign} {{}}", _COMPARE, (_SUM, _SUM))
    return _Operation(value, _Form(f"[{{}} {latex} {{}}]", _ATOM, (_SUM, _SUM)), code, code)


_MINUS = _Form("-{}", _SIGN, (_SIGN,))
_CONDITIONAL = _Form("{} if {} else {}", _CHOICE)
_POWER_IN_CODE = _Form("{}**{}", _POWER, (_ATOM, _POWER))

_OPERATIONS: dict[str, _Operation] = {
    "+": _infix(operator.add, "{} + {}", "+", _SUM, _PRODUCT),
    "-": _infix(operator.sub, "{} - {}", "-", _SUM, _PRODUCT),
    "*": _infix(operator.mul, _Form(r"{} \cdot {}", _PRODUCT, (_PRODUCT, _PRODUCT)), "*", _PRODUCT, _SIGN),
    "@": _infix(operator.mul, _Form("{} {}", _PRODUCT, (_PRODUCT, _POWER)), "*", _PRODUCT, _SIGN),
    "/": _infix(np.divide, _Form(r"\frac{{{}}}{{{}}}", _POWER), "/", _PRODUCT, _SIGN),
    "**": _Operation(np.power, _Form("{}^{}", _POWER, (_ATOM, _CHOICE)), _POWER_IN_CODE, _POWER_IN_CODE),
    # a sum may begin with a minus, a product may not
    "minus": _Operation(operator.neg, _Form("-{}", _SUM, (_PRODUCT,)), _MINUS, _MINUS),
    "if": _Operation(
        lambda then, condition, other: then if condition else other,
        _Form(r"{} \text{{ if }} {}, \text{{ else }} {}", _CHOICE),
        _CONDITIONAL,
        _CONDITIONAL,
    ),
    ">": _relation(operator.gt, ">", ">"),
    "<": _relation(operator.lt, "<", "<"),
    ">=": _relation(operator.ge, r"\geq", ">="),
    "<=": _relation(operator.le, r"\leq", "<="),
    "==": _relation(operator.eq, "=", "=="),
    "sqrt": _function(np.sqrt, r"\sqrt{{{}}}", "sqrt"),
    "abs": _function(np.abs, "|{}|", "abs"),
    "sign": _function(np.sign, r"\operatorname{{sign}}({})", "sign"),
    "maximum": _function(np.maximum, r"\max({}, {})", "maximum", 2),
    "minimum": _function(np.minimum, r"\min({}, {})", "minimum", 2),
}

_BOUNDS = {"maximum": "min", "minimum": "max"}
"""What `torch.clamp` calls a number as the smallest or the largest value: torch.maximum takes tensors only."""


class Expression:
    """A formula, or a part of one. Equal trees are equal."""

    def value(self, values: Mapping[Symbol, Any], /) -> Any:
        """The number or the array, with these values of the symbols. Raises KeyError for a symbol without one."""
        raise NotImplementedError

    def symbols(self) -> frozenset[Symbol]:
        """Every symbol in it."""
        return frozenset(self._in_order())

    def latex(self, texts: Mapping[Symbol, str] | None = None) -> str:
        """As LaTeX; `texts` replaces symbols."""
        return self._written("latex", texts or {})[0]

    def numpy(self, names: Mapping[Symbol, str] | None = None) -> str:
        """As Python with NumPy; `names` replaces the names of symbols."""
        return self._written("numpy", names or {})[0]

    def torch(self, names: Mapping[Symbol, str] | None = None) -> str:
        """As Python with PyTorch, where every symbol holds a tensor; `names` replaces the names of symbols."""
        return self._written("torch", names or {})[0]

    def template(self) -> tuple[str, tuple[Symbol, ...]]:
        r"""As LaTeX with `\text{ref0}`, `\text{ref1}`, … for the symbols, and these in order."""
        order = tuple(dict.fromkeys(self._in_order()))
        return self.latex({symbol: rf"\text{{ref{number}}}" for number, symbol in enumerate(order)}), order

    def _in_order(self) -> Iterator[Symbol]:
        raise NotImplementedError

    def _written(self, language: Language, texts: Mapping[Symbol, str], /) -> tuple[str, int]:
        """The text, and how tightly it binds."""
        raise NotImplementedError

    def __add__(self, other: Expression | float) -> Expression:
        return Operation("+", (self, _expression(other)))

    def __radd__(self, other: float) -> Expression:
        return Operation("+", (_expression(other), self))

    def __sub__(self, other: Expression | float) -> Expression:
        return Operation("-", (self, _expression(other)))

    def __rsub__(self, other: float) -> Expression:
        return Operation("-", (_expression(other), self))

    def __mul__(self, other: Expression | float) -> Expression:
        return Operation("*", (self, _expression(other)))

    def __rmul__(self, other: float) -> Expression:
        return Operation("*", (_expression(other), self))

    def __matmul__(self, other: Expression | float) -> Expression:
        return Operation("@", (self, _expression(other)))

    def __rmatmul__(self, other: float) -> Expression:
        return Operation("@", (_expression(other), self))

    def __truediv__(self, other: Expression | float) -> Expression:
        return Operation("/", (self, _expression(other)))

    def __rtruediv__(self, other: float) -> Expression:
        return Operation("/", (_expression(other), self))

    def __pow__(self, other: Expression | float) -> Expression:
        return Operation("**", (self, _expression(other)))

    def __rpow__(self, other: float) -> Expression:
        return Operation("**", (_expression(other), self))

    def __neg__(self) -> Expression:
        return Operation("minus", (self,))

    def __gt__(self, other: Expression | float) -> Expression:
        return Operation(">", (self, _expression(other)))

    def __lt__(self, other: Expression | float) -> Expression:
        return Operation("<", (self, _expression(other)))

    def __ge__(self, other: Expression | float) -> Expression:
        return Operation(">=", (self, _expression(other)))

    def __le__(self, other: Expression | float) -> Expression:
        return Operation("<=", (self, _expression(other)))

    def __bool__(self) -> bool:
        raise TypeError("a formula is neither true nor false")


@dataclass(frozen=True)
class Number(Expression):
    """A number that is written out."""

    number: float

    def value(self, _values: Mapping[Symbol, Any], /) -> Any:
        """The number itself."""
        return float(self.number)

    def _in_order(self) -> Iterator[Symbol]:
        return iter(())

    def _written(self, language: Language, _texts: Mapping[Symbol, str], /) -> tuple[str, int]:
        if language != "latex":
            return f"{self.number:g}", _SIGN if self.number < 0 else _ATOM
        text = tex(self.number)
        return text, _SUM if self.number < 0 else _PRODUCT if r"\cdot" in text else _ATOM


@dataclass(frozen=True)
class Symbol(Expression):
    """A letter, in LaTeX, and its name in code."""

    letter: str
    name: str

    def value(self, values: Mapping[Symbol, Any], /) -> Any:
        """What it stands for. Raises KeyError if that is not given."""
        return values[self]

    def _in_order(self) -> Iterator[Symbol]:
        yield self

    def _written(self, language: Language, texts: Mapping[Symbol, str], /) -> tuple[str, int]:
        return texts.get(self, self.letter if language == "latex" else self.name), _ATOM


@dataclass(frozen=True)
class Operation(Expression):
    """An operation of `_OPERATIONS` on its parts."""

    kind: str
    parts: tuple[Expression, ...]

    def value(self, values: Mapping[Symbol, Any], /) -> Any:
        """What the operation makes of the values of its parts."""
        if self.kind == "if":  # the other branch may have no value
            then, condition, other = self.parts
            return (then if condition.value(values) else other).value(values)
        return _OPERATIONS[self.kind].value(*(part.value(values) for part in self.parts))

    def _in_order(self) -> Iterator[Symbol]:
        for part in self.parts:
            yield from part._in_order()

    def _written(self, language: Language, texts: Mapping[Symbol, str], /) -> tuple[str, int]:
        form = getattr(_OPERATIONS[self.kind], language)
        if language == "torch" and self.kind in _BOUNDS:
            numbers = [part for part in self.parts if isinstance(part, Number)]
            if numbers:
                (other,) = (part for part in self.parts if part not in numbers)
                bound = numbers[0]._written(language, texts)[0]
                return f"torch.clamp({other._written(language, texts)[0]}, {_BOUNDS[self.kind]}={bound})", _ATOM
        written = [part._written(language, texts) for part in self.parts]
        inner = [
            text if binds >= least else f"({text})" for (text, binds), least in zip(written, form.parts, strict=False)
        ]
        if language == "latex":
            return self._typeset(form, inner), form.binds
        if self.kind == "**" and not all(isinstance(part, Number | Symbol) for part in self.parts):
            return f"{inner[0]} ** {inner[1]}", form.binds
        return form.text.format(*inner), form.binds

    def _typeset(self, form: _Form, inner: list[str]) -> str:
        match self.kind:
            case "**" if not _is_short(self.parts[1]):
                inner[1] = f"{{{inner[1]}}}"
            case "@" if inner[0].endswith(")") and inner[1].startswith("("):
                return inner[0] + inner[1]
            case "if":  # a condition that stands alone has no brackets
                inner[1] = inner[1].removeprefix("[").removesuffix("]")
        return form.text.format(*inner)


def _is_short(exponent: Expression) -> bool:
    """Whether LaTeX needs no braces around it: a digit, a letter, a command."""
    text = exponent.latex()
    return isinstance(exponent, Number | Symbol) and re.fullmatch(r".|\\[A-Za-z]+", text) is not None


def _expression(operand: Expression | float) -> Expression:
    return operand if isinstance(operand, Expression) else Number(operand)


def sqrt(x: Expression) -> Expression:
    """√x."""
    return Operation("sqrt", (x,))


def absolute(x: Expression) -> Expression:
    """|x|."""
    return Operation("abs", (x,))


def sign(x: Expression) -> Expression:
    """-1, 0 or 1."""
    return Operation("sign", (x,))


def maximum(x: Expression | float, y: Expression | float) -> Expression:
    """The larger of both."""
    return Operation("maximum", (_expression(x), _expression(y)))


def minimum(x: Expression | float, y: Expression | float) -> Expression:
    """The smaller of both."""
    return Operation("minimum", (_expression(x), _expression(y)))


def equal(x: Expression, y: Expression | float) -> Expression:
    """[x = y]: 1 where both are equal. Not `==`, which compares trees."""
    return Operation("==", (x, _expression(y)))


def choice(condition: Expression, then: Expression, other: Expression) -> Operation:
    """`then` if the condition, one number, holds, else `other`."""
    return Operation("if", (then, condition, other))


@dataclass(frozen=True)
class Line:
    """`symbol` becomes `formula`; `definitions` say what letters in it are that nothing else defines.

    `overwrites`: the symbol had a value before, so an arrow stands in place of the equals sign.
    """

    symbol: Symbol
    formula: Expression
    definitions: tuple[Line, ...] = ()
    overwrites: bool = False

    @property
    def latex(self) -> str:
        """The line and behind it its definitions."""
        sign = r"\leftarrow" if self.overwrites else "="
        own = rf"{self.symbol.letter} {sign} {self.formula.latex()}"
        return r", \quad ".join([own, *(line.latex for line in self.definitions)])

    def in_order(self) -> tuple[Line, ...]:
        """The definitions, in an order in which each can be computed, and then the line itself."""
        ordered: list[Line] = []

        def add(line: Line) -> None:
            for definition in self.definitions:
                if definition.symbol in line.formula.symbols() and definition not in ordered and definition != line:
                    add(definition)
            ordered.append(line)

        add(self)
        return tuple(ordered)


def becomes(symbol: Symbol, formula: Expression, *definitions: Line) -> Line:
    """The line that overwrites a symbol."""
    return Line(symbol, formula, definitions, overwrites=True)
