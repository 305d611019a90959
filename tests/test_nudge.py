"""The loss curve of one number is what editing that number would give."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlpviz.content.nudge import POINTS, curve_of
from mlpviz.engine import run
from tests.strategies import chain, example


@settings(max_examples=25, deadline=None)
@given(
    tensor=st.sampled_from(["weight", "bias", "x"]),
    activation=st.sampled_from(["relu", "tanh", "softmax"]),
    seed=st.integers(0, 2**32 - 1),
    pins=st.integers(0, 2),
)
def test_every_point_is_the_loss_of_that_edit(tensor: str, activation: str, seed: int, pins: int) -> None:
    network = example(chain((2, 3, 2), (activation, "identity")), 2, seed, pins=pins)
    trace = network.run()
    curve = curve_of(trace, tensor, 1, 1, 0, 0.1)
    assert curve.losses[POINTS // 2] == pytest.approx(curve.loss, rel=1e-12)
    assert curve.values[0] < curve.value < curve.values[-1]
    for point in (0, 17, POINTS - 1):
        params, x = network.params.copy(), network.x.copy()
        if tensor == "x":
            x[0, 1] = curve.values[point]
        else:
            views = network.spec.views(params)[0]
            (views.weight if tensor == "weight" else views.bias[:, None])[1, 0] = curve.values[point]  # type: ignore[index]  # the layer has a bias
        edited = run(network.spec, params, x, network.target, network.pins)
        assert curve.losses[point] == pytest.approx(float(edited.loss), rel=1e-12)


def test_the_tangent_has_the_slope_of_the_curve_and_the_update_goes_down() -> None:
    trace = example(chain((2, 3, 2), "tanh"), 3, 5).run()
    curve = curve_of(trace, "weight", 1, 0, 0, 1e-3)
    around = curve_of(trace, "weight", 1, 0, 0, 0.0)
    middle = POINTS // 2
    spline = np.polyfit(around.values[middle - 2 : middle + 3] - curve.value, around.losses[middle - 2 : middle + 3], 4)
    assert spline[-2] == pytest.approx(curve.slope, rel=1e-4)
    assert curve.loss_updated is not None
    assert curve.loss_updated < curve.loss


def test_only_what_can_be_edited_has_a_curve() -> None:
    trace = example(chain((2, 2), "tanh", bias=False), 1, 1).run()
    for tensor in ("z", "bias"):
        with pytest.raises(KeyError):
            curve_of(trace, tensor, 1, 0, 0, 0.1)
