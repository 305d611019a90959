"""Lines of a calculation: a symbol and the formula of its value."""

from __future__ import annotations

from dataclasses import dataclass

from mlpviz.engine.expressions.tree import Expression, Symbol


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


def becomes(symbol: Symbol, formula: Expression, *definitions: FormulaLine) -> FormulaLine:
    """The line that gives a symbol a new value."""
    return FormulaLine(symbol, formula, definitions, overwrites=True)
