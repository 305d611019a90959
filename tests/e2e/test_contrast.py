"""Contrast as measured on the page: every text against what is behind it, WCAG 2.2 AA, light and dark."""

from pathlib import Path

import pytest

from tests.e2e.contrast import too_faint


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_sheet_can_be_read(open_app, scheme):
    sheet = open_app(color_scheme=scheme).ready()
    assert too_faint(sheet) == {}, "start"
    sheet.press(*["ArrowRight"] * 20)
    assert too_faint(sheet) == {}, "in the middle"
    sheet.end()
    assert too_faint(sheet) == {}, "end"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_selected_pinned_and_refused_can_be_read(open_app, scheme):
    sheet = open_app(color_scheme=scheme).ready().end()
    sheet.type_into("a.4", 1, 2, "3")
    sheet.expect("a.4", 1, 2, "3")
    sheet.cell("grad_z.5", 1, 2).click()
    assert too_faint(sheet) == {}, "a selected gradient"
    sheet.cell("weight.6", 1, 1).click()
    assert too_faint(sheet) == {}, "a selected weight"
    sheet.type_into("weight.7", 1, 1, "abc")
    sheet.error()
    sheet.page.locator("details.file summary").click()
    assert too_faint(sheet) == {}, "an error and an open menu"
    for layer in (6, 7):
        sheet.type_into(f"weight.{layer}", 1, 1, "1e300")
    sheet.page.get_by_text("z of unit 1, sample 1 is ∞").first.wait_for()
    assert too_faint(sheet) == {}, "infinity"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_preset_can_be_read(open_app, scheme):
    sheet = open_app(color_scheme=scheme).ready()
    found = {}
    for key in sheet.page.locator("select.preset option").evaluate_all("all => all.slice(1).map(o => o.value)"):
        sheet.choose(key).end()
        found |= too_faint(sheet)
    assert found == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_check_page_can_be_read(open_app, scheme):
    sheet = open_app(color_scheme=scheme).ready()
    sheet.page.get_by_role("link", name="Check").click()
    sheet.page.get_by_text("∂L/∂W of layer 3").first.wait_for()
    sheet.badge()
    assert too_faint(sheet) == {}, "right"
    sheet.page.get_by_label("Plant a mistake").select_option("Forget the slope of the activation")
    sheet.page.get_by_text("disagrees with").first.wait_for()
    assert too_faint(sheet) == {}, "wrong"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_training_page_can_be_read(open_app, scheme):
    open_app.may_say("404")  # Streamlit looks for its own files below the page's address first
    sheet = open_app("/train", color_scheme=scheme)
    sheet.page.get_by_text("samples for training").wait_for()
    sheet.page.get_by_role("button", name="10 epochs").click()
    sheet.page.locator(".where", has_text="epoch 10").wait_for()
    for tab in ("Network", "Training", "Compare"):
        sheet.page.get_by_role("tab", name=tab).click()
        assert too_faint(sheet) == {}, tab
    sheet.page.get_by_text("Examine the result").click()
    sheet.page.locator(".confusion td").first.wait_for()
    assert too_faint(sheet) == {}, "a result"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_runs_side_by_side_and_what_is_refused_can_be_read(open_app, scheme):
    open_app.may_say("404")  # Streamlit looks for its own files below the page's address first
    sheet = open_app("/train?x=learning_rate", color_scheme=scheme)
    page = sheet.page
    page.locator(".lane").nth(2).wait_for()
    page.locator(".tape li.failure").wait_for()
    page.locator(".card .fold summary").click()
    page.locator('.claim[data-holds="true"]').wait_for()
    page.locator('.badge[data-status="ok"]').wait_for()
    assert too_faint(sheet) == {}, "an experiment"
    page.get_by_label("data", exact=True).select_option("csv")
    page.locator(".notice.error").wait_for()
    assert too_faint(sheet) == {}, "an error"


def test_a_faint_text_is_found(open_app):
    sheet = open_app().ready()
    sheet.page.evaluate(
        "() => { const faint = document.createElement('p'); faint.className = 'faint';"
        " faint.style.cssText = 'color: #777; background: #fff; position: fixed; top: 60px; z-index: 999';"
        " faint.textContent = 'faint'; document.body.append(faint); }"
    )
    # #777 on white is the textbook example of just too little
    assert too_faint(sheet)["p.faint ('faint')"] == 4.48


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_edges_and_lines_can_be_seen(open_app, train, scheme):
    edges = Path(__file__).with_name("edges.js").read_text().strip().rstrip(";")
    sheet = open_app(color_scheme=scheme).ready()
    looked, faint = sheet.page.evaluate(edges)
    assert looked > 80
    assert faint == {}, "start"
    sheet.end().cell("weight.3", 1, 1).click()
    assert sheet.page.evaluate(edges)[1] == {}, "end"
    looked, faint = train(color_scheme=scheme).page.evaluate(edges)
    assert looked > 10
    assert faint == {}, "train"


NOTE_COLOURS = """() => addEventListener("mlpviz:painted", () => {
  const app = [...document.querySelectorAll("*")].map((one) => one.shadowRoot?.querySelector(".app")).find(Boolean);
  window.isDarkAtFirst ??= app.classList.contains("dark");
})"""


@pytest.mark.parametrize("path", ["", "train", "check", "practise"])
def test_the_first_paint_has_the_colours_of_the_theme(open_app, path):
    open_app.may_say("404")  # Streamlit looks for its own files below the page's address first
    page = open_app(f"/{path}", color_scheme="dark").page
    page.add_init_script(f"({NOTE_COLOURS})()")
    page.reload()
    page.wait_for_function("() => window.isDarkAtFirst !== undefined")
    assert page.evaluate("() => window.isDarkAtFirst")
