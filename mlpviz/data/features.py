"""The inputs of a network: the columns of a table, or formulas of them such as x1*x2 or sin(pi*x1).

Formulas call the columns x1, x2, … in the order of the table.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlpviz.data.formula import DataFormula
from mlpviz.data.table import DataError
from mlpviz.engine.registry import Registry

MOST = 40
"""formulas of one network"""


@dataclass(frozen=True)
class Feature:
    """A formula that is offered for samples of `columns` numbers; the key is its text."""

    key: str
    label: str
    columns: int
    sentence: str


FEATURES: Registry[Feature] = Registry(
    "feature",
    (
        Feature("x1", "x₁", 2, "The first number as it is."),
        Feature("x2", "x₂", 2, "The second number as it is."),
        Feature("x1**2", "x₁²", 2, "Grows to both sides: with x₂² a single unit draws a circle."),
        Feature("x2**2", "x₂²", 2, "Grows up and down."),
        Feature("x1*x2", "x₁·x₂", 2, "Tells opposite quadrants apart: XOR in one number."),
        Feature("sin(pi*x1)", "sin πx₁", 2, "A wave to the right."),
        Feature("sin(pi*x2)", "sin πx₂", 2, "A wave upwards."),
        Feature("x", "x", 1, "The number as it is."),
        Feature("x**2", "x²", 1, "Its square: with x every parabola."),
        Feature("x**3", "x³", 1, "Its cube."),
        Feature("sin(pi*x)", "sin πx", 1, "A wave."),
        Feature("cos(pi*x)", "cos πx", 1, "The same wave, a quarter on."),
    ),
)
"""The formulas that the page offers; any other one can be typed."""

_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_POWERS = {"2": "²", "3": "³"}


def columns_of(count: int) -> tuple[str, ...]:
    """The names of the columns in formulas, for samples of `count` numbers."""
    return ("x",) if count == 1 else tuple(f"x{number}" for number in range(1, count + 1))


def offered_features(count: int) -> tuple[Feature, ...]:
    """The formulas offered for samples of `count` numbers."""
    return tuple(feature for feature in FEATURES.values() if feature.columns == count)


def split_formulas(text: str) -> list[str]:
    """Typed formulas with commas between; a comma within parentheses belongs to its function."""
    depth, found = 0, [""]
    for letter in text:
        depth += (letter == "(") - (letter == ")")
        if letter == "," and depth <= 0:
            found.append("")
        else:
            found[-1] += letter
    return [piece.strip() for piece in found if piece.strip()]


def formula_label(text: str) -> str:
    """A formula as a label of a drawing: x₁² for x1**2."""
    if text in FEATURES:
        return FEATURES[text].label
    plain = re.sub(r"\*\*([23])(?![\d.])", lambda power: _POWERS[power[1]], text.replace(" ", ""))
    plain = re.sub(r"(?<![A-Za-z0-9_])x(\d+)", lambda column: "x" + column[1].translate(_SUBSCRIPTS), plain)
    return re.sub(r"(?<![A-Za-z0-9_])pi(?![A-Za-z0-9_])", "π", plain).replace("*", "·")


def check_formula(text: str) -> None:
    """Raises DataError for a text that is no formula for any number of columns."""
    names = sorted(set(re.findall(r"(?<![A-Za-z0-9_])x\d*(?![A-Za-z0-9_])", text)))
    DataFormula(text, tuple(names) or ("x1",))


@dataclass(frozen=True)
class Features:
    """The inputs for samples of `columns` numbers: the formulas `texts`, or None for the numbers themselves.

    Raises DataError for a formula that cannot be parsed, or that has a column that is not there.
    """

    columns: int
    texts: tuple[str, ...] | None = None

    def __post_init__(self) -> None:
        self._formulas  # noqa: B018  # parsed here, so that errors are raised now

    @cached_property
    def _formulas(self) -> tuple[DataFormula, ...]:
        return tuple(DataFormula(text, columns_of(self.columns)) for text in self.texts or ())

    @property
    def count(self) -> int:
        """F, the number of inputs."""
        return self.columns if self.texts is None else len(self.texts)

    def names(self, columns: Sequence[str]) -> tuple[str, ...]:
        """Their labels, given the names of the columns."""
        return tuple(columns) if self.texts is None else tuple(formula_label(text) for text in self.texts)

    def of(self, x: NDArray[Any]) -> NDArray[Any]:
        """The features (N, F) of samples (N, I). NaN or infinity where a formula gives no finite number."""
        if self.texts is None:
            return x
        return np.column_stack([formula.unchecked(*x.T) for formula in self._formulas])

    def check(self, x: NDArray[Any]) -> None:
        """Raises DataError at the first sample (N, I) for which a formula gives no finite number."""
        for formula in self._formulas:
            try:
                formula(*x.T)
            except DataError as error:
                raise DataError(f"{formula.text}: {error}") from None
