"""What the browser can ask of the training page: one function per type of event.

Each takes the session and the event, and may raise what is said to the user; then nothing has changed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from mlpviz.document import DocumentError
from mlpviz.runs import Run
from mlpviz.runs.editing import set_parameter
from mlpviz.runs.table import to_csv
from mlpviz.setup.changes import with_layer, with_value, without_layer
from mlpviz.setup.comparisons import COMPARISONS
from mlpviz.ui.train_data_actions import (
    COLUMNS,
    DATA_ACTIONS,
    change,
    set_column,
    set_feature,
    set_offered,
    set_source,
    set_split,
)
from mlpviz.ui.train_experiment import Opened
from mlpviz.ui.train_file_actions import FILE_ACTIONS
from mlpviz.ui.train_result_actions import RESULT_ACTIONS

if TYPE_CHECKING:
    from mlpviz.ui.train_session import TrainSession

Event = Mapping[str, Any]
Action = Callable[["TrainSession", Event], None]


def _epochs(session: TrainSession, event: Event) -> None:
    session.run.epoch(int(event["count"]))


def _reset(session: TrainSession, event: Event) -> None:
    session.run.reset(new_weights=bool(event.get("new")))
    session.setup = session.run.lanes[0].setup


def _travel(session: TrainSession, event: Event) -> None:
    epoch, branch = event["epoch"], event.get("branch")
    session.run.travel(None if epoch is None else int(epoch), branch)


def _set(session: TrainSession, event: Event) -> None:
    path, value = event["path"], event["value"]
    if path[0] == "source":
        set_source(session, value)
    elif path[0] == "upload":
        set_offered(session, path[1], value)
    elif path[0] == "comparison":
        _set_comparison(session, path[1], value)
    elif path[0] == "features":
        set_feature(session, str(path[1]), value)
    elif path == ["split", "preset"]:
        set_split(session, value)
    elif path[0] == "optimizer" and len(path) == 2:
        _turn(session, path[1], value)
    elif path[0] == "data" and path[1] in COLUMNS:
        set_column(session, path[1], value)
    else:
        change(session, with_value(session.setup, path, value))


def _turn(session: TrainSession, knob: str, value: Any) -> None:
    """A knob of the optimizer turns while it runs. What the networks differ in can't."""
    changed = with_value(session.setup, ("optimizer", knob), value)
    session.run.turn(**{knob: dict(changed.optimizer.entry.settings)[knob]})
    session.setup = changed


def _set_comparison(session: TrainSession, name: str, value: Any) -> None:
    if name == "key":
        session.comparison = COMPARISONS[str(value)].key
        session.compared = ""
    else:
        session.compared = str(value)
    session.formed = None


def _add_layer(session: TrainSession, _: Event) -> None:
    change(session, with_layer(session.setup))


def _remove_layer(session: TrainSession, event: Event) -> None:
    change(session, without_layer(session.setup, int(event["index"])))


def _set_parameter(session: TrainSession, event: Event) -> None:
    source, value = event.get("source"), float(event["value"])
    set_parameter(session.run, int(event["layer"]), int(event["unit"]), None if source is None else int(source), value)
    session.notice = "Set by hand: learning goes on in a branch. A saved run has this weight; a link begins without it."


def _axes(session: TrainSession, event: Event) -> None:
    first, second = (int(axis) for axis in event["axes"])
    if not 0 <= first != second >= 0 or max(first, second) >= session.table.x.shape[1]:
        raise DocumentError("the picture needs two features that the data have")
    session.wanted = session.wanted._replace(axes=(first, second))


def _sample(session: TrainSession, event: Event) -> None:
    session.wanted = session.wanted._replace(sample=int(event["row"]) % session.table.samples)


def _focus(session: TrainSession, event: Event) -> None:
    lane = int(event["lane"])
    if 0 <= lane < len(session.run.lanes):
        session.run.focus = lane
        # folds have one setup, whose knobs may have been turned
        if session.run.choice not in ("", "fold"):
            session.setup = session.run.lanes[lane].setup


def _compare(session: TrainSession, _: Event) -> None:
    chosen = COMPARISONS[session.comparison]
    setups = chosen.setups(session.setup, session.compared or ", ".join(map(str, chosen.proposed)))
    run = Run.compare(setups, chosen.key, None if session.comparison == "scaling" else session.table)
    session.adopt(run, session.setup, session.table)
    run.play()


def _keep(session: TrainSession, event: Event) -> None:
    lane = session.run.lanes[int(event["lane"])]
    session.start(lane.setup, session.table)


def _experiment(session: TrainSession, event: Event) -> None:
    key = event["key"]
    if key is None:
        session.opened = None
        return
    opened = Opened.of(str(key))
    lane = opened.run.lanes[0]
    session.adopt(opened.run, lane.setup, lane.built.table)
    session.opened = opened
    opened.run.play()


def _export(session: TrainSession, _: Event) -> None:
    session.save("comparison.csv", to_csv(session.run).encode(), "text/csv")


ACTIONS: dict[str, Action] = {
    "play": lambda session, _: session.run.play(),
    "pause": lambda session, _: session.run.pause(),
    "step": lambda session, _: session.run.step(),
    "epochs": _epochs,
    "reset": _reset,
    "travel": _travel,
    "set": _set,
    "add_layer": _add_layer,
    "remove_layer": _remove_layer,
    **DATA_ACTIONS,
    **FILE_ACTIONS,
    **RESULT_ACTIONS,
    "set_parameter": _set_parameter,
    "axes": _axes,
    "sample": _sample,
    "focus": _focus,
    "compare": _compare,
    "keep": _keep,
    "export": _export,
    "experiment": _experiment,
}
"""The actions by the `type` of their event."""
