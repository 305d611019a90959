"""What the browser can ask of the training page: one function per type of event.

Each takes the session and the event, and may raise what is said to the user; then nothing has changed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from mlpviz.data import DATASETS
from mlpviz.document import DocumentError
from mlpviz.figures.training_data_form import SPLITS
from mlpviz.runs import Run, RunError
from mlpviz.runs.table import to_csv
from mlpviz.setup import Setup
from mlpviz.setup.changes import with_layer, with_points, with_source, with_value, without_layer
from mlpviz.setup.comparisons import COMPARISONS

if TYPE_CHECKING:
    from mlpviz.ui.train_session import TrainSession

Event = Mapping[str, Any]
Action = Callable[["TrainSession", Event], None]

FORMULA = {"kind": "formula", "text": "sin(3*x) + x/2", "low": -3.0, "high": 3.0, "samples": 100, "noise": 0.1}
"""What is offered to whoever chooses to type one."""


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
        _choose_source(session, value)
    elif path[0] == "comparison":
        _set_comparison(session, path[1], value)
    elif path == ["split", "preset"]:
        if value in SPLITS:
            test, validation = SPLITS[value]
            changed = with_value(session.setup, ("split", "test"), test)
            change(session, with_value(changed, ("split", "validation"), validation))
    elif path[0] == "optimizer" and len(path) == 2:
        _turn(session, path[1], value)
    elif path == ["data", "features"]:
        names = [name.strip() for name in str(value or "").split(",") if name.strip()]
        change(session, with_value(session.setup, path, names or None))
    else:
        change(session, with_value(session.setup, path, value))


def _turn(session: TrainSession, knob: str, value: Any) -> None:
    """A knob of the optimizer turns while it runs. What the networks differ in can't."""
    changed = with_value(session.setup, ("optimizer", knob), value)
    session.run.turn(**{knob: dict(changed.optimizer.entry.settings)[knob]})
    session.setup = changed


def change(session: TrainSession, setup: Setup) -> None:
    """Go on with another setup: in the same run where that is possible, else in a new one."""
    same_data = setup.data == session.setup.data
    if len(session.run.lanes) == 1 and same_data:
        try:
            session.run.change(setup)
        except RunError:
            pass  # another network or other samples: a new run
        else:
            session.setup = setup
            return
    session.start(setup, session.table if same_data else None)


def _choose_source(session: TrainSession, value: Any) -> None:
    if value in DATASETS:
        source: Any = {"kind": "set", "set": value}
    elif value == "formula":
        source = FORMULA
    else:
        return
    _take_source(session, source)


def _take_source(session: TrainSession, source: Mapping[str, Any]) -> None:
    """Other data, given as JSON has them."""
    read = session.setup.replace(data=source).data
    session.start(*with_source(session.setup, read, session.table))


def _set_comparison(session: TrainSession, name: str, value: Any) -> None:
    if name == "key":
        session.comparison = COMPARISONS[str(value)].key
        session.compared = ""
    else:
        session.compared = str(value)
    session.form = None


def _add_layer(session: TrainSession, _: Event) -> None:
    change(session, with_layer(session.setup))


def _remove_layer(session: TrainSession, event: Event) -> None:
    change(session, without_layer(session.setup, int(event["index"])))


def _add_point(session: TrainSession, event: Event) -> None:
    table = session.table
    x, y = (float(number) for number in event["at"])
    if table.task == "classes":
        added = with_points(table, [*table.x.tolist(), [x, y]], [*table.target.tolist(), int(event["target"])])
    else:
        added = with_points(table, [*table.x.tolist(), [x]], [*table.target.tolist(), [y]])
    _take_source(session, added)


def _move_point(session: TrainSession, event: Event) -> None:
    table, row = session.table, _row(session, event)
    at = [float(number) for number in event["at"]]
    x, target = np.array(table.x), np.array(table.target)
    if table.x.shape[1] == 1:
        x[row, 0], target[row, 0] = at
    else:
        x[row] = at
    _take_source(session, with_points(table, x, target))


def _remove_point(session: TrainSession, event: Event) -> None:
    table, row = session.table, _row(session, event)
    _take_source(session, with_points(table, np.delete(table.x, row, 0), np.delete(table.target, row, 0)))


def _row(session: TrainSession, event: Event) -> int:
    row = int(event["row"])
    if not 0 <= row < session.table.samples or session.table.x.shape[1] > 2:
        raise DocumentError(f"data: there is no point {row + 1} to change")
    return row


def _draw(session: TrainSession, event: Event) -> None:
    points = [[float(x), float(y)] for x, y in event["points"]]
    _take_source(session, {"kind": "drawn", "points": points, "samples": 200, "noise": 0.0})


def _axes(session: TrainSession, event: Event) -> None:
    first, second = (int(axis) for axis in event["axes"])
    if not 0 <= first != second >= 0 or max(first, second) >= session.table.x.shape[1]:
        raise DocumentError("the picture needs two features that the data have")
    session.wanted = session.wanted._replace(axes=(first, second))


def _focus(session: TrainSession, event: Event) -> None:
    lane = int(event["lane"])
    if 0 <= lane < len(session.run.lanes):
        session.run.focus = lane


def _compare(session: TrainSession, _: Event) -> None:
    chosen = COMPARISONS[session.comparison]
    setups = chosen.setups(session.setup, session.compared or ", ".join(map(str, chosen.proposed)))
    run = Run.compare(setups, chosen.key, None if session.comparison == "scaling" else session.table)
    session.adopt(run, session.setup, session.table)
    run.play()


def _keep(session: TrainSession, event: Event) -> None:
    lane = session.run.lanes[int(event["lane"])]
    session.start(lane.setup, session.table)


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
    "add_point": _add_point,
    "move_point": _move_point,
    "remove_point": _remove_point,
    "draw": _draw,
    "axes": _axes,
    "focus": _focus,
    "compare": _compare,
    "keep": _keep,
    "export": _export,
}
"""The actions by the `type` of their event."""
