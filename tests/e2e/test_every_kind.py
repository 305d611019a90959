"""Every kind of file by button and by drag and drop, every kind saved, and files that are not read."""

import base64
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import expect

from mlpviz.examples.networks import PRESETS
from mlpviz.exchange import file_menu, save_file
from mlpviz.exchange.imports import IMPORTS, ForeignFile, format_of
from mlpviz.exchange.imports.not_read import NOT_READ
from mlpviz.exchange.opening.network_file import open_network_file
from mlpviz.exchange.subjects import NETWORK
from mlpviz.network import Document
from tests.support.dropped_files import DROP
from tests.support.foreign_models import MODELS, saved_models

BESIDE = {"tensorflow_js": "*.bin", "weka_text": "*.arff"}
"""what a file of this kind needs beside it"""

WHOLE = ("network_json", "network_xlsx", "network_npz", "network_onnx", "network_safetensors")
"""these have the view as well, which the page saves, or the time"""


def a_file_of(key, folder):
    """The first model of the kind that a tool saved, and what is beside it."""
    if key == "numpy_arrays":
        np.savez(folder / "arrays.npz", W1=np.eye(2), b1=np.ones(2), W2=np.ones((1, 2)))
        return [folder / "arrays.npz"]
    first = next(one for one in saved_models() if format_of(one.foreign) is IMPORTS[key])
    own = MODELS / first.folder
    return [own / first.file, *sorted(own.glob(BESIDE.get(key, "nothing")))]


def press_open(sheet, files):
    with sheet.page.expect_file_chooser() as chooser:
        sheet.page.get_by_role("button", name="Open a file").click()
    chooser.value.set_files(files)


def drop(sheet, files):
    encoded = [[file.name, base64.b64encode(file.read_bytes()).decode()] for file in files]
    sheet.page.evaluate(DROP, encoded)


@pytest.mark.parametrize("bring", [press_open, drop])
def test_every_kind_opens(open_app, bring, tmp_path):
    sheet = open_app().ready()
    sheet.page.locator("details.file summary").click()
    for key, entry in IMPORTS.items():
        if not sheet.page.get_by_role("button", name="Open a file").is_visible():
            sheet.page.locator("details.file summary").click()
        bring(sheet, a_file_of(key, tmp_path))
        dialog = sheet.page.locator("dialog.import[open]")
        expect(dialog).to_contain_text(entry.label)
        dialog.get_by_role("button", name="Open on the sheet").click()
        dialog.wait_for(state="detached")
        expect(sheet.page.locator(".notices")).to_contain_text(f"Opened from {entry.label}.")


def test_every_format_that_stands_alone_is_saved(open_app):
    sheet = open_app().choose("mazur")
    document = PRESETS["mazur"].document
    for key, label, _ in file_menu(NETWORK)["save"]:
        button = sheet.page.get_by_role("button", name=f"Save {label}", exact=True)
        if not button.is_visible():
            sheet.page.locator("details.file summary").click()
        with sheet.page.expect_download() as download:
            button.click()
        found, own = Path(download.value.path()).read_bytes(), save_file(NETWORK, document, key)
        assert download.value.suggested_filename == own.name
        if key in WHOLE:
            again = open_network_file(ForeignFile(own.name, found))
            again = again if isinstance(again, Document) else again.document
            assert again.layers == document.layers
        else:
            assert found == own.content, key


@pytest.mark.parametrize("bring", [press_open, drop])
def test_what_is_not_read_is_said_and_the_sheet_stays(open_app, bring, tmp_path):
    sheet = open_app().ready()
    for kind in NOT_READ:
        path = tmp_path / f"model{kind.suffixes[0]}"
        path.write_bytes(kind.heads[0] if kind.heads else b"\x08\x01")
        if not sheet.page.get_by_role("button", name="Open a file").is_visible():
            sheet.page.locator("details.file summary").click()
        bring(sheet, [path])
        expect(sheet.page.locator(".notice.error")).to_contain_text(f"{path.name} {kind.what}, and is not read here")
    sheet.expect("weight.3", 2, 2, "−1")
