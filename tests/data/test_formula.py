import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlpviz.data import DataError
from mlpviz.data.formula import CONSTANTS, ONE, TWO, DataFormula
from tests.support.errors import assert_one_line

X = np.linspace(0.1, 0.9, 9)


def refused(text):
    with pytest.raises(DataError) as caught:
        DataFormula(text)(X)
    assert_one_line(caught.value)
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x", X),
        ("sin(3*x) + x/2", np.sin(3 * X) + X / 2),
        ("-x**2 % 3", (-(X**2)) % 3),
        ("2**-x", 2.0**-X),
        ("1e-3*x + 1E2", 1e-3 * X + 100),
        ("pi * e", np.full(9, math.pi * math.e)),
        ("(x > 0.5) * 2 - 1", np.where(X > 0.5, 1.0, -1.0)),
        ("max(x, 0.5) - min(0.2, x)", np.maximum(X, 0.5) - np.minimum(0.2, X)),
        ("  3 ", np.full(9, 3.0)),
        ("(" * 99 + "x" + ")" * 99, X),
        ("9**9**2", np.full(9, 9.0**81)),
    ],
)
def test_a_formula_gives_its_numbers(text, expected):
    assert np.allclose(DataFormula(text)(X), expected, rtol=1e-15)


@pytest.mark.parametrize("name", ONE)
def test_every_function_is_numpys(name):
    assert np.array_equal(DataFormula(f"{name}(x)")(X), np.asarray(ONE[name](X), float))


@pytest.mark.parametrize("name", TWO)
def test_every_function_of_two_numbers_takes_two(name):
    assert np.array_equal(DataFormula(f"{name}(x, 0.4)")(X), TWO[name](X, 0.4))
    assert f"{name} has 1 arguments, expected 2" in refused(f"{name}(x)")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "the formula is empty"),
        ("2x", "the formula has '2x', expected an operator between: 2*x"),
        ("3(x)", "expected an operator between: 3*("),
        ("x^2", "the formula has '^' at character 2; write ** for a power"),
        ("y + 1", "unknown name 'y'; allowed are x, numbers, pi"),
        ("sin", "sin needs an argument in parentheses, as in sin(x)"),
        ("sine(x)", "unknown function 'sine'"),
        ("sin(x, x)", "sin has 2 arguments, expected 1"),
        ("__import__('os')", 'the formula has "\'" at character 12'),
        ("__import__(x)", "unknown function '__import__'"),
        ("x.real", "'x.real', which is not allowed"),
        ("().__class__", "which is not allowed"),
        ("x if x else 1", "which is not allowed"),
        ("lambda", "cannot be read"),
        ("x +", "the formula 'x +' cannot be read"),
        ("sin(x=1)", "which is not allowed"),
        ("sin(*x)", "which is not allowed"),
        ("x // 2", "which is not allowed"),
        ("x < x < x", "which is not allowed"),
        ("not x", "which is not allowed"),
        ("True", "which is not allowed"),
        ("1j*x", "expected an operator between: 1*j"),
        ("x = 3", "cannot be read"),
        ("log(x - 0.5)", "the formula is nan at x = 0.1, expected a finite number"),
        ("9**9**9**9", "the formula is inf at x = 0.1"),
        ("x\n+1", "the formula has '\\n' at character 2"),
        ("×", "the formula has '\\xd7' at character 1"),
        ("x+" * 100 + "x", "the formula has 201 characters, at most 200"),
    ],
)
def test_what_is_not_allowed_is_refused_in_one_sentence(text, sentence):
    assert sentence in refused(text)


@settings(max_examples=400)
@given(
    st.text(max_size=40)
    | st.lists(st.sampled_from(["x", "1", "2.5", *"()+-,< e", "**", "sin", "max", *CONSTANTS])).map("".join)
)
def test_no_text_ends_in_anything_but_numbers_or_a_sentence(text):
    try:
        assert np.isfinite(DataFormula(text)(X)).all()
    except DataError as error:
        assert_one_line(error)
