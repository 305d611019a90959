"""A page of pictures: what an address opens, and the answer to a request. The same for all explorations."""

from __future__ import annotations

import math
from typing import Any

from mlpviz.app.address import Address, AddressChange
from mlpviz.app.events import OF_ITSELF, Dispatcher, EventKind, UnknownEventError, not_done
from mlpviz.app.page import TICK, HandOver, answer_of
from mlpviz.app.protocol import Answer, Received
from mlpviz.engine.registry import Registry
from mlpviz.exploration.data_files import to_csv, to_json
from mlpviz.exploration.exploration import Exploration
from mlpviz.exploration.session import ExplorationSession
from mlpviz.exploration.state import state_of
from mlpviz.exploration.view import TablePart
from mlpviz.network import Document, DocumentError
from mlpviz.schema.errors import echo

_FILES = {"csv": (to_csv, "text/csv"), "json": (to_json, "application/json")}


def _set(session: ExplorationSession, key: str, value: str | bool) -> None:
    session.set({key: value})


def _slide(session: ExplorationSession, key: str, place: float) -> None:
    session.set({key: session.setting(key).at(place)})


def _point(session: ExplorationSession, figure: str, x: float, y: float) -> None:
    part = session.made().figures.get(figure)
    if part is None or part.pointer is None:
        raise DocumentError(f"there is nothing to move in a figure {echo(figure)}")
    places = {key: place for key, place in ((part.pointer.x, x), (part.pointer.y, y)) if key and math.isfinite(place)}
    session.set({key: session.setting(key).at(place) for key, place in places.items()})


def _press(session: ExplorationSession, table: str, row: int, column: int) -> None:
    for part in session.made().parts:
        if isinstance(part, TablePart) and part.key == table:
            cells = part.rows[row] if 0 <= row < len(part.rows) else ()
            sets = cells[column].sets if 0 <= column < len(cells) else None
            if sets is not None:
                return session.set(sets)
    raise DocumentError("nothing can be chosen in this cell")


def _try(session: ExplorationSession, number: int) -> None:
    tries = session.made().tries
    if not 0 <= number < len(tries):
        raise DocumentError(f"there are {len(tries)} things to try, and none with the number {number + 1}")
    session.set(tries[number].sets)


def _reset(session: ExplorationSession) -> None:
    session.given, session.view, session.stopped = {}, None, False


def _load(session: ExplorationSession, key: str) -> None:
    for load in session.made().loads:
        if load.key == key:
            session.hand_over = None if load.hand_over is None else load.hand_over()
            session.go = load.to if session.hand_over is None else session.hand_over.to
            return
    raise DocumentError(f"there is no network {echo(key)} to load here")


def _save(session: ExplorationSession, figure: str, format: str) -> None:  # the words of the message
    part = session.made().figures.get(figure)
    if part is None or format not in _FILES:
        raise DocumentError(f"there is no figure {echo(figure)} to be saved as {echo(format)}")
    make, kind = _FILES[format]
    session.files.save(f"{session.exploration.path}-{figure}.{format}", make(part), kind)


def _download_piece(session: ExplorationSession, number: int, at: int) -> None:
    session.files.send_piece(number, at)


def _stop(session: ExplorationSession) -> None:
    session.stopped = True


EVENTS: Dispatcher[ExplorationSession] = Dispatcher(
    Registry(
        "event of a page of pictures",
        (
            EventKind("set", "choose, switch or type a setting", _set),
            EventKind("slide", "move a slider", _slide),
            EventKind("point", "move the pointer on a figure", _point),
            EventKind("press", "choose a cell of a table", _press),
            EventKind("try", "set what is worth trying", _try),
            EventKind("reset", "go back to the first settings", _reset),
            EventKind("load", "open the network on another page", _load),
            EventKind("save", "save the data of a figure", _save),
            EventKind("download_piece", "go on with the file", _download_piece, is_quiet=True),
            EventKind("stop", "stop a long computation", _stop),
            EventKind(TICK, "go on with a long computation", ExplorationSession.go_on, is_quiet=True),
            *OF_ITSELF,
        ),
    ),
    (ValueError, UnknownEventError),
    not_done,
)
"""The events by their type."""


class ExplorationPage:
    """The page of one exploration. Its settings stand in the parameter `s` of the address, behind its key."""

    stays_in_address = False

    def __init__(self, exploration: Exploration) -> None:
        self.exploration = exploration
        self.key, self.path = exploration.key, exploration.path
        self.title, self.purpose = exploration.title, exploration.purpose
        self.reads = exploration.reads

    def open(self, address: Address) -> ExplorationSession:
        """The session with the settings of an address; those that cannot be read are said, and have their defaults."""
        session = ExplorationSession(exploration=self.exploration)
        try:
            session.given = self.exploration.from_address(address.get("s", ""))
            problems = self.exploration.resolve(session.given)[2]
        except DocumentError as error:
            problems = [str(error)]
        if problems:
            session.said.error = f"Not all settings of this address could be read: {'; '.join(problems)}"
        return session

    def handle(self, session: ExplorationSession, request: Received) -> Answer:
        """Carry out the events, and show the view after them."""
        events = session.new_events(request)
        if events is not None:
            EVENTS.carry_out(session, events)
        view = session.made()
        state: Any = state_of(session.settings, session.values, view, session.sent)
        goes_on = view.progress is not None and not session.stopped
        address: AddressChange = {"s": self.exploration.to_address(session.settings, session.values)}
        return answer_of(self.key, session, state, address, 0 if goes_on else None)

    def take(self, session: ExplorationSession, hand_over: HandOver) -> None:
        """Make the pictures of this network, or of this moment of a training, from now on."""
        if hand_over.moment is None:
            session.take(hand_over.network)
        else:
            session.take_moment(hand_over.moment)

    def document(self, _: ExplorationSession) -> Document | None:
        """Nothing: a network goes to another page by a button."""
        return None

    def address_elsewhere(self, _: ExplorationSession) -> AddressChange:
        """Nothing stays."""
        return {"s": None}
