"""Setups in the words of other libraries, and the whole sentence for a word that is nearly one of ours."""

import pytest

from mlpviz.config import TrainingConfig
from mlpviz.network import DocumentError

IRIS = {
    "data": "iris",
    "layers": [{"units": 8, "activation": "relu"}, {"units": None, "activation": "identity"}],
    "loss": "cross_entropy",
}
PLAIN = TrainingConfig.parse(IRIS).to_json_value()


@pytest.mark.parametrize(
    ("changes", "place", "read"),
    [
        ({"data": {"set": "Iris"}}, "data", PLAIN["data"]),
        ({"lr": 0.1}, "optimizer", {"key": "adam", "learning_rate": 0.1}),
        ({"optimizer": "SGD", "learning_rate": 0.1}, "optimizer", {"key": "sgd", "learning_rate": 0.1}),
        ({"optimizer": {"name": "RMSprop"}, "lr": 0.1}, "optimizer", {"key": "rmsprop", "learning_rate": 0.1}),
        ({"dtype": "torch.float32"}, "dtype", "float32"),
        ({"n_epochs": 3}, "epochs", 3),
        ({"schedule_counts": "batches", "lr_scheduler": "StepLR"}, "schedule_counts", "steps"),
        ({"early_stopping": {"min_delta": 1, "watch": "loss"}}, "stopping", {"min_change": 1, "watch": "train"}),
        ({"split": {"test_size": 0.5, "random_state": 3}}, "split", {"test": 0.5, "seed": 3}),
    ],
)
def test_other_words_are_read_as_ours(changes, place, read):
    found = TrainingConfig.parse(IRIS | changes).to_json_value()[place]
    assert {name: found[name] for name in read} == read if isinstance(read, dict) else found == read


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"data": {"kind": "st", "set": "iris"}}, "data has kind 'st' (did you mean set?)"),
        ({"data": {"rows": 3}}, "data has no kind, expected one of set, csv, points, formula, drawn"),
        ({"data": "irs"}, "data.set is 'irs' (did you mean iris?)"),
        ({"dtype": "float23"}, "dtype is 'float23' (did you mean float32?)"),
        ({"dtype": "int8"}, "dtype is 'int8', expected 'float32' or 'float64'"),
        ({"epohs": 3}, "the setup has an unknown field 'epohs' (did you mean epochs?)"),
        ({"features": ["sinn(x1)"]},
         "features row 1 is no feature: the formula has an unknown function 'sinn' (did you mean sin?)"),
        ({"data": {"kind": "formula", "text": "sqr(x)"}},
         "data.text is no formula: the formula has an unknown function 'sqr' (did you mean sqrt?)"),
        ({"lr": 0.1, "optimizer": {"key": "sgd", "lr": 1}}, "the setup has learning_rate twice, under two names"),
        ({"lr": 0.1, "learning_rate": 1}, "the setup has learning_rate twice, under two names"),
        ({"layers": [{"units": 3, "activation": "sigmod"}]},
         "layers[0].activation is 'sigmod' (did you mean sigmoid?)"),
    ],
)  # fmt: skip
def test_a_word_that_is_nearly_ours_is_asked_about(changes, said):
    with pytest.raises(DocumentError) as caught:
        TrainingConfig.parse(IRIS | changes)
    assert str(caught.value) == said
