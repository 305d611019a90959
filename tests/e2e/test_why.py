"""A gradient is asked "why?", as a person asks it."""

import re

from playwright.sync_api import expect


def number(text):
    return float(text.replace("−", "-"))


def exactly(element):
    """All digits of a number: from its tooltip, if it is not shown whole."""
    return number(element.get_attribute("title") or element.inner_text())


def test_a_gradient_says_why_and_its_paths_add_up(open_app):
    sheet = open_app().ready().end()
    page = sheet.page
    sheet.cell("grad_weight.4", 2, 1).click()
    card = page.locator(".card.why")
    expect(card).to_have_attribute("data-cause", "cancel")
    expect(card.locator(".verdict")).to_contain_text("they cancel, 18 + (−18) + (−14) + 14 = 0")
    products = [number(text) for text in card.locator(".paths b").all_inner_texts()]
    assert products == [18, -18, -14, 14]
    assert sum(products) == number(sheet.text("grad_weight.4", 2, 1)) == 0
    # its strongest path is drawn, weight by weight
    path = page.locator(".drawing line.path")
    expect(path).to_have_count(3)
    expect(page.locator("td.path")).to_have_count(3)
    # the answer follows the network
    sheet.type_into("weight.6", 1, 1, "0.9")
    sheet.expect("weight.6", 1, 1, "0.9")
    sheet.cell("grad_weight.4", 2, 1).click()
    expect(card).not_to_have_attribute("data-cause", "cancel")
    products = [exactly(one) for one in card.locator(".paths b").all()]
    rest = re.search(r"paths?: (\S+);", card.locator(".muted").inner_text())
    total = exactly(card.locator(".muted .sum"))
    assert abs(sum(products) + (number(rest[1]) if rest else 0) - total) <= 1e-9 * max(map(abs, products))
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(path).to_have_count(0)


def test_an_input_of_a_wide_network_answers_with_its_long_sum_folded(open_app):
    sheet = open_app().ready()
    page = sheet.page
    page.locator("select.preset").select_option("iris")
    sheet.cell("target.3", 1, 2).wait_for()
    sheet.end().cell("grad_x.0", 1, 1).click()
    card = page.locator(".card.why")
    expect(card.locator(".paths li")).to_have_count(5)
    expect(card.locator(".muted")).to_have_text(re.compile(r"^and \d+ weaker paths: \S+; together \S+$"))
    whole = card.locator(".muted .sum").get_attribute("title")  # in its narrow cell the sheet has fewer digits
    assert whole.replace("−", "-") == sheet.all_digits("grad_x.0", 1, 1)


def test_every_number_tells_all_its_digits(open_app):
    sheet = open_app().ready()
    page = sheet.page
    page.locator("select.preset").select_option("mazur")
    sheet.cell("target.2", 2, 1).wait_for()
    sheet.end()
    cell = sheet.cell("a.1", 1, 1)
    cell.click()
    cell.hover()
    whole = cell.get_attribute("title")
    assert len(whole) > 10 > len(cell.inner_text())
    assert whole.startswith(cell.inner_text()[:4])
    # in the formula beside it
    page.locator(".card.main h2").hover()
    page.locator(".card.main .live mn.result").hover()
    expect(page.locator(".card.main .live")).to_have_attribute("title", whole)
    # and in the drawing
    page.locator(".drawing .node", has_text=cell.inner_text()).first.hover()
    expect(page.locator(".drawing .node title").first).to_have_text(f"a of unit 1, layer 1, sample 1: {whole}")
