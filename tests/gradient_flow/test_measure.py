"""What is measured: sizes against PyTorch, shares of dead and saturated units, clipping, the map and the cures."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from mlpviz.engine import ACTIVATIONS, INITIALIZERS, NORMS
from mlpviz.gradient_flow.cures import Measured, cures_of
from mlpviz.gradient_flow.deep_network import DATA, FlowSettings, batch_of, network_of, weights_of
from mlpviz.gradient_flow.maps import depth_cells, initializer_cells
from mlpviz.gradient_flow.measure import clipped, flow_of, ratio_of
from mlpviz.gradient_flow.shown import ACTIVATIONS_SHOWN, INITIALIZERS_SHOWN

SMALL = FlowSettings(depth=4, width=6, samples=10)


def test_the_flow_is_pytorchs() -> None:
    spec, batch = network_of(SMALL), batch_of(SMALL)
    params = weights_of(SMALL, spec, 2)
    flow = flow_of(SMALL, 2)
    sizes = []
    for row in params:
        a, kept = torch.tensor(batch.x), []
        for index, view in enumerate(spec.views(row)):
            assert view.bias is not None
            z = a @ torch.tensor(view.weight).T + torch.tensor(view.bias)
            kept.append(z.requires_grad_() if index == 0 else z)
            z.retain_grad()
            a = torch.tanh(z) if index < SMALL.depth else z
        torch.nn.functional.mse_loss(a, torch.tensor(batch.target)).backward()  # type: ignore[no-untyped-call]
        sizes.append([(float((z.detach() ** 2).mean()), float((z.grad**2).mean())) for z in kept if z.grad is not None])
    expected = np.mean(sizes, axis=0)
    found = [(layer.z, layer.grad_z) for layer in flow.layers]
    np.testing.assert_allclose(found, expected[:-1], rtol=1e-10)
    np.testing.assert_allclose(flow.output_grad.mean(), expected[-1, 1], rtol=1e-10)
    each = np.sqrt(np.array(sizes)[:, 0, 1] / np.array(sizes)[:, -2, 1])
    assert flow.ratio == pytest.approx(np.exp(np.log(each).mean()))


@pytest.mark.parametrize("key", ACTIVATIONS)
def test_every_activation_flows(key: str) -> None:
    flow = flow_of(SMALL.replaced(activation=key), 2)
    assert all(np.isfinite(layer.z) for layer in flow.layers)
    assert (flow.layers[0].dead is None) == (not ACTIVATIONS[key].elementwise)


@pytest.mark.parametrize("changes", [*({"initializer": key} for key in INITIALIZERS), *({"data": key} for key in DATA),
                                     *({"norm": key} for key in NORMS), {"residual": True, "norm": "layer_norm"}],
                         ids=str)  # fmt: skip
def test_every_setting_flows(changes: dict[str, object]) -> None:
    flow = flow_of(SMALL.replaced(**changes), 2)
    assert len(flow.layers) == 4
    assert all(np.isfinite([layer.z, layer.grad_z]).all() for layer in flow.layers)


def test_dead_and_saturated_units_are_counted() -> None:
    dead = flow_of(SMALL.replaced(activation="relu", sigma_b=0.0, initializer="zeros"), 1)
    assert [layer.dead for layer in dead.layers] == [1.0] * 4
    wild = flow_of(SMALL.replaced(initializer="normal", sigma_w=40.0), 2)
    calm = flow_of(SMALL.replaced(initializer="normal", sigma_w=0.1), 2)
    assert (wild.layers[1].saturated or 0.0) > 0.9
    assert calm.layers[1].saturated == 0.0


def test_ratios_of_numbers_that_have_no_squares() -> None:
    one = np.ones((2, 3, 4))
    assert ratio_of(1e-200 * one, one) == pytest.approx(1e-200)
    assert ratio_of(0 * one, one) == 0.0
    assert ratio_of(1e300 * one, one) == pytest.approx(1e300)
    assert np.isnan(ratio_of(0 * one, 0 * one))


def test_clipping_shortens_the_whole_gradient_and_keeps_its_direction() -> None:
    exploding = SMALL.replaced(initializer="normal", sigma_w=6.0, activation="identity")
    before, after, norm = clipped(exploding, 1.0)
    assert norm > 1.0
    np.testing.assert_allclose(after / before, 1.0 / (norm + 1e-6), rtol=1e-6)
    before, after, norm = clipped(SMALL, 1e9)
    np.testing.assert_array_equal(before, after)


def test_the_maps_are_the_ratios_of_the_networks() -> None:
    initializers, activations = ("xavier_normal", "orthogonal"), ("tanh", "prelu", "softmax")
    cells = list(initializer_cells(SMALL, 2, initializers, activations))
    assert len(cells) == 6
    for row, column, (found,) in cells:
        own = SMALL.replaced(initializer=initializers[row], activation=activations[column])
        assert found == pytest.approx(np.log10(flow_of(own, 2).ratio))
    deep = list(depth_cells(SMALL, 2, (0.5, 2.0), (1, 3)))
    assert [(each.row, each.column) for each in deep] == [(0, 0), (1, 0)]
    assert deep[0].logarithms == (0.0, 0.0)
    own = SMALL.replaced(initializer="normal", sigma_w=2.0, depth=3)
    # the map leaves the last layer as it is, so that only the way through the hidden ones differs
    assert deep[1].logarithms[1] == pytest.approx(np.log10(flow_of(own, 2).ratio), abs=0.2)
    assert set(INITIALIZERS_SHOWN) <= INITIALIZERS.keys()
    assert set(ACTIVATIONS_SHOWN) <= ACTIVATIONS.keys()


def test_cures_help_a_network_of_sigmoids() -> None:
    sick = SMALL.replaced(activation="sigmoid", depth=12, width=16)
    before = flow_of(sick, 2).ratio
    assert before < 1e-5
    found = [Measured.of(cure, before, 2) for cure in cures_of(sick)]
    assert {each.cure.key for each in found if each.helps} >= {"residual", "relu", "depth", "layer_norm"}
    assert min(each.distance for each in found) < np.log(20)
