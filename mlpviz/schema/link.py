"""How JSON text travels in an address: base64url of the deflated text. Never pickle.

The compressed form is zlib's, whose checksum tells a damaged link from another document's.
"""

from __future__ import annotations

import binascii
import re
import zlib

from mlpviz.schema.errors import DocumentError
from mlpviz.schema.limits import DOCUMENT_LIMITS, LINK

_ALPHABET = re.compile(r"[A-Za-z0-9_-]*")
_STANDARD = str.maketrans("-_", "+/")
_PIECE = 16_384
_URL = bytes.maketrans(b"+/", b"-_")


def packed(json: str) -> str:
    """JSON text as letters, digits, - and _ only. Raises DocumentError if they would be too many for an address."""
    text, deflated = json.encode(), bytearray()
    deflater = _deflater(len(text))
    for start in range(0, len(text), _PIECE):
        deflated += deflater.compress(text[start : start + _PIECE])
        if len(deflated) > LINK:
            break  # a large network takes half a second to the end, and the page asks after every edit
    deflated += deflater.flush()
    link = binascii.b2a_base64(deflated, newline=False).translate(_URL).rstrip(b"=").decode()
    if len(link) > LINK:
        raise too_long()
    return link


def _deflater(size: int) -> zlib._Compress:
    """For a text of so many bytes: a short one needs neither the window nor the tables of a long one.

    It packs to the same bytes, but for the two that tell the window; to clear 256 kB takes ten times as long.
    """
    window = min(15, max(9, (size + _LOOKAHEAD).bit_length()))
    return zlib.compressobj(9, zlib.DEFLATED, window, min(8, window - 6))


_LOOKAHEAD = 262
"""Bytes of the window that zlib does not search."""


def too_long() -> DocumentError:
    """What is said of a document that is too long for a link."""
    return DocumentError(f"the link would have more than {LINK:,} characters; save a file instead")


def unpacked(text: str) -> bytes:
    """The JSON text that `packed` took. Raises DocumentError for a link that is too long, cut off or damaged."""
    if len(text) > LINK:
        raise DocumentError(f"the link has {len(text):,} characters, at most {LINK:,} are allowed")
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
        json = inflater.decompress(deflated, DOCUMENT_LIMITS.link_text + 1)
    except zlib.error:
        raise DocumentError("the link is damaged: its checksum or its packing does not fit") from None
    if len(json) > DOCUMENT_LIMITS.link_text:
        raise DocumentError(f"the link unpacks to more than {DOCUMENT_LIMITS.link_text:,} characters")
    if not inflater.eof:
        raise DocumentError("the link is cut off: its end is missing")
    return json
