"""What is measured inside one member while it learns, and the warnings that follow from it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine.parameters import Array
from mlpviz.runs.curves import StatsHistory
from mlpviz.runs.layer_stats import measure_layers
from mlpviz.runs.member import Member
from mlpviz.runs.sample_losses import sample_losses
from mlpviz.runs.warning_log import WarningLog
from mlpviz.runs.warning_rules import WarningInputs

PATIENCE = 8.0
"""A measurement that took s seconds is repeated after PATIENCE * s seconds at the earliest, and where n runs share the
interpreter after n times as long: all of theirs together take a ninth of it at most."""


class Monitor:
    """Per-layer statistics over time and the warnings of one member; `failed` says why it learns no more."""

    def __init__(self, member: Member, clock: Callable[[], float]) -> None:
        self._member, self._clock = member, clock
        self.stats_history = StatsHistory(len(member.spec.layers))
        self.warning_log = WarningLog()
        self.failed = ""
        self._losses: dict[int, NDArray[np.float64]] = {}
        self._took, self._measured_at = 0.0, -np.inf

    def measure(self, params: Array, buffers: Array, epoch: float, runs: int = 1) -> None:
        """Measure the layers at these parameters (P,), unless the last measurement was too short a time ago.

        `epoch` may be a fraction; so many `runs` learn in this process.
        """
        now = self._clock()
        if now - self._measured_at < PATIENCE * self._took * runs:
            return
        self.stats_history.take(measure_layers(self._member.spec, params, self._member.probe, buffers), epoch)
        self._measured_at, self._took = now, self._clock() - now

    def check_warnings(
        self, curve: NDArray[np.float64], failed: str, parameters_at: Callable[[int], tuple[Array, Array]]
    ) -> None:
        """Bring the log of warnings up to date with the member's curve (n, 11).

        `parameters_at` gives parameters (P,) and running statistics (B,) that are kept of an epoch.
        """
        self.failed = self.failed or failed
        member = self._member

        def losses(epoch: int) -> NDArray[np.float64]:
            return self._validation_losses(epoch, *parameters_at(epoch))

        self.warning_log.check_warnings(
            WarningInputs(
                member.spec, curve, self.stats_history, self.failed, training=len(member.sets.train.x),
                validation=0 if member.sets.validation is None else len(member.sets.validation.x),
                planned=member.plan.epochs, redraws=member.redraw is not None, validation_losses=losses,
            )
        )  # fmt: skip

    def _validation_losses(self, epoch: int, params: Array, buffers: Array) -> NDArray[np.float64]:
        """The loss of each of the first validation samples at these parameters, (N,); none without such samples."""
        part = self._member.few_validation
        if part is None:
            return np.empty(0)
        if epoch not in self._losses:
            # only the best epoch and the last are asked for
            self._losses = dict(list(self._losses.items())[-1:])
            self._losses[epoch] = sample_losses(self._member.spec, params, buffers, part)
        return self._losses[epoch]

    def begin_branch(self, epoch: int) -> None:
        """Forget what was measured after this epoch: learning goes on from there."""
        self.failed = ""
        self._losses.clear()
        self.stats_history.cut(epoch)
