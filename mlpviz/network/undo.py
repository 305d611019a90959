"""The undo history of documents. Immutable: push, undo and redo give a new one."""

from __future__ import annotations

from dataclasses import dataclass, replace

from mlpviz.network.document import Document
from mlpviz.schema.limits import DOCUMENT_LIMITS


@dataclass(frozen=True)
class UndoHistory:
    """The current document, the ones before it (`past`, oldest first) and the undone ones (`future`, next first)."""

    document: Document
    past: tuple[Document, ...] = ()
    future: tuple[Document, ...] = ()
    gesture: str | None = None
    """the drag in progress, whose edits are one undo step"""
    before: Document | None = None
    """the document before the last edit, undo or redo (a whole drag is one edit); None if there was none"""

    def push(self, document: Document, gesture: str | None = None) -> UndoHistory:
        """With a new current document; all documents of one gesture together are one step.

        A document that differs only in its view is no step of its own.
        """
        if _same(document, self.document):
            return UndoHistory(document, self.past, self.future, self.gesture, self.before)
        if gesture is None or gesture != self.gesture:
            self._forget()
            return UndoHistory(document, _bounded((*self.past, self.document)), (), gesture, self.document)
        if _same(document, self.past[-1]):
            # dragged back to where it began: nothing to undo, and what follows is a new step
            return UndoHistory(document, self.past[:-1])
        return UndoHistory(document, self.past, (), gesture, self.past[-1])

    def open(self, document: Document) -> UndoHistory:
        """With another, opened document as the current one: it can be undone, but `before` is None."""
        return replace(self.push(document), before=None)

    def undo(self) -> UndoHistory:
        """One step back; the same history if there is none."""
        if not self.past:
            return self
        self._forget()
        return UndoHistory(self.past[-1], self.past[:-1], (self.document, *self.future), before=self.document)

    def redo(self) -> UndoHistory:
        """One step forward again; the same history if there is none."""
        if not self.future:
            return self
        self._forget()
        return UndoHistory(self.future[0], (*self.past, self.document), self.future[1:], before=self.document)

    def _forget(self) -> None:
        for document in (self.document, self.before):
            if document is not None:
                document.forget()


_NUMBERS = tuple(name for name in Document.model_fields if name not in ("view", "walk"))


def _same(one: Document, other: Document) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in _NUMBERS)


def _bounded(past: tuple[Document, ...]) -> tuple[Document, ...]:
    past = past[-DOCUMENT_LIMITS.undo :]
    total = 0
    for kept, document in enumerate(reversed(past)):
        total += document.spec.size
        if total > DOCUMENT_LIMITS.undo_parameters:
            return past[len(past) - max(kept, 1) :]
    return past
