"""Links, files, reloads, the Check page, themes and narrow screens."""

import json

from playwright.sync_api import expect

from mlpviz.network import Document
from mlpviz.network.new_network import new_network
from tests.e2e.waiting import put_off


def url_of(sheet):
    sheet.page.wait_for_url("**d=*")
    put_off(sheet.page, 500)  # the address follows a moment after the paint
    return sheet.page.url


def test_a_link_restores_network_and_view_in_a_fresh_browser(open_app):
    sheet = open_app().ready().end()
    sheet.type_into("weight.7", 1, 1, "5")
    sheet.expect("weight.7", 1, 1, "5")
    sheet.cell("grad_a.5", 2, 2).click()
    other = open_app(url_of(sheet)).ready()
    expect(other.page.locator(".where")).to_have_text("update 7 / 7")
    other.expect("weight.7", 1, 1, "5")
    expect(other.cell("grad_a.5", 2, 2)).to_contain_class("focus")


def test_reload_loses_nothing(open_app):
    sheet = open_app().ready().end()
    sheet.type_into("x.0", 1, 1, "9")
    sheet.expect("x.0", 1, 1, "9")
    url_of(sheet)
    sheet.page.reload()
    sheet.ready()
    sheet.expect("x.0", 1, 1, "9")
    expect(sheet.page.locator(".where")).to_have_text("update 7 / 7")


def test_a_broken_link_says_so_and_shows_the_example(open_app):
    sheet = open_app("/?d=garbage!!").ready()
    assert "link could not be opened" in sheet.error()
    sheet.expect("weight.3", 2, 2, "−1")


def test_a_network_without_a_link_is_said_saved_and_never_replaced_by_an_older_one(open_app, server, tmp_path):
    sheet = open_app().ready()
    url_of(sheet)
    large = new_network("100-60-10", ["tanh", "identity"], True, "mse", "xavier_uniform", "1", "2")
    path = tmp_path / "large.json"
    path.write_text(large.to_json(), encoding="utf-8")
    sheet.page.locator("input[type=file]").set_input_files(path)
    sheet.page.get_by_text("This network is too large for a link").wait_for()
    with sheet.page.expect_download() as download:
        sheet.page.get_by_role("button", name="Save as a file").click()
    saved = tmp_path / "saved.json"
    download.value.save_as(saved)
    assert Document.parse(saved.read_bytes()).layers == large.layers
    sheet.page.wait_for_url("**f=*")
    assert "d=" not in sheet.page.url
    sheet.page.locator("details.file summary").click()
    sheet.page.get_by_role("button", name="Copy link").click()
    sheet.page.get_by_role("button", name="Save as a file").wait_for()
    # another tab, or another browser, has not kept it
    sheet = open_app(sheet.page.url.removeprefix(server)).ready()
    assert f"{large.name}" in sheet.error()
    assert "was too large for a link" in sheet.error()
    sheet.choose("xor")
    sheet.page.wait_for_url("**d=*")
    assert "f=" not in sheet.page.url


def test_save_and_open_a_document(open_app, tmp_path):
    sheet = open_app().ready().end()
    sheet.page.locator("details.file summary").click()
    with sheet.page.expect_download() as download:
        sheet.page.get_by_role("button", name="Save network as JSON").click()
    saved = tmp_path / "saved.json"
    download.value.save_as(saved)
    document = json.loads(saved.read_text(encoding="utf-8"))
    assert document["name"] == "Seven layers, by hand"
    document["layers"][6]["weight"] = [[3, 3]]
    saved.write_text(json.dumps(document), encoding="utf-8")
    sheet.page.locator("input[type=file]").set_input_files(saved)
    sheet.expect("weight.7", 1, 1, "3")
    saved.write_text("{", encoding="utf-8")
    sheet.page.locator("input[type=file]").set_input_files(saved)
    sheet.error()
    sheet.expect("weight.7", 1, 1, "3")


def test_every_preset_opens_and_is_proved(open_app):
    sheet = open_app().ready()
    presets = sheet.page.locator("select.preset option").evaluate_all("found => found.slice(1).map(o => o.value)")
    assert len(presets) >= 7
    for key in presets:
        sheet.choose(key).end()
        assert "NumPy = PyTorch" in sheet.badge()


def test_the_check_page_turns_red_for_a_planted_mistake(open_app):
    sheet = open_app().ready()
    url_of(sheet)
    sheet.page.get_by_role("link", name="Check").click()
    sheet.page.get_by_text("∂L/∂W of layer 3").first.wait_for()
    sheet.page.get_by_label("Plant a mistake").select_option("Forget the slope of the activation")
    sheet.page.get_by_text("disagrees with").first.wait_for()
    expect(sheet.page.locator(".verdict")).to_contain_text("∂L/∂z of layer 3")
    sheet.page.get_by_role("link", name="Step through").click()
    sheet.ready()


def test_dark_theme_and_narrow_screens_show_no_sideways_scrolling(open_app):
    for width, scheme in ((1440, "dark"), (1024, "light"), (390, "light"), (390, "dark")):
        sheet = open_app(width=width, color_scheme=scheme).ready().end()
        overflow = sheet.page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
        assert overflow <= 0, (width, scheme)
        expect(sheet.page.locator(".transport")).to_be_visible()
