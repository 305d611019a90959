"""Losses, layers and splits either fit the data or it is said what they want."""

import re

import numpy as np
import pytest

from mlpviz.config import TrainingConfig, prepare
from mlpviz.data import Table
from mlpviz.engine import LOSSES
from mlpviz.network import DocumentError
from tests.support.errors import assert_one_line
from tests.support.written_configs import IRIS, POINTS, WHOLE, refused_to_build


@pytest.mark.parametrize("last", ["identity", "tanh", "sigmoid"])
@pytest.mark.parametrize("one_hot", [True, False])
def test_classes_under_a_loss_on_values_are_encoded_for_the_last_activation(last, one_hot):
    layers = [{"units": 8, "activation": "tanh"}, {"units": None, "activation": last}]
    setup = TrainingConfig.parse(
        IRIS
        | {"data": POINTS, "split": WHOLE, "loss": "mse", "one_hot": one_hot, "layers": layers, "epochs": 300}
        | {"optimizer": {"key": "adam", "learning_rate": 0.05}}
    )
    built = prepare(setup)
    if one_hot:
        assert built.sets.train.target.tolist() == [[1, 0], [0, 1], [0, 1], [1, 0]]
    else:
        low = -1 if last == "tanh" else 0
        assert built.sets.train.target.tolist() == [[low], [1], [1], [low]]
    *_, end = built.run()
    assert end.train.metric == 1.0


@pytest.mark.parametrize("loss", [key for key, loss in LOSSES.items() if loss.target != "none"])
def test_every_loss_either_trains_or_says_what_it_wants(loss):
    fitting = LOSSES[loss].last_activations
    for data, one_hot in (("iris", True), ("xor", True), ("xor", False), ("sine", True)):
        layers = [{"units": 4, "activation": "tanh"}, {"units": None, "activation": (*fitting, "identity")[0]}]
        plain = IRIS | {"data": {"kind": "set", "set": data}, "loss": loss, "layers": layers, "one_hot": one_hot}
        try:
            *_, last = prepare(TrainingConfig.parse(plain | {"epochs": 2})).run()
        except DocumentError as error:
            assert_one_line(error)
            assert re.search("loss|one_hot", str(error))  # noqa: PT017  # other combinations train
        else:
            assert last.failure is None


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"loss": "mse", "data": {"kind": "set", "set": "sine"}, "layers": [{"units": 2, "activation": "identity"}]},
         "layers[0].units is 2, expected 1: the data have 1 value per sample"),
        ({"layers": [{"units": 4, "activation": "identity"}]},
         "layers[0].units is 4, expected 3: the data have 3 classes"),
        ({"loss": {"key": "cross_entropy", "weight": [1, 2]}}, "loss.weight has 2 numbers, expected 3"),
        ({"data": {"kind": "set", "set": "sine"}}, "loss is cross_entropy, expected one of mse, half_sse"),
        ({"one_hot": False}, "one_hot is false, expected true: one output per class for loss cross_entropy"),
        ({"one_hot": False, "loss": "mse"}, "one_hot is false, expected true for 3 classes"),
        ({"split": {"own_test": True}}, "split.own_test is true, expected false"),
        ({"split": {"test": 0.999}}, "split: a test share of 0.999 of 150 samples leaves none for training"),
        ({"data": POINTS, "split": {"test": 0, "folds": 5}},
         "split.folds is 5, expected at most 4, the samples to learn from"),
        ({"data": POINTS, "split": {"test": 0, "folds": 3, "stratified": True}}, "split: class 0 has 2 samples"),
        ({"data": {"kind": "set", "set": "sine"}, "loss": "mse", "split": {"stratified": True}},
         "split.stratified is true, expected false: the data have values"),
        ({"batch_size": 89, "layers": [{"units": 3, "activation": "identity", "norm": "batch_norm"}]},
         "batch_size is 89, expected another one: 90 training samples leave a last batch of 1"),
        ({"data": POINTS, "split": {"test": 0.5, "validation": 0.5},
          "layers": [{"units": 2, "activation": "identity", "norm": "batch_norm"}]},
         "split leaves 1 training sample, expected at least 2 for the batch norm of layers[0]"),
        ({"layers": [*[{"units": 4096, "activation": "relu"}] * 2, {"units": None, "activation": "identity"}]},
         "parameters together, at most 4,000,000 are allowed"),
        ({"layers": [{"units": 5, "activation": "relu", "skip": 1}, {"units": None, "activation": "identity"}]},
         "layers: the skip to layer 1 adds the 4 inputs of layer 1 to 5 outputs"),
    ],
)  # fmt: skip
def test_what_does_not_fit_the_data_is_said(changes, sentence):
    assert sentence in refused_to_build(IRIS | changes)


WIDE = {"layers": [{"units": 4000, "activation": "relu"}, {"units": None, "activation": "identity"}], "loss": "mse"}


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"batch_size": None, "split": WHOLE},
         "batch_size is null, expected at most 4,998: with 4001 units and 12,001 parameters one pass over 6000 samples "
         "would take too much memory or time"),
        ({"batch_size": 5500, "split": WHOLE}, "batch_size is 5500, expected at most 4,998"),
        ({"layers": [{"units": 1900, "activation": "relu"}] * 2 + WIDE["layers"][1:], "split": WHOLE},
         "batch_size is null, expected at most 2,764"),
    ],
)  # fmt: skip
def test_a_pass_that_would_take_the_server_is_refused(changes, sentence):
    x = np.linspace(-3, 3, 6000)[:, None]
    table = Table(x, np.sin(x), "values", ("x",))
    plain = IRIS | WIDE | {"data": {"kind": "set", "set": "sine"}, "batch_size": None} | changes
    with pytest.raises(DocumentError) as caught:
        prepare(TrainingConfig.parse(plain), table)
    assert str(caught.value).startswith(sentence)
    assert_one_line(caught.value)
    # the same with small batches is all right
    assert prepare(TrainingConfig.parse(plain | {"batch_size": 10}), table).spec.inputs == 1
