import copy
import json
import math
from pathlib import Path

import numpy as np
import pytest
from document_strategies import assert_one_line, documents, plain_documents
from hypothesis import given, settings
from hypothesis import strategies as st

from mlpviz import engine
from mlpviz.content.presets import PRESETS
from mlpviz.document import LIMITS, Document, DocumentError, View, parse_view

quick = settings(derandomize=True, deadline=None, max_examples=150)
SEVEN = PRESETS["seven_layers"].document


def seven():
    return json.loads(SEVEN.to_json())


def changed(path, value):
    document = seven()
    place = document
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return document


@quick
@given(plain_documents())
def test_parse_and_to_json_are_inverse(plain):
    document = Document.parse(plain)
    for text in (document.to_json(), document.to_json(1)):
        assert Document.parse(text) == document
        assert Document.parse(text.encode()) == document
    again = json.loads(document.to_json())
    assert Document.parse(again) == document
    assert np.array_equal(Document.parse(again).params, document.params)


def test_whole_numbers_are_written_without_a_point():
    text = Document.parse(changed(("x",), [[3, -4.0, 1e300], [0.5, 4, 2**60]])).to_json()
    assert '"x":[[3,-4,1e+300],[0.5,4,1.152921504606847e+18]]' in text


def test_a_byte_order_mark_is_no_error():
    assert Document.parse(b"\xef\xbb\xbf" + SEVEN.to_json().encode()) == SEVEN


def test_the_engine_gets_the_document_as_it_is():
    document = Document.parse(changed(("pins",), [{"layer": 3, "sample": 1, "unit": 2, "value": 0}]))
    assert document.engine_pins == (engine.Pin(2, 0, 1, 0.0),)
    assert document.spec.size == 47 == document.params.size
    assert document.widths == (3, 5, 2, 3, 2, 2, 2, 1)
    for views, layer in zip(document.spec.views(document.params), document.layers, strict=True):
        assert views.weight.tolist() == [list(row) for row in layer.weight]
        assert views.bias is None
    assert float(SEVEN.trace().loss) == 4.0
    assert SEVEN.trace() is SEVEN.trace()
    assert float(document.trace().layers[2].a[0, 1]) == 0.0


@settings(quick, max_examples=60)
@given(documents())
def test_every_document_has_a_trace(document):
    trace = document.trace()
    assert trace.output.shape == (document.samples, document.widths[-1])
    document.forget()
    assert np.array_equal(document.trace().output, trace.output, equal_nan=True)


def test_documents_are_frozen_and_replace_checks():
    with pytest.raises(Exception, match=r"frozen"):
        SEVEN.name = "other"
    assert SEVEN.replace(name="other").name == "other"
    with pytest.raises(DocumentError, match=r"^x row 1 has 1 number, expected 3$"):
        SEVEN.replace(x=((1.0,),))


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
    (WEIGHT, "1", "layers[2].weight row 1 column 2 is '1', expected a number"),
    (WEIGHT, "a\nb", "layers[2].weight row 1 column 2 is 'a\\nb', expected a number"),
    (WEIGHT, LONG, f"layers[2].weight row 1 column 2 is '{LONG[:32]}'..., expected a number"),
    (WEIGHT, [1], "layers[2].weight row 1 column 2 is a list, expected a number"),
    (WEIGHT, math.nan, "layers[2].weight row 1 column 2 is NaN, expected a finite number"),
    (WEIGHT, -math.inf, "layers[2].weight row 1 column 2 is -Infinity, expected a finite number"),
    (WEIGHT, 1e308, "layers[2].weight row 1 column 2 is 1e+308, expected at most 1e+300"),
    (
        WEIGHT,
        10**400,
        "layers[2].weight row 1 column 2 is a number of more than 20 digits, expected a number of at most 1e+300",
    ),
    (("layers", 2, "bias"), [1, 2], "layers[2].bias has 2 numbers, expected 3"),
    (("layers", 2, "bias"), [1, 2, False], "layers[2].bias row 3 is false, expected a number"),
    (("layers", 3), 5, "layers[3] is 5, expected an object"),
    (("layers",), [], "layers is empty"),
    (("layers",), seven()["layers"] * 1500, "layers has 10500 entries, at most 32 are allowed"),
    (("layers", 0, "activation"), "Relu", None),
    (
        ("layers", 0, "wieght"),
        1,
        "layers[0] has an unknown field 'wieght'; known fields are weight, bias, activation, norm, "
        "gamma, beta, running_mean, running_var, dropout, mask, skip",
    ),
    (("x", 1), [1, 2], "x row 2 has 2 numbers, expected 3"),
    (("x",), [[1, 2, 3]] * 65, "x has 65 entries, at most 64 are allowed"),
    (("target",), [[1]], "target has 1 row, expected 2 like x"),
    (("target",), [[1], [1, 2]], "target row 2 has 2 numbers, expected 1"),
    (("target",), [1, 2], "target row 1 is 1, expected a list of 1 number"),
    (("target",), None, "target is null, expected one row per sample for loss mse"),
    (("target",), "ab", "target is 'ab', expected a list"),
    (("loss",), "sum", "target is a list, expected null for loss sum"),
    (("loss",), "bce", "layers[6].activation is identity, expected sigmoid in the last layer for loss bce"),
    (("loss",), "hinges", None),
    (("loss",), "hinge", "target row 1 column 1 is -2, expected -1 to 1 for loss hinge"),
    (("learning_rate",), -1, "learning_rate is -1, expected at least 0"),
    (("version",), 7, "made by a newer mlpviz (version 7); this one reads version 1"),
    (("version",), 0, "version is 0, expected at least 1"),
    (("version",), True, "version is true, expected a whole number"),
    (("name",), "a\nb", "name has a control character at position 2, expected one line of text"),
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
    (("loss",), {"key": "mse", "reduction": "most"}, "loss.reduction is 'most', expected one of mean, sum"),
    (
        ACTIVATION,
        {"key": "leaky_relu", "slop": 1},
        "layers[0].activation has an unknown knob 'slop'; known knobs are slope",
    ),
    (ACTIVATION, {"slope": 1}, None),
    (("layers", 0, "norm"), "batch", "layers[0].norm is 'batch', expected one of batch_norm, layer_norm"),
    (("layers", 0, "norm"), {"key": "batch_norm", "eps": 0}, "layers[0].norm.eps is 0, expected a number above 0"),
    (
        ("layers", 0, "gamma"),
        [1] * 5,
        "layers[0].gamma is a list, expected null: the layer has no norm with gamma and beta",
    ),
    (("layers", 0, "dropout"), 1, "layers[0].dropout is 1, expected less than 1"),
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


NORMED = {
    "version": 1,
    "name": "",
    "layers": [
        {
            "weight": [[1, 2], [3, 4]],
            "bias": None,
            "activation": {"key": "leaky_relu", "slope": 0.2},
            "norm": "batch_norm",
            "gamma": [1, 2],
            "running_var": [0.5, 2],
            "dropout": 0.5,
            "mask": [[1, 0], [1, 1], [0, 1]],
            "skip": 1,
        },
        {"weight": [[1, -1]], "bias": [0], "activation": "identity"},
    ],
    "x": [[1, 2], [3, 5], [-1, 0]],
    "target": [[1], [0], [2]],
    "loss": {"key": "huber", "delta": 2, "reduction": "sum"},
    "learning_rate": 0.1,
}


def test_what_stands_around_an_activation_reaches_the_engine():
    document = Document.parse(NORMED)
    assert json.loads(document.to_json()) == NORMED
    trace, first = document.trace(), document.trace().layers[0]
    assert first.gamma.tolist() == [1, 2]
    assert first.beta.tolist() == [0, 0]
    assert first.mask.tolist() == NORMED["layers"][0]["mask"]
    assert trace.buffers.tolist() == [0, 0, 0.5, 2]
    assert trace.spec.loss.settings == (("delta", 2.0), ("reduction", "sum"))
    assert np.allclose(first.mean, np.array([[5, 11], [13, 29], [-1, -3]]).mean(axis=0))
    evaluation = document.replace(mode="evaluation")
    assert json.loads(evaluation.to_json())["mode"] == "evaluation"
    assert evaluation.trace().layers[0].mask is None
    assert np.allclose(evaluation.trace().layers[0].normalised, first.z / np.sqrt(np.array([0.5, 2]) + 1e-5))


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


@pytest.mark.parametrize("key", ["version", "name", "layers", "x", "target", "loss", "learning_rate"])
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
    with pytest.raises(DocumentError, match=r"^target row 1 is -1, expected at least 0$"):
        iris.replace(target=(-1, 0, 0))


def test_too_many_parameters_are_refused_before_any_array_is_made():
    layers = [
        {"weight": [[0] * 250] * 250, "bias": None, "activation": "relu"},
        {"weight": [[0] * 250], "bias": None, "activation": "identity"},
    ]
    with pytest.raises(DocumentError, match=r"62,750 weights and biases together, at most 50,000"):
        Document.parse(seven() | {"layers": layers, "x": [[0] * 250] * 2})


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "not JSON: expecting value at line 1, column 1"),
        ('{"a": 1,\n "b" 2}', "at line 2, column 6"),
        ("[]", "the document is a list, expected an object"),
        ("null", "the document is null, expected an object"),
        ('"' + "é" * 200 + '"', "expected an object"),
        ("[" * 200_000, "nested too deeply"),
        ('{"x":' * 200_000, "nested too deeply"),
        ("9" * 5000, "a number too large to be read"),
        ('{"version": 1, "version": 1}', "has the field 'version' twice"),
        ('{"version": ' + "9" * 4000 + "}", "made by a newer mlpviz (version a number of more than 20 digits)"),
        (b"\xff\xfe", "not UTF-8 text: byte 1"),
        (" " * (LIMITS.text + 1), "2,000,001 characters, at most 2,000,000"),
        (
            seven() | {"x": [[float("1e400"), 0, 0], [0, 0, 0]]},
            "x row 1 column 1 is Infinity, expected a finite number",
        ),
        ({1: 2}, "version is missing"),
        (5, "the document is 5, expected an object"),
    ],
)
def test_what_is_no_document_is_one_sentence(text, part):
    with pytest.raises(DocumentError) as caught:
        Document.parse(text)
    assert_one_line(caught.value)
    assert part in str(caught.value)


def test_infinity_in_json_is_named_by_its_place():
    text = SEVEN.to_json().replace('"x":[[3,', '"x":[[1e400,')
    with pytest.raises(DocumentError, match=r"^x row 1 column 1 is Infinity, expected a finite number$"):
        Document.parse(text)


JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=50)
    | st.sampled_from([10**400, 1e308, "\ud800", "\n", "nan", 1e300]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@st.composite
def damaged(draw):
    """A good document with one to three entries dropped, doubled or replaced by junk."""
    document = copy.deepcopy(draw(plain_documents()))
    for _ in range(draw(st.integers(1, 3))):
        place = document
        while True:
            keys = list(place) if isinstance(place, dict) else list(range(len(place)))
            if not keys:
                break
            key = draw(st.sampled_from(keys))
            if isinstance(place[key], list | dict) and place[key] and draw(st.integers(0, 3)):
                place = place[key]
                continue
            action = draw(st.sampled_from(["drop", "junk", "more"]))
            if action == "drop":
                del place[key]
            elif action == "junk":
                place[key] = draw(JUNK)
            elif isinstance(place, list):
                place.append(draw(JUNK))
            else:
                place[draw(st.text(max_size=60))] = draw(JUNK)
            break
    return document


@settings(quick, max_examples=600)
@given(damaged())
def test_a_damaged_document_is_refused_in_one_line_or_is_a_document(plain):
    outcomes = []
    for source in (plain, json.dumps(plain)):
        try:
            document = Document.parse(source)
        except DocumentError as error:
            assert_one_line(error)
            outcomes.append(None)
        else:
            assert Document.parse(document.to_json()) == document
            outcomes.append(document)
    assert outcomes[0] == outcomes[1]


@quick
@given(st.binary(max_size=200) | st.text(max_size=200))
def test_random_text_is_refused_in_one_line(text):
    with pytest.raises(DocumentError) as caught:
        Document.parse(text)
    assert_one_line(caught.value)


@quick
@given(documents())
def test_views_survive_their_text(document):
    view = document.view or View()
    text = view.to_text()
    assert len(text) <= 80
    assert (parse_view(text) or View()) == view


def test_the_text_of_a_view():
    view = View(step=12, sample=2, granularity="layer", selection="grad_a 5 1 2")
    assert view.to_text() == "layer.12.2.grad_a-5-1-2"
    assert View(sample=2).to_text() == "..2"
    assert View().to_text() == ""


@quick
@given(st.text(max_size=100) | st.from_regex(r"[a-z]{0,6}\.\d{0,9}\.\d{0,9}\.[a-z_0-9-]{0,30}(\.x)?", fullmatch=True))
def test_a_bad_view_is_none_and_never_an_error(text):
    view = parse_view(text)
    assert view is None or parse_view(view.to_text()) == view or view == View()


def test_bad_views():
    for text in (None, 5, "", "cell.1.1", "layer.-1", "layer.1.0", "layer.1.65", "layer.1.1.<b>", "layer.²", "a" * 100):
        assert parse_view(text) is None


def test_the_seven_layer_document_is_the_one_of_the_case():
    case = json.loads((Path(__file__).parent / "cases" / "seven_layer_mlp.json").read_text(encoding="utf-8"))
    for layer, expected in zip(SEVEN.layers, case["layers"], strict=True):
        assert [list(row) for row in layer.weight] == expected["W"]
        assert layer.activation.key == expected["activation"]
    assert [list(column) for column in zip(*SEVEN.x, strict=True)] == case["x"]
