"""The bands of a network written into a workbook: a sheet that computes, one to practise on, and the document."""

from __future__ import annotations

import io
from typing import Any

import numpy as np

from mlpviz.engine import Activation
from mlpviz.exchange.whole_document import KEY
from mlpviz.exchange.workbook.grid import LEFT, TOP, CellBlock, letters
from mlpviz.exchange.workbook.network import planned
from mlpviz.exchange.workbook.plan import WorkbookPlan
from mlpviz.exchange.workbook.practice import write_practice
from mlpviz.exchange.workbook.styles import Styles
from mlpviz.network import Document
from mlpviz.schema.library import library

SHEET = "Network"
_CELL = 30_000
"""characters of one cell: Excel has room for 32,767"""


def workbook(document: Document) -> bytes:
    """The workbook. Raises DocumentError for what it cannot hold, or without the library that writes it."""
    openpyxl = library("openpyxl")
    plan = planned(document)
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = SHEET
    styles = Styles(openpyxl)
    _write_network(sheet, plan, styles)
    write_practice(book.create_sheet("Practise"), plan, styles, SHEET)
    _write_document(openpyxl, book, plan)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write_network(sheet: Any, plan: WorkbookPlan, styles: Styles) -> None:
    styles.text(sheet.cell(1, 1), plan.document.name or "Network", styles.title)
    styles.text(
        sheet.cell(2, 1),
        "Units are rows, samples are columns. Change a framed number: everything else recomputes.",
        styles.note,
    )
    loss = plan.loss_band.blocks["loss"]
    styles.text(sheet.cell(3, 1), "loss L", styles.heading)
    styles.value(sheet.cell(3, LEFT), f"={loss.at(0, 0)}", given=False)
    for band in plan.all_bands:
        first = next(iter(band.blocks.values()))
        styles.text(sheet.cell(first.top - 1, 1), band.heading, styles.heading)
        for key, block in band.blocks.items():
            styles.text(sheet.cell(block.top - 1, block.left), block.title, styles.label)
            for j in range(block.rows):
                for i in range(block.columns):
                    cell = sheet.cell(block.top + j, block.left + i)
                    styles.value(cell, block.cell(j, i), block.is_given(j, i), one=j >= block.units)
            if key == "a" and band in plan.bands:
                _cross_out(sheet, plan, plan.bands.index(band), block, styles)
    styles.signs(sheet, plan.blocks)
    styles.layout(sheet, frozen=f"{letters(LEFT)}{TOP}")


def _cross_out(sheet: Any, plan: WorkbookPlan, index: int, a: CellBlock, styles: Styles) -> None:
    """Strike through where a unit is closed, as by ReLU: its slope is 0 below 0."""
    blocks, activation = plan.bands[index].blocks, plan.spec.layers[index].activation
    if activation.slope is not None and 0.0 in activation.kinks and _is_flat_below(activation):
        read = blocks["n" if "n" in blocks else "z"]
        for block in (read, blocks.get("h", a)):
            styles.closed(sheet, block, f"{read.at(0, 0)}<=0")


def _is_flat_below(activation: Activation) -> bool:
    below = np.array([[-1.0], [-2.0]])
    return activation.slope is not None and not activation.slope(below, activation.value(below)).any()


def _write_document(openpyxl: Any, book: Any, plan: WorkbookPlan) -> None:
    """The document in a hidden sheet, and names for the cells that hold its numbers."""
    sheet = book.create_sheet(KEY)
    sheet.sheet_state = "hidden"
    text = plan.document.to_json()
    for row, start in enumerate(range(0, len(text), _CELL), start=1):
        cell = sheet.cell(row, 1, text[start : start + _CELL])
        cell.data_type = "s"
    for block in plan.blocks:
        if block.name:
            first, last = block.at(0, 0), block.at(block.units - 1, block.columns - 1)
            area = ":".join(openpyxl.utils.absolute_coordinate(each) for each in (first, last))
            name = f"{KEY}.{block.name}"
            book.defined_names[name] = openpyxl.workbook.defined_name.DefinedName(name, attr_text=f"{SHEET}!{area}")
