"""A worked solution on paper: a browser prints it with every formula inside the page."""

import re

import pytest

from mlpviz.examples.networks import PRESETS
from mlpviz.exchange import FORMATS, save_file
from mlpviz.exchange.subjects import NETWORK

PAPER = {"A4": 210, "Letter": 216}
MARGIN = 15
BEYOND = """width => {
  document.body.style.width = width;
  const edge = document.body.getBoundingClientRect().right + 0.5;
  const range = document.createRange();
  const isBeyond = (one) => {
    range.selectNodeContents(one);
    return Math.max(one.getBoundingClientRect().right, range.getBoundingClientRect().right) > edge;
  };
  return [...document.querySelectorAll("math, p, h1, h3")].filter(isBeyond).map((one) => one.textContent.slice(0, 80));
}"""


@pytest.fixture
def page(browser):
    with browser.new_page() as page:
        page.emulate_media(media="print")
        yield page


@pytest.mark.parametrize("preset", ["seven_layers", "vanishing", "batch_norm", "tied_autoencoder", "iris"])
@pytest.mark.parametrize("key", [key for key in FORMATS if key.startswith("solution-html")])
def test_no_formula_is_cut(page, preset, key):
    page.set_content(save_file(NETWORK, PRESETS[preset].document, key).content.decode())
    for width in PAPER.values():
        assert page.evaluate(BEYOND, f"{width - 2 * MARGIN}mm") == []


def test_the_page_prints_on_both_papers(page):
    page.set_content(save_file(NETWORK, PRESETS["seven_layers"].document, "solution-html-2").content.decode())
    for paper in PAPER:
        pages = re.findall(rb"/Type\s*/Page[^s]", page.pdf(format=paper))
        assert 3 < len(pages) < 15


def test_a_formula_that_is_too_wide_would_be_seen(page):
    page.set_content(f"<body><p style='white-space: nowrap'>{'wide ' * 200}</p>")
    assert page.evaluate(BEYOND, "180mm")
