"""Labels of all pages, with every entry of every registry in their menus: sentence case, never cut, never a column of
letters."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from mlpviz.engine import ACTIVATIONS, LOSSES
from tests.e2e.axe import found_by_axe
from tests.e2e.waiting import still

WALK = Path(__file__).with_name("labels.js").read_text().strip().rstrip(";")
PAGES = {"/": ".band", "/train": ".train .transport", "/check": ".check table", "/practise": ".answer"}
SIZES = {
    "laptop": (1440, 900),
    "projector": (1280, 720),
    "tablet": (1024, 768),
    "upright": (768, 1024),
    "phone": (390, 844),
}


def opened(open_app, address, size, **options):
    open_app.may_say("404")
    width, height = SIZES[size]
    page = open_app(address, width=width, height=height, **options).page
    page.locator(PAGES[address]).first.wait_for(timeout=90_000)
    page.locator('.badge[data-status="ok"]').wait_for()
    return page


def parts_of(page, address):
    """The page as it opens, then each tab of its settings."""
    yield
    if address == "/train":
        for tab in page.get_by_role("tab").all():
            tab.click()
            expect(tab).to_have_attribute("aria-selected", "true")
            yield


# labels that need no help, and why
PLAIN = re.compile(
    "|".join(
        (
            # a place: what it is of stands above
            r"(from |to )?(unit|input|output|sample) [\d,]+|[\d,]+|x[₀-₉]+|class \d+|row|class|true class|and \d+ more",
            # one number of a block, whose heading has help
            r"[LbβγμσΣ∂/²]+|(new |running |new running )?[bβγμσ²]+|∂L/∂σ²",
            # a question or a choice in plain words
            r"Why\?|What would nudging.*|Your last edit|This example|One number in several places",
            r"The same line in code|(The loss|The update), taken apart|Steps taken|The numbers, layer by layer",
            r"Compare with|Edits go to both|Numbers|One step shows|Speed|(Forward|Backward|Loss|Update) · .*",
            r"Ask the network|Samples?|samples|Misclassified: .*|Nothing is misclassified\.|Scores per class",
            r"as the loss reads it|Warnings|Layer by layer|First weights|Training, validation, test",
            r"Features and targets|open a CSV file.*|Comparison|Start here",
        )
    )
)


@pytest.mark.parametrize("address", PAGES)
def test_labels_begin_with_a_capital_and_say_what_they_mean(open_app, address):
    page = opened(open_app, address, "laptop")

    def looked_at():
        found = page.evaluate(WALK, {})
        assert found["lower"] == []
        if address in ("/", "/train"):
            assert [label for label in found["unexplained"] if not PLAIN.fullmatch(label)] == []

    for _ in parts_of(page, address):
        looked_at()
    if address == "/":  # with norms and biases there are more labels
        page.get_by_label("example network").select_option("batch_norm")
        expect(page.locator('[data-block="gamma.1"]')).to_be_visible()
        looked_at()
    # who has no pointer reads them all at once
    page.keyboard.press("g")
    words = page.get_by_role("dialog", name="Words on this page")
    expect(words.locator("dd").first).to_be_visible()
    assert words.locator("dt").count() >= 5
    assert found_by_axe(page) == []
    page.keyboard.press("Escape")
    expect(words).to_be_hidden()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("address", PAGES)
def test_no_label_is_cut_and_no_text_is_a_column_of_letters(open_app, address, size):
    page = opened(open_app, address, size)
    for _ in parts_of(page, address):
        found = page.evaluate(WALK, {"minimum": 3})
        assert (found["cut"], found["narrow"]) == ([], [])


@pytest.mark.parametrize("size", ["laptop", "projector", "tablet", "phone"])
def test_the_longest_names_of_losses_and_activations_are_whole(open_app, size):
    page = opened(open_app, "/", size)
    longest = max(ACTIVATIONS.values(), key=lambda one: len(one.label))
    page.locator('[data-control="activation.2"]').select_option(longest.key)
    expect(page.locator('[data-control="activation.2"] option:checked')).to_have_text(longest.label, ignore_case=True)
    page.locator('[data-control="loss"]').select_option("bce")
    expect(page.locator('[data-control="loss"] option:checked')).to_have_text(LOSSES["bce"].label, ignore_case=True)
    assert page.evaluate(WALK, {})["cut"] == []


@pytest.mark.parametrize("size", ["laptop", "projector", "tablet"])
@pytest.mark.parametrize("preset", ["seven_layers", "vanishing", "iris"])
def test_the_toolbar_is_one_line(open_app, size, preset):
    width, height = SIZES[size]
    sheet = open_app(width=width, height=height).ready().choose(preset).end()
    toolbar = sheet.page.locator(".toolbar")
    assert still(toolbar)["height"] < 52
    if width >= 1200:  # below, the second word is left out
        words = sheet.page.locator(".toolbar .wide")
        assert words.evaluate_all("(all) => all.map((one) => getComputedStyle(one).whiteSpace)") == ["pre"] * 3
    assert [cut for cut in sheet.page.evaluate(WALK, {})["cut"] if "preset" in cut or "optimizer" in cut] == []


@pytest.mark.parametrize("size", ["laptop", "tablet", "upright"])
def test_the_rate_of_the_first_example_is_whole(open_app, size):
    rate = opened(open_app, "/", size).get_by_role("textbox", name="learning rate")
    expect(rate).to_have_value("0.00005")
    assert rate.evaluate("one => one.scrollWidth <= one.clientWidth")
