"""The Practise page: an exercise with empty fields, each checked as it is typed or on demand."""

from __future__ import annotations

from typing import Any

from mlpviz.app.address import Address, AddressChange
from mlpviz.app.events import OF_ITSELF, Dispatcher, EventKind, UnknownEventError, not_done
from mlpviz.app.page import RESEND, HandOver, answer_of
from mlpviz.app.protocol import Answer, Event, Received
from mlpviz.engine.registry import Registry
from mlpviz.exchange import FileMenu, file_menu, save_file
from mlpviz.exchange.paper.links import app_address, is_own_machine
from mlpviz.exchange.subjects import EXERCISES, Handout, handout_stem
from mlpviz.network import Document, DocumentError
from mlpviz.practice.blanks import BLANKS
from mlpviz.practice.exercise import Exercise
from mlpviz.practice.laid_out import facts_of
from mlpviz.practice.submission import submission_text
from mlpviz.practice.topics import EVERY_TOPIC, TOPICS, generate
from mlpviz.practice.topics.topic import LEVELS
from mlpviz.practice_page import typing
from mlpviz.practice_page.builder import BUILDING, Building, building_of
from mlpviz.practice_page.opening import address_of, exercise_of, open_exercise
from mlpviz.practice_page.scene import scene_of
from mlpviz.practice_page.seen_numbers import seen_numbers
from mlpviz.practice_page.session import PracticeSession
from mlpviz.practice_page.shown_sheet import ShownWork, shown_work
from mlpviz.schema.errors import echo
from mlpviz.schema.json_io import write_json
from mlpviz.sheet_page.cards import Question
from mlpviz.text.sentences import capitalised

SHEET = "sheet"


class PracticeState(ShownWork):
    """All that the page shows. `topics`, `levels` and `parts` are pairs of a key and a label.

    `is_key`: its link asked for the answers, so it counts for nobody. `sought`: every field has a number, of which one
    was changed. `has_come`: somebody has come from the sheet to type, and has done nothing yet. `scene` has the numbers
    of the sheet that are seen, and comes with `structure_data` when the browser has no such structure. `explained` are
    the blocks that are told as on the Step through page, `withheld` those of which no formula is told.
    """

    scene: dict[str, Any]
    structure_data: dict[str, Any] | None
    explained: list[str]
    withheld: list[str]

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
    at_once: bool
    right: int
    asked: int
    done: bool
    helped: bool
    is_key: bool
    sought: bool
    has_come: bool
    files: FileMenu
    building: Building | None


def _topic(session: PracticeSession, topic: str, level: int, seed: int) -> None:
    session.begin(generate(topic, level, seed))


def _own(session: PracticeSession, parts: str) -> None:
    if session.lent is None:
        raise DocumentError("there is no network on the sheet")
    session.begin(exercise_of(session.lent, parts), parts)


def _look(session: PracticeSession) -> None:
    session.looked_at = dict(session.texts)


def _mode(session: PracticeSession, at_once: bool) -> None:
    session.checks_at_once = at_once
    session.looked_at = {}


def _empty(session: PracticeSession) -> None:
    session.texts, session.looked_at = {}, {}


def _solution(session: PracticeSession) -> None:
    if not session.is_done:
        raise DocumentError("the network opens on the sheet when every field is right: there all its numbers are")
    session.hand_over = HandOver(SHEET, session.exercise.document, "This is the sheet of your exercise.", "exercise")
    session.go = SHEET


def _back(session: PracticeSession) -> None:
    session.go = SHEET


def _save(session: PracticeSession, format: str, address: str = "") -> None:  # the words of the message
    # a sheet of paper is no use of a link to the machine that it was made on
    link = "" if is_own_machine(base := app_address(address)) else base
    session.files.save(*save_file(EXERCISES, Handout([session.exercise], link), format))


def _nothing(session: PracticeSession) -> None:
    """Change nothing."""


def _explain(session: PracticeSession, event: Event) -> None:
    session.question = Question.read(event)


def _hand_in(session: PracticeSession) -> None:
    if not session.texts:
        raise DocumentError("nothing is typed yet")
    text = submission_text(session.exercise, session.texts)
    _offer(session, "answers", text)


def _save_exercise(session: PracticeSession) -> None:
    if session.draft is None:
        raise DocumentError("no exercise is built here")
    _offer(session, "exercise", write_json(session.draft.exercise().to_json_value(), None, ()))


def _offer(session: PracticeSession, what: str, text: str) -> None:
    name = f"{handout_stem(Handout([session.exercise]))}-{what}.json"
    session.files.save(name, f"{text}\n".encode(), "application/json")


def _download_piece(session: PracticeSession, number: int, at: int) -> None:
    session.files.send_piece(number, at)


EVENTS: Dispatcher[PracticeSession] = Dispatcher(
    Registry(
        "event of the Practise page",
        (
            EventKind("topic", "an exercise of a topic, level and seed", _topic),
            EventKind("own", "an exercise of the network on the sheet", _own),
            EventKind("answer", "type a number", typing.answer),
            EventKind("answers", "type again what the tab kept", typing.answers, is_quiet=True),
            EventKind("at", "be at a field, and read what is said of it", typing.at, is_quiet=True),
            EventKind("paste", "paste a matrix", typing.paste),
            EventKind("look", "check what was typed", _look),
            EventKind("mode", "check at once, or on demand", _mode),
            EventKind("hint", "more help for a block", typing.hint),
            EventKind("reveal", "show the right number too", typing.reveal),
            EventKind("close", "close the help", typing.close),
            EventKind("empty", "empty all fields", _empty),
            EventKind("save", "save as a file", _save),
            EventKind("hand_in", "save what was typed as a submission", _hand_in),
            EventKind("save_exercise", "save the exercise that is built", _save_exercise),
            EventKind("download_piece", "go on with the file", _download_piece, is_quiet=True),
            EventKind("back", "back to the sheet as it is", _back),
            EventKind("solution", "open the solved network on the sheet", _solution),
            *BUILDING,
            EventKind("explain", "ask for cards", _nothing, is_quiet=True, perform=_explain),
            *OF_ITSELF,
        ),
    ),
    (ValueError, UnknownEventError),
    not_done,
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

    def __init__(self, first: Exercise | None = None) -> None:
        self.first = first
        """what an address without an exercise opens; None: the first one of the first topic"""

    def open(self, address: Address) -> PracticeSession:
        """The session of the exercise `e`: topic.level.seed, or own: and what is asked of the network `d`."""
        session = PracticeSession(exercise=self.first or generate(next(iter(TOPICS)), 1, 1))
        text = address.get("e", "")
        if text:
            try:
                open_exercise(session, text, address)
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
            session.has_come = session.has_come and all(event.get("type") in (RESEND, "explain") for event in events)
            session.question = None
            EVENTS.carry_out(session, events)
        return answer_of(self.key, session, _state(session), address_of(session))

    def take(self, session: PracticeSession, hand_over: HandOver) -> None:
        """Open the exercise that another page names, or ask for a part or the whole of the network that it sends."""
        if hand_over.asks:
            open_exercise(session, hand_over.asks, {})
            return
        session.said.clear()
        parts = hand_over.parts or SHEET
        try:
            session.begin(exercise_of(hand_over.network, parts), parts)
            session.has_come = True
        except DocumentError as error:
            session.said.complain(f"This network is no exercise: {error}")

    def document(self, _: PracticeSession) -> Document | None:
        """Nothing: what is asked for is not for other pages."""
        return None

    def address_elsewhere(self, _: PracticeSession) -> AddressChange:
        """Nothing stays."""
        return {"e": None, "k": None}


PRACTICE = PracticePage()


def _state(session: PracticeSession) -> PracticeState:
    exercise = session.exercise
    sheet = session.sheet
    now = seen_numbers(session, sheet)
    is_new = session.structure != sheet.structure["id"]
    session.structure = sheet.structure["id"]
    solved = len(session.solved)
    topic = EVERY_TOPIC.get(exercise.topic)
    return {
        **shown_work(session),
        "structure_data": sheet.structure if is_new else None,
        "scene": scene_of(session, sheet, now, is_new=is_new),
        "explained": sorted(now.explained - now.withheld),
        "withheld": sorted(now.withheld),
        "topics": [[one.key, capitalised(one.label)] for one in EVERY_TOPIC.values()],
        "levels": [[str(level), word] for level, word in zip(range(1, LEVELS + 1), _LEVELS, strict=True)],
        "parts": [[one.key, one.label] for one in BLANKS.values()],
        "topic": exercise.topic,
        "level": exercise.level,
        "seed": exercise.seed,
        "part": session.parts,
        "name": exercise.document.name,
        "question": exercise.question or "Compute the empty fields of your network.",
        "facts": facts_of(exercise) if topic is None else [topic.sentence, *facts_of(exercise)],
        "at_once": session.tells_at_once,
        "right": solved,
        "asked": len(exercise.cells),
        "done": solved == len(exercise.cells),
        "helped": bool(session.hints or session.revealed) or session.is_key,
        "is_key": session.is_key,
        "sought": exercise.changed is not None,
        "has_come": session.has_come,
        "files": file_menu(EXERCISES, Handout([exercise])),
        "building": building_of(session),
    }


_LEVELS = ("1: easy", "2: middle", "3: hard")
