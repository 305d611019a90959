import numpy as np
import pytest

from mlpviz import reference
from mlpviz.engine import ACTIVATIONS

ALL = pytest.mark.parametrize("activation", ACTIVATIONS.values(), ids=list(ACTIVATIONS))
Z = np.random.default_rng(0).normal(scale=3.0, size=(50, 4))
GRAD = np.random.default_rng(1).normal(size=Z.shape)


@ALL
def test_value_and_vjp_are_those_of_torch_at_kinks_too(activation):
    torch = pytest.importorskip("torch")
    for z in (Z, np.array([[0.0, -0.0, 1.0, -1.0]])):
        grad_a = GRAD[: len(z)]
        t = torch.tensor(z, requires_grad=True)
        value = reference.activation(activation.torch)(t)
        value.backward(torch.tensor(grad_a))
        a = activation.value(z)
        np.testing.assert_allclose(a, value.detach().numpy(), rtol=1e-13, atol=1e-16)
        np.testing.assert_allclose(activation.vjp(z, a, grad_a), t.grad.numpy(), rtol=1e-12, atol=1e-15)


@ALL
def test_torch_code_is_what_the_reference_runs(activation):
    torch = pytest.importorskip("torch")
    z = torch.tensor(Z)
    names = {"torch": torch, "F": torch.nn.functional, "z": z}
    exec(activation.torch_code, names)  # noqa: S102  # text of our own registry
    assert torch.equal(names["a"], reference.activation(activation.torch)(z))


@ALL
def test_numpy_is_what_the_value_is(activation):
    names = {"np": np, "z": Z, "grad_a": GRAD}
    exec(activation.numpy, names)  # noqa: S102
    np.testing.assert_allclose(names["a"], activation.value(Z), rtol=1e-13)
    exec(activation.numpy_grad, names)  # noqa: S102
    np.testing.assert_allclose(names["grad_z"], activation.vjp(Z, names["a"], GRAD), rtol=1e-12, atol=1e-15)


@ALL
def test_vjp_is_the_central_difference_of_value(activation):
    h = 1e-6
    assert min((np.abs(Z - kink).min() for kink in activation.kinks), default=1.0) > h
    found = np.zeros_like(Z)
    for unit in range(Z.shape[1]):
        step = h * (np.arange(Z.shape[1]) == unit)
        slopes = (activation.value(Z + step) - activation.value(Z - step)) / (2 * h)
        found[:, unit] = (GRAD * slopes).sum(axis=1)
    np.testing.assert_allclose(activation.vjp(Z, activation.value(Z), GRAD), found, rtol=1e-8, atol=1e-9)


@ALL
def test_slope_is_the_factor_of_an_elementwise_vjp(activation):
    assert activation.elementwise == (activation.slope is not None)
    if activation.slope is not None:
        a = activation.value(Z)
        assert np.array_equal(activation.vjp(Z, a, GRAD), GRAD * activation.slope(Z, a))


@ALL
def test_leading_axes_are_a_loop(activation):
    stacked = np.random.default_rng(2).normal(size=(3, 2, 5, 4))
    value = activation.value(stacked)
    for index in np.ndindex(3, 2):
        assert np.array_equal(value[index], activation.value(stacked[index]))


@ALL
def test_large_z_gives_no_warning_and_no_nan(activation):
    z = np.array([[-1e4, -800.0, 0.0, 800.0, 1e4]])
    a = activation.value(z)
    assert np.isfinite(a).all()
    assert np.isfinite(activation.vjp(z, a, np.ones_like(z))).all()


def test_softmax_adds_up_to_one():
    np.testing.assert_allclose(ACTIVATIONS["softmax"].value(Z).sum(axis=-1), 1.0, rtol=1e-15)


def test_a_saturated_sigmoid_keeps_its_digits():
    z = np.array([-10.0, -20.0, -30.0, -40.0, -700.0])
    np.testing.assert_allclose(ACTIVATIONS["sigmoid"].value(z), np.exp(z) / (1.0 + np.exp(z)), rtol=1e-13)
