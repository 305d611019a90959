"""The tab to practise on: what is given is there, what is computed is empty, and beside it whether it is right."""

from __future__ import annotations

from typing import Any

from mlpviz.exchange.workbook.grid import LEFT, TOP, CellBlock, letters, place
from mlpviz.exchange.workbook.plan import WorkbookPlan
from mlpviz.exchange.workbook.styles import Styles

DIGITS = f"${letters(LEFT)}$4"
"""the cell with the digits that an answer needs"""

_VERDICT = (
    '=IF(ISBLANK({answer}),"",IF(ISNUMBER({answer}),IF(ABS({answer}-{truth})<=0.500001*10^(INT(LOG10(MAX(ABS({truth}),'
    '1E-9)))+1-{digits}),"CORRECT","NOT YET"),"NOT YET"))'
)
"""within half a unit of the last of so many digits"""


def write_practice(sheet: Any, plan: WorkbookPlan, styles: Styles, other: str) -> None:
    """Fill the tab; `other` is the sheet that computes."""
    places = place(plan.all_bands, lambda block: block.columns * (2 if block.is_computed else 1))
    styles.text(sheet.cell(1, 1), "Practise", styles.title)
    note = "Compute what is empty. Beside each cell stands CORRECT or NOT YET; the other tab has the numbers."
    styles.text(sheet.cell(2, 1), note, styles.note)
    asked = [block for block in places if block.is_computed]
    count = sum(block.units * block.columns for block in asked)
    styles.text(sheet.cell(3, 1), "so far", styles.heading)
    styles.text(sheet.cell(4, 1), "digits that count", styles.heading)
    styles.value(sheet.cell(4, LEFT), 3, given=True)
    written = (_write(sheet, block, *places[block], styles, other) for block in places)
    areas = [area for area in written if area]
    styles.verdicts(sheet, areas)
    everything = f"{letters(LEFT)}{TOP}:{letters(sheet.max_column)}{sheet.max_row}"
    styles.value(sheet.cell(3, LEFT), f'=COUNTIF({everything},"CORRECT")&" of {count} correct"', given=False)
    for band in plan.all_bands:
        top = min(places[block][0] for block in band.blocks.values())
        styles.text(sheet.cell(top - 1, 1), band.heading, styles.heading)
    styles.layout(sheet, frozen=f"{letters(LEFT)}{TOP}")


def _write(sheet: Any, block: CellBlock, top: int, left: int, styles: Styles, other: str) -> str:
    """One block; the area of its verdicts, empty if nothing is asked."""
    styles.text(sheet.cell(top - 1, left), block.title, styles.label)
    for j in range(block.rows):
        for i in range(block.columns):
            cell, truth = sheet.cell(top + j, left + i), f"{other}!{block.at(j, i)}"
            if not block.is_computed or j >= block.units:
                styles.value(cell, f"={truth}", given=False, one=j >= block.units)
                continue
            styles.answer(cell)
            verdict = sheet.cell(top + j, left + block.columns + i)
            verdict.value = _VERDICT.format(answer=cell.coordinate, truth=truth, digits=DIGITS)
    if not block.is_computed:
        return ""
    first, last = left + block.columns, left + 2 * block.columns - 1
    return f"{letters(first)}{top}:{letters(last)}{top + block.units - 1}"
