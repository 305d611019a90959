"""How many actions it takes: a network of one's own, and any number of the sheet taken into a spreadsheet.

An action is a press of a button, a number or a key, or one text that is typed.
"""

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from mlpviz.examples.networks import PRESETS

PERMISSIONS = ["clipboard-read", "clipboard-write"]
OWN = {
    "weight.1": [[1, 2], [3, 4], [5, -6]],
    "bias.1": [[1], [0], [-2]],
    "weight.2": [[1, 0, 1], [2, -1, 0]],
    "bias.2": [[0.5], [-0.5]],
}


class Person:
    """Somebody whose actions are counted."""

    def __init__(self, page):
        self.page = page
        self.actions = 0

    def press(self, what):
        self.actions += 1
        if isinstance(what, str):
            self.page.keyboard.press(what)
        else:
            what.click()

    def type(self, text):
        self.actions += 1
        self.page.keyboard.type(text)


def clipboard(page):
    return page.evaluate("() => navigator.clipboard.readText()")


def test_a_network_of_ones_own_takes_at_most_twelve_actions(open_app):
    sheet = open_app(permissions=PERMISSIONS).ready()
    page = sheet.page
    person = Person(page)
    person.press(page.get_by_role("button", name="Open my own"))
    expect(page.get_by_role("textbox", name="Layers")).to_be_focused()
    person.type("2-3-2")
    person.press("Enter")
    expect(page.locator("dialog.new-network")).to_be_hidden()
    expect(sheet.cell("weight.2", 2, 3)).to_be_visible()
    for block, matrix in OWN.items():
        # what somebody has copied from a book or a program
        page.evaluate("text => navigator.clipboard.writeText(text)", repr(matrix))
        person.press(sheet.cell(block, 1, 1))
        person.press("Control+v")
        rows, columns = len(matrix), len(matrix[0])
        text = f"{matrix[-1][-1]}".replace("-", "−")
        sheet.expect(block, rows, columns, text)
    person.press("Escape")
    assert person.actions <= 12
    x = np.array([float(sheet.text("x.0", unit, 1).replace("−", "-")) for unit in (1, 2)])
    z = np.array(OWN["weight.1"]) @ x + np.array(OWN["bias.1"]).ravel()
    sheet.end()
    for unit in (1, 2, 3):
        sheet.expect("z.1", unit, 1, f"{z[unit - 1]:g}".replace("-", "−"))


@pytest.mark.parametrize("key", ["seven_layers", "batch_norm", "softmax"])
def test_any_number_goes_into_a_spreadsheet_in_two_actions(open_app, key):
    link = PRESETS[key].document.to_link()
    sheet = open_app(f"/?d={link}", permissions=PERMISSIONS).ready().end()
    page = sheet.page
    sheet.badge()
    blocks = page.locator("[data-block]:not(:has(canvas))").evaluate_all("all => all.map(one => one.dataset.block)")
    assert len(blocks) > 15
    for block in blocks:
        cell = page.locator(f'[data-block="{block}"] td[data-r="0"][data-c="0"]')
        shown = cell.text_content()
        page.evaluate("() => navigator.clipboard.writeText('')")
        person = Person(page)
        person.press(cell)
        person.press("Control+c")
        assert person.actions == 2
        page.wait_for_function("() => navigator.clipboard.readText()")
        copied = clipboard(page)
        assert re.fullmatch(r"-?[\d.]+(e-?\d+)?|-?inf|nan", copied), (block, copied)
        assert float(copied) == pytest.approx(float(shown.replace("−", "-")), rel=6e-3), block
