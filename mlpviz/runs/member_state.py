"""One member of a run as it is now: the checkpoint that is shown, its curve, and what was measured of it."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from mlpviz.config import TrainingConfig
from mlpviz.config.edits import with_value
from mlpviz.engine import NetworkSpec
from mlpviz.engine.parameters import Array
from mlpviz.engine.training import Evaluation, Snapshot
from mlpviz.runs.branches import BranchTree
from mlpviz.runs.curves import row_of
from mlpviz.runs.engine_run import EngineRun
from mlpviz.runs.layer_stats import NetworkStats, measure_layers
from mlpviz.runs.member import Member
from mlpviz.runs.monitor import Monitor


class CheckpointView(NamedTuple):
    """One member at one time: enough to evaluate the network. `row` (11,) holds the COLUMNS of the curves."""

    spec: NetworkSpec
    epoch: int
    step: int
    params: Array
    buffers: Array
    row: NDArray[np.float64]


class Measures(NamedTuple):
    """Loss and metric of one member on its training and its validation samples."""

    train: Evaluation | None
    validation: Evaluation | None


class MemberState(NamedTuple):
    """What can be read of one member; it is made when it is asked for and keeps nothing.

    `number` is that of the engine run in which the member learns, `place` the member's place there.
    `shows_average`: the averaged network is shown, where there is one.
    """

    member: Member
    engine_run: EngineRun
    number: int
    place: int
    branches: BranchTree
    monitor: Monitor
    shows_average: bool = False

    # --- at the shown checkpoint ---

    @property
    def snapshot(self) -> Snapshot:
        """The shown snapshot of the engine run: of all members that learn in it."""
        return self.branches.at(self.number)

    @property
    def checkpoint(self) -> CheckpointView:
        """The shown checkpoint of the member: of the network that learns, or of its average."""
        average = self.snapshot.average if self.shows_average else None
        if average is None:
            return self.learned
        return self.learned._replace(params=average if average.ndim == 1 else average[self.place])

    @property
    def learned(self) -> CheckpointView:
        """The shown checkpoint of the network that learns."""
        snapshot, networks = self.snapshot, len(self.engine_run.members)
        params, buffers = snapshot.params, snapshot.buffers
        if networks > 1:
            params, buffers = params[self.place], buffers[self.place]
        row = row_of(snapshot, networks)
        if snapshot.batch and snapshot.failure is None:
            # within an epoch nothing is measured: what was measured after the last one still counts
            last = self.engine_run.branch.checkpoints.at(snapshot.epoch)
            row = np.where(np.isnan(row), row_of(last, networks), row)
        return CheckpointView(self.member.spec, snapshot.epoch, snapshot.step, params, buffers, row[self.place])

    @property
    def checkpoint_epochs(self) -> tuple[int, ...]:
        """The epochs of the shown branch that have a checkpoint."""
        return self.branches.of(self.number, self.branches.shown).epochs

    def stats(self, learning: bool) -> NetworkStats:
        """The per-layer statistics at the shown checkpoint; of a run that is `learning`, those measured last."""
        last = self.monitor.stats_history.last
        if learning and last is not None:
            return last
        shown = self.checkpoint
        return measure_layers(shown.spec, shown.params, self.member.probe, shown.buffers)

    # --- of its past ---

    def curve(self, branch: int) -> tuple[NDArray[np.float64], int]:
        """The rows (n, 11) of the member in one branch, and their generation."""
        curve = self.branches.of(self.number, branch).curve
        return curve.rows[:, self.place], curve.generation

    # --- its newest state ---

    @property
    def config(self) -> TrainingConfig:
        """The config with the hyperparameters that were changed live, for the form and the link."""
        config = self.member.config
        for name, value in self.engine_run.live.hyperparameters.items():
            config = with_value(config, ("optimizer", name), value)
        return config

    @property
    def hyperparameters(self) -> dict[str, Any]:
        """The current hyperparameters of the optimizer."""
        found = {**self.engine_run.plan.optimizer.settings, **self.engine_run.live.hyperparameters}
        return {
            name: float(value[self.place, 0]) if isinstance(value, np.ndarray) else value
            for name, value in found.items()
        }

    @property
    def epochs(self) -> int:
        """The whole epochs that the member has learned."""
        return self.engine_run.latest.epoch

    @property
    def seconds(self) -> float:
        """The time in the engine: an equal share of it where several learned in one engine run."""
        return self.engine_run.seconds / len(self.engine_run.members)

    @property
    def newest_row(self) -> NDArray[np.float64]:
        """The columns of the curve (9,) after the last whole epoch."""
        return row_of(self.engine_run.newest_checkpoint, len(self.engine_run.members))[self.place]

    @property
    def measured(self) -> Measures:
        """What was measured after the last whole epoch; None for what the plan leaves out."""
        snapshot = self.engine_run.newest_checkpoint
        found = (snapshot.train, snapshot.validation)
        if len(self.engine_run.members) > 1:
            train, validation = (each and _of_member(each, self.place) for each in found)
            return Measures(train, validation)
        return Measures(*found)


def _of_member(measure: Evaluation, place: int) -> Evaluation:
    # without a penalty there is one 0 for all members
    loss, penalty, metric = measure
    return Evaluation(
        loss[place], penalty[place] if penalty.ndim else penalty, None if metric is None else metric[place]
    )
