import json

import numpy as np
import pytest

from mlpviz.config import TrainingConfig, prepare
from mlpviz.engine import LOSSES
from mlpviz.network import DocumentError
from mlpviz.runs.results_json import CurvePoint, ResultsFile, TrainedFold
from tests.support.errors import assert_one_line

SETUP = {
    "data": {"kind": "set", "set": {"key": "moons", "samples": 60}},
    "layers": [
        {"units": 5, "activation": "relu", "norm": "batch_norm"},
        {"units": 5, "activation": "tanh", "bias": False, "norm": "layer_norm"},
        {"units": None, "activation": "identity"},
    ],
    "loss": "cross_entropy",
    "epochs": 3,
}


def trained(**changes):
    built = prepare(TrainingConfig.parse(SETUP | changes))
    folds = []
    for number in range(len(built.folds)):
        snapshots = list(built.run(fold=number))
        points = [CurvePoint.of(snapshot) for snapshot in snapshots]
        folds.append(TrainedFold.of(built.spec, points, snapshots[-1], snapshots[-1].stopped))
    return built, snapshots[-1], ResultsFile.of(built, folds)


@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_a_run_comes_back_from_its_file_to_the_bit(dtype):
    built, last, run = trained(dtype=dtype)
    again = ResultsFile.parse(run.to_json())
    assert again == run
    assert again.setup == built.config
    params, buffers = again.params()
    assert np.array_equal(params.astype(dtype), last.params)
    assert np.array_equal(buffers.astype(dtype), last.buffers)
    assert again.spec().size == built.spec.size
    assert [point.epoch for point in again.folds[0].curves] == [0, 1, 2, 3]
    assert again.folds[0].curves[3].validation_metric == float(last.validation.metric)
    assert again.folds[0].stopped == "all epochs done"
    # what was learned is what is measured
    assert np.array_equal(built.confusion(params, buffers), built.confusion(last.params, last.buffers))
    assert built.confusion(params, buffers).sum() == len(built.sets.test.x)


def test_every_fold_is_kept():
    _, last, run = trained(split={"folds": 3})
    again = ResultsFile.parse(run.to_json().encode())
    assert len(again.folds) == 3
    assert np.array_equal(again.params(2)[0], last.params)
    assert not np.array_equal(again.params(0)[0], last.params)


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        (("version",), 2, "version is 2, expected at most 1"),
        (("setup",), None, "setup is null, expected an object"),
        (("setup", "loss"), "crosss", f"loss is 'crosss', expected one of {', '.join(LOSSES)}"),
        (("folds",), [], "folds is empty"),
        (
            ("folds", 0, "weights", 1, "bias"),
            [0, 0, 0, 0, 0],
            "folds[0].weights[1].bias is given, but the network has none",
        ),
        (("folds", 0, "weights", 0, "mean"), None, "folds[0].weights[0].mean is missing"),
        (
            ("folds", 0, "weights", 1, "gamma"),
            [1, 1],
            "folds[0].weights[1].gamma does not fit the network of the setup, expected 5 numbers",
        ),
        (
            ("folds", 0, "weights", 1, "weight"),
            [[1, 1]],
            "folds[0].weights[1].weight does not fit the network of the setup, expected 5 x 5 numbers",
        ),
        (
            ("folds", 0, "weights", 0, "weight", 0, 1),
            "x",
            "folds[0].weights[0].weight row 1 column 2 is 'x', expected a number",
        ),
        (("folds", 0, "weights"), [{"weight": [[1, 2]]}], "folds[0].weights has 1 layer, expected 3"),
        (("folds", 0, "weights"), [{"weight": []}], "folds[0].weights[0].weight is empty"),
        (
            ("folds", 0, "curves", 1, "losss"),
            1,
            "folds[0].curves[1] has an unknown field 'losss' (did you mean loss?)",
        ),
    ],
)
def test_a_file_that_does_not_fit_is_said(path, value, sentence):
    found = place = json.loads(trained()[2].to_json())
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    with pytest.raises(DocumentError) as caught:
        ResultsFile.parse(json.dumps(found))
    assert_one_line(caught.value)
    assert str(caught.value) == sentence


@pytest.mark.parametrize("text", ["", "[]", "{}", "3"])
def test_text_that_is_no_run_is_refused(text):
    with pytest.raises(DocumentError) as caught:
        ResultsFile.parse(text)
    assert_one_line(caught.value)
