"""Lines of a calculation: a symbol and the formula of its value; formulas with letters of their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from mlpviz.engine.expressions.tree import Expression, Symbol, number_code


@dataclass(frozen=True)
class FormulaLine:
    """One line of a calculation: `symbol` gets the value of `formula`.

    `definitions` are lines for symbols of the formula that no other line defines. `overwrites`: the symbol had a value
    before, so the line has an arrow in place of the equals sign.
    """

    symbol: Symbol
    formula: Expression
    definitions: tuple[FormulaLine, ...] = ()
    overwrites: bool = False

    @property
    def latex(self) -> str:
        """The line, followed by its definitions."""
        sign = r"\leftarrow" if self.overwrites else "="
        own = rf"{self.symbol.letter} {sign} {self.formula.latex()}"
        return r", \quad ".join([own, *(line.latex for line in self.definitions)])

    def in_order(self) -> tuple[FormulaLine, ...]:
        """The definitions, in an order in which each can be computed, followed by the line itself."""
        ordered: list[FormulaLine] = []

        def add(line: FormulaLine) -> None:
            for definition in self.definitions:
                if definition.symbol in line.formula.symbols() and definition not in ordered and definition != line:
                    add(definition)
            ordered.append(line)

        add(self)
        return tuple(ordered)

    def code(self, language: Literal["numpy", "torch"], names: Mapping[Symbol, str] | None = None) -> tuple[str, ...]:
        """The line in Python, after those of its definitions."""
        return tuple(
            f"{getattr(line.symbol, language)(names)} = {getattr(line.formula, language)(names)}"
            for line in self.in_order()
        )


@dataclass(frozen=True)
class Where:
    r"""A formula with letters of its own: `body, \quad τ = …`. Code has a line for each of them before its own.

    `in_code` are lines that only code has: for what its form needs twice.
    """

    body: Expression
    definitions: tuple[FormulaLine, ...] = ()
    in_code: tuple[FormulaLine, ...] = ()

    def latex(self, texts: Mapping[Symbol, str] | None = None) -> str:
        """The formula, followed by its definitions."""
        lines = [f"{line.symbol.latex(texts)} = {line.formula.latex(texts)}" for line in self.definitions]
        return r", \quad ".join([self.body.latex(texts), *lines])

    def value(self, values: Mapping[Symbol, Any], /) -> Any:
        """The value of the formula; the definitions are computed first. Raises KeyError for an unknown symbol."""
        known = dict(values)
        for line in self.line(_RESULT).in_order():
            known[line.symbol] = line.formula.value(known)
        return known[_RESULT]

    def line(self, symbol: Symbol) -> FormulaLine:
        """The line that gives `symbol` its value."""
        return FormulaLine(symbol, self.body, (*self.definitions, *self.in_code))

    def in_order(self) -> tuple[Symbol, ...]:
        """The symbols that LaTeX has, in the order in which it has them, each once, without those it defines."""
        parts = (self.body, *(line.formula for line in self.definitions))
        found = dict.fromkeys(symbol for part in parts for symbol in part.in_order())
        return tuple(symbol for symbol in found if symbol not in {line.symbol for line in self.definitions})

    def times(self, factor: Expression) -> Where:
        """The formula multiplied from the left, as by ∂L/∂a in the chain rule."""
        return Where(factor * self.body, self.definitions, self.in_code)


def assigned(values: Mapping[str, Any]) -> str:
    """One line of Python that gives these names their numbers, several at once: a, b = 1, 0.5."""
    texts = [
        f"np.array([{', '.join(map(number_code, value))}])" if isinstance(value, tuple) else number_code(value)
        for value in values.values()
    ]
    return f"{', '.join(values)} = {', '.join(texts)}"


_RESULT = Symbol("", "result")


def becomes(symbol: Symbol, formula: Expression, *definitions: FormulaLine) -> FormulaLine:
    """The line that gives a symbol a new value."""
    return FormulaLine(symbol, formula, definitions, overwrites=True)
