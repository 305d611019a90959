"""Arrays in a program, laid out as Ruff and Black would: flat if it fits, else one row or number per line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from mlpviz.engine.parameters import Array
from mlpviz.exchange.programs.program_line import Digits, Part, ProgramLine
from mlpviz.sheet.quantities import Quantity

WIDE = 100
"""columns of a program"""

Numbers = str | Digits | list["Numbers"]
"""An array as nested lists; texts in it are names."""


def array_of(quantity: Quantity, shown: Array, exact: bool, whole: bool = False) -> Numbers:
    """A block of the sheet as code has it: samples are rows. `exact` numbers have all of their digits, others twelve.

    `whole`: class numbers, one per sample.
    """

    def digits(row: int, column: int) -> Digits:
        value = shown[row, column]
        text = repr(int(value)) if whole else number_text(float(value), exact)
        return Digits(text, row, column)

    rows, columns = shown.shape
    if quantity.key == "loss":
        return digits(0, 0)
    if whole:
        return [digits(0, column) for column in range(columns)]
    if quantity.key.endswith("weight"):
        return [[digits(row, column) for column in range(columns)] for row in range(rows)]
    if not quantity.columns:
        return [digits(row, 0) for row in range(rows)]
    return [[digits(row, column) for row in range(rows)] for column in range(columns)]


def number_text(value: float, exact: bool = True) -> str:
    """A number in Python: all of its digits, or the first twelve."""
    return repr(value if exact else float(f"{value:.12g}")).replace("e+", "e")


def listed(values: Array) -> Numbers:
    """An array that no block shows, with all of its digits."""
    if values.ndim == 0:
        return Digits(number_text(float(values)), -1, -1)
    return [listed(np.asarray(each)) for each in values]


def call(
    head: str, arguments: Sequence[Numbers], block: str, given: bool = False, indent: str = ""
) -> list[ProgramLine]:
    """A statement that ends in a call: `head` up to its bracket, then the arguments."""
    laid_out = _call(f"{indent}{head}", arguments, indent)
    return [ProgramLine(tuple(_joined(parts)), block, given) for parts in laid_out]


def _call(head: str, arguments: Sequence[Numbers], indent: str) -> Iterator[list[Part]]:
    flat = list(_flat(arguments))
    if _fits([head, *flat, ")"]):
        yield [head, *flat, ")"]
        return
    inner = indent + "    "
    yield [head]
    if _fits([inner, *flat]):
        yield [inner, *flat]
    else:
        for argument in arguments:
            yield from _spread(argument, inner, "," if len(arguments) > 1 else "")
    yield [indent + ")"]


def _spread(argument: Numbers, indent: str, comma: str) -> Iterator[list[Part]]:
    flat = list(_flat([argument]))
    if isinstance(argument, str | Digits) or _fits([indent, *flat, comma]):
        yield [indent, *flat, comma]
        return
    yield [f"{indent}["]
    for each in argument:
        yield from _spread(each, indent + "    ", ",")
    yield [f"{indent}]{comma}"]


def _flat(arguments: Sequence[Numbers]) -> Iterator[Part]:
    for number, argument in enumerate(arguments):
        if number:
            yield ", "
        if isinstance(argument, str | Digits):
            yield argument
        else:
            yield "["
            yield from _flat(argument)
            yield "]"


def _fits(parts: Sequence[Part]) -> bool:
    return sum(len(part if isinstance(part, str) else part.text) for part in parts) <= WIDE


def _joined(parts: Sequence[Part]) -> Iterator[Part]:
    """The parts with neighbouring texts as one, and numbers without a cell as text."""
    held = ""
    for part in parts:
        if isinstance(part, str) or part.row < 0:
            held += part if isinstance(part, str) else part.text
            continue
        if held:
            yield held
        held = ""
        yield part
    if held:
        yield held
