"""What a screen reader hears: what an edit did elsewhere, and each page in four parts."""

import re

import pytest

from mlpviz.examples.networks import PRESETS
from tests.e2e.waiting import put_off, still
from tests.support.dragging import dragged

api = pytest.importorskip("playwright.sync_api")

# every sentence that the polite live region has held
LISTEN = """(region) => {
  window.heard = [];
  const watch = new MutationObserver(() => window.heard.push(region.textContent.trim()));
  watch.observe(region, { childList: true, subtree: true });
}"""


def listen(sheet):
    # what stands there already is told before
    put_off(sheet.page, 1500)
    sheet.page.locator(".announcer").evaluate(LISTEN)


def heard(sheet, count):
    sheet.page.wait_for_function("(count) => window.heard.length >= count", arg=count)
    # and nothing after it
    put_off(sheet.page, 800)
    return sheet.page.evaluate("() => window.heard")


def test_an_edit_is_told_once_with_what_it_did_elsewhere(open_app):
    sheet = open_app().ready().end()
    listen(sheet)
    sheet.type_into("weight.7", 1, 1, "2")
    said = "The loss rose from 4 to 41; 4 numbers of the forward pass and 111 gradients changed."
    assert heard(sheet, 1) == [said]
    # another way of writing numbers asks for the same review again
    sheet.more().get_by_label("how numbers are written").select_option(index=3)
    sheet.press("Control+z")
    assert [text.split(";")[0] for text in heard(sheet, 2)[1:]] == ["The loss fell from 41 to 4"]


def test_nothing_is_said_while_one_drags(open_app):
    sheet = open_app().ready().end()
    listen(sheet)
    dragged(sheet, "weight.7", 1, 1, 25)
    sheet.expect("weight.7", 1, 1, "4")
    assert len(heard(sheet, 1)) == 1


def test_what_is_not_computed_yet_is_not_told(open_app):
    sheet = open_app().ready()
    listen(sheet)
    sheet.type_into("weight.7", 1, 1, "2")
    assert heard(sheet, 1) == ["W 1,1 of layer 7: 1 → 2"]


def test_a_heat_map_says_the_number_that_one_walks_to(open_app):
    sheet = open_app().ready().choose("iris").end()
    sheet.page.locator('[data-block="weight.1"] canvas').focus()
    listen(sheet)
    sheet.press("ArrowDown", "ArrowRight")
    assert heard(sheet, 1)[-1].startswith("to unit 2, from unit 2: ")


def summary(page):
    parts = page.locator(".page-summary dd")
    return parts.all_inner_texts()


def test_the_sheet_in_four_parts_is_there_before_and_after_the_key(open_app):
    sheet = open_app().ready().end()
    page = sheet.page
    here = page.locator(".page-summary dd").first
    api.expect(here).to_contain_text(f"{PRESETS['seven_layers'].document.name}: 3 inputs")
    # the first thing below the heading
    assert page.locator(".page-summary").evaluate("element => element.previousElementSibling.localName") == "h1"
    sheet.cell("weight.3", 2, 2).click()
    sheet.press("s")
    panel = page.locator(".page-summary")
    api.expect(panel).to_be_focused()
    assert still(panel)["width"] > 300
    _, can, now, hint = summary(page)
    assert "Tab goes from matrix to matrix" in can
    assert "Space: play or pause." in can
    assert "The loss is 4." in now
    assert "to unit 2 · from unit 2, −1." in now
    assert hint.startswith("Try it: ")
    sheet.press("Escape")
    api.expect(sheet.cell("weight.3", 2, 2)).to_be_focused()
    assert still(panel)["width"] < 3
    # hidden numbers stay hidden
    sheet.press("Home", "s")
    assert "The loss is not computed yet." in summary(page)[2]


def test_the_summary_leads_to_the_numbers_the_steps_and_the_explanation(open_app):
    sheet = open_app().ready().end()
    page = sheet.page
    for way, there in (
        ("To the numbers", "[data-block='x.0'] td"),
        ("To the steps", ".transport button"),
        ("To the explanation", ".panel"),
    ):
        sheet.press("s")
        page.get_by_role("button", name=way).press("Enter")
        api.expect(page.locator(f"{there}:focus")).to_have_count(1)
    sheet.press("s")
    page.get_by_role("button", name="All keys", exact=True).press("Enter")
    api.expect(page.get_by_role("dialog", name="Keys")).to_be_visible()


def test_the_other_pages_in_four_parts(train, open_app):
    one = train()
    one.click("10 epochs")
    one.wait_epoch("epoch === 10")
    one.page.keyboard.press("s")
    here, can, now, hint = summary(one.page)
    assert here.startswith("A network 2-")
    assert "E: one epoch." in can
    assert re.search(r"epoch 10, training loss 0\.\d+", now)
    assert hint
    check = open_app("/check")
    check.page.get_by_text("∂L/∂W of layer 3").first.wait_for()
    check.press("s")
    api.expect(check.page.locator(".page-summary")).to_be_focused()
    here, can, now, hint = summary(check.page)
    rows = check.page.locator(".rows tbody tr").count()
    assert f"each of the {rows} tensors" in here
    assert now.strip() == check.page.locator(".verdict").inner_text()
    check.press("Escape", "?")
    api.expect(check.page.get_by_role("dialog", name="Keys")).to_be_visible()


def test_letters_can_be_turned_off_as_keys_and_stay_off(open_app):
    sheet = open_app().ready().end()
    page = sheet.page
    sheet.press("?")
    page.get_by_label("Letters and signs are keys").uncheck()
    page.get_by_role("button", name="Close", exact=True).click()
    page.reload()
    sheet.ready()
    sheet.cell("weight.3", 2, 2).click()
    before = sheet.where()
    for key in ("p", "s", "?", "5"):
        sheet.press(key)
    assert not page.locator(".presenting, dialog[open], input.typing, .page-summary:focus").count()
    # what is no letter works
    sheet.press("Escape", "ArrowLeft")
    api.expect(page.locator(".where")).not_to_have_text(before)
    sheet.press("Enter", "Enter")
    api.expect(page.locator("input.typing")).to_have_count(1)
