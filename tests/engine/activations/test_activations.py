import math

import latex2mathml.converter
import numpy as np
import pytest
import torch
import torch.nn.functional as F  # noqa: N812  # the name that everybody uses
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from mlpviz.engine.activations import ACTIVATIONS
from mlpviz.engine.activations.activation import Z_J
from mlpviz.engine.hyperparameters import HyperparameterError
from mlpviz.engine.normal_distribution import _FEW, cdf
from mlpviz.verify import torch_reference

CONFIGURED = [
    ("leaky_relu", {"slope": 0.3}),
    ("leaky_relu", {"slope": 0.0}),
    ("prelu", {"per_unit": True}),
    ("prelu", {"init": -0.5}),
    ("rrelu", {"lower": 0.0, "upper": 0.75}),
    ("hardtanh", {"low": -0.5, "high": 2.0}),
    ("hardtanh", {"low": 0.0, "high": 6.0}),
    ("softshrink", {"lambd": 1.25}),
    ("softshrink", {"lambd": 0.0}),
    ("hardshrink", {"lambd": 1.25}),
    ("threshold", {"threshold": -1.0, "value": 2.5}),
    ("softplus", {"beta": 3.0, "threshold": 6.0}),
    ("elu", {"alpha": 0.4}),
    ("celu", {"alpha": 2.5}),
    ("gelu", {"approximate": "tanh"}),
    ("step", {"at_zero": 1.0}),
    ("step", {"at_zero": 0.5}),
    ("scaled_tanh", {"amplitude": 0.5, "steepness": 1.25}),
    ("scaled_tanh", {"amplitude": 1.0, "steepness": 0.5, "cutoff": 2.0}),
    ("scaled_sigmoid", {"steepness": 3.0}),
    ("scaled_sigmoid", {"cutoff": 3.5}),
    ("stepwise_sigmoid", {"steepness": 1.5}),
    ("ramp", {"slope": 0.5, "offset": 0.25}),
    ("bounded_relu", {"ceiling": 2.0, "slope": 0.1, "threshold": 0.5}),
    ("gaussian", {"steepness": 0.75}),
    ("squareplus", {"b": 1.0}),
]
EVERY = [*ACTIVATIONS.values(), *(ACTIVATIONS[key].configure(**given) for key, given in CONFIGURED)]
every = pytest.mark.parametrize(
    "activation", EVERY, ids=lambda entry: "-".join([entry.key, *(f"{k}={v}" for k, v in entry.settings)])
)
ELEMENTWISE = [activation for activation in EVERY if activation.elementwise]
elementwise = pytest.mark.parametrize(
    "activation", ELEMENTWISE, ids=lambda entry: "-".join([entry.key, *(f"{k}={v}" for k, v in entry.settings)])
)


def torch_pass(activation, z, grad_a):
    tensor = torch.tensor(z, requires_grad=True)
    # the slopes of a call without any: the first ones, or those of evaluation
    slope = torch.tensor([sum(activation.alpha_range) / 2], dtype=tensor.dtype)
    a = torch_reference.activation(activation.torch)(tensor, slope, slope)
    a.backward(torch.tensor(grad_a))
    return a.detach().numpy(), tensor.grad.numpy()


def check(activation, z, grad_a, rtol=1e-12):
    expected_a, expected_grad = torch_pass(activation, z, grad_a)
    a = activation.value(z)
    grad_z = activation.vjp(z, a, grad_a)
    # atol: torch's own 1 + erf and z - tanh lose digits where they cancel
    np.testing.assert_allclose(a, expected_a, rtol=rtol, atol=1e-15 * max(1.0, np.abs(z).max()))
    np.testing.assert_allclose(grad_z, expected_grad, rtol=rtol, atol=2e-15 * max(1.0, np.abs(z).max()))
    assert a.shape == grad_z.shape == z.shape


@every
@given(data=st.data())
@settings(max_examples=25)
def test_value_and_gradient_are_torchs(activation, data):
    shape = data.draw(st.tuples(st.integers(1, 5), st.integers(1, 7)))
    numbers = st.floats(-30, 30, allow_subnormal=False).filter(lambda v: v == 0 or abs(v) > 1e-6)
    z = data.draw(arrays.arrays(np.float64, shape, elements=numbers))
    grad_a = data.draw(arrays.arrays(np.float64, shape, elements=st.floats(-3, 3, allow_subnormal=False)))
    check(activation, z, grad_a)


@every
def test_a_big_batch_with_leading_axes(activation):
    rng = np.random.default_rng(0)
    check(activation, 3 * rng.normal(size=(3, 40, 20)), rng.normal(size=(3, 40, 20)))


@elementwise
def test_the_slope_at_kinks_is_torchs(activation):
    z = np.array([[*activation.kinks, 0.0, -0.0, 6.0, -3.0, 3.0, 0.5, -0.5, 1.0, -1.0]])
    check(activation, z, np.ones_like(z))


@every
def test_the_gradient_is_the_central_difference(activation):
    rng = np.random.default_rng(1)
    z = rng.uniform(-4, 4, size=(6, 5))
    for kink in activation.kinks:
        z = np.where(np.abs(z - kink) < 1e-3, z + 0.01, z)
    weights = rng.normal(size=z.shape)
    expected = np.empty_like(z)
    for index in np.ndindex(z.shape):
        up, down = z.copy(), z.copy()
        up[index] += 1e-5
        down[index] -= 1e-5
        expected[index] = ((activation.value(up) - activation.value(down)) * weights).sum() / 2e-5
    np.testing.assert_allclose(activation.vjp(z, activation.value(z), weights), expected, rtol=1e-6, atol=1e-8)


@elementwise
def test_the_slope_jumps_at_the_kinks_and_nowhere_else(activation):
    for kink in activation.kinks:
        around = np.array([[kink - 1e-12, kink + 1e-12]])
        slopes = activation.slope(around, activation.value(around)).astype(float)
        values = activation.value(around)
        jump = abs(slopes[0, 1] - slopes[0, 0]) + abs(values[0, 1] - values[0, 0])
        assert jump > 1e-9 or activation.settings in ((("lambd", 0.0),),) or activation.key == "threshold"
    grid = np.linspace(-7, 7, 14_001)[None] + 1e-7
    slopes = activation.slope(grid, activation.value(grid)).astype(float)
    jumps = np.abs(np.diff(slopes))[0]
    for kink in activation.kinks:
        jumps[np.abs(grid[0, :-1] - kink) < 2e-3] = 0.0
    assert jumps.max() < 0.01


@every
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_nothing_overflows_and_the_type_stays(activation, dtype):
    z = np.array([[-1e4, -800.0, -100.0, -40.0, 0.0, 40.0, 100.0, 800.0, 1e4]], dtype=dtype)
    a = activation.value(z)
    grad_z = activation.vjp(z, a, np.ones_like(z))
    assert np.isfinite(a).all()
    assert np.isfinite(grad_z).all()
    assert a.dtype == grad_z.dtype == dtype


def test_torchs_own_hardsigmoid_agrees_to_its_float32_constant():
    z = torch.tensor([-4.0, -3.0, -1.0, 0.0, 2.0, 3.0, 4.0], dtype=torch.float64, requires_grad=True)
    F.hardsigmoid(z).sum().backward()
    entry = ACTIVATIONS["hardsigmoid"]
    np.testing.assert_allclose(entry.slope(z.detach().numpy(), None), z.grad.numpy(), rtol=4e-8)


@every
def test_what_is_not_finite_is_as_in_torch(activation):
    """NaN, infinities, the largest and smallest numbers, both zeros and the kinks: value and slope."""
    ends = [math.nan, math.inf, -math.inf, 0.0, -0.0, 1e308, -1e308, 1e-308, -1e-308, 5e-324, -5e-324, 800.0, -800.0]
    z = np.array([*ends, *activation.kinks])[:, None]
    if not activation.elementwise:  # one of them beside common numbers, alone, and all alike
        z = np.hstack([z, np.zeros_like(z), np.ones_like(z)])
        z = np.vstack([z, np.full((1, 3), -math.inf), np.full((1, 3), 1e308)])
    with np.errstate(all="ignore"):
        a = activation.value(z)
        grad_z = activation.vjp(z, a, np.ones_like(z) * np.arange(1, z.shape[1] + 1))
    expected_a, expected_grad = torch_pass(activation, z, np.ones_like(z) * np.arange(1, z.shape[1] + 1))
    np.testing.assert_allclose(a, expected_a, rtol=1e-12, atol=1e-300)
    np.testing.assert_allclose(grad_z, expected_grad, rtol=1e-12, atol=1e-15)


@every
def test_nan_travels_on(activation):
    if activation.key != "step":  # NaN is not above 0
        assert np.isnan(activation.value(np.array([[math.nan, math.nan]]))).all()


def test_the_sigmoid_is_right_to_the_last_digits_where_it_is_tiny():
    z = np.array([[-700.0, -300.0, -50.0, -20.0, -5.0]])
    np.testing.assert_allclose(ACTIVATIONS["sigmoid"].value(z), torch.sigmoid(torch.tensor(z)).numpy(), rtol=1e-14)


def test_the_normal_distribution_is_right_to_the_last_digits():
    z = np.linspace(-11, 9, 4001)
    exact = np.array([0.5 * math.erfc(-number / math.sqrt(2)) for number in z])
    assert z.size > _FEW
    np.testing.assert_allclose(cdf(z), exact, rtol=1e-13, atol=0)
    np.testing.assert_allclose(cdf(z), exact, rtol=0, atol=3e-16)
    np.testing.assert_allclose(cdf(z[::10]), exact[::10], rtol=1e-13)
    assert cdf(z[None, :10]).shape == (1, 10)


@elementwise
def test_the_slope_is_the_factor_of_the_vjp(activation):
    rng = np.random.default_rng(4)
    z, grad_a = 3.0 * rng.normal(size=(2, 20, 4))
    a = activation.value(z)
    assert np.array_equal(activation.vjp(z, a, grad_a), grad_a * activation.slope(z, a))


@every
def test_leading_axes_are_a_loop(activation):
    stacked = np.random.default_rng(5).normal(size=(3, 2, 5, 4))
    value = activation.value(stacked)
    for index in np.ndindex(3, 2):
        assert np.array_equal(value[index], activation.value(stacked[index]))


@every
def test_either_a_slope_or_a_formula_of_the_row(activation):
    assert activation.elementwise == (Z_J not in activation.formula.in_order())


@every
def test_what_the_record_says_of_its_values_is_so(activation):
    z = np.random.default_rng(6).normal(size=(50, 4)) * 4
    a = activation.value(z)
    p = np.exp(a) if activation.gives == "logarithms of probabilities" else a
    if activation.gives != "values":
        assert ((p >= 0.0) & (p <= 1.0)).all()
        assert activation.elementwise or np.allclose(p.sum(axis=-1), 1.0)
    if activation.threshold is not None and activation is ACTIVATIONS[activation.key]:
        far = np.array([[-1e12], [1e12]])
        assert activation.value(far).mean() == pytest.approx(activation.threshold, abs=1e-9)
    if activation.is_repeatable:
        assert np.array_equal(activation.value(a), a)
    if activation.elementwise:
        assert activation.is_flat == (not activation.slope(z, a).any())
    assert bool(activation.name_latex) <= bool(activation.noun)


@every
def test_words_and_formulas(activation):
    assert activation.sentence.endswith(".")
    for formula in (activation.formula, activation.derivative):
        latex2mathml.converter.convert(formula.latex())
    assert all(each.sentence for each in activation.hyperparameters)


def test_bound_activations_are_cached_hashable_and_carry_their_number():
    leaky = ACTIVATIONS["leaky_relu"]
    assert leaky.configure(slope=0.2) is leaky.configure(slope=0.2)
    assert leaky.configure() is leaky
    assert leaky.configure(slope=0.2).configure(slope=0.01) is leaky
    assert len({leaky, leaky.configure(slope=0.2), leaky.configure(slope=0.3)}) == 3
    assert leaky.configure(slope=0.2).formula.latex() == r"\max(z, 0.2 \cdot z)"
    assert leaky.configure(slope=0.2).settings == (("slope", 0.2),)
    both = ACTIVATIONS["threshold"].configure(value=1.0).configure(threshold=2.0)
    assert dict(both.settings) == {"threshold": 2.0, "value": 1.0}
    assert ACTIVATIONS["relu"].configure() is ACTIVATIONS["relu"]


def test_every_hyperparameter_is_varied_here():
    assert {(key, name) for key, given in CONFIGURED for name in given} == {
        (entry.key, each.name) for entry in ACTIVATIONS.values() for each in entry.hyperparameters
    }


@pytest.mark.parametrize(
    ("key", "given", "message"),
    [
        ("leaky_relu", {"slope": 2.0}, "slope is 2.0, expected a number from 0 to 1"),
        ("relu", {"slope": 0.1}, "no knob 'slope'"),
        ("rrelu", {"lower": 0.5}, "lower is 0.5, expected at most upper, 0.333333"),
        ("elu", {"alpha": 0}, "alpha is 0, expected a number above 0"),
        ("gelu", {"approximate": "cubic"}, "approximate is 'cubic', expected one of none, tanh"),
    ],
)
def test_bad_hyperparameters(key, given, message):
    with pytest.raises(HyperparameterError, match=message):
        ACTIVATIONS[key].configure(**given)


def test_all_that_a_engine_run_needs_is_here():
    names = """identity relu relu6 leaky_relu elu selu celu gelu silu mish sigmoid logsigmoid tanh softplus softsign
    prelu rrelu hardtanh hardsigmoid hardswish tanhshrink softshrink hardshrink threshold step softmax log_softmax
    scaled_tanh scaled_sigmoid stepwise_sigmoid ramp bounded_relu gaussian squareplus"""
    assert set(ACTIVATIONS) == set(names.split())


VARIABLE = [entry for entry in EVERY if entry.alpha]


@pytest.mark.parametrize("activation", VARIABLE, ids=lambda entry: f"{entry.key}-{entry.alpha}-{entry.alpha_range}")
@pytest.mark.parametrize("slope", [0.1, -0.7, 1.0, 3.0, 0.0])
def test_a_slope_that_is_given_is_the_one_that_is_taken(activation, slope):
    z = np.random.default_rng(7).normal(size=(6, 4))
    z[0, 0] = 0.0
    given_slope = np.full(4 if activation.alpha == "unit" else 1, slope)
    tensor, alpha = torch.tensor(z, requires_grad=True), torch.tensor(given_slope, requires_grad=True)
    grad_a = np.random.default_rng(8).normal(size=z.shape)
    theirs = torch_reference.activation(activation.torch)(tensor, alpha, alpha)
    theirs.backward(torch.tensor(grad_a))
    a = activation.value(z, given_slope)
    np.testing.assert_allclose(a, theirs.detach().numpy(), rtol=1e-15)
    np.testing.assert_allclose(activation.vjp(z, a, grad_a, given_slope), tensor.grad.numpy(), rtol=1e-15)
    if activation.learns:
        every = activation.alpha_vjp(z, grad_a)
        expected = every.sum(axis=0) if activation.alpha == "unit" else every.sum()
        np.testing.assert_allclose(alpha.grad.numpy(), expected, rtol=1e-13)


def test_no_gradient_of_a_slope_comes_from_above_0():
    """Also where z or ∂L/∂a is infinite or NaN there, as in PyTorch."""
    z = np.array([[math.inf, 2.0, 2.0, -1.0, 0.0]])
    grad_a = np.array([[1.0, math.inf, math.nan, 3.0, 5.0]])
    alpha = torch.tensor([0.25], dtype=torch.float64, requires_grad=True)
    F.prelu(torch.tensor(z), alpha).backward(torch.tensor(grad_a))
    assert float(alpha.grad) == ACTIVATIONS["prelu"].alpha_vjp(z, grad_a).sum() == -3.0


def test_the_modules_of_torch_begin_alike_and_evaluate_alike():
    z = torch.linspace(-3, 3, 13, dtype=torch.float64)[:, None]
    for module, key in ((torch.nn.PReLU(dtype=torch.float64), "prelu"), (torch.nn.RReLU().eval(), "rrelu")):
        entry = ACTIVATIONS[key]
        np.testing.assert_allclose(entry.value(z.numpy()), module(z).detach().numpy(), rtol=1e-15)
        line = torch_reference.activation(entry.in_mode(training=False).torch)(z, torch.full((1,), 0.25).double())
        np.testing.assert_allclose(line.numpy(), module(z).detach().numpy(), rtol=1e-15)
    assert torch.nn.PReLU().weight.shape == (ACTIVATIONS["prelu"].alphas(7),)
    assert torch.nn.PReLU(7).weight.shape == (ACTIVATIONS["prelu"].configure(per_unit=True).alphas(7),)
    assert (torch.nn.RReLU().lower, torch.nn.RReLU().upper) == ACTIVATIONS["rrelu"].alpha_range
