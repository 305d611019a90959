"""A page is a function from message to answer: what every page is made of: its session, its functions, its answer."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, NamedTuple, Protocol, TypeVar

from mlpviz.app.address import Address, AddressChange
from mlpviz.app.faults import attempt
from mlpviz.app.numbering import first_number
from mlpviz.app.protocol import Answer, Event, ProofMessage, Received, SaidMessage
from mlpviz.app.training_moment import TrainingMoment
from mlpviz.app.transfer import Transfers
from mlpviz.network import Document
from mlpviz.schema.offer import Offer
from mlpviz.text.sentences import Sentence

CHECK, RESEND, RESUME = "check", "resend", "resume"
"""The events of every page: check the network on screen; send all again; take the session from before a reload."""

TICK = "tick"
"""The event of a page on which something goes on by itself: go on, and show it. Other messages go before it."""


@dataclass(slots=True)
class Said:
    """The error and notice after an action; `number` counts actions, so that each text is shown once.

    `offer` is what can be done beside them, `offered` what could be done beside those before.
    """

    number: int = field(default_factory=first_number)
    error: str | None = None
    notice: Sentence | str | None = None
    offer: Offer | None = None
    offered: Offer | None = None

    def clear(self) -> None:
        """Remove all: a new action begins, which may be to do what was offered."""
        self.number += 1
        self.error = self.notice = None
        self.offered, self.offer = self.offer, None

    def complain(self, error: str) -> None:
        """Show an error beside what is said already."""
        self.number += 1
        self.error = error

    def tell(self, notice: Sentence | str) -> None:
        """Show a notice that follows from no event."""
        self.clear()
        self.notice = notice

    def message(self) -> SaidMessage:
        """The JSON of it."""
        offer = None if self.offer is None else self.offer.label
        return {"number": self.number, "error": self.error, "notice": self.notice, "offer": offer}


class HandOver(NamedTuple):
    """A network for another page, or a `moment` of a training, which comes without a `document`.

    `notice` says what the network is, `opened_from` names where it came from.
    `begins`: it is to be learned from here on, and is not the network that the other page has. `asks` names what the
    other page is to open instead, as in its address: an exercise, or a step of a lesson. `parts` are what is to be
    asked of the network, where it is to be an exercise.
    """

    to: str
    document: Document | None
    notice: str = ""
    opened_from: str = ""
    begins: bool = False
    asks: str = ""
    parts: str = ""
    moment: TrainingMoment | None = None

    @property
    def network(self) -> Document:
        """The network, for a page that shows no moments. Raises ValueError without one."""
        if self.document is None:
            raise ValueError(f"there is no network for {self.to}")
        return self.document


class Proving(NamedTuple):
    """A check to be run: the version of the network, and the function that checks it and gives the text of the badge.

    The function may take long. It does not read the session, which may change meanwhile.
    """

    version: str
    prove: Callable[[], ProofMessage]

    def carry_out(self) -> ProofMessage:
        """The text of the badge; after a fault of the check, that it failed."""
        return attempt("The check", self.prove, self._failed)

    def _failed(self, sentence: str) -> ProofMessage:
        return {"version": self.version, "status": "partly", "text": "not checked", "detail": sentence}


@dataclass(kw_only=True, slots=True)
class PageSession(ABC):
    """One visitor's state of one page. `acknowledged` is the number of the newest message that was carried out."""

    borrows: ClassVar[Mapping[str, str]] = {}
    """the events that need the network of another page, with the key of that page"""

    acknowledged: int = 0
    said: Said = field(default_factory=Said)
    files: Transfers = field(default_factory=Transfers, repr=False)
    proof: ProofMessage | None = None
    """the last check, which may be of an older version"""
    hand_over: HandOver | None = None
    """the network to hand over to another page"""
    go: str | None = None
    """the key of the page to open"""
    lent: Document | None = None
    """the network on the page that an event of this one asks for, while it is carried out"""
    said_of_link: str = ""
    """what a person was told last of what is on the page and a link does not hold"""

    def tell_of_link(self, problem: str, file_format: str) -> None:
        """Say once what a link does not hold, and offer the file; later if there is something else to say now."""
        if not problem:
            self.said_of_link = ""
        elif problem != self.said_of_link and not self.said.error and not self.said.notice:
            self.said_of_link = problem
            self.said.tell(problem)
            self.said.offer = Offer("Save as a file", {"type": "save", "format": file_format})

    @abstractmethod
    def remember(self) -> None:
        """What is on screen could be shown: `recover` goes back to it."""

    @abstractmethod
    def recover(self) -> None:
        """Go back to what could be shown last, because the present state cannot be."""

    def forget_sent(self) -> None:  # noqa: B027  # there is nothing to forget where every answer has the whole page
        """The browser may have lost what it was sent: the next answer brings all again."""

    def meanwhile(self) -> Callable[[], object] | None:
        """What is to be done between the answer to a tick and the next request, for a few milliseconds, if anything."""
        return None

    @abstractmethod
    def proof_version(self) -> str:
        """A name of the network on screen: a check counts for the network of this name alone."""

    @abstractmethod
    def proving(self) -> Proving | None:
        """The check of the network on screen; None while it is learning."""

    def new_events(self, request: Received) -> list[Event] | None:
        """The events of a request; None if it was carried out before and was sent again."""
        sequence = request.get("sequence")
        if isinstance(sequence, int):
            if sequence <= self.acknowledged:
                return None
            self.acknowledged = sequence
            if self.files.piece is not None:
                self.files.delivered()
            self.go = None
        return events_in(request)

    def prove(self) -> None:
        """Check the network on screen, unless it was checked already."""
        proving = self.proving()
        if proving is not None and not self.is_proved():
            self.proof = proving.carry_out()

    def is_proved(self) -> bool:
        """Whether the last check is of the network on screen."""
        return self.proof is not None and self.proof["version"] == self.proof_version()

    def proof_message(self) -> ProofMessage:
        """The text of the badge for the network on screen."""
        version = self.proof_version()
        if self.proof is not None and self.proof["version"] == version:
            return self.proof
        return {"version": version, "status": None}


S = TypeVar("S", bound=PageSession)


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
    def purpose(self) -> str:
        """What it is for, as it goes on after the title and a colon; without a full stop."""
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


def browser_title(page: Page[Any]) -> str:
    """The title of a page in the tab of a browser: what it is for."""
    return f"{page.title}: {page.purpose} · mlpviz"


def is_check(request: Received) -> bool:
    """Whether the request asks for a check and nothing else: it may be answered in parallel to other messages."""
    events = events_in(request)
    return "sequence" not in request and bool(events) and all(event.get("type") == CHECK for event in events)


def is_tick(request: Received) -> bool:
    """Whether the request asks to go on and for nothing else: it may wait for what people do."""
    events = events_in(request)
    return bool(events) and all(event.get("type") == TICK for event in events)


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
    """The answer to a question: it has nothing of the page itself, so it acknowledges nothing."""
    return {**answer_of(key, session, {}), "acknowledged": None, "go": None, "file": None}


def events_in(request: Received) -> list[Event]:
    """The events of a request that are JSON objects."""
    found = request.get("events")
    return [event for event in found if isinstance(event, Mapping)] if isinstance(found, list) else []
