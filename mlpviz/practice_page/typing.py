"""What a learner does with the fields of an exercise: types, pastes, asks for help."""

from __future__ import annotations

from mlpviz.network import DocumentError
from mlpviz.practice_page.session import HINTS, PracticeSession
from mlpviz.schema.matrix_text import parse_matrix
from mlpviz.text.numbers import MINUS, all_digits


def answer(session: PracticeSession, cell: str, text: str) -> None:
    """Type into one field; nothing but spaces empties it. Raises DocumentError for a field that is not asked for."""
    if cell not in session.exercise.fields:
        raise DocumentError("this field is not asked for")
    if session.exercise.changed is not None:
        session.texts.clear()  # one cell was changed, so another guess takes the place of the last
    if text.strip():
        session.texts[cell] = text.strip()
    else:
        session.texts.pop(cell, None)
    session.at = cell


def at(session: PracticeSession, cell: str) -> None:
    """Be at a field, and read what is said of it. Raises DocumentError for a field that is not asked for."""
    if cell not in session.exercise.fields:
        raise DocumentError("this field is not asked for")
    session.at = cell


def answers(session: PracticeSession, texts: dict[str, str]) -> None:
    """What the tab kept of this exercise, after a reload."""
    for cell, text in texts.items():
        if cell in session.exercise.fields and cell not in session.texts:
            answer(session, cell, text)
    session.at = ""


def paste(session: PracticeSession, cell: str, text: str) -> None:
    """Type a matrix into a field and those right of it and below. Raises DocumentError where it has no room."""
    first = session.exercise.fields.get(cell)
    if first is None:
        raise DocumentError("this field is not asked for")
    if session.exercise.changed is not None:
        raise DocumentError("one number alone was changed: type what belongs there")
    rows = parse_matrix(text)
    fields = {(one.row, one.column): name for name, one in session.exercise.cells.items() if one.place == first.place}
    block = session.exercise.block(first.place)
    if first.row + len(rows) > block.rows or first.column + len(rows[0]) > block.columns:
        raise DocumentError(
            f"what was pasted has {len(rows)} x {len(rows[0])} numbers; from this field on there is room for "
            f"{block.rows - first.row} x {block.columns - first.column}"
        )
    for row, line in enumerate(rows, first.row):
        for column, number in enumerate(line, first.column):
            if name := fields.get((row, column)):
                session.texts[name] = all_digits(number).replace(MINUS, "-")
    session.at = cell


def hint(session: PracticeSession, block: str) -> None:
    """More help for a block, up to its last stage. Raises DocumentError for a block without fields."""
    exercise = session.exercise
    found = {exercise.block(cell.place).key: cell.place for cell in exercise.fields.values()}
    if block not in found:
        raise DocumentError("there is help for blocks with fields only")
    place = found[block]
    session.hints[place] = min(HINTS, session.hints.get(place, 0) + 1)
    session.hinted = place


def reveal(session: PracticeSession, cell: str) -> None:
    """Show the right number of a cell that is right in method. Raises DocumentError for any other cell."""
    if not session.is_told(cell) or session.checked.verdicts[cell].state != "carried":
        raise DocumentError("the right number is shown beside one that is right in method")
    session.revealed.add(cell)


def close(session: PracticeSession) -> None:
    """Close the help."""
    session.hinted = None
