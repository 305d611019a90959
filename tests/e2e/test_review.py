"""What an edit changed and what is wrong, as a person meets it: marks, card, strip, suggestion, undo."""

import re

from playwright.sync_api import expect


def test_an_edit_marks_what_changed_and_the_card_says_where_it_died(open_app):
    sheet = open_app().ready().end()
    page = sheet.page
    card = page.locator(".last-edit")
    expect(card).to_be_hidden()
    sheet.type_into("weight.3", 2, 2, "-2")
    expect(card.locator(".edited")).to_have_text("W 2,2 of layer 3: −1 → −2")
    expect(card).to_contain_text("100 of 294 numbers changed; loss 4 → 10 (Δ +6).")
    expect(card).to_contain_text("Sample 2: it stops at layer 3, unit 2: z −5 → −12, the slope stays 0.")
    expect(card.locator("dd")).to_have_text(["+4", "+6"])
    expect(sheet.cell("z.3", 2, 2)).to_have_class(re.compile(r"\bchanged\b"))
    expect(sheet.cell("a.3", 2, 2)).not_to_have_class(re.compile(r"\bchanged\b"))
    sheet.cell("z.3", 2, 2).hover()
    expect(page.locator(".change")).to_have_text("Last edit: −5 → −12 (Δ −7)")
    expect(sheet.cell("z.3", 2, 2)).to_have_attribute("title", re.compile("−5 → −12"))
    # at a step where it is not yet known nothing is marked
    sheet.press("Escape", "Home")
    expect(sheet.cell("z.3", 2, 2)).not_to_have_class(re.compile(r"\bchanged\b"))
    sheet.press("Control+z")
    expect(card.locator(".edited")).to_have_text("W 2,2 of layer 3: −2 → −1")
