"""A weight set by hand: the network answers with it, its losses are those of the new numbers, and the old run stays."""

from __future__ import annotations

import numpy as np
import pytest

from mlpviz.engine import loss_value
from mlpviz.network.edits import apply
from mlpviz.runs import Run, RunError
from mlpviz.runs.hand_edit import set_network, set_parameter
from mlpviz.runs.to_document import document_of, next_update, samples_of
from tests.support.small_runs import finished, params_of, setup_of


def loss_of(run: Run, part: str = "validation") -> float:
    checkpoint, samples = run.state(run.focus).checkpoint, getattr(run.members[run.focus].sets, part)
    loss, _, _ = loss_value(checkpoint.spec, checkpoint.params, samples.x, samples.target, training=False)
    return float(loss)


@pytest.mark.parametrize(("layer", "unit", "source"), [(0, 3, 1), (0, 5, None), (1, 0, 2), (1, 0, None)])
def test_exactly_that_number_is_set_and_measured(layer: int, unit: int, source: int | None) -> None:
    run = finished(Run.of(setup_of(epochs=2)))
    before = params_of(run)
    set_parameter(run, layer, unit, source, 2.5)
    after = params_of(run)
    view = run.members[0].spec.views(after)[layer]
    assert (view.bias[unit] if source is None else view.weight[unit, source]) == 2.5
    assert (before != after).sum() == 1
    row = run.state(0).checkpoint.row
    assert (row[3], row[4]) == pytest.approx((loss_of(run, "train"), loss_of(run)), rel=1e-12)
    assert not np.asarray(run.state(0).snapshot.params).flags.writeable


def test_what_was_learned_stays_and_learning_goes_on_from_the_edit() -> None:
    run = finished(Run.of(setup_of(epochs=4)))
    learned = params_of(run)
    set_parameter(run, 0, 0, 0, -1.0)
    assert [info[:3] for info in run.branches.infos] == [(0, None, 0), (1, 0, 4)]
    set_parameter(run, 0, 0, 1, -2.0)  # nothing was learned since: the same branch
    assert len(run.branches.infos) == 2
    assert run.members[0].spec.views(params_of(run))[0].weight[0].tolist() == [-1.0, -2.0]
    edited = params_of(run)
    run.epoch()
    while run.status == "running":
        run.advance(0.05)
    assert not np.array_equal(params_of(run), edited)
    run.show_checkpoint(4)
    assert np.array_equal(params_of(run), edited)
    run.show_checkpoint(None, branch=0)
    assert np.array_equal(params_of(run), learned)


def test_at_the_start_no_branch_is_needed_and_within_an_epoch_there_is_one() -> None:
    run = Run.of(setup_of())
    set_parameter(run, 0, 0, 0, 3.0)
    assert len(run.branches.infos) == 1
    run.show_checkpoint(0)
    assert params_of(run)[0] == 3.0
    run.step()
    within = params_of(run)
    set_parameter(run, 0, 0, 0, 4.0)
    assert len(run.branches.infos) == 2
    assert np.array_equal(params_of(run)[1:], within[1:])


def test_of_networks_side_by_side_only_the_one_in_focus_changes() -> None:
    setups = {name: setup_of(seed=seed) for seed, name in enumerate("ab")}
    run = finished(Run.compare(setups, "seed"))
    run.focus = 1
    before = params_of(run, 0), params_of(run, 1)
    set_parameter(run, 1, 0, 4, 0.125)
    assert np.array_equal(params_of(run, 0), before[0])
    assert (params_of(run, 1) != before[1]).sum() == 1
    assert run.state(1).checkpoint.row[4] == pytest.approx(loss_of(run), rel=1e-12)


@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        ((2, 0, 0, 1.0), "no layer 3, expected 1 to 2"),
        ((0, 6, 0, 1.0), "layer 1 has no unit 7, expected 1 to 6"),
        ((0, 0, 2, 1.0), "reads no unit 3, expected 1 to 2"),
        ((0, 0, -1, 1.0), "reads no unit 0"),
        ((0, 0, 0, float("nan")), "expected a finite number"),
    ],
)
def test_what_cannot_be_set_is_said_and_nothing_changes(place: tuple[int, int, int, float], sentence: str) -> None:
    run = finished(Run.of(setup_of(epochs=1)))
    before = params_of(run)
    with pytest.raises(RunError, match=sentence):
        set_parameter(run, *place)
    assert np.array_equal(params_of(run), before)
    assert len(run.branches.infos) == 1


def test_a_layer_without_bias_says_so() -> None:
    layers = [{"units": 3, "activation": "tanh", "bias": False}, {"units": None, "activation": "identity"}]
    with pytest.raises(RunError, match="layer 1 has no bias"):
        set_parameter(Run.of(setup_of(layers=layers)), 0, 0, None, 1.0)


def test_a_whole_network_edited_on_the_sheet_is_learned_on_from() -> None:
    layers = [{"units": 4, "activation": "relu", "norm": "batch_norm"}, {"units": None, "activation": "identity"}]
    run = finished(Run.of(setup_of(layers=layers, epochs=3)))
    learned, member = params_of(run), run.members[0]
    document = document_of(member, run.state(0).checkpoint, samples_of(member, [0, 1]), "mine", next_update(run, 0))
    assert not set_network(run, document.spec, document.params, document.buffers)
    assert len(run.branches.infos) == 1
    event = {"type": "set", "tensor": "weight", "layer": 2, "row": 1, "column": 3, "value": 7.5}
    edited = apply(document, event).document
    assert set_network(run, edited.spec, edited.params, edited.buffers)
    assert (params_of(run) != learned).sum() == 1
    assert member.spec.views(params_of(run))[1].weight[0, 2] == 7.5
    assert [info[:3] for info in run.branches.infos] == [(0, None, 0), (1, 0, 3)]
    assert run.state(0).checkpoint.row[3] == pytest.approx(float(run.engine_runs[0].latest.train.loss))
    run.show_checkpoint(None, branch=0)
    assert np.array_equal(params_of(run), learned)


def test_of_networks_side_by_side_only_the_one_in_focus_takes_the_weights() -> None:
    run = finished(Run.compare({str(seed): setup_of(seed=seed, epochs=2) for seed in (0, 1)}, "seed"))
    run.focus = 1
    others = params_of(run, 0)
    spec, params = run.members[1].spec, params_of(run, 1) + 1.0
    assert set_network(run, spec, params, run.state(1).checkpoint.buffers)
    assert np.array_equal(params_of(run, 1), params)
    assert np.array_equal(params_of(run, 0), others)


def test_a_network_of_another_shape_is_refused_and_nothing_begins() -> None:
    run = finished(Run.of(setup_of(epochs=2)))
    other = Run.of(setup_of(layers=[{"units": 5, "activation": "tanh"}, {"units": None, "activation": "identity"}]))
    before = params_of(run)
    with pytest.raises(RunError, match="2 → 5 → 1, expected 2 → 6 → 1"):
        set_network(run, other.members[0].spec, other.members[0].params, np.empty(0))
    assert np.array_equal(params_of(run), before)
    assert len(run.branches.infos) == 1
