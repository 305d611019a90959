"""All steps of all presets: what is computed and what it is made of lie in sight, under headings and title that stay.

Of the single products the suite takes every ninth; all of them with MLPVIZ_STEPS=1.
"""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from mlpviz.examples.networks import PRESETS

WALK = Path(__file__).with_name("steps_in_sight.js").read_text()


EVERY = {"product": int(os.environ.get("MLPVIZ_STEPS", "9"))}


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
        sheet.page.locator("select.preset").select_option(key)
        expect(sheet.page.locator(".band")).to_have_count(last + 2)
        expect(sheet.page.locator(f'[data-block="weight.{last}"]')).to_be_visible()
        steps, sparse, wrong = walked(sheet.page)
        counted += steps
        assert wrong == [], key
        # only where a band is higher than the window anything is left out
        assert sparse == 0 or width < 600 or key == "iris", key
    assert counted > 3500
