"""What stands on a worksheet or its key, as data for the template: bands of matrices, and how numbers come about."""

from __future__ import annotations

from typing import Any

import numpy as np

from mlpviz.exchange.paper.digits import number_text, style_of
from mlpviz.exchange.paper.formula_data import line_nodes
from mlpviz.explain.solution.solve import LEVELS, worked_parts
from mlpviz.network import DocumentError
from mlpviz.practice.change_checking import CheckedChange
from mlpviz.practice.exercise import Exercise
from mlpviz.practice.laid_out import LaidBlock, bands_of, facts_of, on_paper
from mlpviz.practice.paper import cells_to_leave_empty
from mlpviz.practice.topics import EVERY_TOPIC
from mlpviz.text.numbers import NumberStyle
from mlpviz.text.sentences import capitalised

MOST_NUMBERS = 2_000
"""on one sheet: more is no work by hand"""


def sheet_data(exercise: Exercise, *, solved: bool) -> dict[str, Any]:
    """One worksheet, or with its numbers and how they are computed one key. Raises DocumentError if it is too large."""
    laid = on_paper(exercise, solved=solved)
    count = sum(block.numbers.size for block in laid)
    if count > MOST_NUMBERS:
        raise DocumentError(f"the exercise has {count:,} numbers, and a worksheet has room for {MOST_NUMBERS:,}")
    style = style_of(exercise)
    empty = cells_to_leave_empty(exercise)
    bands: list[dict[str, Any]] = [
        {"name": name, "said": said, "blocks": []} for name, said in bands_of(exercise.document)
    ]
    for block in laid:
        rows = _rows(block, empty.get(block.place), style, solved)
        is_given = block.is_given or all(cell["kind"] == "given" for row in rows for cell in row)
        bands[block.band]["blocks"].append({"symbol": block.symbol, "rows": rows, "given": is_given})
    answers = [number_text(block.numbers[at], style) for block in laid for at in block.asked]
    topic = EVERY_TOPIC.get(exercise.topic)
    found = _found(exercise) if solved else []
    return {
        "title": capitalised(topic.label) if topic else exercise.document.name or "A network",
        "place": f"level {exercise.level}, exercise {exercise.seed}" if topic else "",
        "question": _CROSS_OUT if exercise.change else exercise.question or "Compute the empty fields.",
        "facts": [*([topic.sentence] if topic else []), *facts_of(exercise), *_working(bands, solved), *found],
        "foot": " · ".join(filter(None, [_name(exercise), exercise.fingerprint])),
        "widest": max(map(len, answers), default=0),
        "lines": [] if solved or exercise.change is None else _LINES,
        "bands": [band for band in bands if band["blocks"]],
        "solved": solved,
        "workings": _workings(exercise, style) if solved else [],
    }


_CROSS_OUT = "One of these computed numbers was changed. Cross it out, and write what belongs there."
_LINES = ["Which number?", "What belongs there?", "Which mistake makes what stands there?"]


def _found(exercise: Exercise) -> list[str]:
    """Which number was changed, and how, where that is the question."""
    if exercise.change is None:
        return []
    return [str(CheckedChange(exercise, exercise.change, {}).found())]


_ASIDE = ("loss_term", "loss", "grad_weight", "grad_bias")
"""what no other number is computed from, but the update"""


def _name(exercise: Exercise) -> str:
    return f"{exercise.topic} {exercise.level} {exercise.seed}" if exercise.topic else ""


def _working(bands: list[dict[str, Any]], solved: bool) -> list[str]:
    kinds = {cell["kind"] for band in bands for block in band["blocks"] for row in block["rows"] for cell in row}
    return ["Dotted fields are for your own numbers on the way."] if "working" in kinds and not solved else []


def _rows(
    block: LaidBlock, empty: np.ndarray[Any, Any] | None, style: NumberStyle, solved: bool
) -> list[list[dict[str, str]]]:
    def cell(row: int, column: int) -> dict[str, str]:
        asked = (row, column) in block.asked
        is_known = block.is_given or empty is None or not empty[row, column] or (row, column) in block.seen
        kind = "asked" if asked else "given" if is_known else "working"
        return {
            "kind": kind,
            "text": number_text(block.numbers[row, column], style) if solved or kind == "given" else "",
        }

    return [[cell(row, column) for column in range(block.block.columns)] for row in range(block.block.rows)]


def _workings(exercise: Exercise, style: NumberStyle) -> list[dict[str, Any]]:
    """How every asked block is computed, cell by cell; for a question backwards how the known number comes out."""
    sheet, places = exercise.sheet, {cell.place for cell in exercise.cells.values()}
    if exercise.goal is not None:
        goal = exercise.goal.at.place
        before = sheet.order[: sheet.order.index(goal)]
        places = {goal, *(place for place in before if place.tensor not in _ASIDE)}
    keys = {sheet.blocks[place].key for place in places}
    # what is remembered is computed on the way to the new numbers
    keys |= {
        f"new_{key.rpartition('.')[0].rpartition('.')[2]}.{key.rpartition('.')[2]}"
        for key in keys
        if key[:5] == "slot."
    }
    parts = worked_parts(exercise.solved_document, LEVELS["3"], keys, style)
    return [
        {"title": part.title, "lines": [line_nodes(line, style) for line in part.worked or part.results]}
        for part in parts
    ]
