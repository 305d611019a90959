"""The branches of a run, over all of its courses: where they began, which one is shown, which ones are kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from mlpviz.engine.training import Snapshot
from mlpviz.runs.course import Course
from mlpviz.runs.errors import RunError
from mlpviz.runs.timeline import Branch

MOST = 8
"""Branches; more shadows than this nobody can tell apart."""


Change = Callable[[Course, Snapshot], Snapshot]
"""Other numbers for a course's moment."""


class Mark(NamedTuple):
    """Where a branch began: at this epoch of its parent, None for the first."""

    number: int
    parent: int | None
    epoch: int


class Past:
    """The past of courses that branch together. `shown` is the branch that is looked at, `home` the one that grows.

    `cursor` is the epoch that is looked at, None for the newest of `home`. All snapshots share `budget` bytes.
    """

    def __init__(self, courses: Sequence[Course], budget: int) -> None:
        self.courses, self.budget = courses, budget
        self.marks = [Mark(0, None, 0)]
        self._branches: list[dict[int, Branch]] = [{0: course.branch} for course in courses]
        self.shown = 0
        self.cursor: int | None = None

    @property
    def home(self) -> int:
        """The branch that grows."""
        return self.marks[-1].number

    def until(self, branch: int) -> int:
        """The last epoch of a branch, of the course that is furthest."""
        return max(mine[branch].epochs[-1] for mine in self._branches)

    def of(self, course: int, branch: int) -> Branch:
        """One branch of one course."""
        return self._branches[course][branch]

    def at(self, course: int) -> Snapshot:
        """What is looked at."""
        if self.cursor is None:
            return self.courses[course].latest
        return self.of(course, self.shown).at(self.cursor)

    def travel(self, epoch: int | None, branch: int | None = None) -> None:
        """Look at this epoch of this branch (None: the shown one); an epoch of None is its newest.

        Raises RunError for a branch that isn't kept.
        """
        if branch is not None and branch not in self._branches[0]:
            raise RunError(f"branch {branch} is not kept any more")
        if branch is None:
            branch = self.home if epoch is None else self.shown
        last = self.until(branch)
        # within an epoch the newest moment is another one than that of the last whole epoch
        newest = epoch is None or epoch > last or (epoch == last and not self.within)
        self.shown = branch
        self.cursor = None if branch == self.home and newest else max(0, last if epoch is None else epoch)

    @property
    def within(self) -> bool:
        """Whether the newest moment lies behind the last whole epoch, some steps into the next one."""
        return any(course.latest.batch and course.latest.failure is None for course in self.courses)

    def amend(self, change: Change) -> int:
        """Learn on from what is looked at with other numbers: a branch, unless the newest one has only begun.

        Gives the epoch where it begins.
        """
        begun = all(course.latest.step == course.began for course in self.courses)
        if self.cursor is not None or not begun:
            return self.fork(change)
        for mine, course in zip(self._branches, self.courses, strict=True):
            branch = course.branch
            course.fork(branch.number, branch.parent, change(course, course.latest), branch.moments.budget)
            mine[branch.number] = course.branch
        return self.courses[0].branch.epoch

    def fork(self, change: Change | None = None) -> int:
        """Begin a branch at what is looked at, for every course to learn on from; gives its first epoch.

        `change` makes other numbers of each course's moment first.
        """
        number = self.home + 1
        starts = [self.at(place) for place in range(len(self.courses))]
        if change is not None:
            starts = [change(course, start) for course, start in zip(self.courses, starts, strict=True)]
        if len(self.marks) >= MOST:
            line = self._line()
            self._forget(next((mark.number for mark in self.marks if mark.number not in line), self.marks[0].number))
        budget = self.budget // (len(self.courses) * (len(self.marks) + 1))
        for mine, course, start in zip(self._branches, self.courses, starts, strict=True):
            for branch in mine.values():
                branch.moments.shrink(budget)
            course.fork(number, mine[self.shown], start, budget)
            mine[number] = course.branch
        epoch = max(course.branch.epoch for course in self.courses)
        self.marks.append(Mark(number, self.shown, epoch))
        self.shown, self.cursor = number, None
        return epoch

    def _line(self) -> set[int]:
        """The shown branch and those it came from."""
        parents = {mark.number: mark.parent for mark in self.marks}
        found: set[int] = set()
        at: int | None = self.shown
        while at is not None:
            found.add(at)
            at = parents.get(at)
        return found

    def _forget(self, number: int) -> None:
        # what came from it still holds its moments, but it is no shadow any more
        self.marks = [mark for mark in self.marks if mark.number != number]
        for mine in self._branches:
            mine.pop(number, None)
