"""What in the cells of a pasted table can be read in two ways: numbered lines, and the parentheses of money."""

from __future__ import annotations

import re

from mlpviz.schema.errors import DocumentError, echo

_ACCOUNTING = re.compile(r"[$€£¥]?\([$€£¥]?[0-9][0-9.,]{0,30}\)")


def refuse_accounting(rows: list[list[str]]) -> None:
    """Raise DocumentError for (1.5), which is −1.5 in a spreadsheet of money, and 1.5 anywhere else."""
    if len(rows) * len(rows[0]) == 1:
        return  # what is left of a call, such as tensor(0.5)
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row, start=1):
            if _ACCOUNTING.fullmatch(cell):
                inner = cell.strip("()$€£¥ ")
                raise DocumentError(
                    f"row {number} column {column} of the pasted matrix is {echo(cell)}, which could be {inner} or, as "
                    f"in a spreadsheet of money, -{inner}; write it without parentheses"
                )


def refuse_numbered(rows: list[list[str]]) -> None:
    """Raise DocumentError for lines that begin with 1. 2. 3. where no other number ends with a point."""
    first = [row[0] for row in rows]
    others = [cell for row in rows for cell in row[1:]]
    is_counted = len(rows) > 1 and first == [f"{number}." for number in range(1, len(rows) + 1)]
    if is_counted and others and not any(cell.endswith(".") for cell in others):
        raise DocumentError(
            "the lines of the pasted matrix could be numbered 1., 2., or begin with the numbers 1, 2; "
            "take the first numbers away, or write them without points"
        )
