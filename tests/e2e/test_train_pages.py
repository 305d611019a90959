"""From the training page to the score sheet and to the Check page, and back."""

import pytest

from tests.e2e.train_page import FACT, endless

api = pytest.importorskip("playwright.sync_api")


def test_another_page_pauses_and_coming_back_resumes(train):
    one = endless(train)
    one.click("▶ Play")
    one.wait_epoch("epoch >= 2")
    one.page.get_by_role("link", name="Check").click()
    one.page.get_by_text("is every number right?").wait_for()
    one.page.get_by_role("link", name="Train").click()
    one.page.locator(".train .transport").wait_for()
    at = one.wait_epoch("epoch >= 2")
    one.wait_epoch(f"epoch > {at}")


def test_a_misclassified_digit_opens_on_the_sheet_and_back(train):
    one = train()
    one.page.get_by_label("data", exact=True).select_option("digits")
    one.page.get_by_text("1,077 samples for training").wait_for()
    one.click("1 epoch (E)")
    one.wait_epoch("epoch === 1")
    one.page.get_by_text("Examine the result").click()
    one.page.locator(".wrong canvas").first.wait_for()
    one.page.locator(".wrong").first.click()
    one.page.locator(".band").first.wait_for()
    api.expect(one.page.locator(".notice:not(.error)")).to_contain_text("From the training at epoch 1")
    one.page.locator('.badge[data-status="ok"]').wait_for()
    one.page.get_by_text("back to the training").click()
    one.page.locator(".train .transport").wait_for()
    one.wait_epoch("epoch === 1")


def test_the_next_batch_opens_on_the_sheet(train):
    one = train()
    one.click("step through this batch")
    one.page.locator(".band").first.wait_for()
    api.expect(one.page.locator(".notice:not(.error)")).to_contain_text("the batch of its next step")
    api.expect(one.page.locator(".samples .sample")).to_have_count(16)


def test_weights_edited_on_the_sheet_come_back_as_a_branch(train):
    one = train()
    one.click("1 epoch (E)")
    one.wait_epoch("epoch === 1")
    loss = one.fact("train loss")
    one.click("step through this batch")
    one.page.locator(".band").first.wait_for()
    one.page.locator('.badge[data-status="ok"]').wait_for()
    cell = one.page.locator('[data-block="weight.1"] td[data-r="0"][data-c="0"]').first
    cell.dblclick()
    one.page.locator("input.typing").fill("9")
    one.page.keyboard.press("Enter")
    api.expect(cell).to_have_text("9")
    one.click("← back with these weights")
    one.page.locator(".train .transport").wait_for()
    one.page.get_by_text("With the weights of the score sheet from epoch 1 on").wait_for()
    one.page.wait_for_function(f"() => {FACT}('train loss') !== '{loss}'")
    api.expect(one.page.get_by_label("branch", exact=True).locator("option")).to_have_count(2)
