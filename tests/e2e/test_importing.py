"""Networks of other tools: chosen or dropped, shown before they open, opened on the sheet."""

import base64
import json
from pathlib import Path

import numpy as np
import openpyxl
from playwright.sync_api import expect

from mlpviz.examples.networks import PRESETS
from mlpviz.exchange.workbook.network import planned
from tests.support.dropped_files import DROP
from tests.support.foreign_models import MODELS
from tests.support.pictures import png, stroke
from tests.support.workbook_networks import network


def choose(sheet, *paths):
    sheet.page.locator('input[type="file"]').set_input_files([MODELS / path for path in paths])
    dialog = sheet.page.locator("dialog.import[open]")
    dialog.wait_for()
    return dialog


def test_a_state_dict_asks_for_its_activation_and_opens(open_app):
    sheet = open_app().ready()
    dialog = choose(sheet, "torch_pt/state_dict.pt")
    expect(dialog).to_contain_text("state_dict.pt: PyTorch state dict")
    dialog.locator("select").first.select_option("tanh")
    dialog.get_by_text("Layer 1: 2 → 3, biases, tanh.").wait_for()
    dialog.get_by_role("button", name="Open on the sheet").click()
    dialog.wait_for(state="detached")
    sheet.expect("weight.1", 1, 1, "0.5")
    expect(sheet.page.locator('[data-control="activation.1"]')).to_have_value("tanh")
    sheet.page.get_by_role("button", name="undo").click()
    sheet.expect("weight.3", 2, 2, "−1")


def test_a_model_and_the_file_beside_it_are_dropped_or_chosen_together(open_app):
    sheet = open_app().ready()
    dialog = choose(sheet, "weka/regression.txt", "weka/reg.arff")
    expect(dialog).to_contain_text("Layer 4 (output scaling): 1 → 1")
    dialog.get_by_role("button", name="Cancel").click()
    dialog.wait_for(state="detached")
    sheet.expect("weight.3", 2, 2, "−1")
    content = (MODELS / "fann/act_07_FANN_GAUSSIAN.net").read_bytes()
    sheet.page.evaluate(DROP, [["gauss.net", base64.b64encode(content).decode()]])
    sheet.page.get_by_role("button", name="Open on the sheet").click()
    expect(sheet.page.locator('[data-control="activation.1"]')).to_have_value("gaussian")


def test_what_cannot_be_read_is_said_and_the_sheet_stays(open_app, tmp_path):
    sheet = open_app().ready()
    file = tmp_path / "whole.pt"
    file.write_bytes(b"PK\x03\x04 no archive")
    sheet.page.locator('input[type="file"]').set_input_files(file)
    sheet.page.locator(".notice.error", has_text="is a damaged zip archive").wait_for()
    sheet.expect("weight.3", 2, 2, "−1")


def test_a_workbook_is_saved_changed_and_opened_again(open_app, tmp_path):
    sheet = open_app().ready()
    sheet.page.locator("details.file summary").click()
    with sheet.page.expect_download() as download:
        sheet.page.get_by_role("button", name="Save workbook with formulas").click()
    saved = tmp_path / download.value.suggested_filename
    download.value.save_as(saved)
    assert saved.suffix == ".xlsx"
    book = openpyxl.load_workbook(saved)
    book["Network"][planned(PRESETS["seven_layers"].document).bands[2].blocks["weight"].at(1, 1)] = 7
    book.save(saved)
    sheet.page.locator('input[type="file"]').set_input_files(saved)
    dialog = sheet.page.locator("dialog.import[open]")
    dialog.get_by_text("The file was saved here and holds the whole network: nothing is guessed.").wait_for()
    dialog.get_by_role("button", name="Open on the sheet").click()
    dialog.wait_for(state="detached")
    sheet.expect("weight.3", 2, 2, "7")


def test_pictures_are_dropped_onto_a_network_for_digits(open_app, tmp_path):
    sheet = open_app().ready()
    digits = tmp_path / "digits.json"
    digits.write_text(network((64, 3, 2)).to_json(), encoding="utf-8")
    sheet.page.locator('input[type="file"]').set_input_files(digits)
    expect(sheet.page.locator('[data-control="activation.2"]')).to_be_visible()
    picture = png(np.where(stroke(light=False) < 128, 0, 255).astype(np.uint8))
    sheet.page.evaluate(DROP, [["seven.png", base64.b64encode(picture).decode()]])
    dialog = sheet.page.locator("dialog.import[open]")
    dialog.get_by_text("seven.png: 8 × 8 pixels.").wait_for()
    expect(dialog.get_by_label("How are the strokes drawn?", exact=False)).to_have_value("dark")
    dialog.get_by_label("Which numbers does the network read?", exact=False).select_option("255")
    expect(dialog.get_by_label("Which numbers does the network read?", exact=False)).to_have_value("255")
    dialog.get_by_role("button", name="Open on the sheet").click()
    dialog.wait_for(state="detached")
    sheet.page.get_by_text("Opened from pictures. Undo brings the network before back.").wait_for()
    sheet.page.locator("details.file summary").click()
    with sheet.page.expect_download() as download:
        sheet.page.get_by_role("button", name="Save network as JSON").click()
    found = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    assert found["x"] == [(np.where(stroke() > 0, 255, 0)).ravel().tolist()]
