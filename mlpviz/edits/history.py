"""What can be undone and redone: documents, nothing else. Immutable; every move gives a new History."""

from __future__ import annotations

from dataclasses import dataclass

from mlpviz.document import LIMITS, Document


@dataclass(frozen=True)
class History:
    """The current document between what was (`past`, oldest first) and what was undone (`future`, next first)."""

    document: Document
    past: tuple[Document, ...] = ()
    future: tuple[Document, ...] = ()
    gesture: str | None = None
    """the drag whose edits still replace each other"""

    def push(self, document: Document, gesture: str | None = None) -> History:
        """The document as the new current one; all documents of one gesture together are one step.

        A document that differs only in its view is no step of its own.
        """
        if _same(document, self.document):
            return History(document, self.past, self.future, self.gesture)
        if gesture is None or gesture != self.gesture:
            self.document.forget()
            return History(document, _bounded((*self.past, self.document)), (), gesture)
        if _same(document, self.past[-1]):
            # dragged back to where it began: nothing to undo, and what follows is a new step
            return History(document, self.past[:-1])
        return History(document, self.past, (), gesture)

    def undo(self) -> History:
        """One step back; the same History if there is none."""
        if not self.past:
            return self
        self.document.forget()
        return History(self.past[-1], self.past[:-1], (self.document, *self.future))

    def redo(self) -> History:
        """One step forward again; the same History if there is none."""
        if not self.future:
            return self
        self.document.forget()
        return History(self.future[0], (*self.past, self.document), self.future[1:])


_NUMBERS = tuple(name for name in Document.model_fields if name != "view")


def _same(one: Document, other: Document) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in _NUMBERS)


def _bounded(past: tuple[Document, ...]) -> tuple[Document, ...]:
    past = past[-LIMITS.undo :]
    total = 0
    for kept, document in enumerate(reversed(past)):
        total += document.spec.size
        if total > LIMITS.undo_parameters:
            return past[len(past) - max(kept, 1) :]
    return past
