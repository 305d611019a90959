"""A page is a function from message to answer: what every page is made of, and how its answer is put together."""

from __future__ import annotations

from typing import Any, Protocol, TypeVar

from mlpviz.app.address import Address, AddressChange
from mlpviz.app.protocol import Answer, Received, events_in
from mlpviz.app.session import HandOver, PageSession
from mlpviz.document import Document

S = TypeVar("S", bound=PageSession)

CHECK, RESEND, RESUME = "check", "resend", "resume"
"""The events that every page knows: prove the network on screen; the browser holds nothing; have a session again."""


class Page(Protocol[S]):
    """One page: no threads, no host, nothing global. Whoever calls it keeps others away from the session meanwhile."""

    @property
    def key(self) -> str:
        """Its name in requests and answers."""
        ...

    @property
    def reads(self) -> str:
        """The page whose network it is about; empty if it has its own."""
        ...

    @property
    def stays_in_address(self) -> bool:
        """Whether it keeps something in the address of other pages, so that a reload there loses nothing."""
        ...

    def open(self, address: Address, /) -> S:
        """The session that an address asks for; what cannot be opened is said in it."""
        ...

    def handle(self, session: S, request: Received, /) -> Answer:
        """Carry out a request, of which nothing is trusted, and answer."""
        ...

    def take(self, session: S, hand_over: HandOver, /) -> None:
        """Open what another page sends here."""
        ...

    def document(self, session: S, /) -> Document | None:
        """The network that another page may read."""
        ...

    def address_elsewhere(self, session: S, /) -> AddressChange:
        """What it keeps in the address while another page is open."""
        ...


class ResumablePage(Page[S], Protocol[S]):
    """A page whose session a reloaded tab can have again."""

    def is_at(self, session: S, address: Address, /) -> bool:
        """Whether an address asks for this session, or for none at all."""
        ...

    def resumed(self, session: S, /) -> None:
        """The tab has its session again, and the browser holds nothing of it."""
        ...

    def lost(self, session: S, address: Address, epoch: object, /) -> None:
        """The session from before the reload is gone; it was at this epoch, as the browser says."""
        ...


def is_check(request: Received) -> bool:
    """Whether the request asks for a proof and for nothing else: it may be answered beside other messages."""
    events = events_in(request)
    return "sequence" not in request and bool(events) and all(event.get("type") == CHECK for event in events)


def answer_of(
    key: str, session: PageSession, state: Any, address: AddressChange | None = None, pause: int | None = None
) -> Answer:
    """The answer of a page whose state, and change of the address, is this; `pause`: ms until it wants a tick."""
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
    """The answer to a question: nothing about the page itself."""
    return {**answer_of(key, session, {}), "go": None, "file": None}
