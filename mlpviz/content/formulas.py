r"""Formulas of ours as trees: read from LaTeX, computed with NumPy, written as Python: what is shown is computed.

Enough LaTeX for the optimizers: sums, products, fractions, roots, powers, sizes, max and min, conditions. A line is
`name \leftarrow formula` or `name = formula`, then its definitions after `, \quad `.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

_SYMBOL = (
    r"\\frac\{\\partial L\}\{\\partial \\theta\}"
    r"|\\(?:hat|bar|mathrm)\{\\?[A-Za-z]+\}"
    r"|(?:\\(?!(?:cdot|frac|sqrt|max|min|operatorname|geq|leq|left|right)(?![A-Za-z]))[A-Za-z]+|[A-Za-z])"
    r"(?:_(?:\{[^{}]*(?:\{[^{}]*\})?\}|\\[A-Za-z]+|[A-Za-z0-9]))?(?:\^\{[+-]\})?"
)
_TOKEN = re.compile(
    rf"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<name>\\operatorname\{{[a-z]+\}})|(?P<symbol>{_SYMBOL})|(?P<other>\\[A-Za-z]+|.))"
)
_ELSE = re.compile(r"(?P<then>.*) \\text\{ if \} (?P<condition>.*), \\text\{ else \} (?P<other>.*)")
_RELATIONS = {">": ">", "<": "<", "=": "==", r"\geq": ">=", r"\leq": "<="}
_FUNCTIONS = {"sqrt": np.sqrt, "abs": np.abs, "sign": np.sign, "maximum": np.maximum, "minimum": np.minimum}
_STRENGTH = {"if": 0, "compare": 1, "+": 2, "-": 2, "*": 3, "/": 3, "minus": 4, "**": 5}
_ATOM = 9


@dataclass(frozen=True)
class Formula:
    """A tree: `kind` is "number", "symbol", an operator, "compare", "if", or the name of a function of NumPy.

    `text` holds the number, the symbol in LaTeX, or the relation; `parts` what it is made of.
    """

    kind: str
    text: str = ""
    parts: tuple[Formula, ...] = ()

    def value(self, names: Mapping[str, Any]) -> Any:
        """The number, or the array, with the symbols' values. Raises KeyError for a symbol that is not given."""
        if self.kind == "number":
            return float(self.text)
        if self.kind == "symbol":
            return names[self.text]
        if self.kind == "if":
            then, condition, other = self.parts
            return (then if condition.value(names) else other).value(names)
        found = [part.value(names) for part in self.parts]
        match self.kind:
            case "+":
                return found[0] + found[1]
            case "-":
                return found[0] - found[1]
            case "*":
                return found[0] * found[1]
            case "/":
                return np.divide(found[0], found[1])
            case "**":
                return np.power(found[0], found[1])
            case "minus":
                return -found[0]
            case "compare":
                left, right = found
                truth = {
                    ">": left > right, "<": left < right, "==": left == right, ">=": left >= right, "<=": left <= right
                }  # fmt: skip
                return truth[self.text]
        return _FUNCTIONS[self.kind](*found)

    def symbols(self) -> set[str]:
        """Every symbol in it."""
        own = {self.text} if self.kind == "symbol" else set()
        return own.union(*(part.symbols() for part in self.parts))

    def code(self, names: Mapping[str, str]) -> str:
        """The same in Python with NumPy; `names` gives the variable of each symbol."""
        match self.kind:
            case "number":
                return self.text
            case "symbol":
                return names[self.text]
            case "if":
                then, condition, other = (part.code(names) for part in self.parts)
                return f"{then} if {condition} else {other}"
            case "minus":
                return f"-{self._inside(0, names)}"
            case "compare":
                return f"{self._inside(0, names)} {self.text} {self._inside(1, names)}"
            case "+" | "-" | "*" | "/" | "**":
                sign = self.kind if self.kind == "**" else f" {self.kind} "
                return f"{self._inside(0, names)}{sign}{self._inside(1, names)}"
        return f"np.{self.kind}({', '.join(part.code(names) for part in self.parts)})"

    def _inside(self, index: int, names: Mapping[str, str]) -> str:
        part, own = self.parts[index], _STRENGTH[self.kind]
        inner = _STRENGTH.get(part.kind, _ATOM)
        # a - (b - c) and a / (b · c) need theirs; powers bind to the right
        tight = inner < own or (inner == own and (index == 1) != (self.kind == "**") and self.kind not in ("+",))
        return f"({part.code(names)})" if tight else part.code(names)


@dataclass(frozen=True)
class Line:
    """`symbol` becomes `formula`; `latex` is the right side as written. `is_update`: it overwrites what it had."""

    symbol: str
    formula: Formula
    latex: str
    is_update: bool


@lru_cache(maxsize=1024)
def lines_of(latex: str) -> tuple[Line, ...]:
    """The line and its definitions, in an order in which each can be computed."""
    main, *definitions = (_line(text) for text in latex.split(r", \quad "))
    known = {line.symbol: line for line in definitions}
    ordered: list[Line] = []

    def add(line: Line) -> None:
        for name, definition in known.items():
            if name in line.formula.symbols() and definition not in ordered and definition is not line:
                add(definition)
        ordered.append(line)

    add(main)
    return tuple(ordered)


def _line(text: str) -> Line:
    is_update = r"\leftarrow" in text
    symbol, right = text.split(r" \leftarrow " if is_update else " = ", 1)
    return Line(symbol.strip(), parsed(right), right, is_update)


@lru_cache(maxsize=1024)
def parsed(latex: str) -> Formula:
    """The tree of a formula. Raises ValueError where it is none."""
    if found := _ELSE.fullmatch(latex):
        return Formula("if", "", (parsed(found["then"]), _Reader(found["condition"]).truth(), parsed(found["other"])))
    reader = _Reader(latex)
    tree = reader.sum()
    if reader.tokens:
        raise ValueError(f"{latex!r} stops at {reader.tokens[0][1]!r}")
    return tree


class _Reader:
    def __init__(self, latex: str) -> None:
        latex = latex.replace(r"\left", "").replace(r"\right", "")
        found = _TOKEN.finditer(latex.strip())
        self.tokens = [(match.lastgroup or "other", match[match.lastgroup or 0]) for match in found]

    def next(self) -> str:
        return self.tokens[0][1] if self.tokens else ""

    def take(self, text: str) -> bool:
        if self.next() != text:
            return False
        self.tokens.pop(0)
        return True

    def expect(self, text: str) -> None:
        if not self.take(text):
            raise ValueError(f"expected {text!r} before {self.next()!r}")

    def sum(self) -> Formula:
        result = Formula("minus", "", (self.product(),)) if self.take("-") else self.product()
        while self.next() in ("+", "-"):
            kind = self.tokens.pop(0)[1]
            result = Formula(kind, "", (result, self.product()))
        return result

    def product(self) -> Formula:
        result = self.power()
        while self.tokens:
            kind, text = self.tokens[0]
            if self.take(r"\cdot") or kind in ("number", "symbol", "name") or text in ("(", "[", r"\frac", r"\sqrt"):
                result = Formula("*", "", (result, self.power()))
            else:
                break
        return result

    def power(self) -> Formula:
        base = self.base()
        return Formula("**", "", (base, self.group())) if self.take("^") else base

    def group(self) -> Formula:
        if not self.take("{"):
            return self.base()
        return self._closed(self.sum(), "}")

    def _closed(self, inner: Formula, end: str) -> Formula:
        self.expect(end)
        return inner

    def truth(self) -> Formula:
        left = self.sum()
        relation = _RELATIONS[self.tokens.pop(0)[1]]
        return Formula("compare", relation, (left, self.sum()))

    def base(self) -> Formula:
        if not self.tokens:
            raise ValueError("a formula ends too early")
        kind, text = self.tokens.pop(0)
        if kind in ("number", "symbol"):
            return Formula(kind, text)
        if kind == "name":
            return Formula(text[len(r"\operatorname{") : -1], "", (self.base(),))
        match text:
            case "(":
                return self._closed(self.sum(), ")")
            case "|":
                return Formula("abs", "", (self._closed(self.sum(), "|"),))
            case "[":
                return self._closed(self.truth(), "]")
            case r"\frac":
                return Formula("/", "", (self.group(), self.group()))
            case r"\sqrt":
                return Formula("sqrt", "", (self.group(),))
            case r"\max" | r"\min":
                self.expect("(")
                first = self.sum()
                self.expect(",")
                return Formula("maximum" if text == r"\max" else "minimum", "", (first, self._closed(self.sum(), ")")))
        raise ValueError(f"{text!r} begins no formula")
