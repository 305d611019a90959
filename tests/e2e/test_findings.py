"""What is wrong with a network, as a person meets it: quiet, at its step, beside the numbers, and closed for good."""

import re

from playwright.sync_api import expect

from mlpviz.examples.networks import PRESETS

SEVEN = PRESETS["seven_layers"].document
TOO_LARGE = SEVEN.replace(learning_rate=0.01)

COVERED = """() => {
  const found = [];
  const hosts = [...document.querySelectorAll("*")].filter((one) => one.shadowRoot);
  const app = hosts.map((one) => one.shadowRoot.querySelector(".app")).find(Boolean);
  const cell = app.querySelector("td.focus");
  const box = cell.getBoundingClientRect();
  for (const [x, y] of [[box.left + 2, box.top + 2], [box.right - 2, box.bottom - 2], [box.left + 2, box.bottom - 2],
                        [box.right - 2, box.top + 2], [(box.left + box.right) / 2, (box.top + box.bottom) / 2]]) {
    const top = app.getRootNode().elementFromPoint(x, y);
    if (top !== cell) found.push(top ? top.className || top.localName : "outside");
  }
  return found;
}"""


def steps_of(page):
    return int(page.get_by_label("step", exact=True).get_attribute("max"))


def test_nothing_ever_covers_the_cell_that_is_computed(open_app):
    # with the finding that stands there from its step on
    sheet = open_app(f"/?d={TOO_LARGE.to_link()}&v=layer.0.1", width=1280, height=720).ready()
    page = sheet.page
    page.locator(".badge[data-status='ok']").wait_for()
    seen = set()
    for _ in range(steps_of(page)):
        sheet.press("ArrowRight")
        expect(page.locator("td.focus").first).to_be_visible()
        assert page.evaluate(COVERED) == [], sheet.where()
        if page.locator(".findings .card").is_visible():
            seen.add(sheet.where().split()[0])
    assert seen == {"update"}, "a finding appears at its step"


def test_the_example_opens_without_an_alarm_and_tells_no_hidden_number(open_app):
    sheet = open_app(f"/?d={TOO_LARGE.to_link()}&v=layer.0.1").ready()
    page = sheet.page
    page.locator(".badge[data-status='ok']").wait_for()
    sheet.type_into("weight.3", 2, 2, "-2")
    card = page.locator(".last-edit")
    expect(card).to_contain_text("W 2,2 of layer 3: −1 → −2")
    expect(card).not_to_contain_text("loss")
    sheet.cell("weight.3", 2, 2).click()
    expect(page.locator("svg.nudge")).to_be_hidden()
    expect(page.locator(".findings .card")).to_be_hidden()
    sheet.press("Escape").end()
    expect(card).to_contain_text("loss 4 → 10")
    found = page.locator(".findings li[data-key='too_large']")
    expect(found).to_contain_text("goes too far: it takes the loss from 10 to ")
    expect(found).to_contain_text("A smaller learning rate takes smaller steps.")
    expect(found.get_by_text("g·Hg / g·g")).to_be_hidden()
    found.get_by_text("In symbols").click()
    expect(found.get_by_text("g·Hg / g·g")).to_be_visible()
    # closed, it stays closed in this document, also after a reload, until it says something else
    found.get_by_role("button", name="close: Step too large").click()
    expect(found).to_be_hidden()
    sheet.press("Home").end()
    expect(found).to_be_hidden()
    page.reload()
    sheet.ready()
    page.locator(".badge[data-status='ok']").wait_for()
    sheet.end()
    expect(sheet.cell("new_weight.7")).to_have_class(re.compile(r"\bfocus\b"))
    expect(found).to_be_hidden()
    sheet.type_into("weight.3", 2, 2, "-3")
    expect(found).to_be_visible()


def test_what_is_wrong_is_shown_mended_and_undone(open_app):
    sheet = open_app(f"/?d={TOO_LARGE.to_link()}&v=layer.0.1").ready().end()
    page = sheet.page
    too_large = page.locator('.findings li[data-key="too_large"]')
    expect(too_large).to_contain_text("takes the loss from 4 to 202")
    too_large.get_by_role("button", name="Show the place").click()
    expect(sheet.cell("loss.7")).to_have_class(re.compile(r"\bfocus\b"))
    too_large.get_by_role("button", name="Set η to").click()
    expect(too_large).to_be_hidden()
    page.get_by_role("button", name="undo (Ctrl+Z)").click()
    expect(too_large).to_be_visible()
    page.locator(".toolbar").get_by_text("Apply update", exact=True).click()
    dead = page.locator('.findings li[data-key="dead"]')
    expect(dead).to_contain_text("Layer 4 is dead")
    dead.get_by_role("button", name="Show the place").click()
    expect(sheet.cell("z.4")).to_have_class(re.compile(r"\bfocus\b"))
    dead.locator(".remedy").click()
    expect(dead).to_be_hidden()


def test_what_is_wrong_can_be_read_on_a_phone(open_app):
    address = f"/?d={TOO_LARGE.to_link()}&v=layer.0.1"
    sheet = open_app(address, width=390, height=844, has_touch=True, is_mobile=True).ready()
    page = sheet.page
    chip = page.locator(".finding-chip")
    page.locator(".badge[data-status='ok']").wait_for()
    expect(chip).to_be_hidden()
    page.get_by_role("button", name="to the end (End)").tap()
    expect(chip).to_have_text("△ Step too large")
    chip.tap()
    expect(page.locator(".findings .sentence")).to_be_in_viewport(ratio=1)
