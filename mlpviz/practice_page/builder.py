"""Building an exercise by clicking: its events, and what the page shows of it. Who builds sees every number."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal, TypedDict

from mlpviz.app.events import EventKind
from mlpviz.network import DocumentError
from mlpviz.practice.asked import AskedCell
from mlpviz.practice.draft import Draft, link_of
from mlpviz.practice.learner_controls import CONTROLS
from mlpviz.practice.workings import Place
from mlpviz.practice_page.session import PracticeSession
from mlpviz.practice_page.shown_blocks import ShownBlock, every_block
from mlpviz.schema.fields import Flag, Text
from mlpviz.sheet.blocks import Block

BUILD = "build:"
"""how the parameter of the address begins while an exercise is built"""
GIVEN_OUT = "task:"
"""how it begins for whoever is to solve it"""


class Building(TypedDict):
    """What is built. `marks` has for each block, by its key, what its cells are: row by row, "" where it is no choice.

    `controls` are triples of a key, a label and a sentence; `link` is the parameter `e` for the learner, empty where
    `problem` says why there is none.
    """

    blocks: list[ShownBlock]
    marks: dict[str, list[list[str]]]
    asked: int
    question: str
    controls: list[list[str]]
    hidden: list[str]
    link: str
    problem: str


def _build(session: PracticeSession) -> None:
    if session.draft is None or session.draft.document is not session.exercise.document:
        draft = Draft.of(session.exercise)
        # what is handed out begins as the exercise alone
        session.draft = draft if session.link else replace(draft, hidden=("others",))
    session.is_building = True


def _mark(
    session: PracticeSession, block: Text, row: int, column: int, mark: Literal["asked", "given", "later"]
) -> None:
    draft = _draft(session)
    place = next((place for place, each in draft.sheet.blocks.items() if each.key == block), Place("", 0))
    session.draft = draft.marked(place, row, column, mark)


def _describe(session: PracticeSession, question: Text) -> None:
    session.draft = replace(_draft(session), question=question.strip())


def _allow(session: PracticeSession, control: Text, on: Flag) -> None:
    draft = _draft(session)
    if control not in CONTROLS:
        raise DocumentError("there is no such control to take away")
    hidden = [key for key in CONTROLS if (key in draft.hidden if key != control else not on)]
    session.draft = replace(draft, hidden=tuple(hidden))


def _solve(session: PracticeSession) -> None:
    exercise = _draft(session).exercise()
    session.begin(exercise, link=link_of(exercise))


def _leave(session: PracticeSession) -> None:
    session.is_building = False


def _draft(session: PracticeSession) -> Draft:
    if session.draft is None:
        raise DocumentError("no exercise is built here")
    return session.draft


BUILDING: tuple[EventKind[PracticeSession], ...] = (
    EventKind("build", "build an exercise", _build),
    EventKind("mark", "make a cell an empty field, or give it", _mark),
    EventKind("describe", "write the question", _describe),
    EventKind("allow", "give a control, or take it away", _allow),
    EventKind("solve", "try the exercise that was built", _solve),
    EventKind("leave", "stop building", _leave),
)
"""The events of building."""


def building_of(session: PracticeSession) -> Building | None:
    """What is built, None where nothing is."""
    draft = session.draft
    if draft is None or not session.is_building:
        return None
    link, problem = "", ""
    try:
        link = GIVEN_OUT + link_of(draft.exercise())
    except DocumentError as error:
        problem = f"No link yet: {error}."
    return {
        "blocks": every_block(draft.sheet),
        "marks": {block.key: _marks(draft, place, block) for place, block in draft.sheet.blocks.items()},
        "asked": sum(mark == "asked" for mark in draft.marks.values()),
        "question": draft.question,
        "controls": [[one.key, one.label, one.sentence] for one in CONTROLS.values()],
        "hidden": list(draft.hidden),
        "link": link,
        "problem": problem,
    }


def _marks(draft: Draft, place: Place, block: Block) -> list[list[str]]:
    return [
        [draft.marks.get(AskedCell(place, row, column), "later") for column in range(block.columns)]
        for row in range(block.rows)
    ]
