"""A schedule is chosen, set, followed by updates, undone, and carried by a link; its lists grow and shrink."""

from playwright import sync_api as api


def test_a_schedule_is_chosen_and_the_rate_of_each_update_follows_it(open_app):
    sheet = open_app().ready().end()
    page = sheet.page
    now = page.locator(".scheduled-rate")
    api.expect(now).to_be_hidden()
    page.get_by_label("learning rate", exact=True).fill("0.001")
    page.keyboard.press("Enter")
    page.get_by_label("knobs of the optimizer").click()
    page.get_by_label("schedule of the learning rate").select_option("exponential")
    api.expect(now).to_have_text("now 0.001")
    page.get_by_label("factor γ of the schedule").fill("0.5")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Apply update").click()
    api.expect(now).to_have_text("now 5e−4")
    api.expect(page.get_by_label("steps done")).to_have_value("1")
    page.get_by_label("steps done").fill("3")
    page.keyboard.press("Enter")
    api.expect(now).to_have_text("now 1.25e−4")
    # a refused value leaves its field
    page.get_by_label("steps done").fill("-1")
    page.keyboard.press("Enter")
    assert "the steps of the schedule is -1" in sheet.error()
    api.expect(page.get_by_label("steps done")).to_have_value("3")
    address = page.evaluate("() => new Promise((done) => setTimeout(() => done(location.href), 600))")
    again = open_app(address).ready()
    api.expect(again.page.locator(".scheduled-rate")).to_have_text("now 1.25e−4")
    page.get_by_role("button", name="undo").click()
    api.expect(now).to_have_text("now 5e−4")
    page.get_by_label("schedule of the learning rate").select_option("")
    api.expect(now).to_be_hidden()


def test_a_schedule_of_schedules_grows_and_its_parts_are_set(open_app):
    sheet = open_app().ready()
    page = sheet.page
    page.get_by_label("knobs of the optimizer").click()
    chosen = page.get_by_label("schedule of the learning rate")
    chosen.select_option("sequential")
    parts = page.locator(".schedule .part")
    api.expect(parts).to_have_count(2)
    page.get_by_label("schedule 2", exact=True).select_option("exponential")
    page.get_by_label("factor γ of schedule 2").fill("0.5")
    page.keyboard.press("Enter")
    page.get_by_label("milestones of the schedule").fill("4")
    page.keyboard.press("Enter")
    page.get_by_label("steps done").fill("6")
    page.keyboard.press("Enter")
    api.expect(page.locator(".scheduled-rate")).to_have_text("now 1.25e−5")
    page.get_by_role("button", name="+ add a schedule").click()
    api.expect(parts).to_have_count(3)
    page.get_by_role("button", name="remove schedule 1").click()
    api.expect(parts).to_have_count(2)
    chosen.select_option("piecewise")
    page.get_by_role("button", name="+ add a step").click()
    api.expect(page.get_by_label("steps of the schedule", exact=True)).to_have_value("0 30 60 70")
    api.expect(page.get_by_label("rates of the schedule")).to_have_value("1 0.1 0.01 0.01")
