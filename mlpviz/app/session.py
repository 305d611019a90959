"""What the session of every page has: the message it carried out last, what it said, files on their way, its proof."""

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
    """What the page says about what a person did; `number` counts, so that each is shown once."""

    number: int = 0
    error: str | None = None
    notice: Sentence | str | None = None

    def clear(self) -> None:
        """A person does something else: what was said is over."""
        self.number += 1
        self.error = self.notice = None

    def tell(self, notice: Sentence | str) -> None:
        """Say something that no event of the browser brought about."""
        self.clear()
        self.notice = notice

    def message(self) -> SaidMessage:
        """As the browser gets it."""
        return {"number": self.number, "error": self.error, "notice": self.notice}


class HandOver(NamedTuple):
    """A network for another page: `notice` says what it is, `opened_from` names the way back."""

    to: str
    document: Document
    notice: str = ""
    opened_from: str = ""


class Proving(NamedTuple):
    """How the network on screen is proved: its version, and the function that does it and says what came out.

    The function takes a while, and does not read the session: it may run while that goes on.
    """

    version: str
    prove: Callable[[], ProofMessage]


@dataclass(kw_only=True)
class PageSession(ABC):
    """One visitor's state of one page. `acknowledged` is the newest message that was carried out."""

    acknowledged: int = 0
    said: Said = field(default_factory=Said)
    files: Transfers = field(default_factory=Transfers, repr=False)
    proof: ProofMessage | None = None
    """what was proved last, of whatever version"""
    hand_over: HandOver | None = None
    """what another page is to be opened with"""
    go: str | None = None
    """the page that is to be opened"""

    @abstractmethod
    def proof_version(self) -> str:
        """Names the network on screen, so that a proof counts for that one alone."""

    @abstractmethod
    def proving(self) -> Proving | None:
        """How the network on screen is proved; None while it changes."""

    def new_events(self, request: Received) -> list[Event] | None:
        """The events of a request; None if it was carried out before and came again because our answer was late."""
        sequence = request.get("sequence")
        if isinstance(sequence, int):
            if sequence <= self.acknowledged:
                return None
            self.acknowledged = sequence
            self.files.delivered()
            self.go = None
        return events_in(request)

    def prove(self) -> None:
        """Prove the network on screen, unless that was done already."""
        proving = self.proving()
        if proving is not None and not self.is_proved():
            self.proof = proving.prove()

    def is_proved(self) -> bool:
        """Whether the last proof is of the network on screen."""
        return self.proof is not None and self.proof["version"] == self.proof_version()

    def proof_message(self) -> ProofMessage:
        """What the badge may say of the network on screen."""
        version = self.proof_version()
        if self.proof is not None and self.proof["version"] == version:
            return self.proof
        return {"version": version, "status": None}
