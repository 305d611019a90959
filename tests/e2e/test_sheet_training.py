"""From the sheet to a training: its network on the Train page, and updates sample by sample."""

import pytest

from tests.e2e.train_page import FACT

api = pytest.importorskip("playwright.sync_api")


def test_train_this_network_opens_it_with_its_weights(open_app):
    open_app.may_say("404")
    page = open_app().ready().page
    page.get_by_role("button", name="learn these samples from these weights on").click()
    page.locator(".train .transport").wait_for()
    page.wait_for_function(f"() => {FACT}('epoch') === '0'")
    page.get_by_role("tab", name="Network").click()
    api.expect(page.get_by_text("The first weights are given")).to_be_visible()
    page.get_by_role("button", name="draw weights instead").click()
    api.expect(page.get_by_text("The first weights are given")).to_have_count(0)


def test_update_with_this_sample_shows_the_next(open_app):
    page = open_app().ready().page
    one = page.get_by_role("button", name="update with this sample")
    first, second = (page.locator(f'[data-control="sample.{number}"]') for number in (1, 2))
    api.expect(first).to_have_attribute("aria-pressed", "true")
    one.click()
    api.expect(second).to_have_attribute("aria-pressed", "true")
    undo = page.get_by_role("button", name="undo (Ctrl+Z)")
    api.expect(undo).to_be_enabled()
    one.click()  # after the last comes the first again
    api.expect(first).to_have_attribute("aria-pressed", "true")
