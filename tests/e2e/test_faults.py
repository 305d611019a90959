"""Lines that are at fault and servers that are killed: nothing that was done is lost or done twice, and it is said."""

import re

import pytest

from benchmarks.server import start
from tests.e2e.counted_edits import AWAY, QUIET, SILENT, Edits, sheet_document
from tests.e2e.faulty_proxy import FaultyProxy
from tests.e2e.train_page import Train

api = pytest.importorskip("playwright.sync_api")


@pytest.fixture
def faulty():
    """A server of its own behind a proxy; the test may kill and start it."""
    servers = [start()]
    with FaultyProxy(servers[0].port).running() as proxy:
        proxy.servers = servers
        try:
            yield proxy
        finally:
            servers[-1].stop()


def kill(proxy):
    proxy.servers[-1].process.kill()
    proxy.servers[-1].process.wait()


def start_again(proxy):
    proxy.servers.append(start(port=proxy.port))


# nothing lies over it
IN_SIGHT = """(element) => {
  const { x, y, width, height } = element.getBoundingClientRect();
  return element.getRootNode().elementFromPoint(x + width / 2, y + height / 2) === element;
}"""


def said(page):
    return page.locator(".connection")


def test_edits_outlive_a_row_of_faults(faulty, open_app):
    open_app.may_say(*QUIET)
    sheet = open_app(f"{faulty.url}/?d={sheet_document().to_link()}", alone=True).ready()
    sheet.end()
    edits = Edits(sheet)
    edits.type(1, 2, 3)

    faulty.line = "blocked"
    faulty.break_lines()
    edits.update()
    edits.type(1, 1, 2)
    edits.are_there()

    faulty.line = "open"
    sheet.page.reload()
    sheet.ready().end()
    edits.type(1, 1, 4)
    edits.are_there()
    faulty.line = "deaf"
    edits.update()
    edits.type(1, 2, 7)
    sheet.page.get_by_text("The fast line to the server is silent").wait_for()
    edits.are_there()

    faulty.line = "open"
    sheet.page.reload()
    sheet.ready().end()
    faulty.line_seconds = 1
    edits.type(1, 2, 8)
    edits.update()
    edits.are_there()
    faulty.line_seconds = 0

    # killed while somebody edits
    edits.type(1, 1, 5)
    sheet.expect("weight.2", 1, 1, "5")
    edits.update()
    kill(faulty)
    api.expect(said(sheet.page)).to_contain_text(AWAY)
    assert said(sheet.page).evaluate(IN_SIGHT)
    edits.update()
    edits.type(1, 2, 6)
    start_again(faulty)
    edits.are_there()
    api.expect(said(sheet.page)).to_have_text("")
    sheet.press("Control+z", "Control+z", "Control+Shift+Z", "Control+Shift+Z")
    edits.update()
    edits.are_there()


@pytest.mark.soak
def test_a_training_and_a_machine_that_slept(faulty, open_app):
    open_app.may_say(*QUIET)
    sheet = open_app(f"{faulty.url}/?d={sheet_document().to_link()}", alone=True).ready()
    train = Train(sheet.page.context.new_page())
    train.page.goto(faulty.url + "/train")
    train.page.locator(".train .transport").wait_for()
    train.tab("Training")
    train.type_into("epochs", "100000")
    train.click("▶ Play")
    sheet.end()
    edits = Edits(sheet)
    learned = train.wait_epoch("epoch > 20")
    train.page.wait_for_timeout(6_000)  # until the tab has kept the run
    kill(faulty)
    api.expect(said(train.page)).to_contain_text(AWAY)
    start_again(faulty)
    train.page.get_by_text(re.compile("^Back at epoch .* as this tab kept it")).wait_for()
    train.wait_epoch(f"epoch > {learned}")
    train.status("running")

    # a laptop slept: its connections are dead without knowing it, and nobody knows its session any more
    faulty.forget_all()
    kill(faulty)
    start_again(faulty)
    edits.update()
    api.expect(said(sheet.page)).to_contain_text(SILENT)
    sheet.ready()
    edits.are_there()
    sheet.end()
    edits.type(1, 2, 2)
    edits.are_there()
    sheet.badge()
