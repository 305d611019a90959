r"""Formulas as trees, built with Python's operators: their values, their symbols and their texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mlpviz.engine.expressions.operations import (
    ATOM,
    CLAMP_ARGUMENTS,
    OPERATIONS,
    PRODUCT,
    SIGN,
    SUM,
    Form,
    Language,
)
from mlpviz.engine.hyperparameters import tex


class Expression:
    """A formula, or a part of one. Two expressions are equal if their trees are."""

    def value(self, values: Mapping[Symbol, Any], /) -> Any:
        """The number or array for these values of the symbols. Raises KeyError for a symbol without a value."""
        raise NotImplementedError

    def symbols(self) -> frozenset[Symbol]:
        """All symbols of the expression."""
        return frozenset(self._ordered_symbols())

    def latex(self, texts: Mapping[Symbol, str] | None = None) -> str:
        """As LaTeX; `texts` replaces symbols."""
        return self._write("latex", texts or {})[0]

    def numpy(self, names: Mapping[Symbol, str] | None = None) -> str:
        """As Python with NumPy; `names` replaces the names of symbols."""
        return self._write("numpy", names or {})[0]

    def torch(self, names: Mapping[Symbol, str] | None = None) -> str:
        """As Python with PyTorch, where every symbol holds a tensor; `names` replaces the names of symbols."""
        return self._write("torch", names or {})[0]

    def template(self) -> tuple[str, tuple[Symbol, ...]]:
        r"""As LaTeX with `\text{ref0}`, `\text{ref1}`, … in place of the symbols, and the symbols in that order."""
        order = tuple(dict.fromkeys(self._ordered_symbols()))
        return self.latex({symbol: rf"\text{{ref{number}}}" for number, symbol in enumerate(order)}), order

    def _ordered_symbols(self) -> Iterator[Symbol]:
        raise NotImplementedError

    def _write(self, language: Language, texts: Mapping[Symbol, str], /) -> tuple[str, int]:
        """The text and its precedence."""
        raise NotImplementedError

    def __add__(self, other: Expression | float) -> Expression:
        return Operation("+", (self, _as_expression(other)))

    def __radd__(self, other: float) -> Expression:
        return Operation("+", (_as_expression(other), self))

    def __sub__(self, other: Expression | float) -> Expression:
        return Operation("-", (self, _as_expression(other)))

    def __rsub__(self, other: float) -> Expression:
        return Operation("-", (_as_expression(other), self))

    def __mul__(self, other: Expression | float) -> Expression:
        return Operation("*", (self, _as_expression(other)))

    def __rmul__(self, other: float) -> Expression:
        return Operation("*", (_as_expression(other), self))

    def __matmul__(self, other: Expression | float) -> Expression:
        return Operation("@", (self, _as_expression(other)))

    def __rmatmul__(self, other: float) -> Expression:
        return Operation("@", (_as_expression(other), self))

    def __truediv__(self, other: Expression | float) -> Expression:
        return Operation("/", (self, _as_expression(other)))

    def __rtruediv__(self, other: float) -> Expression:
        return Operation("/", (_as_expression(other), self))

    def __pow__(self, other: Expression | float) -> Expression:
        return Operation("**", (self, _as_expression(other)))

    def __rpow__(self, other: float) -> Expression:
        return Operation("**", (_as_expression(other), self))

    def __neg__(self) -> Expression:
        return Operation("minus", (self,))

    def __gt__(self, other: Expression | float) -> Expression:
        return Operation(">", (self, _as_expression(other)))

    def __lt__(self, other: Expression | float) -> Expression:
        return Operation("<", (self, _as_expression(other)))

    def __ge__(self, other: Expression | float) -> Expression:
        return Operation(">=", (self, _as_expression(other)))

    def __le__(self, other: Expression | float) -> Expression:
        return Operation("<=", (self, _as_expression(other)))

    def __bool__(self) -> bool:
        raise TypeError("a formula is neither true nor false")


@dataclass(frozen=True)
class Number(Expression):
    """A number."""

    number: float

    def value(self, _values: Mapping[Symbol, Any], /) -> Any:
        """The number itself."""
        return float(self.number)

    def _ordered_symbols(self) -> Iterator[Symbol]:
        return iter(())

    def _write(self, language: Language, _texts: Mapping[Symbol, str], /) -> tuple[str, int]:
        if language != "latex":
            return f"{self.number:g}", SIGN if self.number < 0 else ATOM
        text = tex(self.number)
        return text, SUM if self.number < 0 else PRODUCT if r"\cdot" in text else ATOM


@dataclass(frozen=True)
class Symbol(Expression):
    """A variable: its letter in LaTeX and its name in code."""

    letter: str
    name: str

    def value(self, values: Mapping[Symbol, Any], /) -> Any:
        """Its value. Raises KeyError if there is none."""
        return values[self]

    def _ordered_symbols(self) -> Iterator[Symbol]:
        yield self

    def _write(self, language: Language, texts: Mapping[Symbol, str], /) -> tuple[str, int]:
        return texts.get(self, self.letter if language == "latex" else self.name), ATOM


@dataclass(frozen=True)
class Operation(Expression):
    """An operation, by its key in `OPERATIONS`, on its parts."""

    kind: str
    parts: tuple[Expression, ...]

    def value(self, values: Mapping[Symbol, Any], /) -> Any:
        """The result of the operation on the values of its parts."""
        if self.kind == "if":  # the other branch may contain symbols without a value
            then, condition, other = self.parts
            return (then if condition.value(values) else other).value(values)
        return OPERATIONS[self.kind].value(*(part.value(values) for part in self.parts))

    def _ordered_symbols(self) -> Iterator[Symbol]:
        for part in self.parts:
            yield from part._ordered_symbols()

    def _write(self, language: Language, texts: Mapping[Symbol, str], /) -> tuple[str, int]:
        form = getattr(OPERATIONS[self.kind], language)
        if language == "torch" and self.kind in CLAMP_ARGUMENTS:
            numbers = [part for part in self.parts if isinstance(part, Number)]
            if numbers:
                (other,) = (part for part in self.parts if part not in numbers)
                bound = numbers[0]._write(language, texts)[0]
                return f"torch.clamp({other._write(language, texts)[0]}, {CLAMP_ARGUMENTS[self.kind]}={bound})", ATOM
        written = [part._write(language, texts) for part in self.parts]
        inner = [
            text if precedence >= least else f"({text})"
            for (text, precedence), least in zip(written, form.least, strict=False)
        ]
        if language == "latex":
            return self._typeset(form, inner), form.precedence
        if self.kind == "**" and not all(isinstance(part, Number | Symbol) for part in self.parts):
            return f"{inner[0]} ** {inner[1]}", form.precedence
        return form.text.format(*inner), form.precedence

    def _typeset(self, form: Form, inner: list[str]) -> str:
        match self.kind:
            case "**" if not _is_short(self.parts[1]):
                inner[1] = f"{{{inner[1]}}}"
            case "@" if inner[0].endswith(")") and inner[1].startswith("("):
                return inner[0] + inner[1]
            case "if":  # a condition after "if" needs no brackets
                inner[1] = inner[1].removeprefix("[").removesuffix("]")
        return form.text.format(*inner)


def _is_short(exponent: Expression) -> bool:
    """Whether LaTeX needs no braces around the exponent: a digit, a letter, a command."""
    text = exponent.latex()
    return isinstance(exponent, Number | Symbol) and re.fullmatch(r".|\\[A-Za-z]+", text) is not None


def _as_expression(operand: Expression | float) -> Expression:
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
    return Operation("maximum", (_as_expression(x), _as_expression(y)))


def minimum(x: Expression | float, y: Expression | float) -> Expression:
    """The smaller of both."""
    return Operation("minimum", (_as_expression(x), _as_expression(y)))


def equal(x: Expression, y: Expression | float) -> Expression:
    """[x = y]: 1 where both are equal, else 0. `==` compares trees instead."""
    return Operation("==", (x, _as_expression(y)))


def choice(condition: Expression, then: Expression, other: Expression) -> Operation:
    """`then` if the condition holds, else `other`; the condition is a single number, not an array."""
    return Operation("if", (then, condition, other))
