r"""Formulas as trees, built with Python's operators: their values, their symbols and their texts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mlpviz.engine.expressions.operations import (
    ATOM,
    CLAMP_ARGUMENTS,
    OPERATIONS,
    PRODUCT,
    SIGN,
    SUM,
    TRANSPARENT,
    Form,
    Language,
)
from mlpviz.engine.hyperparameters import tex


class Expression:
    """A formula, or a part of one. Two expressions are equal if their trees are."""

    @property
    def ends_a_product(self) -> bool:
        """Whether LaTeX may have it last in a product although it is one itself, as log x or a sum with its sign."""
        return False

    def value(self, values: Mapping[Symbol, Any], /) -> Any:
        """The number or array for these values of the symbols. Raises KeyError for a symbol without a value."""
        raise NotImplementedError

    def symbols(self) -> frozenset[Symbol]:
        """All symbols of the expression."""
        return frozenset(node for node in self.nodes() if isinstance(node, Symbol))

    def latex(self, texts: Mapping[Symbol, str] | None = None) -> str:
        """As LaTeX; `texts` replaces symbols."""
        return self._write("latex", texts or {})[0]

    def numpy(self, names: Mapping[Symbol, str] | None = None) -> str:
        """As Python with NumPy; `names` replaces the names of symbols."""
        return self._write("numpy", names or {})[0]

    def torch(self, names: Mapping[Symbol, str] | None = None) -> str:
        """As Python with PyTorch, where every symbol holds a tensor; `names` replaces the names of symbols."""
        return self._write("torch", names or {})[0]

    def in_order(self) -> tuple[Symbol, ...]:
        """The symbols that LaTeX has, in the order in which it has them, each once."""
        return tuple(dict.fromkeys(self._ordered_symbols()))

    def template(self) -> tuple[str, tuple[Symbol, ...]]:
        r"""As LaTeX with `\text{ref0}`, `\text{ref1}`, … in place of the symbols, and the symbols in that order."""
        order = self.in_order()
        return self.latex({symbol: rf"\text{{ref{number}}}" for number, symbol in enumerate(order)}), order

    def inner(self) -> tuple[Expression, ...]:
        """The parts that it is made of, in the order in which they are written; none for numbers and symbols."""
        return ()

    def with_inner(self, _parts: tuple[Expression, ...], /) -> Expression:
        """The same with other parts, as many as `inner` gives."""
        return self

    def nodes(self) -> Iterator[Expression]:
        """The expression itself and everything in it."""
        yield self
        for part in self.inner():
            yield from part.nodes()

    def replace(self, change: Callable[[Expression], Expression | None]) -> Expression:
        """The expression with each part, from the outermost on, for which `change` gives another one in its place."""
        changed = change(self)
        if changed is not None:
            return changed
        parts = self.inner()
        return self.with_inner(tuple(part.replace(change) for part in parts)) if parts else self

    def condition(self, texts: Mapping[Symbol, str] | None = None) -> str:
        """As LaTeX after "if", where a comparison needs no brackets."""
        return self.latex(texts)

    def _ordered_symbols(self) -> Iterator[Symbol]:
        """The symbols in the order in which LaTeX has them, each as often as it has it."""
        for part in self.inner():
            yield from part._ordered_symbols()

    def _write(self, language: Language, texts: Mapping[Symbol, str], /) -> tuple[str, int]:
        """The text and its precedence."""
        raise NotImplementedError

    def _place(self, language: Language, texts: Mapping[Symbol, str], least: int, /) -> str:
        """The text for a place that needs this precedence at least."""
        text, precedence = self._write(language, texts)
        return text if precedence >= least else f"({text})"

    def __add__(self, other: Expression | float) -> Expression:
        return Operation("+", (self, as_expression(other)))

    def __radd__(self, other: float) -> Expression:
        return Operation("+", (as_expression(other), self))

    def __sub__(self, other: Expression | float) -> Expression:
        return Operation("-", (self, as_expression(other)))

    def __rsub__(self, other: float) -> Expression:
        return Operation("-", (as_expression(other), self))

    def __mul__(self, other: Expression | float) -> Expression:
        return Operation("*", (self, as_expression(other)))

    def __rmul__(self, other: float) -> Expression:
        return Operation("*", (as_expression(other), self))

    def __matmul__(self, other: Expression | float) -> Expression:
        return Operation("@", (self, as_expression(other)))

    def __rmatmul__(self, other: float) -> Expression:
        return Operation("@", (as_expression(other), self))

    def __truediv__(self, other: Expression | float) -> Expression:
        return Operation("/", (self, as_expression(other)))

    def __rtruediv__(self, other: float) -> Expression:
        return Operation("/", (as_expression(other), self))

    def __pow__(self, other: Expression | float) -> Expression:
        return Operation("**", (self, as_expression(other)))

    def __rpow__(self, other: float) -> Expression:
        return Operation("**", (as_expression(other), self))

    def __neg__(self) -> Expression:
        return Operation("minus", (self,))

    def __gt__(self, other: Expression | float) -> Expression:
        return Operation(">", (self, as_expression(other)))

    def __lt__(self, other: Expression | float) -> Expression:
        return Operation("<", (self, as_expression(other)))

    def __ge__(self, other: Expression | float) -> Expression:
        return Operation(">=", (self, as_expression(other)))

    def __le__(self, other: Expression | float) -> Expression:
        return Operation("<=", (self, as_expression(other)))

    def __bool__(self) -> bool:
        raise TypeError("a formula is neither true nor false")


@dataclass(frozen=True)
class Number(Expression):
    """A number: all of its digits in code, six in LaTeX."""

    number: float

    def value(self, _values: Mapping[Symbol, Any], /) -> Any:
        """The number itself."""
        return float(self.number)

    def _write(self, language: Language, _texts: Mapping[Symbol, str], /) -> tuple[str, int]:
        if language != "latex":
            return number_code(self.number, language), SIGN if self.number < 0 else ATOM
        text = tex(self.number)
        return text, SUM if self.number < 0 else PRODUCT if r"\cdot" in text else ATOM


def number_code(number: float, language: Language = "numpy") -> str:
    """A number in Python with all of its digits: the shortest text that is read as the same number."""
    if number in (float("inf"), float("-inf")):
        return f"{'-' if number < 0 else ''}{'np' if language == 'numpy' else 'torch'}.inf"
    # whole numbers as people write them, as far as every digit is known
    return repr(int(number) if abs(number) < 2**53 and number == int(number) else float(number))


@dataclass(frozen=True)
class Symbol(Expression):
    """A variable: its letter in LaTeX, which may have an index as in z_k, and its name in code."""

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

    @property
    def ends_a_product(self) -> bool:
        """True for a function that is written without parentheses."""
        return self.kind == "log"

    def inner(self) -> tuple[Expression, ...]:
        """Its parts."""
        return self.parts

    def with_inner(self, parts: tuple[Expression, ...], /) -> Expression:
        """The same operation on other parts."""
        return Operation(self.kind, parts)

    def condition(self, texts: Mapping[Symbol, str] | None = None) -> str:
        """As LaTeX after "if", where a comparison needs no brackets."""
        form = OPERATIONS[self.kind].condition
        return self.latex(texts) if form is None else self._fill(form, "latex", texts or {})

    def _write(self, language: Language, texts: Mapping[Symbol, str], /) -> tuple[str, int]:
        if language == "latex":
            return self._typeset(texts)
        kind = OPERATIONS[self.kind]
        if self.kind in TRANSPARENT:
            return self.parts[0]._write(language, texts)
        if language == "torch" and kind.math and not self.symbols():
            return f"math.{kind.math}({self.parts[0]._write(language, texts)[0]})", ATOM
        if language == "torch" and self.kind in CLAMP_ARGUMENTS:
            bounds = [part for part in self.parts if not part.symbols()]
            if len(bounds) == 1:
                (other,) = (part for part in self.parts if part is not bounds[0])
                bound, clamped = (part._write(language, texts)[0] for part in (bounds[0], other))
                return f"torch.clamp({clamped}, {CLAMP_ARGUMENTS[self.kind]}={bound})", ATOM
        form: Form = getattr(kind, language)
        if self.kind == "**" and not all(isinstance(part, Number | Symbol) for part in self.parts):
            form = form._replace(text="{} ** {}")
        return self._fill(form, language, texts), form.precedence

    def _fill(self, form: Form, language: Language, texts: Mapping[Symbol, str]) -> str:
        return form.text.format(
            *(part._place(language, texts, least) for part, least in zip(self.parts, form.least, strict=False))
        )

    def _typeset(self, texts: Mapping[Symbol, str]) -> tuple[str, int]:
        form = OPERATIONS[self.kind].latex
        inner = [part._place("latex", texts, least) for part, least in zip(self.parts, form.least, strict=False)]
        match self.kind, self.parts:
            case "**", (Operation(function, (argument,)), exponent) if OPERATIONS[function].power:
                power = _exponent(exponent, texts)
                return OPERATIONS[function].power.format(power, argument._write("latex", texts)[0]), ATOM
            case "**", (_, exponent):
                inner[1] = _exponent(exponent, texts)
            case (("@" | "*"), (_, last)) if last.ends_a_product:
                inner[1] = last._write("latex", texts)[0]
            case "@", _ if inner[0].endswith(")") and inner[1].startswith("("):
                return "".join(inner), form.precedence
            case "ln", (argument,) if argument.ends_a_product:
                return rf"\ln {inner[0]}", PRODUCT
            case "if", (_, condition, _):
                inner[1] = condition.condition(texts)
        return form.text.format(*inner), form.precedence


def _exponent(exponent: Expression, texts: Mapping[Symbol, str]) -> str:
    """An exponent, in braces unless it is a digit, a letter or a command."""
    own, text = exponent.latex(), exponent.latex(texts)
    alone = len(own) == 1 or (own.startswith("\\") and own[1:].isalpha())
    return text if isinstance(exponent, Number | Symbol) and alone else f"{{{text}}}"


def as_expression(operand: Expression | float) -> Expression:
    """A number as an expression, and an expression as it is."""
    return operand if isinstance(operand, Expression) else Number(operand)
