"""All steps of all presets: what is computed and what it is made of lie in sight, under headings and title that stay.

Of the units the suite takes every third, of the single products every 27th; all of them with MLPVIZ_STEPS=1.
"""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from mlpviz.examples.networks import PRESETS
from mlpviz.sheet.blocks import shape_of
from mlpviz.sheet_page.structure import structure_of

WALK = Path(__file__).with_name("steps_in_sight.js").read_text()


_PRODUCTS = int(os.environ.get("MLPVIZ_STEPS", "27"))
EVERY = {"unit": min(3, _PRODUCTS), "product": _PRODUCTS}


def walked(page, granularities=("layer", "unit", "product"), **how):
    """How many steps, at how many something was left out, and what was wrong."""
    found = [
        page.evaluate(WALK, {"granularity": granularity, "every": EVERY.get(granularity, 1), **how})
        for granularity in granularities
    ]
    return (
        sum(one["steps"] for one in found),
        sum(one.get("sparse", 0) for one in found),
        [problem for one in found for problem in one["wrong"]],
    )


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1280, 720), (390, 844)])
def test_every_step_keeps_its_cell_and_its_operands_in_sight(open_app, width, height):
    sheet = open_app(width=width, height=height).ready()
    sheet.badge()
    counted = 0
    for key, preset in PRESETS.items():
        last = len(preset.document.layers)
        sheet.choose(key)
        expect(sheet.page.locator(".band")).to_have_count(last + 2)
        expect(sheet.page.locator(f'[data-block="weight.{last}"]')).to_be_visible()
        steps, sparse, wrong = walked(sheet.page)
        counted += steps
        known = structure_of(preset.document.spec, shape_of(preset.document)).data["steps"]
        assert steps == sum(map(len, known.values())), key
        assert wrong == [], key
        # only where a band is higher than the window anything is left out
        assert sparse == 0 or width < 600 or key == "iris", key
    assert counted > 3500


@pytest.mark.parametrize("key", [key for key in PRESETS if key != "seven_layers"])
def test_a_room_reads_every_step_of_every_example(open_app, key):
    link = PRESETS[key].document.to_link()
    sheet = open_app(f"/?d={link}&v=layer.0.1.....p", width=1280, height=720)
    sheet.page.locator(".app.presenting .band").first.wait_for()
    sheet.page.locator('.badge[data-status="ok"]').wait_for(state="attached")
    expect(sheet.page.locator(".panel h2").first).to_be_visible()
    _, _, wrong = walked(sheet.page, smallest=22)
    assert wrong == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_room_reads_every_step_and_a_remote_control_goes_through_them(open_app, scheme):
    sheet = open_app("/?v=layer.5.1.....p", width=1280, height=720, color_scheme=scheme).ready()
    page = sheet.page
    app, title = page.locator(".app.presenting"), page.locator(".panel h2").first
    expect(title).to_have_text("Forward · layer 3 · z · unit 1 · sample 1")
    for gone in (".toolbar", ".findings", ".transport button", "header"):
        one = page.locator(gone).first
        assert one.is_hidden() or not one.evaluate("one => one.contains(document.elementFromPoint(20, 20))"), gone
    sheet.press("PageDown")
    expect(title).to_have_text("Forward · layer 3 · a · unit 1 · sample 1")
    sheet.press("PageUp", "PageUp")
    expect(title).to_have_text("Forward · layer 2 · a · unit 1 · sample 1")
    steps, _, wrong = walked(page, smallest=22)
    assert (steps, wrong) == (44 + 107 + 403, [])
    written = page.locator(".panel h2, .panel .sentence, .heading.large, .band.large h3, .where").evaluate_all(
        "all => all.filter(one => one.checkVisibility()).map(one => parseFloat(getComputedStyle(one).fontSize))"
    )
    assert len(written) > 5
    assert min(written) >= 22
    sheet.press("b")
    expect(page.locator(".curtain")).to_be_visible()
    sheet.press("b", "Escape")
    expect(app).to_have_count(0)
    expect(page.locator(".toolbar")).to_be_visible()
    sheet.press("p")
    expect(app).to_be_visible()
    page.wait_for_function('() => new URLSearchParams(location.search).get("v").endsWith(".p")')
