"""The pages of pictures as a person uses them: drag, slide, keys, link, files, the sheet and back, phone, axe."""

import re

import pytest
from playwright.sync_api import expect

from mlpviz.examples.networks import PRESETS
from tests.e2e.axe import found_by_axe, missed_by_axe, program

MAZUR = PRESETS["mazur"].document
PHONE = {"width": 390, "height": 844, "has_touch": True, "is_mobile": True}
WIDER = "() => [...document.querySelectorAll('.stMain')].map(one => one.scrollWidth - one.clientWidth)"


def opened(open_app, address, **options):
    program()  # without it nothing has to be opened
    open_app.may_say("404")  # Streamlit looks for its own files below the page's address first
    page = open_app(address, **options).page
    # a figure is drawn when it comes into sight
    page.locator(".plot").first.scroll_into_view_if_needed()
    page.locator(".plot .main-svg").first.wait_for()
    return page


def field(page, label):
    return page.get_by_label(f"{label}, as a number", exact=True)


def findings(page, scheme="light"):
    return found_by_axe(page, ["color-contrast"]) if scheme == "dark" else found_by_axe(page) + missed_by_axe(page)


def test_functions_follow_the_pointer_the_keys_and_the_link(open_app):
    page = opened(open_app, "/functions?s=functions~f~tanh", width=1280, height=720)
    expect(page.get_by_role("combobox", name="function", exact=True)).to_have_value("tanh")
    # the point is dragged along the curve, as far as the pointer goes
    plot = page.locator(".plot").first
    box = plot.bounding_box()
    page.mouse.move(box["x"] + 0.55 * box["width"], box["y"] + 150)
    page.mouse.down()
    page.mouse.move(box["x"] + 0.75 * box["width"], box["y"] + 150, steps=6)
    page.mouse.up()
    expect(field(page, "z")).to_have_value(re.compile(r"^2\.\d+$"))
    expect(page.locator(".figure-text").first).to_contain_text(re.compile(r"At z = 2\.\d+ tanh gives a = 0\.9"))
    # a curve says its numbers beside the pointer
    page.mouse.move(box["x"] + 0.3 * box["width"], box["y"] + 200)
    expect(page.locator(".figure-tip").first).to_contain_text("tanh: z −")
    # the slider by keys, a number by typing, and what is no number is said
    field(page, "z").fill("1")
    field(page, "z").press("Enter")
    slider = page.get_by_role("slider", name="z", exact=True)
    expect(slider).to_have_value("1")
    slider.press("ArrowRight")
    expect(field(page, "z")).to_have_value("1.05")
    field(page, "z").fill("99")
    field(page, "z").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("z is '99', expected a number from −10 to 10")
    # another picture, and one of its suggestions
    page.get_by_role("combobox", name="show", exact=True).select_option("softmax")
    page.get_by_role("button", name="Almost argmax: temperature 0.1").click()
    expect(field(page, "temperature")).to_have_value("0.1")
    expect(page.get_by_role("region", name="Jacobian")).to_be_visible()
    assert findings(page) == []
    with page.expect_download() as csv:
        page.get_by_role("button", name="save the data of this figure as CSV").first.click()
    assert csv.value.suggested_filename == "functions-probabilities.csv"
    with page.expect_download() as svg:
        page.get_by_role("button", name="save this figure as SVG").first.click()
    assert b"<svg" in svg.value.path().read_bytes()
    # the address has all settings; in the dark too
    page.emulate_media(color_scheme="dark")
    page.reload()
    page.locator(".plot .main-svg").first.wait_for()
    expect(field(page, "temperature")).to_have_value("0.1")
    assert findings(page, "dark") == []
    page.get_by_role("button", name="Open this on the sheet").click()
    page.get_by_text("This is softmax of these logits").wait_for()


def test_fewer_bits_of_the_network_in_the_link(open_app):
    page = opened(open_app, f"/fewer_bits?d={MAZUR.to_link()}", width=1280, height=720)
    page.get_by_role("combobox", name="format", exact=True).select_option("e4m3")
    page.get_by_role("combobox", name="block", exact=True).select_option("grad_weight")
    shown = page.get_by_role("region", name="∂L/∂W of layer 1 in float8 e4m3")
    expect(shown.locator("tbody td")).to_have_text(["0", "0", "0", "0"])
    # the scale of the loss brings the gradients back
    slider = page.get_by_role("slider", name="Loss scale 2^")
    for _ in range(8):
        slider.press("ArrowRight")
    expect(field(page, "loss scale 2^")).to_have_value("8")
    expect(shown.locator("tbody td").first).to_contain_text("4.")
    shown.get_by_role("button").last.click()
    expect(page.get_by_role("region", name="The bits of row 2, column 2 in float8 e4m3")).to_be_visible()
    assert findings(page) == []
    page.get_by_role("button", name="Back to the sheet").click()
    page.locator(".sheet").first.wait_for()


@pytest.mark.parametrize("address", ["/functions", "/fewer_bits"])
def test_a_phone_shows_all_of_it(open_app, address):
    page = opened(open_app, address, **PHONE)
    assert page.evaluate(WIDER) == [0]
    assert findings(page) == []
    plot = page.locator(".plot.moves").first
    plot.scroll_into_view_if_needed()
    before = page.url
    box = plot.bounding_box()
    page.touchscreen.tap(box["x"] + 0.8 * box["width"], box["y"] + 0.4 * box["height"])
    page.wait_for_url(lambda url: url != before)
