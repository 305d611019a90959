"""Zip archives, JSON and XML from strangers: read within limits, without following names, links or entities."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from mlpviz.exchange.imports.foreign import ForeignFile, NotThisFormatError
from mlpviz.network import DocumentError
from mlpviz.schema.json_io import read_json

_ENTRIES = 1_000
_UNPACKED = 64_000_000
"""bytes of all entries of an archive, and of all that is read from it"""
_TEXT = 64_000_000
_VALUES = 1_000_000
"""values of a JSON text, at 20 for each number that a document may have"""
_TAGS = 400_000
"""tags of an XML text"""


def is_zip(head: bytes) -> bool:
    """Whether a file begins as a zip archive does."""
    return head[:4] == b"PK\x03\x04"


class Archive:
    """A zip archive in memory. Raises NotThisFormatError if it is damaged or unpacks to too much."""

    def __init__(self, file: ForeignFile) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(file.content))
            self.names = self._zip.namelist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
            raise NotThisFormatError("is a damaged zip archive") from None
        if len(self.names) > _ENTRIES:
            raise NotThisFormatError(f"has {len(self.names)} entries, expected at most {_ENTRIES}")
        if sum(info.file_size for info in self._zip.infolist()) > _UNPACKED:
            raise NotThisFormatError(f"unpacks to more than {_UNPACKED // 1_000_000} MB")
        self._room = _UNPACKED

    def __contains__(self, name: str) -> bool:
        return name in self.names

    def read(self, name: str) -> bytes:
        """The bytes of an entry: at most 64 MB with all that were read before, whatever its head says."""
        try:
            with self._zip.open(name) as entry:
                content = entry.read(self._room + 1)
        except KeyError:
            raise NotThisFormatError(f"has no entry {name}") from None
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError, ValueError):
            raise NotThisFormatError(f"is damaged at {name}") from None
        self._room -= len(content)
        if self._room < 0:
            raise NotThisFormatError(f"unpacks to more than {_UNPACKED // 1_000_000} MB at {name}")
        return content


def json_in(content: bytes | str, what: str) -> Any:
    """The JSON value in a text; `what` names it in errors. Raises DocumentError."""
    signs: tuple[Any, ...] = (b",", b"[", b"{") if isinstance(content, bytes) else (",", "[", "{")
    if sum(content.count(sign) for sign in signs) > _VALUES:
        raise DocumentError(f"{what} has more than {_VALUES:,} values")
    return read_json(content, what, _TEXT)


def xml_in(content: bytes, what: str) -> Element:
    """The root of an XML text without entities and document types. Raises NotThisFormatError."""
    if content.count(b"<") > _TAGS:
        raise NotThisFormatError(f"has more than {_TAGS:,} tags")
    try:
        root: Element = fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        raise NotThisFormatError(f"{what} is no well-formed XML without document types and entities") from None
    for element in root.iter():
        if isinstance(element.tag, str) and "}" in element.tag:
            element.tag = element.tag.split("}", 1)[1]
    return root
