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
from mlpviz.schema.json_io import read_json

_ENTRIES = 5_000
_UNPACKED = 64_000_000
"""bytes of one entry of an archive"""
_TEXT = 64_000_000


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

    def __contains__(self, name: str) -> bool:
        return name in self.names

    def read(self, name: str) -> bytes:
        """The bytes of an entry, at most 64 MB, whatever its head says."""
        try:
            with self._zip.open(name) as entry:
                content = entry.read(_UNPACKED + 1)
        except KeyError:
            raise NotThisFormatError(f"has no entry {name}") from None
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError, ValueError):
            raise NotThisFormatError(f"is damaged at {name}") from None
        if len(content) > _UNPACKED:
            raise NotThisFormatError(f"unpacks to more than {_UNPACKED // 1_000_000} MB at {name}")
        return content


def json_in(content: bytes | str, what: str) -> Any:
    """The JSON value in a text; `what` names it in errors. Raises DocumentError."""
    return read_json(content, what, _TEXT)


def xml_in(content: bytes, what: str) -> Element:
    """The root of an XML text without entities and document types. Raises NotThisFormatError."""
    try:
        root: Element = fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        raise NotThisFormatError(f"{what} is no well-formed XML without document types and entities") from None
    for element in root.iter():
        if isinstance(element.tag, str) and "}" in element.tag:
            element.tag = element.tag.split("}", 1)[1]
    return root
