r"""Parts of formulas that are no operations: constants, vectors, cases, sums, and two ways to write the same.

`Rewritten` has one form that is read, one that is computed and one of PyTorch.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from mlpviz.engine.expressions.operations import ATOM, POWER, PRODUCT, Language
from mlpviz.engine.expressions.tree import Expression, Number, Symbol, as_expression, number_code


@dataclass(frozen=True)
class Constant(Expression):
    """A number that LaTeX writes as a letter or with few digits; in code it has a name or all of its digits."""

    number: float
    text: str
    numpy_name: str = ""
    torch_name: str = ""

    def value(self, _values: Mapping[Symbol, Any], /) -> Any:
        """The number itself."""
        return self.number

    def _write(self, language: Language, _texts: Mapping[Symbol, str], /) -> tuple[str, int]:
        if language == "latex":
            return self.text, ATOM
        name = self.numpy_name if language == "numpy" else self.torch_name
        return name or number_code(self.number, language), ATOM


@dataclass(frozen=True)
class Vector(Expression):
    """Given numbers, one per column, such as class weights; LaTeX has their letter with its index."""

    numbers: tuple[float, ...]
    letter: str

    def value(self, _values: Mapping[Symbol, Any], /) -> Any:
        """The numbers as an array (O,)."""
        return np.array(self.numbers, dtype=float)

    def _write(self, language: Language, _texts: Mapping[Symbol, str], /) -> tuple[str, int]:
        if language == "latex":
            return self.letter, ATOM
        # repr, not number_code: whole numbers would make an array of integers, which torch's losses refuse
        inner = ", ".join(repr(float(number)) for number in self.numbers)
        array = "np.array([{}])" if language == "numpy" else "torch.tensor([{}], dtype=torch.float64)"
        return array.format(inner), ATOM


@dataclass(frozen=True)
class Cases(Expression):
    r"""The value of the first row whose condition holds, else `otherwise`: \begin{cases}, np.where, torch.where."""

    rows: tuple[tuple[Expression, Expression], ...]
    """Value and condition."""
    otherwise: Expression

    def value(self, values: Mapping[Symbol, Any], /) -> Any:
        """Row by row; the forms of rows that do not hold may overflow."""
        with np.errstate(all="ignore"):
            found = self.otherwise.value(values)
            for result, condition in reversed(self.rows):
                found = np.where(condition.value(values), result.value(values), found)[()]
        return found

    def inner(self) -> tuple[Expression, ...]:
        """Value and condition of each row, and the last value."""
        return (*(part for row in self.rows for part in row), self.otherwise)

    def with_inner(self, parts: tuple[Expression, ...], /) -> Expression:
        """The same with other values and conditions."""
        return Cases(tuple(zip(parts[:-1:2], parts[1:-1:2], strict=True)), parts[-1])

    def _write(self, language: Language, texts: Mapping[Symbol, str], /) -> tuple[str, int]:
        last = self.otherwise._write(language, texts)[0]
        if language == "latex":
            rows = [rf"{each._write(language, texts)[0]} & {when.condition(texts)} \\ " for each, when in self.rows]
            return rf"\begin{{cases}} {''.join(rows)}{last} & \text{{else}} \end{{cases}}", ATOM
        for result, condition in reversed(self.rows):
            library = "np" if language == "numpy" else "torch"
            own = (condition._write(language, texts)[0], result._write(language, texts)[0])
            last = f"{library}.where({own[0]}, {own[1]}, {last})"
        return last, ATOM


@dataclass(frozen=True)
class Length(Expression):
    """How many rows (axis 0) or columns (axis 1) a matrix has."""

    of: Symbol
    axis: int

    def value(self, values: Mapping[Symbol, Any], /) -> Any:
        """The number."""
        return float(np.shape(values[self.of])[self.axis])

    def inner(self) -> tuple[Expression, ...]:
        """The matrix."""
        return (self.of,)

    def with_inner(self, parts: tuple[Expression, ...], /) -> Expression:
        """The same of another matrix."""
        return Length(parts[0], self.axis) if isinstance(parts[0], Symbol) else self

    def _ordered_symbols(self) -> Iterator[Symbol]:
        yield from ()

    def _write(self, language: Language, texts: Mapping[Symbol, str], /) -> tuple[str, int]:
        if language == "latex":
            return rf"\text{{{('rows', 'columns')[self.axis]}}}", ATOM
        return f"{texts.get(self.of, self.of.name)}.shape[{self.axis}]", ATOM


@dataclass(frozen=True)
class Sum(Expression):
    r"""Σ of `body`: over everything, or along one axis, which stays with length 1.

    `index` is written below the sign, as in \sum_k. `divisor` makes it a mean: \frac{1}{divisor} \sum body. It is a
    mean over all numbers of `body` if `divides_all` (.mean() in code), else a sum over the value of the divisor.
    """

    body: Expression
    index: str = ""
    axis: int | None = None
    divisor: Expression | None = None
    divides_all: bool = False

    @property
    def ends_a_product(self) -> bool:
        """True: what follows the sign is added up."""
        return True

    def value(self, values: Mapping[Symbol, Any], /) -> Any:
        """The sum or the mean."""
        body = np.asarray(self.body.value(values), float)
        reduce = np.mean if self.divides_all else np.sum
        result = reduce(body) if self.axis is None else reduce(body, axis=self.axis, keepdims=True)
        return result if self.divisor is None or self.divides_all else result / self.divisor.value(values)

    def inner(self) -> tuple[Expression, ...]:
        """The divisor, if there is one, and what is added up."""
        return (self.body,) if self.divisor is None else (self.divisor, self.body)

    def with_inner(self, parts: tuple[Expression, ...], /) -> Expression:
        """The same over something else."""
        return Sum(parts[-1], self.index, self.axis, parts[0] if len(parts) == 2 else None, self.divides_all)

    def _write(self, language: Language, texts: Mapping[Symbol, str], /) -> tuple[str, int]:
        if language == "latex":
            front = "" if self.divisor is None else rf"\frac{{1}}{{{self.divisor._write(language, texts)[0]}}} "
            sign = rf"\sum_{self.index} " if self.index else r"\sum "
            return front + sign + self.body._place(language, texts, PRODUCT), PRODUCT
        method = "mean" if self.divides_all else "sum"
        axis = "" if self.axis is None else f"axis={self.axis}, keepdims=True"
        if language == "torch" and axis:
            axis = f"dim={self.axis}, keepdim=True"
        text = f"{self.body._place(language, texts, ATOM)}.{method}({axis})"
        if self.divisor is None or self.divides_all:
            return text, ATOM
        return f"{text} / {self.divisor._place(language, texts, POWER)}", PRODUCT


@dataclass(frozen=True)
class Rewritten(Expression):
    """Several ways to write the same value: `shown` in LaTeX, `computed` in code, where `shown` overflows or cancels.

    `library` is what PyTorch code has instead, where it has a function for it. A test compares the values of all for
    every formula of the registries.
    """

    shown: Expression
    computed: Expression
    library: Expression | None = None

    def value(self, values: Mapping[Symbol, Any], /) -> Any:
        """The value of the computed form."""
        return self.computed.value(values)

    def inner(self) -> tuple[Expression, ...]:
        """The shown form, the computed one and that of the library, if there is one."""
        return (self.shown, self.computed) if self.library is None else (self.shown, self.computed, self.library)

    def with_inner(self, parts: tuple[Expression, ...], /) -> Expression:
        """The same with other forms."""
        return Rewritten(*parts)

    def condition(self, texts: Mapping[Symbol, str] | None = None) -> str:
        """That of the shown form."""
        return self.shown.condition(texts)

    def _ordered_symbols(self) -> Iterator[Symbol]:
        return self.shown._ordered_symbols()

    def _write(self, language: Language, texts: Mapping[Symbol, str], /) -> tuple[str, int]:
        in_code = self.library if language == "torch" and self.library is not None else self.computed
        return (self.shown if language == "latex" else in_code)._write(language, texts)


def computed_form(formula: Expression) -> Expression:
    """The formula without the other ways in which parts of it are written."""
    return formula.replace(lambda part: computed_form(part.computed) if isinstance(part, Rewritten) else None)


@dataclass(frozen=True)
class Call(Expression):
    """A call of a function of PyTorch, the library's form of a `Rewritten`; it has no value of its own."""

    function: str
    arguments: tuple[Expression, ...]
    keywords: tuple[tuple[str, str | int], ...] = ()

    def inner(self) -> tuple[Expression, ...]:
        """The arguments."""
        return self.arguments

    def with_inner(self, parts: tuple[Expression, ...], /) -> Expression:
        """The same call with other arguments."""
        return Call(self.function, parts, self.keywords)

    def _write(self, language: Language, texts: Mapping[Symbol, str], /) -> tuple[str, int]:
        own = [argument._write(language, texts)[0] for argument in self.arguments]
        given = [f"{name}={json.dumps(value)}" for name, value in self.keywords]
        return f"{self.function}({', '.join([*own, *given])})", ATOM


def in_torch(formula: Expression, library: Expression) -> Expression:
    """A formula that is read as it is computed, except by PyTorch, which has a function for it."""
    own = formula if isinstance(formula, Rewritten) else Rewritten(formula, formula)
    return Rewritten(own.shown, own.computed, library)


def torch_call(function: str, *arguments: Expression | float, **keywords: str | int) -> Expression:
    """A call of a function of PyTorch by its name in code, such as F.gelu."""
    return Call(function, tuple(as_expression(each) for each in arguments), tuple(keywords.items()))


def cases(*rows: tuple[Expression | float, Expression], otherwise: Expression | float) -> Expression:
    """The value of the first row (value, condition) whose condition holds, else `otherwise`."""
    return Cases(tuple((as_expression(each), when) for each, when in rows), as_expression(otherwise))


def total(x: Expression, divisor: Expression | None = None) -> Expression:
    r"""Σ x over all samples and outputs, written \sum x; with a divisor \frac{1}{divisor} \sum x."""
    return Sum(x, divisor=divisor)


def mean(x: Expression, numbers: Expression) -> Expression:
    r"""The mean of x over all samples and outputs, written \frac{1}{numbers} \sum x."""
    return Sum(x, divisor=numbers, divides_all=True)


def row_sum(x: Expression, index: str = "k") -> Expression:
    """Σ of x over the units of each sample, written with an index below the sign -> (..., N, 1)."""
    return Sum(x, index, axis=-1)


def _copy(copies: Mapping[Symbol, Symbol], part: Expression) -> Expression | None:
    return copies.get(part) if isinstance(part, Symbol) else None


def written_out(formula: Expression, copies: Mapping[Symbol, Sequence[Symbol]]) -> Expression:
    """The formula with each sum that runs over one of these symbols written as the terms for the copies of them.

    With copies z_1, z_2 of z_k the sum over k of e^z_k becomes e^z_1 + e^z_2. All have as many copies.
    """

    def terms(part: Expression) -> Expression | None:
        if not (isinstance(part, Sum) and part.symbols() & copies.keys()):
            return None
        each_term = [dict(zip(copies, row, strict=True)) for row in zip(*copies.values(), strict=True)]
        parts = [part.body.replace(partial(_copy, own)) for own in each_term]
        added: Expression = parts[0] if parts else Number(0)
        for each in parts[1:]:
            added = added + each
        return added if part.divisor is None else added / part.divisor

    return formula.replace(terms)
