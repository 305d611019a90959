"""From a block of one's own network to its empty fields on the same sheet and back, and what every label says."""

from playwright.sync_api import expect

from mlpviz.examples.networks import PRESETS
from mlpviz.practice.workings import Place, on_screen, worked_blocks
from tests.e2e.axe import found_by_axe
from tests.e2e.waiting import put_off, still

DOCUMENT = PRESETS["seven_layers"].document
STEP = 22
LEFT_OVER = """() => { const { shadowRoot } = [...document.querySelectorAll("*")].find((one) =>
  one.shadowRoot?.querySelector(".sheet")); return [...shadowRoot.querySelectorAll("*")].flatMap((one) =>
  [one.title ?? "", one.getAttribute("aria-label") ?? "", one.value ?? ""]).join(" ") }"""


def typed_in(tensor, layer):
    """The right numbers of a block by the names of its cells, as on the sheet."""
    block = worked_blocks(DOCUMENT)[Place(tensor, layer)]
    numbers = on_screen(block, getattr(DOCUMENT.trace().layers[layer - 1], tensor))
    return {
        f"{tensor} {layer} {r + 1} {c + 1}": f"{numbers[r, c]:g}"
        for r in range(block.rows)
        for c in range(block.columns)
    }


def places(page, keys=("x.0", "weight.2", "grad_z.3", "a.6", "new_weight.1")):
    """Where blocks stand, without the frames of their cells."""
    cells = [page.locator(f'[data-block="{key}"] tbody td').first for key in keys]
    still(cells[0])
    return [{name: round(cell.bounding_box()[name]) for name in "xy"} for cell in cells]


def test_a_block_of_the_backward_pass_is_computed_where_the_reader_stands(open_app):
    open_app.may_say("404")
    page = open_app("/", width=1440, height=960).page
    stand, title = page.locator(".transport output"), page.locator(".panel .main h2")
    nodes, panel = page.locator(".drawing .node text"), page.locator(".panel .main")
    expect(stand).to_have_text("start", timeout=60_000)
    for _ in range(STEP):
        page.keyboard.press("ArrowRight")
    page.locator('[data-block="grad_z.3"] td[data-r="1"][data-c="0"]').click()
    expect(title).to_contain_text("layer 3 · ∂L/∂z · unit 2")
    before = places(page), stand.text_content(), nodes.all_text_contents()
    page.keyboard.press("q")

    right = typed_in("grad_z", 3)
    first, *_ = right
    slip = "grad_z 3 2 2"

    def field(name):
        return page.locator(f'.answer[data-cell="{name}"]')

    expect(field(first)).to_be_focused(timeout=60_000)
    expect(page.locator(".answer")).to_have_count(len(right))
    assert (places(page), stand.text_content(), nodes.all_text_contents()) == before
    # nothing of the block is told, and what comes after it stays hidden
    expect(title).to_contain_text("layer 3 · ∂L/∂z · unit 1")
    assert panel.locator("math").count() == 0
    expect(page.locator('[data-block="grad_weight.3"] tbody td').first).to_have_text("·")
    for name, text in right.items():
        expect(field(name)).to_be_focused()
        page.keyboard.type("4" if name == slip else text)  # the closed gate is forgotten
        page.keyboard.press("Enter")
        expect(field(name)).to_have_attribute("data-state", "wrong" if name == slip else "right")
    field(slip).focus()
    expect(page.locator(".foot .verdict")).to_contain_text("if you forget the slope of the activation")
    page.keyboard.press("Control+a")
    page.keyboard.type(right[slip])
    page.keyboard.press("Enter")
    # now that it is right it is told as on the Step through page
    expect(page.locator(".done")).to_be_visible()
    expect(panel.locator(".live")).to_contain_text("0")
    expect(panel.locator(".details math")).not_to_have_count(0)
    expect(page.locator(".panel .why .verdict")).to_contain_text("closed")
    page.locator('[data-block="z.3"] td[data-r="1"][data-c="1"]').click()
    expect(title).to_contain_text("layer 3 · z · unit 2")
    expect(page.locator('[data-block="weight.3"] td.source')).to_have_count(2)
    put_off(page, 600)
    assert found_by_axe(page) == []
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Compute this block yourself")).to_be_visible(timeout=60_000)
    expect(title).to_contain_text("layer 3 · ∂L/∂z · unit 2")
    after = places(page), stand.text_content(), nodes.all_text_contents()
    assert after == before
    expect(page.get_by_role("button", name="undo", exact=False).first).to_be_disabled()

    # of the forward pass: what the learner has not come to is a question mark in the drawing, also under the pointer
    page.locator('[data-block="z.2"] td[data-r="1"][data-c="0"]').click()
    page.keyboard.press("q")
    expect(field("z 2 1 1")).to_be_focused(timeout=60_000)
    seen = [f"{number:g}" for part in (DOCUMENT.x, DOCUMENT.trace().layers[0].a) for number in part[0]]
    expect(nodes).to_have_text([*seen, *["?"] * 12])
    page.locator(".drawing .node").last.hover()
    expect(page.locator(".drawing .node title").last).to_have_text("a of unit 1, layer 7, sample 1: ?")
    page.locator('[data-block="a.7"] td').last.hover()
    assert "−18" not in page.evaluate(LEFT_OVER)  # a of layer 7
    expect(page.locator(".panel .value").first).to_contain_text("Hidden")


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
