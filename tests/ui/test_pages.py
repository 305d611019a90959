"""Every page runs: as it is, with a link, with a broken link, without PyTorch."""

import sys
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from mlpviz import reference, ui
from mlpviz.content.mistakes import MISTAKES
from mlpviz.content.presets import PRESETS
from mlpviz.document import to_link
from mlpviz.setup import to_link as setup_link
from mlpviz.setup.changes import with_value
from mlpviz.ui.page_files import CHECK, STEP_THROUGH, TRAIN
from mlpviz.ui.train_session import FIRST

PAGES = tuple(map(str, (STEP_THROUGH, CHECK, TRAIN)))
MAZUR = PRESETS["mazur"].document
SEVEN = PRESETS["seven_layers"].document
ROUTER = Path(ui.__file__).with_name("router.py")
SECONDS = 30


def opened(page, **query):
    """The app at this page, after one run without an exception."""
    app = AppTest.from_file(str(ROUTER), default_timeout=SECONDS)
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    if page != PAGES[0]:
        app.switch_page(page).run()
    assert not app.exception
    return app


def session_of(app):
    return app.session_state["mlpviz"]


@pytest.fixture
def no_torch(monkeypatch):
    # what Python itself does for a module that must not be found
    monkeypatch.setitem(sys.modules, "torch", None)
    assert not reference.available()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: Path(page).stem)
def test_the_page_runs(page):
    session = session_of(opened(page))
    assert session.document.to_json() == SEVEN.to_json()
    assert session.error is None


@pytest.mark.parametrize("page", PAGES, ids=lambda page: Path(page).stem)
def test_a_link_opens_its_network(page):
    session = session_of(opened(page, d=to_link(MAZUR), v="unit.3.1.z-1-1-1"))
    assert session.document.to_json() == MAZUR.to_json()
    assert session.view == "unit.3.1.z-1-1-1"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: Path(page).stem)
@pytest.mark.parametrize("link", ["garbage!!", to_link(MAZUR)[:-4], "x" * 20_000])
def test_a_broken_link_is_said_and_the_example_is_there(page, link):
    session = session_of(opened(page, d=link, v="nothing.like.a.view"))
    assert session.document.to_json() == SEVEN.to_json()
    assert session.error.startswith("The link could not be opened: ")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: Path(page).stem)
@pytest.mark.usefixtures("no_torch")
def test_the_page_runs_without_torch(page):
    assert session_of(opened(page)).document.to_json() == SEVEN.to_json()


def test_the_check_page_has_a_row_for_every_tensor():
    app = opened(PAGES[1], d=to_link(MAZUR))
    assert "NumPy = PyTorch = finite differences" in app.success[0].value
    table = app.table[0].value
    assert list(table["verdict"].unique()) == ["✓"]
    assert {"z of layer 1", "loss", "∂L/∂W of layer 2", "∂L/∂x"} <= set(table.index)


@pytest.mark.usefixtures("no_torch")
def test_the_check_page_says_that_torch_is_missing():
    app = opened(PAGES[1], d=to_link(MAZUR))
    assert app.success[0].value == "NumPy = finite differences (PyTorch is not installed)"
    assert set(app.table[0].value["PyTorch: max |Δ|"]) == {"–"}
    assert "PyTorch is not installed: not compared" in app.caption[0].value


def test_a_planted_mistake_turns_the_check_page_red_and_leaves_the_sheet():
    app = opened(PAGES[1])
    keys = [key for key, mistake in MISTAKES.items() if mistake.fits(PRESETS["seven_layers"].document.spec)]
    assert len(app.selectbox[0].options) == len(keys) + 1 > 3
    for key in keys:
        app.selectbox[0].select(key).run()
        assert not app.exception
        assert not app.success
        assert "disagrees with" in app.error[0].value
    assert session_of(app).reports is None or session_of(app).reports[1][0].ok


def test_a_training_opens_from_its_link_and_is_kept_over_pages():
    setup = with_value(FIRST, ("layers", 0, "units"), 3)
    app = opened(PAGES[2], t=setup_link(setup))
    session = app.session_state["mlpviz_train"].session
    assert session.setup == setup
    session.receive({"sequence": 1, "edits": [{"type": "step"}]})
    app.switch_page(PAGES[1]).run()
    app.switch_page(PAGES[2]).run()
    assert app.session_state["mlpviz_train"].session.data()["frame"]["step"] == 1


def test_a_broken_link_to_a_training_is_said():
    session = opened(PAGES[2], t="garbage!!").session_state["mlpviz_train"].session
    assert session.error.startswith("The link could not be opened: ")
    assert session.setup == FIRST
