"""The record of another tool's format, and a file with those that lie beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from mlpviz.exchange.imports.findings import Reading
from mlpviz.exchange.imports.operations import Operation
from mlpviz.network import DocumentError


class NotThisFormatError(DocumentError):
    """A file that begins as its format does and is damaged further on; the message is the end of a sentence."""


@dataclass(frozen=True)
class ForeignFile:
    """A file: its name without folders, its bytes, and those of the files beside it, by their names."""

    name: str
    content: bytes
    beside: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def stem(self) -> str:
        """The name without its last ending."""
        return self.name.rsplit(".", 1)[0]

    def ends(self, *suffixes: str) -> bool:
        """Whether the name ends so, in whichever letters."""
        return self.name.lower().endswith(suffixes)

    def head(self, length: int = 4096) -> bytes:
        """The first bytes."""
        return self.content[:length]

    def text(self) -> str:
        """The file as UTF-8 text. Raises NotThisFormatError."""
        try:
            return self.content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise NotThisFormatError(f"is no text in UTF-8: byte {error.start} does not fit") from None


@dataclass(frozen=True)
class Import:
    """One format of another tool.

    `read` gives the operations of the network, from x to the outputs, and says in `Reading` what it understood and
    guessed; it raises DocumentError. `recognises` tells from name and bytes whether a file has this format. `sentence`
    says what is read and what is not.
    """

    key: str
    label: str
    sentence: str
    suffixes: tuple[str, ...]
    recognises: Callable[[ForeignFile], bool]
    read: Callable[[ForeignFile, Reading], Sequence[Operation]]
