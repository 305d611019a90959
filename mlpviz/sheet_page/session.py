"""The session of one visitor on the score sheet: a document with undo, which the address can restore."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypedDict

from mlpviz.app.badge_text import side_by_side_text
from mlpviz.app.numbering import first_number
from mlpviz.app.page import HandOver, PageSession, Proving
from mlpviz.network import Document, DocumentError
from mlpviz.network.edits.variants import VariantInputs
from mlpviz.network.trajectory import Trajectory
from mlpviz.network.undo import UndoHistory
from mlpviz.sheet_page.bulk import Bulk
from mlpviz.sheet_page.cards import Question
from mlpviz.sheet_page.importing import Importing
from mlpviz.sheet_page.making import Making
from mlpviz.sheet_page.side_by_side import Comparison
from mlpviz.verify.report import check


class MadeNetwork(TypedDict):
    """What became of an attempt to make a network: `problem` ends a sentence about `field`; "" if it was made."""

    attempt: int
    field: str
    problem: str


@dataclass(kw_only=True, slots=True)
class SheetSession(PageSession):
    """The current document with undo and redo, and what else the next answer needs.

    `version` counts documents, so that a view of the page knows whether it shows the current one; `origin` is the
    document as it was opened.
    """

    history: UndoHistory
    origin: Document
    view: str = ""
    view_number: int = 0
    """counts the views that the server chose: the browser takes over each once"""
    begun: int = field(default_factory=first_number)
    """a number of this session: a browser that knows another one asks a new server"""
    lost: str = ""
    """the name of the network that the address does not hold, until something else is opened, or nobody has it"""
    opened_from: str = ""
    """the page that opened the document, if it can take the weights back"""
    question: Question | None = None
    """the cards that this answer has to bring"""
    is_reviewing: bool = False
    """whether this answer has to bring the card of the last edit and the problems"""
    made_network: MadeNetwork | None = None
    """what became of the last attempt to make a new network"""
    version: int = field(default_factory=first_number)
    structure: str | None = None
    """the structure that the browser has"""
    comparison: Comparison | None = None
    trajectory: Trajectory = field(default_factory=Trajectory, repr=False)
    """the steps of the optimizer that were taken"""
    importing: Importing = field(default_factory=Importing, repr=False)
    """files of other tools that arrive, and the network in them before it opens"""
    bulk: Bulk = field(default_factory=Bulk, repr=False)
    """what the browser has of the large blocks"""
    making: Making = field(default_factory=Making, repr=False)
    """how the network was made, for a link to one that is too large"""
    shown: tuple[UndoHistory, Comparison | None, Trajectory] | None = field(default=None, repr=False)
    """what the last answer could show"""

    @classmethod
    def of(cls, document: Document, trajectory: Trajectory | None = None) -> SheetSession:
        """A session that begins with this document."""
        session = cls(history=UndoHistory(document), origin=document, trajectory=trajectory or Trajectory())
        session.show(document)
        return session

    @property
    def document(self) -> Document:
        """The document on screen."""
        return self.history.document

    @property
    def link(self) -> str | None:
        """The document for the URL, or None if it is too large for one."""
        try:
            return self.document.to_link()
        except DocumentError:
            return None

    @property
    def variant_origin(self) -> VariantInputs:
        """What a variant to compare with is made from."""
        past = self.history.past
        return VariantInputs(self.document, past[-1] if past else None, self.origin)

    def move(self, history: UndoHistory, *, is_edit: bool = True) -> None:
        """Another document on screen; the network beside it follows an undo or redo."""
        self.history = history
        self.version += 1
        if self.comparison and is_edit:
            self.comparison.remember(history)
        elif self.comparison:
            self.comparison.recall(history)

    def compare(self, comparison: Comparison | None) -> None:
        """Put another network beside this one, or none."""
        self.comparison = comparison
        self.version += 1
        if comparison:
            comparison.remember(self.history)

    def open(self, document: Document) -> None:
        """Show another document; undo brings the one before back."""
        document, trajectory = without_trajectory(document)
        if trajectory.points:
            self.trajectory = trajectory
        self.origin = document
        self.lost = ""
        self.show(document)
        self.move(self.history.open(document))

    def show(self, document: Document) -> None:
        """Take over the view that comes with a document, or start at the first step."""
        self.view = document.view.to_text() if document.view else "layer.0.1"
        self.view_number += 1

    def take(self, hand_over: HandOver) -> None:
        """Open what another page sends here."""
        self.open(hand_over.network)
        self.said.tell(hand_over.notice)
        self.opened_from = hand_over.opened_from

    def forget_sent(self) -> None:
        """The browser may have lost them: the next answer brings them again."""
        self.structure = None
        if self.comparison:
            self.comparison.structure = None

    def remember(self) -> None:
        """The documents and the steps on screen."""
        self.shown = self.history, self.comparison, self.trajectory

    def recover(self) -> None:
        """The documents that were shown last; without any, the one that was opened, alone."""
        before = self.shown or (UndoHistory(self.origin), None, Trajectory())
        self.history, self.comparison, self.trajectory = before
        self.version += 1

    def proof_version(self) -> str:
        """The number of the document."""
        return str(self.version)

    def proving(self) -> Proving:
        """A check of every network on screen."""
        version = self.proof_version()
        documents = (self.document, *((self.comparison.document,) if self.comparison else ()))
        return Proving(
            version,
            lambda: side_by_side_text(version, [check(each.trace(), each.next_step) for each in documents]),
        )


def without_trajectory(document: Document) -> tuple[Document, Trajectory]:
    """A document that was opened, and the steps that it brought."""
    if not document.walk:
        return document, Trajectory()
    own = document.model_copy(update={"walk": ()})
    return own, Trajectory.of_saved(document.walk, own)
