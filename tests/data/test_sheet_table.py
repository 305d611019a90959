"""Sheets of workbooks as CSV text: values only, within limits, and one sentence for what is no such file."""

import datetime
import io
import zipfile

import openpyxl
import pytest

from mlpviz.data import DataError
from mlpviz.data import sheet_table as module
from mlpviz.data.csv_columns import read_csv
from mlpviz.data.csv_table import csv_table
from mlpviz.data.sheet_table import is_workbook, sheet_text
from tests.support.errors import assert_one_line


def workbook(*sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


ROWS = [["length", "width", "species"], [1.5, 2, "setosa"], [3, 0.1, "a, b"], [-0.5, 6, "setosa"]]


def refused(content):
    with pytest.raises(DataError) as caught:
        sheet_text(content)
    assert_one_line(caught.value)
    return str(caught.value)


def test_the_first_sheet_with_cells_becomes_columns():
    content = workbook(("Notes", []), ("Data", ROWS), ("Other", [["x"], [1]]))
    assert is_workbook(content)
    found = sheet_text(content)
    assert (found.sheet, found.sheets) == ("Data", ("Notes", "Data", "Other"))
    table = csv_table(read_csv(found.content))
    assert table.x.tolist() == [[1.5, 2], [3, 0.1], [-0.5, 6]]
    assert table.feature_names == ("length", "width")
    assert table.class_names == ("a, b", "setosa")


def test_another_sheet_is_read_by_its_name():
    content = workbook(("Notes", []), ("Data", ROWS), ("Other", [["x"], [1]]))
    assert sheet_text(content, "Other") == (b"x\n1\n", "Other", ("Notes", "Data", "Other"))
    with pytest.raises(DataError, match="there is no sheet 'data', expected one of Notes, Data, Other"):
        sheet_text(content, "data")
    with pytest.raises(DataError, match="the workbook has no cells in its sheet 'Notes'"):
        sheet_text(content, "Notes")


def test_empty_rows_around_and_columns_beside_are_left_out():
    rows = [[None], [None, None], ["a", "b"], [1, 2], [None, None], [3, 4], [None], [None]]
    assert sheet_text(workbook(("Data", rows))).content == b"a,b\n1,2\n,\n3,4\n"


def test_values_are_written_with_all_digits_and_formulas_without_a_value_are_empty():
    rows = [
        ["a", "b", "c", "d"],
        [0.1234567890123456, True, datetime.datetime(2026, 1, 2), "=1+1"],
        [1e300, "two\nlines", None, 5],
    ]
    text = sheet_text(workbook(("Data", rows))).content.decode()
    assert text == "a,b,c,d\n0.1234567890123456,True,2026-01-02T00:00:00,\n1e+300,two lines,,5\n"


def test_what_is_no_workbook_is_one_sentence():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("a.txt", "1")
    assert refused(out.getvalue()) == "the file is a zip archive and no .xlsx workbook, expected CSV text or a workbook"
    assert refused(b"PK\x03\x04 no archive") == "the workbook is damaged: it is no zip archive"
    assert (
        refused(workbook(("Data", []))) == "the workbook has no sheet with cells, expected a row of headings and rows"
    )
    good = workbook(("Data", ROWS))
    for place in range(30, len(good), 97):
        damaged = good[:place] + bytes([good[place] ^ 0x55]) + good[place + 1 :]
        try:
            sheet_text(damaged)
        except DataError as error:
            assert_one_line(error)


def test_limits_hold_before_a_sheet_is_read(monkeypatch):
    monkeypatch.setattr(module, "CELLS", 11)
    assert refused(workbook(("Data", ROWS))) == "the sheet 'Data' has more than 11 cells, save it as CSV"
    monkeypatch.setattr(module, "LONGEST", 100)
    assert "at most 0 MB are allowed" in refused(workbook(("Data", ROWS)))
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/workbook.xml", b"\0" * 210_000_000)
    monkeypatch.undo()
    assert refused(bomb.getvalue()) == "the workbook unpacks to more than 200 MB or 1,000 parts"
