"""A run survives its file: weights, curves and setup; the command line writes and reads the same one."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from small_setups import finished, params_of, setup_of

from mlpviz.document import DocumentError
from mlpviz.runs import Run, RunError
from mlpviz.runs.saving import file_of, run_of
from mlpviz.setup.run_file import RunFile

NORM = [{"units": 4, "activation": "relu", "norm": "batch_norm"}, {"units": None, "activation": "identity"}]


@pytest.mark.parametrize("changes", [{}, {"dtype": "float32"}, {"layers": NORM}, {"split": {"folds": 3}}])
def test_a_file_gives_the_run_back(changes: dict[str, Any]) -> None:
    run = finished(Run.of(setup_of(**changes)))
    back = run_of(RunFile.parse(file_of(run, 0).to_json()))
    assert back.status == "done"
    for lane in range(len(run.lanes)):
        one, other = run.moment(lane), back.moment(lane)
        assert np.array_equal(one.params, other.params)
        assert np.array_equal(one.buffers, other.buffers)
        assert (one.epoch, one.step) == (other.epoch, other.step)
        assert np.allclose(run.curve(lane, 0)[0], back.curve(lane, 0)[0], equal_nan=True)
        assert np.allclose(one.row, other.row, equal_nan=True)


def test_a_moment_of_the_past_is_saved_and_learned_on_from() -> None:
    run = finished(Run.of(setup_of()))
    run.travel(5)
    back = run_of(RunFile.parse(file_of(run, 0).to_json()))
    assert back.status == "paused"
    assert back.newest == 5
    assert np.array_equal(params_of(back), params_of(run))
    assert finished(back).newest == 12
    assert back.curve(0, 0)[0][:, 0].tolist() == list(range(13))


def test_a_branch_is_saved_with_what_it_came_from() -> None:
    run = finished(Run.of(setup_of()))
    run.travel(4)
    run.turn(learning_rate=0.0)
    finished(run)
    curves = file_of(run, 0).folds[0].curves
    assert [point.epoch for point in curves] == list(range(13))
    assert curves[3].validation_loss != curves[4].validation_loss == curves[12].validation_loss


def test_weights_that_are_not_finite_are_not_saved() -> None:
    run = Run.of(setup_of(optimizer={"key": "sgd", "learning_rate": 1e200}, loss="mse"))
    finished(run)
    if not np.isfinite(run.moment(0).params).all():
        with pytest.raises(RunError, match="not finite"):
            file_of(run, 0)


def test_a_file_that_does_not_fit_is_refused() -> None:
    run = finished(Run.of(setup_of()))
    file = file_of(run, 0)
    other = file.model_copy(update={"setup": setup_of(layers=NORM)})
    with pytest.raises((RunError, DocumentError)):
        run_of(other)
    more = file.model_copy(update={"folds": [*file.folds, *file.folds]})
    with pytest.raises(RunError, match="weights for 2 networks"):
        run_of(more)
