"""Events of the training page about the run: play and pause, settings, and what is shown of it.

Each takes the session and the arguments of the event, and may raise an error for the user; then nothing has changed.
An argument `lane` is the number of a member.
"""

from __future__ import annotations

from typing import Any

from mlpviz.config.edits import with_layer, with_value, without_layer
from mlpviz.config.sweeps import SWEEPS
from mlpviz.exchange import save_file
from mlpviz.exchange.subjects import COMPARISON
from mlpviz.network import DocumentError
from mlpviz.runs import Run
from mlpviz.runs.hand_edit import set_parameter
from mlpviz.schema.fields import Number
from mlpviz.train_page.data_actions import COLUMNS, change, set_column, set_feature, set_offered, set_source, set_split
from mlpviz.train_page.experiment import OpenExperiment
from mlpviz.train_page.session import TrainSession


def play(session: TrainSession) -> None:
    """Learn on from the shown checkpoint."""
    session.run.play()


def pause(session: TrainSession) -> None:
    """Stop learning."""
    session.run.pause()


def step(session: TrainSession) -> None:
    """One step of every member."""
    session.run.step()


def epochs(session: TrainSession, count: int) -> None:
    """Learn so many epochs."""
    session.run.epoch(count)


def reset(session: TrainSession, new: bool = False) -> None:
    """Back to the first weights, or to new ones."""
    session.run.reset(new_weights=new)
    session.config = session.run.members[0].config


def travel(session: TrainSession, epoch: int | None, branch: int | None) -> None:
    """Show the checkpoint of an epoch; None for the newest state."""
    session.run.show_checkpoint(epoch, branch)


def set_value(session: TrainSession, path: list[int | str], value: Any) -> None:
    """Set one field of the form, named by its place in the config."""
    if path[0] == "source":
        set_source(session, value)
    elif path[0] == "upload":
        set_offered(session, str(path[1]), value, *path[2:3])
    elif path[0] == "comparison":
        _set_comparison(session, str(path[1]), value)
    elif path == ["show", "average"]:
        session.run.shows_average = bool(value)
    elif path[0] == "features":
        set_feature(session, str(path[1]), value)
    elif path == ["split", "preset"]:
        set_split(session, value)
    elif path[0] == "optimizer" and len(path) == 2:
        _set_live(session, str(path[1]), value)
    elif path[0] == "data" and path[1] in COLUMNS:
        set_column(session, str(path[1]), value, *path[2:3])
    else:
        change(session, with_value(session.config, path, value))


def _set_live(session: TrainSession, name: str, value: Any) -> None:
    """Change a hyperparameter of the optimizer during the run. Raises RunError for one in which the members differ."""
    changed = with_value(session.config, ("optimizer", name), value)
    session.run.set_hyperparameters(**{name: dict(changed.optimizer.entry.settings)[name]})
    session.config = changed


def _set_comparison(session: TrainSession, name: str, value: Any) -> None:
    if name == "key":
        session.comparison = SWEEPS[str(value)].key
        session.compared = ""
    else:
        session.compared = str(value)
    session.delivered.form = None


def add_layer(session: TrainSession) -> None:
    """One hidden layer more."""
    change(session, with_layer(session.config))


def remove_layer(session: TrainSession, index: int | None = None) -> None:
    """Without this hidden layer, counted from 0; None is the last one."""
    last = len(session.config.layers) - 2
    change(session, without_layer(session.config, last if index is None else index))


def add_units(session: TrainSession, layer: int, count: int) -> None:
    """So many units more in a hidden layer, counted from 0, or fewer."""
    layers = session.config.layers[:-1]
    if not 0 <= layer < len(layers):
        raise DocumentError(f"layers: there is no hidden layer {layer + 1}")
    change(session, with_value(session.config, ("layers", layer, "units"), (layers[layer].units or 0) + count))


def set_weight(session: TrainSession, layer: int, unit: int, source: int | None, value: Number) -> None:
    """One weight by hand, or a bias where there is no source."""
    set_parameter(session.run, layer, unit, source, value)
    session.said.notice = (
        "Set by hand: learning goes on in a branch. A saved run has this weight; a link begins without it."
    )


def show_axes(session: TrainSession, axes: list[int]) -> None:
    """The two features of the plane, from 0."""
    first, second = axes
    if not 0 <= first != second >= 0 or max(first, second) >= session.table.x.shape[1]:
        raise DocumentError("the picture needs two features that the data have")
    session.view_options = session.view_options._replace(axes=(first, second))


def show_sample(session: TrainSession, row: int | None = None) -> None:
    """The sample whose picture is shown, from 0, modulo the number of samples; None for the next one."""
    row = session.view_options.sample + 1 if row is None else row
    session.view_options = session.view_options._replace(sample=row % session.table.samples)


def focus(session: TrainSession, lane: int) -> None:
    """Show another member in full; a number without a member changes nothing."""
    if 0 <= lane < len(session.run.members):
        session.run.focus = lane
        # all folds have one config, in which hyperparameters may have been changed
        if session.run.choice not in ("", "fold"):
            session.config = session.run.members[lane].config


def compare(session: TrainSession) -> None:
    """Begin the comparison that was chosen."""
    chosen = SWEEPS[session.comparison]
    configs = chosen.configs(session.config, session.compared or ", ".join(map(str, chosen.proposed)))
    run = Run.compare(configs, chosen.key, None if session.comparison == "scaling" else session.table)
    session.adopt(run, session.config, session.table)
    run.play()


def keep(session: TrainSession, lane: int) -> None:
    """Begin a new run with one member of a comparison alone."""
    session.start(session.run.members[lane].config, session.table)


def open_experiment(session: TrainSession, key: str | None) -> None:
    """Open an experiment and begin it; None closes the one that is open."""
    if key is None:
        session.experiment = None
        return
    opened = OpenExperiment.of(key)
    member = opened.run.members[0]
    session.adopt(opened.run, member.config, member.built.table)
    session.experiment = opened
    opened.run.play()


def export(session: TrainSession, format: str = "comparison_csv") -> None:  # the word of the message
    """Save the table of a comparison."""
    session.files.save(*save_file(COMPARISON, session.run, format))
