import errno
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from mlpviz import cli
from mlpviz.cli import open_app
from mlpviz.examples.networks import PRESETS
from mlpviz.exchange import save_file
from mlpviz.exchange.subjects import NETWORK
from mlpviz.network import DOCUMENT_LIMITS, Document, edits
from tests.support.foreign_models import MODELS

SEVEN = PRESETS["seven_layers"].document


@pytest.fixture
def saved(tmp_path):
    path = tmp_path / "seven.json"
    path.write_text(SEVEN.to_json(1), encoding="utf-8")
    return path


def refused(capsys, *arguments):
    """The one line on standard error of a command that ends with 2."""
    try:
        code = cli.main([str(argument) for argument in arguments])
    except SystemExit as stop:
        code = stop.code
    out, error = capsys.readouterr()
    assert code == 2
    assert out == ""
    assert error.count("\n") == 1
    assert "Traceback" not in error
    return error


def test_trace_prints_every_array_of_the_pass(saved, capsys):
    assert cli.main(["trace", str(saved)]) == 0
    out, error = capsys.readouterr()
    assert error == ""
    found, trace = json.loads(out), SEVEN.trace()
    assert found["loss"] == 4.0
    assert found["output"] == [[-4.0], [-18.0]]
    assert found["grad_x"] == trace.grad_x.tolist()
    assert len(found["layers"]) == 7
    for layer, expected in zip(found["layers"], trace.layers, strict=True):
        assert set(layer) == {"z", "a", "grad_a", "grad_z", "grad_weight", "grad_bias"}
        assert layer["grad_bias"] is None
        for name in ("z", "a", "grad_a", "grad_z", "grad_weight"):
            assert layer[name] == getattr(expected, name).tolist()


def test_trace_shows_what_a_layer_has_around_its_activation(tmp_path, capsys):
    document = edits.set_skip(edits.set_dropout(edits.set_norm(SEVEN, 6, "batch_norm").document, 6, 0.5).document, 6, 1)
    path = tmp_path / "around.json"
    path.write_text(document.document.to_json(), encoding="utf-8")
    assert cli.main(["trace", str(path)]) == 0
    layers, trace = json.loads(capsys.readouterr().out)["layers"], document.document.trace()
    more = {"mean", "var", "normalised", "n", "h", "mask", "dropped", "running_mean", "running_var"}
    grads = {"grad_h", "grad_n", "grad_normalised", "grad_mean", "grad_var", "grad_gamma", "grad_beta"}
    assert set(layers[5]) == set(layers[0]) | more | grads
    for name in more | grads:
        assert layers[5][name] == getattr(trace.layers[5], name).tolist()
    assert cli.main(["check", str(path)]) == 0
    assert "∂L/∂γ of layer 6" in capsys.readouterr().out


def test_trace_shows_biases_and_probabilities(tmp_path, capsys):
    path = tmp_path / "iris.json"
    path.write_text(PRESETS["iris"].document.to_json(), encoding="utf-8")
    assert cli.main(["trace", str(path)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert np.array(found["layers"][0]["grad_bias"]).shape == (30,)
    assert np.allclose(np.sum(found["probabilities"], axis=1), 1)


@pytest.mark.parametrize("command", ["trace", "check"])
def test_an_overflow_is_explained_and_the_json_stays_valid(command, tmp_path, capsys):
    layers = [layer.model_dump() for layer in SEVEN.layers]
    layers[1]["weight"] = ((1e300,) * 5,) * 2
    path = tmp_path / "huge.json"
    path.write_text(SEVEN.replace(layers=tuple(layers), x=((1e300, 1, 1), (1, 1, 1))).to_json(), encoding="utf-8")
    assert cli.main([command, str(path)]) == 1
    out, error = capsys.readouterr()
    assert error.count("\n") == 1
    assert "Layer 2, z of unit 1, sample 1 is ∞: 1e300 · " in error
    if command == "trace":
        found = json.loads(out, parse_constant=lambda name: pytest.fail(f"{name} is not JSON"))
        assert found["layers"][1]["z"][0] == [None, None]


def test_check_prints_one_row_per_tensor(saved, capsys):
    assert cli.main(["check", str(saved)]) == 0
    out, error = capsys.readouterr()
    lines = out.splitlines()
    assert error == ""
    assert lines[0].startswith("tensor")
    assert sum(line.startswith("∂L/∂W of layer") for line in lines) == 7
    assert len({line.index("ok") for line in lines[1:-1]}) == 1, "the column is aligned"
    assert "finite differences" in lines[-1]


def test_a_check_that_disagrees_ends_with_1(saved, capsys, monkeypatch):
    from mlpviz.verify import report

    row = SimpleNamespace(name="z", shape=(1, 2), torch=None, differences=None, ok=False, note="")
    wrong = SimpleNamespace(rows=(row,), ok=False, not_finite=None, summary="z disagrees with PyTorch by 1")
    monkeypatch.setattr(report, "check", lambda trace, taken: wrong)
    assert cli.main(["check", str(saved)]) == 1
    out, error = capsys.readouterr()
    assert "WRONG" in out
    assert error == "mlpviz: z disagrees with PyTorch by 1\n"


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (b"", "is empty"),
        (b"nonsense", "not JSON: expecting value at line 1, column 1"),
        (b"\xff\xfe\x00", "not UTF-8"),
        (b"[]", "expected an object"),
        (b" " * (DOCUMENT_LIMITS.text + 5), "at most 8,000,000 are allowed"),
        (
            SEVEN.to_json().replace("[[1,1],[1,-1],", "[[1,1,1],[1,-1],").encode(),
            "layers[2].weight row 1 has 3 numbers",
        ),
        (SEVEN.to_json().replace('"version":1', '"version":7').encode(), "made by a newer mlpviz (version 7)"),
    ],
)
@pytest.mark.parametrize("command", ["trace", "check"])
def test_bad_input_is_one_line(command, content, part, tmp_path, capsys):
    path = tmp_path / "bad.json"
    path.write_bytes(content)
    assert part in refused(capsys, command, path)


def test_files_that_cannot_be_read(tmp_path, capsys):
    assert "no such file" in refused(capsys, "trace", tmp_path / "none.json")
    assert "directory" in refused(capsys, "trace", tmp_path)
    assert "null character" in refused(capsys, "trace", "a\0b")
    assert "a?b: no such file" in refused(capsys, "trace", "a\nb")
    assert "file name too long" in refused(capsys, "trace", "n" * 5000)


def test_wrong_usage_is_one_line(capsys):
    assert "required: FILE" in refused(capsys, "trace")
    help_at = "; see mlpviz --help\n"
    commands = "open, serve, site, page, trace, check, train, convert, export, exercise, grade, worksheet, list, fetch"
    listed = f"the command is 'draw', expected one of {commands}"
    assert refused(capsys, "draw", "x") == f"mlpviz: {listed}{help_at}"
    assert refused(capsys, "trian", "x") == f"mlpviz: the command is 'trian' (did you mean train?){help_at}"
    assert refused(capsys, "list", "loses") == f"mlpviz: KIND is 'loses' (did you mean losses?){help_at}"
    assert refused(capsys, "train", "x", "--sed", 1) == f"mlpviz: unknown option --sed (did you mean --seed?){help_at}"
    assert "unrecognized" in refused(capsys, "trace", "x", "y")


def test_standard_input(capsys, monkeypatch):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(SEVEN.to_json().encode())))
    assert cli.main(["trace", "-"]) == 0
    assert json.loads(capsys.readouterr().out)["loss"] == 4.0


def test_the_real_command_in_a_terminal_without_unicode(saved):
    def run(command, text):
        return subprocess.run(
            [sys.executable, "-m", "mlpviz", command, "-"],
            input=text,
            capture_output=True,
            env={"PYTHONIOENCODING": "ascii", "PYTHONPATH": ":".join(sys.path), "OMP_NUM_THREADS": "1"},
            check=False,
        )

    done = run("trace", saved.read_bytes())
    assert done.returncode == 0
    assert done.stderr == b""
    assert json.loads(done.stdout)["output"] == [[-4.0], [-18.0]]
    broken = run("trace", '{"version": "é"}'.encode())
    assert broken.returncode == 2
    assert broken.stdout == b""
    assert broken.stderr.decode("ascii").startswith("mlpviz: standard input: version is")


@pytest.mark.parametrize("name", ["torch_pt/state_dict.pt", "keras3/act_elu.keras", "torch_onnx/act_silu.onnx"])
def test_standard_input_may_be_a_file_of_another_tool(name, capsys, monkeypatch):
    path = next((MODELS / name).parent.glob(f"*{(MODELS / name).suffix}"))
    assert cli.main(["trace", str(path)]) == 0
    expected = capsys.readouterr().out
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(path.read_bytes())))
    assert cli.main(["trace", "-"]) == 0
    assert capsys.readouterr().out == expected


@pytest.mark.parametrize("kind", ["npz", "onnx", "safetensors", "xlsx"])
def test_what_was_exported_is_read_from_standard_input(kind, capsys, monkeypatch):
    content = save_file(NETWORK, SEVEN, f"network_{kind}").content
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(content)))
    assert cli.main(["trace", "-"]) == 0
    assert json.loads(capsys.readouterr().out)["loss"] == 4.0


def test_examples_are_opened_by_their_names(capsys, tmp_path, monkeypatch):
    assert cli.main(["trace", "mazur"]) == 0
    assert json.loads(capsys.readouterr().out)["loss"] == 0.2983711087600027
    assert cli.main(["export", "Seven layers", "--as", "json"]) == 0
    assert Document.parse(capsys.readouterr().out) == SEVEN
    assert open_app.completed(["seven_layers"], ("trace",)) == ["open", "seven_layers"]
    assert "and no example of this name (did you mean seven_layers?)" in refused(capsys, "check", "seven_layrs")
    assert "no such file or directory, and no example of this name; examples are " in refused(capsys, "check", "qqq")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mazur").write_bytes(b"[]")
    assert refused(capsys, "trace", "mazur") == "mlpviz: mazur: the document is a list, expected an object\n"


def test_closed_streams_and_a_full_disk_are_one_sentence(capsys, monkeypatch):
    def full(_text):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(sys, "stdin", None)
    assert refused(capsys, "trace", "-") == "mlpviz: standard input is closed\n"
    with monkeypatch.context() as patched:
        patched.setattr(sys, "stdout", None)
        assert cli.main(["list", "presets"]) == 2
    assert capsys.readouterr().err == "mlpviz: standard output is closed\n"
    with monkeypatch.context() as patched, Path(os.devnull).open("w") as device:
        patched.setattr(sys, "stdout", SimpleNamespace(write=full, flush=lambda: None, fileno=device.fileno))
        assert cli.main(["list", "presets"]) == 2
    assert capsys.readouterr().err == "mlpviz: the output cannot be written: no space left on device\n"


def test_a_number_and_a_setup_that_are_none(capsys):
    assert "--seed is 'x', expected a whole number" in refused(capsys, "train", "iris_lab", "--seed", "x")
    assert "no setup of this name; see mlpviz list setups" in refused(capsys, "train", "word" * 2000)
