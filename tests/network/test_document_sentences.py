"""A document that does not hold is refused in one sentence that names the place."""

import math

import pytest

from mlpviz.examples.networks import PRESETS
from mlpviz.network import Document, DocumentError
from tests.support.errors import assert_one_line
from tests.support.written_documents import NORMED, SEVEN, changed, seven

LONG = "y" * 100
WEIGHT = ("layers", 2, "weight", 0, 1)
PIN = {"layer": 1, "sample": 1, "unit": 1, "value": 0}
ACTIVATION = ("layers", 0, "activation")
MASK = "1 where dropout keeps a unit, 0 where it drops it"
SENTENCES = [
    (("layers", 2, "weight", 0), [1, 2, 3], "layers[2].weight row 1 has 3 numbers, expected 2"),
    (("layers", 2, "weight", 1), [1], "layers[2].weight row 2 has 1 number, expected 2"),
    (("layers", 2, "weight", 0), [], "layers[2].weight row 1 is empty"),
    (("layers", 2, "weight"), [], "layers[2].weight is empty"),
    (("layers", 2, "weight"), None, "layers[2].weight is null, expected a list"),
    (WEIGHT, True, "layers[2].weight row 1 column 2 is true, expected a number"),
    (WEIGHT, None, "layers[2].weight row 1 column 2 is null, expected a number"),
    (WEIGHT, "one", "layers[2].weight row 1 column 2 is 'one', expected a number"),
    (WEIGHT, "a\nb", "layers[2].weight row 1 column 2 is 'a\\nb', expected a number"),
    (WEIGHT, LONG, f"layers[2].weight row 1 column 2 is '{LONG[:32]}'..., expected a number"),
    (WEIGHT, [1], "layers[2].weight row 1 column 2 is a list, expected a number"),
    (WEIGHT, math.nan, "layers[2].weight row 1 column 2 is NaN, expected a finite number"),
    (WEIGHT, -math.inf, "layers[2].weight row 1 column 2 is -Infinity, expected a finite number"),
    (WEIGHT, 1e308, "layers[2].weight row 1 column 2 is 1e+308, expected at most 1e300"),
    (
        WEIGHT,
        10**400,
        "layers[2].weight row 1 column 2 is a number of more than 20 digits, expected a number of at most 1e300",
    ),
    (("layers", 2, "bias"), [1, 2], "layers[2].bias has 2 numbers, expected 3"),
    (("layers", 2, "bias"), [1, 2, False], "layers[2].bias row 3 is false, expected a number"),
    (("layers", 3), 5, "layers[3] is 5, expected an object"),
    (("layers",), [], "layers is empty"),
    (("layers",), seven()["layers"] * 1500, "layers has 10,500 entries, at most 32 are allowed"),
    (("layers", 0, "activation"), "Rex", None),
    (
        ("layers", 0, "wieght"),
        1,
        "layers[0] has an unknown field 'wieght' (did you mean weight?)",
    ),
    (
        ("layers", 0, "kernel"),
        1,
        "layers[0] has an unknown field 'kernel'; known fields are weight, bias, activation, norm, "
        "gamma, beta, running_mean, running_var, alpha, slopes, dropout, mask, skip, frozen, learning_rate, "
        "weight_decay, tied_to, transposed, one_bias, label",
    ),
    (("x", 1), [1, 2], "x row 2 has 2 numbers, expected 3"),
    (("x",), [[1, 2, 3]] * 65, "x has 65 entries, at most 64 are allowed"),
    (("target",), [[1]], "target has 1 row, expected 2 like x"),
    (("target",), [[1], [1, 2]], "target row 2 has 2 numbers, expected 1"),
    (("target",), [1, [2]], "target row 2 is a list, expected a whole number"),
    (("target",), None, "target is null, expected one row per sample for loss mse"),
    (("target",), "ab", "target is a text in which row 1 column 1 of the pasted matrix is 'ab', expected a number"),
    (("loss",), "sum", "target is a list, expected null for loss sum"),
    (("loss",), "hinges", None),
    (("loss",), "hinge", "target row 1 column 1 is -2, expected -1 to 1 for loss hinge"),
    (("learning_rate",), -1, "learning_rate is -1, expected at least 0"),
    (("version",), 7, "made by a newer mlpviz (version 7); this one reads version 1"),
    (("version",), 0, "version is 0, expected at least 1"),
    (("version",), True, "version is true, expected a whole number"),
    (("name",), "a\nb", "name has a control character at position 2, expected one line of text"),
    (("name",), "a\u202eb", "name has a control character at position 2, expected one line of text"),
    (("name",), "n" * 81, "name has 81 characters, at most 80 are allowed"),
    (("name",), "\ud800", "name is '\\ud800', expected a text in valid Unicode"),
    (("pins",), [PIN | {"layer": 9}], "pins[0].layer is 9, expected 1 to 7"),
    (("pins",), [PIN | {"sample": 3}], "pins[0].sample is 3, expected 1 to 2"),
    (("pins",), [PIN | {"unit": 6}], "pins[0].unit is 6, expected 1 to 5"),
    (("pins",), [PIN | {"unit": 0}], "pins[0].unit is 0, expected at least 1"),
    (("pins",), [PIN, PIN], "pins[1] pins the same activation as pins[0], expected each one once"),
    (("view",), {"step": -1}, "view.step is -1, expected at least 0"),
    (("view",), {"selection": "<b>"}, None),
    (("extra",), 1, None),
    (("mode",), "testing", "mode is 'testing', expected 'training' or 'evaluation'"),
    (
        ("loss",),
        {"key": "mse", "reduction": "most"},
        "loss.reduction is 'most', expected one of mean, sum, mean_of_sums, half_mean_of_sums",
    ),
    (
        ACTIVATION,
        {"key": "leaky_relu", "slop": 1},
        "layers[0].activation has an unknown knob 'slop' (did you mean slope?)",
    ),
    (ACTIVATION, {"slope": 1}, None),
    (("layers", 0, "norm"), "batch", "layers[0].norm is 'batch' (did you mean batch_norm?)"),
    (("layers", 0, "norm"), {"key": "batch_norm", "eps": -1}, "layers[0].norm.eps is -1, expected a number from 0 up"),
    (
        ("layers", 0, "gamma"),
        [1] * 5,
        "layers[0].gamma is a list, expected null: the layer has no norm with gamma and beta",
    ),
    (("layers", 0, "dropout"), 2, "layers[0].dropout is 2, expected at most 1"),
    (("layers", 0, "dropout"), 0.5, f"layers[0].mask is missing, expected 2 rows of 5 numbers: {MASK}"),
    (("layers", 0, "mask"), [[1] * 5] * 2, "layers[0].mask is a list, expected null: the layer has no dropout"),
    (("layers", 0, "skip"), 2, "layers[0].skip is 2, expected 0 to 1"),
    (
        ("layers", 0, "skip"),
        1,
        "layers[0].skip is 1: it adds the 3 inputs of the network to 5 units, expected as many",
    ),
    (("layers", 1, "skip"), 1, "layers[1].skip is 1: it adds the 5 units of layer 1 to 2 units, expected as many"),
]


@pytest.mark.parametrize(("path", "value", "sentence"), SENTENCES)
def test_the_sentence_names_the_place(path, value, sentence):
    with pytest.raises(DocumentError) as caught:
        Document.parse(changed(path, value))
    assert_one_line(caught.value)
    if sentence is not None:
        assert str(caught.value) == sentence


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"gamma": [1]}, "layers[0].gamma has 1 number, expected 2"),
        ({"running_var": [1, -1]}, "layers[0].running_var row 2 is -1, expected at least 0"),
        ({"mask": [[1, 2], [1, 1], [0, 1]]}, "layers[0].mask row 1 column 2 is 2, expected 0 or 1"),
        ({"mask": [[1, 0]]}, "layers[0].mask has 1 row, expected 3 like x"),
        ({"mask": [[1], [0], [1]]}, "layers[0].mask row 1 has 1 number, expected 2"),
        (
            {"norm": {"key": "batch_norm", "affine": False}},
            "layers[0].gamma is a list, expected null: the layer has no norm with gamma and beta",
        ),
        ({"norm": "layer_norm"}, "layers[0].running_var is a list, expected null: the layer has no batch norm"),
    ],
)
def test_what_stands_around_an_activation_must_fit(changes, sentence):
    layers = [NORMED["layers"][0] | changes, NORMED["layers"][1]]
    with pytest.raises(DocumentError) as caught:
        Document.parse(NORMED | {"layers": layers})
    assert str(caught.value) == sentence


def test_what_needs_the_whole_document_to_be_wrong():
    one = {"x": NORMED["x"][:1], "target": [[1]]}
    layer = NORMED["layers"][0] | {"mask": [[1, 0]]}
    with pytest.raises(DocumentError, match="which in training needs at least 2 samples; x has 1"):
        Document.parse(NORMED | one | {"layers": [layer, NORMED["layers"][1]]})
    alone = Document.parse(NORMED | one | {"layers": [layer, NORMED["layers"][1]], "mode": "evaluation"})
    assert alone.trace().layers[0].mask is None
    bare = Document.parse(NORMED)
    with pytest.raises(DocumentError, match=r"^layers\[0\].dropout is 0.5, expected 0 in the last layer for loss bce$"):
        bare.replace(layers=({**NORMED["layers"][0], "activation": "sigmoid"},), loss="bce", target=((0, 1),) * 3)
    with pytest.raises(
        DocumentError, match=r"^loss.weight has 2 class weights, expected 3 like the last layer's units$"
    ):
        PRESETS["iris"].document.replace(loss={"key": "cross_entropy", "weight": [1, 2]})


@pytest.mark.parametrize("key", ["layers", "x", "target", "loss"])
def test_a_missing_field_is_named(key):
    document = seven()
    del document[key]
    with pytest.raises(DocumentError, match=f"^{key} is missing$"):
        Document.parse(document)


def test_class_targets_are_checked():
    iris = PRESETS["iris"].document
    with pytest.raises(DocumentError, match=r"^target row 2 is 3, expected a class from 0 to 2$"):
        iris.replace(target=(0, 3, 1))
    with pytest.raises(DocumentError, match=r"^target row 2 is 1\.5, expected a whole number$"):
        iris.replace(target=(0, 1.5, 1))
    with pytest.raises(DocumentError, match=r"^target row 1 column 2 is 2, expected 0 to 1 for loss cross_entropy$"):
        iris.replace(target=((0, 2, 0), (0, 1, 0), (0, 0, 1)))
    with pytest.raises(DocumentError, match=r"^target row 1 is -1, expected a class from 0 to 2$"):
        iris.replace(target=(-1, 0, 0))


def test_too_many_parameters_are_refused_before_any_array_is_made():
    layers = [
        {"weight": [[0] * 500] * 500, "bias": None, "activation": "relu"},
        {"weight": [[0] * 500], "bias": None, "activation": "identity"},
    ]
    with pytest.raises(DocumentError, match=r"250,500 weights and biases together, at most 250,000"):
        Document.parse(seven() | {"layers": layers, "x": [[0] * 500] * 2})


def test_more_numbers_than_a_sheet_has_are_refused_whatever_makes_them():
    softmax = {"weight": [[0]] * 1024, "bias": None, "activation": "softmax"}
    given = seven() | {"layers": [softmax], "x": [[0]] * 64, "target": [0] * 64, "loss": "cross_entropy"}
    with pytest.raises(DocumentError, match=r"makes about 67,\d{3},\d{3} numbers with 64 samples, at most 2,000,000"):
        Document.parse(given)
    # fewer samples have room
    assert Document.parse(given | {"x": [[0]], "target": [0]}).widths == (1, 1024)


def test_a_network_of_many_numbers_is_not_even_tried_as_a_link(monkeypatch):
    document = Document.parse(
        seven()
        | {"layers": [{"weight": [[0] * 201] * 100, "bias": None, "activation": "identity"}], "x": [[0] * 201]}
        | {"target": [[0] * 100], "loss": "mse"}
    )
    monkeypatch.setattr(Document, "to_json", lambda _: pytest.fail("written for nothing"))
    with pytest.raises(DocumentError, match="the link would have more than 16,000 characters; save a file instead"):
        document.to_link()


def test_infinity_in_json_is_named_by_its_place():
    text = SEVEN.to_json().replace('"x":[[3,', '"x":[[1e400,')
    with pytest.raises(DocumentError, match=r"^x row 1 column 1 is Infinity, expected a finite number$"):
        Document.parse(text)
