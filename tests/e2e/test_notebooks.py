"""The widget in a real JupyterLab and in a real marimo: it answers there, and leaves the notebook its own keys."""

import json
import re

import pytest
from playwright.sync_api import expect

from benchmarks.notebooks import jupyterlab, marimo, notebook_json

TWO = ["import mlpviz\nleft = mlpviz.show('xor')\nleft", "right = mlpviz.show('xor')\nright"]
READ = "print(left.document.layers[0].weight[0][0], right.document.layers[0].weight[0][0], len(left.trace.layers))"
KEEPS = {"@jupyter-widgets/jupyterlab-manager:plugin": {"saveState": True}}
STARTING = 120_000
"""ms until a notebook must be there, on a machine that has much else to do"""


@pytest.fixture
def open_notebook(browser):
    """Open an address as a person does; at the end no page may have raised an error.

    What the notebook's own program raises while its page is closed comes too late to count.
    """
    said, contexts = [], []

    def opener(url, **options):
        contexts.append(browser.new_context(viewport={"width": 1440, "height": 900}, **options))
        page = contexts[-1].new_page()
        page.set_default_timeout(STARTING)
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(url)
        return page

    yield opener
    raised = [*said]
    for context in contexts:
        context.close()
    assert raised == []


def sheets(page, count=2):
    """The sheets on a page, once their checks are there."""
    expect(page.locator('.badge[data-status="ok"]')).to_have_count(count, timeout=STARTING)
    return [page.locator(".app").nth(number) for number in range(count)]


def weight(sheet, row=1, column=1):
    return sheet.locator(f'[data-block="weight.1"] td[data-r="{row - 1}"][data-c="{column - 1}"]')


def type_into(sheet, text):
    weight(sheet).click()
    sheet.page.keyboard.type(text)
    sheet.page.keyboard.press("Enter")
    expect(weight(sheet)).to_have_text(text)


def run_cell(page, beginning):
    cell = page.locator(".jp-Cell", has=page.locator(".jp-InputArea-editor", has_text=beginning)).first
    cell.locator(".jp-InputArea-editor").click()
    page.keyboard.press("Control+Enter")
    return cell.locator(".jp-OutputArea-output")


def test_in_jupyterlab(open_notebook, tmp_path):
    file = tmp_path / "notebook.ipynb"
    file.write_text(notebook_json([*TWO, READ]))
    with jupyterlab(tmp_path, KEEPS) as url:
        page = open_notebook(f"{url}/tree/{file.name}", color_scheme="dark")
        page.get_by_text("| Idle").wait_for()
        for beginning in ("import", "right ="):
            run_cell(page, beginning)
        address = page.url
        left, right = sheets(page)
        cells = page.locator(".jp-Notebook .jp-Cell")
        # its own height, with nothing of it cut off
        for sheet in (left, right):
            assert sheet.evaluate("(app) => app.scrollHeight - app.clientHeight") <= 1
            assert 500 < sheet.bounding_box()["height"] < 1500
        type_into(left, "2.5")
        expect(weight(right)).to_have_text("1")
        # letters that delete, add and move cells of the notebook belong to the sheet while the focus is in it
        for key in ("d", "d", "a", "b", "x", "End"):
            page.keyboard.press(key)
        expect(left.locator(".where")).to_have_text(re.compile(r"(\d+) / \1$"))
        expect(right.locator(".where")).to_have_text("start")
        expect(cells).to_have_count(3)
        expect(run_cell(page, "print")).to_have_text("2.5 1.0 2")
        # Ctrl+S is the notebook's, and the file has the sheet as it was
        weight(left).click()
        page.wait_for_timeout(1500)  # a second after the last change it is kept
        page.keyboard.press("Control+s")
        page.locator(".jp-NotebookPanel-toolbar").wait_for()
        page.wait_for_function(SAVED)
        assert b"widget-state" in file.read_bytes()
        # out of the sheet by Escape, after its own; then keys are the notebook's again
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
        page.keyboard.press("b")
        expect(cells).to_have_count(4)
        page.keyboard.press("a")
        expect(cells).to_have_count(5)
        assert page.url == address, "the address is the notebook's"
        # what is changed after a restart does not vanish without a word
        page.evaluate(RESTART)
        page.get_by_text("| Idle").wait_for()
        weight(left).click()
        page.keyboard.type("7")
        page.keyboard.press("Enter")
        expect(page.locator(".python").first).to_contain_text("after a restart it is lost, so run the cell again")
        # without a kernel for it the saved notebook shows the sheet as it was, and it can be stepped
        page.reload()
        expect(page.locator(".python").first).to_contain_text("No Python behind this: look and step")
        left = page.locator(".app").first
        expect(weight(left)).to_have_text("2.5")
        # what would need Python is not there
        named = left.locator(".toolbar").locator("button, select, summary").filter(visible=True)
        assert named.all_inner_texts() == ["More", "Copy as"]
        expect(left.locator(".band select, .band details")).to_have_count(0)
        weight(left).click()
        page.keyboard.type("8")
        page.keyboard.press("Enter")
        expect(weight(left)).to_have_text("2.5")
        page.keyboard.press("Escape")
        page.keyboard.press("Home")
        expect(left.locator(".where")).to_have_text("start")
        page.keyboard.press("ArrowRight")
        expect(left.locator(".where")).to_have_text(re.compile("^forward 1 /"))
        assert json.loads(file.read_text())["nbformat"] == 4


SAVED = "() => !document.querySelector('.jp-mod-dirty')"
RESTART = """async () => {
  const [{ id }] = await (await fetch("/api/kernels")).json();
  await fetch(`/api/kernels/${id}/restart`, { method: "POST" });
}"""


def test_in_marimo(open_notebook, tmp_path):
    training = "training = mlpviz.train(right.network).show()\ntraining"
    with marimo(tmp_path, [*TWO, training]) as url:
        page = open_notebook(url)
        left, right, learning = sheets(page, 3)
        address = page.url
        type_into(right, "2.5")
        expect(weight(left)).to_have_text("1")
        cells = page.locator("[data-cell-id]")
        before = cells.count()
        for key in ("d", "d", "a", "b", "End"):
            page.keyboard.press(key)
        expect(right.locator(".where")).to_have_text(re.compile(r"(\d+) / \1$"))
        assert cells.count() == before
        assert page.url == address
        # the training learns by itself, without a cell that runs
        learning.locator(".transport button", has_text="Play").click()
        epoch = learning.locator(".facts > *", has_text=re.compile("^epoch", re.I)).first
        expect(epoch).not_to_have_text(re.compile(r"^epoch\s*0$", re.I))
