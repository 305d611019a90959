import csv
import json
import math
import os
import signal
import subprocess
import sys

import numpy as np
import openpyxl
import pytest

from mlpviz import cli
from mlpviz.cli.listing import KINDS
from mlpviz.config import TrainingConfig, prepare
from mlpviz.engine import loss_value
from mlpviz.engine.optimizers import OPTIMIZERS
from mlpviz.exchange import open_file
from mlpviz.exchange.subjects import RUN
from mlpviz.runs.results_json import ResultsFile

SMALL = {
    "data": {"kind": "set", "set": {"key": "moons", "samples": 60}},
    "layers": [{"units": 4, "activation": "tanh"}, {"units": None, "activation": "identity"}],
    "loss": "cross_entropy",
    "epochs": 3,
}
COLOURS = "width,height,colour\n" + "".join(f"{n},{n * n % 7},{'red' if n % 2 else 'blue'}\n" for n in range(40))
TABLE = {"kind": "csv", "file": "colours.csv", "target": "colour"}


@pytest.fixture
def saved(tmp_path):
    def save(**changes):
        path = tmp_path / "setup.json"
        path.write_text(json.dumps(SMALL | changes), encoding="utf-8")
        return str(path)

    return save


def run(capsys, *arguments):
    """Exit code, the lines of standard output as JSON, standard error."""
    try:
        code = cli.main([str(argument) for argument in arguments])
    except SystemExit as stop:
        code = stop.code
    out, error = capsys.readouterr()
    return code, [json.loads(line) for line in out.splitlines()], error


def refused(capsys, *arguments):
    code, lines, error = run(capsys, *arguments)
    assert (code, lines) == (2, [])
    assert error.count("\n") == 1
    return error


def test_training_prints_a_line_per_epoch_and_the_end(saved, capsys):
    code, lines, error = run(capsys, "train", saved())
    assert code == 0
    *epochs, final = lines
    assert [line["epoch"] for line in epochs] == [1, 2, 3]
    assert set(epochs[0]) == {"epoch", "step", "loss", "learning_rate", "train", "validation"}
    assert set(epochs[0]["train"]) == {"loss", "accuracy"}
    assert final["final"] is True
    assert final["stopped"] == "all epochs done"
    assert np.sum(final["confusion"]) == 12
    right = np.trace(final["confusion"]) / 12
    assert final["test"]["accuracy"] == pytest.approx(right)
    assert "100%" in error
    # the same numbers as the engine's own
    *_, last = prepare(TrainingConfig.parse(SMALL)).run()
    assert final["validation"]["loss"] == float(last.validation.loss)


def test_a_run_is_written_and_read_back_and_the_seed_decides(saved, capsys, tmp_path):
    one, two, other = (tmp_path / f"{name}.json" for name in ("one", "two", "other"))
    for path, seed in ((one, 5), (two, 5), (other, 6)):
        assert run(capsys, "train", saved(), "--seed", seed, "--out", path)[0] == 0
    assert one.read_bytes() == two.read_bytes()
    first, second = ResultsFile.parse(one.read_bytes()), ResultsFile.parse(other.read_bytes())
    assert (first.setup.seed, second.setup.seed) == (5, 6)
    assert not np.array_equal(first.params()[0], second.params()[0])
    assert len(first.folds[0].curves) == 4
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.json", "other.json", "setup.json", "two.json"]


def test_a_csv_file_is_found_beside_the_setup_or_given(saved, capsys, tmp_path):
    (tmp_path / "colours.csv").write_text(COLOURS, encoding="utf-8")
    out = tmp_path / "run.json"
    code, lines, _ = run(capsys, "train", saved(data=TABLE), "--out", out)
    assert code == 0
    assert lines[-1]["classes"] == ["blue", "red"]
    # the file holds its data, so that it can be opened elsewhere
    assert prepare(ResultsFile.parse(out.read_bytes()).setup).table.samples == 40
    other = tmp_path / "other.csv"
    other.write_text(COLOURS.replace("red", "green"), encoding="utf-8")
    assert run(capsys, "train", saved(data=TABLE), "--data", other)[1][-1]["classes"] == ["blue", "green"]
    assert run(capsys, "train", saved(), "--data", other)[1][-1]["classes"] == ["blue", "green"]


def test_folds_are_trained_one_after_the_other(saved, capsys, tmp_path):
    out = tmp_path / "run.json"
    code, lines, error = run(capsys, "train", saved(split={"folds": 3}), "--out", out)
    assert code == 0
    assert [line["fold"] for line in lines if "final" in line] == [1, 2, 3]
    scores = [line["validation"]["accuracy"] for line in lines if "final" in line]
    assert lines[-1]["accuracy"] == {"mean": pytest.approx(np.mean(scores)), "std": pytest.approx(np.std(scores))}
    assert "fold 3/3" in error
    assert len(ResultsFile.parse(out.read_bytes()).folds) == 3


def test_values_have_r2_and_no_confusion(saved, capsys):
    code, lines, _ = run(capsys, "train", saved(data={"kind": "set", "set": "diabetes"}, loss="mse"))
    assert code == 0
    assert set(lines[-1]["test"]) == {"loss", "r2"}
    assert "confusion" not in lines[-1]


def test_a_number_that_is_not_finite_ends_with_1_and_the_run_is_kept(saved, capsys, tmp_path):
    out = tmp_path / "run.json"
    wild = {"key": "sgd", "learning_rate": 1e200}
    code, lines, error = run(capsys, "train", saved(optimizer=wild, loss="mse", epochs=50), "--out", out)
    assert code == 1
    assert "is not finite" in lines[-1]["stopped"]
    assert error.splitlines()[-1].startswith("mlpviz: Training stopped in step")
    assert np.isfinite(ResultsFile.parse(out.read_bytes()).params()[0]).all()


def test_a_constant_feature_is_a_note(saved, capsys):
    text = "a,b,c\n" + "".join(f"{n},7,{'red' if n % 2 else 'blue'}\n" for n in range(20))
    code, _, error = run(capsys, "train", saved(data={"kind": "csv", "content": text}, scaling="standard"))
    assert code == 0
    assert error.startswith("mlpviz: b has the same value in every training row")


def test_the_penalty_is_part_of_the_loss_and_shown_alone(saved, capsys, tmp_path):
    out = tmp_path / "run.json"
    wild = {"key": "l2", "strength": 0.5}
    code, lines, _ = run(capsys, "train", saved(penalty=wild), "--out", out)
    assert code == 0
    built = prepare(TrainingConfig.parse(SMALL | {"penalty": wild}))
    snapshots = list(built.run())
    for line, snapshot in zip(lines, snapshots[1:], strict=False):
        weights = np.concatenate([snapshot.params[slot.weight] for slot in built.spec.slots])
        assert line["penalty"] == pytest.approx(0.25 * float(weights @ weights))
        assert line["train"]["loss"] == float(snapshot.train.loss)
        bare, _, _ = loss_value(built.spec, snapshot.params, *built.sets.train)
        assert line["train"]["loss"] - line["penalty"] == pytest.approx(float(bare))
    assert lines[-1]["penalty"] == lines[-2]["penalty"]
    assert ResultsFile.parse(out.read_bytes()).folds[0].curves[-1].penalty == lines[-1]["penalty"]


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_early_stopping_says_why_and_ends_with_0(saved, capsys, dtype):
    stopping = {"patience": 1, "min_change": 100}
    code, lines, _ = run(capsys, "train", saved(stopping=stopping, dtype=dtype, epochs=50))
    assert code == 0
    assert lines[-1]["stopped"] == "no progress for 2 epochs; the best was epoch 1"
    assert [line["epoch"] for line in lines[:-1]] == [1, 2, 3]


def points(n, **more):
    return {"kind": "points", "x": [[i, i * i] for i in range(n)], "classes": [i % 2 for i in range(n)]} | more


BATCH_NORM = [{"units": 4, "activation": "tanh", "norm": "batch_norm"}, {"units": None, "activation": "identity"}]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"optimizer": {"key": "adam", "beta1": 1}}, "optimizer.beta1 is 1, expected a number from 0 below 1"),
        ({"data": points(4, x=[[0, 1], [2], [3, 4], [5, 6]])}, "data.x row 2 has 1 number, expected 2 like the first"),
        ({"data": points(4, classes=[0, 1, 0, -1])}, "data.classes row 4 is -1, expected at least 0"),
        ({"layers": [{"units": 3, "activation": "identity"}]}, "layers[0].units is 3, expected 2: the data have 2"),
        ({"layers": BATCH_NORM, "batch_size": 1}, "batch_size is 1, expected at least 2 for the batch norm of"),
        ({"layers": BATCH_NORM, "batch_size": 7}, "36 training samples leave a last batch of 1, too few for the"),
        ({"split": {"test": 0.99}}, "split: a test share of 0.99 of 60 samples leaves none for training"),
        ({"split": {"validation": 0}, "stopping": {}}, "stopping.watch is validation, expected train with a split."),
        ({"split": {"folds": 49}}, "split.folds is 49, expected at most 48, the samples to learn from"),
        ({"data": points(4, x=[[0, 1], [2, math.nan], [3, 4], [5, 6]])}, "data.x row 2 column 2 is NaN, expected"),
        (
            {"data": {"kind": "csv", "content": "a,b\n1,x\nnan,y\n"}},
            "data: line 3, column 'a' is empty, expected a value (rows with gaps can be left out: missing = drop)",
        ),
        ({"data": {"kind": "csv", "content": "a,b\n1,x\n2,x\n"}}, "data: column 'b' holds one class only, 'x'"),
    ],
)
def test_what_cannot_be_trained_is_one_sentence_with_field_and_allowed_values(saved, capsys, changes, sentence):
    assert sentence in refused(capsys, "train", saved(**changes))


def test_a_sheet_of_a_workbook_is_chosen(saved, capsys, tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["only a note"])
    more = book.create_sheet("More")
    for row in csv.reader(COLOURS.splitlines()):
        more.append(row)
    path = tmp_path / "colours.xlsx"
    book.save(path)
    arguments = ("train", saved(data=TABLE), "--data", path)
    assert run(capsys, *arguments, "--sheet", "More")[0] == 0
    assert "expected one of Sheet, More" in refused(capsys, *arguments, "--sheet", "Less")
    assert "is no workbook" in refused(capsys, "train", "iris_lab", "--data", saved(), "--sheet", "More")


def test_bad_input_is_one_line(saved, capsys, tmp_path):
    assert "no such file" in refused(capsys, "train", tmp_path / "none.json")
    said = "iris_lb: no such file, and no setup of this name (did you mean iris_lab?); see mlpviz list setups"
    assert refused(capsys, "train", "iris_lb") == f"mlpviz: {said}\n"
    assert "epochs is -1, expected at least 0" in refused(capsys, "train", saved(epochs=-1))
    assert "seed is -1, expected at least 0" in refused(capsys, "train", saved(), "--seed", "-1")
    assert "--seed is 'x', expected a whole number" in refused(capsys, "train", saved(), "--seed", "x")
    assert "colours.csv: no such file" in refused(capsys, "train", saved(data=TABLE))
    assert "expected a folder that exists" in refused(capsys, "train", saved(), "--out", tmp_path / "no" / "run.json")
    assert "is a directory" in refused(capsys, "train", saved(), "--out", tmp_path)
    wrong = tmp_path / "wrong.csv"
    wrong.write_bytes(b"a,b\n1,caf\xe9\n")
    assert "data: line 2 is not UTF-8 text" in refused(capsys, "train", saved(), "--data", wrong)
    wrong.write_bytes(COLOURS.replace("3,2,", "3,two,").encode())
    assert "line 5, column 'height' is 'two', expected a number" in refused(capsys, "train", saved(), "--data", wrong)


def test_ctrl_c_stops_cleanly_and_keeps_what_was_learned(saved, tmp_path):
    out = tmp_path / "run.json"
    process = subprocess.Popen(
        [sys.executable, "-m", "mlpviz", "train", saved(epochs=100_000), "--out", str(out)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={"PYTHONPATH": os.pathsep.join(sys.path), "OMP_NUM_THREADS": "1"},
        # what runs in the background of a shell ignores Ctrl-C, and so would its children
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )  # fmt: skip
    for _ in range(5):
        process.stdout.readline()
    process.send_signal(signal.SIGINT)
    rest, error = process.communicate(timeout=60)
    assert process.returncode == 130
    final = json.loads(rest.splitlines()[-1])
    assert final["final"] is True
    assert final["stopped"].startswith("stopped by Ctrl-C after epoch")
    assert "Traceback" not in error
    kept = ResultsFile.parse(out.read_bytes())
    assert kept.folds[0].curves[-1].epoch == final["epoch"] >= 5


def test_a_ready_setup_is_named_by_its_key(capsys):
    code, lines, _ = run(capsys, "train", "iris_lab")
    assert code == 0
    assert len(lines) == 26


@pytest.mark.parametrize("kind", KINDS)
def test_every_registry_is_listed(kind, capsys):
    assert cli.main(["list", kind]) == 0
    text = capsys.readouterr().out
    assert cli.main(["list", kind, "--json"]) == 0
    entries = json.loads(capsys.readouterr().out)
    assert [entry["key"] for entry in entries] == list(KINDS[kind])
    for entry in entries:
        assert entry["label"]
        assert entry["sentence"]
        assert f"\n{entry['key']} " in f"\n{text}"
        for hyperparameter in entry["knobs"]:
            assert f"    {hyperparameter['name']} = " in text
            assert f"{hyperparameter['allowed']}. {hyperparameter['sentence']}" in text


def test_the_optimizers_say_whether_their_weight_decay_is_coupled(capsys):
    assert cli.main(["list", "optimizers"]) == 0
    text = capsys.readouterr().out
    decays = [line for line in text.splitlines() if line.strip().startswith("weight_decay =")]
    has_decay = [each for entry in OPTIMIZERS.values() for each in entry.hyperparameters if each.name == "weight_decay"]
    assert len(decays) == len(has_decay) == len(OPTIMIZERS) - 2  # Rprop and L-BFGS have none
    decoupled = [each for each in has_decay if "Decoupled" in each.sentence]
    assert sum(". Decoupled" in line for line in decays) == len(decoupled) > 1
    assert all(". Coupled" in line or ". Decoupled" in line for line in decays)


def test_an_unknown_kind_is_one_line(capsys):
    assert "mlpviz: KIND is 'things', expected one of activations, losses" in refused(capsys, "list", "things")


def test_fetch_shows_progress_and_says_when_it_is_offline(capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))

    def offline(*_, **__):
        raise OSError("no network")

    monkeypatch.setattr("sklearn.datasets.fetch_openml", offline)
    code = cli.main(["fetch", "mnist"])
    out, error = capsys.readouterr()
    assert (code, out) == (2, "")
    assert "mlpviz: MNIST could not be fetched (OSError). MNIST is not on this computer" in error


@pytest.mark.parametrize("more", [{}, {"split": {"folds": 3}}, {"optimizer": "adam"}, {"data": TABLE}])
def test_a_run_as_safetensors_learns_on_as_if_it_had_never_stopped(saved, capsys, tmp_path, more):
    (tmp_path / "colours.csv").write_text(COLOURS, encoding="utf-8")
    out = tmp_path / "run.safetensors"
    assert run(capsys, "train", saved(epochs=2, **more), "--out", out)[0] == 0
    file = open_file(RUN, out.read_bytes())
    restored = file.restore(None)
    assert "learns on as if it had never stopped" in file.sentence(restored)
    restored.epoch(2)
    while restored.status == "running":
        restored.tick()
    built = prepare(file.configs[0].replace(epochs=4))
    for member in range(len(restored.members)):
        *_, last = built.run(fold=member)
        found = restored.state(member).checkpoint
        assert found.epoch == last.epoch == 4
        assert found.params.tobytes() == last.params.tobytes()
        assert len(restored.state(member).curve(0)[0]) == 5


def test_a_cross_validation_that_ended_early_is_kept_as_json(saved, capsys, tmp_path):
    wild = {"key": "sgd", "learning_rate": 1e200}
    out = tmp_path / "run.safetensors"
    setup = saved(split={"folds": 3}, optimizer=wild, loss="mse", epochs=50)
    code, _, error = run(capsys, "train", setup, "--out", out)
    assert code == 1
    assert "1 fold of 3 were trained, and a run as safetensors has all of them; written to" in error
    assert not out.exists()
    assert len(ResultsFile.parse((tmp_path / "run.safetensors.json").read_bytes()).folds) == 1
