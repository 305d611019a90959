"""The training page as a person uses it: play, pause, turn, travel, branch, compare, add points."""

import pytest

from tests.e2e.train_page import FACT, endless
from tests.e2e.waiting import put_off, still

api = pytest.importorskip("playwright.sync_api")


def test_play_pause_steps_and_resets(train):
    one = endless(train)
    one.click("▶ Play")
    one.status("running")
    one.wait_epoch("epoch >= 3")
    one.click("❚❚ Pause")
    one.status("paused")
    at = one.epoch()
    put_off(one.page, 300)  # long enough for several ticks, if there were any
    assert one.epoch() == at
    loss = one.fact("train loss")
    one.click("1 epoch (E)")
    one.wait_epoch(f"epoch === {at + 1}")
    one.click("10 epochs")
    one.wait_epoch(f"epoch === {at + 11}")
    one.click("Same weights: reset to the same first weights")
    one.wait_epoch("epoch === 0")
    same = one.fact("train loss")
    assert same != loss
    one.click("one step: one batch (→)")
    one.page.locator(".where", has_text="step 1").wait_for()
    one.click("New weights: reset to new first weights")
    one.page.wait_for_function(f"() => {FACT}('train loss') !== '{same}' && {FACT}('epoch') === '0'")


def test_the_keyboard_drives_it(train):
    one = endless(train)
    one.page.locator(".train .where").click()
    one.page.keyboard.press("e")
    one.wait_epoch("epoch === 1")
    one.page.keyboard.press(" ")
    one.wait_epoch("epoch >= 3")
    one.page.keyboard.press(" ")
    one.status("paused")
    one.page.keyboard.press("Home")
    one.page.get_by_text("Branch from 0").wait_for()


def test_the_learning_rate_turns_while_it_runs(train):
    one = endless(train)
    one.click("▶ Play")
    one.wait_epoch("epoch >= 2")
    one.type_into("learning rate as a number", "0")
    one.page.get_by_text("η 0", exact=True).wait_for()  # a whole epoch was learned with it
    at = one.epoch()
    one.wait_epoch(f"epoch > {at}")
    frozen = one.fact("train loss")
    at = one.epoch()
    one.wait_epoch(f"epoch > {at} + 3")
    assert one.fact("train loss") == frozen
    one.status("running")


def test_travel_back_branch_and_the_shadow(train):
    one = endless(train)
    one.click("10 epochs")
    one.wait_epoch("epoch === 10")
    end = one.fact("train loss")
    one.travel(4)
    one.page.get_by_text("▶ Branch from 4").wait_for()
    assert one.fact("train loss") != end
    one.click("1 epoch (E)")
    one.wait_epoch("epoch === 5")
    branches = one.page.get_by_label("branch", exact=True)
    api.expect(branches.locator("option")).to_have_count(2)
    branches.select_option(index=0)
    one.page.wait_for_function(f"() => {FACT}('train loss') === '{end}'")


def test_a_comparison(train):
    one = train()
    one.tab("Compare")
    values = one.page.get_by_label("values", exact=True)
    before = values.input_value()
    one.page.get_by_label("differ in", exact=True).select_option("activation")
    # the values that are proposed, and with them the place of the button below
    api.expect(values).not_to_have_value(before)
    one.type_into("values", "sigmoid, tanh, relu")
    one.click("compare")
    one.page.locator(".lane").nth(2).wait_for()
    one.wait_epoch("epoch >= 2")
    rows = one.page.locator(".comparison tbody tr")
    api.expect(rows.locator("th")).to_have_text(["sigmoid", "tanh", "ReLU"])
    one.page.locator(".lane").nth(2).click()
    one.page.locator('.lane[aria-pressed="true"]', has_text="ReLU").wait_for()
    with one.page.expect_download() as found:
        one.click("save comparison as CSV")
    lines = found.value.path().read_text().splitlines()
    assert len(lines) == 4
    assert lines[1].startswith("sigmoid,")


def test_a_click_adds_a_point_and_a_wrong_setting_is_said(train):
    one = train()
    one.page.get_by_label("what a click on the picture does").select_option("add 0")
    before = one.page.get_by_text("samples for training").inner_text()
    one.page.locator(".plane .points").click(position={"x": 60, "y": 200})
    api.expect(one.page.get_by_text("samples for training")).not_to_have_text(before)
    one.tab("Network")
    one.page.get_by_label("units", exact=True).first.fill("-3")
    one.page.get_by_label("units", exact=True).first.press("Enter")
    assert "expected at least 1" in one.error()


def test_the_badge_speaks_of_the_network_that_learns(train):
    one = endless(train)
    badge = one.page.locator(".badge")
    api.expect(badge).to_contain_text("Epoch 0: NumPy = PyTorch = finite differences")
    one.click("▶ Play")
    api.expect(badge).to_contain_text("learning")
    one.wait_epoch("epoch >= 2")
    one.click("❚❚ Pause")
    one.status("paused")
    api.expect(badge).to_contain_text(f"Epoch {one.epoch()}: NumPy = PyTorch = finite differences")


def test_what_is_refused_goes_back_to_what_holds(train):
    one = train()
    menu = one.page.get_by_label("data", exact=True)
    menu.select_option("csv")
    assert "button below" in one.error()
    api.expect(menu).to_have_value("moons")


def test_on_a_phone_the_live_view_comes_before_the_settings(train):
    one = train(width=390, height=844)
    plane, curves, settings = (still(one.page.locator(name))["y"] for name in (".plane", ".curves", ".settings"))
    assert plane < curves < settings


def test_a_drawn_digit_is_answered(train):
    one = train()
    one.page.get_by_label("data", exact=True).select_option("digits")
    one.page.get_by_text("1,077 samples for training").wait_for()
    one.page.get_by_text("Examine the result").click()
    paper = one.page.locator(".paper")
    paper.hover(position={"x": 95, "y": 40})  # waits until it stands still
    one.page.mouse.down()
    for y in (70, 110, 150):
        paper.hover(position={"x": 95, "y": y})
    one.page.mouse.up()
    api.expect(one.page.locator(".given .bar")).to_have_count(10)


def test_an_experiment_runs_to_its_claim(train):
    one = train()
    one.page.get_by_text("Experiments ▾").click()
    one.click("XOR needs a hidden layer")
    one.page.locator(".card .question").wait_for()
    one.page.locator('.card .claim[data-holds="true"]').wait_for(timeout=60_000)
    one.page.locator(".card .fold summary").click()
    api.expect(one.page.locator(".card .fold p")).to_be_visible()
    assert "x=xor_hidden" in one.page.url
