"""How the network on the sheet was made, as long as nothing but steps of its optimizer came after it."""

from __future__ import annotations

from weakref import WeakValueDictionary

from mlpviz.network import Document
from mlpviz.network.recipe import Recipe


class Making:
    """The recipe of the last new network, and its documents by their steps, as long as undo has them."""

    def __init__(self) -> None:
        self._recipe: Recipe | None = None
        self._documents = WeakValueDictionary[int, Document]()

    def begin(self, recipe: Recipe, document: Document) -> None:
        """This document was made so."""
        self._recipe = recipe
        self._documents = WeakValueDictionary({recipe.updates: document})

    def updated(self, before: Document, after: Document, times: int) -> None:
        """Steps were taken from one document to another."""
        recipe = self.recipe_of(before)
        taken = None if recipe is None else recipe.after(times, after)
        if taken is not None:
            self._documents[taken.updates] = after

    def recipe_of(self, document: Document) -> Recipe | None:
        """How exactly this document is made; None if that is not known."""
        found = (updates for updates, own in self._documents.items() if own is document)
        updates = next(found, None)
        if self._recipe is None or updates is None:
            return None
        return self._recipe.model_copy(update={"updates": updates})
