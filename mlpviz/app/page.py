"""A page is a function from message to answer: what every page is made of, and how its answer is put together."""

from __future__ import annotations

from typing import Any, Protocol, TypeVar

from mlpviz.app.address import Address, AddressChange
from mlpviz.app.faults import attempt
from mlpviz.app.protocol import Answer, Received, events_in
from mlpviz.app.session import HandOver, PageSession
from mlpviz.network import Document

S = TypeVar("S", bound=PageSession)

CHECK, RESEND, RESUME = "check", "resend", "resume"
"""The events of every page: check the network on screen; send all again; take the session from before a reload."""


class Page(Protocol[S]):
    """One page: no threads, no host, nothing global. The caller holds a lock of the session."""

    @property
    def key(self) -> str:
        """Its name in requests and answers."""
        ...

    @property
    def path(self) -> str:
        """The path of its address, and the name of its script."""
        ...

    @property
    def title(self) -> str:
        """Its title in the menu."""
        ...

    @property
    def reads(self) -> str:
        """The key of the page whose network it shows; empty if it has its own."""
        ...

    @property
    def stays_in_address(self) -> bool:
        """Whether it keeps something in the address of other pages, so that a reload there loses nothing."""
        ...

    def open(self, address: Address, /) -> S:
        """The session for an address; its `said` has the error if the address cannot be opened."""
        ...

    def handle(self, session: S, request: Received, /) -> Answer:
        """Carry out an untrusted request, and answer."""
        ...

    def take(self, session: S, hand_over: HandOver, /) -> None:
        """Open a network that another page hands over."""
        ...

    def document(self, session: S, /) -> Document | None:
        """The network that another page may read."""
        ...

    def address_elsewhere(self, session: S, /) -> AddressChange:
        """The parameters that it keeps in the address while another page is open."""
        ...


class ResumablePage(Page[S], Protocol[S]):
    """A page whose session a reloaded tab can take over."""

    def is_at(self, session: S, address: Address, /) -> bool:
        """Whether an address is that of this session, or of none."""
        ...

    def resumed(self, session: S, /) -> None:
        """The tab has taken over its session, and the browser has nothing of it."""
        ...

    def lost(self, session: S, address: Address, epoch: object, /) -> None:
        """The session from before the reload is gone; `epoch` is where the run was, as the browser says."""
        ...


def is_check(request: Received) -> bool:
    """Whether the request asks for a check and nothing else: it may be answered in parallel to other messages."""
    events = events_in(request)
    return "sequence" not in request and bool(events) and all(event.get("type") == CHECK for event in events)


def opened(page: Page[S], address: Address) -> S:
    """The session for an address; that of no address if opening it fails by a fault of the program."""

    def without(sentence: str) -> S:
        session = page.open({})
        session.said.complain(sentence)
        return session

    return attempt("Opening this address", lambda: page.open(address), without)


def answered(page: Page[S], session: S, request: Received) -> Answer:
    """The page's answer to a request.

    After a fault of the program the session goes back to what it could show last, and the answer says so; where not
    even that can be shown, the answer is `unshown`, and the browser keeps what it has.
    """

    def show(message: Received) -> Answer:
        answer = page.handle(session, message)
        session.remember()
        return answer

    def bare(_: str) -> Answer:
        return answer_of(page.key, session, {"unshown": True})

    def back(sentence: str) -> Answer:
        session.recover()
        session.said.complain(sentence)
        return attempt("The page", lambda: show({"page": page.key, "events": [{"type": RESEND}]}), bare)

    return attempt("Showing this", lambda: show(request), back)


def answer_of(
    key: str, session: PageSession, state: Any, address: AddressChange | None = None, pause: int | None = None
) -> Answer:
    """The answer of a page with this state and change of the address; `pause`: milliseconds until the next tick."""
    return {
        "page": key,
        "acknowledged": session.acknowledged,
        "state": state,
        "said": session.said.message(),
        "address": address or {},
        "go": session.go,
        "file": session.files.piece,
        "next": pause,
        "proof": session.proof_message(),
    }


def aside(key: str, session: PageSession) -> Answer:
    """The answer to a question: it has nothing of the page itself."""
    return {**answer_of(key, session, {}), "go": None, "file": None}
