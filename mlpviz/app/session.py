"""What the session of every page has: the last message, error and notice, file transfers, and the last check."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from mlpviz.app.protocol import Event, ProofMessage, Received, SaidMessage, events_in
from mlpviz.app.transfer import Transfers
from mlpviz.network import Document
from mlpviz.text.sentences import Sentence


@dataclass
class Said:
    """The error and notice after an action; `number` counts actions, so that each text is shown once."""

    number: int = 0
    error: str | None = None
    notice: Sentence | str | None = None

    def clear(self) -> None:
        """Remove both: a new action begins."""
        self.number += 1
        self.error = self.notice = None

    def tell(self, notice: Sentence | str) -> None:
        """Show a notice that follows from no event."""
        self.clear()
        self.notice = notice

    def message(self) -> SaidMessage:
        """The JSON of it."""
        return {"number": self.number, "error": self.error, "notice": self.notice}


class HandOver(NamedTuple):
    """A network for another page: `notice` says what it is, `opened_from` names where it came from.

    `begins`: it is to be learned from here on, and is not the network that the other page has.
    """

    to: str
    document: Document
    notice: str = ""
    opened_from: str = ""
    begins: bool = False


class Proving(NamedTuple):
    """A check to be run: the version of the network, and the function that checks it and gives the text of the badge.

    The function may take long. It does not read the session, which may change meanwhile.
    """

    version: str
    prove: Callable[[], ProofMessage]


@dataclass(kw_only=True)
class PageSession(ABC):
    """One visitor's state of one page. `acknowledged` is the number of the newest message that was carried out."""

    acknowledged: int = 0
    said: Said = field(default_factory=Said)
    files: Transfers = field(default_factory=Transfers, repr=False)
    proof: ProofMessage | None = None
    """the last check, which may be of an older version"""
    hand_over: HandOver | None = None
    """the network to hand over to another page"""
    go: str | None = None
    """the key of the page to open"""

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
            self.files.delivered()
            self.go = None
        return events_in(request)

    def prove(self) -> None:
        """Check the network on screen, unless it was checked already."""
        proving = self.proving()
        if proving is not None and not self.is_proved():
            self.proof = proving.prove()

    def is_proved(self) -> bool:
        """Whether the last check is of the network on screen."""
        return self.proof is not None and self.proof["version"] == self.proof_version()

    def proof_message(self) -> ProofMessage:
        """The text of the badge for the network on screen."""
        version = self.proof_version()
        if self.proof is not None and self.proof["version"] == version:
            return self.proof
        return {"version": version, "status": None}
