"""Formulas as spreadsheets write them: in functions that Excel, LibreOffice and Gnumeric have, and without overflow.

Excel keeps 15 digits of a number in a formula, so one with more is written as a sum of two. A minus binds tighter than
a power there. Neither ln(1 + x) nor e^x - 1 exists; both are written so that a small x keeps its digits.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import partial
from typing import NamedTuple

from mlpviz.engine.expressions.forms import Cases, Constant, Rewritten, Sum
from mlpviz.engine.expressions.lines import FormulaLine, Where
from mlpviz.engine.expressions.operations import ATOM, COMPARE, POWER, PRODUCT, SIGN, SUM, TRANSPARENT
from mlpviz.engine.expressions.tree import Expression, Number, Operation, Symbol


class NotInSpreadsheetsError(ValueError):
    """A formula has something that no spreadsheet function computes; the message names it."""


class _Form(NamedTuple):
    text: str
    precedence: int = ATOM
    least: tuple[int, ...] = (COMPARE, COMPARE, COMPARE)


def _infix(sign: str, precedence: int, right: int) -> _Form:
    return _Form(f"{{0}}{sign}{{1}}", precedence, (precedence, right))


_SIGMOID = _Form("EXP(MIN({0},0))/(1+EXP(-ABS({0})))", PRODUCT, (COMPARE,))
_RELATIONS = {">": ">", "<": "<", ">=": ">=", "<=": "<=", "==": "="}
_FORMS: Mapping[str, _Form] = {
    "+": _infix("+", SUM, PRODUCT),
    "-": _infix("-", SUM, PRODUCT),
    "*": _infix("*", PRODUCT, SIGN),
    "@": _infix("*", PRODUCT, SIGN),
    "/": _infix("/", PRODUCT, SIGN),
    "over": _infix("/", PRODUCT, SIGN),
    "**": _Form("{0}^{1}", POWER, (ATOM, ATOM)),
    "minus": _Form("-{0}", SIGN, (ATOM,)),
    "sqrt": _Form("SQRT({0})"),
    "abs": _Form("ABS({0})"),
    "sign": _Form("SIGN({0})"),
    "maximum": _Form("MAX({0},{1})"),
    "minimum": _Form("MIN({0},{1})"),
    "clip": _Form("MIN(MAX({0},{1}),{2})"),
    "exp": _Form("EXP({0})"),
    "expm1": _Form("2*SINH(MAX({0},-50)/2)*EXP(MAX({0},-50)/2)", PRODUCT),
    "ln": _Form("LN({0})"),
    "log": _Form("LN({0})"),
    "tanh": _Form("TANH({0})"),
    "cos": _Form("COS({0})"),
    "floor": _Form("INT({0})"),
    "mod": _Form("MOD({0},{1})"),
    "erf": _Form("ERF({0})"),
    "cdf": _Form("NORMSDIST({0})"),
    "sigmoid": _SIGMOID,
    # ln(1 + u) = 2 artanh(u / (2 + u)), with u = e^-|x|
    "softplus": _Form("MAX({0},0)+2*ATANH(EXP(-ABS({0}))/(2+EXP(-ABS({0}))))", SUM),
    "xlogy": _Form("IF({0}=0,0,{0}*LN({1}))", ATOM, (SUM, COMPARE)),
}


class _Printer(NamedTuple):
    cells: Mapping[Symbol, str]
    columns: Mapping[Symbol, str]

    def place(self, part: Expression, least: int) -> str:
        text, precedence = self.write(part)
        return text if precedence >= least else f"({text})"

    def write(self, part: Expression) -> tuple[str, int]:
        """The text and its precedence."""
        match part:
            case Number(number):
                return number_text(number)
            case Constant(number=number):
                return number_text(number)
            case Symbol():
                if part not in self.cells:
                    raise NotInSpreadsheetsError(f"nothing on the sheet is {part.name}")
                return self.cells[part], ATOM
            case Rewritten(computed=computed):
                return self.write(computed)
            case Cases(rows, otherwise):
                last = self.place(otherwise, COMPARE)
                for value, condition in reversed(rows):
                    last = f"IF({self.condition(condition)},{self.place(value, COMPARE)},{last})"
                return last, ATOM
            case Sum(body=body, axis=-1, divisor=None):
                if not only_operators(body):
                    raise NotInSpreadsheetsError("Gnumeric takes no function of a whole column into a sum")
                inner = _Printer({**self.cells, **self.columns}, {}).place(body, COMPARE)
                return (f"SUM({inner})" if isinstance(body, Symbol) else f"SUMPRODUCT({inner})"), ATOM
            case Operation():
                return self._operation(part)
        raise NotInSpreadsheetsError(f"no function of spreadsheets is {type(part).__name__.lower()}")

    def condition(self, part: Expression) -> str:
        """A comparison as it stands in IF."""
        match part:
            case Operation("indicator", (inner, _)):
                return self.condition(inner)
            case Operation("between" | "between or at" as kind, (low, x, high)):
                sign = "<" if kind == "between" else "<="
                between = self.place(x, SUM)
                return f"AND({self.place(low, SUM)}{sign}{between},{between}{sign}{self.place(high, SUM)})"
            case Operation(kind, (left, right)) if kind in _RELATIONS:
                return f"{self.place(left, SUM)}{_RELATIONS[kind]}{self.place(right, SUM)}"
        return f"{self.place(part, SUM)}<>0"

    def _operation(self, part: Operation) -> tuple[str, int]:
        kind, parts = part.kind, part.parts
        match kind, parts:
            case _ if kind in TRANSPARENT:
                return self.write(parts[0])
            case "if", (then, condition, other):
                if not condition.symbols():
                    return self.write(then if condition.value({}) else other)
                texts = [self.place(each, COMPARE) for each in (then, other)]
                return f"IF({self.condition(condition)},{','.join(texts)})", ATOM
            case _ if kind in _RELATIONS or kind in ("indicator", "between", "between or at"):
                return f"IF({self.condition(part)},1,0)", ATOM
            case "/", (top, Operation("+", (Number(1), Operation("exp", (exponent,))))):
                # the quotient of a sigmoid, whose exponential would overflow far below 0
                return self._fill(_SIGMOID, (minus(exponent),), top)
            case "maximum", (Operation("log", (x,)), Number(bound)):
                least = number_text(bound)[0]
                argument = self.place(x, SUM)
                return f"IF({argument}>0,MAX(LN({argument}),{least}),{least})", ATOM
            case "row max", (symbol,) if isinstance(symbol, Symbol) and symbol in self.columns:
                return f"MAX({self.columns[symbol]})", ATOM
        if kind not in _FORMS:
            raise NotInSpreadsheetsError(f"no function of spreadsheets is {kind!r}")
        return self._fill(_FORMS[kind], parts)

    def _fill(self, form: _Form, parts: tuple[Expression, ...], front: Expression | None = None) -> tuple[str, int]:
        texts = [self.place(part, least) for part, least in zip(parts, form.least, strict=False)]
        before = "" if front is None or front == Number(1) else f"{self.place(front, PRODUCT)}*"
        return before + form.text.format(*texts), form.precedence


def spreadsheet(formula: Expression, cells: Mapping[Symbol, str], columns: Mapping[Symbol, str] | None = None) -> str:
    """The formula without its equals sign; `cells` are the addresses of symbols.

    `columns` are ranges with the numbers of all units of a sample, for sums over them. Raises NotInSpreadsheetsError.
    """
    return _Printer(cells, columns or {}).place(formula, COMPARE)


def only_operators(body: Expression) -> bool:
    """Whether a sum of it can be one formula: Gnumeric computes A1:A3*B1:B3 in SUMPRODUCT, but not EXP(A1:A3)."""
    return all(
        part.kind in ("+", "-", "*", "@", "/", "over", "minus") if isinstance(part, Operation)
        else isinstance(part, Symbol | Number | Constant)
        for part in body.nodes()
    )  # fmt: skip


def without_definitions(formula: Where) -> Expression:
    """The formula with each letter of its own replaced by what it stands for."""
    body = formula.body
    for line in reversed(formula.line(Symbol("", "")).in_order()[:-1]):
        body = body.replace(partial(_instead, line))
    return body


def _instead(line: FormulaLine, part: Expression) -> Expression | None:
    return line.formula if part == line.symbol else None


def minus(part: Expression) -> Expression:
    """-x, and x for -x."""
    match part:
        case Operation("minus", (inner,)):
            return inner
        case Number(number):
            return Number(-number)
    return -part


def number_text(number: float) -> tuple[str, int]:
    """A number of a formula, and its precedence. Raises NotInSpreadsheetsError if spreadsheets have no such number."""
    if not math.isfinite(number) or 0 < abs(number) < 2.3e-308:
        raise NotInSpreadsheetsError(f"spreadsheets have no number like {number!r}")
    if number == int(number) and abs(number) < 1e15:
        return str(int(number)), SIGN if number < 0 else ATOM
    short = float(f"{number:.15g}")
    if short == number:
        return f"{number:.15G}", SIGN if number < 0 else ATOM
    rest = number - short
    return f"{short:.15G}{'+' if rest > 0 else '-'}{abs(rest):.15G}", SUM
