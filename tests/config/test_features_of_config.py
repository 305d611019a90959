"""Features in a setup: what the network is fed, through link, training, answers and the score sheet."""

from __future__ import annotations

import numpy as np
import pytest

from mlpviz.config import TrainingConfig, prepare
from mlpviz.config.edits import with_feature
from mlpviz.network import DocumentError
from mlpviz.runs import Run
from mlpviz.runs.evaluation import predict
from mlpviz.runs.to_document import document_of, next_batch, next_update, verification_trace
from mlpviz.train_page.frame import frame_of
from mlpviz.train_page.static_frame import static_frame
from tests.support.small_runs import finished, setup_of

TEXTS = ["x1", "x1*x2", "sin(pi*x2)"]


def test_the_network_learns_from_the_formulas_scaled_like_columns() -> None:
    built = prepare(setup_of(features=TEXTS, scaling="standard"))
    assert built.spec.layers[0].inputs == 3
    x1, x2 = built.table.x.T
    whole = np.column_stack([x1, x1 * x2, np.sin(np.pi * x2)])
    rows = built.folds[0].split.train
    expected = (whole[rows] - whole[rows].mean(axis=0)) / whole[rows].std(axis=0)
    assert np.allclose(built.sets.train.x, expected, rtol=1e-12)


def test_they_travel_in_the_link_and_are_left_out_where_there_are_none() -> None:
    setup = setup_of(features=TEXTS)
    assert TrainingConfig.from_link(setup.to_link()) == setup
    assert "features" not in setup_of().to_json_value()


def test_one_number_is_enough_for_xor() -> None:
    xor = {"kind": "set", "set": "xor"}
    layers = [{"units": None, "activation": "identity"}]
    alone = {"data": xor, "layers": layers, "epochs": 150, "optimizer": {"key": "adam", "learning_rate": 0.1}}
    plain = finished(Run.of(setup_of(**alone)))
    fed = finished(Run.of(setup_of(**alone, features=["x1*x2"])))
    assert plain.state(0).checkpoint.row[6] < 0.75
    assert fed.state(0).checkpoint.row[6] > 0.95


def test_answers_maps_and_the_score_sheet_read_the_same_features() -> None:
    run = finished(Run.of(setup_of(features=TEXTS, epochs=3)))
    member, moment = run.members[0], run.state(0).checkpoint
    table, split = member.built.table, member.built.folds[0].split
    row = int(split.validation[0])
    sets = member.built.sets.validation
    assert sets is not None
    found = predict(member, moment, table.x[row].tolist()).probabilities
    inputs = sets.x[:1]
    weight, bias = moment.spec.views(moment.params)[0][:2]
    hidden = np.tanh(inputs @ weight.T + bias)
    weight, bias = moment.spec.views(moment.params)[1][:2]
    p = 1.0 / (1.0 + np.exp(-(hidden @ weight.T + bias)))
    assert found is not None
    assert found[0, 1] == pytest.approx(p[0, 0], rel=1e-9)
    static = static_frame(run)
    assert static["inputs"] == ["x₁", "x₁·x₂", "sin πx₂"]
    assert len(static["input_maps"]["grids"]) == 3
    assert frame_of(run)["lanes"][0]["map"] is not None
    document = document_of(member, moment, next_batch(member, run.state(0).snapshot).part, "", next_update(run, 0))
    assert document.spec.layers[0].inputs == 3
    assert np.allclose(verification_trace(run).layers[0].z[:8], document.trace().layers[0].z)


@pytest.mark.parametrize(
    ("features", "sentence"),
    [
        (["x1", "x3"], r"features row 2 cannot be had: the formula has an unknown name 'x3'"),
        (["log(x1)"], r"features row 1 cannot be had: log\(x1\): the formula is nan at x1 = -"),
        (["x1 +"], r"features row 1 is no feature: the formula 'x1 \+' cannot be read"),
        ([], "features"),
        ("x1", "features"),
    ],
)
def test_a_feature_that_cannot_be_is_said_with_its_place(features: object, sentence: str) -> None:
    with pytest.raises(DocumentError, match=sentence):
        prepare(setup_of(features=features))


def test_pictures_are_read_pixel_by_pixel() -> None:
    digits = {"data": {"kind": "set", "set": "digits"}, "one_hot": True, "loss": "cross_entropy"}
    with pytest.raises(DocumentError, match="pictures are read pixel by pixel"):
        prepare(setup_of(**digits, features=["x1"]))


def test_ticking_keeps_the_order_of_the_menu_and_the_last_one_stays() -> None:
    setup = with_feature(setup_of(), "x1*x2", True, 2)
    assert setup.features == ("x1", "x2", "x1*x2")
    setup = with_feature(with_feature(setup, "x1**2", True, 2), "x1", False, 2)
    assert setup.features == ("x2", "x1**2", "x1*x2")
    for key in ("x1**2", "x1*x2"):
        setup = with_feature(setup, key, False, 2)
    assert setup.features == ("x2",)
    with pytest.raises(DocumentError, match="at least one"):
        with_feature(setup, "x2", False, 2)
    assert with_feature(setup, "x1", True, 2).features is None
