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

from mlpviz.config import prepare
from mlpviz.runs import Run, RunError
from mlpviz.runs.evaluation import ClassResult, ValueResult, evaluate_part, predict, wilson
from mlpviz.train_page.evaluation_view import MOST_WRONG, evaluation_view, prediction_view
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


def shown(run: Run, part: str | None = None) -> dict[str, Any]:
    """What the page shows of the result of the first network."""
    return evaluation_view(run.members[0], run.state(0).checkpoint, part)


def answered(run: Run, point: Any) -> dict[str, Any]:
    """What the page shows of the answer to one sample, in units of the table."""
    member = run.members[0]
    return prediction_view(member, predict(member, run.state(0).checkpoint, point), np.asarray(point))


@pytest.mark.parametrize(("right", "samples"), [(0, 5), (3, 7), (28, 30), (30, 30), (981, 1000)])
def test_the_interval_is_that_of_scipy(right: int, samples: int) -> None:
    expected = binomtest(right, samples).proportion_ci(0.95, method="wilson")
    low, high, _ = wilson(right, samples)
    assert (low, high) == pytest.approx((expected.low, expected.high), abs=1e-12)


@pytest.mark.parametrize("kind", CLASSES)
def test_scores_are_those_of_scikit_learn(kind: str) -> None:
    run = finished(Run.of(setup_of(**CLASSES[kind])))
    member, checkpoint = run.members[0], run.state(0).checkpoint
    result = evaluate_part(member, checkpoint)
    assert isinstance(result, ClassResult)
    table, rows = member.built.table, member.built.folds[0].split.test
    wrong = {one.row: one.guess for one in result.wrong}
    true = table.target[rows]
    guess = np.array([wrong.get(int(row), table.target[row]) for row in rows])
    assert all(table.target[one.row] == one.true != one.guess for one in result.wrong)
    assert result.accuracy == accuracy_score(true, guess)
    assert np.array_equal(result.confusion, confusion_matrix(true, guess, labels=range(table.outputs)))
    expected = precision_recall_fscore_support(true, guess, labels=range(table.outputs), zero_division=0)
    assert np.allclose(np.transpose([each[1:] for each in result.per_class]), expected)
    assert [each.name for each in result.per_class] == [*table.class_names]
    # the network itself says the same of each sample, in units of the table
    for one in result.wrong:
        answer = answered(run, table.x[one.row])
        assert answer["guess"] == one.guess
        assert answer["classes"] == list(table.class_names)
        assert answer["probabilities"][one.guess] == pytest.approx(one.probability)
        assert answer["probabilities"][one.true] == pytest.approx(one.probability_true)
        assert sum(p for p in answer["probabilities"] if p is not None) == pytest.approx(1.0)
    sure = [one.probability for one in result.wrong]
    assert sure == sorted(sure, reverse=True)
    # and the page shows just that
    found = shown(run)
    assert (found["kind"], found["part"], found["samples"]) == ("classes", "test", len(rows))
    assert found["classes"] == list(table.class_names)
    assert (found["accuracy"], found["interval"]) == (result.accuracy, list(result.interval))
    assert found["confusion"] == result.confusion.tolist()
    assert [row[0] for row in found["perClass"]] == list(table.class_names)
    assert np.allclose([row[1:] for row in found["perClass"]], np.transpose(expected))
    assert found["wrongs"] == len(result.wrong)
    assert [(one["row"], one["true"], one["guess"]) for one in found["wrong"]] == [one[:3] for one in result.wrong]
    for one in found["wrong"]:
        assert one["x"] == [
            [name, value] for name, value in zip(table.feature_names[:4], table.x[one["row"]].tolist(), strict=False)
        ]


def test_residuals_are_in_units_of_the_table() -> None:
    setup = setup_of(
        data={"kind": "set", "set": "diabetes"}, loss="mse", scaling="standard", target_scaling="standard", epochs=40
    )
    run = finished(Run.of(setup))
    result = evaluate_part(run.members[0], run.state(0).checkpoint)
    assert isinstance(result, ValueResult)
    true, predicted = result.true, result.predicted
    assert true.max() > 200
    assert result.r2 == pytest.approx(r2_score(true, predicted))
    assert result.rmse[0] == pytest.approx(root_mean_squared_error(true, predicted))
    assert result.mae[0] == pytest.approx(mean_absolute_error(true, predicted))
    found = shown(run)
    order = np.argsort(predicted[:, 0])
    assert found["kind"] == "values"
    assert (found["r2"], found["rmse"], found["mae"]) == (result.r2, result.rmse.tolist(), result.mae.tolist())
    assert found["residuals"] == pytest.approx((true - predicted)[order, 0])
    assert found["predicted"] == predicted[order, 0].tolist()
    assert found["rows"] == result.rows[order].tolist()
    assert found["features"] == list(run.members[0].built.table.feature_names)
    point = run.members[0].built.table.x[result.rows[0]]
    assert answered(run, point)["values"] == pytest.approx([predicted[0, 0]])


def test_the_shown_checkpoint_is_evaluated() -> None:
    run = finished(Run.of(setup_of(epochs=60)))
    now = shown(run)
    run.show_checkpoint(0)
    then = shown(run)
    assert (now["epoch"], then["epoch"]) == (60, 0)
    assert then["wrongs"] > now["wrongs"]
    json.dumps(then, allow_nan=False)
    assert (now["samples"], now["part"], now["lane"]) == (12, "test", "network")
    assert now["accuracy"] == (12 - now["wrongs"]) / 12


def test_mistakes_on_digits_are_pictures() -> None:
    setup = setup_of(
        data={"kind": "set", "set": "digits"}, one_hot=True, loss="cross_entropy", epochs=1, scaling="min_max"
    )
    run = finished(Run.of(setup))
    found = shown(run)
    mistake = found["wrong"][0]
    assert (mistake["picture"]["height"], mistake["picture"]["width"]) == (8, 8)
    assert mistake["true"] != mistake["guess"]
    # the surest of many
    assert len(found["wrong"]) == MOST_WRONG < found["wrongs"]
    sure = [one["p"] for one in found["wrong"]]
    assert sure == sorted(sure, reverse=True)
    answer = answered(run, run.members[0].built.table.x[mistake["row"]])
    assert answer["picture"] == mistake["picture"]
    assert answer["guess"] == mistake["guess"]


def test_without_test_samples_the_next_fairest_are_taken() -> None:
    run = Run.of(setup_of(split={"test": 0}))
    assert shown(run)["part"] == "validation"
    assert shown(run)["parts"] == ["validation", "train"]
    with pytest.raises(RunError, match="no test samples; choose from validation, train"):
        shown(run, "test")


@pytest.mark.parametrize(
    ("point", "sentence"),
    [([1.0], "1 numbers given, expected 2: x₁, x₂"), ([1.0, np.nan], "x₂ is not a finite number")],
)
def test_a_point_that_does_not_fit_is_refused(point: list[float], sentence: str) -> None:
    with pytest.raises(RunError, match=sentence):
        answered(Run.of(setup_of()), point)


def test_a_failed_network_is_examined_too() -> None:
    setup = setup_of(optimizer={"key": "sgd", "learning_rate": 1e200}, loss="mse")
    json.dumps(shown(finished(Run.of(setup))), allow_nan=False)
    assert prepare(setup).table.samples == 60
