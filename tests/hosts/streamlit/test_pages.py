"""Every page runs: as it is, with a link, with a broken link, without PyTorch."""

import sys
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from mlpviz.config.edits import with_value
from mlpviz.examples.networks import PRESETS
from mlpviz.hosts.pages import PAGES
from mlpviz.hosts.streamlit import menu
from mlpviz.hosts.streamlit.menu import MENU
from mlpviz.practice.mistakes import MISTAKES
from mlpviz.sheet_page.page import SHEET
from mlpviz.train_page.page import FIRST, TRAIN
from mlpviz.verify import torch_reference

MAZUR = PRESETS["mazur"].document
SEVEN = PRESETS["seven_layers"].document
ROUTER = Path(menu.__file__).with_name("router.py")
SECONDS = 30


def opened(page, **query):
    """The app at this page, after one run without an exception."""
    app = AppTest.from_file(str(ROUTER), default_timeout=SECONDS)
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    if page != "sheet":
        app.switch_page(str(MENU[page].script)).run()
    assert not app.exception
    return app


def session_of(app, page="sheet"):
    return app.session_state["mlpviz"].visitor.sessions[page]


def checked(app, *events):
    """The Check page after these events."""
    return app.session_state["mlpviz"].visitor.handle({"page": "check", "events": list(events)})["state"]


def test_every_page_has_a_script():
    assert list(MENU) == list(PAGES)
    assert all(entry.script.is_file() for entry in MENU.values())


@pytest.fixture
def no_torch(monkeypatch):
    # what Python itself does for a module that must not be found
    monkeypatch.setitem(sys.modules, "torch", None)
    assert not torch_reference.available()


@pytest.mark.parametrize("page", PAGES)
def test_the_page_runs(page):
    session = session_of(opened(page))
    assert session.document.to_json() == SEVEN.to_json()
    assert session.said.error is None


@pytest.mark.parametrize("page", PAGES)
def test_a_link_opens_its_network(page):
    session = session_of(opened(page, d=MAZUR.to_link(), v="unit.3.1.z-1-1-1"))
    assert session.document.to_json() == MAZUR.to_json()
    assert session.view == "unit.3.1.z-1-1-1"


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("link", ["garbage!!", MAZUR.to_link()[:-4], "x" * 20_000])
def test_a_broken_link_is_said_and_the_example_is_there(page, link):
    session = session_of(opened(page, d=link, v="nothing.like.a.view"))
    assert session.document.to_json() == SEVEN.to_json()
    assert session.said.error.startswith("The link could not be opened: ")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.usefixtures("no_torch")
def test_the_page_runs_without_torch(page):
    assert session_of(opened(page)).document.to_json() == SEVEN.to_json()


def test_the_check_page_has_a_row_for_every_tensor():
    state = checked(opened("check", d=MAZUR.to_link()))
    assert "NumPy = PyTorch = finite differences" in state["summary"]
    assert {row["verdict"] for row in state["rows"]} == {"✓"}
    assert {"z of layer 1", "loss", "∂L/∂W of layer 2", "∂L/∂x"} <= {row["tensor"] for row in state["rows"]}


@pytest.mark.usefixtures("no_torch")
def test_the_check_page_says_that_torch_is_missing():
    state = checked(opened("check", d=MAZUR.to_link()))
    assert state["summary"] == "NumPy = finite differences (PyTorch is not installed)"
    assert {row["torch"] for row in state["rows"]} == {"–"}
    assert "PyTorch is not installed: not compared" in state["caption"]


def test_a_planted_mistake_turns_the_check_page_red_and_leaves_the_sheet():
    app = opened("check")
    keys = [key for key, mistake in MISTAKES.items() if mistake.fits(PRESETS["seven_layers"].document.spec)]
    assert [key for key, _ in checked(app)["mistakes"]] == keys
    assert len(keys) > 2
    for key in keys:
        state = checked(app, {"type": "plant", "key": key})
        assert not state["ok"]
        assert "disagrees with" in state["summary"]
    assert SHEET.handle(session_of(app), {"events": [{"type": "check"}]})["proof"]["status"] == "ok"


def test_a_training_opens_from_its_link_and_is_kept_over_pages():
    setup = with_value(FIRST, ("layers", 0, "units"), 3)
    app = opened("train", t=setup.to_link())
    session = session_of(app, "train")
    assert session.config == setup
    TRAIN.handle(session, {"sequence": 1, "events": [{"type": "step"}]})
    for page in ("check", "train"):
        app.switch_page(str(MENU[page].script)).run()
    answer = TRAIN.handle(session_of(app, "train"), {})
    assert answer["state"]["frame"]["step"] == 1


def test_a_broken_link_to_a_training_is_said():
    session = session_of(opened("train", t="garbage!!"), "train")
    assert session.said.error.startswith("The link could not be opened: ")
    assert session.config == FIRST


def test_a_batch_goes_to_the_sheet_and_its_weights_come_back():
    app = opened("train")
    visitor = app.session_state["mlpviz"].visitor
    before = visitor.sessions["train"].run.state(0).checkpoint
    answer = visitor.handle({"page": "train", "sequence": 1, "events": [{"type": "to_sheet"}]})
    assert answer["go"] == "sheet"
    app.switch_page(str(MENU["sheet"].script)).run()
    assert "From the training at epoch 0" in session_of(app).said.notice
    assert visitor.visit("sheet", {})["state"]["opened_from"] == "training, epoch 0, step 0"
    back = visitor.handle({"page": "sheet", "sequence": 1, "events": [{"type": "take_weights_back"}]})
    assert back["go"] == "train"
    app.switch_page(str(MENU["train"].script)).run()
    assert not app.exception
    assert "nothing has changed" in session_of(app, "train").said.notice
    assert session_of(app, "train").run.state(0).checkpoint.epoch == before.epoch


@pytest.mark.parametrize(
    ("page", "settings", "key", "value", "figure"),
    [
        ("functions", "functions~f~tanh~z~2", "z", 2.0, "value"),
        ("bits", "bits~format~e4m3~optimizer~adam", "optimizer", "adam", "updates"),
        ("gradient_flow", "gradient_flow~depth~3~width~4", "depth", 3, "map"),
        ("landscape", "landscape~f~beale~step~7", "step", 7, "above"),
    ],
)
def test_a_page_of_pictures_opens_with_its_settings_and_starts_over(page, settings, key, value, figure):
    app = opened(page, s=settings, d=MAZUR.to_link())
    session = session_of(app, page)
    assert (session.values[key], session.said.error) == (value, None)
    assert session.made().figures[figure].text
    visitor = app.session_state["mlpviz"].visitor
    answer = visitor.handle({"page": page, "sequence": 1, "events": [{"type": "reset"}]})
    assert answer["address"]["s"] == page
    app.run()
    assert not app.exception
    assert session.values[key] == session.setting(key).default != value


def test_the_network_of_the_sheet_stays_in_the_address_of_the_other_pages():
    app = opened("train", d=MAZUR.to_link(), v="layer.3.1")
    visitor = app.session_state["mlpviz"].visitor
    for page in ("train", "check"):
        address = visitor.visit(page, {})["address"]
        assert (address["d"], address["v"]) == (MAZUR.to_link(), "layer.3.1")
    assert "v" not in visitor.visit("sheet", {})["address"]
