"""The session of one visitor on the Lessons page: the lesson, the step, and what was answered at each step."""

from __future__ import annotations

from dataclasses import dataclass, field

from mlpviz.app.badge_text import badge_text
from mlpviz.app.page import PageSession, Proving
from mlpviz.lessons.asking import AnswerVerdict, Asking
from mlpviz.lessons.lesson import Lesson, StepSheet
from mlpviz.network import DocumentError
from mlpviz.practice_page.session import PracticeSession
from mlpviz.schema.errors import counted
from mlpviz.verify.report import check


@dataclass(slots=True)
class Attempt:
    """What was answered at one step: in the fields of a sheet, or one text (an option, a number) with its verdict."""

    fields: PracticeSession | None = None
    text: str = ""
    verdict: AnswerVerdict | None = None
    was_shown: bool = False
    """whether the answer was asked for"""

    def choose(self, asking: Asking, text: str) -> None:
        """Answer a question that is not on the sheet. Raises DocumentError for an option that there is not."""
        self.verdict = asking.check(text)
        self.text = text


@dataclass(kw_only=True, slots=True)
class LessonSession(PageSession):
    """The lesson that is open, if one is, and the number of its step from 0; `attempts` by the number of the step."""

    lesson: Lesson | None = None
    number: int = 0
    attempts: dict[int, Attempt] = field(default_factory=dict)
    shown: tuple[Lesson | None, int] = field(default=(None, 0), repr=False)

    def open(self, lesson: Lesson | None, number: int = 0) -> None:
        """Open a lesson at a step; what was answered stays as long as the lesson does. None closes it.

        Raises DocumentError for a step that it does not have, or that does not fit its network.
        """
        if lesson is not None and not 0 <= number < len(lesson.shown):
            steps = counted(len(lesson.shown), "step")
            raise DocumentError(f"the lesson {lesson.title!r} has {steps}, and no step {number + 1}")
        if lesson is not self.lesson:
            self.attempts = {}
        self.lesson, self.number = lesson, number

    @property
    def step(self) -> StepSheet | None:
        """The step with its sheet; None without a lesson."""
        return None if self.lesson is None else self.lesson.shown[self.number]

    @property
    def attempt(self) -> Attempt:
        """What was answered at this step."""
        return self.attempt_at(self.number)

    def attempt_at(self, number: int) -> Attempt:
        """What was answered at a step, by its number from 0."""
        if number not in self.attempts:
            asking = None if self.lesson is None else self.lesson.shown[number].asking
            exercise = None if asking is None else asking.exercise
            fields = None if exercise is None else PracticeSession(exercise=exercise)
            self.attempts[number] = Attempt(fields)
        return self.attempts[number]

    @property
    def is_answered(self) -> bool:
        """Whether the step has no question, or it is answered."""
        if self.step is None or self.step.asking is None:
            return True
        attempt = self.attempt
        if attempt.fields is not None:
            return attempt.fields.is_done
        return attempt.verdict is not None and attempt.verdict.state in ("right", "rounded")

    def remember(self) -> None:
        """Keep what could be shown."""
        self.shown = (self.lesson, self.number)

    def recover(self) -> None:
        """Go back to the step that could be shown last, with nothing answered at the one that could not."""
        self.attempts.pop(self.number, None)
        self.lesson, self.number = self.shown

    def proof_version(self) -> str:
        """The name of the network on screen: those of lessons do not change."""
        step = self.step
        return "" if step is None else f"{step.lesson.key}.{step.network}"

    def proving(self) -> Proving | None:
        """A check of the network of the step."""
        step = self.step
        if step is None:
            return None
        version, document = self.proof_version(), step.document
        return Proving(version, lambda: badge_text(version, check(document.trace(), document.next_step)))
