"""Two networks side by side, as a person compares them."""

import re

from playwright.sync_api import expect


def test_compare_step_swap_and_share(open_app):
    sheet = open_app().ready().end()
    page = sheet.page
    page.get_by_label("compare with").select_option("relu")
    other = page.locator(".other")
    right = other.locator('[data-block="a.3"] td[data-r="1"][data-c="1"]')
    left = page.locator('.sheet-scroll:not(.other) [data-block="a.3"] td[data-r="1"][data-c="1"]')
    expect(right).to_have_text("−0.05")
    expect(right).to_have_class(re.compile("differs"))
    expect(left).to_have_class(re.compile("differs"))
    expect(page.locator(".differences")).to_have_text("layers 1–6: ReLU | leaky ReLU")
    sheet.badge()
    # both go back to before the numbers of layer 3
    sheet.press("Home", *["ArrowRight"] * 5)
    expect(left).to_have_text("·")
    expect(right).to_have_text("·")
    sheet.press("ArrowRight")
    expect(left).to_have_text("0")
    expect(right).to_have_text("−0.05")
    right.hover()
    expect(page.locator(".delta")).to_have_text("here 0, there −0.05: Δ −0.05")
    page.get_by_role("button", name="swap: edit the right one").click()
    expect(left).to_have_text("−0.05")
    page.wait_for_url("**c=*")
    page.wait_for_function("() => new URL(location.href).searchParams.get('v')?.startsWith('layer.6')")
    again = open_app(page.url).ready()
    expect(again.page.locator('.other [data-block="a.3"] td[data-r="1"][data-c="1"]')).to_have_text("0")
    again.page.get_by_role("button", name="go on with the right one").click()
    expect(again.page.locator(".other")).to_have_count(0)
    expect(again.cell("a.3", 2, 2)).to_have_text("0")
