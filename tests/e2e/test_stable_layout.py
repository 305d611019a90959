"""What one does to the numbers of a sheet moves nothing on it."""

import re

import pytest
from playwright.sync_api import expect

PLACES = """() => {
  const root = [...document.querySelectorAll("*")].find((one) => one.shadowRoot?.querySelector(".sheet")).shadowRoot;
  const sheet = root.querySelector(".sheet");
  const above = sheet.getBoundingClientRect().top;
  const page = above + root.querySelector(".app").getBoundingClientRect().top * -1;
  const boxes = [...root.querySelectorAll(".band, .block, .block td")].map((one) => {
    const { left, top, width, height } = one.getBoundingClientRect();
    return [left, top - above, width, height].map(Math.round).join(" ");
  });
  return [Math.round(page), ...boxes];
}"""


def places(sheet):
    return sheet.page.evaluate(PLACES)


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1280, 720), (1024, 768)])
def test_numbers_that_get_longer_move_nothing(open_app, width, height):
    sheet = open_app("/?v=layer.14", width=width, height=height).ready()
    sheet.badge()
    before = places(sheet)
    sheet.page.locator('select[data-control="activation.3"]').select_option("tanh")
    sheet.expect("a.3", 1, 1, "1.00")
    assert places(sheet) == before
    sheet.page.get_by_role("button", name=re.compile("^undo")).click()
    sheet.expect("a.3", 1, 1, "7")
    sheet.cell("weight.2", 1, 1).dblclick()
    sheet.page.locator("input.typing").fill("-0.00123456789")
    sheet.press("Enter")
    sheet.expect("weight.2", 1, 1, "−1e−3")  # as many digits as can be read in so narrow a cell
    sheet.press("Escape")
    assert places(sheet) == before
    # the text of the long number has its place in the cell
    cell = sheet.cell("weight.2", 1, 1)
    assert cell.evaluate("cell => cell.scrollWidth <= cell.clientWidth + 1")


def test_sentences_lie_over_the_page_and_can_be_closed(open_app):
    sheet = open_app("/?v=layer.14").ready()
    sheet.badge()
    before = places(sheet)
    sheet.type_into("weight.2", 1, 1, "nothing")
    assert "nothing" in sheet.error()
    assert places(sheet) == before
    sheet.page.get_by_role("button", name="close this message").click()
    expect(sheet.page.locator(".notice.error")).to_be_hidden()
    sheet.press("Escape", "Home")
    sheet.page.keyboard.press("End")
    before = places(sheet)
    sheet.cell("weight.2", 1, 1).click()
    sheet.page.get_by_role("button", name="second number").click()
    expect(sheet.page.locator(".notices > .notice:not(.error)")).to_be_visible()
    assert places(sheet) == before


def test_what_is_hovered_and_what_is_selected_are_told_apart(open_app):
    sheet = open_app().ready().end()
    sheet.cell("weight.7", 1, 1).click()
    panel = sheet.page.locator(".panel")
    title = panel.locator("h2").first
    expect(panel.locator(".exact")).to_be_visible()
    sheet.cell("z.6", 1, 1).hover()
    expect(title).to_contain_text("z · unit 1")
    expect(panel).to_have_class("panel peek")
    expect(panel.locator(".exact")).to_be_hidden()
    sheet.page.mouse.move(5, 5)
    expect(title).to_contain_text("layer 7 · W")
    expect(panel).to_have_class("panel")
    expect(panel.locator(".exact")).to_be_visible()


def test_the_drawing_shows_the_sample_that_is_computed(open_app):
    sheet = open_app().ready()
    sheet.page.locator('select[aria-label="granularity"]').select_option("product")
    chosen = sheet.page.locator("button.sample.chosen")
    expect(chosen).to_have_text("1")
    # z of layer 1, unit 1: three products of sample 1, then those of sample 2
    sheet.press(*["ArrowRight"] * 4)
    expect(chosen).to_have_text("2")
    sheet.press("ArrowLeft")
    expect(chosen).to_have_text("1")


def test_the_factors_of_a_path_say_what_they_are(open_app):
    sheet = open_app().ready().end()
    sheet.cell("grad_weight.4", 2, 1).click()
    path = sheet.page.locator(".why .paths li").first
    expect(path.locator("small").first).to_have_text("input")
    assert {"weight", "slope", "loss"} <= set(path.locator("small").all_inner_texts())


SMALLEST = """(all) => all.filter((td) => td.checkVisibility() && td.textContent).map(
  (td) => [parseFloat(getComputedStyle(td).fontSize), td.textContent]).sort(([a], [b]) => a - b)[0]"""


def test_a_number_has_fewer_digits_rather_than_letters_that_nobody_can_read(open_app):
    sheet = open_app(width=1280, height=720).ready()
    page = sheet.page
    for key in page.locator("select.preset option").evaluate_all("all => all.slice(1).map(o => o.value)"):
        sheet.choose(key).end()
        size, text = page.locator(".sheet tbody td").evaluate_all(SMALLEST)
        assert size >= 8.5, f"{key}: {text}"
    sheet.choose("seven_layers").end()
    cell = sheet.cell("new_weight.2", 1, 4)
    assert cell.inner_text() == "0.002"
    cell.hover()
    expect(cell).to_have_attribute("title", "0.0018000000000000002")
