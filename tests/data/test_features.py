"""Features as formulas of the columns: what is offered, what can be typed, and what is said of what can't."""

from __future__ import annotations

import numpy as np
import pytest

from mlpviz.data import DataError
from mlpviz.data.features import (
    FEATURES,
    Features,
    check_formula,
    columns_of,
    formula_label,
    offered_features,
    split_formulas,
)
from tests.support.errors import assert_one_line

X = np.array([[0.5, -1.0], [2.0, 0.25], [-0.75, 3.0]])


@pytest.mark.parametrize("key", FEATURES)
def test_what_is_offered_gives_its_numbers_for_its_columns(key: str) -> None:
    feature = FEATURES[key]
    x = X[:, : feature.columns]
    a, b = x[:, 0], x[:, -1]
    expected = {
        "x1": a, "x2": b, "x1**2": a * a, "x2**2": b * b, "x1*x2": a * b, "sin(pi*x1)": np.sin(np.pi * a),
        "sin(pi*x2)": np.sin(np.pi * b), "x": a, "x**2": a * a, "x**3": a**3, "sin(pi*x)": np.sin(np.pi * a),
        "cos(pi*x)": np.cos(np.pi * a),
    }[key]  # fmt: skip
    assert np.allclose(Features(feature.columns, (key,)).of(x)[:, 0], expected, rtol=1e-14)
    assert feature in offered_features(feature.columns)
    check_formula(key)


def test_without_formulas_the_very_same_array_is_read() -> None:
    plain = Features(2)
    assert plain.of(X) is X
    assert plain.count == 2
    assert plain.names(("a", "b")) == ("a", "b")


def test_any_formula_of_the_columns_can_be_typed() -> None:
    features = Features(12, ("x12 - x1", "max(x1, x2)", "3"))
    x = np.arange(24.0).reshape(2, 12)
    assert features.of(x).tolist() == [[11.0, 1.0, 3.0], [11.0, 13.0, 3.0]]
    assert features.names([""] * 12) == ("x₁₂-x₁", "max(x₁,x₂)", "3")
    assert formula_label("2*pi*x1**2 + x2**3") == "2·π·x₁²+x₂³"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("x3", "unknown name 'x3'; allowed are x1, x2, numbers"),
        ("x", "unknown name 'x'"),
        ("__import__('os')", "the formula has"),
        ("x1.real", "not allowed"),
        ("log(x1)", "is nan at x1 = -0.75"),
    ],
)
def test_what_is_wrong_is_said(text: str, sentence: str) -> None:
    with pytest.raises(DataError, match=sentence.replace("(", r"\(")) as caught:
        Features(2, (text,)).check(X)
    assert_one_line(caught.value)


def test_a_place_without_a_number_does_not_stop_a_picture() -> None:
    assert np.isnan(Features(2, ("log(x1)",)).of(X)).tolist() == [[False], [False], [True]]


def test_a_comma_within_parentheses_belongs_to_its_function() -> None:
    assert split_formulas("x1, max(x1, x2), , mod(x2, min(1, x1))") == ["x1", "max(x1, x2)", "mod(x2, min(1, x1))"]


@pytest.mark.parametrize(("count", "names"), [(1, ("x",)), (3, ("x1", "x2", "x3"))])
def test_columns_are_called_by_their_place(count: int, names: tuple[str, ...]) -> None:
    assert columns_of(count) == names
