"""Files of the training page: data, runs and results come and go in pieces, and a bad one leaves the run."""

import io

import numpy as np
import openpyxl
import pytest

from mlpviz.config import TrainingConfig, prepare
from mlpviz.runs.results_json import CurvePoint, ResultsFile, TrainedFold
from mlpviz.train_page.page import FIRST
from mlpviz.train_page.result_actions import KEPT
from mlpviz.train_page.session import TrainSession
from tests.support.train_sessions import saved_file, send, send_file, upload

ROWS = "height,weight,kind\n" + "".join(f"{i},{i * i % 7},{'ab'[i % 2]}\n" for i in range(40))


def test_a_csv_file_is_opened_and_its_columns_chosen(one):
    data = upload(one, ROWS)
    assert data["error"] is None
    assert one.table.feature_names == ("height", "weight")
    assert one.table.class_names == ("a", "b")
    assert TrainingConfig.from_link(data["link"]).data == one.config.data
    send(one, {"type": "set", "path": ["data", "target"], "value": "weight"})
    assert "column 'kind' is 'a', expected a number" in one.said.error
    send(one, {"type": "set", "path": ["upload", "features"], "value": "height"})
    assert one.said.error is None
    assert one.table.feature_names == ("height",)
    assert one.config.loss.key == "cross_entropy"  # few whole numbers are classes
    send(one, {"type": "set", "path": ["data", "task"], "value": "values"})
    assert (one.said.error, one.table.task) == (None, "values")


def test_a_table_that_no_link_holds_is_kept_with_its_settings_and_a_large_run_is_not(one):
    rows = ROWS + "".join(f"{i},{i * i % 7},{'ab'[i % 2]}\n" for i in range(1000))
    assert upload(one, rows)["error"] is None
    assert one.config.data.content is None
    send(one, {"type": "set", "path": ["layers", 0, "units"], "value": 3})
    assert one.said.error is None
    kept = saved_file(one, send(one, {"type": "keep_run"}))
    other = TrainSession.of(FIRST)
    data = send_file(other, "kept", kept, "run.safetensors")
    assert data["error"] is None
    assert data["notice"] == "Your data and settings are back as this tab kept them."
    assert (other.config, other.content) == (one.config, one.content)
    one.content = bytes(KEPT)
    assert send(one, {"type": "keep_run"})["file"] is None


def workbook(*names):
    book = openpyxl.Workbook()
    book.active.title = names[0]
    for row in ROWS.splitlines():
        book.active.append([int(cell) if cell.isdigit() else cell for cell in row.split(",")])
    for name in names[1:]:
        book.create_sheet(name)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_workbook_is_opened_like_a_csv_file(one):
    data = upload(one, workbook("People", "Empty"))
    assert data["error"] is None
    assert data["notice"].endswith("40 samples, 2 features. Read from the sheet People, number 1 of 2.")
    assert one.table.feature_names == ("height", "weight")
    assert one.config.data.content == ROWS
    assert TrainingConfig.from_link(data["link"]).data == one.config.data
    send(one, {"type": "set", "path": ["data", "features"], "value": "height"})
    assert (one.said.error, one.table.feature_names) == (None, ("height",))


def test_the_other_sheets_are_offered_one_after_the_other(one):
    book = openpyxl.load_workbook(io.BytesIO(workbook("People", "Notes")))
    for row in ROWS.splitlines()[:21]:
        book["Notes"].append([int(cell) if cell.isdigit() else cell for cell in row.split(",")])
    out = io.BytesIO()
    book.save(out)
    data = upload(one, out.getvalue())
    assert one.said.offer.label == "Read the sheet Notes"
    send(one, {"type": "accept"})
    assert (one.said.error, one.table.x.shape) == (None, (20, 2))
    assert one.said.notice.endswith("Read from the sheet Notes, number 2 of 2.")
    assert one.said.offer.label == "Read the sheet People"
    send(one, {"type": "read_sheet", "sheet": "Other"})
    assert one.said.error.endswith("there is no sheet 'Other', expected one of People, Notes")
    assert one.table.x.shape == (20, 2)
    upload(one, workbook("People"))
    send(one, {"type": "read_sheet", "sheet": "Notes"})
    assert "there is no workbook with several sheets" in one.said.error
    assert data["error"] is None


def test_after_a_sheet_that_is_no_table_the_next_is_offered(one):
    book = openpyxl.load_workbook(io.BytesIO(workbook("Notes", "Data")))
    book.move_sheet("Data", -1)
    book["Data"].append(["only text"])
    out = io.BytesIO()
    book.save(out)
    assert upload(one, out.getvalue())["error"]
    assert one.said.offer.label == "Read the sheet Notes"


def test_a_damaged_workbook_is_one_sentence_and_the_run_stays(one):
    before = one.run.key
    data = upload(one, workbook("People")[:-40])
    assert data["error"].endswith("the workbook is damaged: it is no zip archive")
    assert one.run.key == before


def test_a_large_csv_file_stays_out_of_the_link(one):
    data = upload(one, "a,b,c\n" + "".join(f"{i % 17},{i % 13},{'xy'[i % 2]}\n" for i in range(3000)))
    assert data["error"] is None
    assert one.config.data.content is None
    send(one, {"type": "set", "path": ["data", "features"], "value": "b"})
    assert one.said.error is None
    assert (one.table.samples, one.table.feature_names) == (3000, ("b",))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (ROWS + "50,,a\n", ("line 42", "weight")),
        ("x,y\n1,\xff\n".encode("latin-1"), ("UTF-8",)),
        ("x,x\n1,2\n", ("x",)),
        ("x,kind\n" + "1,a\n" * 20, ("class",)),
        (ROWS.replace("7,0,b", "tall,0,b"), ("height",)),
        ("", ("empty",)),
    ],
)
def test_a_bad_csv_file_is_said_with_its_place_and_the_run_stays(one, text, words):
    send(one, {"type": "step"})
    before = one.run.key
    data = upload(one, text)
    assert data["error"].startswith("Not done: data: ")
    assert all(word in data["error"] for word in words), data["error"]
    assert (one.run.key, data["frame"]["step"]) == (before, 1)


def test_a_refused_file_can_be_read_in_another_way(one):
    data = upload(one, ROWS + "50,,a\n")
    group = next(item for item in data["settings"][0]["items"] if item.get("path") == ["upload"])
    assert "own.csv could not be opened" in group["text"]
    data = send(one, {"type": "set", "path": ["upload", "missing"], "value": "drop"})
    assert data["error"] is None
    assert one.table.samples == 40
    assert all(item.get("path") != ["upload"] for item in data["settings"][0]["items"])


def test_a_run_is_saved_with_its_changed_hyperparameters_and_opened(one, monkeypatch):
    monkeypatch.setattr("mlpviz.app.transfer.PIECE", 1000)
    send(one, {"type": "epochs", "count": 2}, {"type": "tick"}, {"type": "pause"})
    send(one, {"type": "set", "path": ["optimizer", "learning_rate"], "value": 0.25})
    content = saved_file(one, send(one, {"type": "save"}))
    other = TrainSession.of(FIRST)
    data = send_file(other, "run", content, "mine.safetensors")
    assert data["error"] is None
    assert "as if it had never stopped" in data["notice"]
    assert data["frame"]["hyperparameters"]["learning_rate"] == 0.25
    assert other.config == one.config
    for session in (one, other):
        send(session, {"type": "step"}, {"type": "step"})
    assert np.array_equal(other.run.state(0).checkpoint.params, one.run.state(0).checkpoint.params)
    before = other.run.key
    assert send_file(other, "run", content[:-20], "mine.safetensors")["error"].startswith("Not done: ")
    assert other.run.key == before


def test_a_comparison_is_saved_and_opened(one):
    send(one, {"type": "set", "path": ["comparison", "values"], "value": "0.01, 0.1"}, {"type": "compare"})
    content = saved_file(one, send(one, {"type": "tick"}, {"type": "pause"}, {"type": "save"}))
    other = TrainSession.of(FIRST)
    data = send_file(other, "run", content, "mine.safetensors")
    assert [lane["label"] for lane in data["frame"]["lanes"]] == ["0.01", "0.1"]
    assert "2 networks" in data["notice"]
    assert other.run.state(1).checkpoint.epoch == one.run.state(1).checkpoint.epoch


def test_a_run_of_the_command_line_opens_and_says_what_it_lacks(one):
    built = prepare(FIRST.replace(epochs=3))
    snapshots = list(built.run())
    points = [CurvePoint.of(snapshot) for snapshot in snapshots]
    folds = [TrainedFold.of(built.spec, points, snapshots[-1], "all epochs done")]
    data = send_file(one, "run", ResultsFile.of(built, folds).to_json().encode(), "old.json")
    assert "not what the optimizer remembers" in data["notice"]
    assert np.array_equal(one.run.state(0).checkpoint.params, snapshots[-1].params)


def test_a_file_with_its_csv_opens_where_that_is_not(one):
    rows = "a,b,c\n" + "".join(f"{i % 17},{i % 13},{'xy'[i % 2]}\n" for i in range(3000))
    upload(one, rows)
    content = saved_file(one, send(one, {"type": "save"}))
    other = TrainSession.of(FIRST)
    assert send_file(other, "run", content, "mine.safetensors")["error"] is None
    assert other.table.samples == 3000
    send(other, {"type": "set", "path": ["data", "features"], "value": "b"})
    assert (other.said.error, other.table.feature_names) == (None, ("b",))


@pytest.mark.parametrize(("purpose", "size"), [("csv", 200_000_000), ("run", 10**12)])
def test_a_file_that_is_too_large_is_refused_at_its_first_piece(one, purpose, size):
    before = one.run.key
    event = {"type": "upload_piece", "purpose": purpose, "name": "huge", "size": size, "at": 0, "bytes": "MTIz"}
    data = send(one, event)
    assert "huge has " in data["error"]
    assert " MB can be opened; nothing was read" in data["error"]
    assert (one.files.upload, data["arrived"], one.run.key) == (None, None, before)


@pytest.mark.parametrize(
    "change",
    [{"at": 3}, {"name": "other"}, {"bytes": ""}, {"bytes": "MTIzNDU2Nzg5MA=="}, {"bytes": "MTIzN"}, {"bytes": "µ"}],
)
def test_a_piece_that_does_not_follow_is_refused_and_what_came_is_dropped(one, change):
    event = {"type": "upload_piece", "purpose": "csv", "name": "a.csv", "size": 9, "at": 0, "bytes": "MTIzNDU2"}
    assert send(one, event)["arrived"] == 6
    data = send(one, {**event, "at": 6, **change})
    assert "did not arrive whole" in data["error"]
    assert one.files.upload is None


def test_a_run_that_was_learning_learns_on_where_the_tab_gives_it_back(one):
    kept = saved_file(one, send(one, {"type": "keep_run"}))
    other = TrainSession.of(FIRST)
    data = send_file(other, "kept_playing", kept, "run.safetensors")
    assert (data["error"], data["frame"]["status"]) == (None, "running")
    assert data["notice"] == "Your data and settings are back as this tab kept them."
