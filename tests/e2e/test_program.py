"""The program beside the sheet: its lines follow the steps, its numbers the selection, and given ones can be typed."""

from playwright.sync_api import expect

from mlpviz.examples.networks import PRESETS
from tests.e2e.waiting import still


def opened(open_app, key="mazur", **options):
    sheet = open_app(**options).ready().choose(key)
    sheet.press("l")
    expect(sheet.page.locator(".code-line").first).to_be_visible()
    return sheet


def line(sheet, start):
    return sheet.page.locator(".code-line").filter(has_text=start).first


def now(sheet):
    return sheet.page.locator(".code-line.now")


def test_the_lines_of_the_step_are_marked_and_later_results_hidden(open_app):
    sheet = opened(open_app)
    expect(now(sheet)).to_have_count(0)
    expect(line(sheet, 'same("z1"')).to_have_text('same("z1", z1, [[…, …]])')
    sheet.press("ArrowRight")
    expect(now(sheet).filter(has_text="z1 = x @ W1.T + b1")).to_be_visible()
    expect(line(sheet, 'same("z1"')).to_have_text('same("z1", z1, [[0.3775, 0.3925]])')
    expect(line(sheet, 'same("a1"')).to_have_text('same("a1", a1, [[…, …]])')
    sheet.press("ArrowRight")
    expect(now(sheet).filter(has_text="a1 = 1 / (1 + np.exp(-z1))")).to_be_visible()
    line(sheet, "grad_W2 = ").click()
    expect(now(sheet).filter(has_text="grad_W2 = grad_z2.T @ a1")).to_be_visible()
    sheet.expect("grad_weight.2", 1, 1, "0.0822")


def test_a_number_is_selected_from_either_side(open_app):
    sheet = opened(open_app)
    sheet.cell("weight.2", 2, 1).click()
    expect(sheet.page.locator(".code-line .chosen")).to_have_text("0.5")
    expect(sheet.page.locator(".code-line .chosen")).to_be_visible()
    line(sheet, "x = np.array").get_by_role("button", name="0.1", exact=True).click()
    expect(sheet.page.locator(".panel .main h2")).to_contain_text("x")
    expect(sheet.page.locator("td.focus")).to_have_text("0.1")
    # a result that is not reached yet: the sheet steps on to it
    line(sheet, 'same("a2"').get_by_role("button").nth(1).click()
    expect(sheet.page.locator("td.focus")).to_have_text("0.773")
    expect(line(sheet, 'same("a2"')).to_contain_text("0.772928465321")


def test_a_literal_that_is_typed_edits_the_sheet(open_app):
    sheet = opened(open_app)
    sheet.end()
    line(sheet, "W1 = np.array").get_by_role("button", name="0.15", exact=True).dblclick()
    field = sheet.page.get_by_label("new value")
    expect(field).to_have_value("0.15")
    field.fill("1/4")
    field.press("Enter")
    sheet.expect("weight.1", 1, 1, "0.25")
    expect(line(sheet, "W1 = np.array")).to_have_text("W1 = np.array([[0.25, 0.2], [0.25, 0.3]])")
    expect(line(sheet, 'same("z1"')).to_have_text('same("z1", z1, [[0.3825, 0.3925]])')
    line(sheet, "W1 = np.array").get_by_role("button").first.dblclick()
    field.fill("__import__('os')")
    field.press("Enter")
    assert sheet.error().startswith("Not changed: ")
    expect(line(sheet, "W1 = np.array")).to_have_text("W1 = np.array([[0.25, 0.2], [0.25, 0.3]])")
    sheet.press("Control+z")
    expect(line(sheet, "W1 = np.array")).to_have_text("W1 = np.array([[0.15, 0.2], [0.25, 0.3]])")


def test_by_the_keyboard(open_app):
    sheet = opened(open_app)
    sheet.page.locator(".listing button[tabindex='0']").focus()
    focused = sheet.page.locator(".listing button:focus")
    expect(focused).to_have_text("0.05")
    sheet.press("ArrowRight", "ArrowDown")
    expect(focused).to_have_text("0.99")
    sheet.press("ArrowDown", "ArrowLeft")
    expect(focused).to_have_text("0.15")
    sheet.press("Enter")
    sheet.page.get_by_label("new value").fill("-1")
    sheet.press("Enter")
    sheet.expect("weight.1", 1, 1, "−1")
    expect(focused).to_have_text("-1.0")


def test_the_language_is_chosen_and_what_is_closed_asks_for_nothing(open_app):
    sheet = opened(open_app)
    sheet.page.get_by_label("language of the program").select_option("torch")
    expect(line(sheet, "z1 = F.linear(x, W1, b1)")).to_be_visible()
    sheet.page.get_by_role("button", name="Close", exact=True).click()
    expect(sheet.page.locator(".program")).to_be_hidden()
    sheet.choose("perceptron")
    sheet.badge()
    # the lines of the network before: none was asked for
    expect(line(sheet, '"""A 2-2-2 network')).to_have_count(1)
    sheet.more().get_by_role("button", name="Code", exact=True).click()
    widths = "-".join(map(str, PRESETS["perceptron"].document.widths))
    expect(line(sheet, f'"""A {widths} network')).to_be_visible()


def test_on_a_phone_it_lies_in_the_sheet_of_the_explanation(open_app):
    sheet = opened(open_app, width=390, height=844)
    box = still(sheet.page.locator(".program .listing"))
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    assert sheet.page.evaluate("document.documentElement.scrollWidth") <= 390
