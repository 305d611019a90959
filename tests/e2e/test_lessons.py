"""The Lessons page: somebody with a keyboard alone walks whole lessons, is wrong, reads why, and goes on."""

import json

import pytest
from playwright.sync_api import expect

from mlpviz.lessons import LESSONS
from tests.e2e.axe import found_by_axe, missed_by_axe


class Learner:
    """The page as somebody who has no mouse sees it."""

    def __init__(self, open_app, lesson="", step=1, **options):
        open_app.may_say("404")  # Streamlit looks for its own files below the page's address first
        self.page = open_app(f"/lessons?l={lesson}.{step}" if lesson else "/lessons", **options).page
        self.page.locator(".lessons .head, .lesson-list button").first.wait_for(state="attached", timeout=60_000)

    def press(self, key, times=1):
        for _ in range(times):
            self.page.keyboard.press(key)

    def tab_to(self, locator):
        """Press Tab until something has the focus."""
        for _ in range(40):
            if locator.evaluate("one => one.getRootNode().activeElement === one"):
                return
            self.press("Tab")
        raise AssertionError("Tab does not come here")

    def button(self, name):
        return self.page.locator(".lesson").get_by_role("button", name=name, exact=True)

    def field(self, name):
        return self.page.locator(f'.lesson .answer[data-cell="{name}"]')

    def answer(self, asking, *, is_wrong):
        """Type or choose with the keyboard alone."""
        if asking.exercise is not None:
            for name, right in asking.right_texts().items():
                field = self.field(name)
                self.tab_to(field)
                self.press("Control+a")
                self.page.keyboard.type(f"{right}+1000" if is_wrong else right)
                self.press("Enter")
                expect(field).to_have_attribute("data-state", "wrong" if is_wrong else "right")
                if is_wrong:
                    return
        elif asking.options:
            label = next(label for key, label in asking.options if (key != asking.answer) == is_wrong)
            button = self.page.locator(".options button").filter(has_text=label)
            self.tab_to(button)
            self.press("Enter")
            expect(button).to_have_attribute("data-state", "wrong" if is_wrong else "right")
        else:
            self.tab_to(self.page.locator(".typing .answer"))
            self.press("Control+a")
            self.page.keyboard.type(f"{asking.right_answer()}+1000" if is_wrong else asking.right_answer())
            self.press("Enter")


@pytest.mark.parametrize("key", ["relu", "gradient_descent"])
def test_a_keyboard_is_enough_to_walk_a_lesson_to_its_end(open_app, key):
    learner = Learner(open_app)
    page, lesson = learner.page, LESSONS[key]
    learner.tab_to(page.locator(".lesson-list button").filter(has_text=lesson.title))
    learner.press("Enter")
    for number, shown in enumerate(lesson.shown, start=1):
        expect(page.locator(".lesson .place")).to_have_text(f"Step {number} of {len(lesson.shown)}")
        # a screen reader reads the step
        expect(page.locator(".lesson .head")).to_be_focused()
        page.wait_for_url(f"**l={key}.{number}*")
        if shown.asking is not None:
            expect(learner.button("Go on" if number < len(lesson.shown) else "Show the answer")).to_be_visible()
            learner.answer(shown.asking, is_wrong=True)
            if shown.step.help:
                expect(page.get_by_role("status").filter(has_text=str(shown.text_of(shown.step.help)))).to_be_visible()
            expect(page.locator(".lesson .then")).to_be_hidden()
            learner.answer(shown.asking, is_wrong=False)
            if shown.step.then:
                expect(page.locator(".lesson .said .then")).to_have_text(str(shown.text_of(shown.step.then)))
        if number == len(lesson.shown):
            break
        # who has answered stands on the way on; who was only told something goes on with a letter
        if shown.asking is None:
            learner.press("n")
        else:
            expect(learner.button("Go on")).to_be_focused()
            learner.press("Enter")
    expect(page.locator(".ways button", has_text="Practise: ")).to_be_focused()
    learner.press("Enter")
    page.wait_for_url(f"**e={lesson.practise.name}*")
    expect(page.locator(".practice .head .question")).to_be_visible()


def test_place_and_answers_survive_a_reload_and_the_list_goes_on_there(open_app):
    learner = Learner(open_app, "layer", 2)
    page, asking = learner.page, LESSONS["layer"].shown[1].asking
    learner.answer(asking, is_wrong=True)
    page.reload()
    name, *_ = asking.exercise.cells
    expect(learner.field(name)).to_have_attribute("data-state", "wrong", timeout=60_000)
    learner.answer(asking, is_wrong=False)
    expect(learner.button("Go on")).to_be_focused()
    learner.press("Enter")
    expect(page.locator(".lesson .place")).to_have_text("Step 3 of 5")
    page.reload()
    expect(page.locator(".lesson .place")).to_have_text("Step 3 of 5", timeout=60_000)
    learner.button("Back").click()
    expect(learner.field(name)).to_have_attribute("data-state", "right")
    expect(learner.button("Go on")).to_be_enabled()
    learner.button("All lessons").click()
    line = page.locator(".lesson-list button").filter(has_text="A layer as a matrix")
    expect(line).to_contain_text("go on at step 3 of 5")
    assert json.loads(page.evaluate("() => localStorage.getItem('mlpviz.lessons')")) == {"layer": 3}
    page.reload()
    line.click()
    expect(page.locator(".lesson .place")).to_have_text("Step 3 of 5", timeout=60_000)
    learner.button("Back").click()
    expect(learner.field(name)).to_have_attribute("data-state", "right")


def test_the_tour_is_offered_once(open_app):
    open_app.may_say("404")
    page = open_app().page
    page.get_by_role("button", name="A one-minute tour").click()
    expect(page.locator(".lesson #lesson-title")).to_have_text(LESSONS["tour"].title, timeout=60_000)
    expect(page.locator(".lesson .place")).to_have_text("Step 1 of 5")
    page.goto(page.url.split("/lessons")[0])
    page.locator(".welcome .ways button").first.wait_for(timeout=60_000)
    expect(page.get_by_role("button", name="A one-minute tour")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), [(390, 844), (1024, 768), (1280, 720), (1440, 900)])
def test_nothing_is_cut_off_and_nobody_is_left_out(open_app, scheme, width, height):
    learner = Learner(open_app, "backward", 4, width=width, height=height, color_scheme=scheme)
    page = learner.page
    page.locator(".typing .answer").fill("7")
    page.locator(".typing .answer").press("Enter")
    expect(page.locator(".lesson .verdict")).to_have_text("Not right.")
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width
    assert found_by_axe(page) == []
    assert missed_by_axe(page) == []
    learner.button("All lessons").click()
    expect(page.locator(".lesson-list button").first).to_be_visible()
    assert found_by_axe(page) == []
    assert missed_by_axe(page) == []
