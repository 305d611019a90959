"""From a block of one's own network to its empty fields and back, and what every label says."""

from playwright.sync_api import expect

from mlpviz.examples.networks import PRESETS
from mlpviz.practice.workings import Place, on_screen, worked_blocks

STEP = 12


def typed_in(document, tensor, layer):
    """The right numbers of a block by the names of its cells, as on the sheet."""
    block = worked_blocks(document)[Place(tensor, layer)]
    numbers = on_screen(block, getattr(document.trace().layers[layer - 1], tensor))
    return {
        f"{tensor} {layer} {r + 1} {c + 1}": f"{numbers[r, c]:g}"
        for r in range(block.rows)
        for c in range(block.columns)
    }


def test_a_block_of_the_sheet_is_computed_by_keys_and_the_sheet_is_as_it_was(open_app):
    open_app.may_say("404")
    page = open_app("/").page
    stand = page.locator(".transport output")
    expect(stand).to_have_text("start", timeout=60_000)
    for _ in range(STEP):
        page.keyboard.press("ArrowRight")
    cell = page.locator('[data-block="z.2"] td[data-r="1"][data-c="0"]')
    cell.click()
    title = page.locator(".panel .main h2")
    expect(title).to_contain_text("layer 2 · z · unit 2")
    expect(page.get_by_role("button", name="Compute this block yourself")).to_be_visible()
    before = stand.text_content()
    page.keyboard.press("q")
    right = typed_in(PRESETS["seven_layers"].document, "z", 2)
    first = page.locator(f'.answer[data-cell="{next(iter(right))}"]')
    expect(first).to_be_focused(timeout=60_000)
    expect(page.locator(".answer")).to_have_count(len(right))
    for name, text in right.items():
        expect(page.locator(f'.answer[data-cell="{name}"]')).to_be_focused()
        page.keyboard.type(text)
        page.keyboard.press("Enter")
        expect(page.locator(f'.answer[data-cell="{name}"]')).to_have_attribute("data-state", "right")
    expect(page.locator(".done")).to_be_visible()
    page.get_by_role("button", name="Back to the sheet").click()
    expect(title).to_contain_text("layer 2 · z · unit 2", timeout=60_000)
    expect(stand).to_have_text(before)
    expect(page.get_by_role("button", name="undo", exact=False).first).to_be_disabled()


def test_a_label_says_what_it_is_with_an_example_and_the_number_that_is_there(open_app):
    page = open_app("/").page
    label = page.locator('.headings [data-term="z"]').first
    label.wait_for(timeout=60_000)
    label.hover()
    tip = page.get_by_role("tooltip")
    expect(tip).to_contain_text("Here it is not computed yet at this step.")
    page.keyboard.press("End")
    page.mouse.move(2, 2)
    expect(tip).to_be_hidden()
    label.hover()
    expect(tip.locator("p")).to_have_count(3)
    expect(tip).to_contain_text("With W = 3, x = 2 and b = 1, z is 3 · 2 + 1 = 7.")
    expect(tip).to_contain_text("Here: Forward · layer 1 · z · unit 1 · sample 1 is 5.")
