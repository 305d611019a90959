"""A network as a workbook with live formulas: change a number, and both passes and the update recompute."""

from __future__ import annotations

from mlpviz.exchange.format import Format, Saving
from mlpviz.exchange.network_json import stem
from mlpviz.exchange.subjects import NETWORK
from mlpviz.exchange.workbook.book import workbook

FORMAT = Format(
    "network_xlsx",
    label="workbook with formulas",
    sentence="Both passes and the update as live formulas in by-hand layout for Excel, LibreOffice and Gnumeric, "
    "and a tab to practise on.",
    suffix=".xlsx",
    media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    saving=Saving(NETWORK, workbook, stem),
    group="spreadsheet",
    other_words=("excel", "workbook"),
    needs="openpyxl",
)
