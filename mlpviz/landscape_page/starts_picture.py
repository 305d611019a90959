"""Sixty-four networks from sixty-four starts at once: whether they come to the same loss, and to the same place."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np

from mlpviz.engine import INITIALIZERS
from mlpviz.engine.parameters import Array
from mlpviz.exploration.figure import BY_SIZE, MUTED, figure, line
from mlpviz.exploration.setting import ChoiceSetting, ExplorationSetting
from mlpviz.exploration.subject import Subject
from mlpviz.exploration.view import ExplorationView, FigurePart, Try, Unfinished, Values
from mlpviz.landscape.directions import main_directions
from mlpviz.landscape.paths import Descent, descents
from mlpviz.landscape_page.networks import (
    MOONS,
    LandscapeNetwork,
    drawn_starts,
    more_network_settings,
    network_of,
    network_settings,
)
from mlpviz.landscape_page.optimizer_choice import STEP_KEY, Walker, optimizer_of, walker_settings, walkers_of
from mlpviz.landscape_page.picture import LandscapePicture
from mlpviz.landscape_page.shown import ONE, STARTS
from mlpviz.text.sentences import Sentence, exact_number, sentence

COUNT, STEPS, EVERY = 64, 300, 10
SAME = 0.05
"""Losses that differ by less than this share of their range count as the same."""


def _settings(values: Values, subject: Subject) -> Iterator[ExplorationSetting]:
    yield from network_settings(values, subject)
    yield from more_network_settings(values)
    yield ChoiceSetting(
        key="initializer", label="initializer", group="Network",
        options=tuple((key, INITIALIZERS[key].label) for key in STARTS), help="From what the starts are drawn.",
    )  # fmt: skip
    for setting in walker_settings(0.5, 0.03, ONE):
        if setting.key != STEP_KEY:
            yield setting


def _make(values: Values, subject: Subject) -> ExplorationView:
    network, walker = network_of(values, subject), walkers_of(values)[0]
    starts = drawn_starts(network, values["initializer"], COUNT)
    steps = descents(network.objective, optimizer_of(walker.choice), starts, STEPS, EVERY)
    return _next(network, walker, steps, ())


def _next(
    network: LandscapeNetwork, walker: Walker, steps: Iterator[Descent], before: tuple[Descent, ...]
) -> ExplorationView:
    """The view after one more part of the way."""
    newest = next(steps, None)
    # nothing comes where this view has been asked for before: then it stays as it is
    found = before if newest is None else (*before, newest)
    last = found[-1]
    progress = None
    if last.step < STEPS and newest is not None:
        said = f"step {last.step} of {STEPS}"
        progress = Unfinished(last.step / STEPS, said, partial(_next, network, walker, steps, found))
    return ExplorationView(
        parts=(_losses(found, walker), _ends(last)),
        look_for=(
            "A convex loss has one valley, and every start ends at the same loss; here they do not.",
            "Two networks with the same loss are hardly ever the same point: hidden units come in any order.",
        ),
        tries=(
            Try("All starts at 0: nobody learns", {"network": MOONS, "initializer": "zeros"}),
            Try("Starts that are too wide", {"network": MOONS, "initializer": "normal"}),
            Try(
                "With ReLU some starts get stuck", {"network": MOONS, "hidden": "relu", "initializer": "xavier_uniform"}
            ),
        ),
        progress=progress,
    )


def _losses(found: tuple[Descent, ...], walker: Walker) -> FigurePart:
    steps = np.array([each.step for each in found])
    losses = np.array([each.losses for each in found]).T
    shown = np.where(np.isfinite(losses) & (losses > 0), losses, np.nan)
    # one trace with gaps: sixty-four would take the browser longer than the way took us
    gaps = np.column_stack([shown, np.full(len(shown), np.nan)]).ravel()
    across = np.tile(np.append(steps, np.nan), len(shown))
    traces = [line(across, gaps, "each start", line={"color": MUTED, "width": 1}, hoverinfo="none")]
    with np.errstate(all="ignore"):
        finite = np.isfinite(shown).any(axis=0)
        best = np.where(finite, np.nanmin(np.where(np.isfinite(shown), shown, np.inf), axis=0), np.nan)
    traces.append(line(steps, best, "lowest", 1))
    return FigurePart(
        key="losses", title=f"{len(losses)} starts, {walker.label}", height=340,
        figure=figure(
            traces, x="step", y="loss", xaxis={"range": [0, STEPS]}, yaxis={"type": "log", "exponentformat": "power"}
        ),
        text=_in_words(found[0].losses, found[-1]),
    )  # fmt: skip


def _in_words(first: Array, last: Descent) -> Sentence:
    losses = last.losses[np.isfinite(last.losses)]
    if not losses.size:
        return sentence("After {step} steps every start has run away.", step=last.step)
    low, high = float(losses.min()), float(losses.max())
    wide = max(float(np.nanmax(first)) - low, 1e-12)
    groups = 1 + int((np.diff(np.sort(losses)) > SAME * wide).sum())
    near = int((losses - low <= SAME * wide).sum())
    return sentence(
        "After {step} steps the losses go from {low} to {high}; {near} of {all} are near the lowest, in all there are "
        "{groups}. {away}",
        step=last.step, low=exact_number(low), high=exact_number(high), near=near, all=len(last.losses),
        groups="1 group" if groups == 1 else f"{groups} groups",
        away="" if losses.size == len(last.losses) else f"{len(last.losses) - losses.size} have run away.",
    )  # fmt: skip


def _ends(last: Descent) -> FigurePart:
    kept = np.isfinite(last.points).all(axis=-1) & np.isfinite(last.losses)
    points, losses = last.points[kept], last.losses[kept]
    found = main_directions(points, points.mean(axis=0)) if len(points) > 1 else None
    places = np.zeros((len(points), 2)) if found is None else (points - points.mean(axis=0)) @ found.directions.T
    shares = (0.0, 0.0) if found is None else found.shares
    trace = {
        "type": "scatter", "mode": "markers", "x": places[:, 0], "y": places[:, 1], "name": "network",
        "hoverinfo": "none",
        "marker": {"color": losses, "size": 10, "colorscale": [list(pair) for pair in BY_SIZE], "showscale": True,
                   "colorbar": {"title": {"text": "loss"}, "thickness": 12, "outlinewidth": 0},
                   "line": {"color": MUTED, "width": 1}},
    }  # fmt: skip
    apart = _nearest(points)
    return FigurePart(
        key="ends", title="Where they are", height=360,
        figure=figure(
            [trace], x=f"main direction 1 ({shares[0]:.0%})", y=f"main direction 2 ({shares[1]:.0%})",
            hovermode="closest",
        ),
        text=sentence(
            "Over the two directions in which they differ most. Even the two nearest are {distance} apart, at a length "
            "of {length}.",
            distance=exact_number(apart), length=exact_number(_length(points)),
        ),
    )  # fmt: skip


def _length(points: Array) -> float:
    """The mean distance of points from 0."""
    return float(np.linalg.norm(points, axis=1).mean()) if len(points) else 0.0


def _nearest(points: Array) -> float:
    """The distance of the two nearest points; 0 for fewer than two."""
    if len(points) < 2:
        return 0.0
    apart = np.linalg.norm(points[:, None] - points[None], axis=-1)
    return float(apart[np.triu_indices(len(points), 1)].min())


STARTS_PICTURE = LandscapePicture("starts", "a network from 64 starts", _settings, _make)
