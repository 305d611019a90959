"""What may change while a run goes on changes from the next step on; all else leaves the run as it was."""

from __future__ import annotations

import numpy as np
import pytest

from mlpviz.network import DocumentError
from mlpviz.runs import Run, RunError
from tests.support.small_runs import finished, params_of, setup_of


def test_a_changed_hyperparameter_counts_from_the_next_step_on() -> None:
    run = Run.of(setup_of(optimizer={"key": "sgd", "learning_rate": 0.1}))
    run.step()
    before = params_of(run)
    run.set_hyperparameters(learning_rate=0.0)
    run.step()
    assert np.array_equal(params_of(run), before)
    assert run.state(run.focus).hyperparameters["learning_rate"] == 0.0
    run.reset()
    assert run.state(run.focus).hyperparameters["learning_rate"] == 0.0


@pytest.mark.parametrize(
    ("hyperparameters", "sentence"),
    [
        ({"learning_rate": -1}, "learning_rate is -1, expected a number from 0 up"),
        ({"flavour": 1}, "Adam has no hyperparameter flavour"),
    ],
)
def test_a_wrong_hyperparameter_leaves_the_run_as_it_was(hyperparameters: dict[str, float], sentence: str) -> None:
    run = Run.of(setup_of())
    with pytest.raises(RunError, match=sentence):
        run.set_hyperparameters(**hyperparameters)
    assert run.state(run.focus).hyperparameters["learning_rate"] == 0.02


def test_another_way_to_train_goes_on_from_the_same_weights() -> None:
    run = Run.of(setup_of())
    run.step()
    before = params_of(run)
    run.change(setup_of(batch_size=None, optimizer="sgd", penalty="l1", epochs=3))
    assert np.array_equal(params_of(run), before)
    assert finished(run).progress.newest == 3
    assert run.state(0).checkpoint.step == 1 + 3


def test_other_data_or_another_shape_need_a_new_run() -> None:
    run = Run.of(setup_of())
    with pytest.raises(RunError, match="data has changed"):
        run.change(setup_of(data={"kind": "set", "set": "xor"}))
    layers = [{"units": 5, "activation": "tanh"}, {"units": None, "activation": "identity"}]
    with pytest.raises(RunError, match="another shape"):
        run.change(setup_of(layers=layers))
    with pytest.raises(DocumentError):
        run.change(setup_of(layers=[{"units": 5, "activation": "identity"}]))
    assert finished(run).progress.newest == 12
