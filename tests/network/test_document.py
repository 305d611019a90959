"""A document is read, written and handed to the engine without losing anything."""

import json

import numpy as np
import pytest
from hypothesis import given, settings

from mlpviz import engine
from mlpviz.examples.networks import PRESETS
from mlpviz.network import Document, DocumentError
from tests.support.random_documents import documents, plain_documents
from tests.support.repository import CASES
from tests.support.written_documents import NORMED, SEVEN, changed, quick


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


def test_another_number_in_its_place_makes_a_document_as_if_it_were_parsed():
    for key in ("seven_layers", "shared_weight", "tied_autoencoder", "batch_norm"):
        before = PRESETS[key].document
        before.trace()
        text = before.to_json()
        weight = ((7.5, *before.layers[0].weight[0][1:]), *before.layers[0].weight[1:])
        after = before.with_numbers(0, weight=weight)
        assert after == Document.parse(after.to_json())
        assert after == before.replace(layers=({**before.layers[0].fields(), "weight": weight}, *before.layers[1:]))
        assert after.to_json() == Document.parse(after.to_json()).to_json() != text == before.to_json()
        assert np.array_equal(after.trace().layers[0].weight, np.array(after.layers[0].weight))
        assert not np.array_equal(after.trace().grad, before.trace().grad)
    moved = before.with_numbers(x=((0.25, *before.x[0][1:]), *before.x[1:]))
    assert moved == before.replace(x=moved.x)
    assert moved.trace().x[0, 0] == 0.25


def test_what_stands_around_an_activation_reaches_the_engine():
    document = Document.parse(NORMED)
    assert json.loads(document.to_json()) == NORMED
    trace, first = document.trace(), document.trace().layers[0]
    assert first.gamma.tolist() == [1, 2]
    assert first.beta.tolist() == [0, 0]
    assert first.mask.tolist() == NORMED["layers"][0]["mask"]
    assert trace.buffers.tolist() == [0, 0, 0.5, 2]
    assert dict(trace.spec.loss.settings)["delta"] == 2.0
    assert dict(trace.spec.loss.settings)["reduction"] == "sum"
    assert np.allclose(first.mean, np.array([[5, 11], [13, 29], [-1, -3]]).mean(axis=0))
    evaluation = document.replace(mode="evaluation")
    assert json.loads(evaluation.to_json())["mode"] == "evaluation"
    assert evaluation.trace().layers[0].mask is None
    assert np.allclose(evaluation.trace().layers[0].normalised, first.z / np.sqrt(np.array([0.5, 2]) + 1e-5))


def test_the_seven_layer_document_is_the_one_of_the_case():
    case = json.loads((CASES / "seven_layer_mlp.json").read_text(encoding="utf-8"))
    for layer, expected in zip(SEVEN.layers, case["layers"], strict=True):
        assert [list(row) for row in layer.weight] == expected["W"]
        assert layer.activation.key == expected["activation"]
    assert [list(column) for column in zip(*SEVEN.x, strict=True)] == case["x"]


def test_documents_are_equal_by_their_fields_also_after_a_pass():
    document, other = PRESETS["mazur"].document.replace(name="one"), PRESETS["mazur"].document.replace(name="one")
    document.trace()
    other.trace()
    assert document == other
    assert hash(document) == hash(other)
    assert document != other.replace(name="two")
