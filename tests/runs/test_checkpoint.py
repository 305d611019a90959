"""A run survives its file: what is opened learns on to the bits of the run that was never interrupted."""

from __future__ import annotations

import struct
from typing import Any

import numpy as np
import pytest

from mlpviz.config import prepare
from mlpviz.engine import OPTIMIZERS
from mlpviz.network import DocumentError
from mlpviz.runs import Run, RunError
from mlpviz.runs.checkpoint import open_checkpoint, run_of, save_checkpoint
from mlpviz.runs.checkpoint_format import SavedCheckpoint
from mlpviz.runs.results_json import CurvePoint, ResultsFile, TrainedFold
from mlpviz.runs.tensor_file import pack, unpack
from tests.support.errors import assert_one_line
from tests.support.small_runs import finished, params_of, setup_of

NORM = [
    {"units": 4, "activation": "relu", "norm": "batch_norm", "dropout": 0.3},
    {"units": None, "activation": "identity"},
]
CIRCLES = {"kind": "set", "set": {"key": "circles", "samples": 60, "noise": 0.1}}

MOMENTUM = {"sgd": {"momentum": 0.9}, "rmsprop": {"momentum": 0.5, "centered": True}}

WAYS: dict[str, dict[str, Any]] = {
    "plain": {},
    "float32": {"dtype": "float32"},
    "dropout and batch norm": {"layers": NORM},
    "dropout in float32": {"layers": NORM, "dtype": "float32"},
    "early stopping": {"stopping": {"patience": 3, "min_change": 0.01}, "epochs": 40},
    "validation drawn anew": {"split": {"redraw": True}},
    "plateau": {"schedule": {"key": "reduce_on_plateau", "patience": 0, "threshold": 0.5}, "epochs": 20},
    "one cycle": {"schedule": {"key": "one_cycle", "total_steps": 200}, "schedule_counts": "steps"},
    "moved momentum": {
        "schedule": {"key": "one_cycle", "total_steps": 200, "cycle_momentum": True},
        "schedule_counts": "steps",
    },
    "schedules after another": {"schedule": {"key": "sequential", "milestones": [3]}},
    "moving average": {"average": {"key": "ema", "decay": 0.8}, "layers": NORM},
    "moving average in float32": {"average": "ema", "dtype": "float32"},
    "mean over epochs": {"average": {"key": "swa", "first": 3}, "split": {"validation": 0}},
    "averages of folds": {"average": {"key": "ema", "first": 6}, "split": {"folds": 3}},
    "full batch": {"batch_size": None},
    "folds": {"split": {"folds": 3}},
    "penalty and clipping": {"penalty": {"key": "l1", "strength": 0.01}, "clipping": {"key": "norm", "max_norm": 0.1}},
    **{
        f"optimizer {key}": {"optimizer": {"key": key, "learning_rate": 0.01, **MOMENTUM.get(key, {})}}
        for key in OPTIMIZERS
    },
}  # fmt: skip


def through_a_file(run: Run) -> Run:
    return open_checkpoint(SavedCheckpoint.parse(save_checkpoint(run).to_bytes()))


def assert_same(one: Run, other: Run) -> None:
    assert (one.status, one.sentence, one.progress.newest) == (other.status, other.sentence, other.progress.newest)
    for member in range(len(one.members)):
        mine, theirs = one.state(member).checkpoint, other.state(member).checkpoint
        assert np.array_equal(mine.params, theirs.params, equal_nan=True)
        assert np.array_equal(mine.buffers, theirs.buffers, equal_nan=True)
        assert np.array_equal(mine.row, theirs.row, equal_nan=True)
    for engine_run, copy in zip(one.engine_runs, other.engine_runs, strict=True):
        assert engine_run.latest.averaged == copy.latest.averaged
        assert (engine_run.latest.average is None) == (copy.latest.average is None)
        if engine_run.latest.average is not None:
            assert engine_run.latest.average.dtype == copy.latest.average.dtype
            assert np.array_equal(engine_run.latest.average, copy.latest.average)
        assert engine_run.latest.random == copy.latest.random
        assert engine_run.latest.slots.keys() == copy.latest.slots.keys()
        for name, slot in engine_run.latest.slots.items():
            assert np.array_equal(slot, copy.latest.slots[name], equal_nan=True), name


@pytest.mark.parametrize("steps", [0, 3])
@pytest.mark.parametrize("way", WAYS)
def test_what_is_opened_learns_on_to_the_same_bits(way: str, steps: int) -> None:
    """The state in the file is all that the next step depends on, at a whole epoch and within one."""
    run = Run.of(setup_of(**WAYS[way]))
    run.epoch(4)
    while run.status == "running":
        run.advance(0.05)
    for _ in range(steps):
        run.step()
    back = through_a_file(run)
    assert back.status == "paused"
    assert_same(run, back)
    assert_same(finished(run), finished(back))
    for member in range(len(run.members)):
        assert np.array_equal(run.state(member).curve(0)[0], back.state(member).curve(0)[0], equal_nan=True)


def test_a_comparison_is_one_file() -> None:
    setups = {f"{rate:g}": setup_of(optimizer={"key": "adam", "learning_rate": rate}) for rate in (0.001, 0.01, 0.1)}
    setups |= {"wide": setup_of(layers=[{"units": 9, "activation": "tanh"}, {"units": None, "activation": "identity"}])}
    run = Run.compare(setups, "learning_rate")
    run.epoch(3)
    while run.status == "running":
        run.advance(0.05)
    back = through_a_file(run)
    assert [member.label for member in back.members] == ["0.001", "0.01", "0.1", "wide"]
    assert (back.choice, len(back.engine_runs)) == ("learning_rate", 2)
    assert_same(finished(run), finished(back))


def test_of_a_comparison_one_network_may_have_exploded() -> None:
    rates = (0.1, 1e200)
    run = Run.compare(
        {f"{rate:g}": setup_of(optimizer={"key": "sgd", "learning_rate": rate}, loss="mse") for rate in rates},
        "learning_rate",
    )
    back = through_a_file(finished(run))
    assert [back.status_of(member)[0] for member in (0, 1)] == [run.status_of(member)[0] for member in (0, 1)]
    assert "failed" in [run.status_of(member)[0] for member in (0, 1)]


def test_hyperparameters_changed_live_stay_changed_and_a_plateau_keeps_what_it_reduced() -> None:
    run = Run.of(setup_of(**WAYS["plateau"]))
    run.epoch(2)
    while run.status == "running":
        run.advance(0.05)
    run.set_hyperparameters(learning_rate=0.05, beta1=0.8)
    run.epoch(8)
    while run.status == "running":
        run.advance(0.05)
    assert run.engine_runs[0].latest.learning_rate < 0.05
    back = through_a_file(run)
    assert back.state(back.focus).hyperparameters == run.state(run.focus).hyperparameters
    assert back.state(0).config.optimizer.to_json_value() == run.state(0).config.optimizer.to_json_value()
    assert back.state(0).config.optimizer.entry.settings["beta1"] == 0.8
    assert_same(finished(run), finished(back))


def test_a_run_that_was_played_on_beyond_its_plan_goes_on_there() -> None:
    run = finished(Run.of(setup_of(**WAYS["early stopping"])))
    run.epoch(30)
    run.advance(0)
    back = through_a_file(run)
    assert back.progress.planned == run.progress.planned
    assert_same(finished(run), finished(back))


def test_a_run_that_is_done_or_failed_says_so_again() -> None:
    done = through_a_file(finished(Run.of(setup_of())))
    assert (done.status, done.sentence) == ("done", "all epochs done")
    broken = finished(Run.of(setup_of(optimizer={"key": "sgd", "learning_rate": 1e30}, loss="mse")))
    back = through_a_file(broken)
    assert (back.status, back.sentence) == ("failed", broken.sentence)
    assert "step 6" in back.sentence


def test_an_earlier_checkpoint_is_saved_and_learned_on_from() -> None:
    run = finished(Run.of(setup_of()))
    run.show_checkpoint(5)
    back = through_a_file(run)
    assert (back.status, back.progress.newest) == ("paused", 5)
    assert np.array_equal(params_of(back), params_of(run))
    assert_same(finished(run), finished(back))
    assert back.state(0).curve(0)[0][:, 0].tolist() == list(range(13))


def test_a_branch_is_saved_with_what_it_came_from() -> None:
    run = finished(Run.of(setup_of()))
    run.show_checkpoint(4)
    run.set_hyperparameters(learning_rate=0.0)
    finished(run)
    curves = save_checkpoint(run).curves(0, 9)
    assert curves[:, 0].tolist() == list(range(13))
    assert curves[3, 4] != curves[4, 4] == curves[12, 4]


def test_another_optimizer_leaves_nothing_of_the_first_behind() -> None:
    run = Run.of(setup_of())
    run.epoch(3)
    while run.status == "running":
        run.advance(0.05)
    run.set_hyperparameters(learning_rate=0.5)
    run.change(setup_of(optimizer={"key": "sgd", "momentum": 0.9}))
    assert_same(finished(through_a_file(run)), finished(run))


def test_the_csv_file_is_in_it() -> None:
    text = "a,b,kind\n" + "".join(f"{i % 7},{i % 3},{'xy'[i % 2]}\n" for i in range(30))
    setup = setup_of(data={"kind": "csv", "content": text}, one_hot=False)
    named = setup.replace(data={"kind": "csv", "file": "mine.csv"})
    run = Run.of(named, prepare(setup).table)
    file = SavedCheckpoint.parse(save_checkpoint(run, text.encode()).to_bytes())
    assert file.content == text.encode()
    assert file.head.setups[0].data.file == "mine.csv"


def test_the_weights_are_named_as_in_pytorch() -> None:
    run = Run.of(setup_of(layers=NORM))
    arrays, _ = unpack(save_checkpoint(run).to_bytes(), "the run")
    views = run.members[0].spec.views(run.members[0].params)
    assert np.array_equal(arrays["lanes.0.layers.1.weight"], views[1].weight)
    assert {name.removeprefix("lanes.0.layers.0.") for name in arrays if name.startswith("lanes.0.layers.0.")} == {
        "weight", "bias", "gamma", "beta", "mean", "var",
    }  # fmt: skip


def damaged() -> dict[str, bytes]:
    good = save_checkpoint(finished(Run.of(setup_of(**WAYS["early stopping"])))).to_bytes()
    arrays, texts = unpack(good, "the run")
    seen = arrays["courses.0.slots.m"]
    return {
        "empty": b"",
        "cut": good[:-9],
        "cut in the head": good[:40],
        "longer": good + b"x",
        "a length of all memory": struct.pack("<Q", 2**62) + good[8:],
        "no JSON": good[:8] + b"[" + good[9:],
        "of somebody else": pack({"weight": np.zeros(3)}, {}),
        "newer": pack(arrays, {"mlpviz": texts["mlpviz"].replace('"version": 2', '"version": 3')}),
        "without weights": pack({name: a for name, a in arrays.items() if ".weight" not in name}, texts),
        "another shape": pack({**arrays, "lanes.0.layers.0.weight": np.zeros((2, 2))}, texts),
        "slots of another shape": pack({**arrays, "courses.0.slots.m": seen[:-1]}, texts),
        "best of another shape": pack({**arrays, "courses.0.best.params": seen[:-1]}, texts),
        "no curves": pack({**arrays, "lanes.0.curves": np.zeros((0, 9))}, texts),
        "chance that is none": pack(arrays, {"mlpviz": texts["mlpviz"].replace('"state": "', '"state": "g')}),
        "two courses": pack(arrays, {"mlpviz": texts["mlpviz"].replace('"labels"', '"label"')}),
        "a setup that is wrong": pack(arrays, {"mlpviz": texts["mlpviz"].replace('"adam"', '"adamm"')}),
    }


@pytest.mark.parametrize("way", damaged())
def test_a_damaged_file_is_refused_in_one_sentence(way: str) -> None:
    with pytest.raises((DocumentError, RunError)) as caught:
        open_checkpoint(SavedCheckpoint.parse(damaged()[way]))
    assert_one_line(caught.value)


def test_weights_that_are_not_finite_are_not_saved() -> None:
    run = Run.of(setup_of())
    run.engine_runs[0].latest.params.flags.writeable = True
    run.engine_runs[0].latest.params[3] = np.nan
    with pytest.raises(RunError, match="not finite"):
        save_checkpoint(run)


# --- the JSON of the command line, and of older files ---


def json_of(**changes: Any) -> tuple[Any, ResultsFile]:
    built = prepare(setup_of(**changes))
    folds = []
    for number in range(len(built.folds)):
        snapshots = list(built.run(fold=number))
        points = [CurvePoint.of(snapshot) for snapshot in snapshots]
        folds.append(TrainedFold.of(built.spec, points, snapshots[-1], snapshots[-1].stopped))
    return snapshots[-1], ResultsFile.parse(ResultsFile.of(built, folds).to_json())


@pytest.mark.parametrize("changes", [{}, {"dtype": "float32"}, {"layers": NORM}, {"split": {"folds": 3}}])
def test_a_json_file_still_opens_with_its_weights_and_curves(changes: dict[str, Any]) -> None:
    last, file = json_of(**changes)
    back = run_of(file)
    assert (back.status, back.progress.newest) == ("done", 12)
    member = len(back.members) - 1
    assert np.array_equal(back.state(member).checkpoint.params, last.params)
    assert np.array_equal(back.state(member).checkpoint.buffers, last.buffers)
    assert back.state(member).curve(0)[0][:, 0].tolist() == list(range(13))
    assert through_a_file(back).progress.newest == 12


def test_a_json_file_that_does_not_fit_is_refused() -> None:
    _, file = json_of()
    with pytest.raises((RunError, DocumentError)):
        run_of(file.model_copy(update={"setup": setup_of(layers=NORM)}))
    with pytest.raises(RunError, match="weights for 2 networks"):
        run_of(file.model_copy(update={"folds": [*file.folds, *file.folds]}))
