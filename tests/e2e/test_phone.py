"""A phone: pages at the lower edge, tools in a sheet, the formula beside the steps, a minus for number pads."""

import pytest
from playwright.sync_api import expect

from tests.e2e.waiting import still

PHONE = {"width": 390, "height": 844, "has_touch": True, "is_mobile": True}

SMALL_TARGETS = """least => {
  // a word of a line of text has the size of its line
  const seen = (element) =>
    element.checkVisibility({ visibilityProperty: true }) && element.offsetWidth > 1 && !element.matches(".term");
  const roots = [document, ...[...document.querySelectorAll("*")].map((one) => one.shadowRoot).filter(Boolean)];
  const targets = roots.flatMap((root) =>
    [...root.querySelectorAll("button, select, summary, a, input:not([type=file])")]);
  return targets.filter(seen).map((one) => {
    const box = one.getBoundingClientRect();
    return [Math.min(box.width, box.height), one.getAttribute("aria-label") ?? one.textContent.trim()];
  }).filter(([side]) => side < least - 0.1);
}"""


def test_the_pages_are_at_the_lower_edge(open_app):
    page = open_app(**PHONE).ready().page
    bar = page.locator(".st-key-pages")
    for title, shown in (("Train", ".train .transport"), ("Check", ".check table"), ("Step through", ".band")):
        link = bar.get_by_role("link", name=title)
        link.scroll_into_view_if_needed()  # the bar is wider than a phone
        box = still(link)
        assert box["height"] >= 44
        assert box["y"] + box["height"] <= 844.1
        link.tap()
        expect(page.locator(shown).first).to_be_visible()
        # nothing of the page lies over it
        link.scroll_into_view_if_needed()
        expect(link).to_be_in_viewport(ratio=1)
    expect(page.locator(".stAppHeader")).to_be_hidden()


def test_wider_windows_have_the_pages_at_the_top(open_app):
    page = open_app(width=768, height=1024).ready().page
    expect(page.locator(".st-key-pages")).to_be_hidden()
    expect(page.locator(".stAppHeader").get_by_role("link", name="Train")).to_be_visible()


def test_one_button_opens_all_tools(open_app):
    sheet = open_app(**PHONE).ready()
    page = sheet.page
    tools, button = page.locator(".tool-sheet"), page.get_by_role("button", name="Tools")
    expect(tools).to_be_hidden()
    button.tap()
    expect(button).to_have_attribute("aria-expanded", "true")
    for name in ("learning rate", "optimizer", "speed", "granularity"):
        expect(tools.get_by_label(name, exact=True)).to_be_in_viewport(ratio=1)
    tools.get_by_label("learning rate", exact=True).fill("0.5")
    tools.get_by_label("learning rate", exact=True).press("Enter")
    tools.get_by_role("button", name="Apply update").tap()
    # what it did can be seen
    expect(tools).to_be_hidden()
    expect(page.get_by_label("undo (Ctrl+Z)")).to_be_enabled()
    button.tap()
    page.touchscreen.tap(200, 60)
    expect(tools).to_be_hidden()
    button.tap()
    tools.get_by_label("optimizer", exact=True).focus()
    sheet.press("Escape")
    expect(tools).to_be_hidden()
    expect(button).to_be_focused()
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(page.locator(".transport").get_by_label("granularity")).to_be_visible()


def test_the_formula_is_in_sight_at_every_step(open_app):
    sheet = open_app(**PHONE).ready()
    page = sheet.page
    forward = page.get_by_label("one step forward (→)")
    for _ in range(6):
        forward.tap()
        expect(page.locator(".explanation .main .formula.live")).to_be_in_viewport(ratio=1)
        expect(page.locator(".explanation h2").first).to_be_in_viewport(ratio=1)
        expect(page.locator("td.focus").first).to_be_in_viewport(ratio=1)
    # who closes it steps on without it
    page.get_by_label("close the explanation (Escape)").tap()
    forward.tap()
    expect(page.locator(".explanation .main .formula.live")).to_be_hidden()


def test_every_number_field_has_a_minus_for_number_pads(open_app):
    sheet = open_app(**PHONE).ready()
    page = sheet.page
    key = page.locator(".sign-key")
    expect(key).to_be_hidden()
    sheet.cell("weight.1", 1, 1).dblclick()
    field = page.locator("input.typing")
    expect(field).to_have_attribute("inputmode", "decimal")
    field.fill("2.5")
    key.tap()
    expect(field).to_be_focused()
    expect(field).to_have_value("-2.5")
    key.tap()
    expect(field).to_have_value("2.5")
    key.tap()
    field.press("Enter")
    sheet.expect("weight.1", 1, 1, "−2.5")
    expect(key).to_be_hidden()


def test_a_mouse_needs_no_such_key(open_app):
    sheet = open_app().ready()
    sheet.cell("weight.1", 1, 1).dblclick()
    expect(sheet.page.locator("input.typing")).to_be_focused()
    expect(sheet.page.locator(".sign-key")).to_be_hidden()


@pytest.mark.parametrize(
    ("address", "shown"), [("/", ".band"), ("/train", ".train .transport"), ("/check", ".check table")]
)
def test_targets_are_large_enough(open_app, address, shown):
    open_app.may_say("404")
    page = open_app(address, **PHONE).page
    page.locator(shown).first.wait_for(timeout=90_000)
    page.locator('.badge[data-status="ok"]').wait_for()
    assert page.evaluate(SMALL_TARGETS, 24) == []
