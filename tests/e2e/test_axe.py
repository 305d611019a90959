"""Every page in every state, through axe-core: it finds nothing; and what it does not look for is looked for here.

In dark only the colours differ, so there only contrast is asked for.
"""

import pytest

from mlpviz.examples.networks import PRESETS
from tests.e2e.axe import found_by_axe, missed_by_axe, program
from tests.support.foreign_models import MODELS
from tests.support.pasting import PASTE

PHONE = {"width": 390, "height": 844, "has_touch": True, "is_mobile": True}
MAZUR = PRESETS["mazur"].document
# the learning rate that overshoots: a finding stands beside the last step
TOO_LARGE = PRESETS["seven_layers"].document.replace(learning_rate=0.01)
TRANSPOSED = "[[3 4 5]\n [5 4 3]\n [1 1 1]\n [0 0 2]]"


class States:
    """The states that a page goes through, and what is found in each."""

    def __init__(self, page, scheme):
        self.page = page
        self.scheme = scheme
        self.found = {}

    def look(self, name):
        if self.scheme == "dark":
            findings = found_by_axe(self.page, ["color-contrast"])
        else:
            findings = found_by_axe(self.page) + missed_by_axe(self.page)
        if findings:
            self.found[name] = findings

    def are_fine(self):
        """Fail with every finding once, after the first state that has it."""
        first = {finding: name for name, findings in reversed(self.found.items()) for finding in findings}
        assert not first, "\n".join(f"{name}: {finding}" for finding, name in first.items())


@pytest.fixture(params=["light", "dark"])
def scheme(request):
    program()  # without it nothing has to be opened
    return request.param


def states_of(sheet, scheme):
    sheet.badge()
    return States(sheet.page, scheme)


def test_the_sheet(open_app, scheme):
    sheet = open_app(color_scheme=scheme).ready()
    states = states_of(sheet, scheme)
    states.look("start")
    sheet.choose("mazur").end()
    sheet.cell("weight.1", 1, 1).click()
    sheet.page.locator("svg.nudge").wait_for()
    states.look("a selected weight")
    sheet.type_into("weight.1", 1, 1, "3")
    sheet.page.locator(".last-edit").wait_for()
    sheet.cell("weight.2", 1, 1).dblclick()
    states.look("typing, after an edit")
    sheet.press("Escape")
    sheet.type_into("weight.1", 1, 1, "abc")
    sheet.error()
    states.look("an error")
    sheet.page.locator("details.file summary").click()
    states.look("the file menu")
    sheet.press("Escape")
    sheet.page.get_by_label("change layer 1", exact=True).click()
    states.look("the menu of a layer")
    states.are_fine()


def test_the_dialogs_of_the_sheet(open_app, scheme):
    sheet = open_app(f"/?d={MAZUR.to_link()}", color_scheme=scheme).ready()
    page = sheet.page
    states = states_of(sheet, scheme)
    sheet.press("?")
    states.look("keys")
    page.get_by_role("button", name="Close", exact=True).click()
    sheet.press("s")
    states.look("summary")
    sheet.press("Escape")
    page.get_by_role("button", name="New …").click()
    page.locator("dialog.new-network summary").click()
    states.look("new network")
    page.get_by_role("button", name="Cancel", exact=True).click()
    page.locator('input[type="file"]').set_input_files([MODELS / "torch_pt/state_dict.pt"])
    page.locator("dialog.import[open]").wait_for()
    states.look("import")
    page.get_by_role("button", name="Cancel", exact=True).click()
    sheet.end().cell("weight.1", 1, 1).click()
    page.evaluate(PASTE, [TRANSPOSED, 1])
    sheet.error()
    states.look("a paste that does not fit")
    states.are_fine()


def test_a_finding_and_a_presented_sheet(open_app, scheme):
    sheet = open_app(f"/?d={TOO_LARGE.to_link()}", color_scheme=scheme).ready().end()
    page = sheet.page
    states = states_of(sheet, scheme)
    page.get_by_text("In symbols").first.click()
    states.look("a finding")
    sheet.press("p")
    page.locator(".presenting").wait_for()
    states.look("presented")
    states.are_fine()


def test_a_comparison(open_app, scheme):
    sheet = open_app(f"/?d={MAZUR.to_link()}", width=1600, color_scheme=scheme).ready().end()
    sheet.more().get_by_label("compare with").select_option("copy")
    sheet.page.get_by_label("stop comparing").wait_for()
    states = states_of(sheet, scheme)
    states.look("a comparison")
    states.are_fine()


def test_a_phone(open_app, scheme):
    sheet = open_app(f"/?d={MAZUR.to_link()}", color_scheme=scheme, **PHONE).ready()
    states = states_of(sheet, scheme)
    states.look("a phone")
    sheet.cell("weight.1", 1, 1).click()
    states.look("a phone with an explanation")
    states.are_fine()


def test_the_check_page(open_app, scheme):
    open_app.may_say("404")  # Streamlit looks for its own files below the page's address first
    sheet = open_app("/check", color_scheme=scheme)
    sheet.page.get_by_text("∂L/∂W of layer 3").first.wait_for()
    states = states_of(sheet, scheme)
    states.look("right")
    sheet.page.get_by_label("Plant a mistake").select_option("Forget the slope of the activation")
    sheet.page.get_by_text("disagrees with").first.wait_for()
    states.look("wrong")
    sheet.press("?")
    states.look("keys")
    states.are_fine()


def test_the_training_page(train, scheme):
    one = train(color_scheme=scheme, speed=None)
    page = one.page
    states = States(page, scheme)
    for tab in page.get_by_role("tab").all_inner_texts():
        one.tab(tab)
        states.look(f"before, tab {tab}")
    page.get_by_role("button", name="▶ Play").click()
    one.status("running")
    states.look("learning")
    page.keyboard.press("Space")
    one.click("10 epochs")
    one.wait_epoch("epoch >= 10")
    page.get_by_text("Distributions per layer over time").click()
    page.get_by_text("Examine the result").click()
    page.locator(".confusion td").first.wait_for()
    states.look("after")
    page.keyboard.press("?")
    states.look("keys")
    states.are_fine()


def test_an_experiment(open_app, scheme):
    open_app.may_say("404")  # Streamlit looks for its own files below the page's address first
    sheet = open_app("/train?x=learning_rate", color_scheme=scheme)
    sheet.page.locator(".tape li.failure").wait_for()
    sheet.page.locator('.badge[data-status="ok"]').wait_for()
    states = States(sheet.page, scheme)
    states.look("networks side by side")
    states.are_fine()


def test_what_is_wrong_is_found(open_app, scheme):
    sheet = open_app(f"/?d={MAZUR.to_link()}", color_scheme=scheme).ready()
    sheet.page.locator(".purpose").evaluate(
        "element => { element.style.color = '#888'; element.style.background = '#999'; }"
    )
    sheet.page.locator("[role=grid]").first.evaluate("grid => grid.removeAttribute('aria-label')")
    sheet.page.locator(".announcer").evaluate("region => region.setAttribute('aria-hidden', 'true')")
    states = states_of(sheet, scheme)
    states.look("broken")
    [findings] = states.found.values()
    wanted = (
        ["color-contrast"] if scheme == "dark" else ["color-contrast", "grid without a name", "live region in aria"]
    )
    assert [what for what in wanted if not any(what in finding for finding in findings)] == []
