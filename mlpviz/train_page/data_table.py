"""The data of a training as a table: some rows with their part of the split, target and features."""

from __future__ import annotations

from typing import Any

from mlpviz.runs.member import Member
from mlpviz.schema.json_arrays import nullable

ROWS = 50
"""Rows that are sent at once."""

COLUMNS = 12
"""How many features are shown at most."""


def table_of(member: Member, start: int = 0) -> dict[str, Any]:
    """Rows from `start` (from 0) on: number from 1, part, target, target as the loss reads it, features."""
    table, fold = member.built.table, member.built.folds[member.fold]
    start = max(0, min(start, table.samples - 1)) // ROWS * ROWS
    places: dict[int, tuple[str, int]] = {}
    for name in ("train", "validation", "test"):
        places |= {int(row): (name, place) for place, row in enumerate(getattr(fold.split, name))}
    rows = []
    for row in range(start, min(start + ROWS, table.samples)):
        name, place = places.get(row, ("", 0))
        part = getattr(fold.sets, name, None)
        read = [] if part is None or part.target is None else nullable(part.target[place])
        target = table.target[row]
        said = table.class_names[target] if table.task == "classes" else nullable(target)
        rows.append([row + 1, name, said, read, nullable(table.x[row, :COLUMNS])])
    return {
        "start": start,
        "samples": table.samples,
        "features": list(table.feature_names[:COLUMNS]),
        "more": max(0, table.x.shape[1] - COLUMNS),
        "step": ROWS,
        "rows": rows,
    }
