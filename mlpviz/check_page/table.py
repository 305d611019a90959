"""The table of the Check page: one row per tensor, with the largest difference from each reference."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypedDict

from mlpviz.check import Report
from mlpviz.comparison import Comparison

COLUMNS = [
    ["tensor", "tensor"],
    ["shape", "shape"],
    ["torch", "PyTorch: max |Δ|"],
    ["torch_relative", "relative"],
    ["differences", "differences: max |Δ|"],
    ["differences_relative", "relative"],
    ["verdict", "verdict"],
    ["note", "note"],
]
"""The fields of a row with their headings."""


class Row(TypedDict):
    """One tensor, as texts."""

    tensor: str
    shape: str
    torch: str
    torch_relative: str
    differences: str
    differences_relative: str
    verdict: str
    note: str


def rows_of(report: Report, write: Callable[[float], str]) -> list[Row]:
    """The rows of a report; `write` turns a number into a text."""
    return [
        {
            "tensor": row.name,
            "shape": " × ".join(map(str, row.shape)) or "1",
            "torch": _absolute(row.torch, write),
            "torch_relative": _relative(row.torch, write),
            "differences": _absolute(row.differences, write),
            "differences_relative": _relative(row.differences, write),
            "verdict": "✓" if row.ok else "✗ disagrees",
            "note": row.note,
        }
        for row in report.rows
    ]


def _absolute(found: Comparison | None, write: Callable[[float], str]) -> str:
    return "–" if found is None else write(found.absolute)


def _relative(found: Comparison | None, write: Callable[[float], str]) -> str:
    return "–" if found is None or found.relative is None else write(found.relative)
