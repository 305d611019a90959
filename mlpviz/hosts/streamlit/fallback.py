"""Messages through Streamlit: the first answer of a page, and all others where there is no channel.

The browser's message is an event of the component. Streamlit runs the fragment of the page for it, and the answer is
the component's next data.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from mlpviz.app.address import Address, address_in
from mlpviz.app.page import TICK, events_in
from mlpviz.app.protocol import Answer
from mlpviz.app.tabs import TabRegistry
from mlpviz.app.visitor import Visitor, answer_json, between
from mlpviz.hosts.pages import PAGES
from mlpviz.hosts.streamlit.channel import Channel

_KEY = "mlpviz"
_TABS: TabRegistry[Visitor] = TabRegistry()


class BrowserTab:
    """A visitor in Streamlit's session: it ends with that session, except for what another tab took over."""

    def __init__(self) -> None:
        self.visitor = Visitor(PAGES, _TABS)
        self.channel = Channel(self.visitor, answer_json, between)
        self._messages: list[Mapping[str, Any]] = []
        self._first: Answer | None = None
        self._is_watching = False

    def begin(self, key: str) -> None:
        """Make the answer for a run of the whole script, for a browser that may have nothing of the page."""
        # messages of the previous page come first; it is gone, so their answers are dropped. Where nobody knows the
        # tab, as after a restart, they are of this page, which is opened for them
        messages = self._taken()
        if messages and key not in self.visitor.sessions:
            self.visitor.visit(key, _address())
        for message in messages:
            self.visitor.handle(message)
        self._first = self.visitor.visit(key, _address())

    def receive(self, message: Mapping[str, Any]) -> None:
        """Keep a message until the fragment runs.

        Not answered at once: Streamlit delays a message that follows another within 5 ms, and the answer must not be
        the one that follows the message with which a fragment begins.
        """
        self._messages.append(message)

    def answer(self, key: str) -> Answer:
        """The answer that the page is to show now."""
        first, self._first = self._first, None
        if first is not None:
            return first
        messages = self._taken() or [{"page": key, "events": []}]
        self._is_watching = any(event.get("type") == TICK for message in messages for event in events_in(message))
        answers = [answer for message in messages if (answer := self.visitor.handle(message)) is not None]
        if not answers:  # another tab has taken the session
            return self.visitor.visit(key, _address())
        state: dict[str, Any] = {}
        for answer in answers:
            state |= answer["state"]
        # a question that was sent beside them has an answer without an address, a file and a number
        numbered = [answer for answer in answers if answer["acknowledged"] is not None]
        whole: Answer = {**(numbered or answers)[-1], "proof": answers[-1]["proof"]}
        # the browser's message about a page change may have been replaced by a question that it sent at once after it
        session = self.visitor.sessions.get(key)
        return {**whole, "state": state, "go": session.go if session else None}

    def learn(self, key: str) -> None:
        """Learn while the answer to a tick is being transferred."""
        if self._is_watching and (go_on := between(self.visitor, {"page": key})) is not None:
            go_on()

    def _taken(self) -> list[Mapping[str, Any]]:
        messages, self._messages = self._messages, []
        return messages


def _address() -> Address:
    return address_in(st.query_params.to_dict())


def current() -> BrowserTab:
    """The tab that the script runs for."""
    found = st.session_state.get(_KEY)
    if not isinstance(found, BrowserTab):
        found = st.session_state[_KEY] = BrowserTab()
    return found
