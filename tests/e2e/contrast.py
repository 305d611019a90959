"""What is too faint to read on the page, as measured in the browser by contrast.js."""

from pathlib import Path

from tests.e2e.waiting import put_off

MEASURE = Path(__file__).with_name("contrast.js").read_text(encoding="utf-8")


def too_faint(sheet):
    """What is below AA: selector, ratio, text; at least something must have been measured."""
    sheet.page.mouse.move(2, 2)
    put_off(sheet.page, 400)
    found = dict(sheet.page.evaluate(MEASURE))
    assert found.pop("", 0) > 20, "hardly any text was measured"
    return {f"{key} ({text!r})": round(ratio, 2) for key, (ratio, text) in found.items()}
