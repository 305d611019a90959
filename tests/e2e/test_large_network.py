"""A 784-256-10 network from a file: its numbers where they belong, one changed, the steps, the badge."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect
from safetensors.numpy import save_file

from mlpviz.text.numbers import all_digits


@pytest.fixture
def digits(tmp_path):
    """A file as PyTorch would write it, and its tensors."""
    rng = np.random.default_rng(7)
    tensors = {}
    for index, (inputs, units) in enumerate(((784, 256), (256, 10))):
        tensors[f"{2 * index}.weight"] = rng.normal(0, inputs**-0.5, (units, inputs)).astype(np.float32)
        tensors[f"{2 * index}.bias"] = rng.normal(0, 0.1, units).astype(np.float32)
    save_file(tensors, tmp_path / "digits.safetensors")
    return tmp_path / "digits.safetensors", {name: array.astype(float) for name, array in tensors.items()}


class LargeSheet:
    """Reads numbers of heat maps as a person does: with the pointer near one, and the arrow keys to it."""

    def __init__(self, sheet):
        self.sheet, self.page = sheet, sheet.page

    def walk_to(self, block, row, column):
        canvas = self.page.locator(f'[data-block="{block}"] canvas')
        canvas.scroll_into_view_if_needed()
        box = canvas.bounding_box()
        rows, columns = (
            int(part) for part in re.search(r"(\d+) by (\d+)", canvas.get_attribute("aria-label")).groups()
        )
        near = [
            min(max(3.0, box[side] * (place - 0.5) / count), box[side] - 3.0)
            for side, place, count in (("width", column, columns), ("height", row, rows))
        ]
        canvas.click(position={"x": near[0], "y": near[1]})
        for _ in range(4):
            at_row, at_column = (int(canvas.get_attribute(f"data-{name}")) + 1 for name in "rc")
            if (at_row, at_column) == (row, column):
                return canvas
            for count, keys in (
                (row - at_row, ("ArrowUp", "ArrowDown")),
                (column - at_column, ("ArrowLeft", "ArrowRight")),
            ):
                for _ in range(abs(count)):
                    self.page.keyboard.press(keys[count > 0])
        raise AssertionError(f"{block} {row} {column} was not reached")

    def expect(self, block, row, column, value):
        """The panel has all digits of this number."""
        self.walk_to(block, row, column)
        self.expect_digits(value)

    def expect_digits(self, value):
        expect(told(self.sheet)).to_have_text(f"All digits: {all_digits(value)}")


def test_a_large_network_opens_is_edited_stepped_and_proved(open_app, digits):
    file, tensors = digits
    sheet = open_app().ready()
    sheet.page.locator('input[type="file"]').set_input_files(file)
    sheet.page.get_by_role("button", name="Open on the sheet").click()
    large = LargeSheet(sheet)
    expect(sheet.page.locator('[data-block="weight.1"] canvas')).to_have_attribute(
        "aria-label", re.compile("256 by 784 numbers")
    )
    for row, column in ((1, 1), (100, 391), (256, 784)):
        large.expect("weight.1", row, column, tensors["0.weight"][row - 1, column - 1])
    large.expect("weight.2", 10, 3, tensors["2.weight"][9, 2])
    # its bias is folded like a picture
    bias = sheet.page.locator('[data-block="bias.1"] canvas')
    assert "in rows of 16" in bias.get_attribute("aria-label")
    bias.click(position={"x": 2, "y": 2})
    sheet.press("ArrowDown", "ArrowRight")
    large.expect_digits(tensors["0.bias"][17])

    large.walk_to("weight.1", 3, 5)
    sheet.press("Enter")
    sheet.page.locator("input.typing").fill("0.75")
    sheet.press("Enter")
    weight = tensors["0.weight"].copy()
    weight[2, 4] = 0.75
    badge = sheet.page.locator('.badge[data-status="ok"]')
    expect(badge).to_contain_text(re.compile(r"[\d,]+ of 204,\d{3} numbers differentiated"))

    sheet.press("Escape").end()
    large.walk_to("weight.1", 3, 5)
    expect(told(sheet)).to_have_text("")  # 0.75 is all there is of it
    hidden = np.maximum(weight @ np.ones(784) + tensors["0.bias"], 0.0)
    output = tensors["2.weight"] @ hidden + tensors["2.bias"]
    target = np.array([digits_of(sheet, "target.2", unit + 1) for unit in range(10)])
    grad_hidden = (tensors["2.weight"].T @ (2.0 * (output - target) / 10)) * (hidden > 0)
    unit = int(np.abs(grad_hidden).argmax())
    # gradient and new weight came when their steps were reached
    for block, wanted in (
        ("grad_weight.1", grad_hidden[unit]),
        ("new_weight.1", weight[unit, 299] - 0.01 * grad_hidden[unit]),
    ):
        large.walk_to(block, unit + 1, 300)
        expect(told(sheet)).to_contain_text("All digits")
        assert number_in(told(sheet).inner_text()) == pytest.approx(wanted, rel=1e-10), block


def told(sheet):
    return sheet.page.locator(".panel .value").first


def digits_of(sheet, block, row):
    """All digits of a number in a table."""
    cell = sheet.cell(block, row, 1)
    cell.hover()
    return number_in(cell.get_attribute("title") or cell.inner_text())


def number_in(text):
    return float(text.removeprefix("All digits: ").replace("−", "-"))
