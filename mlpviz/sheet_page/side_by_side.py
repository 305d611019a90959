"""The second network beside the one on the sheet, and how it follows edits, undo and redo of the first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from mlpviz.network import DOCUMENT_LIMITS, Document, DocumentError, edits
from mlpviz.network.trajectory import Trajectory
from mlpviz.network.undo import UndoHistory
from mlpviz.sheet_page.bulk import Bulk


@dataclass
class Comparison:
    """The other document, and whether edits go to both.

    `partners` has the other document for each own one by its id, so that undo and redo bring both back.
    """

    document: Document
    together: bool
    partners: dict[int, tuple[Document, Document]] = field(default_factory=dict)
    trajectory: Trajectory = field(default_factory=Trajectory)
    """the steps that were taken with both"""
    structure: str | None = None
    """the structure that the browser has"""
    bulk: Bulk = field(default_factory=Bulk, repr=False)
    """what the browser has of the large blocks"""

    def edit(self, event: Mapping[str, Any]) -> str | None:
        """Carry out an edit of the own document on the other one; a sentence if that is not possible there."""
        if not self.together:
            return None
        try:
            edited = edits.apply(self.document, event)
        except DocumentError as error:
            return f"The other network stays as it is: {error}"
        self.document = edited.document
        if edited.walked:
            self.trajectory = self.trajectory.after(edited.walked, edited.document)
        return None

    def rewind(self, by: int | None) -> str | None:
        """Go `by` steps on (below 0: back) as the own document did; a sentence if that is not possible here."""
        if not self.together:
            return None
        here = self.trajectory.here(self.document)
        if by is None or here is None or not 0 <= here + by < len(self.trajectory.points):
            return "The other network stays as it is: it has not taken these steps beside this one."
        self.document = edits.restore_step(self.document, self.trajectory, here + by).document
        return None

    def remember(self, history: UndoHistory) -> None:
        """Keep the pair that is on screen now, and forget the pairs that no undo or redo can reach."""
        own = history.document
        self.partners[id(own)] = (own, self.document)
        if len(self.partners) > 2 * DOCUMENT_LIMITS.undo:
            reachable = {id(document) for document in (*history.past, own, *history.future)}
            self.partners = {key: pair for key, pair in self.partners.items() if key in reachable}

    def recall(self, history: UndoHistory) -> None:
        """Show the other document of this own one again; nothing for an own one from before the comparison."""
        pair = self.partners.get(id(history.document))
        if pair is not None:
            self.document = pair[1]

    def to_text(self) -> str | None:
        """For the URL: whether edits go to both, then the document; None if it is too large."""
        try:
            return f"{int(self.together)}.{self.document.to_link()}"
        except DocumentError:
            return None


def parse_comparison(text: str) -> Comparison:
    """What `to_text` wrote. Raises DocumentError."""
    together, _, link = text.rpartition(".")
    return Comparison(Document.from_link(link), together == "1")
