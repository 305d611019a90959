"""What a reader understood, guessed and left out while it read a file, and what the person answered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from mlpviz.network import Document, DocumentError
from mlpviz.schema.errors import echo


class Guess(NamedTuple):
    """Something that the file does not say: its key, the question, the choices with their words, and the one taken."""

    key: str
    question: str
    choices: Mapping[str, str]
    chosen: str


class Reading:
    """Collects what a reader says about a file; `answers` are choices by the key of their guess."""

    def __init__(self, answers: Mapping[str, str]) -> None:
        self._answers = dict(answers)
        self.understood: list[str] = []
        self.guesses: list[Guess] = []
        self.left_out: list[str] = []
        self.loss = ""
        """the key of our loss that the file names, if it names one"""
        self.samples: list[list[float]] | None = None
        """the rows of x that are in the file, if there are any"""
        self.document: Document | None = None
        """the whole document, where the file is one of ours"""

    def understand(self, sentence: str) -> None:
        """Note a fact that the file states, once."""
        if sentence not in self.understood:
            self.understood.append(sentence)

    def take(self, document: Document) -> None:
        """Note the whole document, which a file of ours holds: there is nothing to guess."""
        self.document = document
        self.understand("The file was saved here and holds the whole network: nothing is guessed.")

    def leave_out(self, sentence: str) -> None:
        """Note something in the file that does not get into the network."""
        if sentence not in self.left_out:
            self.left_out.append(sentence)

    def guess(self, key: str, question: str, choices: Mapping[str, str], likely: str) -> str:
        """The answer to a question that the file leaves open, the likely one if nobody answered it yet.

        Raises DocumentError for an answer that is no choice.
        """
        chosen = self._answers.get(key, likely)
        if chosen not in choices:
            raise DocumentError(f"{key} is {echo(chosen)}, expected one of {', '.join(choices)}")
        self.guesses.append(Guess(key, question, choices, chosen))
        return chosen

    def check_answers(self) -> None:
        """Raise DocumentError for an answer to a question that was not asked."""
        asked = {guess.key for guess in self.guesses}
        for key in self._answers:
            if key not in asked:
                known = ", ".join(sorted(asked)) or "nothing"
                raise DocumentError(f"nothing is asked under {echo(key)}; this file leaves open: {known}")
