"""A wrong field is named together with what is allowed there."""

import json
import math

import numpy as np
import pytest

from mlpviz.config import TRAINING_LIMITS, TrainingConfig
from mlpviz.config.sources import SOURCES
from mlpviz.data import DATASETS
from mlpviz.data.scaling import SCALERS
from mlpviz.engine import ACTIVATIONS, CLIPPINGS, INITIALIZERS, LOSSES, NORMS, OPTIMIZERS, PENALTIES, SCHEDULES
from mlpviz.network import DocumentError
from mlpviz.schema.errors import keys
from tests.support.errors import assert_one_line
from tests.support.written_configs import EVERYTHING, IRIS, changed, refused


def test_a_link_that_is_no_setup_is_refused():
    link = TrainingConfig.parse(IRIS).to_link()
    assert "the link is" in refused(link[:-5], TrainingConfig.from_link)
    assert refused("", TrainingConfig.from_link) == "the link is empty"


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        (("version",), 2, "made by a newer mlpviz (version 2)"),
        (("epoch",), 3, "the setup has an unknown field 'epoch' (did you mean epochs?)"),
        (("data", "kind"), "csvv", "data has kind 'csvv' (did you mean csv?)"),
        (("data", "kind"), "nonsense", f"data has kind 'nonsense', expected one of {', '.join(SOURCES)}"),
        (("data", "noise"), 1, "data has an unknown field 'noise'; known fields are kind, set, seed"),
        (("data", "set", "noise"), 2, "data.set.noise is 2, expected a number from 0 to 1"),
        (("data", "set"), "irs", "data.set is 'irs' (did you mean iris?)"),
        (("data", "seed"), -1, "data.seed is -1, expected at least 0"),
        (("split", "test"), 1, "split.test is 1, expected less than 1"),
        (("split", "folds"), 1, "split.folds is 1, expected at least 2"),
        (("split", "folds"), 3, "split.redraw is true, expected false with folds"),
        (("split", "validation"), 0, "split.validation is 0, expected more"),
        (("scaling",), "max", "scaling is 'max', expected one of none, standard, min_max"),
        (("layers",), [], "layers is empty"),
        (("layers", 0, "units"), None, "layers[0].units is null, expected a whole number in every layer but the last"),
        (("layers", 0, "units"), 0, "layers[0].units is 0, expected at least 1"),
        (("layers", 0, "activation"), "rleu", "layers[0].activation is 'rleu' (did you mean relu?)"),
        (("layers", 0, "norm", "momentum"), 2, "layers[0].norm.momentum is 2, expected a number from 0 to 1"),
        (("layers", 1, "dropout"), 2, "layers[1].dropout is 2, expected at most 1"),
        (("layers", 1, "dropout"), math.nan, "layers[1].dropout is NaN, expected a finite number"),
        (("layers", 0, "skip"), 2, "layers[0].skip is 2, expected 0 to 1"),
        (("loss",), "sum", "loss is sum, which looks at no target"),
        (("loss",), {"key": "cross_entropy", "label_smoothing": 2}, "loss.label_smoothing is 2, expected"),
        (("optimizer", "learning_rate"), -1, "optimizer.learning_rate is -1, expected a number from 0 up"),
        (("optimizer", "beta1"), 0.9, "optimizer has an unknown knob 'beta1'; known knobs are learning_rate"),
        (("schedule",), "reduce_on_plateau", "schedule_counts is steps, expected epochs for the schedule"),
        (("batch_size",), 0, "batch_size is 0, expected at least 1"),
        (("batch_size",), 1, "batch_size is 1, expected at least 2 for the batch norm of layers[0]"),
        (("batch_size",), 2.5, "batch_size is 2.5, expected a whole number"),
        (
            ("epochs",),
            TRAINING_LIMITS.epochs + 1,
            f"epochs is {TRAINING_LIMITS.epochs + 1}, expected at most {TRAINING_LIMITS.epochs}",
        ),
        (("stopping", "watch"), "test", "stopping.watch is 'test', expected 'validation' or 'train'"),
        (("seed",), "five", "seed is 'five', expected a whole number"),
        (("dtype",), "float16", "dtype is 'float16' (did you mean float64?)"),
        (("dtype",), "half", "dtype is 'half', expected 'float32' or 'float64'"),
    ],
)
def test_a_wrong_field_is_named_with_the_allowed_values(path, value, sentence):
    assert sentence in refused(changed(path, value))


# where a setup names an entry of a registry
PLACES = {
    "layers[0].activation": (("layers", 0, "activation"), ACTIVATIONS),
    "layers[0].norm": (("layers", 0, "norm"), NORMS),
    "initializer": (("initializer",), INITIALIZERS),
    "loss": (("loss",), LOSSES),
    "optimizer": (("optimizer",), OPTIMIZERS),
    "schedule": (("schedule",), SCHEDULES),
    "penalty": (("penalty",), PENALTIES),
    "clipping": (("clipping",), CLIPPINGS),
    "scaling": (("scaling",), SCALERS),
    "target_scaling": (("target_scaling",), SCALERS),
    "data.set": (("data", "set"), DATASETS),
}
HYPERPARAMETERS = [
    (place, key, hyperparameter)
    for place, (_, registry) in PLACES.items()
    for key, entry in registry.items()
    for hyperparameter in getattr(entry, "hyperparameters", ())
]


def out_of_range(hyperparameter):
    """Values that this hyperparameter does not take, each just outside where there is a bound."""
    wrong = [math.nan, math.inf, None, {}, "nonsense", [[1]]]
    if hyperparameter.kind == "bool":
        return [*wrong, 0, 1]
    wrong += [True] if hyperparameter.kind != "choice" else [True, 1, ""]
    beyond = []
    if math.isfinite(hyperparameter.low):
        beyond.append(
            hyperparameter.low
            if hyperparameter.open_low
            else hyperparameter.low - 1
            if hyperparameter.kind in ("int", "ints")
            else hyperparameter.low - 1e-9
        )
    if math.isfinite(hyperparameter.high):
        beyond.append(hyperparameter.high if hyperparameter.open_high else hyperparameter.high + 1)
    if hyperparameter.kind in ("int", "ints"):
        beyond.append(max(hyperparameter.low, 1) + 0.5)
    if hyperparameter.kind in ("floats", "ints"):
        return [*wrong, 1, *([value] for value in (*beyond, "one", True))]
    return [*wrong, *beyond]


@pytest.mark.parametrize(
    ("place", "key", "hyperparameter"), HYPERPARAMETERS, ids=lambda value: getattr(value, "name", value)
)
def test_every_hyperparameter_out_of_range_is_named_with_the_allowed_values(place, key, hyperparameter):
    path, _ = PLACES[place]
    for value in out_of_range(hyperparameter):
        sentence = refused(changed(path, {"key": key, hyperparameter.name: value}))
        assert sentence.startswith(f"{place}.{hyperparameter.name} is "), (value, sentence)
        assert sentence.endswith(f", expected {hyperparameter.allowed}"), (value, sentence)


@pytest.mark.parametrize("place", PLACES)
def test_an_unknown_key_or_hyperparameter_is_answered_with_the_known_ones(place):
    path, registry = PLACES[place]
    assert refused(changed(path, "nonsense")) == f"{place} is 'nonsense', expected one of {keys(registry)!s}"
    for key, entry in registry.items():
        sentence = refused(changed(path, {"key": key, "nonsense": 1}))
        assert sentence.startswith(f"{place} has ")
        assert "'nonsense'" in sentence
        assert all(hyperparameter.name in sentence for hyperparameter in getattr(entry, "hyperparameters", ()))


@pytest.mark.parametrize("text", ["", "[]", "nonsense", '{"data": 3, "data": 4}', "{}", "null", "\ufeff{"])
def test_text_that_is_no_setup_is_refused_in_one_line(text):
    assert refused(text)


@pytest.mark.parametrize("form", [str, bytes])
def test_no_mutation_of_a_setup_ends_in_anything_but_a_sentence(form):
    rng = np.random.default_rng(0)
    text = json.dumps(EVERYTHING)
    for _ in range(300):
        place = rng.integers(len(text))
        mutated = text[:place] + rng.choice(list('0-9{}[]",:ax')) + text[place + rng.integers(3) :]
        try:
            TrainingConfig.parse(mutated if form is str else mutated.encode())
        except DocumentError as error:
            assert_one_line(error)
