"""How a whole document, or any JSON text, travels in an address: base64url of deflated compact JSON. Never pickle.

The compressed form is zlib's, whose checksum tells a damaged link from another network.
"""

from __future__ import annotations

import binascii
import re
import zlib

from mlpviz.network.document import Document
from mlpviz.schema.errors import DocumentError
from mlpviz.schema.limits import LIMITS

_ALPHABET = re.compile(r"[A-Za-z0-9_-]*")
_STANDARD = str.maketrans("-_", "+/")
_URL = bytes.maketrans(b"+/", b"-_")


def to_link(document: Document) -> str:
    """The document as letters, digits, - and _ only.

    Raises DocumentError if the link would be too long for an address.
    """
    return packed(document.to_json())


def from_link(text: str) -> Document:
    """The document that `to_link` wrote.

    Raises DocumentError for a link that is too long, cut off, damaged, or holds no document of a known version.
    """
    return Document.parse(unpacked(text))


def packed(json: str) -> str:
    """JSON text as letters, digits, - and _ only. Raises DocumentError if they would be too many for an address."""
    deflated = zlib.compress(json.encode(), 9)
    link = binascii.b2a_base64(deflated, newline=False).translate(_URL).rstrip(b"=").decode()
    if len(link) > LIMITS.link:
        raise DocumentError(
            f"the link would have {len(link):,} characters, at most {LIMITS.link:,} are allowed; save a file instead"
        )
    return link


def unpacked(text: str) -> bytes:
    """The JSON text that `packed` took. Raises DocumentError for a link that is too long, cut off or damaged."""
    if len(text) > LIMITS.link:
        raise DocumentError(f"the link has {len(text):,} characters, at most {LIMITS.link:,} are allowed")
    if not text:
        raise DocumentError("the link is empty")
    if not _ALPHABET.fullmatch(text):
        raise DocumentError("the link is damaged: only letters, digits, - and _ belong in it")
    if len(text) % 4 == 1:
        raise DocumentError("the link is cut off: its end is missing")
    deflated = binascii.a2b_base64(text.translate(_STANDARD) + "=" * (-len(text) % 4))
    inflater = zlib.decompressobj()
    try:
        # bounded, so that a few characters cannot unpack to gigabytes
        json = inflater.decompress(deflated, LIMITS.text + 1)
    except zlib.error:
        raise DocumentError("the link is damaged: its checksum or its packing does not fit") from None
    if len(json) > LIMITS.text:
        raise DocumentError(f"the link unpacks to more than {LIMITS.text:,} characters")
    if not inflater.eof:
        raise DocumentError("the link is cut off: its end is missing")
    return json
