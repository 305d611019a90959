"""What outlives the training page: its link, files that are saved and opened, a reload."""

import openpyxl
import pytest

from tests.e2e.train_page import FACT

api = pytest.importorskip("playwright.sync_api")


def test_the_setup_is_in_the_link(train):
    one = train()
    one.tab("Network")
    one.click("remove layer 2")
    api.expect(one.page.get_by_role("button", name="remove layer 2")).to_have_count(0)
    one.page.wait_for_function("() => new URL(location.href).searchParams.has('t')")
    other = train(one.page.url)
    other.tab("Network")
    api.expect(other.page.get_by_role("button", name="remove layer 1")).to_be_visible()
    api.expect(other.page.get_by_role("button", name="remove layer 2")).to_have_count(0)


def test_a_copied_link_holds_the_training_alone(train):
    one = train(alone=True)  # what it may do stays with its context
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
    one.click("10 epochs")
    one.wait_epoch("epoch === 10")
    loss = one.fact("train loss")
    with one.page.expect_download() as found:
        one.click("save run as safetensors")
    other = train()
    other.page.get_by_label("run file").set_input_files(found.value.path())
    other.wait_epoch("epoch === 10")
    assert other.fact("train loss") == loss


def test_a_reload_loses_nothing_and_a_copied_address_begins_anew(train):
    one = train()
    one.click("10 epochs")
    one.wait_epoch("epoch === 10")
    loss = one.fact("train loss")
    one.travel(4)
    one.page.get_by_text("▶ Branch from 4").wait_for()
    one.click("1 epoch (E)")
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
    one.click("10 epochs")
    one.wait_epoch("epoch === 10")
    loss = one.fact("train loss")
    # as after a restart of the server: nobody knows the ticket
    # and its tab has kept nothing
    one.page.evaluate(
        "() => window.addEventListener('pagehide', () => { sessionStorage.setItem('mlpviz.train', "
        "JSON.stringify({ ticket: 'forgotten', epoch: 10 })); sessionStorage.removeItem('mlpviz.tab'); })"
    )
    one.page.reload()
    one.page.get_by_text("The setup is back, the run is not").wait_for()
    one.click("train to epoch 10 again")
    one.wait_epoch("epoch === 10")
    assert one.fact("train loss") == loss


def test_a_workbook_is_data(train, tmp_path):
    one = train()
    book = openpyxl.Workbook()
    book.active.title = "Flowers"
    for row in [["a", "b", "kind"], *([i, i * i % 7, "xy"[i % 2]] for i in range(40))]:
        book.active.append(row)
    book.create_sheet("Notes")
    book.save(tmp_path / "flowers.xlsx")
    one.page.locator(".file input").set_input_files(tmp_path / "flowers.xlsx")
    said = "flowers.xlsx: 40 samples, 2 features. Read from the sheet Flowers, number 1 of 2."
    one.page.get_by_text(said).wait_for()
    assert ".xlsx" in one.page.locator(".file input").get_attribute("accept")
