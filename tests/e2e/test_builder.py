"""A teacher builds an exercise of their own network, and a learner opens its link; the pages in a frame."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from mlpviz.practice.exercise import Exercise
from mlpviz.practice.grading import mark
from mlpviz.practice.topics import generate
from mlpviz.practice_page.builder import GIVEN_OUT
from mlpviz.text.numbers import MINUS, all_digits
from tests.e2e.axe import found_by_axe, missed_by_axe
from tests.e2e.waiting import until


def opened(open_app, address, **options):
    open_app.may_say("404")  # Streamlit looks for its own files below the page's address first
    return open_app(address, **options).page


def exercise_of(link):
    """The exercise in a link for learners."""
    return Exercise.from_link(parse_qs(urlsplit(link).query)["e"][0].removeprefix(GIVEN_OUT))


def test_a_teacher_builds_an_exercise_and_a_learner_solves_it(open_app):
    document = generate("forward", 1, 3).document
    teacher = open_app(f"/?d={document.to_link()}").page
    teacher.locator(".toolbar .more summary").click()
    teacher.get_by_role("button", name="Practise:").click()
    teacher.locator(".practice > .more summary").click()
    teacher.get_by_role("button", name="Build an exercise of this network").click()
    builder = teacher.get_by_role("region", name="Build an exercise")
    builder.get_by_role("button", name="All of Z of layer 1").wait_for()
    for heading in builder.locator("figcaption button").all():
        heading.click()
    expect(builder.locator('.mark[data-mark="asked"]')).to_have_count(0)
    builder.get_by_role("button", name="All of Z of layer 1").click()
    builder.get_by_role("button", name=re.compile("^A of layer 1, row 1")).click()
    builder.get_by_label("Given from the start").check()
    builder.get_by_role("button", name="∂L/∂a of layer 2, row 1").click()
    builder.get_by_label("The question").fill("Which units are <closed>?")
    builder.get_by_label("help for each block").uncheck()
    expect(builder.locator(".built")).to_contain_text("3 empty fields")
    expect(builder.get_by_label("The question")).to_have_value("Which units are <closed>?")
    expect(builder.locator('.mark[data-mark="given"]')).to_have_count(1)
    # the answer to each choice brings a link of its own
    place = builder.get_by_label("Link for the learner")
    until(lambda: "help" in exercise_of(place.input_value()).hidden)
    link = place.input_value()
    with teacher.expect_download() as exercise:
        builder.get_by_role("button", name="Save the exercise").click()

    learner = opened(open_app, link, alone=True)
    fields = learner.locator(".answer")
    expect(fields).to_have_count(3, timeout=60_000)
    assert fields.evaluate_all("fields => fields.map((field) => field.value)") == ["", "", ""]
    expect(learner.locator(".practice .head .question")).to_have_text("Which units are <closed>?")
    expect(learner.get_by_role("button", name="Help for")).to_have_count(0)
    expect(learner.get_by_label("Topic")).to_be_hidden()
    trace = document.trace()
    right = [*trace.layers[0].z[0], trace.layers[0].a[0][0]]
    fields.first.focus()
    for number in right:
        learner.keyboard.type(all_digits(float(number)).replace(MINUS, "-"))
        learner.keyboard.press("Enter")
    expect(learner.locator(".done")).to_contain_text("All right, without help.")
    learner.locator(".practice > .more summary").click()
    with learner.expect_download() as answers:
        learner.get_by_role("button", name="Save my answers").click()
    handed_in = answers.value.path().read_bytes()
    assert mark(Exercise.parse(exercise.value.path().read_bytes()), "anna.json", handed_in).points == 3
    assert found_by_axe(teacher) == []
    assert missed_by_axe(teacher) == []


@pytest.mark.parametrize("width", [390, 1280])
def test_a_frame_has_the_exercise_alone(open_app, width):
    page = opened(open_app, "/practise?e=layer.1.2&embed=true", width=width, height=700)
    page.locator(".answer").first.wait_for(timeout=60_000)
    for gone in (".stAppHeader", ".st-key-pages", ".badge", ".practice > .choices", ".practice > .more"):
        expect(page.locator(gone).first).to_be_hidden()
    expect(page.locator(".question").first).to_be_visible()
    page.locator(".answer").first.fill("1/0")
    page.locator(".answer").first.press("Enter")
    expect(page.locator(".answer").first).to_have_attribute("data-state", "unreadable")
    assert "embed=true" in page.url
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width
    assert found_by_axe(page) == []


@pytest.mark.parametrize("width", [390, 1280])
def test_a_frame_has_the_sheet_alone(open_app, width):
    page = open_app("/?embed=true", width=width, height=700).page
    page.locator(".sheet .band").first.wait_for(timeout=60_000)
    for gone in (".stAppHeader", ".st-key-pages", ".badge", ".toolbar", ".headings .quiet"):
        expect(page.locator(gone).first).to_be_hidden()
    page.keyboard.press("End")
    expect(page.locator('[data-block="z.1"] td').first).not_to_have_text("·")
    with page.expect_popup() as other:
        page.get_by_role("link", name="Open in mlpviz").click()
    other.value.locator(".toolbar").first.wait_for(timeout=60_000)
    assert "embed" not in other.value.url
