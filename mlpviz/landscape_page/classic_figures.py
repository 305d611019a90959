"""The figures of a classic function: from above with all ways, in space, and how far above the minimum they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from mlpviz.engine.parameters import Array
from mlpviz.exploration.figure import MUTED, NEGATIVE, TEXT, UPDATE, figure, line
from mlpviz.exploration.view import FigurePart, PointerTarget
from mlpviz.landscape.classic import ClassicFunction
from mlpviz.landscape.curvature import Curvature
from mlpviz.landscape.objective import Objective
from mlpviz.landscape.paths import Paths
from mlpviz.landscape.surface import Surface
from mlpviz.landscape_page.drawing import arrows, contour, heights, minima, path, path_in_space, relief, scene, spot
from mlpviz.landscape_page.optimizer_choice import STEPS, Walker
from mlpviz.text.sentences import Sentence, exact_number, in_series, joined, sentence

NOTHING = 1e-16
"""A height above the minimum that rounding alone leaves."""


@dataclass(frozen=True, eq=False)
class ClassicScene:
    """What the figures are drawn from: the function, the ways of the optimizers from `start` (2,) up to `step`.

    `here` is the curvature at the start; `many` are starts and ends (64, 2) of the first optimizer, None without them;
    `lowest` is the loss at a minimum.
    """

    entry: ClassicFunction
    objective: Objective
    surface: Surface
    walkers: list[Walker]
    paths: Paths
    step: int
    start: Array
    here: Curvature | None
    many: tuple[Array, Array] | None
    lowest: float


def from_above(shown: ClassicScene) -> FigurePart:
    """The function as a map, with gradient and Newton's step at the start."""
    entry, walkers, paths, step = shown.entry, shown.walkers, shown.paths, shown.step
    start, here, many = shown.start, shown.here, shown.many
    left, right, low, high = entry.box
    traces = [contour(shown.surface, "f")]
    if many is None:
        for walker, points in zip(walkers, paths.points, strict=True):
            traces += path(walker, points, step)
    else:
        traces += _ways(*many)
    traces += [minima(entry.minima), spot([(start[0], start[1])], "start", TEXT, "x", 12)]
    notes = []
    if here is not None:
        down = (-here.gradient, NEGATIVE, "−gradient")
        notes = arrows(start, [down, (here.newton, UPDATE, "Newton")], entry.box)
    return FigurePart(
        key="above", title=f"{entry.label}: {entry.formula}", height=440,
        pointer=PointerTarget(f"{entry.key}.x", f"{entry.key}.y"),
        figure=figure(
            traces, x="x", y="y", hovermode="closest", annotations=notes,
            xaxis={"range": [left, right], "showgrid": False}, yaxis={"range": [low, high], "showgrid": False},
        ),
        text=joined(
            " ",
            (
                entry.sentence,
                _ends_in_words(shown)
                if many is None
                else _many_in_words(entry, walkers[0], many[1]),
            ),
        ),
    )  # fmt: skip


def _ends_in_words(shown: ClassicScene) -> Sentence:
    said = []
    for walker, losses in zip(shown.walkers, shown.paths.losses[:, shown.step], strict=True):
        if not np.isfinite(losses):
            said.append(sentence("{name} has run away", name=walker.label))
        else:
            said.append(sentence("{name} has f = {loss}", name=walker.label, loss=exact_number(float(losses))))
    return sentence(
        "After {step} steps {said}; the minimum is {lowest}.",
        step=shown.step, said=in_series(said), lowest=exact_number(shown.lowest),
    )  # fmt: skip


def _ways(starts: Array, ends: Array) -> list[dict[str, Any]]:
    """A line from each start to its end, and the ends."""
    gap = np.full(len(starts), np.nan)
    far = np.asarray(~(np.abs(ends) < 1e6).all(axis=-1))
    own = np.where(far[:, None], np.nan, ends)
    lines = {
        "type": "scatter", "mode": "lines", "name": "way", "showlegend": False, "hoverinfo": "none",
        "x": np.column_stack([starts[:, 0], own[:, 0], gap]).ravel(),
        "y": np.column_stack([starts[:, 1], own[:, 1], gap]).ravel(), "line": {"color": MUTED, "width": 1},
    }  # fmt: skip
    return [lines, spot(own[~far], "end", UPDATE, "circle", 9)]


def _many_in_words(entry: ClassicFunction, walker: Walker, ends: Array) -> Sentence:
    with np.errstate(all="ignore"):
        apart = np.linalg.norm(ends[:, None] - np.array(entry.minima), axis=-1)
    is_there = (apart < 0.05).any(axis=-1)
    nearest = apart[is_there].argmin(axis=-1)
    counts = [int((nearest == number).sum()) for number in range(len(entry.minima))]
    return sentence(
        "Of {all} starts {name} brings {there} to a minimum: {counts} to each. {away} have run away.",
        all=len(ends), name=walker.label, there=int(is_there.sum()),
        counts=in_series([sentence("{count}", count=count) for count in counts]),
        away=int((~(np.abs(ends) < 1e6).all(axis=-1)).sum()),
    )  # fmt: skip


def above_the_minimum(shown: ClassicScene) -> FigurePart:
    """How far above the minimum each optimizer is after each step."""
    walkers, paths, step = shown.walkers, shown.paths, shown.step
    found = np.maximum(paths.losses - shown.lowest, 0.0)
    above = np.where(found > NOTHING, found, np.nan)  # exactly there: a logarithmic axis has no place for it
    traces = [
        line(np.arange(step + 1), above[index, : step + 1], walker.label, walker.number)
        for index, walker in enumerate(walkers)
    ]
    last = found[:, step]
    best = walkers[int(np.nanargmin(last))] if np.isfinite(last).any() else None
    return FigurePart(
        key="losses", title="How far above the minimum", height=260,
        figure=figure(
            traces, x="step", y="f − minimum", xaxis={"range": [0, STEPS]},
            yaxis={"type": "log", "exponentformat": "power"},
        ),
        text="Every path has run away."
        if best is None
        else sentence(
            "After {step} steps {name} is lowest, {loss} above the minimum.",
            step=step, name=best.label, loss=exact_number(float(np.nanmin(last))),
        ),
    )  # fmt: skip


def in_space(shown: ClassicScene) -> FigurePart:
    """The function as a surface."""
    entry, surface, paths = shown.entry, shown.surface, shown.paths
    lowest = float(surface.losses.min())
    floor = 10.0 ** float(np.nanmin(heights(surface.losses)))
    traces = [relief(surface)]
    left, right, low, high = entry.box
    for index, walker in enumerate(shown.walkers):
        points = paths.points[index]
        inside = (points >= [left, low]).all(axis=-1) & (points <= [right, high]).all(axis=-1)
        z = np.log10(np.maximum(paths.losses[index] - lowest, 0.0) + floor)
        traces.append(path_in_space(walker, points, np.where(inside, z, np.nan), shown.step))
    return FigurePart(
        key="space", title="In space", height=440, is_explored=True,
        figure=figure(traces, x="", y="", showlegend=False, scene=scene("x", "y", "log₁₀ f"),
             margin={"l": 0, "r": 0, "t": 8, "b": 0}),
        text="The height is the decimal logarithm of f above its lowest place, so that the floor of a valley shows.",
    )  # fmt: skip
