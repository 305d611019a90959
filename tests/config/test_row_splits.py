"""Which rows a setup learns from, validates on and keeps for the test, and when it stops."""

import numpy as np
import pytest

from mlpviz.config import TrainingConfig, prepare
from tests.support.written_configs import IRIS


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_early_stopping_of_a_setup_brings_the_best_epoch_back(dtype):
    plain = IRIS | {
        "scaling": "standard",
        "optimizer": {"key": "adam", "learning_rate": 0.1},
        "epochs": 400,
        "dtype": dtype,
        "stopping": {"patience": 4},
    }
    found = list(prepare(TrainingConfig.parse(plain)).run())
    losses = [float(snapshot.validation.loss) for snapshot in found[1:-1]]
    best = 1 + losses.index(min(losses))
    assert found[-1].epoch == best + 5 < 400
    assert found[-1].stopped == f"no progress for 5 epochs; the best was epoch {best}"
    assert np.array_equal(found[-1].params, found[best].params)
    assert found[-1].params.dtype == dtype
    asking = TrainingConfig.parse(plain | {"stopping": {"patience": 2, "min_change": 10, "watch": "train"}})
    *_, last = prepare(asking).run()
    assert last.stopped == "no progress for 3 epochs; the best was epoch 1"


def test_validation_is_drawn_again_each_epoch_and_test_rows_stay_out():
    setup = TrainingConfig.parse(
        IRIS | {"split": {"test": 0.2, "validation": 0.25, "redraw": True, "stratified": True}}
    )
    built = prepare(setup)
    rng, first = np.random.default_rng(0), built.sets
    seen = {tuple(row) for row in first.test.x}
    for _ in range(5):
        sets = built.redraw(rng)
        assert len(sets.train.x) == len(first.train.x) == 90
        assert not np.array_equal(sets.validation.x, first.validation.x)
        assert np.array_equal(sets.test.x, first.test.x)
        assert np.array_equal(sets.validation.target.sum(axis=0), [10, 10, 10])
        rows = np.concatenate([sets.train.x, sets.validation.x])
        assert np.array_equal(
            np.sort(rows, axis=0), np.sort(np.concatenate([first.train.x, first.validation.x]), axis=0)
        )
    assert len(seen) <= 30


def test_folds_validate_every_learning_row_once():
    built = prepare(
        TrainingConfig.parse(
            IRIS
            | {
                "split": {"test": 0.2, "folds": 4, "stratified": True},
                "scaling": "standard",
                "optimizer": {"key": "adam", "learning_rate": 0.05},
            }
        )
    )
    assert len(built.folds) == 4
    rows = np.concatenate([fold.split.validation for fold in built.folds])
    assert len(set(rows)) == len(rows) == 120
    assert not set(rows) & set(built.folds[0].split.test)
    # each fold is scaled by its own training rows
    for fold in built.folds:
        assert np.allclose(fold.sets.train.x.mean(axis=0), 0)
        assert not np.allclose(fold.sets.validation.x.mean(axis=0), 0)
    *_, last = built.run(fold=3)
    assert last.validation.metric > 0.5
