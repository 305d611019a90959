"""Bad input on every way in: one sentence that stays until something is done, and the work before it stays."""

import pytest

from mlpviz.examples.networks import PRESETS
from mlpviz.network import Document
from tests.e2e.waiting import put_off
from tests.support.pasting import PASTE

QUESTIONS = 1200  # ms: longer than the page waits before it asks for explanation and review


@pytest.fixture
def edited(open_app):
    """The sheet after one edit, which must be there, and be undone by one undo, at the end."""
    sheet = open_app().ready().end()
    sheet.type_into("weight.3", 2, 2, "-2")
    sheet.expect("z.3", 2, 2, "−12")
    yield sheet
    sheet.expect("z.3", 2, 2, "−12")
    sheet.cell("weight.7", 1, 1).click()
    sheet.press("Control+z")
    sheet.expect("z.3", 2, 2, "−5")
    sheet.press("Control+Shift+z")
    sheet.expect("z.3", 2, 2, "−12")


def says(sheet, words):
    sheet.page.locator(".notice.error", has_text=words).wait_for()


def test_an_emptied_cell_and_what_only_javascript_calls_a_number(edited):
    edited.type_into("weight.2", 1, 3, "")
    says(edited, "W of layer 2, row 1, column 3 is empty, expected a number")
    edited.type_into("weight.2", 1, 3, "0x10")
    says(edited, "W of layer 2, row 1, column 3 is '0x10', expected a number")


def test_leaving_an_activation_unchanged_does_not_pin_it(edited):
    edited.cell("a.4", 1, 2).dblclick()
    edited.cell("weight.6", 1, 1).click()
    edited.page.locator("input.typing").wait_for(state="detached")
    assert "pinned" not in edited.cell("a.4", 1, 2).get_attribute("class")


def test_a_paste_into_what_is_computed_is_answered(edited):
    edited.cell("z.2", 1, 1).click()
    edited.page.evaluate(PASTE, ["1 2", 1])
    says(edited, "Not changed: Forward · layer 2 · z is computed")


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (50_000_000, "large.json has 50 MB, at most 16 MB can be opened"),
        (1_999_999, "not JSON"),
        (1_500_000, "not JSON"),
    ],
    ids=["50 MB", "as large as allowed", "quotes, which travel as two bytes"],
)
def test_a_large_file_is_refused_and_the_sheet_goes_on(edited, tmp_path, size, words):
    file = tmp_path / "large.json"
    file.write_bytes((b" " if size != 1_500_000 else b'"') * size)
    edited.page.locator('input[type="file"]').set_input_files(file)
    says(edited, words)
    put_off(edited.page, QUESTIONS)
    says(edited, words)
    edited.type_into("weight.2", 1, 3, "bad")
    says(edited, "is 'bad'")


def test_a_paste_too_large_to_be_sent_is_refused_and_the_sheet_goes_on(edited):
    edited.cell("weight.2", 1, 3).click()
    edited.page.evaluate(PASTE, ["1 ", 3_000_000])
    says(edited, "Not changed: what you gave has 6.0 MB, at most 5 MB are allowed.")
    edited.page.evaluate(PASTE, ["1 ", 300_000])
    says(edited, "600,000 characters, at most 500,000 are allowed")


def test_a_link_that_cannot_be_opened_is_told_in_sentences(open_app):
    sheet = open_app("/?d=eNpLTEoGAAJNASc").ready()
    assert sheet.error().endswith(". You see the first example instead.")


def test_a_name_and_a_label_are_text(open_app):
    marked = '<img src=x onerror="document.title=1"> & <b>'
    value = PRESETS["mazur"].document.to_json_value() | {"name": marked}
    value["layers"][0]["label"] = marked
    sheet = open_app(f"/?d={Document.parse(value).to_link()}").ready()
    sheet.page.get_by_text(marked).first.wait_for()
    assert sheet.page.locator("[onerror], img[src=x]").count() == 0
