"""Every warning is given where it is due, says since when, and is over when it holds no more."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from mlpviz.engine.training import Samples
from mlpviz.runs import WARNINGS, Run
from mlpviz.runs.curves import COLUMNS, StatsHistory
from mlpviz.runs.layer_stats import distribution, measure_layers
from mlpviz.runs.warning_log import WarningInputs, WarningLog
from tests.support.random_networks import chain
from tests.support.small_runs import finished, setup_of

SPEC = chain((1, 2, 1), ("relu", "identity"))
LAYERS = setup_of().to_json_value()["layers"]


def curve(**columns: list[float]) -> Any:
    rows = np.full((len(next(iter(columns.values()))), len(COLUMNS)), np.nan)
    rows[:, 0] = np.arange(len(rows))
    for name, values in columns.items():
        rows[:, COLUMNS.index(name)] = values
    return rows


def evidence(rows: Any, failed: str = "") -> WarningInputs:
    return WarningInputs(SPEC, rows, StatsHistory(2), failed)


FALL = [1.0 - 0.01 * epoch for epoch in range(60)]
TURNS = [*np.linspace(1.0, 0.5, 42), *np.linspace(0.52, 0.8, 18)]

GIVEN: dict[str, list[tuple[Any, int | None]]] = {
    # warning: curves, and the epoch since when, None for not at all
    "overfitting": [
        (curve(train_loss=FALL, validation_loss=TURNS), 41),
        (curve(train_loss=FALL, validation_loss=FALL), None),
        (curve(train_loss=TURNS, validation_loss=TURNS), None),
        (curve(train_loss=FALL[:5], validation_loss=TURNS[-5:]), None),
        (curve(train_loss=FALL), None),
    ],
    "exploding": [
        (curve(train_loss=[1.0, 5.0, 11.0, 200.0]), 2),
        (curve(train_loss=[1.0, 50.0, 0.5]), None),
        (curve(loss=[np.nan, 1.0, 20.0, 30.0]), 2),
    ],
    "not_learning": [
        (curve(train_loss=[1.0] * 30), 0),
        (curve(train_loss=FALL), None),
        (curve(train_loss=[1.0] * 5), None),
    ],
}


@pytest.mark.parametrize(("key", "rows", "since"), [(key, *case) for key, cases in GIVEN.items() for case in cases])
def test_curves_give_the_warnings_that_they_should(key: str, rows: Any, since: int | None) -> None:
    found = WARNINGS[key].find(evidence(rows))
    assert (found.epoch if found else None) == since


def test_the_sentence_names_the_epoch() -> None:
    found = WARNINGS["overfitting"].find(evidence(GIVEN["overfitting"][0][0]))
    assert found is not None
    assert found.sentence.startswith("Validation loss rises since epoch 41 while training loss still falls")


def test_nothing_is_warned_of_before_anything_is_known() -> None:
    assert not [w.key for w in WARNINGS.values() if w.find(evidence(np.empty((0, len(COLUMNS)))))]


def test_a_line_is_over_when_it_holds_no_more_and_comes_back_as_itself() -> None:
    warning_log = WarningLog()
    warning_log.check_warnings(evidence(curve(train_loss=[1.0, 20.0])))
    warning_log.check_warnings(evidence(curve(train_loss=[1.0, 20.0, 0.5])))
    assert [(line.key, line.over) for line in warning_log.lines] == [("exploding", True)]
    warning_log.check_warnings(evidence(curve(train_loss=[1.0, 20.0, 0.5, 30.0])))
    assert [(line.key, line.epoch, line.over) for line in warning_log.lines] == [("exploding", 3, False)]


FROM_STATISTICS: dict[str, dict[str, Any]] = {
    "alike": {"initializer": "ones"},
    "vanishing": {
        "layers": [LAYERS[0] | {"activation": "sigmoid"}] * 10 + [LAYERS[1]], "initializer": "torch_linear"
    },
    "dead_units": {
        "layers": [LAYERS[0] | {"activation": "relu"}, LAYERS[1]],
        "data": {"kind": "set", "set": {"key": "iris"}}, "one_hot": True, "loss": "cross_entropy",
        "initializer": {"key": "uniform", "low": -1.0, "high": -0.5},
    },
    "not_finite": {"optimizer": {"key": "sgd", "learning_rate": 1e200}, "loss": "mse"},
}  # fmt: skip


@pytest.mark.parametrize("key", FROM_STATISTICS)
def test_networks_that_are_ill_are_found_out(key: str) -> None:
    run = finished(Run.of(setup_of(**FROM_STATISTICS[key])))
    assert key in [line.key for line in run.monitor(0).warning_log.lines]
    healthy = finished(Run.of(setup_of()))
    assert key not in [line.key for line in healthy.monitor(0).warning_log.lines]


def test_every_warning_has_a_case() -> None:
    assert GIVEN.keys() | FROM_STATISTICS.keys() == set(WARNINGS)


def test_a_unit_is_dead_only_when_it_is_flat_for_every_sample() -> None:
    # unit 1 is closed at every sample, unit 2 at one of them
    params = SPEC.flatten([(np.array([[-1.0], [1.0]]), np.array([0.0, 0.0])), (np.ones((1, 2)), np.zeros(1))])
    stats = measure_layers(SPEC, params, Samples(np.array([[1.0], [2.0]]), np.ones((2, 1))))
    assert stats.layers[0].dead == (0,)
    assert stats.dead_units == 1
    stats = measure_layers(SPEC, params, Samples(np.array([[1.0], [-2.0]]), np.ones((2, 1))))
    assert stats.layers[0].dead == ()


def test_a_spread_counts_every_number_once() -> None:
    numbers = np.random.default_rng(0).normal(size=500)
    found = distribution(numbers)
    counts, _ = np.histogram(numbers, bins=len(found.counts))
    assert found.counts.tolist() == counts.tolist()
    assert found.quantiles[[0, 3, -1]].tolist() == pytest.approx(
        [numbers.min(), np.quantile(numbers, 0.5, method="nearest"), numbers.max()], abs=0.02
    )
    assert distribution(np.array([0.0, 1e-4, 1.0, -1.0])).zeros == 0.5
    assert distribution(np.full(7, 3.0)).counts.sum() == 7
    assert np.isnan(distribution(np.array([np.inf, 1.0])).quantiles).all()
