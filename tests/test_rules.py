import math

import numpy as np
import pytest

from mlpviz.content.blocks import Shape, blocks_of, values_of
from mlpviz.content.rules import mathml, rule_of
from mlpviz.content.terms import partial_sums
from mlpviz.engine import ACTIVATIONS, LOSSES
from tests.formulas import value
from tests.strategies import chain, example

ROWS = [key for key, activation in ACTIVATIONS.items() if not activation.elementwise]


def number(values, ref, r, c):
    name, row, column = ref
    return float(values[name][{"r": r, "c": c}.get(row, row), {"r": r, "c": c}.get(column, column)])


def assert_every_cell_is_what_its_rule_says(trace):
    one_hot = trace.target is not None and bool(np.allclose(trace.target.sum(axis=-1), 1.0))
    shape = Shape(trace.samples, target_sums_to_one=one_hot)
    values = values_of(trace, 0.5)
    for key, block in blocks_of(trace.spec, shape).items():
        rule = rule_of(block, trace.spec, shape)
        mathml(rule.formula or "x")
        for r, c in np.ndindex(block.rows, block.columns):
            if rule.template:
                mathml(rule.template)
                numbers = {f"ref{i}": number(values, ref, r, c) for i, ref in enumerate(rule.refs)}
                found = value(rule.template, **numbers)
            elif rule.count:
                found = partial_sums(rule, block, shape, values)[r, c, -1]
            else:
                continue
            # four digits, because 1.0507 stands for SELU's number
            assert found == pytest.approx(values[key][r, c], rel=1e-4, abs=1e-4), (key, rule.template)


@pytest.mark.parametrize("key", ACTIVATIONS)
def test_every_activation_on_the_sheet(key):
    for seed in range(3):
        one = example(chain((2, 3, 2), (key, "identity"), "mse"), samples=3, seed=seed, scale=2.0)
        assert_every_cell_is_what_its_rule_says(one.run())


@pytest.mark.parametrize("key", LOSSES)
def test_every_loss_on_the_sheet(key):
    last = (LOSSES[key].last_activations or ("tanh",))[0]
    for seed in range(4):  # class numbers and probabilities both occur
        assert_every_cell_is_what_its_rule_says(
            example(chain((2, 3), last, key), samples=2, seed=seed, scale=2.0).run()
        )


@pytest.mark.parametrize("key", [key for key in ACTIVATIONS if key not in ROWS])
def test_the_formula_of_the_slope(key):
    activation = ACTIVATIONS[key]
    for z in (-7.3, -2.6, -0.7, -0.2, 0.2, 0.7, 2.6, 7.3, *activation.kinks):
        a = activation.value(np.array([[z]]))
        expected = float(activation.slope(np.array([[z]]), a)[0, 0])
        assert value(activation.slope_latex, z=z, a=float(a[0, 0])) == pytest.approx(expected, rel=1e-4, abs=1e-8)


@pytest.mark.parametrize("key", ROWS)
def test_the_formula_of_the_derivative_of_a_row(key):
    activation, z = ACTIVATIONS[key], np.array([[0.5, -1.0, 2.0]])
    a = activation.value(z)
    for j, k in np.ndindex(3, 3):
        expected = activation.vjp(z, a, np.eye(3)[[k]])[0, j]
        found = value(activation.slope_latex, j=j, k=k, a_j=float(a[0, j]), a_k=float(a[0, k]))
        assert found == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"\frac{1}{2} (a - t)^2", 2.0),
        (r"-t \cdot \log a - [a \geq 3]", -math.log(3.0) - 1.0),
        (r"\max(0, 1 - |t - a|) + \operatorname{sign}(-a)", -1.0),
        (r"\tau + 1, \quad \tau = \tanh(\ln(a))", 1.0 + math.tanh(math.log(3.0))),
    ],
)
def test_formulas_are_read(latex, expected):
    assert value(latex, a=3.0, t=1.0) == pytest.approx(expected)
