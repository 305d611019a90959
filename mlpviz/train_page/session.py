"""What one visitor has on the training page: a setup, its run, and what the browser holds of it.

The address has the setup; the run can be made again from it. Nothing learns but when a tick asks for it, so that a
closed tab or another page stops it.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from typing import Any

from mlpviz.app.badge_text import badge_text
from mlpviz.app.protocol import ProofMessage
from mlpviz.app.session import PageSession, Proving
from mlpviz.config import TrainingConfig, load_table
from mlpviz.config.sources import Source
from mlpviz.data import Table
from mlpviz.data.telling import telling_features
from mlpviz.network import DocumentError
from mlpviz.runs import Run
from mlpviz.runs.verification_pass import verification_trace
from mlpviz.train_page.data_form import OfferedCsv
from mlpviz.train_page.delivered import Delivered
from mlpviz.train_page.experiment import OpenExperiment
from mlpviz.train_page.form import form_of
from mlpviz.train_page.pacing import FramePacer
from mlpviz.train_page.view_options import DEFAULT_VIEW, ViewOptions
from mlpviz.verify.report import check

RUNNING = "running"
"""The version of a network that changes while one looks; the badge knows it."""


@dataclass(kw_only=True)
class TrainSession(PageSession):
    """The run on screen, and what it was made of."""

    setup: TrainingConfig
    table: Table
    run: Run
    wanted: ViewOptions = DEFAULT_VIEW
    """how much of the run the browser wants to see"""
    comparison: str = "learning_rate"
    """what the networks of the next comparison differ in"""
    compared: str = ""
    """the values that were typed for it"""
    content: bytes | None = None
    """the file that the setup's CSV source names"""
    offered: tuple[OfferedCsv, bytes] | None = None
    """a CSV file that could not be opened as it is"""
    experiment: OpenExperiment | None = None
    delivered: Delivered = field(default_factory=Delivered)
    once: dict[str, Any] = field(default_factory=dict)
    """what the next answer says besides, once"""
    pacer: FramePacer = field(default_factory=FramePacer)
    wait: int = 0
    """milliseconds after which a tick is of use: with many runs in one process it is no use to ask before one's turn"""

    @classmethod
    def of(cls, setup: TrainingConfig) -> TrainSession:
        """A new session. Raises DocumentError if the setup does not fit its data, RunError for too many folds."""
        table = load_table(setup.data)
        return cls(setup=setup, table=table, run=Run.of(setup, table), wanted=_wanted(table))

    @property
    def is_learning(self) -> bool:
        """Whether there is something that a tick would do."""
        return self.run.status == "running" or (self.experiment is not None and self.experiment.busy)

    @property
    def link(self) -> str | None:
        """The setup for the URL, or None if it is too large for one."""
        try:
            return self.setup.to_link()
        except DocumentError:
            return None

    def load(self, source: Source, content: bytes | None = None) -> Table:
        """The samples of a source; a CSV file that was opened before is still here. Raises DocumentError."""
        named = getattr(source, "file", None)
        kept = self.content if named is not None and named == getattr(self.setup.data, "file", None) else None
        return load_table(source, content if content is not None else kept)

    def start(self, setup: TrainingConfig, table: Table | None = None) -> None:
        """A new run of this setup; the old one goes on existing if that fails. Raises DocumentError and RunError."""
        run = Run.of(setup, table)
        self.adopt(run, setup, run.members[0].built.table)

    def adopt(self, run: Run, setup: TrainingConfig, table: Table) -> None:
        """Take this run instead of the present one."""
        self.run.pause()
        if table.feature_names != self.table.feature_names:
            self.wanted = _wanted(table)
        self.run, self.setup, self.table = run, setup, table
        self.experiment = None

    def form(self) -> list[dict[str, Any]]:
        """The form of the settings."""
        offered = None if self.offered is None else self.offered[0]
        return form_of(self.run, self.comparison, offered, self.compared)

    def forget_delivered(self) -> None:
        """The browser holds nothing any more."""
        self.delivered.clear()
        self.files.piece = None

    def proof_version(self) -> str:
        """The moment on screen, or that it changes."""
        run = self.run
        if run.status == "running":
            return RUNNING
        moment = run.moment(run.focus)
        return f"{run.key} {run.focus} {moment.epoch} {moment.step} {zlib.crc32(moment.params.tobytes())}"

    def proving(self) -> Proving | None:
        """A check of one batch of the network on screen, at the shown moment."""
        version = self.proof_version()
        if version == RUNNING:
            return None
        epoch, trace = self.run.moment(self.run.focus).epoch, verification_trace(self.run)

        def prove() -> ProofMessage:
            try:
                report = check(trace)
            except LookupError as error:  # no twin in PyTorch
                text, detail = f"not checked: {error.args[0]}", "The other checks go on."
                return {"version": version, "status": "partly", "text": text, "detail": detail}
            found = badge_text(version, report, f"epoch {epoch}: ")
            found["detail"] = f"One batch of the network on screen: {found['detail']}"
            return found

        return Proving(version, prove)


def _wanted(table: Table) -> ViewOptions:
    """How much of a frame is shown: of pictures no plane of two pixels, which would cost more than all the rest."""
    wanted = DEFAULT_VIEW._replace(axes=telling_features(table))
    return wanted._replace(map=2, small_map=2, unit_map=2) if table.image_shape is not None else wanted
