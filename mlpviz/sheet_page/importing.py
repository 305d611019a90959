"""Networks of other tools on their way to the sheet: files arrive, what was understood is shown, then it opens."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TypedDict

from mlpviz.app.transfer import Transfers
from mlpviz.exchange.imports import LARGEST, LOSS_QUESTION, ForeignFile, ImportedNetwork, format_of, read_network
from mlpviz.exchange.pictures import is_picture, with_pictures
from mlpviz.network import Document, DocumentError
from mlpviz.schema.errors import echo

FILES = 20
"""files that are chosen together at most"""

NETWORK_FILE = "network"
"""the purpose of a file that arrives in pieces"""


class GuessMessage(TypedDict):
    """Something that the file leaves open, with choices as [value, words]."""

    key: str
    question: str
    choices: list[list[str]]
    chosen: str


class ImportMessage(TypedDict):
    """What the page says before it opens a network of another tool."""

    file: str
    tool: str
    understood: list[str]
    guesses: list[GuessMessage]
    left_out: list[str]


@dataclass
class Importing:
    """Files that have arrived, and the network that waits to be opened."""

    files: dict[str, bytes] = field(default_factory=dict)
    name: str = ""
    """of what is being opened"""
    reader: Callable[[Mapping[str, str]], ImportedNetwork] | None = None
    """reads it again with other answers"""
    network: ImportedNetwork | None = None
    answers: dict[str, str] = field(default_factory=dict)
    """what a person chose, by the key of the guess; all else is guessed anew with each answer"""

    def receive(self, transfers: Transfers, name: str, size: int, at: int, encoded: str) -> None:
        """Take the next piece of a file, in base64. Raises DocumentError for too many files or bytes."""
        room = LARGEST - sum(map(len, self.files.values()))
        try:
            if len(self.files) >= FILES:
                raise DocumentError(f"more than {FILES} files were chosen")
            upload = transfers.receive(NETWORK_FILE, name, size, at, encoded, {NETWORK_FILE: room})
        except Exception:
            self.files = {}  # what was chosen together is refused together
            raise
        if upload is not None:
            self.files[upload.name] = upload.content_bytes

    def take_pictures(self) -> list[ForeignFile]:
        """The files, if all of them are pictures, in the order of their names; else none, and they stay."""
        files = [ForeignFile(name, content) for name, content in sorted(self.files.items())]
        if not files or not all(map(is_picture, files)):
            return []
        self.files = {}
        return files

    def begin(self) -> ForeignFile:
        """The file that holds the network, with the others beside it. Raises DocumentError if none of them does."""
        files, self.files = self.files, {}
        named = {name: ForeignFile(name, content, _without(files, name)) for name, content in files.items()}
        known = [file for file in named.values() if format_of(file) is not None]
        # weights of Keras say less than the model beside them
        known.sort(key=lambda file: file.ends(".weights.h5"))
        if not known and len(named) == 1:
            return next(iter(named.values()))
        if not known:
            raise DocumentError(f"none of the files {', '.join(map(echo, named))} is in a format that is read here")
        return known[0]

    def read(self, file: ForeignFile, answers: Mapping[str, str] | None = None) -> None:
        """Read the network of a file. Raises DocumentError; then what was read before stays."""
        self._take(file.name, partial(read_network, file), answers or {})

    def read_pictures(self, files: Sequence[ForeignFile], document: Document) -> None:
        """Read pictures as samples of a network. Raises DocumentError."""
        name = files[0].name if len(files) == 1 else f"{len(files)} pictures"
        self._take(name, partial(with_pictures, document, files), {})

    def _take(
        self, name: str, reader: Callable[[Mapping[str, str]], ImportedNetwork], answers: Mapping[str, str]
    ) -> None:
        self.network = reader(answers)
        self.name, self.reader, self.answers = name, reader, dict(answers)

    def answer(self, key: str, choice: str) -> None:
        """Read the file again with another choice. Raises DocumentError."""
        if self.reader is None or self.network is None:
            raise DocumentError("no file is being opened")
        answers = self.answers | {key: choice}
        may_change = key != LOSS_QUESTION and LOSS_QUESTION in self.answers and _suits(self.network)
        try:
            self._take(self.name, self.reader, answers)
            if not may_change or _suits(self.network):
                return
        except DocumentError:
            if not may_change:
                raise
        # the loss that was chosen does not fit this last activation
        kept = {name: answer for name, answer in answers.items() if name != LOSS_QUESTION}
        self._take(self.name, self.reader, kept)

    def finish(self) -> ImportedNetwork:
        """The network to open. Raises DocumentError if there is none."""
        network = self.network
        if network is None:
            raise DocumentError("no file is being opened")
        self.stop()
        return network

    def stop(self) -> None:
        """Forget the files and the network."""
        self.files, self.name, self.reader, self.network, self.answers = {}, "", None, None, {}

    def message(self) -> ImportMessage | None:
        """What the page shows; None while nothing waits to be opened."""
        if self.network is None:
            return None
        return {
            "file": self.name,
            "tool": self.network.tool,
            "understood": list(self.network.understood),
            "guesses": [
                {
                    "key": guess.key,
                    "question": guess.question,
                    "choices": [[value, words] for value, words in guess.choices.items()],
                    "chosen": guess.chosen,
                }
                for guess in self.network.guesses
            ],
            "left_out": list(self.network.left_out),
        }


def _without(files: Mapping[str, bytes], name: str) -> dict[str, bytes]:
    return {other: content for other, content in files.items() if other != name}


def _suits(network: ImportedNetwork) -> bool:
    """Whether the loss was made for the last activation."""
    spec = network.document.spec
    return spec.loss.suits(spec.activations[-1].key)
