"""The pass that a newcomer reads first gives the engine's numbers: a third oracle, beside PyTorch and differences."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlpviz.engine import ACTIVATIONS, LOSSES, as_target, run_pass
from mlpviz.engine.passes import Workspace
from mlpviz.engine.textbook_pass import DenseLayer, forward, loss_and_gradients
from tests.support.random_networks import chain, example
from tests.support.value_and_grad import value_and_grad

CLOSE = {"rtol": 1e-12, "atol": 1e-12}

PAIRS = [
    pytest.param(activation, loss, last, id=f"{activation}-{loss}-{last}")
    for activation, phi in ACTIVATIONS.items()
    if not phi.alpha  # the textbook's layers learn and draw no slopes
    for loss, entry in LOSSES.items()
    for last in entry.last_activations or (activation,)
]


def assert_same(spec, one):
    layers = [
        DenseLayer(views.weight, np.zeros(layer.outputs) if views.bias is None else views.bias, layer.activation)
        for views, layer in zip(spec.views(one.params), spec.layers, strict=True)
    ]
    target = as_target(spec, one.target, len(one.x))
    trace = run_pass(spec, one.params, one.x, one.target)
    all_z, all_a = forward(layers, one.x)
    with np.errstate(all="ignore"):
        value, gradients = loss_and_gradients(layers, one.x, target, spec.loss)
    np.testing.assert_allclose(value, trace.loss, **CLOSE)
    np.testing.assert_allclose(gradients.x, trace.grad_x, **CLOSE)
    for index, layer in enumerate(trace.layers):
        np.testing.assert_allclose(all_z[index], layer.z, **CLOSE)
        np.testing.assert_allclose(all_a[index + 1], layer.a, **CLOSE)
        np.testing.assert_allclose(gradients.weight[index], layer.grad_weight, **CLOSE)
        if layer.grad_bias is not None:
            np.testing.assert_allclose(gradients.bias[index], layer.grad_bias, **CLOSE)
    # what training uses
    found, grad = value_and_grad(Workspace(spec, one.params.copy()), one.x, target)
    np.testing.assert_allclose(found, value, **CLOSE)
    pairs = zip(gradients.weight, gradients.bias, spec.layers, strict=True)
    np.testing.assert_allclose(grad, spec.flatten([(w, b if layer.bias else None) for w, b, layer in pairs]), **CLOSE)


@pytest.mark.parametrize(("activation", "loss", "last"), PAIRS)
@settings(max_examples=5)
@given(
    widths=st.lists(st.integers(1, 7), min_size=2, max_size=5),
    samples=st.integers(1, 6),
    seed=st.integers(0, 2**32 - 1),
    bias=st.booleans(),
)
def test_it_is_the_pass_of_the_engine(activation, loss, last, widths, samples, seed, bias):
    spec = chain(tuple(widths), (*[activation] * (len(widths) - 2), last), loss, bias)
    assert_same(spec, example(spec, samples, seed))
