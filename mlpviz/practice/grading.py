"""The marks of submissions: all is computed from the exercise, as JSON for one and as a table for a class."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from mlpviz.practice.check import Checked, check
from mlpviz.practice.exercise import Exercise
from mlpviz.practice.submission import read_submission
from mlpviz.practice.typed_answers import State
from mlpviz.schema.errors import DocumentError
from mlpviz.schema.json_io import whole_as_int
from mlpviz.text.spreadsheet_text import plain_text

STATES: tuple[State, ...] = ("right", "rounded", "carried", "coarse", "wrong", "unreadable", "empty")


@dataclass(frozen=True)
class MarkedSubmission:
    """One submission by the name of its file: how it was checked, or in one line why it gets no credit."""

    name: str
    asked: int
    checked: Checked | None = None
    problem: str = ""

    @property
    def points(self) -> int:
        """Cells that are right, rounded, or rightly computed from wrong numbers."""
        return 0 if self.checked is None else self.checked.points

    @property
    def mistakes(self) -> dict[str, int]:
        """In how many cells each mistake was named."""
        found: dict[str, int] = {}
        if self.checked is not None:
            for name in self.checked.verdicts:
                for key in self.checked.mistakes(name):
                    found[key] = found.get(key, 0) + 1
        return found

    def count(self, state: State) -> int:
        """How many cells have this state."""
        return 0 if self.checked is None else self.checked.count(state)

    def to_json_value(self) -> dict[str, Any]:
        """The mark as plain values."""
        found: dict[str, Any] = {"file": self.name, "asked": self.asked, "points": self.points}
        if self.checked is None:
            return found | {"error": self.problem}
        checked = self.checked
        cells: dict[str, Any] = {}
        for name, verdict in checked.verdicts.items():
            typed = None if verdict.typed is None else whole_as_int(verdict.typed)
            cells[name] = {"state": verdict.state, "typed": typed, "right": whole_as_int(verdict.right)}
            if mistakes := checked.mistakes(name):
                cells[name]["mistakes"] = list(mistakes)
            cells[name]["said"] = str(checked.sentence(name))
        counts: dict[str, int] = {state: self.count(state) for state in STATES}
        found |= {"share": self.points / self.asked, **counts, "mistakes": self.mistakes, "cells": cells}
        return found


def mark(exercise: Exercise, name: str, content: bytes) -> MarkedSubmission:
    """The mark of one file."""
    try:
        return MarkedSubmission(name, len(exercise.cells), check(exercise, read_submission(exercise, content)))
    except DocumentError as error:
        return MarkedSubmission(name, len(exercise.cells), problem=str(error))


def marks_table(marks: Iterable[MarkedSubmission]) -> str:
    """A class as CSV: one line per file under a line of headings."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(["file", "points", "asked", *STATES, "mistakes", "error"])
    for each in marks:
        counts = [each.count(state) for state in STATES]
        mistakes = " ".join(each.mistakes)
        table.writerow([plain_text(each.name), each.points, each.asked, *counts, mistakes, plain_text(each.problem)])
    return out.getvalue()
