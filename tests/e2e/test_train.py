"""The training page as a person uses it: play, pause, turn, travel, branch, compare, points, files."""

import pytest

from tests.e2e.train_page import FACT, endless

api = pytest.importorskip("playwright.sync_api")


def test_play_pause_steps_and_resets(train):
    one = endless(train)
    one.click("▶ Play")
    one.status("running")
    one.wait_epoch("epoch >= 3")
    one.click("❚❚ Pause")
    one.status("paused")
    at = one.epoch()
    one.page.wait_for_timeout(300)  # long enough for several ticks, if there were any
    assert one.epoch() == at
    loss = one.fact("train loss")
    one.click("one epoch (E)")
    one.wait_epoch(f"epoch === {at + 1}")
    one.click("ten epochs")
    one.wait_epoch(f"epoch === {at + 11}")
    one.click("reset to the same first weights")
    one.wait_epoch("epoch === 0")
    same = one.fact("train loss")
    assert same != loss
    one.click("one step: one batch (→)")
    one.page.locator(".where", has_text="step 1").wait_for()
    one.click("reset to new first weights")
    one.page.wait_for_function(f"() => {FACT}('train loss') !== '{same}' && {FACT}('epoch') === '0'")


def test_the_keyboard_drives_it(train):
    one = endless(train)
    one.page.locator(".train .where").click()
    one.page.keyboard.press("e")
    one.wait_epoch("epoch === 1")
    one.page.keyboard.press(" ")
    one.wait_epoch("epoch >= 3")
    one.page.keyboard.press(" ")
    one.status("paused")
    one.page.keyboard.press("Home")
    one.page.get_by_text("Branch from 0").wait_for()


def test_the_learning_rate_turns_while_it_runs(train):
    one = endless(train)
    one.click("▶ Play")
    one.wait_epoch("epoch >= 2")
    one.type_into("learning rate as a number", "0")
    one.page.get_by_text("η 0", exact=True).wait_for()  # a whole epoch was learned with it
    at = one.epoch()
    one.wait_epoch(f"epoch > {at}")
    frozen = one.fact("train loss")
    at = one.epoch()
    one.wait_epoch(f"epoch > {at} + 3")
    assert one.fact("train loss") == frozen
    one.status("running")


def test_travel_back_branch_and_the_shadow(train):
    one = endless(train)
    one.click("ten epochs")
    one.wait_epoch("epoch === 10")
    end = one.fact("train loss")
    one.travel(4)
    one.page.get_by_text("▶ Branch from 4").wait_for()
    assert one.fact("train loss") != end
    one.click("one epoch (E)")
    one.wait_epoch("epoch === 5")
    branches = one.page.get_by_label("branch", exact=True)
    assert branches.locator("option").count() == 2
    branches.select_option(index=0)
    one.page.wait_for_function(f"() => {FACT}('train loss') === '{end}'")


def test_a_comparison(train):
    one = train()
    one.tab("Compare")
    one.page.get_by_label("differ in", exact=True).select_option("activation")
    one.type_into("values", "sigmoid, tanh, relu")
    one.click("compare")
    one.page.locator(".lane").nth(2).wait_for()
    one.wait_epoch("epoch >= 2")
    rows = one.page.locator(".comparison tbody tr")
    assert rows.locator("th").all_inner_texts() == ["sigmoid", "tanh", "ReLU"]
    one.page.locator(".lane").nth(2).click()
    one.page.locator('.lane[aria-pressed="true"]', has_text="ReLU").wait_for()
    with one.page.expect_download() as found:
        one.click("export as CSV")
    lines = found.value.path().read_text().splitlines()
    assert len(lines) == 4
    assert lines[1].startswith("sigmoid,")


def test_the_setup_is_in_the_link(train):
    one = train()
    one.tab("Network")
    one.click("remove layer 2")
    api.expect(one.page.get_by_role("button", name="remove layer 2")).to_have_count(0)
    one.page.wait_for_function("() => new URL(location.href).searchParams.has('t')")
    other = train(one.page.url)
    other.tab("Network")
    api.expect(other.page.get_by_role("button", name="remove layer 1")).to_be_visible()
    assert other.page.get_by_role("button", name="remove layer 2").count() == 0


def test_a_copied_link_holds_the_training_alone(train):
    one = train()
    one.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    one.page.wait_for_function("() => /[?&]t=/.test(location.href) && /[?&]d=/.test(location.href)")
    before = one.page.url
    one.type_into("noise", "0.3")
    one.page.wait_for_function("(before) => location.href !== before", arg=before)
    one.click("copy link")
    one.page.get_by_text("copied", exact=True).wait_for()
    link = one.page.evaluate("() => navigator.clipboard.readText()")
    assert "?t=" in link
    assert "&" not in link
    api.expect(train(link).page.get_by_label("noise", exact=True)).to_have_value("0.3")


def test_a_click_adds_a_point_and_a_wrong_setting_is_said(train):
    one = train()
    one.page.get_by_label("what a click on the picture does").select_option("add 0")
    before = one.page.get_by_text("samples for training").inner_text()
    one.page.locator(".plane .points").click(position={"x": 60, "y": 200})
    api.expect(one.page.get_by_text("samples for training")).not_to_have_text(before)
    one.tab("Network")
    one.page.get_by_label("units", exact=True).first.fill("-3")
    one.page.get_by_label("units", exact=True).first.press("Enter")
    assert "expected at least 1" in one.error()


def test_the_badge_speaks_of_the_network_that_learns(train):
    one = endless(train)
    badge = one.page.locator(".badge")
    api.expect(badge).to_contain_text("epoch 0: NumPy = PyTorch = finite differences")
    one.click("▶ Play")
    api.expect(badge).to_contain_text("learning")
    one.wait_epoch("epoch >= 2")
    one.click("❚❚ Pause")
    one.status("paused")
    api.expect(badge).to_contain_text(f"epoch {one.epoch()}: NumPy = PyTorch = finite differences")


def test_what_is_refused_goes_back_to_what_holds(train):
    one = train()
    menu = one.page.get_by_label("data", exact=True)
    menu.select_option("csv")
    assert "button below" in one.error()
    api.expect(menu).to_have_value("moons")


def test_on_a_phone_the_live_view_comes_before_the_settings(train):
    one = train(width=390, height=844)
    plane, curves, settings = (
        one.page.locator(name).bounding_box()["y"] for name in (".plane", ".curves", ".settings")
    )
    assert plane < curves < settings


def test_another_page_pauses_and_coming_back_resumes(train):
    one = endless(train)
    one.click("▶ Play")
    one.wait_epoch("epoch >= 2")
    one.page.get_by_role("link", name="Check").click()
    one.page.get_by_text("Is every number right?").wait_for()
    one.page.get_by_role("link", name="Train").click()
    one.page.locator(".train .transport").wait_for()
    at = one.wait_epoch("epoch >= 2")
    one.wait_epoch(f"epoch > {at}")


def test_a_misclassified_digit_opens_on_the_sheet_and_back(train):
    one = train()
    one.page.get_by_label("data", exact=True).select_option("digits")
    one.page.get_by_text("1077 samples for training").wait_for()
    one.click("one epoch (E)")
    one.wait_epoch("epoch === 1")
    one.page.get_by_text("Examine the result").click()
    one.page.locator(".wrong canvas").first.wait_for()
    one.page.locator(".wrong").first.click()
    one.page.locator(".band").first.wait_for()
    api.expect(one.page.locator('.notice[role="status"]')).to_contain_text("From the training at epoch 1")
    one.page.locator('.badge[data-status="ok"]').wait_for()
    one.page.get_by_text("back to the training").click()
    one.page.locator(".train .transport").wait_for()
    one.wait_epoch("epoch === 1")


def test_the_next_batch_opens_on_the_sheet(train):
    one = train()
    one.click("step through this batch")
    one.page.locator(".band").first.wait_for()
    api.expect(one.page.locator('.notice[role="status"]')).to_contain_text("the batch of its next step")
    assert one.page.locator(".samples .sample").count() == 16


def test_a_drawn_digit_is_answered(train):
    one = train()
    one.page.get_by_label("data", exact=True).select_option("digits")
    one.page.get_by_text("1077 samples for training").wait_for()
    one.page.get_by_text("Examine the result").click()
    paper = one.page.locator(".paper")
    paper.scroll_into_view_if_needed()
    box = paper.bounding_box()
    one.page.mouse.move(box["x"] + 95, box["y"] + 40)
    one.page.mouse.down()
    one.page.mouse.move(box["x"] + 95, box["y"] + 150, steps=4)
    one.page.mouse.up()
    api.expect(one.page.locator(".given .bar")).to_have_count(10)


def test_a_csv_file_is_opened_and_a_bad_one_is_said(train, tmp_path):
    one = train()
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text("a,b,kind\n" + "".join(f"{i},{i * i % 7},{'xy'[i % 2]}\n" for i in range(40)))
    bad.write_text("a,b,kind\n1,2,x\n3,,y\n" + "1,2,y\n3,4,x\n" * 9)
    one.page.locator(".file input").set_input_files(good)
    one.page.get_by_text("good.csv: 40 samples, 2 features.").wait_for()
    one.page.locator(".file input").set_input_files(bad)
    assert "line 3, column 'b' is empty" in one.error()
    one.page.get_by_text("bad.csv could not be opened").wait_for()
    one.page.locator("#setting-upload-missing").select_option("drop")
    one.page.get_by_text("bad.csv: 19 samples, 2 features.").wait_for()
    huge = tmp_path / "huge.csv"
    with huge.open("wb") as file:
        file.truncate(200_000_000)  # 200 MB that take no room on the disk
    one.page.locator(".file input").set_input_files(huge)
    api.expect(one.page.locator(".notice.error")).to_contain_text("huge.csv has 200 MB, at most 50 MB can be opened")
    # what was learned from stays
    one.page.get_by_text("19 samples by 2 features").wait_for()


def test_a_file_of_many_pieces_arrives_whole(train, tmp_path):
    one = train()
    large = tmp_path / "large.csv"
    large.write_text(
        "a,b,kind\n" + "".join(f"{i / 7:.12f},{i * i % 97 / 3:.12f},{'xy'[i % 2]}\n" for i in range(90_000))
    )
    assert large.stat().st_size > 2_500_000
    one.page.locator(".file input").set_input_files(large)
    one.page.get_by_text("large.csv: 90,000 samples, 2 features.").wait_for(timeout=60_000)


def test_a_run_is_saved_and_opened_with_its_weights(train):
    one = train()
    one.click("ten epochs")
    one.wait_epoch("epoch === 10")
    loss = one.fact("train loss")
    with one.page.expect_download() as found:
        one.click("save run")
    other = train()
    other.page.get_by_label("run file").set_input_files(found.value.path())
    other.wait_epoch("epoch === 10")
    assert other.fact("train loss") == loss


def test_an_experiment_runs_to_its_claim(train):
    one = train()
    one.page.get_by_text("Experiments ▾").click()
    one.click("XOR needs a hidden layer")
    one.page.locator(".card .question").wait_for()
    one.page.locator('.card .claim[data-holds="true"]').wait_for(timeout=60_000)
    one.page.get_by_text("the answer").click()
    api.expect(one.page.locator(".card .fold p")).to_be_visible()
    assert "x=xor_hidden" in one.page.url


def test_a_reload_loses_nothing_and_a_copied_address_begins_anew(train):
    one = train()
    one.click("ten epochs")
    one.wait_epoch("epoch === 10")
    loss = one.fact("train loss")
    one.travel(4)
    one.page.get_by_text("▶ Branch from 4").wait_for()
    one.click("one epoch (E)")
    one.wait_epoch("epoch === 5")
    one.page.reload()
    one.page.get_by_text("Back at epoch 5").wait_for()
    one.wait_epoch("epoch === 5")
    one.page.get_by_label("branch", exact=True).select_option(index=0)
    one.page.wait_for_function(f"() => {FACT}('train loss') === '{loss}'")
    other = train(one.page.url)
    assert other.epoch() == 0
    assert one.epoch() == 10


def test_a_run_that_the_server_has_no_more_is_repeated_with_one_click(train):
    one = train()
    one.click("ten epochs")
    one.wait_epoch("epoch === 10")
    loss = one.fact("train loss")
    # as after a restart of the server: nobody knows the ticket
    one.page.evaluate(
        "() => window.addEventListener('pagehide', () => sessionStorage.setItem('mlpviz.train', "
        "JSON.stringify({ ticket: 'forgotten', epoch: 10 })))"
    )
    one.page.reload()
    one.page.get_by_text("The setup is back, the run is not").wait_for()
    one.click("train to epoch 10 again")
    one.wait_epoch("epoch === 10")
    assert one.fact("train loss") == loss


def test_weights_edited_on_the_sheet_come_back_as_a_branch(train):
    one = train()
    one.click("one epoch (E)")
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
    assert one.page.get_by_label("branch", exact=True).locator("option").count() == 2
