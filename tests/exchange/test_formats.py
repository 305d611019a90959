"""Every format of the registry says what it holds; a new one is found and offered without another line anywhere."""

from __future__ import annotations

import base64
import importlib
import json
import sys
from io import StringIO
from pkgutil import iter_modules
from typing import Any

import pandas as pd
import pytest

from mlpviz import cli, exchange
from mlpviz.examples.networks import PRESETS
from mlpviz.examples.trainings import TRAININGS
from mlpviz.exchange import FORMATS, key_for, open_file, save_file, savings
from mlpviz.exchange.discovery import records_in
from mlpviz.exchange.format import Format, FormatError, Opening, Saving, Subject
from mlpviz.exchange.subjects import COMPARISON, NETWORK, RESULTS, RUN, TRAINING, LiveRun
from mlpviz.network import DocumentError
from mlpviz.runs import Run
from mlpviz.sheet_page.page import SHEET
from mlpviz.train_page.page import FIRST, TRAIN
from tests.support.registry_tables import rows_of

SEVEN = PRESETS["seven_layers"].document


def saved_by_page(page: Any, event: dict[str, Any]) -> tuple[dict[str, Any], Any]:
    """The answer of a page that was just opened to one event, and its session."""
    session = page.open({})
    answer = page.handle(session, {"page": page.key, "sequence": 1, "events": [event]})
    return answer, session


@pytest.fixture(scope="module")
def run() -> Run:
    found = Run.of(FIRST.replace(epochs=2))
    found.epoch(2)
    while found.status == "running":
        found.tick()
    return found


@pytest.mark.parametrize("entry", FORMATS.values(), ids=FORMATS)
def test_every_format_says_what_it_is(entry: Format) -> None:
    assert entry.label
    assert entry.sentence.endswith(".")
    assert entry.suffix.startswith(".")
    assert "/" in entry.media_type
    assert entry.opening or entry.saving, "it can be opened or saved"


def test_each_format_stands_in_one_module_which_has_its_key_if_it_has_no_other() -> None:
    found = []
    for name in (module.name for module in iter_modules(exchange.__path__)):
        module = importlib.import_module(f"mlpviz.exchange.{name}")
        if isinstance(own := getattr(module, "FORMAT", None), Format):
            assert own.key == name
            found.append(own)
        several = getattr(module, "FORMATS", ())
        found += [each for each in several if isinstance(each, Format)] if isinstance(several, tuple) else []
    # those that lead come first, the others in the order of their modules
    assert sorted(found, key=lambda each: not each.leads) == list(FORMATS.values())


def test_a_network_comes_back() -> None:
    file = save_file(NETWORK, SEVEN, "network_json")
    assert file.name.endswith(".json")
    assert open_file(NETWORK, file.content) == open_file(NETWORK, file.content.decode()) == SEVEN


def test_a_network_without_letters_in_its_name_has_a_file_name() -> None:
    assert save_file(NETWORK, SEVEN.replace(name="?!"), "network_json").name == "network.json"


def test_the_name_of_a_file_has_letters_and_digits_only() -> None:
    name = '../a\\b "c".exe <d>'
    assert save_file(NETWORK, SEVEN.replace(name=name), "network_json").name == "a-b--c--exe--d.json"


def test_a_training_is_opened() -> None:
    setup = TRAININGS["iris_lab"].setup
    assert open_file(TRAINING, setup.to_json()) == setup


def test_a_run_comes_back_with_its_weights(run: Run) -> None:
    file = save_file(RUN, LiveRun(run), "checkpoint_safetensors")
    assert file.name == f"run-epoch-{run.progress.newest}.safetensors"
    saved = open_file(RUN, file.content)
    back = saved.restore(None)
    assert back.state(0).checkpoint.params.tobytes() == run.state(0).checkpoint.params.tobytes()
    assert saved.sentence(back) == f"epoch {run.progress.newest}. It learns on as if it had never stopped."


def test_a_comparison_is_a_table_of_its_networks() -> None:
    compared = Run.compare({str(seed): FIRST.replace(seed=seed) for seed in (1, 2)}, "seed")
    file = save_file(COMPARISON, compared, "comparison_csv")
    assert (file.name, file.media_type) == ("comparison.csv", "text/csv")
    assert pd.read_csv(StringIO(file.content.decode()))["seed"].tolist() == [1, 2]
    several = save_file(RUN, LiveRun(compared), "checkpoint_safetensors")
    assert several.name == "run-2-networks-epoch-0.safetensors"


@pytest.mark.parametrize("subject", [NETWORK, TRAINING, RUN], ids=lambda subject: subject.label)
@pytest.mark.parametrize("content", [b"", b"nonsense", b"[]", b"\xff\xfe", "\ud800"])
def test_what_is_no_file_of_ours_is_one_sentence(subject: Subject[Any, Any], content: bytes | str) -> None:
    with pytest.raises(DocumentError) as found:
        open_file(subject, content)
    assert "\n" not in str(found.value)


def test_a_format_that_is_not_there_is_one_sentence() -> None:
    with pytest.raises(FormatError, match=r"there is no format 'word' for a network, expected one of .*json, "):
        save_file(NETWORK, SEVEN, "word")
    answer, _ = saved_by_page(SHEET, {"type": "save", "format": "comparison_csv"})
    assert answer["said"]["error"].startswith("Not changed: there is no format 'comparison_csv' for a network")
    answer, _ = saved_by_page(TRAIN, {"type": "save", "format": "network_json"})
    assert answer["said"]["error"].startswith("Not done: there is no format 'network_json' for a run")


def test_a_name_of_another_ending_has_the_default_format() -> None:
    assert key_for(RESULTS, "run.json", "results_json") == key_for(RESULTS, "run.txt", "results_json") == "results_json"


THROW_AWAY = """
from mlpviz.exchange.discovery import records_in
from mlpviz.exchange.format import Format, Saving
from mlpviz.exchange.subjects import {subject}

FORMAT = Format(
    "throw_away",
    label="a number of bytes",
    sentence="It counts, and holds nothing.",
    suffix=".count",
    media_type="text/plain",
    saving=Saving({subject}, lambda value: b"12345", lambda value: "mine"),
)
"""


@pytest.fixture
def new_format(tmp_path, monkeypatch):
    """A format in one new file, found as those in the package are."""

    def make(subject: str) -> Format:
        (tmp_path / "throw_away.py").write_text(THROW_AWAY.format(subject=subject), encoding="utf-8")
        monkeypatch.setattr(exchange, "__path__", [*exchange.__path__, str(tmp_path)])
        found = {entry.key: entry for entry in records_in(exchange.__name__, "FORMAT", Format)}
        monkeypatch.setattr(FORMATS, "_entries", found)
        return found["throw_away"]

    yield make
    sys.modules.pop("mlpviz.exchange.throw_away", None)
    vars(exchange).pop("throw_away", None)


@pytest.mark.parametrize(
    ("subject", "page", "event"), [("NETWORK", SHEET, "save"), ("RUN", TRAIN, "save"), ("COMPARISON", TRAIN, "export")]
)
def test_a_new_format_in_one_file_can_be_saved_from_its_page(new_format, subject, page, event) -> None:
    entry = new_format(subject)
    assert entry.key in savings(entry.saving.subject)
    state = page.handle(page.open({}), {"events": [{"type": "resend"}]})["state"]["files"]
    menu = state if page is SHEET else state[{"save": "run", "export": "comparison"}[event]]
    assert [entry.key, entry.label, entry.sentence] in menu["save"], "the browser offers it"
    answer, _ = saved_by_page(page, {"type": event, "format": entry.key})
    assert answer["said"]["error"] is None
    assert (answer["file"]["name"], answer["file"]["type"]) == ("mine.count", "text/plain")
    assert base64.b64decode(answer["file"]["bytes"]) == b"12345"


def test_a_new_format_is_on_the_command_line_and_in_the_docs(new_format, tmp_path, capsys) -> None:
    entry = new_format("RESULTS")
    out, setup = tmp_path / "run.count", tmp_path / "setup.json"
    setup.write_text(FIRST.replace(epochs=1).to_json(), encoding="utf-8")
    assert cli.main(["train", str(setup), "--out", str(out)]) == 0
    assert out.read_bytes() == b"12345"
    capsys.readouterr()
    assert cli.main(["list", "formats", "--json"]) == 0
    assert entry.key in [found["key"] for found in json.loads(capsys.readouterr().out)]
    assert (f"`{entry.key}`", entry.label) in [row[:2] for row in rows_of(FORMATS)]


def test_a_new_format_that_is_recognised_is_opened(monkeypatch) -> None:
    opening = Opening(NETWORK, lambda _: SEVEN, 10, lambda content: content.startswith(b"SEVEN"))
    entry = Format("seven", "seven", "Always the same.", ".seven", "text/plain", opening)
    monkeypatch.setitem(FORMATS._entries, entry.key, entry)
    answer, session = saved_by_page(SHEET, {"type": "open", "text": "SEVEN"})
    assert answer["said"]["error"] is None
    assert session.document == SEVEN
    assert open_file(NETWORK, PRESETS["mazur"].document.to_json()) == PRESETS["mazur"].document


def test_a_saved_run_can_have_more_than_one_format(monkeypatch, run: Run) -> None:
    saving = Saving(RUN, lambda live: live.run.key.encode(), lambda live: "key")
    entry = Format("run_key", "key of a run", "Its key.", ".txt", "text/plain", saving=saving)
    monkeypatch.setitem(FORMATS._entries, entry.key, entry)
    assert {"checkpoint_safetensors", "run_key"} <= savings(RUN).keys()
    assert save_file(RUN, LiveRun(run), "run_key").name == "key.txt"
