"""The Practise page: somebody with a keyboard alone computes, makes mistakes, reads their names, corrects them."""

import json

import pytest
from playwright.sync_api import expect

from mlpviz.app.visitor import Visitor
from mlpviz.exchange import savings
from mlpviz.exchange.subjects import EXERCISES
from mlpviz.hosts.pages import PAGES
from mlpviz.practice.topics import generate
from mlpviz.text.numbers import MINUS, all_digits
from tests.e2e.axe import found_by_axe, missed_by_axe
from tests.e2e.mounted import Mounted


class Learner:
    """The page as somebody who types sees it."""

    def __init__(self, open_app, topic="backward", level=1, seed=7, **options):
        self.exercise = generate(topic, level, seed)
        self.names = list(self.exercise.cells)
        open_app.may_say("404")  # Streamlit looks for its own files below the page's address first
        self.page = open_app(f"/practise?e={topic}.{level}.{seed}", **options).page
        self.field(self.names[0]).wait_for(timeout=60_000)

    def field(self, name):
        return self.page.locator(f'.answer[data-cell="{name}"]')

    def right(self, name):
        return all_digits(self.exercise.right_number(self.exercise.cells[name])).replace(MINUS, "-")

    def type(self, name, text, state):
        """Type where the focus is, as Enter has led there, and go on with Enter."""
        expect(self.field(name)).to_be_focused()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)
        self.page.keyboard.press("Enter")
        expect(self.field(name)).to_have_attribute("data-state", state)

    def verdict(self):
        return self.page.locator(".foot .verdict")


def test_a_keyboard_is_enough_to_solve_the_seven_layers_backwards_with_three_mistakes(open_app):
    learner = Learner(open_app, level=3)
    page, names = learner.page, learner.names
    output, other, inner = names[:3]  # ∂L/∂a of both samples, and ∂L/∂z of the first
    learner.field(output).focus()
    # the error the wrong way round, which is carried on; no number
    first = f"{-learner.exercise.right_number(learner.exercise.cells[output]):g}"
    learner.type(output, first, "wrong")
    # the next field has the focus, and what was wrong with the last one is told with its name
    expect(learner.field(other)).to_be_focused()
    expect(learner.verdict()).to_contain_text("comes out either if you subtract the wrong way round")
    expect(learner.verdict()).to_contain_text("∂L/∂a of layer 7, unit 1, sample 1: ")
    learner.type(other, learner.right(other), "right")
    learner.type(inner, first, "carried")
    expect(learner.verdict()).to_contain_text("Right method, with your ∂L/∂a of layer 7")
    learner.field(output).focus()
    # the other sample contradicts the wrong method, and leaves a slip
    expect(learner.verdict()).to_contain_text("comes out if you lose the sign")
    learner.type(output, "12..5", "unreadable")
    learner.field(output).focus()
    expect(learner.verdict()).to_contain_text("not counted as wrong")
    for name in [name for name in names if name != other]:
        learner.type(name, learner.right(name), "right")
    done = page.locator(".done")
    expect(done).to_contain_text("All right, without help.")
    expect(page.locator(".count")).to_contain_text(f"{len(names)} of {len(names)} right · 1 solved in this topic")
    done.get_by_role("button", name="One more like this").click()
    page.wait_for_url("**e=backward.3.8*")
    expect(done).to_be_hidden()
    expect(page.locator(".answer[data-state='']").first).to_be_visible()


def test_help_lights_the_numbers_and_is_noted(open_app):
    learner = Learner(open_app, "layer", 1, 2)
    page = learner.page
    page.get_by_role("button", name="Help for z of layer 1").click()
    hint = page.get_by_role("region", name="Help", exact=True)
    expect(hint.locator("math")).to_have_count(1)
    expect(page.locator("figure.lit")).to_have_count(0)
    hint.get_by_role("button", name="Which numbers?").click()
    expect(page.locator("figure.lit")).to_have_count(2)
    hint.get_by_role("button", name="The first product").click()
    expect(hint.locator(".product")).to_contain_text("begins with")
    for name in learner.names:
        learner.field(name).fill(learner.right(name))
        learner.field(name).press("Enter")
        expect(learner.field(name)).to_have_attribute("data-state", "right")
    expect(page.locator(".done")).to_contain_text("with some help")
    page.get_by_role("button", name="See it on the sheet").click()
    page.locator(".sheet .band").first.wait_for(timeout=60_000)


def test_what_was_typed_and_solved_is_there_after_a_reload(open_app):
    learner = Learner(open_app, "one_neuron", 1, 1)
    page, (first, second) = learner.page, learner.names
    learner.field(first).fill("1/3")
    learner.field(first).press("Enter")
    expect(learner.field(first)).to_have_attribute("data-state", "wrong")
    page.reload()
    expect(learner.field(first)).to_have_value("1/3", timeout=60_000)
    expect(learner.field(first)).to_have_attribute("data-state", "wrong")
    for name in (first, second):
        learner.field(name).fill(learner.right(name))
        learner.field(name).press("Enter")
        expect(learner.field(name)).to_have_attribute("data-state", "right")
    expect(page.locator(".count")).to_contain_text("1 solved in this topic, 1 in a row without help")
    page.reload()
    expect(page.locator(".count")).to_contain_text("1 solved in this topic, 1 in a row without help", timeout=60_000)
    expect(page.locator(".done").get_by_role("button", name="A harder one")).to_be_visible()
    page.locator(".more summary").click()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save my progress").click()
    assert json.loads(saved.value.path().read_text())["topics"] == {"one_neuron": {"solved": 1, "row": 1}}


def test_a_new_session_of_the_server_gets_what_was_typed(open_app):
    """As after a restart of the server under an open page, which gives an empty exercise of the same name."""
    learner = Learner(open_app, "one_neuron", 1, 1)
    page, first = learner.page, learner.names[0]
    visitors = [Visitor(PAGES), Visitor(PAGES)]
    before, after = (visitor.visit("practice", {"e": "one_neuron.1.1"}) for visitor in visitors)
    typed = visitors[0].handle(
        {"page": "practice", "sequence": 1, "events": [{"type": "answer", "cell": first, "text": "1/3"}]}
    )
    question = {"page": "practice", "events": [{"type": "check"}]}
    mounted = Mounted(page, "practice")
    for answer, session in [(before, "1"), (typed, "1"), (after, "2"), (visitors[1].handle(question), "2")]:
        mounted.bring(answer, session)
    asked = mounted.asks("answers")
    assert asked["events"] == [{"type": "answers", "texts": {first: "1/3"}}]
    mounted.bring(visitors[1].handle(asked), "2")
    expect(page.locator(f'#mounted .answer[data-cell="{first}"]')).to_have_value("1/3")


def test_the_network_on_the_sheet_becomes_an_exercise(open_app):
    learner = Learner(open_app, "one_neuron", 1, 1)
    page = learner.page
    page.locator(".more summary").click()
    page.get_by_label("Of the network on the sheet ask for").select_option("update")
    page.get_by_role("button", name="Practise with it").click()
    expect(page.locator(".facts")).to_contain_text("learning rate η")
    field = page.locator('.answer[data-cell="new_weight 1 1 1"]')
    field.evaluate(
        """field => { const data = new DataTransfer(); data.setData("text/plain", "1\\t2");
        field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })); }"""
    )
    expect(page.locator('.answer[data-cell="new_weight 1 1 2"]')).to_have_value("2")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_is_cut_off_and_nobody_is_left_out(open_app, scheme, width):
    learner = Learner(open_app, "backward", 3, 2, width=width, height=844, color_scheme=scheme)
    page = learner.page
    learner.field(learner.names[0]).focus()
    learner.type(learner.names[0], "1000", "wrong")
    page.get_by_role("button", name="Help for ∂L/∂a of layer 7").click()
    expect(page.locator(".foot .hint")).to_be_visible()
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width
    focused = page.evaluate(
        "() => { let e = document.activeElement; while (e?.shadowRoot) e = e.shadowRoot.activeElement;"
        " return e?.tagName; }"
    )
    assert focused in ("INPUT", "BUTTON")
    assert found_by_axe(page) == []
    assert missed_by_axe(page) == []
    # on paper what is asked stands above the fields
    page.emulate_media(media="print")
    expect(page.locator(".question").first).to_be_visible()
    expect(page.locator(".foot").first).to_be_hidden()


def test_the_changed_number_is_found_by_keys(open_app):
    exercise = generate("which_cell", 2, 4)
    open_app.may_say("404")
    page = open_app("/practise?e=which_cell.2.4", width=1280, height=720).page
    changed, right = str(exercise.change.cell), f"{exercise.change.right:g}"
    other = next(name for name in exercise.fields if name != changed)

    def field(name):
        return page.locator(f'.answer[data-cell="{name}"]')

    before = field(other).input_value(timeout=60_000)
    field(other).focus()
    page.keyboard.type("777")  # what stood there is selected
    page.keyboard.press("Enter")
    expect(field(other)).to_have_attribute("data-state", "wrong")
    field(other).focus()
    expect(page.locator(".foot .verdict")).to_contain_text("was not changed")
    field(changed).focus()
    page.keyboard.type(right)
    page.keyboard.press("Enter")
    expect(field(changed)).to_have_attribute("data-state", "right")
    expect(field(other)).to_have_value(before)
    expect(page.locator(".count")).to_contain_text("1 of 1 right")
    field(changed).focus()
    expect(page.locator(".foot .verdict")).to_contain_text("was changed. ")


# the beginnings of their files: PDF, and an archive
BEGINNINGS = {".pdf": b"%PDF-", ".zip": b"PK", ".xml": b"<?xml"}


def test_every_kind_of_hand_out_is_saved_by_its_button(open_app):
    page = Learner(open_app, "layer", 1, 3).page
    page.locator(".more summary").click()
    names = []

    def saved(press):
        with page.expect_download() as download:
            press()
        name = download.value.suggested_filename
        assert download.value.path().read_bytes().startswith(BEGINNINGS[name[-4:]])
        names.append(name)

    for label in ("Save questions for Moodle", "Save questions for QTI 2.1"):
        button = page.get_by_role("button", name=label)
        saved(button.click)
    for kind in ("with empty fields", "the key"):
        for paper in ("A4", "Letter"):
            page.get_by_role("button", name="Save worksheet …").click()
            dialog = page.get_by_role("dialog", name="Save worksheet")
            dialog.locator('[data-choice="as"]').select_option(kind)
            dialog.locator('[data-choice="paper"]').select_option(paper)
            saved(dialog.get_by_role("button", name="Save", exact=True).click)
    assert len(names) == len(savings(EXERCISES))
    assert [name[-4:] for name in names] == [".xml", ".zip", *[".pdf"] * 4]
