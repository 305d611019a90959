"""Two sheets beside each other in one window, in a host that is not Streamlit and has no server."""

import json
import re
from pathlib import Path

import playwright.sync_api as api
import pytest

import mlpviz
from mlpviz.app.visitor import Visitor
from mlpviz.hosts.pages import PAGES
from tests.support.messages import in_base64

WEB = Path(mlpviz.__file__).with_name("web")
ORIGIN = "http://two.test"
STYLE = (WEB / "sheet/style/style.js").read_text(encoding="utf-8")
FILES = dict(re.findall(r'import (\w+) from "\./(\w+\.css)"', STYLE))
STYLES = ["shared/palette.css", "badge/badge.css"] + [
    f"sheet/style/{FILES[name]}" for name in re.findall(r"^  (\w+),$", STYLE, re.M)
]
# the window's listeners are counted; a host of few lines gives each sheet its own channel, address and keys
HOST = """async ([firsts, styles]) => {
  window.listeners = [];
  for (const target of [window, document]) {
    const add = target.addEventListener;
    target.addEventListener = function (type, ...rest) {
      // not those of whoever drives the browser
      if (new Error().stack.includes(`${location.origin}/`)) window.listeners.push(type);
      return add.call(this, type, ...rest);
    };
  }
  const { default: main } = await import("/sheet/sheet.js");
  const { readMessage } = await import("/shared/message_bytes.js");
  const style = new CSSStyleSheet();
  const texts = styles.map((path) => fetch(path));
  style.replaceSync((await Promise.all(texts.map(async (one) => (await one).text()))).join(""));
  window.addresses = {};
  window.stops = {};
  window.memos = {};
  window.begin = (name, first) => {
    const place = document.body.appendChild(document.createElement("div"));
    place.id = name;
    const root = place.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [style];
    window.addresses[name] = {};
    let listener = null;
    const answer = (text) =>
      listener.onAnswer(readMessage(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))));
    const host = {
      channel: {
        listen: (one) => { listener = one; },
        send: (request) => { window.ask(name, JSON.stringify(request)).then(answer); return true; },
      },
      address: {
        get: () => null,
        replace: (changes) => Object.assign(window.addresses[name], changes),
        link: () => "",
      },
      home: () => "",
      opens: () => true,
      storage: { get: () => null, set() {} },
      lasting: { get: () => null, set() {} },
      kept: { get: async () => undefined, set() {} },
      memo: (window.memos[name] ??= new Map()),
      saveFile() {},
      listen(type, one) {
        root.addEventListener(type, one);
        return () => root.removeEventListener(type, one);
      },
      onKeyboard: () => () => {},
      matches: (query) => matchMedia(query).matches,
      isMeantFor: (element, path) => path.includes(element),
      announce() {},
    };
    window.stops[name] = main(root, host);
    answer(first);
  };
  window.firsts = firsts;
  for (const [name, first] of Object.entries(firsts)) window.begin(name, first);
}"""


@pytest.fixture
def page(browser):
    visitors = {name: Visitor(PAGES) for name in ("left", "right")}
    problems = []
    with browser.new_context(viewport={"width": 1440, "height": 960}) as context:
        page = context.new_page()
        page.on("pageerror", lambda error: problems.append(str(error)))

        def serve(route):
            path = WEB / route.request.url.removeprefix(ORIGIN).lstrip("/")
            if path.is_file():
                route.fulfill(path=path, content_type="text/javascript")
            else:
                route.fulfill(body="<!doctype html><title>two</title><body>", content_type="text/html")

        page.route(f"{ORIGIN}/**", serve)
        page.expose_function("ask", lambda name, text: in_base64(visitors[name].handle(json.loads(text))))
        page.goto(ORIGIN)
        firsts = {name: in_base64(one.visit("sheet", {})) for name, one in visitors.items()}
        page.evaluate(HOST, [firsts, STYLES])
        yield page
    assert problems == []


def cell(page, name, block, row=1, column=1):
    return page.locator(f'#{name} [data-block="{block}"] td[data-r="{row - 1}"][data-c="{column - 1}"]')


def test_two_sheets_know_nothing_of_each_other(page):
    cell(page, "left", "weight.7").click()
    page.keyboard.press("End")
    api.expect(cell(page, "left", "a.7")).to_have_text("−4")
    api.expect(cell(page, "right", "a.7")).to_have_text("·")
    cell(page, "left", "weight.7").click()
    page.keyboard.type("2")
    page.keyboard.press("Enter")
    api.expect(cell(page, "left", "a.7")).to_have_text("−3")
    cell(page, "right", "weight.7").click()
    page.keyboard.press("End")
    api.expect(cell(page, "right", "a.7")).to_have_text("−4")
    for name in ("left", "right"):
        page.locator(f'#{name} .badge[data-status="ok"]').wait_for()
    page.wait_for_function("() => Object.values(window.addresses).every(({ d, v }) => d && v)")
    # the address of an edit follows a moment after it
    page.wait_for_function("() => window.addresses.left.d !== window.addresses.right.d")
    assert page.url == f"{ORIGIN}/", "the address is the host's"
    assert page.evaluate("() => window.listeners") == []


def test_one_that_is_taken_away_leaves_the_other(page):
    cell(page, "left", "weight.7").wait_for()
    page.evaluate("() => window.stops.left()")
    api.expect(page.locator("#left .app, #left .badge")).to_have_count(0)
    cell(page, "right", "weight.7").click()
    page.keyboard.press("End")
    cell(page, "right", "weight.7").click()
    page.keyboard.type("2")
    page.keyboard.press("Enter")
    api.expect(cell(page, "right", "a.7")).to_have_text("−3")


def test_one_that_comes_again_stands_where_the_reader_left_it(page):
    cell(page, "left", "weight.7").click()
    page.keyboard.press("End")
    page.evaluate("() => { window.stops.left(); document.getElementById('left').remove(); }")
    # the server has heard of no step
    page.evaluate("() => window.begin('left', window.firsts.left)")
    api.expect(page.locator("#left .where")).to_have_text(re.compile("7 / 7$"))
    api.expect(cell(page, "left", "a.7")).to_have_text("−4")
    api.expect(cell(page, "right", "a.7")).to_have_text("·")
