"""What one visitor of the training page has: a setup, its run, and what the browser holds of it.

The URL has the setup; the run can be made again from it. Nothing learns here but in `data`, so that a closed tab
or another page stops it.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from mlpviz.data import Table
from mlpviz.data.telling import telling_features
from mlpviz.document import Document, DocumentError
from mlpviz.figures.training import frame_of, seen_in, still_of
from mlpviz.figures.training_data_form import Offered
from mlpviz.figures.training_form import form_of
from mlpviz.figures.training_labels import on_screen
from mlpviz.figures.training_wanted import NOTHING_SEEN, WANTED, Seen, Wanted
from mlpviz.figures.training_weights import biases_of, pictures_of, weights_of
from mlpviz.runs import SHARE, Run, RunError
from mlpviz.runs.editing import set_network
from mlpviz.setup import Setup, from_link, load_table, suggested, to_link
from mlpviz.setup.sources import SetSource, Source
from mlpviz.ui.session import Arrival
from mlpviz.ui.train_actions import ACTIONS
from mlpviz.ui.train_experiment import MENU, Opened
from mlpviz.ui.train_pace import Pace
from mlpviz.ui.train_transfer import Incoming, Outgoing

FIRST = suggested(SetSource.model_validate({"kind": "set", "set": "moons"}))
"""What a visitor without a link sees."""


@dataclass
class TrainSession:
    """The run on screen. `origin` counts runs, so that the browser gets what stays once per run."""

    setup: Setup
    table: Table
    run: Run
    wanted: Wanted = WANTED
    comparison: str = "learning_rate"
    compared: str = ""
    error: str | None = None
    notice: str | None = None
    acknowledged: int = 0
    on_its_way: bool = False
    """whether the frame made last was asked for, so that the next question is near"""
    asked: bool = False
    """whether the browser asked for the next frame of a run that learns"""
    seen: Seen = NOTHING_SEEN
    frames: int = 0
    told: tuple[Any, ...] | None = None
    """which still the browser has"""
    formed: tuple[Any, ...] | None = None
    """what the form that the browser has was made of"""
    content: bytes | None = None
    """the file that the setup's CSV source names"""
    offered: tuple[Offered, bytes] | None = None
    """a CSV file that could not be opened as it is"""
    more: dict[str, Any] = field(default_factory=dict)
    """what the next frame says besides, once"""
    opened: Opened | None = None
    """the experiment on screen"""
    shown: Any = None
    """what the browser's card of the experiment shows"""
    leaving: Arrival | None = None
    """what the score sheet is to be opened with"""
    proof: tuple[str, dict[str, str]] | None = None
    """of which network the last check was, and what the badge says of it"""
    wait: int = 0
    pace: Pace = field(default_factory=Pace)
    incoming: Incoming | None = None
    """the file that the browser sends"""
    download: Outgoing | None = None
    """the file that the browser saves"""
    saves: int = 0
    piece: dict[str, Any] | None = None
    """the part of it that goes with every answer until the browser asks for something else"""
    lock: threading.RLock = field(default_factory=threading.RLock, repr=False, compare=False)
    """held by whoever changes this or needs it whole: messages on the line come while a script may run"""

    @classmethod
    def of(cls, setup: Setup) -> TrainSession:
        """A new session. Raises DocumentError if the setup does not fit its data."""
        table = load_table(setup.data)
        return cls(setup, table, Run.of(setup, table), _wanted(table))

    def receive(self, message: Mapping[str, Any]) -> None:
        """Carry out one message of the browser: {"sequence", "edits"}. Nothing in it is trusted."""
        sequence, found = message.get("sequence"), message.get("edits")
        if isinstance(sequence, int):
            if sequence <= self.acknowledged:
                return  # sent again because our answer came late
            self.acknowledged = sequence
            self._delivered()
        for event in found if isinstance(found, list) else []:
            if isinstance(event, Mapping):
                self._carry_out(event)

    def _carry_out(self, event: Mapping[str, Any]) -> None:
        kind = event.get("type")
        if kind == "tick":
            self.asked = True
            return
        if kind == "resend":
            self.forget()
            return
        self.error = self.notice = None
        action = ACTIONS.get(str(kind))
        if action is None:
            self.error = "Not done: the page asked for something that does not exist."
            return
        try:
            action(self, event)
        except (DocumentError, RunError) as error:
            self.error = f"Not done: {on_screen(error, self._form())}"
        except (LookupError, TypeError, ValueError, OverflowError):
            self.error = "Not done: the page sent something that does not belong there."

    def _learn(self) -> None:
        """Learn for this run's fair share of the time, if it is running."""
        self.asked = False
        asked = self.pace.asked()
        self.run.tick(asked, self.pace.cost)
        if self.opened is not None:
            self.opened.advance(asked)
        self.on_its_way = True
        # with many runs in one process it is no use to ask before one's turn
        self.wait = round(1000 * SHARE.wait_of(self.run.key))

    def learn_on(self) -> None:
        """Learn while a frame is on its way to the browser and the next question on its way back.

        Only after a frame that was asked for; where several runs share the process it is not the turn of this one.
        """
        if self.on_its_way:
            self.on_its_way = False
            self.run.tick(self.pace.meanwhile, self.pace.cost)

    def forget(self) -> None:
        """The browser holds nothing any more."""
        self.seen, self.told, self.formed = NOTHING_SEEN, None, None
        self.piece = None

    def load(self, source: Source, content: bytes | None = None) -> Table:
        """The samples of a source; a CSV file that was opened before is still here. Raises DocumentError."""
        named = getattr(source, "file", None)
        kept = self.content if named is not None and named == getattr(self.setup.data, "file", None) else None
        return load_table(source, content if content is not None else kept)

    def start(self, setup: Setup, table: Table | None = None) -> None:
        """A new run of this setup; the old one goes on existing if that fails. Raises DocumentError and RunError."""
        run = Run.of(setup, table)
        self.adopt(run, setup, run.lanes[0].built.table)

    def adopt(self, run: Run, setup: Setup, table: Table) -> None:
        """Take this run instead of the present one."""
        self.run.pause()
        if table.feature_names != self.table.feature_names:
            self.wanted = _wanted(table)
        self.run, self.setup, self.table = run, setup, table
        self.opened = None

    def _form(self) -> list[dict[str, Any]]:
        offered = None if self.offered is None else self.offered[0]
        return form_of(self.run, self.comparison, offered, self.compared)

    @property
    def link(self) -> str | None:
        """The setup for the URL, or None if it is too large for one."""
        try:
            return to_link(self.setup)
        except DocumentError:
            return None

    def data(self) -> dict[str, Any]:
        """The next message to the browser: the frame, and what it does not have yet. Learns first if that was asked."""
        # not as soon as it is asked for: a message that follows another within 5 ms is kept that long by Streamlit, and
        # the frame must not be the one that follows the message with which a fragment begins
        if self.asked:
            self._learn()
        self.pace.began()
        self.frames += 1
        frame = frame_of(self.run, self.seen, self.wanted, self.frames)
        self.seen = seen_in(frame, self.seen)
        data: dict[str, Any] = {
            "acknowledged": self.acknowledged,
            "error": self.error,
            "notice": self.notice,
            "wait": self.wait,
            "frame": frame,
            "weights": weights_of(self.run.moment(self.run.focus), self.wanted.units),
            "biases": biases_of(self.run.moment(self.run.focus), self.wanted.units),
            "download": self.piece,
            "arrived": None if self.incoming is None else len(self.incoming.content),
            "busy": self.opened is not None and self.opened.busy,
        }
        if self.formed is None:
            data["experiments"], self.shown = MENU, ""
        card = None if self.opened is None else self.opened.data()
        if card != self.shown:
            data["experiment"] = self.shown = card
        if self.table.image_shape is not None:
            moment = self.run.moment(self.run.focus)
            data["pictures"] = pictures_of(moment, self.table.image_shape, self.wanted.units)
        data |= self.more
        self.more = {}
        still = (self.run.key, self.run.focus, self.wanted.axes, self.wanted.sample)
        if still != self.told:
            self.told = still
            data["still"] = still_of(self.run, self.wanted)
        form = (self.setup, self.comparison, self.run.key, self.run.focus)
        # setups are frozen: the same object is the same setup, and comparing data sets takes time
        if self.formed is None or any(one is not other for one, other in zip(form, self.formed, strict=True)):
            self.formed = form
            data["settings"] = self._form()
            data["link"] = self.link
        self.pace.answered()
        return data

    def take_network(self, document: Document) -> None:
        """Learn on with the weights of the score sheet, in a branch at the shown moment; all else stays."""
        self.error = self.notice = None
        try:
            changed = set_network(self.run, document.spec, document.params, document.buffers)
        except RunError as error:
            self.error = f"Not done: {error}"
            return
        epoch = self.run.moment(self.run.focus).epoch
        self.notice = (
            f"With the weights of the score sheet from epoch {epoch} on; what was learned before is the other branch."
            if changed
            else "The weights on the score sheet are those of the training: nothing has changed."
        )

    def gone(self, epoch: int) -> None:
        """Say that the run from before a reload is lost, which was at this epoch, and offer to repeat it."""
        if epoch:
            self.more["again"] = epoch
            self.notice = (
                "The setup is back, the run is not: the server keeps runs for a few minutes only. "
                "Seed and steps reproduce it, with the settings as they are now."
            )

    def save(self, name: str, content: bytes, kind: str) -> None:
        """Offer a file for download, from the next answer on."""
        self.saves += 1
        self.download = Outgoing(self.saves, name, kind, content)
        self.send_piece(0)

    def send_piece(self, at: int) -> None:
        """Send the piece of the file that begins at this byte. Raises LookupError for a place beyond its end."""
        if self.download is not None:
            self.piece = self.download.piece(at)

    def _delivered(self) -> None:
        """A new message says that the browser has what the last answer brought."""
        if self.piece is not None and self.download is not None and self.download.is_last(self.piece["at"]):
            self.download = None
        self.piece = None


def _wanted(table: Table) -> Wanted:
    """How much of a frame is shown: of pictures no plane of two pixels, which would cost more than all the rest."""
    wanted = WANTED._replace(axes=telling_features(table))
    return wanted._replace(map=2, small_map=2, unit_map=2) if table.image_shape is not None else wanted


def from_url(link: str | None, experiment: str | None) -> TrainSession:
    """The session that an address asks for; what cannot be opened is said in `error`."""
    if experiment:
        session = TrainSession.of(FIRST)
        session.receive({"edits": [{"type": "experiment", "key": experiment}]})
        return session
    if link:
        try:
            return TrainSession.of(from_link(link))
        except (DocumentError, RunError) as error:
            session = TrainSession.of(FIRST)
            session.error = f"The link could not be opened: {error}. You see the first example instead."
            return session
    return TrainSession.of(FIRST)
