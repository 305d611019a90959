"""Every warning is given where it is due, says since when, and is over when it holds no more."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from mlpviz.engine import LOSSES
from mlpviz.engine.training import Samples
from mlpviz.runs import WARNINGS, Run
from mlpviz.runs.curves import COLUMNS, StatsHistory
from mlpviz.runs.layer_stats import distribution, measure_layers
from mlpviz.runs.warning_log import WarningLog
from mlpviz.runs.warning_rules import WarningInputs
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


def evidence(rows: Any, failed: str = "", **more: Any) -> WarningInputs:
    return WarningInputs(SPEC, rows, StatsHistory(2), failed, **more)


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
        # it rises, and stays below the training loss: nothing was learned by heart
        (curve(train_loss=[value + 1.0 for value in FALL], validation_loss=TURNS), None),
        # the last epoch alone is higher
        (curve(train_loss=FALL, validation_loss=[*np.linspace(1.0, 0.5, 42), *[0.5] * 17, 0.9]), None),
        # what rises is the penalty
        (curve(train_loss=[1.5] * 60, validation_loss=TURNS, penalty=[*np.zeros(42), *[0.4] * 18]), None),
    ],
    "exploding": [
        (curve(train_loss=[1.0, 5.0, 11.0, 200.0]), 2),
        (curve(train_loss=[1.0, 50.0, 0.5]), None),
        (curve(loss=[np.nan, 1.0, 20.0, 30.0]), 2),
        # it exploded at once, and only dipped under ten times the start at epoch 20
        (curve(train_loss=[1.0, *[1e6] * 19, 8.0, *[1e5] * 9]), 1),
        (curve(train_loss=[1.0, 50.0, 0.9, 20.0, 30.0]), 3),
        # on the way back
        (curve(train_loss=[1.0, 50.0, 9.0]), None),
        # losses below 0 have no ratio
        (curve(train_loss=[-1.0, -20.0, -30.0]), None),
    ],
    "not_learning": [
        (curve(train_loss=[1.0] * 30), 0),
        (curve(train_loss=FALL), None),
        (curve(train_loss=[1.0] * 5), None),
        # it changes, upwards
        (curve(train_loss=np.linspace(1.0, 1.8, 30).tolist()), None),
        # the penalty grows by what is learned
        (curve(train_loss=[1.0] * 30, penalty=np.linspace(0.0, 0.6, 30).tolist()), None),
        # all is learned already
        (curve(train_loss=[1e-9] * 30, train_metric=[1.0] * 30), None),
        # the loss has a high floor: the metric tells
        (curve(train_loss=[2.3] * 30, train_metric=np.linspace(0.1, 0.7, 30).tolist()), None),
    ],
}


@pytest.mark.parametrize(("key", "rows", "since"), [(key, *case) for key, cases in GIVEN.items() for case in cases])
def test_curves_give_the_warnings_that_they_should(key: str, rows: Any, since: int | None) -> None:
    found = WARNINGS[key].find(evidence(rows))
    assert (found.epoch if found else None) == since


def test_the_sentence_names_the_epoch() -> None:
    found = WARNINGS["overfitting"].find(evidence(GIVEN["overfitting"][0][0]))
    assert found is not None
    assert str(found.sentence) == (
        "Validation loss rises since epoch 41, from 0.5 to 0.8, while training loss fell from 0.59 to 0.41: the "
        "network begins to learn its samples by heart."
    )


RISES = GIVEN["overfitting"][0][0]


@pytest.mark.parametrize(
    ("known", "is_given"),
    [
        ({"training": 40}, True),
        # 7 parameters cannot hold 70 samples
        ({"training": 70}, False),
        ({"redraws": True}, False),
        ({"validation_losses": lambda epoch: np.full(20, 0.01 * epoch)}, True),
        # one sample of twenty makes the whole rise: chance
        ({"validation_losses": lambda epoch: np.array([0.2 * epoch, *[0.0] * 19])}, False),
        # too few samples for a mean
        ({"validation_losses": lambda epoch: np.full(5, 0.01 * epoch)}, False),
    ],
)
def test_overfitting_needs_parameters_and_more_than_chance(known: dict[str, Any], is_given: bool) -> None:
    assert (WARNINGS["overfitting"].find(evidence(RISES, **known)) is not None) == is_given


def test_a_long_plan_has_more_patience() -> None:
    flat = curve(train_loss=[1.0] * 30)
    assert WARNINGS["not_learning"].find(evidence(flat, planned=290))
    assert WARNINGS["not_learning"].find(evidence(flat, planned=300)) is None


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
    assert key in [line.key for line in run.state(0).monitor.warning_log.lines]
    healthy = finished(Run.of(setup_of()))
    assert key not in [line.key for line in healthy.state(0).monitor.warning_log.lines]


NOISE = {"data": {"kind": "set", "set": {"key": "moons", "samples": 100, "noise": 0.5}}, "epochs": 300}
WIDE = {"layers": [LAYERS[0] | {"units": 32}] * 2 + [LAYERS[1]], "optimizer": {"key": "adam", "learning_rate": 0.02}}


@pytest.mark.parametrize("seed", range(3))
def test_real_runs_overfit_only_with_room_for_it(seed: int) -> None:
    """A wide network learns 60 noisy points by heart; one of 9 parameters, 240 points and an easy one do not."""
    setups = {
        "wide": setup_of(**NOISE, **WIDE, seed=seed),
        "few parameters": setup_of(
            **NOISE | {"data": {"kind": "set", "set": {"key": "moons", "samples": 400, "noise": 0.3}}},
            layers=[LAYERS[0] | {"units": 3}, LAYERS[1]], seed=seed,
        ),
        "easy": setup_of(data={"kind": "set", "set": {"key": "blobs", "samples": 300}}, one_hot=True,
                         loss="cross_entropy", epochs=100, seed=seed),
    }  # fmt: skip
    found = {}
    for name, setup in setups.items():
        run = finished(Run.of(setup))
        lines = [line for line in run.state(0).monitor.warning_log.lines if line.key == "overfitting"]
        found[name] = bool(lines)
        if lines and not lines[0].over:
            rows, _ = run.state(0).curve(0)
            best = rows[lines[0].epoch]
            validation, train = COLUMNS.index("validation_loss"), COLUMNS.index("train_loss")
            assert rows[-1, validation] > best[validation]
            assert rows[-1, train] < min(best[train], rows[-1, validation])
    assert found == {"wide": True, "few parameters": False, "easy": False}


@pytest.mark.parametrize("seed", range(3))
def test_a_run_that_explodes_at_once_is_said_to(seed: int) -> None:
    run = finished(
        Run.of(setup_of(
            data={"kind": "set", "set": {"key": "sine"}}, loss="mse", seed=seed, epochs=60,
            optimizer={"key": "adam", "learning_rate": 5.0},
        ))
    )  # fmt: skip
    rows, _ = run.state(0).curve(0)
    train = rows[:, COLUMNS.index("train_loss")]
    lines = {line.key: line for line in run.state(0).monitor.warning_log.lines}
    if train[-1] > 10.0 * train[0]:
        line = lines["exploding"]
        assert train[line.epoch] > 10.0 * train[0]
        assert (train[line.epoch :] > train[0]).all()
        assert line.epoch <= 2
    assert train[1:].max() > 10.0 * train[0], "the case is one that explodes"


def test_units_that_only_look_alike_are_not_called_alike() -> None:
    """Equal incoming weights do not make units equal: other biases, or other weights behind them, part them."""
    spec = chain((2, 3, 1), ("tanh", "identity"))
    part = Samples(np.array([[1.0, 2.0], [-1.0, 0.5]]), np.ones((2, 1)))

    def is_alike(bias: list[float], behind: list[float]) -> bool:
        params = spec.flatten([(np.full((3, 2), 0.4), np.array(bias)), (np.array([behind]), np.zeros(1))])
        return measure_layers(spec, params, part).layers[0].alike

    assert is_alike([0.1, 0.1, 0.1], [0.3, 0.3, 0.3])
    assert not is_alike([0.1, 0.2, 0.1], [0.3, 0.3, 0.3])
    assert not is_alike([0.1, 0.1, 0.1], [0.3, 0.4, 0.3])


def test_units_that_dropout_parts_are_not_alike() -> None:
    layers = [LAYERS[0] | {"dropout": 0.5}, LAYERS[1]]
    run = Run.of(setup_of(layers=layers, initializer="ones"))
    assert "alike" not in [line.key for line in run.state(0).monitor.warning_log.lines]


def test_a_softmax_inside_is_not_dead() -> None:
    """Its slopes along a row add up to 0; each of them is not."""
    spec = chain((2, 3, 1), ("softmax", "identity"))
    params = np.random.default_rng(0).normal(size=spec.size)
    assert measure_layers(spec, params, Samples(np.ones((2, 2)), np.ones((2, 1)))).dead_units == 0


@pytest.mark.parametrize(("activation", "scale", "is_given"), [("sigmoid", 1.0, True), ("tanh", 1e6, False)])
def test_vanishing_is_of_the_gradient_and_not_of_the_inputs(activation: str, scale: float, is_given: bool) -> None:
    """Small inputs make ∂L/∂W of layer 1 small: that is no gradient that vanished on its way."""
    depth = 10 if activation == "sigmoid" else 1
    spec = chain((2, *[4] * depth, 1), (*[activation] * depth, "identity"))
    rng = np.random.default_rng(0)
    views = [(rng.normal(size=(layer.outputs, layer.inputs)) * 0.5, np.zeros(layer.outputs)) for layer in spec.layers]
    history = StatsHistory(len(spec.layers))
    x = rng.normal(size=(20, 2)) / scale
    history.take(measure_layers(spec, spec.flatten(views), Samples(x, np.ones((20, 1)))), 0.0)
    found = WARNINGS["vanishing"].find(WarningInputs(spec, np.empty((0, len(COLUMNS))), history))
    assert (found is not None) == is_given


def test_every_warning_has_a_case() -> None:
    assert GIVEN.keys() | FROM_STATISTICS.keys() | {"loss_misfit"} == set(WARNINGS)


def misfit(loss: str, last: str) -> str:
    spec = chain((2, 3, 2), ("relu", last), loss)
    found = WARNINGS["loss_misfit"].find(WarningInputs(spec, curve(train_loss=[1.0]), StatsHistory(2)))
    return "" if found is None else str(found.sentence)


def test_the_classic_mistake_is_named_from_the_start() -> None:
    assert misfit("cross_entropy", "softmax") == (
        "Cross-entropy (logits) applies softmax itself, and layer 2 applies softmax before: it is applied twice, so p "
        "stays away from 0 and 1 and the gradient is small. It is made for identity in the last layer."
    )


@pytest.mark.parametrize("key", [key for key, loss in LOSSES.items() if loss.outputs in (None, 2)])
def test_no_loss_is_called_misfit_behind_what_it_is_made_for(key: str) -> None:
    for last in LOSSES[key].last_activations or ("identity", "softmax", "tanh"):
        assert misfit(key, last) == ""


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
