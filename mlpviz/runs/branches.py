"""The branches of a run, over all of its courses: where they began, which one is shown, which ones are kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from mlpviz.engine.training import Snapshot
from mlpviz.runs.checkpoints import Branch
from mlpviz.runs.engine_run import EngineRun
from mlpviz.runs.errors import RunError

MOST = 8
"""Branches; more shadows than this nobody can tell apart."""


Change = Callable[[EngineRun, Snapshot], Snapshot]
"""Other numbers for a course's moment."""


class BranchInfo(NamedTuple):
    """Where a branch began: at this epoch of its parent, None for the first."""

    number: int
    parent: int | None
    epoch: int


class BranchTree:
    """The past of courses that branch together. `shown` is the branch that is looked at, `home` the one that grows.

    `cursor` is the epoch that is looked at, None for the newest of `home`. All snapshots share `budget` bytes.
    """

    def __init__(self, engine_runs: Sequence[EngineRun], budget: int) -> None:
        self.engine_runs, self.budget = engine_runs, budget
        self.infos = [BranchInfo(0, None, 0)]
        self._branches: list[dict[int, Branch]] = [{0: engine_run.branch} for engine_run in engine_runs]
        self.shown = 0
        self.shown_epoch: int | None = None

    @property
    def growing(self) -> int:
        """The branch that grows."""
        return self.infos[-1].number

    def until(self, branch: int) -> int:
        """The last epoch of a branch, of the course that is furthest."""
        return max(mine[branch].epochs[-1] for mine in self._branches)

    def of(self, engine_run: int, branch: int) -> Branch:
        """One branch of one course."""
        return self._branches[engine_run][branch]

    def at(self, engine_run: int) -> Snapshot:
        """What is looked at."""
        if self.shown_epoch is None:
            return self.engine_runs[engine_run].latest
        return self.of(engine_run, self.shown).at(self.shown_epoch)

    def travel(self, epoch: int | None, branch: int | None = None) -> None:
        """Look at this epoch of this branch (None: the shown one); an epoch of None is its newest.

        Raises RunError for a branch that isn't kept.
        """
        if branch is not None and branch not in self._branches[0]:
            raise RunError(f"branch {branch} is not kept any more")
        if branch is None:
            branch = self.growing if epoch is None else self.shown
        last = self.until(branch)
        # within an epoch the newest moment is another one than that of the last whole epoch
        newest = epoch is None or epoch > last or (epoch == last and not self.within)
        self.shown = branch
        self.shown_epoch = None if branch == self.growing and newest else max(0, last if epoch is None else epoch)

    @property
    def within(self) -> bool:
        """Whether the newest moment lies behind the last whole epoch, some steps into the next one."""
        return any(engine_run.latest.batch and engine_run.latest.failure is None for engine_run in self.engine_runs)

    def branch_with(self, change: Change) -> int:
        """Learn on from what is looked at with other numbers: a branch, unless the newest one has only begun.

        Gives the epoch where it begins.
        """
        begun = all(engine_run.latest.step == engine_run.began for engine_run in self.engine_runs)
        if self.shown_epoch is not None or not begun:
            return self.fork(change)
        for mine, engine_run in zip(self._branches, self.engine_runs, strict=True):
            branch = engine_run.branch
            engine_run.fork(branch.number, branch.parent, change(engine_run, engine_run.latest), branch.moments.budget)
            mine[branch.number] = engine_run.branch
        return self.engine_runs[0].branch.epoch

    def fork(self, change: Change | None = None) -> int:
        """Begin a branch at what is looked at, for every course to learn on from; gives its first epoch.

        `change` makes other numbers of each course's moment first.
        """
        number = self.growing + 1
        starts = [self.at(place) for place in range(len(self.engine_runs))]
        if change is not None:
            starts = [change(engine_run, start) for engine_run, start in zip(self.engine_runs, starts, strict=True)]
        if len(self.infos) >= MOST:
            line = self._line()
            self._forget(next((mark.number for mark in self.infos if mark.number not in line), self.infos[0].number))
        budget = self.budget // (len(self.engine_runs) * (len(self.infos) + 1))
        for mine, engine_run, start in zip(self._branches, self.engine_runs, starts, strict=True):
            for branch in mine.values():
                branch.moments.shrink(budget)
            engine_run.fork(number, mine[self.shown], start, budget)
            mine[number] = engine_run.branch
        epoch = max(engine_run.branch.epoch for engine_run in self.engine_runs)
        self.infos.append(BranchInfo(number, self.shown, epoch))
        self.shown, self.shown_epoch = number, None
        return epoch

    def _line(self) -> set[int]:
        """The shown branch and those it came from."""
        parents = {mark.number: mark.parent for mark in self.infos}
        found: set[int] = set()
        at: int | None = self.shown
        while at is not None:
            found.add(at)
            at = parents.get(at)
        return found

    def _forget(self, number: int) -> None:
        # what came from it still holds its moments, but it is no shadow any more
        self.infos = [mark for mark in self.infos if mark.number != number]
        for mine in self._branches:
            mine.pop(number, None)
