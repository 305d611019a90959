"""The events of the training page, each with the function that carries it out, and the sentence for one that fails."""

from __future__ import annotations

from pydantic import ValidationError

from mlpviz.app.events import OF_ITSELF, Dispatcher, EventKind, UnknownEventError
from mlpviz.app.page import TICK
from mlpviz.app.protocol import Event
from mlpviz.engine.registry import Registry
from mlpviz.network import DocumentError
from mlpviz.runs import RunError
from mlpviz.schema.errors import first_error
from mlpviz.train_page import actions, data_actions, file_actions, result_actions, sheet_training
from mlpviz.train_page.labels import on_screen
from mlpviz.train_page.session import TrainSession
from mlpviz.train_page.to_landscape import to_landscape


def _sentence(session: TrainSession, _: Event, error: Exception) -> str:
    if isinstance(error, UnknownEventError):
        return "Not done: the page asked for something that does not exist."
    if isinstance(error, DocumentError | RunError):
        return f"Not done: {on_screen(error, session.form())}"
    wrong = _typed_wrongly(error) if isinstance(error, ValidationError) else None
    return f"Not done: {wrong or 'the page sent something that does not belong there'}."


def _typed_wrongly(error: ValidationError) -> str | None:
    """What is wrong with the text of a field for a number that is no setting; None for other arguments."""
    place = error.errors(include_url=False)[0]["loc"]
    if place[:1] == ("value",):
        which = "the number"
    elif place[:1] == ("point",) and len(place) > 1 and isinstance(place[1], int):
        which = f"number {place[1] + 1}"
    else:
        return None
    return f"{which} {first_error(error, {}).problem!s}"


def _accept(session: TrainSession) -> None:
    EVENTS.accept(session)


EVENTS: Dispatcher[TrainSession] = Dispatcher(
    Registry(
        "event of the training page",
        (
            EventKind("accept", "do what is offered", _accept),
            EventKind("play", "play", actions.play),
            EventKind("pause", "pause", actions.pause),
            EventKind("step", "one step", actions.step),
            EventKind("epochs", "so many epochs", actions.epochs),
            EventKind("reset", "back to the first weights", actions.reset),
            EventKind("travel", "show another moment", actions.travel),
            EventKind("set", "change a setting", actions.set_value),
            EventKind("add_layer", "add a layer", actions.add_layer),
            EventKind("remove_layer", "remove a layer", actions.remove_layer),
            EventKind("add_units", "more or fewer units", actions.add_units),
            EventKind("add_point", "add a point", data_actions.add_point),
            EventKind("move_point", "move a point", data_actions.move_point),
            EventKind("remove_point", "remove a point", data_actions.remove_point),
            EventKind("draw", "draw a curve", data_actions.draw),
            EventKind("read_sheet", "read another sheet", data_actions.read_sheet),
            EventKind("upload_piece", "open a file", file_actions.upload_piece),
            EventKind("download_piece", "go on with the file", file_actions.download_piece),
            EventKind("examine", "examine the result", result_actions.examine),
            EventKind("table", "show the data as a table", result_actions.show_table),
            EventKind("predict", "try a point", result_actions.predict_point),
            EventKind("digit", "try a drawing", result_actions.predict_digit),
            EventKind("to_sheet", "step through this batch", result_actions.to_sheet),
            EventKind("to_landscape", "show the loss landscape here", to_landscape),
            EventKind("from_sheet", "train the network on the score sheet", sheet_training.from_sheet),
            EventKind("save", "save the run", result_actions.save_run),
            EventKind("keep_run", "keep the run in this tab", result_actions.keep_run, is_quiet=True),
            EventKind("set_parameter", "set a weight by hand", actions.set_weight),
            EventKind("axes", "choose the axes", actions.show_axes),
            EventKind("sample", "show another sample", actions.show_sample),
            EventKind("focus", "show another network", actions.focus),
            EventKind("compare", "compare", actions.compare),
            EventKind("keep", "keep one network", actions.keep),
            EventKind("export", "save the table", actions.export),
            EventKind("experiment", "open an experiment", actions.open_experiment),
            EventKind(TICK, "learn", TrainSession.tick, is_quiet=True),
            *OF_ITSELF,
        ),
    ),
    (DocumentError, RunError, LookupError, TypeError, ValueError, OverflowError),
    _sentence,
)
"""The events by their type."""
