"""The branches of a run, over all of its engine runs: where they began, which one is shown, which ones are kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from mlpviz.engine.training import Snapshot
from mlpviz.runs.checkpoints import Branch
from mlpviz.runs.engine_run import EngineRun
from mlpviz.runs.errors import RunError

MOST_BRANCHES = 8
"""More curves than this cannot be told apart."""


Change = Callable[[EngineRun, Snapshot], Snapshot]
"""Gives the snapshot of an engine run with other numbers in it."""


class BranchInfo(NamedTuple):
    """Where a branch began: at this epoch of its parent, which is None for the first branch."""

    number: int
    parent: int | None
    epoch: int


class BranchTree:
    """The branches of engine runs that branch together.

    `shown` is the branch on screen and `shown_epoch` the epoch of it, None for the newest state of the branch that
    grows. The snapshots of all branches share `budget` bytes.
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
        """The last epoch of a branch, of the engine run that is furthest."""
        return max(by_number[branch].epochs[-1] for by_number in self._branches)

    def of(self, number: int, branch: int) -> Branch:
        """One branch of one engine run."""
        return self._branches[number][branch]

    def at(self, number: int) -> Snapshot:
        """The shown snapshot of one engine run."""
        if self.shown_epoch is None:
            return self.engine_runs[number].latest
        return self.of(number, self.shown).at(self.shown_epoch)

    def show(self, epoch: int | None, branch: int | None = None) -> None:
        """Show this epoch of this branch (None: the shown one); an epoch of None is its newest.

        Raises RunError for a branch that isn't kept.
        """
        if branch is not None and branch not in self._branches[0]:
            raise RunError(f"branch {branch} is not kept any more")
        if branch is None:
            branch = self.growing if epoch is None else self.shown
        last = self.until(branch)
        # within an epoch the newest state is another one than the checkpoint of the last whole epoch
        newest = epoch is None or epoch > last or (epoch == last and not self.within)
        self.shown = branch
        self.shown_epoch = None if branch == self.growing and newest else max(0, last if epoch is None else epoch)

    @property
    def within(self) -> bool:
        """Whether the newest state is some steps after its last whole epoch."""
        return any(engine_run.latest.batch and engine_run.latest.failure is None for engine_run in self.engine_runs)

    def branch_with(self, change: Change) -> int:
        """Begin a branch at the shown snapshot with other numbers, or replace the newest branch if it has no step yet.

        Gives the epoch at which the branch begins.
        """
        is_empty = all(engine_run.latest.step == engine_run.began for engine_run in self.engine_runs)
        if self.shown_epoch is not None or not is_empty:
            return self.fork(change)
        for by_number, engine_run in zip(self._branches, self.engine_runs, strict=True):
            branch = engine_run.branch
            engine_run.fork(
                branch.number, branch.parent, change(engine_run, engine_run.latest), branch.checkpoints.budget
            )
            by_number[branch.number] = engine_run.branch
        return self.engine_runs[0].branch.epoch

    def fork(self, change: Change | None = None) -> int:
        """Begin a branch at the shown snapshots, after `change`; gives the epoch at which it begins."""
        number = self.growing + 1
        starts = [self.at(place) for place in range(len(self.engine_runs))]
        if change is not None:
            starts = [change(engine_run, start) for engine_run, start in zip(self.engine_runs, starts, strict=True)]
        if len(self.infos) >= MOST_BRANCHES:
            kept = self._shown_and_ancestors()
            self._forget(next((info.number for info in self.infos if info.number not in kept), self.infos[0].number))
        budget = self.budget // (len(self.engine_runs) * (len(self.infos) + 1))
        for by_number, engine_run, start in zip(self._branches, self.engine_runs, starts, strict=True):
            for branch in by_number.values():
                branch.checkpoints.shrink(budget)
            engine_run.fork(number, by_number[self.shown], start, budget)
            by_number[number] = engine_run.branch
        epoch = max(engine_run.branch.epoch for engine_run in self.engine_runs)
        self.infos.append(BranchInfo(number, self.shown, epoch))
        self.shown, self.shown_epoch = number, None
        return epoch

    def _shown_and_ancestors(self) -> set[int]:
        parents = {info.number: info.parent for info in self.infos}
        found: set[int] = set()
        at: int | None = self.shown
        while at is not None:
            found.add(at)
            at = parents.get(at)
        return found

    def _forget(self, number: int) -> None:
        # its descendants still hold its checkpoints, but its own curve is not shown any more
        self.infos = [info for info in self.infos if info.number != number]
        for by_number in self._branches:
            by_number.pop(number, None)
