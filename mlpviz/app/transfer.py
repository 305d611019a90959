"""Files between the browser and a page in pieces, because a message holds less than a whole file."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from mlpviz.app.numbering import first_number
from mlpviz.app.protocol import Piece
from mlpviz.network import DocumentError

PIECE = 3_000_000
"""Bytes of a file in one message to the browser; pieces from the browser are smaller."""


def bytes_in(encoded: str) -> bytes | None:
    """The bytes of a text in base64; None if it is damaged."""
    try:
        return base64.b64decode(encoded, validate=True)
    except ValueError:
        return None


@dataclass
class Upload:
    """A file from the browser: its purpose, and the bytes that have arrived."""

    purpose: str
    name: str
    size: int
    content: bytearray = field(default_factory=bytearray)

    @classmethod
    def begun(cls, purpose: str, name: str, size: int, largest: Mapping[str, int]) -> Upload:
        """A new upload; `largest` has the bytes allowed for each purpose.

        Raises DocumentError for a file that is too large, LookupError for another purpose.
        """
        name = name[:200]
        if size > largest[purpose]:
            raise DocumentError(
                f"{name} has {_megabytes(size)}, at most {_megabytes(largest[purpose])} can be opened; "
                "nothing was read, and all is as it was"
            )
        return cls(purpose, name, size)

    @property
    def content_bytes(self) -> bytes:
        """The bytes that have arrived."""
        return bytes(self.content)

    def take(self, name: str, at: int, encoded: str) -> bool:
        """Append the next piece, in base64; true once the file is complete.

        Raises DocumentError for a piece that does not follow the last, or is longer than what was announced.
        """
        piece = bytes_in(encoded)
        fits = name[:200] == self.name and at == len(self.content)
        if not fits or piece is None or len(self.content) + len(piece) > self.size or (not piece and self.size):
            raise DocumentError(f"{self.name} did not arrive whole: open it again")
        self.content += piece
        return len(self.content) == self.size


@dataclass(frozen=True)
class Download:
    """A file that the browser saves or keeps; it asks for each piece."""

    number: int
    name: str
    kind: str
    content: bytes
    purpose: Literal["save", "keep"] = "save"

    def piece(self, at: int) -> Piece:
        """The piece that begins at this byte. Raises LookupError for a place beyond the end."""
        if not 0 <= at <= len(self.content):
            raise LookupError(f"no byte {at}")
        return {
            "number": self.number,
            "name": self.name,
            "type": self.kind,
            "purpose": self.purpose,
            "size": len(self.content),
            "at": at,
            "bytes": base64.b64encode(self.content[at : at + PIECE]).decode(),
        }

    def is_last(self, at: int) -> bool:
        """Whether the piece that begins here is the last."""
        return at + PIECE >= len(self.content)


@dataclass(slots=True)
class Transfers:
    """One upload and one download at a time.

    `piece` goes with every answer until the browser asks for something else. `downloads` numbers them.
    """

    upload: Upload | None = None
    download: Download | None = None
    piece: Piece | None = None
    downloads: int = field(default_factory=first_number)

    @property
    def arrived(self) -> int | None:
        """How many bytes of the upload have arrived; None without an upload."""
        return None if self.upload is None else len(self.upload.content)

    def receive(
        self, purpose: str, name: str, size: int, at: int, encoded: str, largest: Mapping[str, int]
    ) -> Upload | None:
        """Append a piece, the first one to a new upload. Gives the upload once it is complete.

        Raises what Upload raises; then the upload is dropped.
        """
        upload, self.upload = self.upload, None
        if at == 0 or upload is None:
            upload = Upload.begun(purpose, name, size, largest)
        if upload.take(name, at, encoded):
            return upload
        self.upload = upload
        return None

    def save(self, name: str, content: bytes, kind: str) -> None:
        """Offer a file to be saved, from the next answer on."""
        self.downloads += 1
        self.download = Download(self.downloads, name, kind, content)
        self.piece = self.download.piece(0)

    def keep(self, name: str, content: bytes, kind: str) -> None:
        """The same for a file that the tab keeps by itself, and asks for again: one that a person saves goes first."""
        if self.download is None or self.download.purpose == "keep":
            self.downloads += 1
            self.download = Download(self.downloads, name, kind, content, "keep")
            self.piece = self.download.piece(0)

    def send_piece(self, number: int, at: int) -> None:
        """Send the piece of this file that begins at a byte. Raises LookupError for a place beyond its end."""
        if self.download is not None and self.download.number == number:
            self.piece = self.download.piece(at)

    def delivered(self) -> None:
        """A new message confirms that the last answer has arrived."""
        if self.piece is not None and self.download is not None and self.download.is_last(self.piece["at"]):
            self.download = None
        self.piece = None


def _megabytes(size: int) -> str:
    if size >= 10**15:  # what a browser never says, and a number of any length may be
        return "far more"
    return f"{size / 1e6:.0f} MB" if size >= 9_950_000 else f"{size / 1e6:.1f} MB"
