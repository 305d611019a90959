"""Large, and in the reader's own colours: what stays in sight at 200 %, and lines told apart without colours."""

from pathlib import Path

import pytest

from tests.e2e.waiting import put_off

api = pytest.importorskip("playwright.sync_api")

# a window of 1280 × 720 at 200 %
ZOOMED = {"width": 640, "height": 360, "device_scale_factor": 2}
# of each band of the sheet the pixels between the headings and the bar of the steps
IN_SIGHT = """(bands) => {
  const app = bands[0].closest(".app");
  const top = app.querySelector(".headings").getBoundingClientRect().bottom;
  const bottom = app.querySelector(".dock").getBoundingClientRect().top;
  return bands.map((band) => {
    const box = band.getBoundingClientRect();
    return Math.max(0, Math.min(box.bottom, bottom) - Math.max(box.top, top));
  });
}"""
# where each line of a legend is drawn, whatever its colour
SHAPES = """(canvases) => canvases.map((canvas) => {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  let shape = "";
  for (let i = 3; i < data.length; i += 4) shape += data[i] > 127 ? "#" : ".";
  return shape;
})"""
ROW = 24  # px: of numbers


@pytest.mark.parametrize("step", [3, 5, 9, 16, 20, 24, 99])
def test_two_bands_stay_in_sight_at_200_percent(open_app, step):
    sheet = open_app(f"/?v=layer.{step}.1", **ZOOMED).ready()
    page = sheet.page
    sheet.badge()
    bands = page.locator(".sheet > .band")
    # the page scrolls to the step as soon as everything has its size
    put_off(page, 1500)
    in_sight = bands.evaluate_all(IN_SIGHT)
    assert len([pixels for pixels in in_sight if pixels >= ROW]) >= 2, in_sight
    # nothing is cut off to the side
    assert page.evaluate("() => document.documentElement.scrollWidth") == 640
    tops = page.locator(".transport > :visible").evaluate_all("all => all.map(one => one.getBoundingClientRect().top)")
    assert max(tops) - min(tops) < 20, "the steps are one line"


def test_legends_in_the_readers_colours_are_told_apart_by_dash_and_mark(open_app):
    open_app.may_say("404")  # Streamlit looks for its own files below the page's address first
    page = open_app("/train?x=learning_rate", forced_colors="active").page
    page.locator(".lane").nth(2).wait_for()
    page.get_by_role("button", name="10 epochs").click()
    for title in ("loss", "learning rate", "gradient norm"):
        legend = page.locator(".curves .chart", has_text=title).first.locator(".legend")
        api.expect(legend.locator("> span")).to_have_count(3)
        shapes = legend.locator(".line-sample").evaluate_all(SHAPES)
        assert all("#" in shape for shape in shapes)
        assert len(set(shapes)) == 3, title


def test_signs_and_the_explained_number_show_without_colours(open_app):
    sheet = open_app("/?v=layer.99.1.weight-3-2-2", forced_colors="active").ready()
    style = "(cell) => { const s = getComputedStyle(cell); return [s.borderBottomStyle, s.outlineStyle, s.boxShadow]; }"
    negative, positive = (sheet.cell("weight.3", *place).evaluate(style) for place in ((2, 2), (2, 1)))
    assert (negative[0], positive[0]) == ("dashed", "solid")
    assert negative[1] == "solid" != positive[1], "the explained number has an outline"


SPACED = """() => {
  const root = [...document.querySelectorAll("*")].find((one) => one.shadowRoot?.querySelector(".app")).shadowRoot;
  const style = new CSSStyleSheet();
  style.replaceSync(`* { letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
    * { line-height: 1.5 !important; }
    p { margin-bottom: 2em !important; }`);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, style];
}"""
OUTSIDE = """() => {
  const root = [...document.querySelectorAll("*")].find((one) => one.shadowRoot?.querySelector(".app")).shadowRoot;
  const range = document.createRange();
  return [...root.querySelectorAll(".sheet tbody td")].filter((cell) => cell.textContent.length > 1).filter((cell) => {
    range.selectNodeContents(cell);
    const [text, box] = [range.getBoundingClientRect(), cell.getBoundingClientRect()];
    // behind the last letter there is a distance too, which is empty
    const empty = 0.12 * Number.parseFloat(getComputedStyle(cell).fontSize);
    return text.right - empty > box.right + 1 || text.left < box.left - 1;
  }).map((cell) => `${cell.closest("[data-block]").dataset.block}: ${cell.textContent}`);
}"""


@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_letters_farther_apart_stay_in_their_cells(open_app, width):
    sheet = open_app(width=width, height=900).ready().choose("vanishing").end()
    page = sheet.page
    page.evaluate(SPACED)
    page.wait_for_function(f"() => ({OUTSIDE})().length === 0")
    labels = Path(__file__).with_name("labels.js").read_text().strip().rstrip(";")
    assert [cut for cut in page.evaluate(labels, {})["cut"] if cut.startswith(("button", "summary"))] == []
