"""A reader whose browser writes decimal commas sees and types them everywhere; links and files keep points."""

import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from mlpviz.network import Document

GERMAN = {"locale": "de-DE"}
POINTS = r"""() => {
  const root = [...document.querySelectorAll("*")].find((one) => one.shadowRoot?.querySelector(".app")).shadowRoot;
  const number = /(?<![\w.])\d+\.\d+(?![\w.]*[.\w])/;
  const found = [];
  const walk = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  const look = (text, where) => { if (number.test(text ?? "")) found.push(`${where}: ${text}`); };
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    if (node.nodeType === Node.TEXT_NODE) {
      if (!node.parentElement.closest("code, pre, textarea, style")) look(node.data, node.parentElement.localName);
      continue;
    }
    for (const name of ["title", "aria-label", "aria-valuetext", "data-exact"]) look(node.getAttribute(name), name);
    if (node.matches("input[type=text]")) look(node.value, `field ${node.getAttribute("aria-label") ?? node.id}`);
  }
  return found;
}"""
WRITTEN = """() => {
  window.written = [];
  const write = CanvasRenderingContext2D.prototype.fillText;
  CanvasRenderingContext2D.prototype.fillText = function (text, ...rest) {
    window.written.push(String(text));
    return write.call(this, text, ...rest);
  };
}"""


def settled(page, expected):
    """The first weight in the address, which follows the sheet after a moment."""
    found = None
    for _ in range(100):
        if link := parse_qs(urlsplit(page.url).query).get("d"):
            found = Document.from_link(link[0]).layers[0].weight[0][0]
        if found == expected:
            break
        page.wait_for_timeout(100)
    return found


def test_every_number_of_the_sheet_has_the_readers_sign(open_app):
    sheet = open_app(**GERMAN).ready().choose("mazur").end()
    page = sheet.page
    sheet.expect("loss.2", 1, 1, "0,298")
    sheet.cell("weight.1", 1, 1).click()
    expect(page.get_by_label("exact value")).to_have_value("0,15")
    page.locator("svg.nudge").wait_for()
    expect(page.locator(".formula.live .result").first).to_contain_text(",")
    assert page.evaluate(POINTS) == []
    # code is for programs
    expect(page.get_by_role("heading", name="The same line in code")).to_be_visible()


@pytest.mark.parametrize(
    ("typed", "value", "shown"), [("2,5", 2.5, "2,5"), ("1,125", 1.125, "1,13"), ("0.5", 0.5, "0,5")]
)
def test_a_comma_can_be_typed(open_app, typed, value, shown):
    sheet = open_app(**GERMAN).ready()
    sheet.type_into("weight.1", 1, 1, typed)
    sheet.expect("weight.1", 1, 1, shown)
    assert settled(sheet.page, value) == value


def test_what_may_be_a_thousand_is_asked_about(open_app):
    sheet = open_app(**GERMAN).ready()
    sheet.type_into("weight.1", 1, 1, "1.000")
    assert "is '1.000', which could be '1000' or '1,000'" in sheet.error()
    sheet.expect("weight.1", 1, 1, "0")


def test_links_and_files_have_points_and_open_anywhere(open_app):
    sheet = open_app(**GERMAN).ready().choose("mazur")
    page = sheet.page
    sheet.type_into("weight.1", 1, 1, "0,75")
    sheet.expect("weight.1", 1, 1, "0,75")
    page.locator(".file > summary").click()
    with page.expect_download() as saved:
        page.get_by_role("button", name=re.compile("^Save .*JSON", re.IGNORECASE)).first.click()
    assert json.loads(saved.value.path().read_text())["layers"][0]["weight"][0][0] == 0.75
    assert settled(page, 0.75) == 0.75
    english = open_app(page.url).ready()
    english.expect("weight.1", 1, 1, "0.75")


def test_a_spreadsheet_gets_commas_and_a_program_points(open_app):
    sheet = open_app(**GERMAN, alone=True, permissions=["clipboard-read", "clipboard-write"]).ready().choose("mazur")
    page = sheet.page
    sheet.cell("weight.1", 1, 1).click()
    sheet.press("Control+c")
    assert page.evaluate("navigator.clipboard.readText()") == "0,15"
    page.locator(".copy-menu > summary").click()
    page.locator(".copy-menu").get_by_role("button", name="NumPy").nth(1).click()
    assert "0.15" in page.evaluate("navigator.clipboard.readText()")


def test_training_and_check_have_it_too(train, open_app):
    one = train(alone=True, **GERMAN)
    page = one.page
    page.locator('.badge[data-status="ok"]').wait_for()
    assert page.evaluate(POINTS) == []
    page.evaluate(WRITTEN)
    page.locator(".transport button", has_text="1 epoch").click()
    page.wait_for_function("() => window.written.some((text) => /\\d,\\d/.test(text))")
    assert [text for text in page.evaluate("window.written") if re.search(r"\d\.\d", text)] == []
    rate = page.locator(".transport input[type=text]").first
    rate.fill("0,125")
    rate.press("Enter")
    expect(rate).to_have_value("0,125")
    check = open_app("/check", **GERMAN).page
    check.locator("table tbody tr").first.wait_for()
    assert check.evaluate(POINTS) == []
