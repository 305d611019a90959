"""Files between the browser and the server, piece by piece: a message holds less than what people open and save.

Refuses to know what is in a file.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from mlpviz.document import DocumentError

PIECE = 3_000_000
"""Bytes of a file that go to the browser in one message; the browser sends its own, smaller than a widget's state."""


@dataclass
class Incoming:
    """A file on its way to us: what it is for, and what has arrived of it."""

    purpose: str
    name: str
    size: int
    content: bytearray = field(default_factory=bytearray)

    @classmethod
    def begun(cls, event: Mapping[str, Any], most: Mapping[str, int]) -> Incoming:
        """The file whose first piece this is; `most` are the bytes allowed for each purpose.

        Raises DocumentError for a file that is too large: nothing of it is kept.
        """
        purpose, name, size = str(event["for"]), str(event["name"])[:200], int(event["size"])
        if size > most[purpose]:
            raise DocumentError(
                f"{name} has {_megabytes(size)}, at most {_megabytes(most[purpose])} can be opened; "
                "nothing was read, and all is as it was"
            )
        return cls(purpose, name, size)

    def take(self, event: Mapping[str, Any]) -> bool:
        """Take in the next piece; true once the file is whole.

        Raises DocumentError for a piece that does not follow the last, or is longer than what was announced.
        """
        piece = base64.b64decode(str(event["bytes"]), validate=True)
        fits = str(event["name"])[:200] == self.name and int(event["at"]) == len(self.content)
        if not fits or len(self.content) + len(piece) > self.size or (not piece and self.size):
            raise DocumentError(f"{self.name} did not arrive whole: open it again")
        self.content += piece
        return len(self.content) == self.size


@dataclass(frozen=True)
class Outgoing:
    """A file that the browser saves; it asks for one piece after the other."""

    number: int
    name: str
    kind: str
    content: bytes

    def piece(self, at: int) -> dict[str, Any]:
        """The piece that begins at this byte, as a message has it. Raises LookupError for a place beyond its end."""
        if not 0 <= at <= len(self.content):
            raise LookupError(f"no byte {at}")
        return {
            "number": self.number,
            "name": self.name,
            "type": self.kind,
            "size": len(self.content),
            "at": at,
            "bytes": base64.b64encode(self.content[at : at + PIECE]).decode(),
        }

    def is_last(self, at: int) -> bool:
        """Whether the piece that begins here is the last."""
        return at + PIECE >= len(self.content)


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.0f} MB" if size >= 9_950_000 else f"{size / 1e6:.1f} MB"
