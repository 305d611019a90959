"""One visitor, which is one browser tab: its session of each page, and what pages hand over to each other.

A host holds the visitor, calls it with messages in any thread, and sends the answers back.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Mapping
from typing import Any, TypeGuard

from mlpviz.app.address import Address, AddressChange
from mlpviz.app.faults import attempt
from mlpviz.app.message_bytes import to_bytes
from mlpviz.app.page import (
    RESEND,
    RESUME,
    HandOver,
    Page,
    PageSession,
    ResumablePage,
    answered,
    aside,
    events_in,
    is_check,
    opened,
)
from mlpviz.app.protocol import Answer, Event, Received, Request
from mlpviz.app.tabs import TabRegistry
from mlpviz.schema.reader_sign import typed_with

Pages = Mapping[str, Page[Any]]


class Visitor:
    """The sessions of one browser tab by page; `lock` guards them.

    `token` is known to this tab alone: after a reload it asks for its sessions with it. Each page that was opened has a
    session, until another tab takes it over.
    """

    __slots__ = ("__weakref__", "_addresses", "_checking", "_tabs", "lock", "pages", "sessions", "token")

    def __init__(self, pages: Pages, tabs: TabRegistry[Visitor] | None = None) -> None:
        self.pages = pages
        self.sessions: dict[str, PageSession] = {}
        self.lock = threading.RLock()
        self._checking = threading.Lock()
        self._addresses: dict[str, Address] = {}
        self._tabs = TabRegistry() if tabs is None else tabs
        self.token = secrets.token_urlsafe(16)
        self._tabs.add(self.token, self)

    def visit(self, key: str, address: Address) -> Answer:
        """The whole state of a page, for a browser that may have nothing of it. Raises LookupError for no page."""
        page = self.pages[key]
        with self.lock:
            # a page that keeps something in the address needs its session from the first visit on
            for other, one in self.pages.items():
                if other in (key, page.reads) or one.stays_in_address:
                    self._open(other, address)
            for session in self.sessions.values():
                session.go = None
            if page.reads:
                document = self.pages[page.reads].document(self.sessions[page.reads])
                if document is not None:
                    page.take(self.sessions[key], HandOver(key, document))
        request: Request = {"page": key, "events": [{"type": RESEND}]}
        answer = self.handle(request)
        if answer is None:  # another tab took the session meanwhile
            return self.visit(key, address)
        return answer

    def handle(self, message: Received) -> Answer | None:
        """Answer one untrusted message of the browser.

        None without a session: another tab has taken it over, or there is no such page.
        """
        key = message.get("page")
        if not isinstance(key, str) or key not in self.sessions:
            return None
        if is_check(message):
            return self._prove(key)
        events = events_in(message)
        resuming = [event for event in events if event.get("type") == RESUME]
        for event in resuming:
            self._resume(key, event)
        with self.lock:
            session = self.sessions.get(key)
            if session is None:
                return None
            left = [event for event in events if event not in resuming]
            self._lend(session, left)
            with typed_with(message.get("decimal")):
                answer = answered(self.pages[key], session, {**message, "events": left})
            session.lent = None
            if session.hand_over is not None:
                self._deliver(session.hand_over)
                session.hand_over = None
            if resuming or any(event.get("type") == RESEND for event in left):
                answer["address"] = self._address_elsewhere(key) | answer["address"]
                if _is_resumable(self.pages[key]):
                    answer["tab_token"] = self.token
            return answer

    def _lend(self, session: PageSession, events: list[Event]) -> None:
        """Give a page the network of another one, if one of its events asks for it."""
        borrows = session.borrows
        for event in events:
            if isinstance(event.get("type"), str) and event["type"] in borrows:
                lender = borrows[event["type"]]
                session.lent = self.pages[lender].document(self._open(lender, {}))

    def _open(self, key: str, address: Address) -> PageSession:
        if key not in self.sessions:
            self.sessions[key] = opened(self.pages[key], address)
            self._addresses[key] = address
        return self.sessions[key]

    def _deliver(self, hand_over: HandOver) -> None:
        session = self._open(hand_over.to, {})
        self.pages[hand_over.to].take(session, hand_over)

    def _address_elsewhere(self, key: str) -> AddressChange:
        change: AddressChange = {}
        for other, session in self.sessions.items():
            if other != key:
                change |= self.pages[other].address_elsewhere(session)
        return change

    def _prove(self, key: str) -> Answer | None:
        # one check at a time: the next one begins with what is on screen then, or has nothing to do
        with self._checking:
            with self.lock:
                session = self.sessions.get(key)
                if session is None:
                    return None
                proving = None if session.is_proved() else session.proving()
            if proving is not None:
                # without the lock, so that no message waits for a check
                found = proving.carry_out()
                with self.lock:
                    session.proof = found
            with self.lock:
                return aside(key, session)

    def _resume(self, key: str, event: Event) -> None:
        """Give the tab the session that it had before a reload, or tell the page that it is gone."""
        page, token = self.pages[key], str(event.get("tab_token"))
        if not _is_resumable(page) or token == self.token:
            return  # the browser repeated the message because the answer was late
        with self.lock:
            address = self._addresses[key]
        back = self._take_over(page, token, address)
        with self.lock:
            session = self.sessions.get(key)
            if session is None:
                return
            if back:
                page.resumed(session)
            else:
                page.lost(session, address, event.get("epoch"))

    def _take_over(self, page: ResumablePage[Any], token: str, address: Address) -> bool:
        """Move a page's session, and the token, here from the visitor of this token; false without one."""
        found = self._tabs.find(token)
        if found is None or found is self:
            return False
        # one lock at a time: otherwise two tabs that take over from each other could deadlock
        with found.lock:
            session = found.sessions.get(page.key)
            if session is None or not page.is_at(session, address):
                return False
            del found.sessions[page.key]
        with self.lock:
            self.sessions[page.key] = session
            self.token = token
        self._tabs.add(token, self)
        return True


def answer_json(visitor: Visitor, message: Received) -> bytes | None:
    """The answer of a visitor to a message, as every host sends it; None as of `Visitor.handle`."""
    answer = visitor.handle(message)
    if answer is None:
        return None

    def without_state(sentence: str) -> bytes:
        visitor.sessions[answer["page"]].said.complain(sentence)
        return to_bytes(aside(answer["page"], visitor.sessions[answer["page"]]))

    return attempt("Sending this", lambda: to_bytes(answer), without_state)


def between(visitor: Visitor, message: Received) -> Callable[[], None] | None:
    """What a host is to do, in a thread, when the answer to a tick is on its way; None for nothing."""
    key = message.get("page")
    if not isinstance(key, str):
        return None
    session = visitor.sessions.get(key)
    if session is None or session.meanwhile() is None:
        return None

    def go_on() -> None:
        with visitor.lock:
            # another tab may have taken the session over since, and whatever it was may be done
            meanwhile = session.meanwhile() if visitor.sessions.get(key) is session else None
            if meanwhile is not None:
                attempt("Going on between two answers", meanwhile, lambda _: None)

    return go_on


def _is_resumable(page: Page[Any]) -> TypeGuard[ResumablePage[Any]]:
    return hasattr(page, "resumed")
