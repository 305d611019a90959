"""The shown moment of a training for the Loss landscape: its network, its samples, and the way that it came."""

from __future__ import annotations

import numpy as np

from mlpviz.app.page import HandOver
from mlpviz.app.training_moment import MOST_PARAMETERS, TrainingMoment
from mlpviz.engine import run_pass
from mlpviz.engine.thinning import evenly_spaced
from mlpviz.network import DocumentError
from mlpviz.runs.run import Run
from mlpviz.train_page.session import TrainSession

LANDSCAPE = "landscape"
"""The key of the page that shows a loss as a landscape."""

MOST_WORK = 400_000
"""Parameters times samples of what is handed over: a plane of 41 · 41 points then takes a fifth of a second."""

MOST_POINTS = 200
"""Checkpoints of the way."""


def to_landscape(session: TrainSession) -> None:
    """Open the landscape of the loss at the shown moment, with the way of the shown branch.

    Raises DocumentError for a network that is too large for it.
    """
    run = session.run
    run.pause()
    session.hand_over = HandOver(LANDSCAPE, None, moment=moment_of(run))
    session.go = LANDSCAPE


def moment_of(run: Run) -> TrainingMoment:
    """The shown moment of the member in focus. Raises DocumentError for a network that is too large."""
    member, state = run.members[run.focus], run.state(run.focus)
    shown, sets = state.checkpoint, member.sets.train
    spec, most = shown.spec, MOST_WORK // shown.spec.size
    if spec.size > MOST_PARAMETERS:
        raise DocumentError(
            f"this network has {spec.size:,} parameters; the landscape is for networks of up to {MOST_PARAMETERS:,}"
        )
    x, target = np.asarray(sets.x[:most], float), None if sets.target is None else np.asarray(sets.target[:most], float)
    # what is drawn by chance is left out: a landscape has one height at each place
    is_drawn = any(layer.dropout or layer.activation.alpha == "draw" for layer in spec.layers)
    params, buffers = np.asarray(shown.params, float), np.asarray(shown.buffers, float)
    trace = run_pass(spec, params, x, target, training=not is_drawn, buffers=buffers, as_read=True)
    if not np.isfinite(trace.loss):
        raise DocumentError("the loss at this moment is not finite: it has no landscape")
    branch = state.branches.of(state.number, state.branches.shown)
    epochs = branch.epochs
    several = len(state.engine_run.members) > 1
    points = [branch.at(epochs[at]).params for at in evenly_spaced(len(epochs), MOST_POINTS)]
    path = np.array([point[state.place] if several else point for point in points], float)
    name = f"epoch {shown.epoch}, step {shown.step}"
    return TrainingMoment(name, trace, path[np.isfinite(path).all(axis=-1)], len(sets.x))
