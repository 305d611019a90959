"""What the browser gets of a lesson: the texts and the sheet of one step, and nothing that its question asks for."""

from __future__ import annotations

from typing import TypedDict

from mlpviz.lesson_page.session import LessonSession
from mlpviz.lessons import LESSONS
from mlpviz.lessons.lesson import StepSheet
from mlpviz.practice.laid_out import bands_of, phases_of
from mlpviz.practice.topics.catalogue import TOPICS
from mlpviz.practice_page.shown_blocks import blocks_seen
from mlpviz.practice_page.shown_sheet import ShownSheet, shown_answers, shown_work
from mlpviz.text.sentences import Sentence, capitalised


class LessonLine(TypedDict):
    """A lesson in the list: its key, title, what it is about, and how many steps it has."""

    key: str
    title: str
    about: str
    steps: int


class ShownQuestion(TypedDict):
    """The question of a step. `options` are pairs of a key and a label; none where numbers are typed.

    `on_sheet`: the fields are those of the sheet. `given` is what was chosen or typed otherwise, with its verdict.
    """

    ask: Sentence
    on_sheet: bool
    options: list[list[str]]
    given: str
    state: str
    said: Sentence | str
    help: Sentence | str
    was_shown: bool


class ShownStep(TypedDict):
    """A step of the lesson that is open. `number` counts from 1; `lit` are keys of blocks, `lit_cells` of cells.

    `then` is said when the question is answered, and `practise` names what to practise after the last step.
    """

    lesson: str
    title: str
    number: int
    steps: int
    say: Sentence
    question: ShownQuestion | None
    then: Sentence | str
    is_answered: bool
    lit: list[str]
    lit_cells: list[str]
    practise: str
    next_lesson: str


class LessonsState(TypedDict):
    """All that the page shows: the list of lessons, and the step and sheet of the one that is open."""

    lessons: list[LessonLine]
    step: ShownStep | None
    sheet: ShownSheet | None


def state_of(session: LessonSession) -> LessonsState:
    """What the browser gets."""
    step = session.step
    return {
        "lessons": [
            {"key": each.key, "title": each.title, "about": each.about, "steps": len(each.steps)}
            for each in LESSONS.values()
        ],
        "step": None if step is None else _step(session, step),
        "sheet": None if step is None else _sheet(session, step),
    }


def _step(session: LessonSession, step: StepSheet) -> ShownStep:
    lesson, number = step.lesson, session.number + 1
    is_last = number == len(lesson.steps)
    topic = TOPICS[lesson.practise.topic].label
    keys = list(LESSONS)
    following = keys[keys.index(lesson.key) + 1 :]
    return {
        "lesson": lesson.key,
        "title": lesson.title,
        "number": number,
        "steps": len(lesson.steps),
        "say": step.text_of(step.step.say),
        "question": _question(session, step),
        "then": step.text_of(step.step.then) if session.is_answered else "",
        "is_answered": session.is_answered,
        "lit": [one.block.key for one in step.points if one.cell is None],
        "lit_cells": [f"{one.block.key} {one.cell.row} {one.cell.column}" for one in step.points if one.cell],
        "practise": f"{capitalised(topic)}, level {lesson.practise.level}" if is_last else "",
        "next_lesson": LESSONS[following[0]].title if is_last and following else "",
    }


def _question(session: LessonSession, step: StepSheet) -> ShownQuestion | None:
    asking, attempt = step.asking, session.attempt
    if asking is None:
        return None
    state, said = ("", "") if attempt.verdict is None else attempt.verdict
    fields = attempt.fields
    states = [state] if fields is None else [each["state"] for each in shown_answers(fields).values()]
    return {
        "ask": step.text_of(step.step.ask),
        "on_sheet": asking.kind.on_sheet,
        "options": [[key, label] for key, label in asking.options],
        "given": attempt.text,
        "state": state,
        "said": said,
        "help": step.text_of(step.step.help) if "wrong" in states else "",
        "was_shown": attempt.was_shown,
    }


def _sheet(session: LessonSession, step: StepSheet) -> ShownSheet:
    fields, asking = session.attempt.fields, step.asking
    cells = {} if fields is None else fields.exercise.cells
    places = {*step.places, *(cell.place for cell in cells.values())}
    hidden = set() if asking is None or fields is not None or session.is_answered else asking.hides(step.network)
    phases = phases_of(step.sheet, places)
    if any(one.place.tensor == "target" for one in step.points):
        phases.add("loss")  # a target that is pointed at is seen
    unseen = {cell for network, cell in step.ahead if network == step.network}
    seen = blocks_seen(step.sheet, places, cells, fields.is_solved if fields else bool, phases, hidden, unseen)
    # of a deep network, the layers that the step is about
    layers = {place.layer for place in places} | {one.place.layer for one in step.points}
    if 1 in layers:
        layers.add(0)
    seen = [block for block in seen if block["phase"] != "given" or not places or block["layer"] in layers]
    if fields is not None:
        return {**shown_work(fields), "blocks": seen}
    name = f"{step.lesson.key} {session.number}"
    return {
        "fingerprint": name,
        "bands": bands_of(step.document),
        "blocks": seen,
        "answers": {},
        "hint": None,
        "hidden": [],
    }
