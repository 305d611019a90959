"""The network in a file of any format that is read here: a document of ours, or a file of another tool."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from mlpviz.exchange import open_file
from mlpviz.exchange.imports import IMPORTS, ForeignFile, ImportedNetwork, format_of, not_read, read_network
from mlpviz.exchange.subjects import NETWORK
from mlpviz.network import Document, DocumentError
from mlpviz.schema.errors import echo
from mlpviz.schema.json_io import read_json

_NOTHING: Mapping[str, str] = MappingProxyType({})


def open_network_file(file: ForeignFile, answers: Mapping[str, str] = _NOTHING) -> ImportedNetwork | Document:
    """The document, or what was read of a file of another tool, with answers to what that leaves open.

    Raises DocumentError: one sentence that names the file, what is wrong and what was expected.
    """
    if file.content and format_of(file) is not None:
        return read_network(file, answers)
    if answers:
        raise DocumentError(f"{file.name} is a document, which leaves nothing open: expected no answers")
    return open_document(file)


def open_document(file: ForeignFile) -> Document:
    """The document in a file that no other format recognises. Raises DocumentError."""
    if not file.content or not _may_be_json(file):
        raise not_read(file)
    try:
        _check_is_network(file)
        return open_file(NETWORK, file.content)
    except DocumentError as error:
        named = DocumentError(f"{file.name}: {error}")
        named.offer = error.offer
        raise named from None


def _may_be_json(file: ForeignFile) -> bool:
    """Whether it begins as JSON does, or is called so; a stream has no ending."""
    return file.content.lstrip()[:1] in (b"{", b"[") or file.ends(".json") or "." not in file.name


def _check_is_network(file: ForeignFile) -> None:
    """Raise DocumentError for JSON of something else: the fields of a document would only mislead."""
    found = read_json(file.content)
    if not isinstance(found, dict) or "layers" in found or "version" in found:
        return
    if "data" in found or "runs" in found:
        raise DocumentError("a training, expected a network: open it on the Train page, or with mlpviz train")
    fields = ", ".join(echo(name) for name in list(found)[:4]) or "no field"
    others = ", ".join(entry.label for entry in IMPORTS.values() if ".json" in entry.suffixes)
    raise DocumentError(f"JSON with {fields}, expected a network of mlpviz with layers, x and loss, or one of {others}")
