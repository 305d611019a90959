"""The table of the Check page: one row per tensor, with the largest difference from each reference."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypedDict

from mlpviz.verify.report import Report, table_of

COLUMNS = [
    ["tensor", "Tensor"],
    ["shape", "Shape"],
    ["torch", "PyTorch: max |Δ|"],
    ["torch_relative", "Relative"],
    ["differences", "Central differences: max |Δ|"],
    ["differences_relative", "Relative"],
    ["verdict", "Verdict"],
    ["note", "Note"],
]
"""The fields of a row with their headings."""


class Row(TypedDict):
    """One tensor, as texts; `ok`: no reference disagrees."""

    tensor: str
    shape: str
    torch: str
    torch_relative: str
    differences: str
    differences_relative: str
    verdict: str
    note: str
    ok: bool


def rows_of(report: Report, write: Callable[[float], str]) -> list[Row]:
    """The rows of a report, those that disagree first; `write` turns a number into a text."""
    rows: list[Row] = [
        {
            "tensor": cells.tensor,
            "shape": cells.shape,
            "torch": cells.torch_absolute,
            "torch_relative": cells.torch_relative,
            "differences": cells.differences_absolute,
            "differences_relative": cells.differences_relative,
            "verdict": "✓" if cells.ok else "✗ disagrees",
            "note": cells.note,
            "ok": cells.ok,
        }
        for cells in table_of(report.rows, write)
    ]
    return sorted(rows, key=lambda row: row["ok"])
