"""The session of one visitor on the Practise page: the exercise, what was typed, and which help was taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from mlpviz.app.badge_text import badge_text
from mlpviz.app.page import PageSession, Proving
from mlpviz.practice.check import Checked, check
from mlpviz.practice.draft import Draft
from mlpviz.practice.exercise import Exercise
from mlpviz.practice.workings import Place
from mlpviz.practice_page.exercise_sheet import SheetOfExercise, sheet_of
from mlpviz.sheet_page.bulk import Bulk
from mlpviz.sheet_page.cards import Question
from mlpviz.verify.report import check as prove

HINTS = 3
"""stages of help: the formula, the numbers that belong into it, the first product"""


@dataclass(kw_only=True, slots=True)
class PracticeSession(PageSession):
    """The exercise and the answers to it. `parts` says what is asked of the network of the sheet, if it is that one.

    `texts` has what was typed by the names of the cells, `looked_at` the texts of the last check on demand, `hints`
    the stage of help by block.
    """

    borrows: ClassVar[Mapping[str, str]] = {"own": "sheet"}

    exercise: Exercise
    parts: str = ""
    link: str = ""
    """that holds the exercise, if somebody built it"""
    draft: Draft | None = None
    is_building: bool = False
    has_come: bool = False
    """whether somebody came from the sheet with a part of its network, and has done nothing yet"""
    checks_at_once: bool = True
    texts: dict[str, str] = field(default_factory=dict)
    looked_at: dict[str, str] = field(default_factory=dict)
    hints: dict[Place, int] = field(default_factory=dict)
    hinted: Place | None = None
    """the block whose help is shown"""
    at: str = ""
    """the field that the learner is at: of all verdicts this one is said in words"""
    revealed: set[str] = field(default_factory=set)
    """the cells, right in method, of which the right number was asked for"""
    is_key: bool = False
    """whether it was opened with its answers, which the address asked for"""
    question: Question | None = None
    """the explanations that this answer has to bring"""
    structure: str | None = None
    """the structure of a sheet that the browser has"""
    bulk: Bulk = field(default_factory=Bulk, repr=False)
    """what the browser has of the large blocks"""
    kept_sheet: SheetOfExercise | None = field(default=None, repr=False)
    shown: tuple[Exercise, str, str, dict[str, str]] | None = field(default=None, repr=False)
    made: tuple[dict[str, str], Checked] | None = field(default=None, repr=False)
    """the last verdicts, with the texts that they are of"""

    def begin(self, exercise: Exercise, parts: str = "", link: str = "") -> None:
        """Another exercise, with empty fields; the same one keeps what was typed."""
        if exercise.fingerprint != self.exercise.fingerprint:
            self.texts, self.looked_at, self.hints, self.hinted, self.is_key = {}, {}, {}, None, False
            self.revealed, self.at = set(), ""
        self.exercise, self.parts, self.link, self.made = exercise, parts, link, None
        self.is_building = False

    def solve(self) -> None:
        """Fill in every answer: what was asked for by the link on the key of a worksheet."""
        self.texts, self.is_key = self.exercise.answers_as_typed(), True

    @property
    def tells_at_once(self) -> bool:
        """Whether a field is checked as soon as it is left."""
        return self.checks_at_once and "at_once" not in self.exercise.hidden

    @property
    def sheet(self) -> SheetOfExercise:
        """What no answer changes of the sheet; made once."""
        if self.kept_sheet is None or self.kept_sheet.exercise is not self.exercise:
            self.kept_sheet = sheet_of(self.exercise)
        return self.kept_sheet

    @property
    def checked(self) -> Checked:
        """The verdict on each field as it is now; made once."""
        if self.made is None or self.made[0] != self.texts or self.made[1].exercise is not self.exercise:
            self.made = (dict(self.texts), check(self.exercise, self.texts))
        return self.made[1]

    @property
    def solved(self) -> frozenset[str]:
        """The fields that are known to be right: the numbers that follow from them may be seen."""
        verdicts = self.checked.verdicts
        right = (name for name in self.exercise.cells if verdicts[name].state in ("right", "rounded"))
        return frozenset(filter(self.is_told, right))

    def is_told(self, name: str) -> bool:
        """Whether the verdict on a field is shown: at once, or if it was asked for and nothing else was typed since."""
        text = self.texts.get(name, "")
        return bool(text) and (self.tells_at_once or self.looked_at.get(name) == text)

    def is_revealed(self, name: str) -> bool:
        """Whether the right number stands beside one of the learner's own that is right in method."""
        return name in self.revealed and self.is_told(name) and self.checked.verdicts[name].state == "carried"

    def is_solved(self, name: str) -> bool:
        """Whether a field is known to be right."""
        return self.is_told(name) and self.checked.verdicts[name].state in ("right", "rounded")

    @property
    def is_done(self) -> bool:
        """Whether every field is right."""
        return len(self.solved) == len(self.exercise.cells)

    def forget_sent(self) -> None:
        """The browser may have lost it: the next answer brings it again."""
        self.structure = None

    def remember(self) -> None:
        """Keep what could be shown."""
        self.shown = (self.exercise, self.parts, self.link, dict(self.texts))

    def recover(self) -> None:
        """Go back to what could be shown last, without the help that was open."""
        if self.shown is not None:
            self.exercise, self.parts, self.link, texts = self.shown
            self.texts = dict(texts)
        self.made = self.hinted = None
        self.is_building = False

    def proof_version(self) -> str:
        """The name of the exercise: its network does not change."""
        return self.exercise.fingerprint

    def proving(self) -> Proving:
        """A check of the network of the exercise."""
        version, document = self.proof_version(), self.exercise.document
        return Proving(version, lambda: badge_text(version, prove(document.trace(), document.next_step)))
