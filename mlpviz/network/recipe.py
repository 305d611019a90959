"""How a network was made: what `new_network` was asked, the seed among it, and steps of its optimizer since then.

It is a few words however large the network is, so a link can hold it where it cannot hold the numbers.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from mlpviz.network.document import Document
from mlpviz.network.edits.optimizer import apply_update
from mlpviz.network.new_network import new_network
from mlpviz.schema.fields import STRICT
from mlpviz.schema.json_io import parse_model
from mlpviz.schema.limits import DOCUMENT_LIMITS
from mlpviz.schema.link import packed, unpacked


class Recipe(BaseModel):
    """The arguments of `new_network`, and how many updates came after it."""

    model_config = STRICT

    widths: str
    activations: tuple[str, ...]
    biases: bool
    loss: str
    start: str
    seed: str
    samples: str
    updates: Annotated[int, Field(strict=True, ge=0, le=DOCUMENT_LIMITS.updates)] = 0

    def first(self) -> Document:
        """The network before its updates. Raises DocumentError at the argument that does not fit."""
        return new_network(self.widths, self.activations, self.biases, self.loss, self.start, self.seed, self.samples)

    def document(self) -> Document:
        """The network. Raises DocumentError, also for more updates than one edit may take."""
        document = self.first()
        return apply_update(document, self.updates).document if self.updates else document

    def after(self, updates: int, document: Document) -> Recipe | None:
        """The recipe after more updates, which led to this document; None for more than a link may ask for."""
        count = self.updates + updates
        work = count * document.spec.size * document.samples
        if count > DOCUMENT_LIMITS.updates or work > DOCUMENT_LIMITS.update_work:
            return None
        return self.model_copy(update={"updates": count})

    def to_text(self) -> str:
        """The recipe for an address: letters, digits, - and _ only."""
        return packed(self.model_dump_json())

    @classmethod
    def from_text(cls, text: str) -> Recipe:
        """The recipe that `to_text` wrote. Raises DocumentError."""
        known = {"": tuple(cls.model_fields)}
        return parse_model(cls, unpacked(text), whole="the link", version=1, known=known, tags={})
