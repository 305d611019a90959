"""The map of the Train page by keys: places are read out, points are added, moved and removed; and a press that is
carried away does nothing."""

import pytest

from tests.e2e.waiting import still

api = pytest.importorskip("playwright.sync_api")


def samples(one):
    return one.page.locator(".plane .points").get_attribute("aria-label")


def tool(one, label):
    one.page.get_by_label("what a click on the picture does").select_option(label=label)


def test_the_arrows_read_places_out(train):
    one = train()
    points = one.page.locator(".plane .points")
    points.focus()
    one.page.keyboard.press("ArrowRight")
    readout = one.page.locator(".plane .readout")
    api.expect(readout).to_have_attribute("aria-live", "polite")
    first = readout.inner_text()
    assert "→" in first
    one.page.keyboard.press("Shift+ArrowUp")
    api.expect(readout).not_to_have_text(first)
    # arrows step the run everywhere else: none was taken
    assert one.epoch() == 0
    one.page.keyboard.press("Tab")
    api.expect(readout).to_have_attribute("aria-live", "off")


def test_points_are_added_moved_and_removed(train):
    one = train()
    page = one.page
    before = page.get_by_text("samples for training").inner_text()
    tool(one, page.get_by_label("what a click on the picture does").locator("option").nth(1).inner_text())
    page.locator(".plane .points").focus()
    # a corner without samples
    page.keyboard.press("Shift+ArrowUp")
    for _ in range(5):
        page.keyboard.press("Shift+ArrowUp")
        page.keyboard.press("Shift+ArrowLeft")
    for key in (
        "ArrowDown",
        "ArrowDown",
        "ArrowDown",
        "ArrowDown",
        "ArrowRight",
        "ArrowRight",
        "ArrowRight",
        "ArrowRight",
    ):
        page.keyboard.press(key)
    page.keyboard.press("Enter")
    text = page.get_by_text("samples for training")
    api.expect(text).not_to_have_text(before)
    added = text.inner_text()
    readout = page.locator(".plane .readout")
    there_and_back = ("ArrowRight", "ArrowLeft")
    for key in there_and_back:
        page.keyboard.press(key)
    api.expect(readout).to_contain_text("sample")
    # taken up, carried and put down
    for key in ("Enter", "Shift+ArrowRight", "Shift+ArrowDown", "Enter"):
        page.keyboard.press(key)
    # its answer is under way
    page.wait_for_timeout(1500)
    for key in there_and_back:
        page.keyboard.press(key)
    api.expect(readout).to_contain_text("sample")
    api.expect(text).to_have_text(added)
    tool(one, "Pointer: removes points")
    page.locator(".plane .points").focus()
    page.keyboard.press("Enter")
    api.expect(text).to_have_text(before)


def test_a_press_that_is_carried_off_the_map_adds_nothing(train):
    one = train()
    page = one.page
    text = page.get_by_text("samples for training")
    before = text.inner_text()
    tool(one, page.get_by_label("what a click on the picture does").locator("option").nth(1).inner_text())
    box = still(page.locator(".plane .points"))
    corner = (box["x"] + 60, box["y"] + 20)
    page.mouse.move(*corner)
    page.mouse.down()
    page.mouse.move(box["x"] - 60, box["y"] + 20)
    page.mouse.up()
    page.wait_for_timeout(1500)
    assert text.inner_text() == before
    page.mouse.click(*corner)
    api.expect(text).not_to_have_text(before)
