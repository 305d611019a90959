"""Every preset fits without sideways scrolling, and its layout stays as it is while one steps and drags."""

import pytest
from playwright.sync_api import expect

from mlpviz.examples.networks import PRESETS
from tests.e2e.waiting import still


def opened(open_app, key, **options):
    return open_app(f"/?d={PRESETS[key].document.to_link()}&v=layer.0.1", **options).ready()


def widths(sheet):
    return sheet.page.locator(".sheet-scroll").evaluate("sheet => [sheet.scrollWidth, sheet.clientWidth]")


@pytest.mark.parametrize("width", [1440, 1024])
def test_no_preset_scrolls_sideways(open_app, width):
    sheet = open_app(width=width).ready()
    for key, preset in PRESETS.items():
        last = len(preset.document.layers)
        sheet.choose(key)
        expect(sheet.page.locator(".band")).to_have_count(last + 2)
        expect(sheet.page.locator(f'[data-block="new_weight.{last}"]')).to_be_visible()
        needed, there = widths(sheet)
        assert needed <= there, key


def test_a_layout_stays_while_one_steps_and_edits(open_app):
    sheet = opened(open_app, "softmax")
    place = sheet.cell("grad_z.2", 1, 1)
    before = still(place)
    for _ in range(4):
        sheet.press("ArrowRight")
    assert still(place) == before
    sheet.end()
    assert still(place) == before
    sheet.type_into("weight.1", 1, 1, "-0.123456")
    sheet.expect("weight.1", 1, 1, "−0.123")
    needed, there = widths(sheet)
    assert needed <= there


def test_blocks_fold_into_heat_maps_and_unfold_with_the_window(open_app):
    sheet = opened(open_app, "iris", width=1280)
    folded = sheet.page.locator('[data-block="weight.3"] canvas')
    expect(folded).to_be_visible()
    sheet.page.set_viewport_size({"width": 2560, "height": 960})
    expect(folded).to_have_count(0)
    expect(sheet.cell("weight.3", 1, 1)).to_be_visible()
    sheet.page.set_viewport_size({"width": 1280, "height": 960})
    expect(folded).to_be_visible()
    needed, there = widths(sheet)
    assert needed <= there


def test_a_number_keeps_the_focus_when_its_block_folds(open_app):
    sheet = opened(open_app, "iris", width=2560)
    cell, folded = sheet.cell("weight.3", 1, 1), sheet.page.locator('[data-block="weight.3"] canvas')
    expect(cell).to_be_visible()
    cell.click()
    cell.focus()
    sheet.page.set_viewport_size({"width": 1280, "height": 960})
    expect(folded).to_be_visible()
    expect(folded).to_be_focused()
