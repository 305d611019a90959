"""How cells look: as on the sheet the sign by colour and by form, given numbers framed, closed units struck out."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from mlpviz.exchange.workbook.grid import CellBlock

_FACE = "Calibri"
POSITIVE, NEGATIVE, QUIET, RIGHT = "FF0072B2", "FFD55E00", "FF6B6B6B", "FF007A5A"


class Styles:
    """The styles of one workbook."""

    def __init__(self, openpyxl: Any) -> None:
        styles, self._rule = openpyxl.styles, openpyxl.formatting.rule
        font, side, border = partial(styles.Font, name=_FACE, size=11), styles.Side, styles.Border
        self._sides = {
            kind: border(*(side(kind, color=colour) for _ in range(4)))
            for kind, colour in (("medium", QUIET), ("thin", POSITIVE), ("dashed", NEGATIVE))
        }
        self._fill = styles.PatternFill("solid", bgColor="FFF2F2F2", fgColor="FFF2F2F2")
        self._fonts = {
            "positive": font(color=POSITIVE), "negative": font(color=NEGATIVE, italic=True),
            "closed": font(color=QUIET, strike=True), "right": font(color=RIGHT, bold=True),
        }  # fmt: skip
        self.title, self.heading = styles.Font(name=_FACE, bold=True, size=14), font(bold=True)
        self.note, self.label = font(color=QUIET), font(color=QUIET, italic=True)

    def text(self, cell: Any, text: str, font: Any) -> None:
        """A text of a person or of ours: never a formula, whatever it begins with."""
        cell.value = "".join(letter for letter in text if letter.isprintable())
        cell.data_type, cell.quotePrefix, cell.font = "s", True, font

    def value(self, cell: Any, value: float | str, given: bool, one: bool = False) -> None:
        """A number, or a formula of ours."""
        if isinstance(value, float):
            cell.value, cell.data_type = (
                repr(value),
                "n",
            )  # openpyxl writes a float with 16 digits, which may be another
        else:
            cell.value = value
        if one:
            cell.font = self.label
        elif given:
            cell.border, cell.fill = self._sides["medium"], self._fill

    def answer(self, cell: Any) -> None:
        """An empty cell to write into."""
        cell.border, cell.fill = self._sides["medium"], self._fill

    def signs(self, sheet: Any, blocks: Iterable[CellBlock]) -> None:
        """Colour and form by sign, which follow when numbers change; the frame of given numbers stays."""
        areas: dict[bool, list[str]] = {True: [], False: []}
        for block in blocks:
            areas[block.is_computed].append(block.whole)
        for computed, each in areas.items():
            for operator, kind, name in (("lessThan", "dashed", "negative"), ("greaterThan", "thin", "positive")):
                border = self._sides[kind] if computed else None
                rule = self._rule.CellIsRule(operator=operator, formula=["0"], font=self._fonts[name], border=border)
                sheet.conditional_formatting.add(" ".join(each), rule)

    def closed(self, sheet: Any, block: CellBlock, formula: str) -> None:
        """Struck through where the formula, written for the top left cell, holds."""
        sheet.conditional_formatting.add(block.whole, self._rule.FormulaRule([formula], font=self._fonts["closed"]))

    def verdicts(self, sheet: Any, areas: Iterable[str]) -> None:
        """CORRECT and NOT YET in their colours."""
        for text, name in (("CORRECT", "right"), ("NOT YET", "negative")):
            rule = self._rule.CellIsRule(operator="equal", formula=[f'"{text}"'], font=self._fonts[name])
            sheet.conditional_formatting.add(" ".join(areas), rule)

    def layout(self, sheet: Any, frozen: str) -> None:
        """Widths, and what stays in sight."""
        sheet.column_dimensions["A"].width = 22
        sheet.sheet_format.defaultColWidth = 9.5
        sheet.freeze_panes = frozen
        sheet.sheet_view.showGridLines = False
