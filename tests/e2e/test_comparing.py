"""Two networks side by side, as a person compares them."""

import re

import pytest
from playwright.sync_api import expect

from mlpviz.examples.networks import PRESETS


def test_compare_step_swap_and_share(open_app):
    sheet = open_app().ready().end()
    page = sheet.page
    sheet.more().get_by_label("compare with").select_option("relu")
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
    page.wait_for_url("**c=*")
    unswapped = page.evaluate("() => new URL(location.href).searchParams.get('c')")
    page.get_by_role("button", name="swap: edit the other one").click()
    expect(left).to_have_text("−0.05")
    page.wait_for_function("(before) => new URL(location.href).searchParams.get('c') !== before", arg=unswapped)
    page.wait_for_function("() => new URL(location.href).searchParams.get('v')?.startsWith('layer.6')")
    again = open_app(page.url).ready()
    expect(again.page.locator('.other [data-block="a.3"] td[data-r="1"][data-c="1"]')).to_have_text("0")
    again.page.get_by_role("button", name="go on with the other one").click()
    expect(again.page.locator(".other")).to_have_count(0)
    expect(again.cell("a.3", 2, 2)).to_have_text("0")


def compared(open_app, preset, **options):
    sheet = open_app(f"/?d={PRESETS[preset].document.to_link()}&v=layer.0.1", **options).ready().end()
    sheet.more().get_by_label("compare with").select_option("copy")
    sheet.page.locator(".other .band").first.wait_for(state="attached")
    return sheet


def wider_than_their_place(sheet):
    return sheet.page.locator(".sheet-scroll:visible").evaluate_all(
        "sheets => sheets.filter((sheet) => sheet.scrollWidth > sheet.clientWidth).length"
    )


def test_two_networks_stand_beside_each_other_in_one_layout(open_app):
    sheet = compared(open_app, "seven_layers")
    expect(sheet.page.locator(".sheet-scroll:visible")).to_have_count(2)
    assert wider_than_their_place(sheet) == 0
    # the same number at the same height, but for the menu above; both are laid out anew when the second one comes
    number = '[data-block="a.6"] td[data-r="1"][data-c="1"]'
    own, other = (sheet.page.locator(f"{side} {number}") for side in (".sheet-scroll:not(.other)", ".other"))
    apart = "([own, other]) => Math.abs(own.getBoundingClientRect().y - other.getBoundingClientRect().y) < 30"
    sheet.page.wait_for_function(apart, arg=[own.element_handle(), other.element_handle()])
    # the explanation has no room beside them
    sheet.page.locator('.sheet-scroll:not(.other) [data-block="grad_a.5"] td[data-r="0"][data-c="1"]').click()
    expect(sheet.page.locator(".explanation .main .formula.live")).to_be_in_viewport(ratio=1)


def test_a_larger_window_has_room_for_both(open_app):
    sheet = compared(open_app, "softmax", width=1200)
    shown = sheet.page.locator(".sheet-scroll:visible")
    expect(shown).to_have_count(1)
    sheet.page.set_viewport_size({"width": 2200, "height": 960})
    expect(shown).to_have_count(2)
    assert wider_than_their_place(sheet) == 0
    sheet.page.set_viewport_size({"width": 1200, "height": 960})
    expect(shown).to_have_count(1)


@pytest.mark.parametrize(
    ("preset", "width"), [("softmax", 1200), ("seven_layers", 1024), ("batch_norm", 1024), ("seven_layers", 390)]
)
def test_one_of_two_networks_is_shown_where_both_have_no_room(open_app, preset, width):
    sheet = compared(open_app, preset, width=width)
    page = sheet.page
    shown, other = page.locator(".sheet-scroll:visible"), page.locator(".other")
    expect(shown).to_have_count(1)
    expect(other).to_be_hidden()
    assert wider_than_their_place(sheet) == 0
    page.get_by_role("button", name="There", exact=True).click()
    expect(other).to_be_visible()
    expect(shown).to_have_count(1)
    expect(other.locator("td.positive").first).to_be_visible()
    assert wider_than_their_place(sheet) == 0
    page.keyboard.press("c")
    expect(other).to_be_hidden()
    page.get_by_role("button", name="stop comparing").click()
    expect(other).to_have_count(0)
    assert wider_than_their_place(sheet) == 0
