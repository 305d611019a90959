"""Constants, vectors, cases, sums and formulas in two forms: texts and values."""

from __future__ import annotations

import math

import numpy as np
import pytest

from mlpviz.engine.expressions import (
    PI,
    Constant,
    FormulaLine,
    Number,
    Rewritten,
    Symbol,
    Vector,
    Where,
    absolute,
    also_written,
    cases,
    equal,
    exp,
    expm1,
    ln,
    log,
    mean,
    normal_cdf,
    over,
    row_sum,
    softplus,
    sqrt,
    tall,
    tanh,
    total,
    written_out,
    xlogy,
)
from tests.support.formula_values import value

Z, Y, T = Symbol("z", "z"), Symbol("a", "y"), Symbol("t", "t")
Z_J, Z_K = Symbol("z_j", "z"), Symbol("z_k", "z")
N, O = Symbol("N", "len(t)"), Symbol("O", "y.shape[-1]")  # noqa: E741  # the letter of the outputs


@pytest.mark.parametrize("number", [1 / 3, 1e-7, 0.1 + 0.2, 5e-324, 1.7976931348623157e308, 2.0**53 + 2, -1e16, 6.0, 0])
def test_code_has_every_digit_of_a_number(number):
    for text in (Number(number).numpy(), Number(number).torch(), Constant(number, "c").numpy()):
        assert float(text) == number
    assert Number(1 / 3).latex() == "0.333333"
    assert (Number(6.0).numpy(), Number(1e-8).numpy(), Number(math.inf).torch()) == ("6", "1e-08", "torch.inf")


def test_constants_and_vectors():
    assert (PI.latex(), PI.numpy(), PI.torch(), PI.value({})) == (r"\pi", "np.pi", "math.pi", math.pi)
    selu = Constant(1.0507009873554805, "1.0507")
    assert ((selu * Z).latex(), (selu * Z).numpy()) == (r"1.0507 \cdot z", "1.0507009873554805 * z")
    # torch.sqrt takes no number
    assert (Z / sqrt(2 @ PI)).torch() == "z / math.sqrt(2 * math.pi)"
    weights = Vector((1, 1 / 3), "w_j")
    assert (weights * T).latex() == r"w_j \cdot t"
    assert weights.numpy() == "np.array([1.0, 0.3333333333333333])"
    assert weights.torch() == "torch.tensor([1.0, 0.3333333333333333], dtype=torch.float64)"


@pytest.mark.parametrize(
    ("formula", "latex", "numpy"),
    [
        (exp(-over(Z**2, 2)), "e^{-z^2 / 2}", "np.exp(-(z**2 / 2))"),
        (softplus(-Z), r"\ln(1 + e^{-z})", "np.logaddexp(0, -z)"),
        (2 * expm1(Z), r"2 \cdot (e^{z} - 1)", "2 * np.expm1(z)"),
        (-(T @ log(Y)) - (1 - T) @ log(1 - Y), r"-t \log a - (1 - t) \log (1 - a)", None),
        (xlogy(T, Y), r"t \log a", "scipy.special.xlogy(t, y)"),
        (tanh(Z) ** 2, r"\tanh^2(z)", "np.tanh(z) ** 2"),
        (Z / 2 * tall(1 + tanh(Z)), r"\frac{z}{2} \cdot \left( 1 + \tanh(z) \right)", "z / 2 * (1 + np.tanh(z))"),
        (also_written(Z * normal_cdf(Z), Z), r"z \cdot \Phi(z) = z", "z * scipy.special.ndtr(z)"),
        (
            cases((Z, Z > 20), otherwise=softplus(Z)),
            r"\begin{cases} z & z > 20 \\ \ln(1 + e^{z}) & \text{else} \end{cases}",
            "np.where(z > 20, z, np.logaddexp(0, z))",
        ),
        (total(absolute(Y - T)), r"\sum |a - t|", "np.abs(y - t).sum()"),
        (total((Y - T) ** 2, N), r"\frac{1}{N} \sum (a - t)^2", "((y - t) ** 2).sum() / len(t)"),
        (-mean(Y - T, N * O), r"-\frac{1}{N \cdot O} \sum (a - t)", "-(y - t).mean()"),
        (Symbol(r"\lambda", "c") @ total(absolute(Z)), r"\lambda \sum |z|", "c * np.abs(z).sum()"),
        (
            exp(Z_J) / row_sum(exp(Z_K)),
            r"\frac{e^{z_j}}{\sum_k e^{z_k}}",
            "np.exp(z) / np.exp(z).sum(axis=-1, keepdims=True)",
        ),
        (Z_J - ln(row_sum(exp(Z_K))), r"z_j - \ln \sum_k e^{z_k}", None),
    ],
)  # fmt: skip
def test_a_formula_is_written_as_people_write_it(formula, latex, numpy):
    assert formula.latex() == latex
    assert numpy is None or formula.numpy() == numpy


def test_sums_in_pytorch_and_in_numbers():
    y = np.array([[1.0, 2.0], [4.0, 8.0]])
    assert row_sum(Z).torch() == "z.sum(dim=-1, keepdim=True)"
    np.testing.assert_array_equal(row_sum(Z).value({Z: y}), [[3.0], [12.0]])
    assert total(Y, N).value({Y: y, N: 2}) == 7.5
    assert mean(Y, N * O).value({Y: y}) == 3.75


def test_a_sum_is_written_out_for_its_terms():
    formula = exp(Z_J) / row_sum(exp(Z_K))
    copies = [Symbol(f"z_{k}", "z") for k in (1, 2)]
    assert written_out(formula, {Z_K: copies}).latex() == r"\frac{e^{z_j}}{e^{z_1} + e^{z_2}}"
    assert written_out(Z_J - ln(row_sum(exp(Z_K))), {Z_K: copies}).latex() == r"z_j - \ln(e^{z_1} + e^{z_2})"


def test_what_is_computed_may_differ_from_what_is_read():
    formula = Rewritten(1 / (1 + exp(-Z)), cases((1 / (1 + exp(-Z)), Z > 0), otherwise=exp(Z) / (1 + exp(Z))))
    assert formula.latex() == r"\frac{1}{1 + e^{-z}}"
    assert formula.numpy() == "np.where(z > 0, 1 / (1 + np.exp(-z)), np.exp(z) / (1 + np.exp(z)))"
    assert formula.value({Z: -800.0}) == 0.0
    assert formula.value({Z: -3.0}) == pytest.approx(value(formula.latex(), z=-3.0), rel=1e-14)


def test_a_formula_with_letters_of_its_own():
    tau = Symbol(r"\tau", "gate")
    formula = Where(1 + tau**2, (FormulaLine(tau, tanh(Z)),))
    assert formula.latex() == r"1 + \tau^2, \quad \tau = \tanh(z)"
    assert formula.latex({Z: "n"}) == r"1 + \tau^2, \quad \tau = \tanh(n)"
    assert formula.line(Symbol("a", "a")).code("numpy", {Z: "n"}) == ("gate = np.tanh(n)", "a = 1 + gate**2")
    assert formula.value({Z: 1.0}) == pytest.approx(1 + math.tanh(1.0) ** 2)


def test_a_formula_is_true_for_whole_arrays():
    z = np.array([-3.0, 0.0, 2.0])
    assert cases((Z, Z > 0), (7, equal(Z, 0)), otherwise=-Z).value({Z: z}).tolist() == [3.0, 7.0, 2.0]
    assert (equal(Z, 0) + (Z > 1)).value({Z: z}).tolist() == [0.0, 1.0, 1.0]
