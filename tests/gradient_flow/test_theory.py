"""The recursions against closed forms, against Gauss-Hermite quadrature and against wide networks."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.special import erf

from mlpviz.engine import ACTIVATIONS
from mlpviz.engine.activations.activation import Z, elementwise
from mlpviz.engine.parameters import Array
from mlpviz.gradient_flow.deep_network import FlowSettings
from mlpviz.gradient_flow.measure import flow_of
from mlpviz.gradient_flow.shown import ACTIVATIONS_SHOWN, INITIALIZERS_SHOWN
from mlpviz.gradient_flow.theory import (
    chi_of,
    edge_of_chaos,
    moments,
    prediction_of,
    sides_of_the_edge,
    why_no_theory,
)

Q = np.array([1e-4, 0.03, 0.5, 1.0, 7.0, 60.0])

ERF = elementwise(
    "erf",
    label="erf",
    sentence="",
    formula=Z,
    derivative=Z,
    value=erf,
    slope=lambda z, a: 2.0 / math.sqrt(math.pi) * np.exp(-z * z),
)


def test_relu_halves_and_identity_keeps() -> None:
    found = moments(ACTIVATIONS["relu"], Q)
    np.testing.assert_allclose(found.square, Q / 2, rtol=1e-12)
    np.testing.assert_allclose(found.slope_square, 0.5, rtol=1e-12)
    np.testing.assert_allclose(found.mean, np.sqrt(Q / (2 * math.pi)), rtol=1e-12)
    np.testing.assert_allclose(moments(ACTIVATIONS["identity"], Q).square, Q, rtol=1e-12)
    leaky = moments(ACTIVATIONS["leaky_relu"].configure(slope=0.2), Q)
    np.testing.assert_allclose(leaky.square, Q * (1 + 0.04) / 2, rtol=1e-12)


def test_erf_has_its_closed_form() -> None:
    found = moments(ERF, Q)
    np.testing.assert_allclose(found.square, 2 / math.pi * np.arcsin(2 * Q / (1 + 2 * Q)), rtol=1e-10)
    np.testing.assert_allclose(found.slope_square, 4 / math.pi / np.sqrt(1 + 4 * Q), rtol=1e-10)


@pytest.mark.parametrize("key", ["tanh", "sigmoid", "gelu", "softplus"])
def test_smooth_ones_agree_with_gauss_hermite(key: str) -> None:
    entry = ACTIVATIONS[key]
    assert entry.slope is not None
    nodes, weights = np.polynomial.hermite_e.hermegauss(120)
    z = np.sqrt(Q[:4, None]) * nodes
    weights = weights / math.sqrt(2 * math.pi)
    a = entry.value(z)
    found = moments(entry, Q[:4])
    np.testing.assert_allclose(found.square, (a * a) @ weights, rtol=1e-8)
    np.testing.assert_allclose(found.slope_square, entry.slope(z, a) ** 2 @ weights, rtol=1e-8)


def test_the_edge_of_chaos_is_where_it_is_known_to_be() -> None:
    edges = {key: edge_of_chaos(key, 0.0) for key in ("identity", "relu", "tanh", "selu")}
    assert edges["identity"] == pytest.approx(1.0)
    assert edges["relu"] == pytest.approx(math.sqrt(2))
    assert edges["tanh"] == pytest.approx(1.0, abs=1e-5)
    assert edges["selu"] is not None
    with_bias = edge_of_chaos("tanh", 0.3)
    assert with_bias is not None
    assert chi_of(ACTIVATIONS["tanh"], np.array(with_bias), 0.3) == pytest.approx(1.0, abs=1e-4)
    assert with_bias > 1.2
    assert edge_of_chaos("softmax", 0.0) is None


@pytest.mark.parametrize(
    "changes",
    [
        {"activation": "relu", "initializer": "kaiming_normal"},
        {"activation": "tanh", "initializer": "xavier_normal"},
        {"activation": "sigmoid", "initializer": "torch_linear"},
        {"activation": "gelu", "initializer": "normal", "sigma_w": 1.4, "sigma_b": 0.2},
        {"activation": "tanh", "initializer": "xavier_uniform", "residual": True},
        {"activation": "relu", "initializer": "lecun_normal", "norm": "layer_norm"},
        {"activation": "tanh", "initializer": "kaiming_uniform", "norm": "rms_norm", "data": "moons"},
    ],
)
def test_a_wide_network_does_what_theory_says(changes: dict[str, object]) -> None:
    settings = FlowSettings(depth=6, width=256, samples=24).replaced(**changes)
    assert not why_no_theory(settings)
    flow = flow_of(settings, 3)
    found = prediction_of(settings, flow)
    assert found is not None
    for name in ("z", "a", "grad_z"):
        measured = np.array([getattr(layer, name) for layer in flow.layers])
        predicted: Array = getattr(found, name)
        np.testing.assert_allclose(measured, predicted, rtol=0.25, err_msg=name)


@pytest.mark.parametrize(
    "changes",
    [{"activation": "softmax"}, {"activation": "rrelu"}, {"norm": "batch_norm"}, {"initializer": "ones"},
     {"initializer": "uniform"}],
)  # fmt: skip
def test_where_theory_is_silent_it_says_why(changes: dict[str, object]) -> None:
    settings = FlowSettings(depth=3, width=8, samples=8).replaced(**changes)
    assert why_no_theory(settings).startswith("Theory has no line here")
    assert prediction_of(settings, flow_of(settings, 1)) is None


def test_the_cells_of_the_map_lie_on_the_sides_that_the_course_has():
    sides = sides_of_the_edge(FlowSettings(width=64, depth=20))
    assert sides is not None

    def side(initializer, activation):
        return sides[INITIALIZERS_SHOWN.index(initializer), ACTIVATIONS_SHOWN.index(activation)]

    # He 2015: σ_w² = 2 is the edge of ReLU; Glorot 2010: σ_w² = 1 that of the identity and of tanh
    assert side("kaiming_normal", "relu") == side("xavier_normal", "identity") == side("xavier_normal", "tanh") == 0
    assert side("xavier_normal", "relu") == side("xavier_normal", "sigmoid") == -1
    assert side("kaiming_normal", "identity") == side("kaiming_normal", "tanh") == 1
    assert np.isnan(side("kaiming_normal", "softplus"))
    assert sides_of_the_edge(FlowSettings(norm="layer_norm")) is None
