"""The numbers by keys alone: one stop of Tab per matrix, arrows inside it, and everything that can be done with one."""

import re

import pytest

api = pytest.importorskip("playwright.sync_api")

# the block and place that have the focus, as "weight.3 2 1"; of anything else its name
FOCUS = """() => {
  let focused = document.activeElement;
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  const block = focused?.closest("[data-block]")?.dataset.block;
  const { r, c } = focused?.dataset ?? {};
  if (block) return r === undefined ? block : `${block} ${Number(r) + 1} ${Number(c) + 1}`;
  return focused?.getAttribute("aria-label") || focused?.innerText || "";
}"""
GRIDS = ".sheet:visible [role=grid]"


def focus(sheet):
    return sheet.page.evaluate(FOCUS)


def tab_to(sheet, wanted, key="Tab", most=150):
    """Press Tab until something whose name begins so has the focus; the stops on the way."""
    stops = []
    while not stops or not stops[-1].startswith(wanted):
        assert len(stops) < most, stops
        sheet.press(key)
        stops.append(focus(sheet))
    return stops


def test_a_matrix_is_one_stop(open_app):
    sheet = open_app().ready().end()
    stops = tab_to(sheet, "play (Space)")
    in_matrices = [stop.rsplit(" ", 2)[0] for stop in stops if stop.split(" ")[0].count(".") == 1]
    grids = sheet.page.locator(GRIDS)
    assert len(in_matrices) == grids.count() > 50
    assert len(set(in_matrices)) == len(in_matrices)
    # 398 when every number was a stop
    assert len(stops) < 130
    # back again it is the same way
    sheet.press("Shift+Tab")
    assert focus(sheet) == stops[-2]


def test_arrows_walk_and_stop_at_the_edge_and_tab_comes_back_to_the_same_number(open_app):
    sheet = open_app().ready().end()
    where = sheet.where()
    tab_to(sheet, "weight.3 1 1")
    for key, place in (
        ("ArrowUp", "1 1"), ("ArrowLeft", "1 1"), ("ArrowRight", "1 2"), ("ArrowDown", "2 2"), ("ArrowDown", "3 2"),
        ("ArrowDown", "3 2"), ("ArrowRight", "3 2"), ("ArrowLeft", "3 1"),
    ):  # fmt: skip
        sheet.press(key)
        assert focus(sheet) == f"weight.3 {place}", key
    assert sheet.where() == where, "no step was taken"
    api.expect(sheet.page.locator(".panel h2").first).to_contain_text("to unit 3 · from unit 1")
    sheet.press("Tab", "Shift+Tab")
    assert focus(sheet) == "weight.3 3 1"


def test_a_number_is_nudged_typed_and_taken_back(open_app):
    sheet = open_app().ready().end()
    tab_to(sheet, "weight.3 1 1")
    before = sheet.text("weight.3", 1, 1)
    sheet.press("2", "Enter")
    sheet.expect("weight.3", 1, 1, "2")
    sheet.press("Shift+ArrowUp")
    sheet.expect("weight.3", 1, 1, "3")
    sheet.press("Shift+PageUp")
    sheet.expect("weight.3", 1, 1, "13")
    sheet.press("Alt+ArrowDown")
    sheet.expect("weight.3", 1, 1, "12.9")
    sheet.press("Enter", "Control+a", "7", "Enter")
    sheet.expect("weight.3", 1, 1, "7")
    assert focus(sheet) == "weight.3 1 1"
    sheet.press("Enter", "9", "Escape")
    sheet.expect("weight.3", 1, 1, "7")
    sheet.press(*["Control+z"] * 5)
    sheet.expect("weight.3", 1, 1, before)
    # a computed number stays as it is
    tab_to(sheet, "z.3 1 1")
    z = sheet.text("z.3", 1, 1)
    sheet.press("Shift+ArrowUp", "Enter")
    assert focus(sheet) == "z.3 1 1"
    assert sheet.text("z.3", 1, 1) == z


def test_after_escape_the_arrows_step_and_enter_takes_the_number_up_again(open_app):
    sheet = open_app().ready().end()
    end = sheet.where()
    tab_to(sheet, "weight.3 1 1")
    sheet.press("Escape", "ArrowLeft")
    api.expect(sheet.page.locator(".where")).not_to_have_text(end)
    assert focus(sheet) == "weight.3 1 1"
    sheet.press("ArrowRight")
    api.expect(sheet.page.locator(".where")).to_have_text(end)
    sheet.press("Enter", "ArrowRight")
    assert focus(sheet) == "weight.3 1 2"
    assert sheet.where() == end
    # Home, End and Space are the steps' wherever one is
    sheet.press("Home")
    api.expect(sheet.page.locator(".where")).to_have_text("start")


def test_a_clicked_number_is_where_tab_goes_on(open_app):
    sheet = open_app().ready().end()
    sheet.cell("weight.3", 2, 2).click()
    sheet.press("Tab", "Shift+Tab")
    assert focus(sheet) == "weight.3 2 2"


def test_a_mask_is_switched_and_a_value_pinned(open_app):
    sheet = open_app().ready().choose("dropout").end()
    tab_to(sheet, "mask.1 1 1")
    before = sheet.text("mask.1", 1, 1)
    sheet.press("Enter")
    sheet.expect("mask.1", 1, 1, "1" if before == "0" else "0")
    tab_to(sheet, "a.1 1 1")
    sheet.press("4", "Enter")
    api.expect(sheet.cell("a.1", 1, 1)).to_have_class(re.compile("pinned"))


def test_the_other_network_of_a_comparison_is_walked_too(open_app):
    sheet = open_app().ready().choose("xor").end()
    sheet.more().get_by_label("compare with").select_option("relu")
    sheet.page.get_by_label("stop comparing").wait_for()
    other = sheet.page.locator(".other [data-block='weight.1'] td[data-r='0'][data-c='0']")
    other.focus()
    sheet.press("ArrowDown")
    assert focus(sheet) == "weight.1 2 1"
    api.expect(sheet.page.locator(".other td:focus")).to_have_count(1)
