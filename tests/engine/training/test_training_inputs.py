"""Plans and data that do not fit are named."""

import numpy as np
import pytest

from mlpviz.engine import SCHEDULES, SpecError
from mlpviz.engine.training import DataSplits, EarlyStopping, Plan, PlanError, train
from tests.support.dense_training import SPEC, rng, sets, start
from tests.support.random_networks import chain


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Plan(epochs=-1), "epochs is -1, expected a whole number from 0 up"),
        (lambda: Plan(batch_size=0), "batch_size is 0, expected a whole number from 1 up"),
        (lambda: Plan(batch_size=True), "batch_size is True, expected a whole number"),
        (lambda: Plan(dtype=np.int64), "dtype is int64, expected one of float32, float64"),
        (lambda: Plan(schedule_counts="days"), "schedule_counts is 'days', expected one of steps, epochs"),
        (lambda: Plan(schedule=SCHEDULES["reduce_on_plateau"]), "schedule_counts is steps, expected epochs"),
        (lambda: EarlyStopping(patience=-1), "patience is -1, expected a whole number from 0 up"),
        (lambda: EarlyStopping(min_change=float("nan")), "min_change is nan, expected a number from 0 up"),
        (lambda: EarlyStopping(watch="test"), "watch is 'test', expected one of validation, train"),
        (lambda: train(SPEC, start(), sets(), Plan()), "rng is None"),
        (lambda: train(SPEC, start(), sets(), Plan(), rng(), every="day"), "every is 'day', expected one of"),
        (
            lambda: train(SPEC, start(), DataSplits(sets().train), Plan(stopping=EarlyStopping()), rng()),
            "stopping watches the validation loss, and validation is empty",
        ),
        (lambda: train(SPEC, start(), sets(), Plan(dtype=np.float32), rng()), "train x is float64, expected float32"),
        (lambda: train(SPEC, start()[:-1], sets(), Plan(), rng()), "the network has 59 parameters, 58 given"),
    ],
)
def test_bad_plans(make, message):
    with pytest.raises((PlanError, SpecError), match=message):
        make()


@pytest.mark.parametrize(
    ("train", "message"),
    [
        ((np.zeros((0, 2)), np.zeros((0, 1))), "train has 0 samples, expected at least 1"),
        ((np.zeros((3, 3)), np.zeros((3, 1))), "train x has shape 3 x 3, expected N x 2"),
        ((np.zeros((3, 2)), np.zeros((2, 1))), "train target has shape 2 x 1, expected 3 x 1"),
        (([[0, 1], [np.nan, 0]], np.zeros((2, 1))), "train x row 2 column 1 is nan, expected a finite number"),
        (([[0, 1], [1, 0]], [[0], [np.inf]]), "train target row 2 column 1 is inf, expected a finite number"),
    ],
)
def test_bad_data(train, message):
    with pytest.raises(SpecError, match=message):
        DataSplits.of(SPEC, train)


def test_a_class_out_of_range():
    spec = chain((2, 3), "identity", "cross_entropy")
    with pytest.raises(SpecError, match="validation target 2 is class 3, expected a class from 0 to 2"):
        DataSplits.of(spec, (np.zeros((1, 2)), [0]), (np.zeros((2, 2)), [0, 3]))
