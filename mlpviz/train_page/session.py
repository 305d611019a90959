"""The session of the training page: a config, its run, and what was sent to the browser of it.

The address has the config; the run can be made again from it. A run learns in ticks alone, so that a closed tab or
another page stops it.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, ClassVar

from mlpviz.app.badge_text import badge_text
from mlpviz.app.page import PageSession, Proving
from mlpviz.app.protocol import ProofMessage
from mlpviz.config import TrainingConfig, load_table
from mlpviz.config.sources import Source
from mlpviz.data import Table
from mlpviz.data.feature_ranking import best_two_features
from mlpviz.network import DocumentError
from mlpviz.runs import SCHEDULER, Run
from mlpviz.runs.to_document import verification_trace
from mlpviz.train_page.client_cache import Delivered
from mlpviz.train_page.data_form import OfferedCsv
from mlpviz.train_page.experiment import OpenExperiment
from mlpviz.train_page.form import form_of
from mlpviz.train_page.pacing import FULL, SPEEDS, FramePacer, Speed, SpeedLimit
from mlpviz.train_page.view_options import DEFAULT_VIEW, ViewOptions
from mlpviz.verify.report import check

RUNNING = "running"
"""The version of a network that is learning; the badge in the browser knows this word."""


@dataclass(kw_only=True)
class TrainSession(PageSession):
    """The run on screen, and what it was made from."""

    borrows: ClassVar[Mapping[str, str]] = {"from_sheet": "sheet"}

    config: TrainingConfig
    table: Table
    run: Run
    view_options: ViewOptions = DEFAULT_VIEW
    """how much of the run is shown"""
    comparison: str = "learning_rate"
    """what the members of the next comparison differ in"""
    compared: str = ""
    """the values that were typed for it"""
    content: bytes | None = None
    """the file that the CSV source of the config names"""
    offered: tuple[OfferedCsv, bytes] | None = None
    """a CSV file that could not be opened as it is"""
    workbook: tuple[str, bytes] | None = None
    """name and bytes of the last workbook with several sheets, of which another may be read"""
    experiment: OpenExperiment | None = None
    delivered: Delivered = field(default_factory=Delivered)
    once: dict[str, Any] = field(default_factory=dict)
    """what the next answer has in its state, once"""
    shown: tuple[Run, TrainingConfig, Table, ViewOptions] | None = field(default=None, repr=False)
    """what the last answer could show"""
    pacer: FramePacer = field(default_factory=FramePacer)
    speed: Speed = SPEEDS[FULL]
    """of the last tick"""
    limit: SpeedLimit = field(default_factory=SpeedLimit)
    wait: int = 0
    """milliseconds until the scheduler gives this run a slice, or its speed the next step: a tick before would not
    learn"""

    @classmethod
    def of(cls, config: TrainingConfig) -> TrainSession:
        """A new session. Raises DocumentError if the config does not fit its data, RunError for too many folds."""
        table = load_table(config.data)
        return cls(config=config, table=table, run=Run.of(config, table), view_options=_view_options(table))

    @property
    def is_learning(self) -> bool:
        """Whether a tick would learn."""
        return self.run.status == "running" or (self.experiment is not None and self.experiment.busy)

    @property
    def link(self) -> str | None:
        """The config for the URL, or None if it is too large for one."""
        try:
            return self.config.to_link()
        except DocumentError:
            return None

    def load(self, source: Source, content: bytes | None = None) -> Table:
        """The samples of a source; the session keeps a CSV file that was opened. Raises DocumentError."""
        named = getattr(source, "file", None)
        kept = self.content if named is not None and named == getattr(self.config.data, "file", None) else None
        return load_table(source, content if content is not None else kept)

    def start(self, config: TrainingConfig, table: Table | None = None) -> None:
        """A new run of this config; the old one stays if that fails. Raises DocumentError and RunError."""
        run = Run.of(config, table)
        self.adopt(run, config, run.members[0].built.table)

    def adopt(self, run: Run, config: TrainingConfig, table: Table) -> None:
        """Take this run instead of the present one."""
        self.run.pause()
        run.shows_average = self.run.shows_average
        if table.feature_names != self.table.feature_names:
            self.view_options = _view_options(table)
        self.run, self.config, self.table = run, config, table
        self.experiment = None

    def tick(self, speed: str = FULL) -> None:
        """Learn for the time slice of this run, if it is running, at most at this speed, which is the reader's.

        The baseline of an experiment learns too. Raises UnknownEntryError.
        """
        self.speed = SPEEDS[speed]
        asked, reached = self.pacer.asked(), self._reached()
        if self.speed.key == FULL:
            self.run.tick(asked, self.pacer.cost)
        elif (due := int(self.limit.until(self.speed, reached))) > reached:
            if self.speed.steps is None:
                self.run.tick(asked, self.pacer.cost, until=due)
            else:
                self.run.tick(asked, self.pacer.cost, steps=due - reached)
        if self.experiment is not None:
            self.experiment.advance(asked)
        due_in = max(0.0, self.limit.wait(self.speed, self._reached()) - self.pacer.away)
        self.wait = round(1000 * max(SCHEDULER.wait_of(self.run.key), due_in))

    def _reached(self) -> int:
        """The epoch, or the step at a speed in steps, of the member that is furthest."""
        if self.speed.steps is None:
            return self.run.progress.newest
        return max(engine_run.latest.step for engine_run in self.run.engine_runs)

    def meanwhile(self) -> Callable[[], object] | None:
        """A run that learns alone in this process, as fast as it can, also learns while an answer is on its way."""
        run = self.run
        if run.status != "running" or self.speed.key != FULL or run.scheduler.learning > 1:
            return None
        return partial(run.tick, self.pacer.during_transfer, self.pacer.cost)

    def form(self) -> list[dict[str, Any]]:
        """The form of the settings."""
        offered = None if self.offered is None else self.offered[0]
        return form_of(self.run, self.comparison, offered, self.compared)

    def remember(self) -> None:
        """The run on screen."""
        self.shown = self.run, self.config, self.table, self.view_options

    def recover(self) -> None:
        """The run that was shown last; if that is this one, the same config from its first weights."""
        before = self.shown
        if before is None or before[0] is self.run:
            self.start(self.config, self.table)
        else:
            self.run, self.config, self.table, self.view_options = before
        self.once, self.experiment = {}, None

    def forget_sent(self) -> None:
        """The browser has nothing any more."""
        self.delivered.clear()
        self.files.piece = None

    def proof_version(self) -> str:
        """The checkpoint on screen, or RUNNING."""
        run = self.run
        if run.status == "running":
            return RUNNING
        checkpoint = run.state(run.focus).checkpoint
        return f"{run.key} {run.focus} {checkpoint.epoch} {checkpoint.step} {zlib.crc32(checkpoint.params.tobytes())}"

    def proving(self) -> Proving | None:
        """A check of one batch of the network on screen, at the shown checkpoint."""
        version = self.proof_version()
        if version == RUNNING:
            return None
        epoch, trace = self.run.state(self.run.focus).checkpoint.epoch, verification_trace(self.run)

        def prove() -> ProofMessage:
            try:
                report = check(trace)
            except LookupError as error:  # PyTorch has no such function
                text, detail = f"not checked: {error.args[0]}", "The other checks go on."
                return {"version": version, "status": "partly", "text": text, "detail": detail}
            found = badge_text(version, report, f"Epoch {epoch:,}: ")
            found["detail"] = f"One batch of the network on screen: {found['detail']}"
            return found

        return Proving(version, prove)


def _view_options(table: Table) -> ViewOptions:
    """The options for this table: for pictures no map over two pixels, which would take longer than all the rest."""
    options = DEFAULT_VIEW._replace(axes=best_two_features(table))
    return options._replace(map=2, small_map=2, unit_map=2) if table.image_shape is not None else options
