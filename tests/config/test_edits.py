"""Changes to a setup: what is asked for, what follows it, and what is refused."""

import numpy as np
import pytest

from mlpviz.config import TrainingConfig, load_table, prepare, suggested
from mlpviz.config.edits import with_layer, with_points, with_source, with_value, without_layer
from mlpviz.config.sources import SetSource
from mlpviz.config.sweeps import SWEEPS
from mlpviz.engine import LOSSES, OPTIMIZERS
from mlpviz.network import DocumentError


def of(name):
    return suggested(SetSource.model_validate({"kind": "set", "set": name}))


MOONS = of("moons").replace(
    layers=[*({"units": 16, "activation": "tanh"} for _ in range(2)), {"units": None, "activation": "identity"}]
)


@pytest.mark.parametrize(
    ("path", "value", "read"),
    [
        (("optimizer",), "sgd", lambda s: s.optimizer.key),
        (("optimizer", "learning_rate"), 0.5, lambda s: s.optimizer.entry.settings["learning_rate"]),
        (("data", "set", "noise"), 0.25, lambda s: s.data.set.entry.settings["noise"]),
        (("layers", 1, "units"), 3, lambda s: s.layers[1].units),
        (("layers", 0, "norm"), "batch_norm", lambda s: s.layers[0].norm.key),
        (("split", "folds"), 5, lambda s: s.split.folds),
        (("stopping", "patience"), 3, lambda s: s.stopping.patience),
        (("batch_size",), None, lambda s: s.batch_size),
    ],
)
def test_one_field_changes_and_nothing_else(path, value, read):
    changed = with_value(MOONS, path, value)
    assert read(changed) == value
    plain, before = changed.to_json_value(), MOONS.to_json_value()
    assert {key for key in plain.keys() | before.keys() if plain.get(key) != before.get(key)} == {path[0]}


@pytest.mark.parametrize("key", OPTIMIZERS)
def test_every_optimizer_can_be_chosen_and_its_hyperparameters_turned(key):
    changed = with_value(MOONS, ("optimizer",), key)
    for hyperparameter in OPTIMIZERS[key].hyperparameters:
        again = with_value(changed, ("optimizer", hyperparameter.name), hyperparameter.default)
        assert again == changed


@pytest.mark.parametrize(
    "key", [key for key, loss in LOSSES.items() if loss.target != "none" and key != "given_gradient"]
)
def test_another_loss_brings_the_last_activation_that_fits(key):
    changed = with_value(MOONS, ("loss",), key)
    fitting = LOSSES[key].last_activations
    assert changed.loss.key == key
    assert not fitting or changed.layers[-1].activation.key in fitting


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        (("layers", 0, "units"), -1, r"layers\[0\].units is -1, expected at least 1"),
        (("layers", 9, "units"), 1, "there is no setting layers.9.units"),
        (("nothing",), 1, "unknown field 'nothing'"),
        (("optimizer", "learning_rate"), -1, "learning_rate is -1, expected a number from 0 up"),
        (("name", "inside"), 1, "name"),
    ],
)
def test_what_cannot_be_is_said(path, value, sentence):
    with pytest.raises(DocumentError, match=sentence):
        with_value(MOONS, path, value)


def test_layers_come_and_go():
    more = with_layer(MOONS)
    assert [layer.units for layer in more.layers] == [16, 16, 16, None]
    assert without_layer(more, 1) == MOONS
    with pytest.raises(DocumentError, match="no hidden layer 3"):
        without_layer(MOONS, 2)
    none = without_layer(without_layer(MOONS, 0), 0)
    assert len(none.layers) == 1
    assert len(with_layer(none).layers) == 2


def test_data_of_the_same_kind_keep_the_network_and_others_bring_their_own():
    table = load_table(MOONS.data)
    circles, _ = with_source(MOONS, of("circles").data, table)
    assert circles.layers == MOONS.layers
    for name in ("sine", "iris"):
        setup, loaded = with_source(MOONS, of(name).data, table)
        assert setup == of(name)
        assert loaded.samples == load_table(of(name).data).samples


@pytest.mark.parametrize("name", ["moons", "blobs", "sine"])
def test_points_set_by_hand_are_the_same_samples(name):
    table = load_table(of(name).data)
    source = with_points(table, table.x, table.target)
    again = load_table(of(name).replace(data=source).data)
    assert np.array_equal(again.x, table.x)
    assert np.array_equal(again.target, table.target)
    assert again.task == table.task


@pytest.mark.parametrize("choice", SWEEPS.values(), ids=lambda choice: choice.key)
def test_what_is_proposed_for_a_comparison_can_be_built(choice):
    setups = choice.configs(MOONS, ", ".join(map(str, choice.proposed)))
    assert 2 <= len(setups) <= 8
    assert len(set(map(TrainingConfig.to_json, setups.values()))) == len(setups)
    for setup in setups.values():
        prepare(setup)


@pytest.mark.parametrize(
    ("key", "values", "sentence"),
    [
        ("learning_rate", "0.1", "has 1 values, expected 2 to 8"),
        ("learning_rate", "0.1, fast", "'fast', expected a number"),
        ("optimizer", "sgd, magic", "'magic', expected some of sgd"),
        ("depth", "1, 1.5", "expected a whole number"),
        ("width", "4, 0", "expected at least 1"),
    ],
)
def test_what_cannot_be_compared_is_said(key, values, sentence):
    with pytest.raises(DocumentError, match=sentence):
        SWEEPS[key].configs(MOONS, values)
