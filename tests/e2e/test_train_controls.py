"""Every choice of how to train, made in the page one by one, and what it visibly does."""

import re

import pytest

from tests.e2e.train_page import FACT, endless

api = pytest.importorskip("playwright.sync_api")


def choose(one, label, key):
    one.page.get_by_label(label, exact=True).select_option(key)


def restarted(one, epochs):
    """From the first weights on, so many epochs."""
    one.click("Same weights: reset to the same first weights")
    one.wait_epoch("epoch === 0")
    one.type_into("epochs", str(epochs))
    one.click("▶ Play")
    one.status("done")
    return one.fact("train loss")


def test_every_choice_of_the_training_tab_shows_what_it_does(train):
    one = train()
    one.tab("Training")
    plain = restarted(one, 20)

    choose(one, "schedule", "exponential")
    one.page.locator('.settings canvas[aria-label^="learning rate over the plan"]').wait_for()
    assert restarted(one, 20) != plain
    # the rate that was learned with falls: the last one is in the legend of its curve
    rate = one.page.locator(".curves figure", has_text="learning rate").locator(".legend").inner_text()
    assert float(rate.split()[-1].replace("−", "-")) < 0.01
    choose(one, "schedule", "null")

    for penalty in ("l1", "l2"):
        choose(one, "penalty", penalty)
        one.type_into("strength λ", "0.05")
        assert restarted(one, 20) != plain
        one.page.get_by_text("penalty, part of both").wait_for()
    choose(one, "penalty", "null")

    choose(one, "clip gradients", "norm")
    one.type_into("longest c", "0.01")
    assert restarted(one, 20) != plain
    choose(one, "clip gradients", "null")

    choose(one, "optimizer", "adamw")
    one.type_into("weight decay λ", "0.9")
    assert restarted(one, 20) != plain
    choose(one, "optimizer", "adam")

    one.type_into("learning rate η", "0.01")
    assert restarted(one, 20) == plain
    one.page.get_by_label("early stopping", exact=True).select_option(label="Yes")
    one.type_into("patience", "2")
    one.type_into("least change", "5")
    restarted(one, 500)
    assert one.epoch() < 20
    api.expect(one.page.locator(".transport .left")).to_contain_text("no progress")


def test_folds_learn_side_by_side_and_a_redrawn_validation_set_says_so(train):
    one = train()
    choose(one, "k-fold", "3")
    one.page.locator(".lane").nth(2).wait_for()
    one.click("10 epochs")
    one.wait_epoch("epoch === 10")
    rows = one.page.locator(".comparison tbody tr")
    api.expect(rows.locator("th")).to_have_text(["fold 1", "fold 2", "fold 3"])
    choose(one, "k-fold", "null")
    api.expect(one.page.locator(".comparison")).to_be_hidden()
    one.click("10 epochs")
    one.wait_epoch("epoch === 10")
    before = one.fact("validation loss")
    one.page.get_by_label("new validation set each epoch").check()
    one.wait_epoch("epoch === 0")
    one.click("10 epochs")
    one.wait_epoch("epoch === 10")
    assert one.fact("validation loss") != before


def test_one_feature_solves_what_two_numbers_cannot(train):
    one = train()
    choose(one, "data", "xor")
    one.page.get_by_text("Opposite corners belong together").wait_for()
    one.page.get_by_role("checkbox", name="x₁·x₂", exact=True).check()
    for name in ("x₁", "x₂"):
        one.page.get_by_role("checkbox", name=name, exact=True).uncheck()
    one.page.get_by_role("button", name="one hidden layer less").click()
    api.expect(one.page.get_by_role("button", name="one hidden layer less")).to_be_disabled()
    one.type_into("learning rate as a number", "0.1")
    one.click("▶ Play")
    one.page.wait_for_function(f"() => Number.parseFloat({FACT}('accuracy')) > 95")
    # the link begins with the same
    one.page.wait_for_function("() => new URL(location.href).searchParams.has('t')")
    other = train(one.page.url)
    api.expect(other.page.get_by_label("as formulas", exact=True)).to_have_value("x1*x2")
    other.type_into("as formulas", "x1, x9")
    assert "unknown name 'x9'" in other.error()


def test_a_weight_is_set_by_hand_and_begins_a_branch(train):
    one = endless(train)
    one.click("1 epoch (E)")
    one.wait_epoch("epoch === 1")
    before = one.fact("train loss")
    one.page.locator('.units button[title="layer 1, unit 2"]').click()
    weight = one.page.get_by_label("weight of x₁", exact=True)
    weight.fill("−40")
    weight.press("Enter")
    one.page.wait_for_function(f"() => {FACT}('train loss') !== '{before}'")
    one.page.get_by_text("Set by hand: learning goes on in a branch").wait_for()
    api.expect(one.page.get_by_label("branch", exact=True).locator("option")).to_have_count(2)
    bias = one.page.get_by_label("bias of layer 1, unit 2", exact=True)
    bias.fill("much")
    bias.press("Enter")
    assert "expected a number" in one.error()
    one.page.keyboard.press("Escape")
    api.expect(weight).to_be_hidden()


def test_a_run_that_diverged_says_so_in_map_and_table(train):
    one = train()
    choose(one, "data", "sine")
    one.page.get_by_text("One wave").wait_for()
    one.tab("Training")
    choose(one, "optimizer", "sgd")
    one.tab("Compare")
    one.type_into("values", "0.01, 100")
    one.click("compare")
    api.expect(one.page.locator(".lane em").nth(1)).to_contain_text("diverged at epoch")
    api.expect(one.page.locator(".comparison tbody tr").nth(1)).to_contain_text("diverged at epoch")
    api.expect(one.page.locator(".comparison tbody tr").nth(0)).not_to_contain_text("diverged")
    one.page.locator(".lane").nth(1).click()
    api.expect(one.page.locator(".plane .broken")).to_contain_text("diverged at epoch")


def test_from_within_the_first_epoch_the_start_can_be_travelled_to(train):
    one = endless(train)
    one.click("one step: one batch (→)")
    one.page.locator(".where", has_text="step 1").wait_for()
    one.travel(0)
    one.page.get_by_text("Branch from 0").wait_for()
    api.expect(one.page.locator(".where")).to_have_text("epoch 0 of 1")
    one.travel(1)
    one.page.locator(".where", has_text="step 1").wait_for()


def test_what_is_asked_at_once_through_streamlit_is_all_done(train, open_app):
    open_app.may_say("WebSocket connection")
    one = endless(train)
    one.page.route_web_socket(re.compile("/mlpviz/line$"), lambda line: line.close())
    one.page.reload()
    one.page.locator('.badge[data-status="ok"]').wait_for()
    said = []
    one.page.on("console", lambda message: said.append(message.text))
    # the badge asks 150 ms after a paint; a click in the same moment would have gone with its message
    one.page.evaluate(
        """() => new Promise((done) => {
          const hosts = [...document.querySelectorAll("*")].map((host) => host.shadowRoot).filter(Boolean);
          const button = hosts.map((root) => root.querySelector('button[title^="1 epoch"]')).find(Boolean);
          let left = 6;
          let last = null;
          const painted = ({ detail }) => {
            if (detail.version === "running" || detail.version === last) return;
            last = detail.version;
            setTimeout(() => {
              if (left > 0) button.click();
              else done();
              left -= 1;
            }, 150);
          };
          window.addEventListener("mlpviz:painted", painted);
          button.click();
          left -= 1;
        })"""
    )
    one.wait_epoch("epoch === 6")
    assert [text for text in said if "fragmentId" in text] == []
