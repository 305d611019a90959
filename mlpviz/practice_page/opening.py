"""The exercise of an address, and the address of an exercise.

The parameter `e` is topic.level.seed; own: and the parts that are asked of the network in `d`; task: and a whole
exercise that somebody built; or build: and one that is being built.
"""

from __future__ import annotations

from mlpviz.app.address import Address, AddressChange
from mlpviz.network import Document, DocumentError
from mlpviz.practice.blanks import blanks
from mlpviz.practice.draft import Draft, link_of
from mlpviz.practice.exercise import Exercise
from mlpviz.practice.topics import generate
from mlpviz.practice_page.builder import BUILD, GIVEN_OUT
from mlpviz.practice_page.session import PracticeSession

OWN = "own:"
"""how the parameter begins for what is asked of the network of the sheet"""


def exercise_of(document: Document, parts: str) -> Exercise:
    """An exercise that asks for parts of the sheet of a network."""
    return Exercise.parse({"asked": blanks(document, parts.split(",")), "document": document})


def open_exercise(session: PracticeSession, text: str, address: Address) -> None:
    """Begin the exercise that `e` says. Raises DocumentError, and ValueError for what names none."""
    if text.startswith(OWN):
        if "d" not in address:
            raise DocumentError("it asks for numbers of a network that is not in the address")
        parts = text.removeprefix(OWN)
        session.begin(exercise_of(Document.from_link(address["d"]), parts), parts)
    elif text.startswith(GIVEN_OUT):
        link = text.removeprefix(GIVEN_OUT)
        session.begin(Exercise.from_link(link), link=link)
    elif text.startswith(BUILD):
        exercise = Exercise.from_link(text.removeprefix(BUILD))
        session.begin(exercise, link=text.removeprefix(BUILD))
        session.draft, session.is_building = Draft.of(exercise), True
    else:
        topic, level, seed = text.split(".")
        session.begin(generate(topic, int(level), int(seed)))


def address_of(session: PracticeSession) -> AddressChange:
    """The parameters that open what the page shows."""
    try:
        return _address(session)
    except DocumentError:
        return {}  # nothing is asked for yet, or the network is too large for an address


def _address(session: PracticeSession) -> AddressChange:
    exercise = session.exercise
    if session.is_building and session.draft is not None:
        return {"e": BUILD + link_of(session.draft.exercise()), "k": None}
    key = "1" if session.is_key else None
    if session.link:
        return {"e": GIVEN_OUT + session.link, "k": key}
    if exercise.topic:
        return {"e": f"{exercise.topic}.{exercise.level}.{exercise.seed}", "k": key}
    return {"e": f"{OWN}{session.parts}", "d": exercise.document.to_link(), "k": key}
