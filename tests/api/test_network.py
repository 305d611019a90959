"""The public network: what it says of itself, its pass and check, and the formats in which it is saved."""

import dataclasses
import io
import os
import subprocess
import sys
import zipfile

import numpy as np
import pytest

import mlpviz
from mlpviz.api.results import Check
from mlpviz.examples.networks import PRESETS
from mlpviz.exchange import key_named, savings
from mlpviz.exchange.subjects import NETWORK
from tests.support.repository import ROOT

SEVEN = mlpviz.Network(PRESETS["seven_layers"].document)
MODELS = ROOT / "tests/exchange/models"


def test_importing_it_imports_nothing_else():
    code = "import sys, mlpviz; print(mlpviz.__version__, sorted({'numpy', 'pydantic', 'streamlit'} & {*sys.modules}))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True, text=True)
    assert done.stdout == f"{mlpviz.__version__} []\n"


def test_a_network_traces_without_what_takes_long():
    code = (
        "import sys, mlpviz\n"
        "network = mlpviz.from_arrays([[[1, 2]]], None, 'relu', [[1, 1]], [2])\n"
        "print(network.trace().loss, sorted({'torch', 'streamlit', 'sklearn', 'keras'} & {*sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True, text=True)
    assert done.stdout == "1.0 []\n"


def test_every_public_name_is_there_and_no_other():
    assert set(dir(mlpviz)) == {*mlpviz.__all__, "__version__"}
    for name in mlpviz.__all__:
        assert getattr(mlpviz, name).__doc__
    with pytest.raises(AttributeError, match="'mlpviz' has no attribute 'nonsense'"):
        mlpviz.nonsense  # noqa: B018


def test_a_pass_has_the_numbers_of_the_sheet():
    found, trace = SEVEN.trace(), SEVEN.document.trace()
    assert found.loss == 4.0
    assert found.output.tolist() == [[-4.0], [-18.0]]
    assert found.grad_x is trace.grad_x
    assert found.tensors["∂L/∂W of layer 3"] is trace.layers[2].grad_weight
    assert [layer.z.shape for layer in found.layers] == [layer.z.shape for layer in trace.layers]
    lines = repr(found).splitlines()
    assert lines[0].split() == ["tensor", "shape", "numbers"]
    assert [line for line in lines if line.startswith("loss ")] == ["loss              1      4"]
    assert len(lines) == len(found.tensors) + 1


def test_a_check_says_whether_all_agree():
    found = SEVEN.check()
    assert found.ok
    assert repr(found).endswith("\n" + found.summary)
    assert "WRONG" not in repr(found)
    assert found.summary in found._repr_html_()


def test_a_check_that_disagrees_is_not_ok():
    report = SEVEN.check().report
    row = report.rows[-1]
    wrong = dataclasses.replace(row, torch=dataclasses.replace(row.torch, ok=False))
    found = Check(dataclasses.replace(report, rows=(*report.rows[:-1], wrong)))
    assert not found.ok
    assert "WRONG" in repr(found)


def test_texts_of_people_are_escaped_in_html():
    marked = mlpviz.Network(SEVEN.document.replace(name="<b>&\"'"), ("<i>note</i>",))
    html = marked._repr_html_()
    assert "<b>" not in html
    assert "<i>" not in html
    assert "&lt;b&gt;&amp;&quot;&#x27;" in html
    assert "<b>&\"'" in repr(marked)


def names(archive):
    return zipfile.ZipFile(io.BytesIO(archive)).namelist()


@pytest.mark.parametrize("key", savings(NETWORK))
def test_every_format_is_given_by_its_key_and_by_the_end_of_it(key):
    network = mlpviz.Network(PRESETS["mazur"].document)  # two inputs, which a map needs
    content, again = network.to(key), network.to(key.partition("_")[2] or key.upper().replace("-", " "))
    written = savings(NETWORK)[key][1].write(network.document)
    if zipfile.is_zipfile(io.BytesIO(written)):  # the time is in it
        assert names(content) == names(again) == names(written)
    elif isinstance(content, bytes):  # safetensors has its entries in any order
        assert len(content) == len(again) == len(written)
    else:
        assert content == again == written.decode()


def test_a_format_that_does_not_exist_is_refused_with_those_that_do():
    with pytest.raises(mlpviz.DocumentError, match=r"no format 'word' for a network, expected one of .*json, "):
        SEVEN.to("word")


def test_a_saved_network_is_read_as_it_was(tmp_path):
    path = SEVEN.save(tmp_path / "seven.json")
    assert mlpviz.read(path).document == SEVEN.document
    assert mlpviz.read(str(path)).notes == ()
    named = SEVEN.save(tmp_path / "seven.txt", "json")
    assert named.read_bytes() == path.read_bytes()


def test_a_place_where_nothing_can_be_written_and_a_name_without_format(tmp_path):
    with pytest.raises(mlpviz.DocumentError, match="expected a folder that exists"):
        SEVEN.save(tmp_path / "none" / "seven.json")
    with pytest.raises(mlpviz.DocumentError, match=r"says no format: expected a name that ends in .*\.json"):
        SEVEN.save(tmp_path / "seven.word")
    with pytest.raises(mlpviz.DocumentError, match="no such file"):
        mlpviz.read(tmp_path / "none.json")


def test_a_file_of_another_tool_says_what_was_guessed():
    path = next((MODELS / "torch_pt").glob("*.pt"))
    network = mlpviz.read(path)
    guessed = [note for note in network.notes if note.startswith("guessed activation")]
    assert guessed
    assert guessed[0] in repr(network)
    key = guessed[0].removeprefix("guessed ").split("=")[0]
    other = mlpviz.read(path, {key: "softsign"})
    assert any(layer.activation.key == "softsign" for layer in other.document.layers)
    assert other.document.layers[0].weight == network.document.layers[0].weight


def test_arrays_are_a_network():
    weights = [np.array([[1, -1], [0.5, 2]], "float32"), [[1, 1]]]
    network = mlpviz.from_arrays(weights, [np.array([0.25, 0]), None], ["relu", None], [[1, 2], [3, 1]], [1, 0])
    hidden = np.maximum(np.array([[1, 2], [3, 1]]) @ weights[0].T.astype(float) + [0.25, 0], 0)
    assert network.trace().output.tolist() == (hidden @ [[1], [1]]).tolist()
    assert network.document.loss.key == "mse"
    assert network.document.target == ((1.0,), (0.0,))


@pytest.mark.parametrize(
    ("given", "part"),
    [
        (([[[1, 2]]], [[1], [2]], "relu", [[1, 1]]), "there are 1 weights and 2 biases"),
        (([[[1, 2]]], None, ["relu", "relu"], [[1, 1]]), "there are 1 weights and 2 activations"),
        (([[[1, 2]]], None, "rellu", [[1, 1]]), "did you mean relu"),
        (([[["a", 2]]], None, "relu", [[1, 1]]), "weight 1 has something that is no number"),
        (([[[1, 2], [3]]], None, "relu", [[1, 1]]), "weight 1 has something that is no number, or rows of different"),
        (
            ([[[1, 2], [3, 4], [5, 6]], [[1], [1], [1]]], None, "relu", [[1, 1]]),
            "layers[1].weight row 1 has 1 number, expected 3",
        ),
        (([[[1, 2]]], None, "relu", [[1, 1, 1]]), "x row 1 has 3 numbers, expected 2"),
        (([[[1, 2]]], None, "relu", [[1, 1]], [1, 2]), "y has 2 targets and x has 1 samples"),
        (([[[1, 2]]], None, "relu", [[1, float("nan")]]), "NaN"),
        (([[[1, 2]]], None, "relu", []), "x has no numbers"),
        (([], None, "relu", [[1]]), "layers"),
    ],
)
def test_arrays_that_do_not_fit_are_refused_in_one_sentence(given, part):
    with pytest.raises(mlpviz.DocumentError) as refused:
        mlpviz.from_arrays(*given)
    assert part in str(refused.value)
    assert "\n" not in str(refused.value)


def test_more_samples_than_the_sheet_shows_are_cut_and_said():
    network = mlpviz.from_arrays([[[1]]], None, "relu", [[n] for n in range(70)], list(range(70)))
    assert network.document.samples == 64
    assert network.notes == ("left out: the sheet shows 64 samples, the first of 70",)


@pytest.mark.parametrize(
    ("word", "key"),
    [("svg", "sheet-svg"), ("map png", "map-png"), ("html-3", "solution-html-3"), ("Torch", "network_pytorch"),
     ("py", "network_numpy"), ("nn.Sequential", "network_sequential"), ("excel", "network_xlsx")],
)  # fmt: skip
def test_a_word_that_fits_several_formats_gives_the_first(word, key):
    assert key_named(NETWORK, word) == key


@pytest.mark.parametrize("word", ["", "pdf", 3, None])
def test_what_is_no_word_of_a_format_is_refused(word):
    with pytest.raises(mlpviz.DocumentError, match="there is no format"):
        SEVEN.to(word)


def test_the_ending_of_a_name_gives_the_first_format_in_whichever_letters(tmp_path):
    assert SEVEN.save(tmp_path / "a.SVG").read_text("utf-8") == SEVEN.to("sheet-svg")
    assert SEVEN.save(tmp_path / "a.py").read_text("utf-8") == SEVEN.to("numpy")


def test_a_link_stays_a_link_and_a_file_keeps_its_permissions(tmp_path):
    (real := tmp_path / "real.json").touch(0o640)
    (link := tmp_path / "link.json").symlink_to(real)
    SEVEN.save(link)
    assert link.is_symlink()
    assert real.stat().st_mode & 0o777 == 0o640
    assert mlpviz.read(real).document == SEVEN.document


def test_a_pipe_is_written_into_and_not_replaced(tmp_path):
    os.mkfifo(pipe := tmp_path / "pipe.json")
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    SEVEN.save(pipe)
    assert os.read(reader, 1_000_000).decode() == SEVEN.to("json")
    os.close(reader)
    assert pipe.is_fifo()


@pytest.mark.parametrize(
    ("call", "part"),
    [
        (lambda: mlpviz.from_arrays(None, None, "relu", [[1]]), "weights is a NoneType"),
        (lambda: mlpviz.from_arrays([[[1]]], 3, "relu", [[1]]), "biases is a int"),
        (lambda: mlpviz.from_arrays([[[1]]], None, np.tanh, [[1]]), "an activation is a ufunc"),
        (lambda: mlpviz.from_arrays([[[1]]], None, "relu", [[1]], y=1), "y is a single number"),
        (lambda: mlpviz.read(None), "expected the name of a file, found a NoneType"),
        (lambda: mlpviz.read("x", ["tanh"]), "answers is a list"),
        (lambda: SEVEN.save("a\0b.json"), "null character"),
    ],
)
def test_wrong_arguments_are_one_sentence(call, part):
    with pytest.raises(mlpviz.DocumentError, match=part):
        call()
