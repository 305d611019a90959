"""What the reader takes along by hand: numbers for other programs, and a page of paper."""

import re

import pytest
from playwright.sync_api import expect

from mlpviz.schema.matrix_text import parse_matrix
from tests.e2e.waiting import still
from tests.support.seven_layers import BY_HAND

W2 = [[1, 1, -1, 0, 0], [0, 0, 1, 1, -1]]
FORMATS = ("tsv", "numpy", "pytorch", "matlab", "latex", "markdown")


def clipboard(page):
    return page.evaluate("() => navigator.clipboard.readText()")


def test_a_number_its_block_and_its_layer_go_into_a_spreadsheet(open_app):
    sheet = open_app(BY_HAND, permissions=["clipboard-read", "clipboard-write"]).ready().end()
    sheet.cell("new_weight.7", 1, 1).click()
    sheet.press("Control+c")
    notice = sheet.page.locator(".notices > .notice:not(.error)")
    expect(notice).to_contain_text("one number")
    assert float(clipboard(sheet.page)) == pytest.approx(0.88)
    sheet.press("Control+c")
    expect(notice).to_contain_text("1 × 2")
    assert parse_matrix(clipboard(sheet.page)) == [[pytest.approx(0.88), pytest.approx(-1.4)]]
    sheet.press("Control+c")
    expect(notice).to_contain_text("blocks of layer 7")
    text = clipboard(sheet.page)
    assert "weight_7\n1\t-1\n" in text
    assert "grad_weight_7\n12\t40\n" in text


def test_every_format_is_read_again_by_the_reader_of_pasted_matrices(open_app):
    sheet = open_app(permissions=["clipboard-read", "clipboard-write"]).ready()
    sheet.cell("weight.2", 1, 1).click()
    for key in FORMATS:
        sheet.page.locator(".copy-menu > summary").click()
        sheet.page.locator(f'[data-control="copy.block.{key}"]').click()
        expect(sheet.page.locator(".notices > .notice:not(.error)")).to_contain_text("2 × 5")
        assert parse_matrix(clipboard(sheet.page)) == W2, key
    # and pasted where it came from
    sheet.cell("weight.2", 1, 1).click()
    sheet.press("Control+v")
    sheet.expect("weight.2", 2, 5, "−1")
    expect(sheet.page.locator(".notice.error")).to_be_hidden()
    sheet.cell("z.2", 1, 1).click()
    sheet.press("Control+c")
    assert "not computed yet" in sheet.error()


def test_a_dark_page_is_printed_light_whole_and_without_tools(open_app):
    sheet = open_app(width=1280, height=720, color_scheme="dark").ready().end()
    sheet.badge()
    pages = re.findall(rb"/Type\s*/Page[^s]", sheet.page.pdf(prefer_css_page_size=True, print_background=True))
    assert len(pages) == 1
    sheet.page.emulate_media(media="print")
    for gone in (".toolbar", ".dock", ".panel", ".badge", ".side .menu"):
        expect(sheet.page.locator(gone).first).to_be_hidden()
    seen = sheet.page.locator(".app").evaluate("app => getComputedStyle(app).getPropertyValue('--bg')")
    assert seen.strip() == "#fff"
    # the circle of a unit stands in the middle of its band
    band = still(sheet.page.locator('.band[data-layer="7"]'))
    node = still(sheet.page.locator(".drawing .node").last)
    assert node["y"] + node["height"] / 2 == pytest.approx(band["y"] + band["height"] / 2, abs=3)
