"""A network in a file of any format: documents, files of other tools, and what is said of all else."""

import json

import pytest

from mlpviz.examples.networks import PRESETS
from mlpviz.exchange import save_file
from mlpviz.exchange.imports import ForeignFile, ImportedNetwork
from mlpviz.exchange.opening.network_file import open_document, open_network_file
from mlpviz.exchange.subjects import NETWORK
from mlpviz.network import DocumentError

XOR = PRESETS["xor"].document


def test_both_kinds_are_opened():
    assert open_network_file(ForeignFile("xor.json", XOR.to_json().encode())) == XOR
    assert open_network_file(ForeignFile("no ending", b"\n" + XOR.to_json().encode())) == XOR
    found = open_network_file(ForeignFile("xor.npz", save_file(NETWORK, XOR, "network_npz").content))
    assert isinstance(found, ImportedNetwork)
    assert found.document == XOR


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.json", b" ", "a.json: not JSON: expecting value at line 1, column 2"),
        ("a.json", b"[1]", "a.json: the document is a list, expected an object"),
        (
            "a.json",
            b"{}",
            "a.json: JSON with no field, expected a network of mlpviz with layers, x and loss, or one of ",
        ),
        ("a.txt", b'{"model": 1, "b": 2}', "a.txt: JSON with 'model', 'b', expected a network of mlpviz"),
        ("a.json", b'{"layers": []}', "a.json: "),
        ("a.json", b'{"data": {}}', "a.json: a training, expected a network: open it on the Train page"),
        ("a.pt", b"", "a.pt is empty, expected the file of a network"),
        ("a.json", b"", "a.json is empty, expected the file of a network"),
        ("a.xlsx", b"hello", "a.xlsx ends as a file of Spreadsheet by hand does, and has something else in it, or is "),
        ("a.safetensors", b"hello", "a.safetensors ends as a file of safetensors does, and has something else in it"),
        ("a.txt", b"hello", "a.txt is in no format that is read here; expected one of: "),
        ("a.rds", b"hello", "a.rds is R's own form of objects, and is not read here: "),
        ("a", b"hello", "a: not JSON: expecting value at line 1, column 1"),
    ],
)
def test_what_is_wrong_is_said_with_the_name_and_what_was_expected(name, content, sentence):
    with pytest.raises(DocumentError) as caught:
        open_network_file(ForeignFile(name, content))
    assert str(caught.value).startswith(sentence)


def test_what_would_work_instead_stays_offered():
    plain = XOR.to_json_value()
    plain["x"] = [list(row) for row in zip(*plain["x"], strict=True)]
    with pytest.raises(DocumentError, match=r"^x.json: x .* with x transposed it would fit$") as caught:
        open_document(ForeignFile("x.json", json.dumps(plain).encode()))
    assert caught.value.offer is not None
    assert caught.value.offer.label == "Transpose x"


def test_a_document_leaves_nothing_open():
    with pytest.raises(DocumentError, match="expected no answers"):
        open_network_file(ForeignFile("xor.json", XOR.to_json().encode()), {"loss": "mse"})
