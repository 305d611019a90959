"""What the browser can ask of the training page about files: pieces of one that is opened, and of one that is saved.

Each takes the session and the event, and may raise what is said to the user; then run and data are as they were.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from mlpviz.runs.saving import opened, run_of
from mlpviz.setup import LIMITS
from mlpviz.setup.comparisons import COMPARISONS
from mlpviz.setup.run_file import RunFile
from mlpviz.setup.saved_run import SavedRun
from mlpviz.setup.tensor_file import is_tensor_file
from mlpviz.ui.train_data_actions import open_csv
from mlpviz.ui.train_transfer import Incoming

if TYPE_CHECKING:
    from mlpviz.ui.train_session import TrainSession

Event = Mapping[str, Any]
Action = Callable[["TrainSession", Event], None]


def _piece(session: TrainSession, event: Event) -> None:
    """The next piece of a file that the browser sends; a first one begins anew."""
    incoming, session.incoming = session.incoming, None
    if event["at"] == 0 or incoming is None:
        incoming = Incoming.begun(event, {purpose: most for purpose, (most, _) in PURPOSES.items()})
    if not incoming.take(event):
        session.incoming = incoming
        return
    PURPOSES[incoming.purpose][1](session, incoming.name, bytes(incoming.content))


def _more(session: TrainSession, event: Event) -> None:
    """The next piece of the file that the browser saves."""
    if session.download is not None and event["number"] == session.download.number:
        session.send_piece(int(event["at"]))


def open_run(session: TrainSession, name: str, content: bytes) -> None:
    """Go on with the run of a file, of ours or of the command line."""
    if is_tensor_file(content):
        file = SavedRun.parse(content)
        setups = file.head.setups
        table = session.load(setups[0].data, file.content)
        same = all(setup.data == setups[0].data for setup in setups)
        run = opened(file, table if same else None)
        session.adopt(run, run.setup_of(0), run.lanes[0].built.table)
        session.content = file.content or session.content
        if run.choice in COMPARISONS:
            session.comparison = run.choice
        networks = f", {len(run.lanes)} networks" if len(run.lanes) > 1 else ""
        session.notice = f"{name}: epoch {run.newest}{networks}. It learns on as if it had never stopped."
        return
    plain = RunFile.parse(content)
    run = run_of(plain, session.load(plain.setup.data))
    session.adopt(run, plain.setup, run.lanes[0].built.table)
    session.notice = (
        f"{name}: epoch {run.newest}. The file has weights, but not what the optimizer remembers: "
        "learning on begins with a fresh one and another order of the samples."
    )


PURPOSES: dict[str, tuple[int, Callable[[TrainSession, str, bytes], None]]] = {
    "csv": (LIMITS.csv, open_csv),
    "run": (LIMITS.run, open_run),
}
"""What files are opened for: the most bytes of one, and what is done with it."""

FILE_ACTIONS: dict[str, Action] = {
    "piece": _piece,
    "more": _more,
}
"""The actions by the `type` of their event."""
