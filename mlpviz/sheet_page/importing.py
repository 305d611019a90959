"""Networks of other tools on their way to the sheet: files arrive, what was understood is shown, then it opens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypedDict

from mlpviz.app.transfer import Transfers
from mlpviz.exchange.imports import LARGEST, LOSS_QUESTION, ForeignFile, ImportedNetwork, format_of, read_network
from mlpviz.network import DocumentError
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
    file: ForeignFile | None = None
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
        self.file = known[0]
        return self.file

    def read(self, file: ForeignFile, answers: Mapping[str, str] | None = None) -> None:
        """Read the network of a file. Raises DocumentError; then what was read before stays."""
        self.network = read_network(file, answers)
        self.file, self.answers = file, dict(answers or {})

    def answer(self, key: str, choice: str) -> None:
        """Read the file again with another choice. Raises DocumentError."""
        if self.file is None or self.network is None:
            raise DocumentError("no file is being opened")
        answers = self.answers | {key: choice}
        try:
            self.read(self.file, answers)
        except DocumentError:
            if key == LOSS_QUESTION or LOSS_QUESTION not in self.answers:
                raise
            # the loss that was chosen does not fit this last activation
            self.read(self.file, {name: answer for name, answer in answers.items() if name != LOSS_QUESTION})

    def finish(self) -> ImportedNetwork:
        """The network to open. Raises DocumentError if there is none."""
        network = self.network
        if network is None:
            raise DocumentError("no file is being opened")
        self.stop()
        return network

    def stop(self) -> None:
        """Forget the files and the network."""
        self.files, self.file, self.network, self.answers = {}, None, None, {}

    def message(self) -> ImportMessage | None:
        """What the page shows; None while nothing waits to be opened."""
        if self.network is None or self.file is None:
            return None
        return {
            "file": self.file.name,
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
