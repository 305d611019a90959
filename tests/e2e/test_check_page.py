"""The Check page with a planted mistake: nothing on it says that all is well."""

from playwright.sync_api import expect

from tests.e2e.waiting import still


def test_a_planted_mistake_stands_first_and_turns_the_badge(open_app):
    open_app.may_say("404")  # Streamlit looks for its own files below the page's address first
    page = open_app("/check", width=1280, height=720).page
    rows = page.locator(".check tbody tr")
    rows.first.wait_for()
    expect(page.locator(".badge")).to_have_attribute("data-status", "ok")
    page.locator(".check select").select_option(index=1)
    expect(page.locator(".verdict")).to_have_attribute("data-ok", "false")
    badge = page.locator(".badge[data-status='wrong']")
    expect(badge).to_contain_text("With the planted mistake")
    expect(rows.first).to_have_attribute("data-ok", "false")
    # headings and names stay while the rows scroll
    box = page.locator(".check .rows")
    top = still(box)["y"]
    box.evaluate("box => box.scrollTo(0, box.scrollHeight)")
    heading = still(page.locator(".check thead th").first)
    assert abs(heading["y"] - top) < 3
    page.locator(".check select").select_option("")
    expect(page.locator(".badge")).to_have_attribute("data-status", "ok")
