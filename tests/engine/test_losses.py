import numpy as np
import pytest

from mlpviz import reference
from mlpviz.engine import ACTIVATIONS, LOSSES
from mlpviz.engine.losses import one_hot
from mlpviz.engine.passes import as_target
from tests.strategies import chain, target_for

ALL = pytest.mark.parametrize("key", list(LOSSES))


def outputs_and_target(key, seed=0, samples=6, outputs=4):
    """y in the range of the last activation, a target that fits, and the specification of one layer."""
    rng = np.random.default_rng(seed)
    last = (LOSSES[key].last_activations or ("identity",))[0]
    y = ACTIVATIONS[last].value(rng.normal(scale=2.0, size=(samples, outputs)))
    spec = chain((2, outputs), last, key)
    return y, as_target(spec, target_for(key, samples, outputs, rng), samples)


def value(key, y, t):
    loss = LOSSES[key]
    return loss.terms(y, t).sum(axis=(-2, -1)) / loss.divisor(*y.shape[-2:])


def grad(key, y, t):
    loss = LOSSES[key]
    return loss.grad(y, t) / loss.divisor(*y.shape[-2:])


@ALL
@pytest.mark.parametrize("seed", range(4))  # class numbers and probabilities both occur
def test_value_and_gradient_are_those_of_torch(key, seed):
    torch = pytest.importorskip("torch")
    y, t = outputs_and_target(key, seed)
    ty = torch.tensor(y, requires_grad=True)
    tt = None if t is None else torch.tensor(t)
    expected = reference.loss(LOSSES[key].torch)(ty, tt)
    expected.backward()
    np.testing.assert_allclose(value(key, y, t), expected.item(), rtol=1e-12)
    np.testing.assert_allclose(grad(key, y, t), ty.grad.numpy(), rtol=1e-12, atol=1e-15)


@ALL
def test_torch_code_is_what_the_reference_runs(key):
    torch = pytest.importorskip("torch")
    y, t = outputs_and_target(key)
    names = {
        "torch": torch,
        "F": torch.nn.functional,
        "y": torch.tensor(y),
        "t": None if t is None else torch.tensor(t),
    }
    exec(LOSSES[key].torch_code, names)  # noqa: S102  # text of our own registry
    assert names["loss"].item() == pytest.approx(reference.loss(LOSSES[key].torch)(names["y"], names["t"]).item())


@ALL
def test_numpy_code_is_what_the_engine_computes(key):
    y, t = outputs_and_target(key)
    probabilities = LOSSES[key].probabilities
    names = {"np": np, "y": y, "t": t, "p": ACTIVATIONS[probabilities].value(y) if probabilities else None}
    exec(LOSSES[key].numpy, names)  # noqa: S102
    exec(LOSSES[key].numpy_grad, names)  # noqa: S102
    assert names["loss"] == pytest.approx(value(key, y, t), rel=1e-12)
    np.testing.assert_allclose(names["grad_a"], grad(key, y, t), rtol=1e-11, atol=1e-15)


@ALL
def test_gradient_is_the_central_difference_of_the_value(key):
    y, t = outputs_and_target(key)
    found = np.zeros_like(y)
    for index in np.ndindex(y.shape):
        step = np.zeros_like(y)
        step[index] = h = 1e-5 * min(1.0, abs(y[index]))
        found[index] = (value(key, y + step, t) - value(key, y - step, t)) / (2 * h)
    np.testing.assert_allclose(grad(key, y, t), found, rtol=1e-7, atol=1e-8)


@ALL
def test_leading_axes_are_a_loop(key):
    y, t = outputs_and_target(key)
    stacked = np.stack([y, y * 0.5, y * 0.9])
    np.testing.assert_array_equal(value(key, stacked, t), [value(key, one, t) for one in stacked])
    np.testing.assert_array_equal(grad(key, stacked, t), [grad(key, one, t) for one in stacked])


@pytest.mark.parametrize("key", [key for key, loss in LOSSES.items() if loss.probabilities])
def test_a_loss_on_logits_takes_large_logits(key):
    y, t = np.array([[1e3, -1e3], [-1e3, 1e3]]), np.array([[1.0, 0.0], [1.0, 0.0]])
    assert np.isfinite(value(key, y, t))
    assert np.isfinite(grad(key, y, t)).all()


def test_a_certain_zero_with_target_zero_costs_nothing():
    y, t = np.array([[1.0, 0.0]]), np.array([[1.0, 0.0]])
    assert value("cross_entropy_probs", y, t) == 0.0
    assert grad("cross_entropy_probs", y, t).tolist() == [[-1.0, 0.0]]


def test_the_logarithms_of_bce_are_cut_off():
    with np.errstate(divide="ignore"):
        assert value("bce", np.array([[0.0]]), np.array([[1.0]])) == 100.0


def test_the_gradient_of_bce_is_cut_off_as_in_torch():
    torch = pytest.importorskip("torch")
    y, t = np.array([[1e-14, 1.0 - 1e-14]]), np.array([[1.0, 0.0]])
    ty = torch.tensor(y, requires_grad=True)
    torch.nn.functional.binary_cross_entropy(ty, torch.tensor(t)).backward()
    np.testing.assert_allclose(grad("bce", y, t), ty.grad.numpy(), rtol=1e-12)


def test_one_hot_names_the_sample_whose_class_does_not_exist():
    assert one_hot(np.array([2, 0]), 3).tolist() == [[0, 0, 1], [1, 0, 0]]
    with pytest.raises(ValueError, match="target 2 is class 3, expected a class from 0 to 2"):
        one_hot(np.array([0, 3]), 3)
