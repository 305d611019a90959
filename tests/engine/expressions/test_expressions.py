"""A formula says the same in LaTeX, NumPy, PyTorch and numbers, with no more parentheses than it needs."""

from __future__ import annotations

import math

import numpy as np
import pytest
import scipy.special
from hypothesis import given
from hypothesis import strategies as st

from mlpviz.engine.expressions import (
    Expression,
    FormulaLine,
    Number,
    Symbol,
    absolute,
    becomes,
    between,
    cases,
    choice,
    clip,
    equal,
    erf,
    exp,
    expm1,
    indicator,
    maximum,
    minimum,
    normal_cdf,
    over,
    sigmoid,
    sign,
    softplus,
    sqrt,
    tall,
    tanh,
)
from tests.support.formula_values import value

A, B, C, D = (Symbol(letter, letter) for letter in "abcd")
BETA, RATE = Symbol(r"\beta_1", "beta1"), Symbol(r"\eta", "learning_rate")


@pytest.mark.parametrize(
    ("formula", "latex", "numpy"),
    [
        (A - (B - C), "a - (b - c)", "a - (b - c)"),
        ((A - B) * C, r"(a - b) \cdot c", "(a - b) * c"),
        (A * B * C, r"a \cdot b \cdot c", "a * b * c"),
        (A / (B @ C), r"\frac{a}{b c}", "a / (b * c)"),
        ((A / (sqrt(B) + C)) ** 2, r"(\frac{a}{\sqrt{b} + c})^2", "(a / (np.sqrt(b) + c)) ** 2"),
        (A**2 + BETA**A, r"a^2 + \beta_1^a", "a**2 + beta1**a"),
        (A ** (B + 1), "a^{b + 1}", "a ** (b + 1)"),
        (A**BETA, r"a^{\beta_1}", "a**beta1"),
        (2 ** (-A), "2^{-a}", "2 ** (-a)"),
        ((A - 1) @ (B - 1) @ C, "(a - 1)(b - 1) c", "(a - 1) * (b - 1) * c"),
        (absolute(A) + maximum(B, -C), r"|a| + \max(b, -c)", "np.abs(a) + np.maximum(b, -c)"),
        (minimum(A, 1) * sign(-B), r"\min(a, 1) \cdot \operatorname{sign}(-b)", "np.minimum(a, 1) * np.sign(-b)"),
        (choice(B > 1, A, C), r"a \text{ if } b > 1, \text{ else } c", "a if b > 1 else c"),
        (A * (B >= C), r"a \cdot [b \geq c]", "a * (b >= c)"),
        (equal(A * B, 0) + (A <= 2), r"[a \cdot b = 0] + [a \leq 2]", "(a * b == 0) + (a <= 2)"),
        ((-A) * B - -C, r"(-a) \cdot b - (-c)", "-a * b - -c"),
        (-(A * B), r"-a \cdot b", "-(a * b)"),
        (1e-8 * A, r"10^{-8} \cdot a", "1e-08 * a"),
        (RATE * Number(-0.5), r"\eta \cdot (-0.5)", "learning_rate * -0.5"),
    ],
)
def test_a_formula_is_written_as_people_write_it(formula: Expression, latex: str, numpy: str) -> None:
    assert formula.latex() == latex
    assert formula.numpy() == numpy


@pytest.mark.parametrize(
    ("formula", "torch"),
    [
        (sqrt(A) * absolute(B), "torch.sqrt(a) * torch.abs(b)"),
        (maximum(A, B), "torch.maximum(a, b)"),
        # torch.maximum takes no number
        (maximum(1, A - B), "torch.clamp(a - b, min=1)"),
        (minimum(A, 2), "torch.clamp(a, max=2)"),
    ],
)
def test_pytorch_has_its_own_functions(formula: Expression, torch: str) -> None:
    assert formula.torch() == torch


ELEMENTARY = (
    *(exp, expm1, tanh, sigmoid, softplus, erf, normal_cdf, tall),
    *(lambda x: tanh(x) ** 2, lambda x: 1 / (1 + exp(-x))),
)


def _trees() -> st.SearchStrategy[Expression]:
    leaves: st.SearchStrategy[Expression] = st.sampled_from((A, B, C, D))
    numbers = st.sampled_from((2, 0.5, 3, -1))

    def larger(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
        return st.one_of(
            st.builds(lambda x, y: x + y, inner, inner),
            st.builds(lambda x, y: x - y, inner, inner),
            st.builds(lambda x, y: x * y, inner, inner),
            st.builds(lambda x, y: x @ y, inner, inner),
            st.builds(lambda x, y: x / (absolute(y) + 1), inner, inner),
            st.builds(lambda x, n: n * x, inner, numbers),
            st.builds(lambda x, n: n - x, inner, numbers),
            st.builds(lambda x, n: maximum(n, x), inner, numbers),
            st.builds(lambda x: -x, inner),
            st.builds(lambda x: x**2, inner),
            st.builds(lambda x: sqrt(absolute(x)), inner),
            st.builds(lambda x, y: maximum(x, y), inner, inner),
            st.builds(lambda x, y: minimum(x, y), inner, inner),
            st.builds(lambda x, y: x * (y > 0.25), inner, inner),
            st.builds(lambda x, y: x + indicator(between(-0.5, y, 1.25), A), inner, inner),
            st.builds(
                lambda x, n: cases((x, B > C), (-x, between(-2, C, n, ends=True)), otherwise=n - x), inner, numbers
            ),
            st.builds(lambda x, n: clip(x, -1.5, n) if n > 0 else over(x, n), inner, numbers),
            st.builds(lambda f, x: f(clip(x, -3, 3)), st.sampled_from(ELEMENTARY), inner),
        )

    return st.recursive(leaves, larger, max_leaves=8)


@given(formula=_trees(), numbers=st.lists(st.floats(-2, 2).map(lambda x: round(x, 3)), min_size=4, max_size=4))
def test_latex_numpy_and_pytorch_mean_the_same_number(formula: Expression, numbers: list[float]) -> None:
    torch = pytest.importorskip("torch")
    values = dict(zip((A, B, C, D), numbers, strict=True))
    names = {symbol.name: number for symbol, number in values.items()}
    tensors = {name: torch.tensor(number, dtype=torch.float64) for name, number in names.items()}
    expected = pytest.approx(float(formula.value(values)), rel=1e-9, abs=1e-9)
    modules = {"np": np, "scipy": scipy, "torch": torch, "math": math, "F": torch.nn.functional}
    assert eval(formula.numpy(), modules, names) == expected  # noqa: S307  # text of ours
    assert float(eval(formula.torch(), modules, tensors)) == expected  # noqa: S307  # text of ours
    assert value(formula.latex(), **names) == expected
    template, symbols = formula.template()
    assert value(template, **{f"ref{i}": values[symbol] for i, symbol in enumerate(symbols)}) == expected


def test_symbols_can_have_other_texts() -> None:
    formula = A - RATE * B
    assert formula.latex({A: "W"}) == r"W - \eta \cdot b"
    assert formula.numpy({A: "weight", B: "grad_weight"}) == "weight - learning_rate * grad_weight"
    assert formula.template() == (r"\text{ref0} - \text{ref1} \cdot \text{ref2}", (A, RATE, B))
    assert formula.symbols() == {A, B, RATE}
    with pytest.raises(KeyError):
        formula.value({A: 1.0})


def test_the_branch_that_is_not_taken_needs_no_value() -> None:
    formula = choice(A > 0, B, C)
    assert formula.value({A: 1.0, B: 2.0}) == 2.0
    assert formula.value({A: -1.0, C: 3.0}) == 3.0


def test_a_formula_is_neither_true_nor_false() -> None:
    with pytest.raises(TypeError, match="neither true nor false"):
        assert A > B


def test_definitions_come_before_they_are_used() -> None:
    line = FormulaLine(A, B + C, (FormulaLine(B, C + D), FormulaLine(D, Number(1))))
    assert [own.symbol for own in line.in_order()] == [D, B, A]
    assert line.latex == r"a = b + c, \quad b = c + d, \quad d = 1"
    assert becomes(A, A + 1).latex == r"a \leftarrow a + 1"
