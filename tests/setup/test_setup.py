import copy
import json
import math
import re

import numpy as np
import pytest
from document_strategies import assert_one_line

from mlpviz.data import DATASETS
from mlpviz.data.mnist import folder
from mlpviz.data.scaling import SCALERS
from mlpviz.document import DocumentError
from mlpviz.engine import (
    ACTIVATIONS,
    CLIPPINGS,
    INITIALIZERS,
    LOSSES,
    NORMS,
    OPTIMIZERS,
    PENALTIES,
    SCHEDULES,
)
from mlpviz.setup import LIMITS, Setup, build, from_link, load_table, suggested, to_link
from mlpviz.setup.sources import SOURCES, SetSource

IRIS = {
    "version": 1,
    "data": {"kind": "set", "set": "iris"},
    "layers": [{"units": 8, "activation": "relu"}, {"units": None, "activation": "identity"}],
    "loss": "cross_entropy",
}
EVERYTHING = IRIS | {
    "name": "everything",
    "data": {"kind": "set", "set": {"key": "spirals", "samples": 300, "noise": 0.1}, "seed": 7},
    "split": {"test": 0.1, "validation": 0.5, "stratified": True, "seed": 3, "redraw": True},
    "scaling": "standard",
    "layers": [
        {
            "units": 6,
            "activation": {"key": "leaky_relu", "slope": 0.2},
            "bias": False,
            "norm": {"key": "batch_norm", "momentum": 0.2},
        },
        {"units": 6, "activation": "tanh", "norm": "layer_norm", "dropout": 0.25, "skip": 1},
        {"units": 2, "activation": "identity"},
    ],
    "initializer": {"key": "normal", "std": 0.5},
    "loss": {"key": "cross_entropy", "label_smoothing": 0.1, "weight": [1, 2]},
    "optimizer": {"key": "sgd", "learning_rate": 0.1, "momentum": 0.9},
    "schedule": {"key": "step", "step_size": 3},
    "schedule_counts": "steps",
    "batch_size": 32,
    "epochs": 4,
    "penalty": {"key": "elastic_net", "strength": 0.001},
    "clipping": {"key": "norm", "max_norm": 0.5},
    "stopping": {"patience": 2},
    "seed": 5,
    "dtype": "float32",
}
POINTS = {"kind": "points", "x": [[0, 0], [0, 1], [1, 0], [1, 1]], "classes": [0, 1, 1, 0]}
WHOLE = {"test": 0, "validation": 0}

NO_MNIST = pytest.mark.skipif(folder() is None, reason="needs the MNIST files, in MLPVIZ_MNIST or ../shared/mnist")
every_set = pytest.mark.parametrize(
    "key", [pytest.param(key, marks=[NO_MNIST] if key == "mnist" else []) for key in DATASETS]
)


def changed(path, value, setup=EVERYTHING):
    found = copy.deepcopy(setup)
    place = found
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return found


def refused(setup, action=Setup.parse):
    with pytest.raises(DocumentError) as caught:
        action(setup)
    assert_one_line(caught.value)
    return str(caught.value)


def refused_to_build(setup):
    return refused(Setup.parse(setup), build)


@pytest.mark.parametrize("plain", [IRIS, EVERYTHING], ids=["iris", "everything"])
def test_a_setup_comes_back_from_json_and_from_a_link(plain):
    setup = Setup.parse(plain)
    assert setup.plain() == plain
    for text in (setup.to_json(), setup.to_json(1), setup.to_json().encode()):
        assert Setup.parse(text) == setup
    assert from_link(to_link(setup)) == setup
    assert setup.replace() == setup
    assert setup.replace(seed=setup.seed + 1) != setup
    with pytest.raises(Exception, match=r"frozen"):
        setup.seed = 3


def test_what_is_at_its_default_is_not_written():
    setup = Setup.parse(IRIS | {"optimizer": "adam", "epochs": 100, "split": {"test": 0.2}})
    assert setup.plain() == IRIS
    assert len(to_link(setup)) < 200


def test_a_link_that_is_no_setup_is_refused():
    link = to_link(Setup.parse(IRIS))
    assert "the link is" in refused(link[:-5], from_link)
    assert refused("", from_link) == "the link is empty"


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        (("version",), 2, "made by a newer mlpviz (version 2)"),
        (("epoch",), 3, "the setup has an unknown field 'epoch'; known fields are version, name, data"),
        (("data", "kind"), "csvv", f"data has kind 'csvv', expected one of {', '.join(SOURCES)}"),
        (("data", "noise"), 1, "data has an unknown field 'noise'; known fields are kind, set, seed"),
        (("data", "set", "noise"), 2, "data.set.noise is 2, expected a number from 0 to 1"),
        (("data", "set"), "irs", "data.set is 'irs', expected one of xor, circles"),
        (("data", "seed"), -1, "data.seed is -1, expected at least 0"),
        (("split", "test"), 1, "split.test is 1, expected less than 1"),
        (("split", "folds"), 1, "split.folds is 1, expected at least 2"),
        (("split", "folds"), 3, "split.redraw is true, expected false with folds"),
        (("split", "validation"), 0, "split.validation is 0, expected more"),
        (("scaling",), "max", "scaling is 'max', expected one of none, standard, min_max"),
        (("layers",), [], "layers is empty"),
        (("layers", 0, "units"), None, "layers[0].units is null, expected a whole number in every layer but the last"),
        (("layers", 0, "units"), 0, "layers[0].units is 0, expected at least 1"),
        (("layers", 0, "activation"), "rleu", "layers[0].activation is 'rleu', expected one of identity"),
        (("layers", 0, "norm", "momentum"), 2, "layers[0].norm.momentum is 2, expected a number from 0 to 1"),
        (("layers", 1, "dropout"), 1, "layers[1].dropout is 1, expected less than 1"),
        (("layers", 1, "dropout"), math.nan, "layers[1].dropout is NaN, expected a finite number"),
        (("layers", 0, "skip"), 2, "layers[0].skip is 2, expected 0 to 1"),
        (("layers", 2, "activation"), "softmax", "layers[2].activation is 'softmax', expected identity in the last"),
        (("loss",), "sum", "loss is sum, which looks at no target"),
        (("loss",), {"key": "cross_entropy", "label_smoothing": 2}, "loss.label_smoothing is 2, expected"),
        (("optimizer", "learning_rate"), -1, "optimizer.learning_rate is -1, expected a number from 0 up"),
        (("optimizer", "beta1"), 0.9, "optimizer has an unknown knob 'beta1'; known knobs are learning_rate"),
        (("schedule",), "reduce_on_plateau", "schedule_counts is steps, expected epochs for the schedule"),
        (("batch_size",), 0, "batch_size is 0, expected at least 1"),
        (("batch_size",), 1, "batch_size is 1, expected at least 2 for the batch norm of layers[0]"),
        (("batch_size",), 2.5, "batch_size is 2.5, expected a whole number"),
        (("epochs",), LIMITS.epochs + 1, f"epochs is {LIMITS.epochs + 1}, expected at most {LIMITS.epochs}"),
        (("stopping", "watch"), "test", "stopping.watch is 'test', expected 'validation' or 'train'"),
        (("seed",), "5", "seed is '5', expected a whole number"),
        (("dtype",), "float16", "dtype is 'float16', expected 'float32' or 'float64'"),
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
KNOBS = [
    (place, key, knob)
    for place, (_, registry) in PLACES.items()
    for key, entry in registry.items()
    for knob in getattr(entry, "knobs", ())
]


def out_of_range(knob):
    """Values that this knob does not take, each just outside where there is a bound."""
    wrong = [math.nan, math.inf, None, {}, "nonsense", [[1]]]
    if knob.kind == "bool":
        return [*wrong, 0, 1]
    wrong += [True] if knob.kind != "choice" else [True, 1, ""]
    beyond = []
    if math.isfinite(knob.low):
        beyond.append(knob.low if knob.open_low else knob.low - 1 if knob.kind in ("int", "ints") else knob.low - 1e-9)
    if math.isfinite(knob.high):
        beyond.append(knob.high if knob.open_high else knob.high + 1)
    if knob.kind in ("int", "ints"):
        beyond.append(max(knob.low, 1) + 0.5)
    if knob.kind in ("floats", "ints"):
        return [*wrong, 1, *([value] for value in (*beyond, "1", True))]
    return [*wrong, *beyond]


@pytest.mark.parametrize(("place", "key", "knob"), KNOBS, ids=lambda value: getattr(value, "name", value))
def test_every_knob_out_of_range_is_named_with_the_allowed_values(place, key, knob):
    path, _ = PLACES[place]
    for value in out_of_range(knob):
        sentence = refused(changed(path, {"key": key, knob.name: value}))
        assert sentence.startswith(f"{place}.{knob.name} is "), (value, sentence)
        assert sentence.endswith(f", expected {knob.allowed}"), (value, sentence)


@pytest.mark.parametrize("place", PLACES)
def test_an_unknown_key_or_knob_is_answered_with_the_known_ones(place):
    path, registry = PLACES[place]
    assert refused(changed(path, "nonsense")) == f"{place} is 'nonsense', expected one of {', '.join(registry)}"
    for key, entry in registry.items():
        sentence = refused(changed(path, {"key": key, "nonsense": 1}))
        assert sentence.startswith(f"{place} has ")
        assert "'nonsense'" in sentence
        assert all(knob.name in sentence for knob in getattr(entry, "knobs", ()))


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
            Setup.parse(mutated if form is str else mutated.encode())
        except DocumentError as error:
            assert_one_line(error)


def test_the_same_setup_gives_the_same_bits():
    one, two = (build(Setup.parse(EVERYTHING)) for _ in range(2))
    assert np.array_equal(one.params, two.params)
    for first, second in zip(one.run(), two.run(), strict=True):
        assert np.array_equal(first.params, second.params)
    other = build(Setup.parse(EVERYTHING | {"seed": 6}))
    assert not np.array_equal(one.params, other.params)
    # the seed of the weights has no say in the data
    assert np.array_equal(one.sets.train.x, other.sets.train.x)


def test_every_field_reaches_the_engine():
    built = build(Setup.parse(EVERYTHING))
    spec, plan = built.spec, built.plan
    assert [layer.outputs for layer in spec.layers] == [6, 6, 2]
    assert spec.layers[0].activation.settings == (("slope", 0.2),)
    assert spec.layers[0].norm.momentum == 0.2
    assert [layer.bias for layer in spec.layers] == [False, True, True]
    assert (spec.layers[1].dropout, spec.layers[1].skip) == (0.25, 1)
    assert spec.loss.weight == (1.0, 2.0)
    assert plan.optimizer.settings["momentum"] == 0.9
    assert plan.schedule.settings["step_size"] == 3
    assert (plan.schedule_counts, plan.batch_size, plan.epochs, plan.dtype) == ("steps", 32, 4, np.float32)
    assert plan.penalties[0].settings["strength"] == 0.001
    assert plan.clipping.settings["max_norm"] == 0.5
    assert plan.stopping.patience == 2
    assert built.sets.train.x.dtype == np.float32
    assert [len(part.x) for part in (built.sets.train, built.sets.validation, built.sets.test)] == [135, 135, 30]
    assert built.table.samples == 300
    assert np.isclose(built.params[spec.slots[0].weight].std(), 0.5, rtol=0.5)


@every_set
def test_what_is_suggested_works_for_every_data_set(key):
    source = SetSource.model_validate({"kind": "set", "set": key})
    setup = suggested(source).replace(epochs=1)
    built = build(setup)
    assert built.metric == ("accuracy" if DATASETS[key].task == "classes" else "r2")
    *_, last = built.run()
    assert last.failure is None
    assert 0 <= last.test.metric <= 1 or built.metric == "r2"


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_early_stopping_of_a_setup_brings_the_best_epoch_back(dtype):
    plain = IRIS | {
        "scaling": "standard",
        "optimizer": {"key": "adam", "learning_rate": 0.1},
        "epochs": 400,
        "dtype": dtype,
        "stopping": {"patience": 4},
    }
    found = list(build(Setup.parse(plain)).run())
    losses = [float(snapshot.validation.loss) for snapshot in found[1:-1]]
    best = 1 + losses.index(min(losses))
    assert found[-1].epoch == best + 5 < 400
    assert found[-1].stopped == f"no progress for 5 epochs; the best was epoch {best}"
    assert np.array_equal(found[-1].params, found[best].params)
    assert found[-1].params.dtype == dtype
    asking = Setup.parse(plain | {"stopping": {"patience": 2, "min_change": 10, "watch": "train"}})
    *_, last = build(asking).run()
    assert last.stopped == "no progress for 3 epochs; the best was epoch 1"


def test_validation_is_drawn_again_each_epoch_and_test_rows_stay_out():
    setup = Setup.parse(IRIS | {"split": {"test": 0.2, "validation": 0.25, "redraw": True, "stratified": True}})
    built = build(setup)
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
    built = build(
        Setup.parse(
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


@pytest.mark.parametrize("last", ["identity", "tanh", "sigmoid"])
@pytest.mark.parametrize("one_hot", [True, False])
def test_classes_under_a_loss_on_values_are_encoded_for_the_last_activation(last, one_hot):
    layers = [{"units": 8, "activation": "tanh"}, {"units": None, "activation": last}]
    setup = Setup.parse(
        IRIS
        | {"data": POINTS, "split": WHOLE, "loss": "mse", "one_hot": one_hot, "layers": layers, "epochs": 300}
        | {"optimizer": {"key": "adam", "learning_rate": 0.05}}
    )
    built = build(setup)
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
            *_, last = build(Setup.parse(plain | {"epochs": 2})).run()
        except DocumentError as error:
            assert_one_line(error)
            assert re.search("loss|one_hot", str(error))  # noqa: PT017  # other combinations train
        else:
            assert last.failure is None


@pytest.mark.parametrize("key", OPTIMIZERS)
def test_every_optimizer_trains(key):
    *_, last = build(Setup.parse(IRIS | {"optimizer": key, "epochs": 2})).run()
    assert last.step == 2


@pytest.mark.parametrize("key", SCHEDULES)
def test_every_schedule_trains(key):
    *_, last = build(Setup.parse(IRIS | {"schedule": key, "epochs": 2})).run()
    assert last.step == 2


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


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (POINTS | {"classes": [0, 0, 0, 0]}, "data.classes is 0 everywhere, expected at least two classes"),
        (POINTS | {"classes": [0, 1]}, "data.classes has 2 entries, expected 4 like x"),
        (POINTS | {"classes": None}, "data has neither classes nor values"),
        (POINTS | {"values": [[1]] * 4}, "data has both classes and values"),
        (POINTS | {"x": [[0, 0], [1], [2, 2], [3, 3]]}, "data.x row 2 has 1 number, expected 2 like the first"),
        (POINTS | {"x": [[0, math.nan]] * 4}, "data.x row 1 column 2 is NaN, expected a finite number"),
        (POINTS | {"classes": [0, 1, 1, 1000]}, "data.classes row 4 is 1000, expected less than 1000"),
        ({"kind": "formula", "text": "import os"}, "data.text is no formula"),
        ({"kind": "formula", "text": "x", "low": 2, "high": 1}, "data.high is 1, expected more than low, 2"),
        ({"kind": "drawn", "points": [[0, 0]]}, "data.points has 1 entries, at least 2 are needed"),
        ({"kind": "csv"}, "data has neither file nor content"),
        ({"kind": "csv", "content": "a,b", "missing": "guess"}, "data.missing is 'guess', expected 'refuse' or 'drop'"),
        (3, "data is 3, expected an object"),
        ({}, "data has no kind, expected one of set"),
    ],
)
def test_wrong_data_are_refused_before_anything_is_made(data, sentence):
    assert sentence in refused(IRIS | {"data": data})


def test_points_formula_and_drawing_become_tables():
    points = load_table(Setup.parse(IRIS | {"data": POINTS}).data)
    assert points.x.tolist() == POINTS["x"]
    assert points.target.tolist() == [0, 1, 1, 0]
    curve = load_table(
        Setup.parse(IRIS | {"data": {"kind": "formula", "text": "2*x", "low": 0, "high": 1, "samples": 11}}).data
    )
    assert np.allclose(curve.target, 2 * curve.x)
    assert curve.samples == 11
    drawn = {"kind": "drawn", "points": [[0, 0], [2, 4], [1, 1]], "samples": 21}
    table = load_table(Setup.parse(IRIS | {"data": drawn}).data)
    assert np.allclose(table.target[:, 0], np.interp(table.x[:, 0], [0, 1, 2], [0, 1, 4]))
    line = {"kind": "drawn", "points": [[1, 0], [1, 4]]}
    assert refused(Setup.parse(IRIS | {"data": line}).data, load_table) == (
        "data: the drawn curve has 1 place along x, expected at least 2"
    )
    nowhere = {"kind": "formula", "text": "1/x", "low": -1, "high": 1, "samples": 11}
    assert "data: the formula is inf at x = 0" in refused(Setup.parse(IRIS | {"data": nowhere}).data, load_table)


def test_a_csv_table_comes_from_its_text_or_its_file():
    text = "a,b,kind\n1,2,red\n3,4,blue\n5,6,red\n"
    inside = Setup.parse(IRIS | {"data": {"kind": "csv", "content": text, "features": ["b"]}}).data
    assert load_table(inside).x.tolist() == [[2], [4], [6]]
    outside = Setup.parse(IRIS | {"data": {"kind": "csv", "file": "kinds.csv"}}).data
    assert load_table(outside, text.encode()).class_names == ("blue", "red")
    assert refused(outside, load_table) == "data.file is 'kinds.csv', and that file is not here: open it again"
    wrong = text.replace("3", "three").encode()
    assert refused(outside, lambda data: load_table(data, wrong)) == (
        "data: line 3, column 'a' is 'three', expected a number"
    )


def test_a_constant_feature_is_a_note_and_no_error():
    points = POINTS | {"x": [[0, 5], [1, 5], [2, 5], [3, 5]]}
    built = build(Setup.parse(IRIS | {"data": points, "split": WHOLE, "scaling": "standard"}))
    assert built.notes == ("x2 has the same value in every training row, so the scale is left at 1.",)
    *_, last = built.run()
    assert last.failure is None
