"""Which training session a browser tab has: after a reload the same one, while the server still holds it.

A reload begins a new session of Streamlit's. Streamlit keeps the old one for `disconnectedSessionTTL` seconds, at most
128 of them, and with it our `Visit`. Nothing here prolongs that: tickets lead to visits by weak references, so that
memory is bounded by what bounds Streamlit's sessions. A ticket is drawn at random, known to the server and one tab
alone, and stands in no address: who copies a link gets the setup, not the run.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakValueDictionary

import streamlit as st

from mlpviz.setup import LIMITS
from mlpviz.ui.line import Line
from mlpviz.ui.train_session import TrainSession, from_url

_KEY = "mlpviz_train"


@dataclass(eq=False)
class Visit:
    """What one browser tab has on the training page. `session` is None once another visit took it over.

    `address` is the setup in the address with which the visit began.
    """

    session: TrainSession | None
    address: str | None
    ticket: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    line: Line[Visit] | None = field(default=None, repr=False)
    """on which frames are asked for while no script runs"""


class Visits:
    """All visits of this process by their tickets, as long as somebody else holds them."""

    def __init__(self) -> None:
        self._found: WeakValueDictionary[str, Visit] = WeakValueDictionary()
        self._lock = threading.Lock()

    def add(self, visit: Visit) -> None:
        """Remember the visit under its ticket."""
        with self._lock:
            self._found[visit.ticket] = visit

    def take_over(self, ticket: str, into: Visit) -> bool:
        """Give the session of the visit with this ticket to another one, which gets the ticket too.

        False if there is none any more, or the other visit began with the address of another setup.
        """
        with self._lock:
            found = self._found.get(ticket)
            if found is None or found is into or found.session is None:
                return False
            if into.address not in (None, found.session.link):
                return False
            into.session, found.session = found.session, None
            into.ticket = ticket
            self._found[ticket] = into
        return True


VISITS = Visits()


def visit() -> Visit:
    """The visit of this browser tab: made from its address at the first run, or when another tab took its run."""
    found = st.session_state.get(_KEY)
    if isinstance(found, Visit) and found.session is not None:
        return found
    address = st.query_params.get("t")
    made = Visit(from_url(address, st.query_params.get("x")), address)
    VISITS.add(made)
    st.session_state[_KEY] = made
    return made


def current() -> TrainSession:
    """The session of this browser tab."""
    session = visit().session
    assert session is not None  # noqa: S101  # visit makes one
    return session


def receive(mine: Visit, message: Mapping[str, Any]) -> None:
    """Carry out one message of the browser, in which a tab that was reloaded may ask for its run. It is not trusted."""
    found = message.get("edits")
    events = found if isinstance(found, list) else []
    for event in filter(_is_resume, events):
        resume(mine, event)
    session = mine.session
    if session is not None:
        with session.lock:
            session.receive({**message, "edits": [event for event in events if not _is_resume(event)]})


def resume(mine: Visit, event: Mapping[str, Any]) -> None:
    """Give the visit the run that its tab had before a reload, or say that it is gone and how to have it again."""
    epoch, ticket = event.get("epoch"), str(event.get("ticket"))
    if ticket == mine.ticket:
        return  # asked again because our answer came late
    back = VISITS.take_over(ticket, mine)
    session = mine.session
    if session is None:
        return
    session.forget()
    if back and session.run.newest:
        session.notice = f"Back at epoch {session.run.newest:,}, with all that can be travelled to."
    elif not back and mine.address is not None:
        session.gone(epoch if type(epoch) is int and 0 <= epoch <= LIMITS.epochs else 0)


def _is_resume(event: Any) -> bool:
    return isinstance(event, Mapping) and event.get("type") == "resume"
