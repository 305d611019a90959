"""Scores of a finished run: scikit-learn and SciPy agree, and every misclassified sample is one."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from scipy.stats import binomtest
from sklearn.metrics import (
    accuracy_score,
    confusion_matrix,
    mean_absolute_error,
    precision_recall_fscore_support,
    r2_score,
    root_mean_squared_error,
)

from mlpviz.figures.training_examined import examined_of, predicted_of
from mlpviz.runs import Run, RunError
from mlpviz.runs.examining import ClassResult, ValueResult, examine, wilson
from mlpviz.setup import build
from tests.support.small_runs import finished, setup_of

CLASSES: dict[str, dict[str, Any]] = {
    "two classes, one output": {},
    "three classes": {"data": {"kind": "set", "set": "wine"}, "one_hot": True, "loss": "cross_entropy"},
    "tanh and mse": {"layers": [{"units": 1, "activation": "tanh"}], "loss": "mse"},
    "hinge": {"loss": "hinge"},
    "log softmax": {
        "layers": [{"units": 2, "activation": "log_softmax"}], "loss": "nll", "one_hot": True,
    },
}  # fmt: skip


@pytest.mark.parametrize(("right", "samples"), [(0, 5), (3, 7), (28, 30), (30, 30), (981, 1000)])
def test_the_interval_is_that_of_scipy(right: int, samples: int) -> None:
    expected = binomtest(right, samples).proportion_ci(0.95, method="wilson")
    low, high, _ = wilson(right, samples)
    assert (low, high) == pytest.approx((expected.low, expected.high), abs=1e-12)


@pytest.mark.parametrize("kind", CLASSES)
def test_scores_are_those_of_scikit_learn(kind: str) -> None:
    run = finished(Run.of(setup_of(**CLASSES[kind])))
    lane, moment = run.lanes[0], run.moment(0)
    result = examine(lane, moment)
    assert isinstance(result, ClassResult)
    table, rows = lane.built.table, lane.built.folds[0].split.test
    wrong = {one.row: one.guess for one in result.wrong}
    true = table.target[rows]
    guess = np.array([wrong.get(int(row), table.target[row]) for row in rows])
    assert all(table.target[one.row] == one.true != one.guess for one in result.wrong)
    assert result.accuracy == accuracy_score(true, guess)
    assert np.array_equal(result.confusion, confusion_matrix(true, guess, labels=range(table.outputs)))
    expected = precision_recall_fscore_support(true, guess, labels=range(table.outputs), zero_division=0)
    assert np.allclose(result.per_class.to_numpy().T.astype(float), expected)
    # the network itself says the same of each sample, in units of the table
    for one in result.wrong:
        answer = predicted_of(run, 0, table.x[one.row])
        assert answer["guess"] == table.class_names[one.guess]
        assert answer["probabilities"][one.guess] == pytest.approx(one.probability)
        assert sum(p for p in answer["probabilities"] if p is not None) == pytest.approx(1.0)
    sure = [one.probability for one in result.wrong]
    assert sure == sorted(sure, reverse=True)


def test_residuals_are_in_units_of_the_table() -> None:
    setup = setup_of(
        data={"kind": "set", "set": "diabetes"}, loss="mse", scaling="standard", target_scaling="standard", epochs=40
    )
    run = finished(Run.of(setup))
    result = examine(run.lanes[0], run.moment(0))
    assert isinstance(result, ValueResult)
    true, predicted = result.true, result.predicted
    assert true.max() > 200
    assert result.r2 == pytest.approx(r2_score(true, predicted))
    assert result.rmse[0] == pytest.approx(root_mean_squared_error(true, predicted))
    assert result.mae[0] == pytest.approx(mean_absolute_error(true, predicted))
    shown = examined_of(run, 0)
    assert shown["residuals"][0]["residual"] == pytest.approx((true - predicted)[:, 0])
    point = run.lanes[0].built.table.x[result.rows[0]]
    assert predicted_of(run, 0, point)["values"] == pytest.approx([predicted[0, 0]])


def test_the_shown_moment_is_examined() -> None:
    run = finished(Run.of(setup_of(epochs=60)))
    now = examined_of(run, 0)
    run.travel(0)
    then = examined_of(run, 0)
    assert (now["epoch"], then["epoch"]) == (60, 0)
    assert then["wrong"] > now["wrong"]
    json.dumps(then, allow_nan=False)
    assert f"{12 - now['wrong']} of 12 test samples are right" in now["sentence"]


def test_mistakes_on_digits_are_pictures() -> None:
    setup = setup_of(
        data={"kind": "set", "set": "digits"}, one_hot=True, loss="cross_entropy", epochs=1, scaling="min_max"
    )
    run = finished(Run.of(setup))
    mistake = examined_of(run, 0)["mistakes"][0]
    assert mistake["picture"] is not None
    assert (mistake["picture"]["height"], mistake["picture"]["width"]) == (8, 8)
    assert mistake["true"] != mistake["guess"]


def test_without_test_samples_the_next_fairest_are_taken() -> None:
    run = Run.of(setup_of(split={"test": 0}))
    assert examined_of(run, 0)["part"] == "validation"
    assert examined_of(run, 0)["parts"] == ["validation", "train"]
    with pytest.raises(RunError, match="no test samples; choose from validation, train"):
        examined_of(run, 0, "test")


@pytest.mark.parametrize(
    ("point", "sentence"),
    [([1.0], "1 numbers given, expected 2: x₁, x₂"), ([1.0, np.nan], "x₂ is not a finite number")],
)
def test_a_point_that_does_not_fit_is_refused(point: list[float], sentence: str) -> None:
    with pytest.raises(RunError, match=sentence):
        predicted_of(Run.of(setup_of()), 0, point)


def test_a_failed_network_is_examined_too() -> None:
    setup = setup_of(optimizer={"key": "sgd", "learning_rate": 1e200}, loss="mse")
    json.dumps(examined_of(finished(Run.of(setup)), 0), allow_nan=False)
    assert build(setup).table.samples == 60
