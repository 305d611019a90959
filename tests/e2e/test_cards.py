"""The cards beside the sheet: the plane of two numbers, and the loss taken apart."""

import playwright.sync_api as api


def middle(box, across=0.5, up=0.5):
    return box["x"] + box["width"] * across, box["y"] + box["height"] * (1 - up)


def test_two_numbers_are_set_on_their_plane_in_one_step(open_app):
    sheet = open_app().ready().end()
    page = sheet.page
    sheet.cell("weight.7", 1, 1).click()
    page.locator("svg.nudge").wait_for()
    sheet.cell("weight.6", 1, 1).click(modifiers=["Control"])
    plane = page.locator(".contour svg")
    plane.locator("g.down").wait_for()
    assert plane.locator("g.update").count() == 1
    assert page.locator("svg.nudge").is_hidden(), "one plot at a time"
    before = [sheet.text("weight.7", 1, 1), sheet.text("weight.6", 1, 1)]
    plane.scroll_into_view_if_needed()
    box = plane.bounding_box()
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
    page.get_by_role("button", name="Back to one number").click()
    page.locator("svg.nudge").wait_for()


def test_the_second_number_is_picked_by_touch_or_key_as_well(open_app):
    sheet = open_app().ready().end()
    page = sheet.page
    sheet.cell("weight.7", 1, 1).click()
    page.get_by_role("button", name="Pick a second number").click()
    assert "Pick the second number" in page.locator(".notice:not(.error)").inner_text()
    sheet.cell("x.0", 1, 1).click()
    page.locator(".contour").wait_for()
    assert "x 1 of sample 1" in page.locator(".axes").inner_text()
    sheet.cell("weight.7", 1, 1).click()
    page.get_by_role("button", name="Back to one number").click()
    page.get_by_role("button", name="Pick a second number").click()
    sheet.cell("weight.7", 1, 1).focus()
    sheet.press("Tab", "Enter")
    page.locator(".contour").wait_for()
    assert "W 1,2 of layer 7" in page.locator(".axes").inner_text()


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
    engine = [sheet.text("grad_a.3", row, 1) for row in (1, 2, 3)]
    assert long == engine
    assert page.locator(".loss-parts .verdict").get_attribute("data-equal") == "true"
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
