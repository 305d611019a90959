"""A file that is written the other way round: what fits is said and offered, and nothing is turned by itself."""

import json

import pytest

from mlpviz import cli
from mlpviz.network import Document, DocumentError
from mlpviz.network.transposed import read_document
from tests.support.written_documents import SEVEN, seven


def turned(rows):
    return [list(column) for column in zip(*rows, strict=True)]


def other_way(*tensors):
    found = seven()
    for name in tensors:
        if name == "weight":
            for layer in found["layers"]:
                layer["weight"] = turned(layer["weight"])
        else:
            found[name] = turned(found[name])
    return found


@pytest.mark.parametrize(
    ("tensors", "said", "label"),
    [
        (("weight",), "with every weight transposed it would fit", "Transpose the weights"),
        (("x",), "with x transposed it would fit", "Transpose x"),
        (("target",), "with target transposed it would fit", "Transpose target"),
        (("x", "target"), "with x and target transposed it would fit", "Transpose x and target"),
        (("weight", "x"), "with every weight and x transposed it would fit", "Transpose the weights and x"),
        (
            ("weight", "x", "target"),
            "with every weight, x and target transposed it would fit",
            "Transpose the weights, x and target",
        ),
    ],
)
def test_what_fits_transposed_is_said_and_offered(tensors, said, label):
    with pytest.raises(DocumentError) as caught:
        read_document(json.dumps(other_way(*tensors)))
    assert str(caught.value).endswith(f"; {said}")
    assert caught.value.offer.label == label
    assert Document.parse(caught.value.offer.event["text"]) == SEVEN


def test_what_fits_in_no_way_is_said_as_it_is():
    wrong = seven()
    wrong["layers"][2]["weight"][0] = [1, 2, 3]
    for text in (json.dumps(wrong), "[1]", "{", '{"layers": 1}', '{"layers": [1], "x": "a", "target": [[1], [1, 2]]}'):
        with pytest.raises(DocumentError) as caught:
            read_document(text)
        assert caught.value.offer is None
        assert "transposed" not in str(caught.value)


def test_the_command_line_says_it_too(tmp_path, capsys):
    file = tmp_path / "keras.json"
    file.write_text(json.dumps(other_way("weight")))
    assert cli.main(["check", str(file)]) == 2
    assert capsys.readouterr().err.rstrip().endswith("; with every weight transposed it would fit")


@pytest.mark.parametrize("rows", [lambda rows: rows, str, lambda rows: f"np.array({rows})"])
def test_a_kernel_has_a_row_for_each_input(rows):
    keras = seven()
    keras["layers"] = [
        {"Kernel": rows(turned(layer["weight"])), "activation": layer["activation"]} for layer in keras["layers"]
    ]
    assert Document.parse(keras) == SEVEN
