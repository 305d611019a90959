"""Nothing that a person types, presses or chooses is lost while an answer is still on its way."""

import re

import pytest

from tests.e2e.faulty_proxy import slow_line
from tests.e2e.train_page import endless

api = pytest.importorskip("playwright.sync_api")

ONE_WAY = 0.15  # seconds; an answer is back after twice that


@pytest.fixture
def slow(server):
    """The app at the end of a slow line; named first by a test, so that the line outlives the test's pages."""
    with slow_line(int(server.rsplit(":", 1)[1]), ONE_WAY) as address:
        yield address


@pytest.mark.parametrize("pause", [0, 250])
def test_what_is_typed_while_the_form_changes_counts_and_is_what_the_field_shows(slow, train, pause):
    one = train(f"{slow}/train")
    one.tab("Training")
    form, rate = one.page.locator(".settings"), one.page.get_by_label("learning rate η", exact=True)
    known = one.page.get_by_label("learning rate as a number")
    form.get_by_label("optimizer", exact=True).select_option("adamw")
    api.expect(form.get_by_label("decoupled weight decay", exact=True)).to_have_count(0)
    form.get_by_label("optimizer", exact=True).select_option("adam")
    rate.focus()
    one.page.wait_for_timeout(pause)  # the answer adds a field about now
    rate.select_text()
    one.page.keyboard.type("0.02", delay=40)
    api.expect(form.get_by_label("decoupled weight decay", exact=True)).to_have_count(1)
    api.expect(rate).to_be_focused()
    api.expect(rate).to_have_value("0.02")
    one.page.keyboard.press("Enter")
    api.expect(known).to_have_value("0.02")
    api.expect(rate).to_have_value("0.02")
    one.type_into("learning rate η", "−1")
    assert "Learning rate" in one.error()
    api.expect(rate).to_be_focused()
    api.expect(rate).to_have_value("0.02")


def test_a_number_that_is_what_held_counts_after_a_choice_that_changes_it(slow, train):
    one = train(f"{slow}/train")
    one.tab("Training")
    rate = one.page.get_by_label("learning rate η", exact=True)
    api.expect(rate).to_have_value("0.01")
    one.page.get_by_label("optimizer", exact=True).select_option("adamw")
    one.type_into("learning rate η", "0.01")  # as it was; that of AdamW would be 0.001
    api.expect(one.page.get_by_label("decoupled weight decay", exact=True)).to_have_count(0)
    api.expect(rate).to_have_value("0.01")
    api.expect(one.page.get_by_label("learning rate as a number")).to_have_value("0.01")


def test_quick_clicks_are_all_counted(slow, train):
    one = endless(train, address=f"{slow}/train")
    more = one.page.get_by_role("button", name="one unit in layer 1 more")
    widths = one.page.locator(".settings .note", has_text="parameters")
    one.tab("Network")
    before = int(re.search(r"→ (\d+)", widths.inner_text())[1])
    for _ in range(3):
        more.click()
    api.expect(widths).to_contain_text(f"→ {before + 3} →")
    api.expect(more).to_be_focused()
    less = one.page.get_by_role("button", name="one hidden layer less")
    for _ in range(2):
        less.click()
    api.expect(less).to_be_disabled()
    assert not one.page.locator(".notice.error").is_visible()
    # two presses of the space bar are play and pause
    one.page.locator(".train .where").click()
    one.page.keyboard.press("Space")
    one.page.keyboard.press("Space")
    one.click("1 epoch (E)")
    one.wait_epoch("epoch >= 1")
    one.status("paused")
    assert one.epoch() == 1


def test_arrow_keys_on_a_number_of_the_sheet_are_all_counted(slow, open_app):
    sheet = open_app(slow).ready()
    cell = sheet.cell("weight.1")
    before = float(cell.inner_text().replace("−", "-"))
    cell.click()
    sheet.press(*["Shift+ArrowUp"] * 5)
    step = 1 if before.is_integer() else 0.01
    api.expect(sheet.page.get_by_label("exact value")).to_have_value(re.compile(f"^{before + 5 * step:g}$"))


def test_typing_on_the_sheet_goes_on_while_it_is_built_anew(slow, open_app):
    sheet = open_app(slow).ready()
    page = sheet.page
    columns = page.locator('[data-block="weight.1"] td[data-r]')
    count = columns.count()
    page.get_by_label("change layer 1").click()
    page.get_by_role("button", name="add a unit", exact=True).click()
    sheet.cell("weight.1").dblclick()
    page.keyboard.type("0.12")
    api.expect(columns).not_to_have_count(count)
    api.expect(page.locator("input.typing")).to_be_focused()
    page.keyboard.type("5")
    page.keyboard.press("Enter")
    sheet.expect("weight.1", 1, 1, "0.125")


def test_typing_a_setting_of_a_layer_goes_on_while_the_sheet_is_built_anew(slow, open_app):
    sheet = open_app(slow).ready()
    page = sheet.page
    page.get_by_label("change layer 1").click()
    page.get_by_label("norm of layer 1").select_option("layer_norm")
    rate = page.get_by_label("dropout rate of layer 1")
    # at once, though the answer may just be putting another field in its place
    rate.focus()
    sheet.press("Control+a")
    page.keyboard.type("0.")
    page.get_by_label("ε of the norm of layer 1").wait_for()
    api.expect(rate).to_be_focused()
    page.keyboard.type("5")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="draw another mask").wait_for()
    api.expect(rate).to_have_value("0.5")
    assert not page.locator(".notice.error").is_visible()


def test_a_setting_of_a_schedule_that_was_selected_is_replaced_though_the_form_is_made_anew(slow, open_app):
    page = open_app(slow).ready().page
    page.get_by_label("knobs of the optimizer").click()
    page.get_by_label("schedule of the learning rate").select_option("sequential")
    second = page.get_by_label("schedule 2", exact=True)
    second.select_option("exponential")
    page.get_by_label("factor γ of schedule 2").fill("0.5")
    page.keyboard.press("Enter")
    milestones = page.get_by_label("milestones of the schedule")
    milestones.select_text()
    # the answer to the factor comes now
    api.expect(page.get_by_label("factor γ of schedule 2")).to_have_value("0.5")
    page.keyboard.type("4")
    page.keyboard.press("Enter")
    api.expect(milestones).to_have_value("4")
    # a part that is set before the answer to another one takes nothing back
    first = page.get_by_label("schedule 1", exact=True)
    first.select_option("constant")
    second.select_option("cosine")
    api.expect(first).to_have_value("constant")
    api.expect(second).to_have_value("cosine")
