"""The Lessons page: a list of lessons, and one step at a time of the one that is open."""

from __future__ import annotations

from contextlib import suppress

from mlpviz.app.address import Address, AddressChange
from mlpviz.app.events import OF_ITSELF, Dispatcher, EventKind, UnknownEventError, not_done
from mlpviz.app.page import HandOver, answer_of
from mlpviz.app.protocol import Answer, Received
from mlpviz.engine.registry import Registry
from mlpviz.lesson_page.session import LessonSession
from mlpviz.lesson_page.state import state_of
from mlpviz.lessons import LESSONS
from mlpviz.lessons.asking import Asking
from mlpviz.network import Document, DocumentError
from mlpviz.practice_page import typing
from mlpviz.practice_page.page import PRACTICE
from mlpviz.practice_page.session import PracticeSession
from mlpviz.schema.errors import echo


def _open(session: LessonSession, lesson: str, step: int = 1) -> None:
    if lesson not in LESSONS:
        raise DocumentError(f"there is no lesson {echo(lesson)}")
    session.open(LESSONS[lesson], step - 1)


def _leave(session: LessonSession) -> None:
    session.open(None)


def _on(session: LessonSession) -> None:
    if not session.is_answered:
        raise DocumentError("answer the question first, or let the answer be shown")
    session.open(session.lesson, session.number + 1)


def _back(session: LessonSession) -> None:
    session.open(session.lesson, session.number - 1)


def _asking(session: LessonSession) -> Asking:
    found = None if session.step is None else session.step.asking
    if found is None:
        raise DocumentError("nothing is asked here")
    return found


def _fields(session: LessonSession) -> PracticeSession:
    found = None if session.step is None else session.attempt.fields
    if found is None:
        raise DocumentError("nothing is asked on the sheet here")
    return found


def _choose(session: LessonSession, text: str) -> None:
    asking = _asking(session)
    if asking.kind.on_sheet:
        raise DocumentError("this is asked on the sheet")
    session.attempt.choose(asking, text)


def _answer(session: LessonSession, cell: str, text: str) -> None:
    typing.answer(_fields(session), cell, text)


def _answers(session: LessonSession, lesson: str, steps: dict[str, dict[str, str]]) -> None:
    """What the tab kept of this lesson: by step from 1, texts by the names of fields, or by "" where there are none."""
    if session.lesson is None or session.lesson.key != lesson:
        return
    for number, step in enumerate(session.lesson.shown):
        texts, attempt = steps.get(str(number + 1), {}), session.attempt_at(number)
        if attempt.fields is not None:
            typing.answers(attempt.fields, texts)
        elif step.asking is not None and "" in texts and attempt.verdict is None:
            with suppress(DocumentError):  # an option of the lesson as it was before it was changed
                attempt.choose(step.asking, texts[""])


def _at(session: LessonSession, cell: str) -> None:
    typing.at(_fields(session), cell)


def _paste(session: LessonSession, cell: str, text: str) -> None:
    typing.paste(_fields(session), cell, text)


def _hint(session: LessonSession, block: str) -> None:
    typing.hint(_fields(session), block)


def _close(session: LessonSession) -> None:
    typing.close(_fields(session))


def _show(session: LessonSession) -> None:
    asking, attempt = _asking(session), session.attempt
    attempt.was_shown = True
    if attempt.fields is not None:
        attempt.fields.texts = asking.right_texts()
        return
    attempt.choose(asking, asking.right_answer())


def _practise(session: LessonSession) -> None:
    if session.lesson is None or session.step is None:
        raise DocumentError("no lesson is open")
    session.hand_over = HandOver(PRACTICE.key, session.step.document, asks=session.lesson.practise.name)
    session.go = PRACTICE.key


def _following(session: LessonSession) -> None:
    keys = list(LESSONS)
    if session.lesson is None or session.lesson.key == keys[-1]:
        raise DocumentError("there is no lesson after this one")
    session.open(LESSONS[keys[keys.index(session.lesson.key) + 1]])


EVENTS: Dispatcher[LessonSession] = Dispatcher(
    Registry(
        "event of the Lessons page",
        (
            EventKind("open", "open a lesson at a step", _open),
            EventKind("leave", "go back to the list of lessons", _leave),
            EventKind("on", "go on to the next step", _on),
            EventKind("back", "go back one step", _back),
            EventKind("choose", "choose an answer, or type a number", _choose),
            EventKind("answer", "type a number into a field", _answer),
            EventKind("answers", "answer again what the tab kept", _answers, is_quiet=True),
            EventKind("at", "be at a field, and read what is said of it", _at, is_quiet=True),
            EventKind("paste", "paste a matrix", _paste),
            EventKind("hint", "more help for a block", _hint),
            EventKind("close", "close the help", _close),
            EventKind("show", "show the answer", _show),
            EventKind("practise", "practise what the lesson was about", _practise),
            EventKind("following", "open the next lesson", _following),
            *OF_ITSELF,
        ),
    ),
    (ValueError, UnknownEventError),
    not_done,
)
"""The events by their type."""


class LessonPage:
    """The Lessons page; its lessons are files of `mlpviz/lessons`."""

    key = "lessons"
    path = "lessons"
    title = "Lessons"
    purpose = "predict a number, see it, and know why"
    reads = ""
    stays_in_address = False

    def open(self, address: Address) -> LessonSession:
        """The session of the lesson `l`, such as one_neuron.3 for its third step; without it the list."""
        session = LessonSession()
        text = address.get("l", "")
        if text:
            try:
                _open_named(session, text)
            except (DocumentError, ValueError) as error:
                reason = error if isinstance(error, DocumentError) else f"{echo(text)} names no step of a lesson"
                session.said.error = f"The lesson of this address could not be opened: {reason}"
        return session

    def handle(self, session: LessonSession, request: Received) -> Answer:
        """Carry out the events, and show the step after them."""
        events = session.new_events(request)
        if events is not None:
            EVENTS.carry_out(session, events)
        lesson = session.lesson
        place = None if lesson is None else f"{lesson.key}.{session.number + 1}"
        return answer_of(self.key, session, state_of(session), {"l": place})

    def take(self, session: LessonSession, hand_over: HandOver) -> None:
        """Open the lesson that another page names, from its first step on."""
        _open_named(session, hand_over.asks)

    def document(self, _: LessonSession) -> Document | None:
        """Nothing: what is asked for is not for other pages."""
        return None

    def address_elsewhere(self, _: LessonSession) -> AddressChange:
        """Nothing stays."""
        return {"l": None}


LESSON_PAGE = LessonPage()


def _open_named(session: LessonSession, text: str) -> None:
    lesson, _, step = text.partition(".")
    _open(session, lesson, int(step) if step else 1)
