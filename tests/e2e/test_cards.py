"""The cards beside the sheet: the plane of two numbers, and the loss taken apart."""

import playwright.sync_api as api
import pytest

from tests.e2e.waiting import still
from tests.support.seven_layers import BY_HAND


def middle(box, across=0.5, up=0.5):
    return box["x"] + box["width"] * across, box["y"] + box["height"] * (1 - up)


def test_two_numbers_are_set_on_their_plane_in_one_step(open_app):
    sheet = open_app(BY_HAND).ready().end()
    page = sheet.page
    sheet.cell("weight.7", 1, 1).click()
    page.locator("svg.nudge").wait_for()
    sheet.cell("weight.6", 1, 1).click(modifiers=["Control"])
    plane = page.locator(".contour svg")
    plane.locator("g.down").wait_for()
    api.expect(plane.locator("g.update")).to_have_count(1)
    api.expect(page.locator("svg.nudge")).to_be_hidden()  # one plot at a time
    before = [sheet.text("weight.7", 1, 1), sheet.text("weight.6", 1, 1)]
    plane.hover()  # the panel is about the selected number again, no longer about the one under the pointer
    page.locator(".panel:not(.peek)").wait_for()
    box = still(plane)
    page.mouse.move(*middle(box))
    page.mouse.down()
    page.mouse.move(*middle(box, 0.6, 0.4))
    page.mouse.move(*middle(box, 1.0, 0.0))
    page.mouse.up()
    # one reach for both: 1.5 times the larger of the two, to each side
    sheet.expect("weight.7", 1, 1, "2.5")
    sheet.expect("weight.6", 1, 1, "−0.5")
    page.keyboard.press("Control+z")
    sheet.expect("weight.7", 1, 1, before[0])
    sheet.expect("weight.6", 1, 1, before[1])
    # the link holds both numbers
    page.wait_for_url("**v=*weight-7-1-1..weight-6-1-1*")
    page.reload()
    plane.locator("g.down").wait_for()
    api.expect(page.locator(".axes")).to_contain_text("W 1,1 of layer 7")
    api.expect(page.locator(".axes")).to_contain_text("W 1,1 of layer 6")
    page.get_by_role("button", name="Back to one number").click()
    page.locator("svg.nudge").wait_for()
    page.wait_for_url(lambda address: address.endswith("weight-7-1-1"))


def test_the_second_number_is_picked_by_touch_or_key_as_well(open_app):
    sheet = open_app().ready().end()
    page = sheet.page
    sheet.cell("weight.7", 1, 1).click()
    page.get_by_role("button", name="Pick a second number").click()
    api.expect(page.locator(".notice:not(.error)")).to_contain_text("Pick the second number")
    sheet.cell("x.0", 1, 1).click()
    page.locator(".contour").wait_for()
    api.expect(page.locator(".axes")).to_contain_text("x 1 of sample 1")
    sheet.cell("weight.7", 1, 1).click()
    page.get_by_role("button", name="Back to one number").click()
    page.get_by_role("button", name="Pick a second number").click()
    sheet.cell("weight.7", 1, 1).focus()
    sheet.press("ArrowRight", "Enter")
    page.locator(".contour").wait_for()
    api.expect(page.locator(".axes")).to_contain_text("W 1,2 of layer 7")


def test_the_loss_is_taken_apart_and_both_ways_back_are_equal(open_app):
    sheet = open_app().ready()
    page = sheet.page
    page.locator("select.preset").select_option("iris")
    sheet.cell("target.3", 1, 2).wait_for()
    sheet.end().cell("loss.3").click()
    ways = page.locator("table.ways")
    ways.wait_for()
    long, short = (ways.locator(f"tr.{kind} td").all_inner_texts() for kind in ("long", "short"))
    assert len(long) == 3
    assert long == short
    # in its narrow cells the sheet has fewer digits
    engine = [float(sheet.all_digits("grad_a.3", row, 1)) for row in (1, 2, 3)]
    assert [float(text.replace("−", "-")) for text in long] == pytest.approx(engine, rel=5e-3)
    api.expect(page.locator(".loss-parts .verdict")).to_have_attribute("data-equal", "true")
    # a step brings the card folded, and asks only when it is opened
    page.locator("select.preset").select_option("seven_layers")
    sheet.expect("target.7", 1, 1, "−2")
    page.keyboard.press("Escape")
    page.locator(".scrubber").fill("15")
    card = page.locator("details.loss-parts")
    card.wait_for()
    api.expect(card).not_to_have_attribute("open", "")
    card.locator("summary").click()
    api.expect(card.locator(".total")).to_have_text("L = 8 / 2 = 4")


def test_adam_takes_ten_steps_and_goes_back(open_app):
    sheet = open_app().ready()
    page = sheet.page
    page.locator("select.preset").select_option("mazur")
    sheet.cell("target.2", 2, 1).wait_for()
    sheet.end()
    start, before = sheet.text("loss.2"), sheet.text("weight.1", 1, 1)
    page.get_by_label("optimizer", exact=True).select_option("adam")
    sheet.cell("new_weight.1", 1, 1).click()
    lines = page.locator("ol.step-lines li")
    lines.first.wait_for()
    api.expect(lines).to_have_count(6)  # g, m, v, both corrections, θ
    new = sheet.text("new_weight.1", 1, 1)
    api.expect(lines.last.locator("mn.result")).to_have_text(new)
    page.get_by_label("updates at once").select_option("10")
    page.get_by_role("button", name="Apply update").click()
    api.expect(page.locator(".steps-taken")).to_have_text("t = 10")
    api.expect(page.locator("table.steps tbody tr")).to_have_count(5)
    api.expect(page.locator(".series svg")).to_have_count(4)
    assert "NumPy = PyTorch" in sheet.badge()
    walk = page.locator("details.walk")
    walk.locator("summary").click()
    slider = walk.get_by_label("go back to a step that was taken")
    api.expect(slider).to_have_attribute("max", "10")
    slider.focus()
    sheet.press("ArrowLeft")
    api.expect(walk.locator("output")).to_contain_text("step 9")
    slider.fill("1")
    api.expect(walk.locator("output")).to_contain_text("step 1")
    walk.get_by_role("button", name="Go back to step 1").click()
    sheet.expect("weight.1", 1, 1, new)
    api.expect(page.locator(".steps-taken")).to_have_text("t = 1")
    page.keyboard.press("Control+z")
    api.expect(page.locator(".steps-taken")).to_have_text("t = 10")
    # a reload keeps the way that was walked
    page.wait_for_url("**w=*")
    page.reload()
    sheet.ready()
    api.expect(page.locator(".steps-taken")).to_have_text("t = 10")
    walk.locator("summary").click()
    api.expect(slider).to_have_attribute("max", "10")
    slider.fill("0")
    walk.get_by_role("button", name="Go back to step 0").click()
    sheet.expect("weight.1", 1, 1, before)
    sheet.expect("loss.2", 1, 1, start)


def test_a_hyperparameter_of_the_optimizer_is_set_and_a_link_brings_back_its_memory(open_app):
    sheet = open_app().ready().end()
    page = sheet.page
    page.get_by_label("knobs of the optimizer").click()
    page.get_by_label("momentum μ").fill("0,9")
    page.keyboard.press("Enter")
    page.get_by_label("Nesterov").focus()
    sheet.press("Space")
    api.expect(page.get_by_label("Nesterov")).to_be_checked()
    page.get_by_label("learning rate", exact=True).fill("0.001")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Apply update").click()
    api.expect(page.locator(".steps-taken")).to_have_text("t = 1")
    page.get_by_role("button", name="Apply update").click()
    api.expect(page.locator(".steps-taken")).to_have_text("t = 2")
    new = sheet.text("new_weight.7", 1, 1)
    address = page.evaluate("() => new Promise((done) => setTimeout(() => done(location.href), 600))")
    again = open_app(address).ready()
    again.expect("new_weight.7", 1, 1, new)
    api.expect(again.page.locator(".steps-taken")).to_have_text("t = 2")
    again.page.get_by_label("knobs of the optimizer").click()
    again.page.get_by_label("dampening τ").fill("7")
    again.page.keyboard.press("Enter")
    assert again.error() == "Not changed: dampening of the optimizer is 7, expected a number up to 1"
