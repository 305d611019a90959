"""A network as JSON: the document of the score sheet."""

from __future__ import annotations

from mlpviz.exchange.format import Format, Opening, Saving
from mlpviz.exchange.subjects import NETWORK
from mlpviz.network import DOCUMENT_LIMITS, Document
from mlpviz.network.transposed import read_document


def write(document: Document) -> bytes:
    """The document in lines, for reading and comparing."""
    return document.to_json(indent=1).encode()


def stem(document: Document) -> str:
    """The name of the document in letters and digits."""
    return "".join(letter if letter.isalnum() else "-" for letter in document.name.lower()).strip("-") or "network"


FORMAT = Format(
    "network_json",
    label="network as JSON",
    sentence="One network with its numbers, samples, target, optimizer and view, and the steps that were taken.",
    suffix=".json",
    media_type="application/json",
    opening=Opening(NETWORK, read_document, DOCUMENT_LIMITS.text),
    saving=Saving(NETWORK, write, stem),
)
