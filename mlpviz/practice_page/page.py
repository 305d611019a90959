"""The Practise page: an exercise with empty fields, each checked as it is typed or on demand."""

from __future__ import annotations

from typing import TypedDict

from mlpviz.app.address import Address, AddressChange
from mlpviz.app.events import Dispatcher, EventKind, UnknownEventError
from mlpviz.app.page import CHECK as CHECK_EVENT
from mlpviz.app.page import RESEND, HandOver, answer_of
from mlpviz.app.protocol import Answer, Event, Received
from mlpviz.engine.registry import Registry
from mlpviz.exchange import FileMenu, file_menu, save_file
from mlpviz.exchange.paper.links import app_address, is_own_machine
from mlpviz.exchange.subjects import EXERCISES, Handout
from mlpviz.network import Document, DocumentError
from mlpviz.practice.blanks import BLANKS, blanks
from mlpviz.practice.exercise import Exercise
from mlpviz.practice.laid_out import bands_of, facts_of
from mlpviz.practice.topics import generate
from mlpviz.practice.topics.catalogue import TOPICS
from mlpviz.practice.topics.topic import LEVELS
from mlpviz.practice_page.hints import Hint, hint_of
from mlpviz.practice_page.session import HINTS, PracticeSession
from mlpviz.practice_page.shown_blocks import ShownBlock, shown_blocks
from mlpviz.schema.errors import echo
from mlpviz.schema.matrix_text import parse_matrix
from mlpviz.schema.number_errors import NumberTextError
from mlpviz.text.numbers import MINUS, all_digits
from mlpviz.text.sentences import Sentence, capitalised

SHEET = "sheet"
_OWN = "own"
"""how the parameter of the address begins for what is asked of the network of the sheet"""


class ShownAnswer(TypedDict):
    """What stands in a field. `state` and `said` are empty until its verdict is told."""

    text: str
    state: str
    said: Sentence | str


class PracticeState(TypedDict):
    """All that the page shows. `topics`, `levels` and `parts` are pairs of a key and a label, `bands` of a layer.

    `is_key`: its link asked for the answers, so it counts for nobody.
    """

    topics: list[list[str]]
    levels: list[list[str]]
    parts: list[list[str]]
    topic: str
    level: int
    seed: int
    part: str
    name: str
    question: str
    facts: list[str]
    fingerprint: str
    at_once: bool
    bands: list[list[str]]
    blocks: list[ShownBlock]
    answers: dict[str, ShownAnswer]
    right: int
    asked: int
    done: bool
    helped: bool
    is_key: bool
    files: FileMenu
    hint: Hint | None


def _topic(session: PracticeSession, topic: str, level: int, seed: int) -> None:
    session.begin(generate(topic, level, seed))


def _own(session: PracticeSession, parts: str) -> None:
    if session.lent is None:
        raise DocumentError("there is no network on the sheet")
    session.begin(_exercise_of(session.lent, parts), parts)


def _exercise_of(document: Document, parts: str) -> Exercise:
    asked = blanks(document, parts.split(","))
    return Exercise.parse({"asked": asked, "document": document})


def _answer(session: PracticeSession, cell: str, text: str) -> None:
    if cell not in session.exercise.cells:
        raise DocumentError("this field is not asked for")
    if text.strip():
        session.texts[cell] = text.strip()
    else:
        session.texts.pop(cell, None)


def _answers(session: PracticeSession, texts: dict[str, str]) -> None:
    """What the tab kept of this exercise, after a reload."""
    for cell, text in texts.items():
        if cell in session.exercise.cells and cell not in session.texts:
            _answer(session, cell, text)


def _paste(session: PracticeSession, cell: str, text: str) -> None:
    first = session.exercise.cells.get(cell)
    if first is None:
        raise DocumentError("this field is not asked for")
    rows = parse_matrix(text)
    fields = {(one.row, one.column): name for name, one in session.exercise.cells.items() if one.place == first.place}
    block = session.exercise.sheet.blocks[first.place]
    if first.row + len(rows) > block.rows or first.column + len(rows[0]) > block.columns:
        raise DocumentError(
            f"what was pasted has {len(rows)} x {len(rows[0])} numbers; from this field on there is room for "
            f"{block.rows - first.row} x {block.columns - first.column}"
        )
    for row, line in enumerate(rows, first.row):
        for column, number in enumerate(line, first.column):
            if name := fields.get((row, column)):
                session.texts[name] = all_digits(number).replace(MINUS, "-")


def _look(session: PracticeSession) -> None:
    session.looked_at = dict(session.texts)


def _mode(session: PracticeSession, at_once: bool) -> None:
    session.checks_at_once = at_once
    session.looked_at = {}


def _hint(session: PracticeSession, block: str) -> None:
    exercise = session.exercise
    found = {exercise.sheet.blocks[cell.place].key: cell.place for cell in exercise.cells.values()}
    if block not in found:
        raise DocumentError("there is help for blocks with fields only")
    place = found[block]
    session.hints[place] = min(HINTS, session.hints.get(place, 0) + 1)
    session.hinted = place


def _close(session: PracticeSession) -> None:
    session.hinted = None


def _empty(session: PracticeSession) -> None:
    session.texts, session.looked_at = {}, {}


def _solution(session: PracticeSession) -> None:
    if not session.is_done:
        raise DocumentError("the network opens on the sheet when every field is right: there all its numbers are")
    session.hand_over = HandOver(SHEET, session.exercise.document, "This is the sheet of your exercise.", "exercise")
    session.go = SHEET


def _save(session: PracticeSession, format: str, address: str = "") -> None:  # the words of the message
    # a sheet of paper is no use of a link to the machine that it was made on
    link = "" if is_own_machine(base := app_address(address)) else base
    session.files.save(*save_file(EXERCISES, Handout([session.exercise], link), format))


def _download_piece(session: PracticeSession, number: int, at: int) -> None:
    session.files.send_piece(number, at)


def _all(session: PracticeSession) -> None:
    """Nothing: every answer has the whole page."""


def _sentence(_: PracticeSession, event: Event, error: Exception) -> str:
    known = isinstance(error, DocumentError | NumberTextError)
    reason = error if known else f"the page cannot do {event.get('type')!r} like this"
    return f"Not done: {reason}"


EVENTS: Dispatcher[PracticeSession] = Dispatcher(
    Registry(
        "event of the Practise page",
        (
            EventKind("topic", "an exercise of a topic, level and seed", _topic),
            EventKind(_OWN, "an exercise of the network on the sheet", _own),
            EventKind("answer", "type a number", _answer),
            EventKind("answers", "type again what the tab kept", _answers, is_quiet=True),
            EventKind("paste", "paste a matrix", _paste),
            EventKind("look", "check what was typed", _look),
            EventKind("mode", "check at once, or on demand", _mode),
            EventKind("hint", "more help for a block", _hint),
            EventKind("close", "close the help", _close),
            EventKind("empty", "empty all fields", _empty),
            EventKind("save", "save as a file", _save),
            EventKind("download_piece", "go on with the file", _download_piece),
            EventKind("solution", "open the solved network on the sheet", _solution),
            EventKind(CHECK_EVENT, "prove the numbers", PracticeSession.prove, is_quiet=True),
            EventKind(RESEND, "send all again", _all, is_quiet=True),
        ),
    ),
    (ValueError, UnknownEventError),
    _sentence,
)
"""The events by their type."""


class PracticePage:
    """The Practise page: its exercise is generated, or asks for numbers of the network on the sheet."""

    key = "practice"
    path = "practise"
    title = "Practise"
    purpose = "compute the numbers yourself; every field is checked, and a mistake is named"
    reads = ""
    stays_in_address = False

    def open(self, address: Address) -> PracticeSession:
        """The session of the exercise `e`: topic.level.seed, or own: and what is asked of the network `d`."""
        session = PracticeSession(exercise=generate(next(iter(TOPICS)), 1, 1))
        text = address.get("e", "")
        if text:
            try:
                _open(session, text, address)
                if address.get("k"):
                    session.solve()
            except (DocumentError, ValueError) as error:
                reason = error if isinstance(error, DocumentError) else f"{echo(text)} names no exercise"
                session.said.error = f"The exercise of this address could not be opened: {reason}"
        return session

    def handle(self, session: PracticeSession, request: Received) -> Answer:
        """Carry out the events, and show the exercise after them."""
        events = session.new_events(request)
        if events is not None:
            EVENTS.carry_out(session, events)
        return answer_of(self.key, session, _state(session), _address(session))

    def take(self, session: PracticeSession, hand_over: HandOver) -> None:
        """Ask for the whole sheet of a network that another page sends."""
        session.begin(_exercise_of(hand_over.document, SHEET), SHEET)

    def document(self, _: PracticeSession) -> Document | None:
        """Nothing: what is asked for is not for other pages."""
        return None

    def address_elsewhere(self, _: PracticeSession) -> AddressChange:
        """Nothing stays."""
        return {"e": None, "k": None}


PRACTICE = PracticePage()


def _open(session: PracticeSession, text: str, address: Address) -> None:
    if text.startswith(f"{_OWN}:"):
        if "d" not in address:
            raise DocumentError("it asks for numbers of a network that is not in the address")
        parts = text.removeprefix(f"{_OWN}:")
        session.begin(_exercise_of(Document.from_link(address["d"]), parts), parts)
        return
    topic, level, seed = text.split(".")
    session.begin(generate(topic, int(level), int(seed)))


def _address(session: PracticeSession) -> AddressChange:
    exercise, key = session.exercise, "1" if session.is_key else None
    if exercise.topic:
        return {"e": f"{exercise.topic}.{exercise.level}.{exercise.seed}", "k": key}
    link = exercise.document.to_link()
    return {"e": f"{_OWN}:{session.parts}", "d": link, "k": key}


def _state(session: PracticeSession) -> PracticeState:
    exercise, checked = session.exercise, session.checked
    solved = sum(map(session.is_solved, exercise.cells))
    answers: dict[str, ShownAnswer] = {}
    for name, text in session.texts.items():
        told = session.is_told(name)
        answers[name] = {
            "text": text,
            "state": checked.verdicts[name].state if told else "",
            "said": checked.sentence(name) if told else "",
        }
    topic = TOPICS.get(exercise.topic)
    return {
        "topics": [[one.key, capitalised(one.label)] for one in TOPICS.values()],
        "levels": [[str(level), word] for level, word in zip(range(1, LEVELS + 1), _LEVELS, strict=True)],
        "parts": [[one.key, one.label] for one in BLANKS.values()],
        "topic": exercise.topic,
        "level": exercise.level,
        "seed": exercise.seed,
        "part": session.parts,
        "name": exercise.document.name,
        "question": exercise.question or "Compute the empty fields of your network.",
        "facts": facts_of(exercise) if topic is None else [topic.sentence, *facts_of(exercise)],
        "fingerprint": exercise.fingerprint,
        "at_once": session.checks_at_once,
        "bands": bands_of(exercise.document),
        "blocks": shown_blocks(session),
        "answers": answers,
        "right": solved,
        "asked": len(exercise.cells),
        "done": session.is_done,
        "helped": bool(session.hints) or session.is_key,
        "is_key": session.is_key,
        "files": file_menu(EXERCISES),
        "hint": hint_of(session),
    }


_LEVELS = ("1: easy", "2: middle", "3: hard")
