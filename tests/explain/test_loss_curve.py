"""The loss over one number, or over a plane of two, is what editing these numbers would give."""

import json
import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlpviz.engine import NORMS, rerun, run_pass
from mlpviz.engine.optimizers import gradient_descent
from mlpviz.examples.networks import PRESETS
from mlpviz.explain.loss_curve import POINTS, loss_curve, nudge_of
from mlpviz.explain.loss_plane import BANDS, COARSEST, SIDE, contour_of, loss_plane
from mlpviz.network import Document
from mlpviz.network.edits import apply
from mlpviz.sheet.cell import Cell
from tests.support.random_documents import documents
from tests.support.random_networks import chain, example, mixed_examples, with_mode


def updated(trace, learning_rate):
    return gradient_descent(trace.params, trace.grad, learning_rate)


@settings(max_examples=25)
@given(
    tensor=st.sampled_from(["weight", "bias", "x"]),
    activation=st.sampled_from(["relu", "tanh", "softmax"]),
    seed=st.integers(0, 2**32 - 1),
    pins=st.integers(0, 2),
)
def test_every_point_is_the_loss_of_that_edit(tensor: str, activation: str, seed: int, pins: int) -> None:
    network = example(chain((2, 3, 2), (activation, "identity")), 2, seed, pins=pins)
    trace = network.run()
    curve = loss_curve(trace, Cell(tensor, 1, 1, 0), updated(trace, 0.1))
    assert curve.losses[POINTS // 2] == pytest.approx(curve.loss, rel=1e-12)
    assert curve.values[0] < curve.value < curve.values[-1]
    for point in (0, 17, POINTS - 1):
        params, x = network.params.copy(), network.x.copy()
        if tensor == "x":
            x[0, 1] = curve.values[point]
        else:
            views = network.spec.views(params)[0]
            (views.weight if tensor == "weight" else views.bias[:, None])[1, 0] = curve.values[point]  # type: ignore[index]  # the layer has a bias
        edited = run_pass(network.spec, params, x, network.target, network.pins)
        assert curve.losses[point] == pytest.approx(float(edited.loss), rel=1e-12)


def test_a_curve_keeps_masks_and_the_mode() -> None:
    spec = chain((2, 3, 2), ("tanh", "identity"))
    first = replace(spec.layers[0], norm=NORMS["batch_norm"], dropout=0.5)
    one = with_mode(replace(spec, layers=(first, spec.layers[1])), 3, 1)
    for training in (True, False):
        trace = replace(one, training=training, masks=one.masks if training else {}).run()
        for tensor in ("weight", "gamma", "beta", "x"):
            curve = loss_curve(trace, Cell(tensor, 1, 1, 0), updated(trace, 0.1))
            assert curve.losses[POINTS // 2] == pytest.approx(float(trace.loss), rel=1e-12)
        params = trace.params.copy()
        curve = loss_curve(trace, Cell("gamma", 1, 1, 0), updated(trace, 0.1))
        trace.spec.views(params)[0].gamma[1] = curve.values[17]  # type: ignore[index]  # the norm is affine
        assert curve.losses[17] == pytest.approx(float(rerun(trace, params=params).loss), rel=1e-12)


def test_the_tangent_has_the_slope_of_the_curve_and_the_update_goes_down() -> None:
    trace = example(chain((2, 3, 2), "tanh"), 3, 5).run()
    curve = loss_curve(trace, Cell("weight", 1, 0, 0), updated(trace, 1e-3))
    around = loss_curve(trace, Cell("weight", 1, 0, 0), updated(trace, 0.0))
    middle = POINTS // 2
    spline = np.polyfit(around.values[middle - 2 : middle + 3] - curve.value, around.losses[middle - 2 : middle + 3], 4)
    assert spline[-2] == pytest.approx(curve.slope, rel=1e-4)
    assert curve.loss_updated is not None
    assert curve.loss_updated < curve.loss


def test_a_step_out_of_the_range_of_numbers_leads_nowhere() -> None:
    layers = [{"weight": [[1.0]], "bias": None, "activation": "identity"}]
    far = {"x": [[1e150]], "target": [[1e150]], "loss": "given_gradient", "learning_rate": 1e10}
    document = Document.parse({"layers": layers, **far})
    assert not np.isfinite(document.next_step.new_params).all()
    nudge = nudge_of(document, "weight 1 1 1")
    assert nudge is not None
    assert nudge["updated"] is nudge["lossUpdated"] is None
    json.dumps(nudge, allow_nan=False, default=str)


def test_only_what_can_be_edited_has_a_curve() -> None:
    trace = example(chain((2, 2), "tanh", bias=False), 1, 1).run()
    for tensor in ("z", "bias"):
        with pytest.raises(KeyError):
            loss_curve(trace, Cell(tensor, 1, 0, 0), updated(trace, 0.1))


PLACES = [Cell("weight", 1, 1, 0), Cell("bias", 2, 0, 0), Cell("x", 0, 1, 0), Cell("weight", 2, 1, 2)]


@settings(max_examples=20)
@given(
    first=st.sampled_from(PLACES),
    second=st.sampled_from(PLACES),
    seed=st.integers(0, 2**32 - 1),
    pins=st.integers(0, 2),
)
def test_every_point_of_a_plane_is_the_loss_of_that_edit(first: Cell, second: Cell, seed: int, pins: int) -> None:
    network = example(chain((2, 3, 2), ("tanh", "identity")), 2, seed, pins=pins)
    trace = network.run()
    plane = loss_plane(trace, first, second, updated(trace, 0.1))
    if first == second:
        return
    assert plane.losses.shape == (SIDE, SIDE)
    assert plane.losses[SIDE // 2, SIDE // 2] == pytest.approx(plane.loss, rel=1e-12)
    assert np.ptp(plane.values[0]) == pytest.approx(np.ptp(plane.values[1])), "one scale, or right angles are none"
    for column, row in ((0, 0), (SIDE - 1, 3), (5, SIDE - 1)):
        edited = edited_loss(network, (first, second), (plane.values[0][column], plane.values[1][row]))
        assert plane.losses[row, column] == pytest.approx(edited, rel=1e-12)
    assert plane.loss_updated == pytest.approx(edited_loss(network, (first, second), plane.updated), rel=1e-12)


def edited_loss(network, places, values):
    params, x = network.params.copy(), network.x.copy()
    for (tensor, layer, row, column), value in zip(places, values, strict=True):
        if tensor == "x":
            x[column, row] = value
        else:
            views = network.spec.views(params)[layer - 1]
            (views.weight if tensor == "weight" else views.bias[:, None])[row, column] = value
    return float(run_pass(network.spec, params, x, network.target, network.pins).loss)


@settings(max_examples=15)
@given(one=mixed_examples(max_layers=3, max_width=4))
def test_norm_dropout_and_skips_take_part(one) -> None:
    trace = one.run()
    place = Cell("weight", 1, 0, 0)
    curve = loss_curve(trace, place, updated(trace, 0.1))
    assert curve.losses[POINTS // 2] == pytest.approx(curve.loss, rel=1e-9, nan_ok=True)


def test_the_bands_of_a_plane_have_about_the_same_area() -> None:
    trace = example(chain((2, 3, 2), "tanh"), 3, 5).run()
    plane = loss_plane(trace, PLACES[0], PLACES[3], updated(trace, 0.1))
    shares = np.bincount(np.searchsorted(plane.levels, plane.losses.ravel()), minlength=BANDS) / SIDE**2
    assert len(shares) == BANDS
    assert shares.min() > 0.5 / BANDS


@pytest.mark.parametrize(("widths", "samples", "side"), [((200, 200), 1, 13), ((200, 200), 8, COARSEST)])
def test_a_wide_network_gets_a_coarser_plane(widths: tuple[int, ...], samples: int, side: int) -> None:
    trace = example(chain(widths, "tanh"), samples, 1).run()
    plane = loss_plane(trace, Cell("weight", 1, 0, 0), Cell("weight", 1, 5, 7), updated(trace, 0.1))
    assert plane.losses.shape == (side, side)
    assert plane.losses[side // 2, side // 2] == pytest.approx(plane.loss, rel=1e-9)


@settings(max_examples=15)
@given(document=documents(st.floats(-2, 2), losses=("mse", "cross_entropy")))
def test_a_drag_on_the_plane_sets_both_numbers(document) -> None:
    event = {
        "type": "set_numbers",
        "numbers": [
            {"tensor": "weight", "layer": 1, "row": 1, "column": 1, "value": 0.25},
            {"tensor": "x", "layer": None, "row": 1, "column": 1, "value": -3},
        ],
    }
    edited = apply(document, event).document
    assert (edited.layers[0].weight[0][0], edited.x[0][0]) == (0.25, -3.0)
    assert edited.replace(layers=document.layers, x=document.x) == document
    answer = contour_of(document, "weight 1 1 1", "x 0 1 1")
    assert answer is None or answer["point"] == (document.layers[0].weight[0][0], document.x[0][0])
    assert contour_of(document, "weight 1 1 1", "weight 1 1 1") is None
    assert contour_of(document, "weight 1 1 1", "z 1 1 1") is None


def test_losses_that_look_alike_are_told_apart() -> None:
    document = PRESETS["mazur"].document
    for rate, is_alike in ((0.5, False), (1e-4, True)):
        curve = nudge_of(document.replace(learning_rate=rate), "weight 2 1 1")
        assert curve is not None
        sentence = str(curve["sentence"])
        before, after = re.findall(r"from (\S+) to (\S+?)\.?$", sentence)[0]
        assert "takes the loss" in sentence
        assert before.startswith("0.298")
        assert before != after
        assert (len(before) > len("0.298")) == is_alike
