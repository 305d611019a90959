"""Comparisons: members that broadcast give the numbers that each gives alone, the others learn one after the other."""

from __future__ import annotations

from io import StringIO
from typing import Any

import numpy as np
import pandas as pd
import pytest

from mlpviz.data import Table
from mlpviz.runs import Run, RunError
from mlpviz.runs.checkpoint import open_checkpoint, save_checkpoint
from mlpviz.runs.checkpoint_format import SavedCheckpoint
from mlpviz.runs.leaderboard import rows_of, score_of, to_csv
from mlpviz.runs.member import members_of
from tests.support.small_runs import Clock, finished, params_of, setup_of

LAYERS = setup_of().to_json_value()["layers"]

CHOICES: dict[str, tuple[list[dict[str, Any]], int]] = {
    # field: the changes of each member, and how many engine runs they need
    "learning_rate": ([{"optimizer": {"key": "sgd", "learning_rate": rate}} for rate in (0.01, 0.1, 1.0)], 1),
    "momentum": ([{"optimizer": {"key": "sgd", "momentum": share}} for share in (0.0, 0.9)], 1),
    "initializer": ([{"initializer": key} for key in ("zeros", "xavier_normal", "kaiming_normal")], 1),
    "optimizer": ([{"optimizer": key} for key in ("sgd", "adam", "rmsprop")], 3),
    "activation": ([{"layers": [LAYERS[0] | {"activation": key}, LAYERS[1]]} for key in ("relu", "tanh")], 2),
    "width": ([{"layers": [LAYERS[0] | {"units": units}, LAYERS[1]]} for units in (2, 9)], 2),
    "depth": ([{"layers": [LAYERS[0]] * depth + [LAYERS[1]]} for depth in (0, 1, 3)], 3),
    "dropout": ([{"layers": [LAYERS[0] | {"dropout": chance}, LAYERS[1]]} for chance in (0.0, 0.5)], 2),
    "batch_size": ([{"batch_size": size} for size in (1, 8, None)], 3),
    "scaling": ([{"scaling": key} for key in ("none", "standard")], 2),
}


@pytest.mark.parametrize("choice", CHOICES)
def test_each_member_gives_the_numbers_that_it_gives_alone(choice: str) -> None:
    changes, engine_runs = CHOICES[choice]
    setups = {str(change): setup_of(epochs=5, **change) for change in changes}
    run = finished(Run.compare(setups, choice))
    assert len(run.engine_runs) == engine_runs
    for member, setup in enumerate(setups.values()):
        alone = finished(Run.of(setup))
        assert np.allclose(params_of(run, member), params_of(alone), rtol=0, atol=1e-9), choice
        rows, ours = alone.state(0).curve(0)[0], run.state(member).curve(0)[0]
        assert np.allclose(rows, ours, rtol=1e-9, equal_nan=True)


def test_seeds_with_class_weights_learn_in_one_engine_run_and_through_a_file() -> None:
    loss = {"key": "cross_entropy", "weight": [1.0, 20.0]}
    setups = {str(seed): setup_of(seed=seed, loss=loss, one_hot=True, epochs=3) for seed in range(3)}
    run = Run.compare(setups, "seed")
    assert len(run.engine_runs) == 1
    run.step()  # in the middle of an epoch each has a sum of class weights of its own
    again = open_checkpoint(SavedCheckpoint.parse(save_checkpoint(run).to_bytes()))
    for each in (run, again):
        finished(each)
    for member in range(3):
        assert params_of(again, member).tolist() == params_of(run, member).tolist()
        assert np.array_equal(again.state(member).curve(0)[0], run.state(member).curve(0)[0], equal_nan=True)


def test_seeds_side_by_side_have_their_own_weights_and_orders() -> None:
    run = finished(Run.compare({str(seed): setup_of(seed=seed) for seed in range(4)}, "seed"))
    assert len(run.engine_runs) == 1
    losses = {float(run.state(member).checkpoint.row[3]) for member in range(4)}
    assert len(losses) == 4


def test_a_member_that_fails_leaves_the_others_learning() -> None:
    rates = (0.1, 1e200)
    setups = {str(r): setup_of(loss="mse", optimizer={"key": "sgd", "learning_rate": r}) for r in rates}
    run = finished(Run.compare(setups, "learning_rate"))
    assert len(run.engine_runs) == 1
    assert run.status == "done"
    assert run.status_of(0)[0] == "done"
    status, sentence = run.status_of(1)
    assert status == "failed"
    assert "not finite" in sentence
    assert [line.key for line in run.state(1).monitor.warning_log.lines][:1] == ["not_finite"]
    alone = finished(Run.of(setups["0.1"]))
    assert np.allclose(params_of(run, 0), params_of(alone), atol=1e-9)


def test_members_in_turn_get_even_slices() -> None:
    setups = {key: setup_of(optimizer=key, epochs=500) for key in ("sgd", "adam", "rmsprop")}
    run = Run.compare(setups, "optimizer", clock=Clock(0.001))
    run.play()
    for _ in range(20):
        run.advance(0.09)
    spent = [run.state(member).seconds for member in range(3)]
    assert max(spent) < 1.5 * min(spent)


def test_what_members_differ_in_cannot_be_changed_for_all() -> None:
    rates = (0.1, 0.2)
    setups = {str(r): setup_of(optimizer={"key": "sgd", "learning_rate": r}) for r in rates}
    run = Run.compare(setups, "learning_rate")
    with pytest.raises(RunError, match="differ in"):
        run.set_hyperparameters(learning_rate=1.0)
    run.set_hyperparameters(momentum=0.5)
    run.focus = 1
    assert run.state(run.focus).hyperparameters["learning_rate"] == 0.2
    assert run.state(run.focus).hyperparameters["momentum"] == 0.5


def test_the_table_has_one_row_per_member_and_reads_back_as_csv() -> None:
    run = finished(Run.compare({key: setup_of(optimizer=key) for key in ("sgd", "adam")}, "optimizer"))
    table = pd.read_csv(StringIO(to_csv(run)))
    assert table["optimizer"].tolist() == ["sgd", "adam"]
    assert table.columns.tolist() == [*rows_of(run)[0]]
    validation = run.state(1).curve(0)[0][:, 4]
    assert table["best validation loss"][1] == pytest.approx(validation.min())
    assert table["best epoch"][1] == validation.argmin()
    assert score_of(run, 1).metric == run.state(1).curve(0)[0][validation.argmin(), 6]


def test_no_label_is_a_formula() -> None:
    """Labels of a saved comparison may be anybody's."""
    labels = ("=1+1", "@a", "-1+2", "-0.5", "1e-05")
    run = Run.compare({label: setup_of(seed=seed) for seed, label in enumerate(labels)}, "+seed")
    rows = [line.split(",")[0] for line in to_csv(run).splitlines()]
    assert rows == ["'+seed", "'=1+1", "'@a", "'-1+2", "-0.5", "1e-05"]


def test_folds_are_members() -> None:
    run = finished(Run.of(setup_of(split={"folds": 3}, epochs=2)))
    assert [member.label for member in run.members] == ["fold 1", "fold 2", "fold 3"]
    assert run.choice == "fold"
    run.reset(new_weights=True)
    assert len(run.members) == 3


@pytest.mark.parametrize("number", [0, 9])
def test_too_few_or_too_many_members_are_refused(number: int) -> None:
    with pytest.raises(RunError, match="side by side, expected 1 to 8"):
        Run.compare({str(seed): setup_of(seed=seed) for seed in range(number)}, "seed")


def test_a_comparison_travels_and_branches_together() -> None:
    run = finished(Run.compare({key: setup_of(optimizer=key) for key in ("sgd", "adam")}, "optimizer"))
    ends = [params_of(run, member) for member in (0, 1)]
    run.show_checkpoint(3)
    assert [run.state(member).checkpoint.epoch for member in (0, 1)] == [3, 3]
    finished(run)
    for member in (0, 1):
        assert np.array_equal(params_of(run, member), ends[member])


def test_networks_that_make_too_many_numbers_together_are_refused() -> None:
    wide = [LAYERS[0] | {"units": 4_000}, LAYERS[1]]
    table = Table(np.zeros((3_000, 2)), np.arange(3_000) % 2, "classes", ("x", "y"), ("no", "yes"))
    setups = {
        rate: setup_of(layers=wide, batch_size=None, optimizer={"key": "sgd", "learning_rate": float(rate)})
        for rate in "123"
    }
    with pytest.raises(
        RunError, match=r"^networks side by side: one pass of all makes [\d,]+ numbers, at most 20,000,000"
    ):
        members_of(setups, table)
    assert len(members_of({"1": setups["1"]}, table)) == 1
