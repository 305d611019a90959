"""Stepping, scrubbing and hovering: what is blank, what is shown, and that the server is not asked."""

from itertools import pairwise

from playwright.sync_api import expect


def test_the_first_page_is_the_seven_layer_sheet(open_app):
    sheet = open_app().ready()
    expect(sheet.page.locator("select.preset option:checked")).to_have_text("Seven layers, by hand")
    sheet.expect("weight.3", 2, 2, "−1")
    sheet.expect("x.0", 1, 2, "5")
    sheet.expect("z.1", 1, 1, "·")  # nothing is computed before the first step
    assert "NumPy = PyTorch = finite differences" in sheet.badge()


def test_every_step_forward_and_back(open_app):
    sheet = open_app().ready()
    blanks = [sheet.page.locator("td.blank").count()]
    total = int(sheet.page.locator(".scrubber").get_attribute("max"))
    assert total == 14 + 1 + 22 + 7
    for _ in range(total):
        sheet.press("ArrowRight")
        blanks.append(sheet.page.locator("td.blank").count())
    assert all(before > after for before, after in pairwise(blanks)), "every step shows something"
    assert blanks[-1] == 0
    for expected in reversed(blanks[:-1]):
        sheet.press("ArrowLeft")
        expect(sheet.page.locator("td.blank")).to_have_count(expected)


def test_the_numbers_are_those_of_the_exercise(open_app):
    sheet = open_app().ready().end()
    sheet.expect("z.3", 2, 2, "−5")
    expect(sheet.cell("z.3", 2, 2)).to_contain_class("closed")
    sheet.expect("grad_weight.6", 1, 1, "26")
    sheet.expect("grad_a.5", 1, 2, "0")
    sheet.expect("grad_x.0", 1, 1, "16")
    sheet.expect("loss.7", 1, 1, "4")


def test_stepping_scrubbing_and_hovering_send_nothing(open_app):
    sheet = open_app().ready()
    sheet.badge()
    sheet.page.evaluate(
        "() => { const send = WebSocket.prototype.send; window.sent = [];"
        " WebSocket.prototype.send = function (data) {"
        " window.sent.push(typeof data === 'string' ? data.slice(0, 200) : `${data.byteLength} bytes to ${this.url}`);"
        " return send.call(this, data); }; }"
    )
    sheet.press(*["ArrowRight"] * 20, *["ArrowLeft"] * 3)
    sheet.page.locator(".scrubber").fill("30")
    for row in (1, 2):
        sheet.cell("z.6", row, 1).hover()
    sheet.page.locator('select[aria-label="granularity"]').select_option("unit")
    sheet.press("ArrowRight", "End", "Home")
    assert sheet.page.evaluate("() => window.sent") == []


def test_a_product_step_grows_the_sum(open_app):
    sheet = open_app().ready()
    sheet.page.locator('select[aria-label="granularity"]').select_option("product")
    # z of layer 1, unit 1, sample 1: 0·3 + 0·4 + 1·5
    for text in ("0", "0", "5"):
        sheet.press("ArrowRight")
        sheet.expect("z.1", 1, 1, text)
    assert "partial" not in sheet.cell("z.1", 1, 1).get_attribute("class")


def test_play_runs_by_itself_and_pauses(open_app):
    sheet = open_app().ready()
    sheet.page.locator('select[aria-label="speed"]').select_option("8")
    sheet.press("Space")
    sheet.page.wait_for_function(
        "() => [...document.querySelectorAll('*')].some("
        "e => e.shadowRoot?.querySelector('.where')?.textContent === 'forward 5 / 14')"
    )
    sheet.press("Space")
    expect(sheet.page.locator(".where")).to_contain_text("forward")


def test_the_panel_shows_the_formula_with_the_live_numbers(open_app):
    sheet = open_app().ready().end()
    sheet.cell("grad_a.5", 1, 2).click()
    panel = sheet.page.locator(".panel")
    expect(panel).to_contain_text("Backward · layer 5 · ∂L/∂a · unit 1 · sample 2")
    live = "".join(sheet.page.locator(".live").inner_text().split())
    assert live == "=1·2+1·(−2)=0"
    expect(sheet.page.locator("td.source")).to_have_count(4)
    expect(panel).to_contain_text("grad_z_next @ weight_next")


def test_a_gradient_answers_why(open_app):
    sheet = open_app().ready().end()
    card = sheet.page.locator(".why")
    sheet.cell("grad_weight.4", 2, 1).click()
    card.get_by_text("they cancel, 18 + (−18) + (−14) + 14 = 0").wait_for()
    expect(card.locator("li")).to_have_count(4)
    # an edit asks again, and the answer is the one for the new numbers
    sheet.type_into("weight.4", 2, 1, "1")
    sheet.cell("grad_a.1", 1, 1).click()
    card.get_by_text("strongest path").or_(card.get_by_text("cancel")).first.wait_for()
    sheet.cell("z.3", 1, 1).click()
    card.wait_for(state="hidden")
    sheet.press("Home")
    assert not card.is_visible()


def test_who_looks_at_another_page_comes_back_to_the_same_step(open_app):
    open_app.may_say("404")
    sheet = open_app().ready()
    sheet.badge()
    sheet.press("ArrowRight", "ArrowRight", "ArrowRight")
    sheet.page.get_by_role("link", name="Train", exact=True).first.click()
    sheet.page.locator(".train .transport").wait_for()
    sheet.page.get_by_role("link", name="Step through").first.click()
    expect(sheet.ready().page.locator(".where")).to_have_text("forward 3 / 14")
    expect(sheet.cell("a.1", 1, 1)).to_have_text("5")
