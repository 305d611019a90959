"""How far one key or one drag step goes, with Shift and Alt too, and where targets stop."""

import pytest

from mlpviz.examples.networks import PRESETS
from mlpviz.network.edits import set_loss
from mlpviz.text.numbers import format_number
from tests.support.dragging import dragged


@pytest.mark.parametrize(
    ("start", "key", "value"),
    [
        # whole numbers move in whole steps, others in their third digit; Alt is a tenth, the Page keys are ten times
        ("2", "Shift+ArrowUp", "3"),
        ("2", "Shift+ArrowDown", "1"),
        ("2", "Shift+PageUp", "12"),
        ("2", "Alt+ArrowUp", "2.1"),
        ("0.5", "Shift+ArrowUp", "0.51"),
        ("0.5", "Shift+PageDown", "0.4"),
        ("0.5", "Alt+ArrowDown", "0.499"),
        ("0.5", "Shift+Alt+ArrowUp", "0.501"),
        ("31.7", "Shift+ArrowUp", "31.8"),
    ],
)
def test_an_arrow_key(open_app, start, key, value):
    sheet = open_app().ready().end()
    sheet.type_into("weight.7", 1, 1, start)
    sheet.expect("weight.7", 1, 1, start)
    sheet.cell("weight.7", 1, 1).click()
    sheet.press(key)
    sheet.expect("weight.7", 1, 1, value)


def test_a_drag_with_shift_and_alt(open_app):
    sheet = open_app().ready().end()
    dragged(sheet, "weight.7", 1, 2, 25)  # three steps of 8 pixels
    sheet.expect("weight.7", 1, 2, "2")
    dragged(sheet, "weight.7", 1, 2, 25, "Shift")
    sheet.expect("weight.7", 1, 2, "32")
    dragged(sheet, "weight.7", 1, 2, -25, "Alt")
    sheet.expect("weight.7", 1, 2, "31.7")
    dragged(sheet, "weight.7", 1, 2, 17)
    sheet.expect("weight.7", 1, 2, "31.9")


def test_class_numbers_stop_at_the_classes(open_app):
    sheet = open_app().ready()
    sheet.page.locator("select.preset").select_option("iris")
    sheet.cell("target.3", 1, 2).wait_for()
    sheet.end()
    sheet.cell("target.3", 1, 1).click()
    sheet.press("Shift+ArrowDown")
    sheet.expect("target.3", 1, 1, "0")
    sheet.press("Shift+PageUp")
    sheet.expect("target.3", 1, 1, "2")
    sheet.press("Alt+ArrowDown")
    sheet.expect("target.3", 1, 1, "2")
    dragged(sheet, "target.3", 1, 1, -200)
    sheet.expect("target.3", 1, 1, "0")
    sheet.cell("target.3", 1, 1).click()
    assert sheet.page.locator(".editor input[type=range]").evaluate("r => [r.min, r.max, r.step]") == ["0", "2", "1"]
    assert not sheet.page.locator(".notice.error").is_visible()


def test_probabilities_stop_at_0_and_1(open_app):
    sheet = open_app().ready()
    sheet.page.locator("select.preset").select_option("mazur")
    sheet.cell("target.2", 2, 1).wait_for()
    sheet.end().page.get_by_label("loss function").select_option("bce")
    bce = set_loss(PRESETS["mazur"].document, "bce").document
    sheet.expect("loss.2", 1, 1, format_number(float(bce.trace().loss)))
    sheet.type_into("target.2", 1, 1, "0.99")
    sheet.expect("target.2", 1, 1, "0.99")
    sheet.cell("target.2", 1, 1).click()
    sheet.press("Shift+PageUp")
    sheet.expect("target.2", 1, 1, "1")
    sheet.press("Shift+ArrowUp")
    sheet.expect("target.2", 1, 1, "1")
    dragged(sheet, "target.2", 1, 1, -200)
    sheet.expect("target.2", 1, 1, "0")
    sheet.type_into("target.2", 1, 1, "1.5")
    assert sheet.error() == (
        "Not changed: target of output 1, sample 1 is 1.5, "
        "expected 0 to 1 for the loss binary cross-entropy (after sigmoid)"
    )
    sheet.expect("target.2", 1, 1, "0")
