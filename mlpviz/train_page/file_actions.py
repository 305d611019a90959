"""Events of the training page about files: pieces of one that is opened, and of one that is saved.

Each takes the session and the arguments of the event, and may raise an error for the user; then run and data have
not changed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from mlpviz.config import TRAINING_LIMITS
from mlpviz.config.sweeps import SWEEPS
from mlpviz.engine.registry import Registry
from mlpviz.exchange import largest, open_file
from mlpviz.exchange.subjects import NETWORK, RUN
from mlpviz.train_page.data_actions import open_csv
from mlpviz.train_page.session import TrainSession
from mlpviz.train_page.sheet_training import open_network


@dataclass(frozen=True)
class FilePurpose:
    """What a file is opened for: the most bytes that it may have, and what is done with its name and content."""

    key: str
    label: str
    largest: int
    open: Callable[[TrainSession, str, bytes], None]


def upload_piece(
    session: TrainSession,
    purpose: str,
    name: str,
    size: int,
    at: int,
    bytes: str,  # the name in the message
) -> None:
    """The next piece of a file that the browser sends, in base64; with the last one the file is opened."""
    allowed = {each.key: each.largest for each in PURPOSES.values()}
    upload = session.files.receive(purpose, name, size, at, bytes, allowed)
    if upload is not None:
        PURPOSES[upload.purpose].open(session, upload.name, upload.content_bytes)


def download_piece(session: TrainSession, number: int, at: int) -> None:
    """The next piece of the file that the browser saves."""
    session.files.send_piece(number, at)


def open_run(session: TrainSession, name: str, content: bytes) -> None:
    """Go on with the run of a file, saved by this page or written by the command line."""
    saved = open_file(RUN, content)
    source = saved.configs[0].data
    table = session.load(source, saved.csv)
    same = all(config.data == source for config in saved.configs)
    run = saved.restore(table if same else None)
    session.adopt(run, run.state(0).config, run.members[0].built.table)
    session.content = saved.csv or session.content
    if run.choice in SWEEPS:
        session.comparison = run.choice
    session.said.notice = f"{name}: {saved.sentence(run)}"


def open_kept_run(session: TrainSession, name: str, content: bytes) -> None:
    """Go on with the run that the tab kept, because the server had lost it."""
    open_run(session, name, content)
    newest = session.run.progress.newest
    session.said.notice = (
        f"Back at epoch {newest:,} as this tab kept it, because the server has lost the run. It learns on from there."
        if newest
        else "Your data and settings are back as this tab kept them."
    )


def play_kept_run(session: TrainSession, name: str, content: bytes) -> None:
    """The same for one that was learning: it goes on."""
    open_kept_run(session, name, content)
    session.run.play()


PURPOSES: Registry[FilePurpose] = Registry(
    "purpose of a file",
    (
        FilePurpose("csv", "learn from a CSV file", TRAINING_LIMITS.csv, open_csv),
        FilePurpose("run", "go on with a saved run", largest(RUN), open_run),
        FilePurpose("kept", "go on with the run that this tab kept", largest(RUN), open_kept_run),
        FilePurpose("kept_playing", "learn on with the run that this tab kept", largest(RUN), play_kept_run),
        FilePurpose("network", "train the network in a file", largest(NETWORK), open_network),
    ),
)
