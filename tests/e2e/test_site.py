"""The pages without a server: files under a path of a plain web space, or one file, with Python in the browser."""

import json
import re
from pathlib import Path
from shutil import copytree
from typing import NamedTuple

import pytest
from playwright.sync_api import expect

from benchmarks.server import serving
from mlpviz import cli
from mlpviz.examples.networks import PRESETS
from mlpviz.hosts.site.browser_python import BrowserPython
from mlpviz.hosts.site.build import build
from mlpviz.network import Document
from mlpviz.practice.topics import generate
from tests.e2e.train_page import Train
from tests.e2e.waiting import kept_files, put_off, until
from tests.support.site_note import archives_in, newest

PATH = "classes/10b"
STARTING = 180_000
"""ms until Python must be there, on a machine that has much else to do"""


class WebSpace(NamedTuple):
    """Where a site is, and the folder with a copy of it that may be changed."""

    url: str
    folder: Path


@pytest.fixture(scope="module")
def web_space(site, tmp_path_factory):
    root = tmp_path_factory.mktemp("space")
    copytree(site, root / PATH)
    with serving(root) as address:
        yield WebSpace(f"{address}/{PATH}/", root / PATH)


@pytest.fixture
def open_site(browser, web_space):
    """Open a page of the site; at the end the console must have been quiet, and nobody else was asked for anything."""
    contexts, said, asked, expected = [], [], [], []

    def opener(address="", held=None, missing="", width=1440, height=900, **options):
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: said.append(f"{message.text} {message.location.get('url', '')}"))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        if held is not None:
            context.route("**/pyodide.asm.wasm", lambda route: held.append(route))
        if missing:
            context.route(missing, lambda route: route.fulfill(status=404))
        page.goto(web_space.url + address)
        return page

    opener.may_say = lambda *words: expected.extend(words)
    yield opener
    for context in contexts:
        context.close()
    assert [each for each in said if not any(word in each for word in expected)] == []
    assert [url for url in asked if not url.startswith((web_space.url, "data:", "blob:"))] == []


def ready(page):
    page.locator('.python[data-state="ready"]').wait_for(state="attached", timeout=STARTING)
    return page


def cell(page, block, row=1, column=1):
    return page.locator(f'[data-block="{block}"] td[data-r="{row - 1}"][data-c="{column - 1}"]')


def type_into(page, block, text):
    cell(page, block).dblclick()
    page.locator("input.typing").fill(text)
    page.keyboard.press("Enter")


def test_one_steps_before_python_is_there_and_an_edit_waits_for_it(open_site, open_app, web_space):
    held = []
    page = open_site(held=held)
    expect(page.locator(".band").first).to_be_visible()
    expect(page.locator(".python")).to_contain_text("Python is on its way")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".where")).to_have_text(re.compile("^forward 2 / "))
    cell(page, "a.1", 1, 1).hover()
    expect(page.locator(".panel math").first).to_be_visible()
    type_into(page, "weight.1", "7")
    expect(cell(page, "weight.1")).to_have_text("0")
    while not held:
        page.wait_for_timeout(50)
    held[0].continue_()
    ready(page)
    expect(cell(page, "weight.1")).to_have_text("7")
    expect(page.locator(".where")).to_have_text(re.compile("^forward 2 / "))
    expect(page.locator('.badge[data-status="partly"]')).to_contain_text(
        "finite differences (PyTorch is not installed)"
    )
    put_off(page, 500)  # the address follows a moment after the paint

    # the link opens in the app, and one of the app here
    there = open_app("/" + page.url.removeprefix(web_space.url)).ready()
    there.expect("weight.1", 1, 1, "7")
    there.type_into("weight.1", 1, 1, "8")
    there.expect("weight.1", 1, 1, "8")
    put_off(there.page, 500)
    back = open_site("step_through/?" + there.page.url.partition("?")[2])
    expect(cell(back, "weight.1")).to_have_text("8", timeout=STARTING)
    expect(back.locator(".where")).to_have_text(re.compile("^forward 2 / "))


def test_all_pages_are_there_on_a_phone_and_files_are_saved_and_opened(open_site, tmp_path):
    page = ready(open_site(width=390, height=844, has_touch=True, is_mobile=True))
    cell(page, "x.0").tap()
    links = page.get_by_role("navigation", name="pages").get_by_role("link")
    for name, shown in (
        ("Train", ".train .play"),
        ("Check", ".check tbody tr"),
        ("Practise", ".practice"),
        ("Lessons", ".lessons"),
    ):
        links.get_by_text(name, exact=True).tap()
        expect(page.locator(shown).first).to_be_visible(timeout=STARTING)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        box = links.get_by_text(name, exact=True).bounding_box()
        assert (box["height"] >= 44, box["y"] + box["height"] <= 844.1) == (True, True)
    page.go_back()
    expect(page.locator(".practice")).to_be_visible()
    links.get_by_text("Step through", exact=True).tap()
    expect(page.locator(".band").first).to_be_visible()
    page.get_by_role("button", name="Tools").click()
    page.locator(".file > summary").click()
    with page.expect_download() as download:
        page.locator(".file").get_by_role("button", name="Network as JSON").click()
    saved = tmp_path / "network.json"
    download.value.save_as(saved)
    document = Document.parse(saved.read_bytes())
    saved.write_text(document.replace(name="By another hand").to_json(), encoding="utf-8")
    page.locator("input[type=file]").first.set_input_files(saved)
    expect(page.locator("select.preset option").first).to_have_text("By another hand")


def test_a_network_of_the_sheet_learns_and_goes_back(open_site):
    page = ready(open_site("?d=" + PRESETS["xor"].document.to_link()))
    page.get_by_role("button", name="Train this network").click()
    train = Train(page)
    page.locator(".train .play").wait_for(timeout=STARTING)
    assert page.url.partition("?")[0].endswith(f"{PATH}/train/")
    train.tab("Training")
    train.type_into("epochs", "100000")
    train.click("▶ Play")
    train.wait_epoch("epoch >= 3")
    train.click("❚❚ Pause")
    train.status("paused")
    at = train.epoch()
    put_off(page, 300)  # long enough for several pictures, if there were any
    assert train.epoch() == at
    expect(page.locator('.badge[data-status="partly"]')).to_contain_text("finite differences")
    page.get_by_role("button", name="Step through this batch").click()
    expect(page.locator(".band").first).to_be_visible()
    expect(page.locator(".notice:not(.error)")).to_contain_text(f"epoch {at}")
    page.go_back()
    train.status("paused")
    assert train.epoch() == at
    until(lambda: any(f"epoch-{at}." in name for name, _ in kept_files(page)))
    page.reload()
    ready(page)
    expect(page.locator(".notice:not(.error)")).to_contain_text(f"Back at epoch {at}", timeout=STARTING)
    train.status("paused")


def test_it_needs_no_line_after_the_first_visit_and_mixes_no_versions(open_site, web_space, distribution, monkeypatch):
    open_site.may_say("ERR_INTERNET_DISCONNECTED")  # the browser looks for a newer version
    page = ready(open_site())
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.context.set_offline(True)
    page.goto(web_space.url + "train/?ours")
    ready(page)
    Train(page).click("1 epoch (E)")
    Train(page).wait_epoch("epoch === 1")
    page.goto(web_space.url + "index.html")
    ready(page)
    type_into(page, "weight.1", "7")
    expect(cell(page, "weight.1")).to_have_text("7")
    site = web_space.folder
    old = newest(site).name
    page.context.set_offline(False)

    # a newer site is written over it: the open page goes on with its own files, the visit after has all of the new one
    monkeypatch.setattr("mlpviz.hosts.site.build._ICON", "<svg><!-- another --></svg>")
    monkeypatch.setattr("mlpviz.hosts.site.browser_python.archives", lambda *_: archives_in(site))
    build(site, str(distribution))
    new = newest(site).name
    asked = []
    page.on("request", lambda request: None if request.service_worker else asked.append(request.url))
    page.evaluate("navigator.serviceWorker.ready.then((found) => found.update())")
    until(lambda: page.evaluate("async (v) => (await caches.keys()).some((name) => name.endsWith(v))", new))
    until(lambda: page.evaluate("async () => Boolean((await navigator.serviceWorker.getRegistration()).waiting)"))
    page.reload()
    ready(page)
    page.get_by_role("link", name="Check", exact=True).click()
    expect(page.locator(".check tbody tr").first).to_be_visible()
    assert [url for url in asked if new in url] == []

    def visited_anew():
        # the browser takes the newer one when it has seen that no page is left
        page.goto("about:blank")
        put_off(page, 300)
        asked.clear()
        page.goto(web_space.url)
        return any(f"{new}/program/" in url for url in asked)

    assert any(visited_anew() for _ in range(20))
    ready(page)
    assert [url for url in asked if old in url] == []
    assert [name for name in page.evaluate("caches.keys()") if old in name] == []


def test_an_example_is_shown_also_where_python_cannot_start(open_site):
    open_site.may_say("pyodide.asm.wasm", "404", "wasm instantiation failed")
    link = PRESETS["mazur"].document.to_link()
    page = open_site(f"?d={link}&v=unit.3.1", held=None, missing="**/pyodide.asm.wasm")
    expect(page.locator(".where")).to_have_text(re.compile("^forward 3 / "))
    expect(page.locator("select.preset option").first).to_have_text(PRESETS["mazur"].document.name)
    expect(page.locator(".python")).to_contain_text("Python could not start here, so nothing can be changed")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".where")).to_have_text(re.compile("^forward 4 / "))


@pytest.fixture
def open_file(browser):
    """Open a file from the disk, without a line; at the end the console must have been quiet."""
    said, asked, contexts = [], [], []

    def opener(file):
        contexts.append(browser.new_context(viewport={"width": 1440, "height": 900}, offline=True))
        page = contexts[-1].new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(file.as_uri())
        return page

    yield opener
    for context in contexts:
        context.close()
    assert said == []
    assert [url for url in asked if not url.startswith(("file:", "blob:"))] == []


CONTROLS = ":is(button, select, summary, input, a):not([data-term])"
LISTEN = """() => {
  const root = document.querySelector("main > div").shadowRoot;
  const note = () => { window.happened = true; };
  new MutationObserver(note).observe(root, { subtree: true, childList: true, attributes: true, characterData: true });
  root.addEventListener("input", note, true);
  navigator.clipboard.write = navigator.clipboard.writeText = async () => note();
}"""


def use_every_control(page, place, menu=None):
    """Press, choose or move each control of a place, or of a menu of it: something must happen, without a complaint."""
    if menu is not None:
        menu.click()
    controls = page.locator(f"{place} {CONTROLS}").filter(visible=True).element_handles()
    assert controls
    for control in controls:
        if menu is not None and not control.is_visible():
            menu.click()
        page.evaluate("window.happened = false")
        kind = control.evaluate("({ localName, type }) => type === 'range' ? type : localName")
        if kind == "select":
            now = control.input_value()
            for other in control.evaluate("({ options }) => [...options].map(({ value }) => value)"):
                if not control.is_visible():
                    menu.click()  # each choice closes it
                control.select_option(other)
            if not control.is_visible():
                menu.click()
            control.select_option(now)
        elif kind == "range":
            control.fill("2" if control.input_value() != "2" else "1")
        else:
            control.click()
        page.wait_for_function("window.happened")
        # what it opened
        if page.locator(".app.presenting").or_(page.locator("dialog[open]")).count():
            page.keyboard.press("Escape")
    expect(page.locator(".notice.error")).to_be_hidden()


def test_one_file_steps_and_explains_from_a_disk(open_file, tmp_path):
    file = tmp_path / "sheet.html"
    assert cli.main(["page", "seven_layers", "--out", str(file)]) == 0
    page = open_file(file)
    expect(page.locator('.badge[data-status="ok"]')).to_be_visible()
    page.evaluate(LISTEN)
    use_every_control(page, ".transport")
    page.keyboard.press("End")
    expect(page.locator(".where")).to_have_text("update 7 / 7")
    cell(page, "grad_a.5").click()
    expect(page.locator(".why")).to_contain_text("Why")
    cell(page, "weight.1").click()
    expect(page.get_by_text("What would nudging do?")).to_be_visible()
    # what would change it is not there, nor is it told of
    for place in (".panel", ".sheet-scroll"):
        use_every_control(page, place)
    for menu in (".more", ".copy-menu"):
        use_every_control(page, f".toolbar {menu} > div", page.locator(f".toolbar {menu} > summary"))
    for keys in ("9", "Control+z", "Shift+ArrowUp", "q"):
        page.keyboard.press(keys)
    cell(page, "weight.1").dblclick()
    expect(cell(page, "weight.1")).to_have_text("0")
    expect(page.locator("input.typing")).to_have_count(0)
    expect(page.locator(".notice.error")).to_be_hidden()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_contain_text("one step forward")
    expect(page.get_by_role("dialog", name="Keys")).not_to_contain_text("undo")
    page.keyboard.press("Escape")
    for gone in ("New …", "File", "Apply update", "Open my own", "Pick a second number"):
        expect(page.get_by_role("button", name=gone)).not_to_be_visible()


def test_one_file_with_python_checks_an_exercise_and_edits_its_sheet(open_file, site, tmp_path, monkeypatch):
    # what the command would put together again is in the site
    files = {path.name: path.read_bytes() for path in (newest(site) / "python").iterdir()}
    monkeypatch.setattr("mlpviz.hosts.site.browser_python.browser_python", lambda _: BrowserPython(files, [], True))
    exercise, file = tmp_path / "exercise.json", tmp_path / "exercise.html"
    asked = generate("layer", 1, 7)
    exercise.write_text(json.dumps(asked.to_json_value()), encoding="utf-8")
    assert cli.main(["page", str(exercise), "--out", str(file), "--live"]) == 0
    page = open_file(file)
    (name, right), (last, its_number) = asked.answers_as_typed().items()
    fields = [page.locator(f'.answer[data-cell="{each}"]') for each in (name, last)]
    # a field is filled before Python is there
    fields[0].fill("99")
    page.keyboard.press("Enter")
    ready(page)
    expect(fields[0]).to_have_attribute("data-state", "wrong")
    fields[0].fill(right)
    fields[1].fill(its_number)
    page.keyboard.press("Enter")
    expect(page.locator(".done")).to_be_visible()
    page.locator(".done").get_by_role("button", name="sheet").click()
    # the sheet of the exercise is edited, and learns
    type_into(page, "weight.1", "7")
    expect(cell(page, "weight.1")).to_have_text("7")
    page.get_by_role("button", name="Train this network").click()
    Train(page).click("1 epoch (E)")
    Train(page).wait_epoch("epoch === 1")
    page.get_by_role("button", name="← Back to the exercise").click()
    expect(fields[0]).to_have_value(right)
