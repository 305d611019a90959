"""Every block of code in README.md and docs is run, read as what it says it is, or named here with the reason."""

import io
import json
import re
import shlex
from contextlib import redirect_stderr, redirect_stdout
from importlib.util import find_spec
from itertools import chain, pairwise

import numpy as np
import pytest

from mlpviz import cli
from mlpviz.cli.listing import KINDS
from mlpviz.config import TrainingConfig, load_table, prepare
from mlpviz.examples.networks import PRESETS
from mlpviz.examples.trainings import TRAININGS
from mlpviz.exchange import savings
from mlpviz.exchange.subjects import NETWORK
from mlpviz.hosts.workers.proxies import PROXIES
from mlpviz.lessons.lesson_files import read_lesson
from mlpviz.network import Document
from mlpviz.practice.exercise import Exercise
from mlpviz.practice.submission import read_submission
from mlpviz.practice.topics import generate
from tests.support.documentation import PAGES, blocks, quoted
from tests.support.repository import ROOT

BLOCKS = blocks()
OURS = re.compile(r"^(?:\S*python -m )?mlpviz\b(?!\S)([^#\n]*)", re.MULTILINE)
SMALL = {
    "data": {"kind": "csv", "file": "FILE.csv", "target": "colour"},
    "layers": [{"units": 3, "activation": "tanh"}, {"units": None, "activation": "identity"}],
    "loss": "cross_entropy",
    "epochs": 2,
}
NOT_RUN = {
    "fetch mnist": "asks the network for 11 MB; tests of the data set fetch from a server of their own",
    "train mnist_full": "needs the MNIST files and three minutes",
    "--help": "ends Python; another test here reads it",
    "": "serves until it is stopped; tests/e2e/test_installed.py does it",
    "FILE": "serves until it is stopped; tests/e2e/test_installed.py does it",
    "open FILE --no-browser --port PORT": "serves until it is stopped; tests/e2e/test_installed.py does it",
    "serve --address 0.0.0.0": "serves until it is stopped; tests/e2e/test_workers.py does it",
    "serve --address 0.0.0.0 --workers 4": "serves until it is stopped; tests/e2e/test_workers.py does it",
    "serve --address 0.0.0.0 --workers 4 FILE": "serves until it is stopped; tests/e2e/test_workers.py does it",
    "serve --workers 2 --proxy none": "serves until it is stopped; tests/cli/test_serve.py does it",
    **dict.fromkeys(
        ("site OUT", "site public", "site public --pyodide ./pyodide"),
        "asks the network for 18 MB; the fixture `site` of tests/conftest.py writes one from a copy",
    ),
    **dict.fromkeys(
        (
            *("page FILE --out sheet.html --live", "page TASK --out task.html --live"),
            "page exercise.json --out task.html --live",
        ),
        "asks the network for 18 MB; tests/e2e/test_site.py writes one with the Python of the fixture `site`",
    ),
}
"""Commands of ours that are not run here, by their arguments."""
NOT_OURS = {
    "docker": "needs an engine for containers; tests/test_containerfile.py runs what is in it",
    "make": "a target of the Makefile: installs, serves, or runs these very tests; that it is there is tested",
    "PIP_EXTRA_INDEX_URL=https://download.pytorch.org/whl/cpu": "sets where pip looks, before a target of the Makefile",
    "MLPVIZ_WALK=20000": "a longer walk of a test that runs here with fewer moves",
    "MLPVIZ_DAMAGED=20000": "more damaged input for a test that runs here with less",
    "MLPVIZ_SLOW=4": "tests that run here too, in a browser that is slowed down",
    "pip": "installs; tests/e2e/test_installed.py does it",
    "python": "serves a folder, by a module of Python's own",
    "py": "makes a virtual environment on Windows",
    r".venv\Scripts\python": "installs on Windows; that the files it names are there is tested",
    r".venv\Scripts\streamlit": "serves on Windows",
}
"""Other commands, by their first word, and why they are not run here."""
FORMULAS = ("∂L/∂a", "promised =", "long:", "g = ∂L")
"""How blocks begin that are mathematics."""


def kind_of(block):
    """What a block is: "python", "commands", "json", "toml", "html", "arrows", "formulas", or the key of a proxy."""
    if block.language in ("python", "json", "toml", "html", *PROXIES):
        return block.language
    if block.text.startswith(FORMULAS):
        return "formulas"
    if "<-" in block.text:
        return "arrows"
    if block.text.lstrip().startswith(("{", '"')):
        return "json"
    return "commands"


def of_kind(kind):
    return [pytest.param(block, id=block.place) for block in BLOCKS if kind_of(block) == kind]


def commands():
    """The arguments of every command line of ours, in a block or in the running text, without its comment."""
    in_blocks = (block.text for block in BLOCKS if kind_of(block) == "commands")
    texts = chain(in_blocks, (text for text in chain.from_iterable(map(quoted, PAGES)) if " " in text))
    return sorted({found.strip() for text in texts for found in OURS.findall(text)})


def variants_of(arguments):
    """The arguments without their optional parts and with them, a KIND for each there is."""
    forms = {re.sub(r"\[[^]]*\]", "", arguments), re.sub(r"[][]", "", arguments)}
    kinds = savings(NETWORK) if "KIND_OF_FILE" in arguments else KINDS if "KIND" in arguments else [""]
    return [shlex.split(re.sub("KIND(_OF_FILE)?", kind, form)) for form in sorted(forms) for kind in kinds]


@pytest.fixture
def files(tmp_path, monkeypatch):
    """What the placeholders of the command lines stand for, in a folder of their own."""
    (tmp_path / "FILE").write_text(PRESETS["mazur"].document.to_json(), encoding="utf-8")
    (tmp_path / "FILE.csv").write_text(
        "width,colour\n" + "".join(f"{n},{'red' if n % 2 else 'blue'}\n" for n in range(30)), encoding="utf-8"
    )
    exercise = generate("layer", 1, 7)
    (tmp_path / "EXERCISE").write_text(json.dumps(exercise.to_json_value()), encoding="utf-8")
    (tmp_path / "SUBMISSION").write_text(
        json.dumps({"exercise": exercise.fingerprint, "answers": {"z 1 1 1": "7"}}), encoding="utf-8"
    )
    for name in ("SETUP", "SETUP.json"):
        (tmp_path / name).write_text(json.dumps(SMALL), encoding="utf-8")
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize("command", commands())
def test_a_command_line_runs(command):
    if command in NOT_RUN:
        return
    for arguments in variants_of(command):
        out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
        words = ["7" if word == "N" else word for word in arguments]
        with redirect_stdout(out), redirect_stderr(io.StringIO()):
            assert cli.main(words) == 0, arguments
        out.flush()
        assert out.buffer.getvalue(), arguments


def test_the_commands_of_the_readme_are_all_there_are():
    named = {command.split()[0] for command in commands() if command not in ("", "FILE", "--help")}
    with pytest.raises(SystemExit), redirect_stdout(io.StringIO()) as out:
        cli.main(["--help"])
    assert named == set(re.findall(r"^    (\w+)(?: |$)", out.getvalue(), re.MULTILINE))


def test_every_command_that_is_not_run_is_still_in_the_docs():
    assert NOT_RUN.keys() <= set(commands())


def test_other_commands_name_what_is_there():
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    lines = [
        line.split("#")[0].strip()
        for block in BLOCKS
        if kind_of(block) == "commands"
        for line in block.text.splitlines()
    ]
    others = [line.split() for line in lines if line and not OURS.search(line)]
    assert {line[0] for line in others} == NOT_OURS.keys()
    words = [line for line in others if "make" in line] + [
        text.split() for page in PAGES for text in quoted(page) if text.startswith("make ")
    ]
    assert {line[line.index("make") + 1] for line in words} <= targets
    for line in others:
        for before, word in pairwise(line):
            if before in ("-r", "run") and word.endswith((".txt", ".py")):
                assert (ROOT / word).exists(), line
    scripts = {
        name for page in PAGES for text in quoted(page) for name in re.findall(r"python -m ((?!mlpviz)\S+)", text)
    }
    assert scripts
    for name in scripts:
        assert find_spec(name), name


def without_remarks(text):
    """The JSON of a block without what stands behind its lines."""
    return re.sub(r"(?<=[,\]}])  +[^\s\[\]{}\"].*$", "", text, flags=re.MULTILINE).replace("[...]", "[]")


@pytest.mark.parametrize("block", of_kind("toml"))
def test_toml_is_a_lesson(block):
    lesson = read_lesson("example.toml", block.text)
    assert len(lesson.shown) == len(lesson.steps)


@pytest.mark.parametrize("block", of_kind("json"))
def test_json_is_a_document_or_a_setup_or_a_part_of_one(block):
    text = without_remarks(block.text)
    try:
        values = [json.loads(text)]
    except json.JSONDecodeError:
        values = (
            [json.loads(f"{{{text}}}")] if text.startswith('"') else [json.loads(line) for line in text.splitlines()]
        )
    for value in values:
        if "asked" in value:
            assert Exercise.parse(value).fingerprint == value["fingerprint"]
        elif "answers" in value:
            (asked,) = [block for block in BLOCKS if '"asked"' in block.text]
            assert read_submission(Exercise.parse(without_remarks(asked.text)), json.dumps(value))
        elif "x" in value and "layers" in value:
            Document.parse(value).trace()
        elif "layers" in value:
            setup = TrainingConfig.parse(value)
            assert setup in [ready.setup for ready in TRAININGS.values()]
        elif "kind" in value:
            assert samples_of(value)
        elif "start" in value:
            units = [{"units": len(layer["weight"]), "activation": "sigmoid"} for layer in value["start"]]
            points = {"kind": "points", "x": [[0, 0], [1, 1]], "values": [[0, 0], [1, 1]]}
            setup = {"version": 1, "data": points, "layers": units, "loss": "mse", **value}
            assert prepare(TrainingConfig.parse(setup | {"split": {"test": 0, "validation": 0}})).params.size == 12
        else:
            assert Document.parse(json.loads(PRESETS["mazur"].document.to_json()) | with_numbers(value))


def samples_of(source):
    """How many samples a training on this source of data has, once it is made ready."""
    is_classes = source["kind"] in ("set", "points")
    setup = TrainingConfig.parse(
        {
            "data": source,
            "layers": [{"units": 3, "activation": "tanh"}, {"units": None, "activation": "identity"}],
            "loss": "cross_entropy" if is_classes else "mse",
            "split": {"test": 0, "validation": 0},
        }
    )
    houses = "area,rooms,price\n" + "".join(f"{n},{n % 5},{n * 3}\n" for n in range(20))
    table = load_table(setup.data, houses.encode() if source["kind"] == "csv" else None)
    return prepare(setup, table).table.samples


def with_numbers(part):
    """Slots that the docs leave out as [...], filled for the network that the part is put into."""
    size = PRESETS["mazur"].document.spec.size
    state = part["optimizer_state"]
    return part | {"optimizer_state": state | {"slots": {name: np.zeros(size).tolist() for name in state["slots"]}}}


def test_the_setup_of_the_page_is_the_file_that_it_names():
    (block,) = [block for block in BLOCKS if block.page.name == "training.md" and '"version"' in block.text]
    file = "mlpviz/examples/trainings/iris_lab.json"
    assert file in quoted(block.page)
    assert json.loads(block.text) == json.loads((ROOT / file).read_text(encoding="utf-8"))


def test_python_runs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for block in (block for block in BLOCKS if kind_of(block) == "python"):
        exec(compile(block.text, block.place, "exec"), {"__name__": "__main__"})  # noqa: S102  # our own docs


def test_the_arrows_of_the_page_name_parts_that_are_there():
    (block,) = [block for block in BLOCKS if kind_of(block) == "arrows"]
    names = {name.strip() for name in re.split(r"<-|,|\n", block.text)} - {"", "the command line"}
    for name in names:
        assert any((ROOT / place).exists() for place in (name, f"mlpviz/{name}", f"mlpviz/{name}.py")), name
