"""The first minute of somebody who has never seen the app: what it is, a network of one's own, words and keys."""

import re

from playwright.sync_api import expect

SHADOW = """(name) => {
  const hosts = [...document.querySelectorAll("*")].filter((one) => one.shadowRoot);
  return hosts.map((one) => one.shadowRoot.activeElement?.[name]).find(Boolean) ?? "";
}"""


def test_a_visitor_reads_what_it_is_and_makes_a_network_of_their_own(open_app):
    sheet = open_app()
    page = sheet.page
    expect(page).to_have_title(re.compile("^Step through: every number of one pass"))
    sheet.ready()
    expect(page.locator("#mlpviz-waiting")).to_have_count(0)
    expect(page.locator("h1.purpose")).to_contain_text("every number of one pass")
    welcome = page.locator(".welcome")
    expect(welcome).to_contain_text("Seven layers without biases")
    expect(welcome).to_contain_text("Try it: In layer 5, ∂L/∂a of unit 1 is 0 for sample 2")
    # one: open, two: create
    welcome.get_by_role("button", name="Open my own").click()
    dialog = page.locator("dialog.new-network")
    widths = dialog.get_by_role("textbox", name="Layers")
    expect(widths).to_be_focused()
    # what does not fit is said at its field, and nothing is lost
    widths.fill("2-0-2")
    page.keyboard.press("Enter")
    expect(widths).to_have_attribute("aria-invalid", "true")
    expect(dialog.locator(".field-error:visible")).to_contain_text("from 1 to 1,024")
    widths.fill("2-3-2")
    dialog.get_by_label("Loss").select_option("cross_entropy")
    dialog.get_by_role("button", name="Create").click()
    expect(dialog).to_be_hidden()
    expect(sheet.cell("weight.1", 3, 2)).to_be_visible()
    expect(sheet.cell("weight.2", 2, 3)).to_be_visible()
    expect(page.locator(".welcome h3")).to_be_hidden()
    sheet.end()
    assert sheet.text("loss.2") not in ("", "·")


def test_words_and_keys_are_explained_by_pointer_keyboard_and_finger(open_app):
    sheet = open_app().ready()
    page = sheet.page
    tip = page.locator(".tip")
    heading = page.locator(".heading.grad_z .term")
    said = "By how much the loss grows when z grows a little."
    heading.hover()
    expect(tip).to_contain_text(said)
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    described = heading.evaluate(
        "one => one.getRootNode().getElementById(one.getAttribute('aria-describedby')).textContent"
    )
    assert described.startswith(said)
    page.mouse.move(5, 400)
    heading.focus()
    page.keyboard.press("Enter")
    expect(tip).to_contain_text(said)
    page.keyboard.press("Escape")
    page.locator(".body").click(position={"x": 5, "y": 5})
    # every key of the list does what the list says: here two of them
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Keys")
    expect(keys).to_contain_text("one step forward")
    page.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".where")).to_have_text("forward 1 / 14")
    # the word in the sentence of the cell
    sheet.cell("a.3", 2, 2).click()
    sheet.end().cell("a.3", 2, 2).click()
    page.locator(".main .term", has_text="closes").hover()
    expect(tip).to_contain_text("A closed gate")


def test_a_finger_taps_a_heading_of_the_training_page(train):
    page = train(width=390, height=844, has_touch=True, is_mobile=True).page
    page.locator(".chart .term", has_text="loss").first.tap()
    expect(page.locator(".tip")).to_contain_text("one number for how wrong the outputs are")
    expect(page.locator("h1.purpose")).to_contain_text("watch a small neural network learn")
