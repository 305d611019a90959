"""Pictures and worked solutions as people get them: chosen in a dialog, downloaded; texts inside their boxes."""

from io import BytesIO
from pathlib import Path

import pytest
from defusedxml.ElementTree import fromstring
from PIL import Image
from playwright.sync_api import expect

from mlpviz.examples.networks import PRESETS
from mlpviz.exchange import FORMATS, save_file
from mlpviz.exchange.picture_formats import MOTIFS
from mlpviz.exchange.subjects import NETWORK

# a text that is wider than the rectangle drawn before it, or reaches beyond the page
OUTSIDE = """() => {
  const page = document.querySelector("svg").getBoundingClientRect();
  const found = [];
  let box = null;
  for (const one of document.querySelectorAll("rect, text")) {
    const own = one.getBoundingClientRect();
    if (one.tagName === "rect") { box = own; continue; }
    const isOnPage = own.left >= page.left && own.right <= page.right
      && own.top >= page.top && own.bottom <= page.bottom;
    const middle = [(own.left + own.right) / 2, (own.top + own.bottom) / 2];
    const isInBox = box && middle[0] > box.left && middle[0] < box.right
      && middle[1] > box.top && middle[1] < box.bottom;
    if (!isOnPage || (isInBox && (own.left < box.left - 0.5 || own.right > box.right + 0.5)))
      found.push(one.textContent);
  }
  return found;
}"""


def choose(page, button, **choices):
    """Save what the dialog behind a button offers, with these choices in its menus; the downloaded file."""
    page.get_by_role("button", name=button).click()
    dialog = page.locator("dialog[open]")
    for name, label in choices.items():
        dialog.locator(f'[data-choice="{name}"]').select_option(label)
    with page.expect_download() as found:
        dialog.get_by_role("button", name="Save", exact=True).click()
    expect(dialog).to_have_count(0)
    return Path(found.value.path()).read_bytes(), found.value.suggested_filename


@pytest.mark.parametrize("kind", ["a web page to print", "LaTeX", "Markdown"])
def test_a_worked_solution_is_chosen_and_saved(open_app, kind):
    sheet = open_app().ready()
    sheet.page.locator("details.file summary").click()
    content, name = choose(sheet.page, "Save worked solution …", detail="every product", **{"as": kind})
    entry = next(e for e in FORMATS.values() if dict(e.choices).get("as") == kind and e.key.endswith("-3"))
    assert name == f"seven-layers--by-hand-solution-3{entry.suffix}"
    assert content.decode().count("Layer 7") > 5


def test_pictures_are_chosen_and_saved(open_app):
    sheet = open_app().choose("mazur")
    for motif in (motif for motif in MOTIFS if motif.subject is NETWORK):
        sheet.page.locator("details.file summary").click()
        content, name = choose(sheet.page, "Save picture …", of=motif.label, look="dark, for a projector")
        assert name.endswith(f"-{motif.key}.svg")
        assert fromstring(content.decode()).get("width") == "1920px"
    sheet.page.locator("details.file summary").click()
    content, name = choose(sheet.page, "Save picture …", of="the sheet", look="for paper, A4", **{"as": "PNG"})
    assert Image.open(BytesIO(content)).size == (2339, 1654)


def test_a_map_of_a_network_with_other_inputs_is_refused_in_a_sentence(open_app):
    sheet = open_app().ready()
    sheet.page.locator("details.file summary").click()
    sheet.page.get_by_role("button", name="Save picture …").click()
    dialog = sheet.page.locator("dialog[open]")
    dialog.locator('[data-choice="of"]').select_option("the decision map (2 inputs)")
    dialog.get_by_role("button", name="Save", exact=True).click()
    assert "a decision map needs a network with 2 inputs, and this one has 3" in sheet.error()


def test_the_map_of_a_training_is_saved(train):
    page = train().page
    content, name = choose(page, "Save picture …", look="light, for a projector")
    assert name == "map-epoch-0.svg"
    svg = fromstring(content.decode())
    assert len(list(svg.iter("{http://www.w3.org/2000/svg}rect"))) > 50
    content, _ = choose(page, "Save picture …", **{"as": "PNG"})
    assert Image.open(BytesIO(content)).size == (1920, 1080)


@pytest.mark.parametrize("preset", PRESETS)
def test_texts_stay_inside_their_boxes_and_the_page(browser, preset):
    with browser.new_page(viewport={"width": 1920, "height": 1080}) as page:
        for key in ("sheet-svg", "sheet-svg-a4", "drawing-svg"):
            page.set_content(save_file(NETWORK, PRESETS[preset].document, key).content.decode())
            assert page.evaluate(OUTSIDE) == [], key
        page.evaluate("() => { document.querySelector('text:last-of-type').textContent = 'wide '.repeat(400); }")
        assert page.evaluate(OUTSIDE)
