"""The undo history of documents. Immutable: push, undo and redo give a new one."""

from __future__ import annotations

from collections.abc import Sequence
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
    parameters: int = 0
    """weights and biases of all documents in `past`"""
    dropped: int = 0
    """how many documents were let go, oldest first, because there were too many or too large ones"""

    @property
    def position(self) -> int:
        """How many steps lead to the current document, with those that cannot be undone any more."""
        return self.dropped + len(self.past)

    def push(self, document: Document, gesture: str | None = None) -> UndoHistory:
        """With a new current document; all documents of one gesture together are one step.

        A document that differs only in its view is no step of its own.
        """
        if _same(document, self.document):
            return replace(self, document=document)
        if gesture is None or gesture != self.gesture:
            self._forget()
            past, parameters = _bounded((*self.past, self.document), self.parameters + self.document.spec.size)
            dropped = self.position + 1 - len(past)
            return UndoHistory(document, past, (), gesture, self.document, parameters, dropped)
        if _same(document, self.past[-1]):
            # dragged back to where it began: nothing to undo, and what follows is a new step
            parameters = self.parameters - self.past[-1].spec.size
            return UndoHistory(document, self.past[:-1], parameters=parameters, dropped=self.dropped)
        return UndoHistory(document, self.past, (), gesture, self.past[-1], self.parameters, self.dropped)

    def open(self, document: Document) -> UndoHistory:
        """With another, opened document as the current one: it can be undone, but `before` is None."""
        return replace(self.push(document), before=None)

    def undo(self) -> UndoHistory:
        """One step back; the same history if there is none."""
        if not self.past:
            return self
        self._forget()
        before = self.past[-1]
        parameters = self.parameters - before.spec.size
        future = self.document, *self.future
        return UndoHistory(before, self.past[:-1], future, None, self.document, parameters, self.dropped)

    def redo(self) -> UndoHistory:
        """One step forward again; the same history if there is none."""
        if not self.future:
            return self
        self._forget()
        past, parameters = (*self.past, self.document), self.parameters + self.document.spec.size
        return UndoHistory(self.future[0], past, self.future[1:], None, self.document, parameters, self.dropped)

    def began_with(self, document: Document) -> bool:
        """Whether the oldest document has these numbers, and nothing was let go."""
        return not self.dropped and _same(document, self.past[0] if self.past else self.document)

    def around(self, past: Sequence[Document], future: Sequence[Document]) -> UndoHistory:
        """With what was before and after the oldest document of this history.

        `past` is oldest first, `future` next first; the future is let go where steps were taken here.
        """
        every, parameters = _bounded(
            (*past, *self.past), self.parameters + sum(document.spec.size for document in past)
        )
        dropped = self.position + len(past) - len(every)
        own = self.future if self.past or self.future else tuple(future)
        return replace(self, past=every, future=own, parameters=parameters, dropped=dropped)

    def _forget(self) -> None:
        for document in (self.document, self.before):
            if document is not None:
                document.forget()


_NUMBERS = tuple(name for name in Document.model_fields if name not in ("view", "walk"))


def _same(one: Document, other: Document) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in _NUMBERS)


def _bounded(past: tuple[Document, ...], parameters: int) -> tuple[tuple[Document, ...], int]:
    """The past without its oldest documents, where there are too many or too large ones, and its parameters."""
    first = max(len(past) - DOCUMENT_LIMITS.undo, 0)
    parameters -= sum(document.spec.size for document in past[:first])
    while parameters > DOCUMENT_LIMITS.undo_parameters and first < len(past) - 1:
        parameters -= past[first].spec.size
        first += 1
    return past[first:], parameters
