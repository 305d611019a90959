"""A typed function such as "sin(3*x) + x/2" or "x1*x2": parsed against a list of allowed names and operators.

No code is executed: the syntax tree is evaluated on NumPy arrays.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlpviz.data.table import DataError
from mlpviz.engine.hyperparameters import exact

LONGEST = 200
"""characters of a formula"""

Values = NDArray[np.float64]

ONE: Mapping[str, Callable[[Any], Any]] = {
    "sin": np.sin, "cos": np.cos, "tan": np.tan, "asin": np.arcsin, "acos": np.arccos, "atan": np.arctan,
    "sinh": np.sinh, "cosh": np.cosh, "tanh": np.tanh, "exp": np.exp, "log": np.log, "sqrt": np.sqrt,
    "abs": np.abs, "sign": np.sign, "floor": np.floor, "ceil": np.ceil, "round": np.round, "sinc": np.sinc,
    "relu": lambda x: np.maximum(x, 0.0), "step": lambda x: np.where(x < 0, 0.0, 1.0),
}  # fmt: skip
"""Functions of one number; sinc is sin(πx) / (πx), step is 1 from 0 on."""

TWO: Mapping[str, Callable[[Any, Any], Any]] = {"min": np.minimum, "max": np.maximum, "mod": np.mod}
"""Functions of two numbers."""

CONSTANTS: Mapping[str, float] = {"pi": np.pi, "e": np.e}

_OPERATORS: Mapping[type[ast.AST], Callable[..., Any]] = {
    ast.Add: np.add, ast.Sub: np.subtract, ast.Mult: np.multiply, ast.Div: np.divide, ast.Mod: np.mod,
    ast.Pow: np.power, ast.USub: np.negative, ast.UAdd: np.positive,
    ast.Lt: np.less, ast.LtE: np.less_equal, ast.Gt: np.greater, ast.GtE: np.greater_equal,
}  # fmt: skip

# a digit before a letter, as in 3x, unless it is the exponent of 1e-3 or the end of a name
_MISSING_OPERATOR = re.compile(r"(?<![A-Za-z_])\d+\.?\d*(?![eE][+-]?\d)([A-Za-z_(])")

ALLOWED = f"numbers, pi, e, + - * / % **, < <= > >=, and {', '.join((*ONE, *TWO))}"
"""What a formula may hold besides its variables, in words."""


@dataclass(frozen=True)
class DataFormula:
    """A checked formula of the variables `names`; called with one array (...,) for each it gives y (...,).

    A comparison is 1 where it is true and 0 elsewhere.
    Raises DataError that names what in the text is not allowed, and what is.
    """

    text: str
    names: tuple[str, ...] = ("x",)

    def __post_init__(self) -> None:
        _check(self._tree, self.names)

    @cached_property
    def _tree(self) -> ast.expr:
        text = self.text.strip()
        if not text:
            raise DataError("the formula is empty, expected one such as sin(3*x) + x/2")
        if len(text) > LONGEST:
            raise DataError(f"the formula has {len(text):,} characters, at most {LONGEST} are allowed")
        if wrong := re.search(r"[^\w\s.+\-*/%()<>=,]", text) or re.search(r"[^\x20-\x7e]", text):
            hint = "; write ** for a power" if wrong[0] == "^" else ""
            raise DataError(f"the formula has {wrong[0]!a} at character {wrong.start() + 1}{hint}")
        if found := _MISSING_OPERATOR.search(text):
            whole = found[0]
            raise DataError(f"the formula has {whole!r}, expected an operator between: {whole[:-1]}*{whole[-1]}")
        try:
            return ast.parse(text, mode="eval").body
        except SyntaxError as error:
            place = f" at character {error.offset}" if error.offset else ""
            raise DataError(f"the formula {text!r} cannot be read{place}") from None
        except (RecursionError, MemoryError, ValueError):
            raise DataError("the formula is nested too deeply to be read") from None

    def __call__(self, *variables: Any) -> Values:
        """The values y (...,) at x (...,). Raises DataError at the first place where y is not finite."""
        y = self.unchecked(*variables)
        wrong = np.flatnonzero(~np.isfinite(y))
        if wrong.size:
            places = (np.broadcast_to(x, y.shape).flat[wrong[0]] for x in variables)
            where = ", ".join(f"{name} = {exact(place)}" for name, place in zip(self.names, places, strict=True))
            found = y.flat[wrong[0]]
            raise DataError(f"the formula is {found} at {where}, expected a finite number in the whole range")
        return y

    def unchecked(self, *variables: Any) -> Values:
        """The values y (...,), NaN and infinity included."""
        named = {name: np.asarray(values, np.float64) for name, values in zip(self.names, variables, strict=True)}
        shape = np.broadcast_shapes(*(values.shape for values in named.values()))
        with np.errstate(all="ignore"):
            return np.broadcast_to(np.asarray(_value(self._tree, named), np.float64), shape).copy()


def _check(node: ast.AST, names: tuple[str, ...]) -> None:
    match node:
        case ast.Constant(value) if type(value) in (int, float):
            return
        case ast.Name(name):
            if name in ONE or name in TWO:
                example = f"{name}({names[0]}{', 1' * (name in TWO)})"
                raise DataError(f"{name} needs an argument in parentheses, as in {example}")
            if name not in names and name not in CONSTANTS:
                raise DataError(f"the formula has an unknown name {name!r}{_meant(name, names)}")
        case ast.Call(ast.Name(name), arguments, []):
            needed = 1 if name in ONE else 2 if name in TWO else 0
            if not needed:
                raise DataError(f"the formula has an unknown function {name!r}{_meant(name, names)}")
            if len(arguments) != needed:
                raise DataError(f"{name} has {len(arguments)} arguments, expected {needed}")
            for argument in arguments:
                _check(argument, names)
        case ast.BinOp(left, operator, right) if type(operator) in _OPERATORS:
            _check(left, names)
            _check(right, names)
        case ast.UnaryOp(operator, operand) if type(operator) in _OPERATORS:
            _check(operand, names)
        case ast.Compare(left, [operator], [right]) if type(operator) in _OPERATORS:
            _check(left, names)
            _check(right, names)
        case _:
            raise DataError(
                f"the formula has {ast.unparse(node)!r}, which is not allowed; allowed are {_allowed(names)}"
            )


def _meant(name: str, names: tuple[str, ...]) -> str:
    """The question for the likely one of the known words, or all of them."""
    found = get_close_matches(name, (*names, *CONSTANTS, *ONE, *TWO), n=1, cutoff=0.7)
    return f" (did you mean {found[0]}?)" if found else f"; allowed are {_allowed(names)}"


def _allowed(names: tuple[str, ...]) -> str:
    variables = ", ".join(names) if len(names) <= 3 else f"{names[0]} to {names[-1]}"
    return f"{variables}, {ALLOWED}"


def _value(node: ast.AST, x: Mapping[str, Values]) -> Any:
    match node:
        case ast.Constant(value):
            return np.float64(value)  # type: ignore[arg-type]  # a number, as was checked
        case ast.Name(name):
            return x[name] if name in x else np.float64(CONSTANTS[name])
        case ast.Call(ast.Name(name), arguments, _):
            function: Callable[..., Any] = ONE[name] if name in ONE else TWO[name]
            return function(*(_value(argument, x) for argument in arguments))
        case ast.BinOp(left, operator, right) | ast.Compare(left, [operator], [right]):
            return np.asarray(_OPERATORS[type(operator)](_value(left, x), _value(right, x)), np.float64)
        case ast.UnaryOp(operator, operand):
            return _OPERATORS[type(operator)](_value(operand, x))
    raise AssertionError(node)  # pragma: no cover  # _check has looked at every node
