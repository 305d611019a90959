"""The loss of a network over a plane: ways of optimizers above it, gradient and Newton's step at a point."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np

from mlpviz.engine.parameters import Array
from mlpviz.exploration.figure import MARK, NEGATIVE, TEXT, UPDATE, figure, line
from mlpviz.exploration.setting import ExplorationSetting
from mlpviz.exploration.view import ExplorationView, FactsPart, FigurePart, PointerTarget, Try, Unfinished, Values
from mlpviz.landscape.curvature import Curvature, curvature_at
from mlpviz.landscape.directions import coordinates
from mlpviz.landscape.paths import Paths
from mlpviz.landscape.surface import Plane, Surface, surface_of
from mlpviz.landscape.symmetry import count_of_copies, has_copies
from mlpviz.landscape_page.curvature_table import curvature_facts
from mlpviz.landscape_page.drawing import arrows, contour, heights, path, path_in_space, relief, scene, spot
from mlpviz.landscape_page.networks import (
    MOONS,
    LandscapeNetwork,
    Recent,
    more_network_settings,
    network_of,
    network_paths,
    network_settings,
)
from mlpviz.landscape_page.optimizer_choice import STEPS, Walker, walker_settings, walkers_of
from mlpviz.landscape_page.picture import LandscapePicture
from mlpviz.landscape_page.plane_choice import MAIN, RANDOM, SHARPEST, Chosen, chosen_plane, plane_settings
from mlpviz.landscape_page.shown import FOUR
from mlpviz.network import Document
from mlpviz.text.sentences import Sentence, exact_number, joined, sentence

SIDE, FINE = 41, 101
"""Points along a side of the plane at once, and after a while."""

STRIPE = 34
"""Rows of the fine plane that are computed at a time."""


_fine: Recent[tuple[bytes, ...], Surface] = Recent(12)


def _settings(values: Values, document: Document | None) -> Iterator[ExplorationSetting]:
    yield from network_settings(values, document)
    yield from more_network_settings(values)
    yield from plane_settings(network_of(values, document), values)
    yield from walker_settings(0.5, 0.03, FOUR)


def _make(values: Values, document: Document | None) -> ExplorationView:
    network, walkers, step = network_of(values, document), walkers_of(values), values["step"]
    objective = network.objective
    paths = network_paths(network, tuple(each.choice for each in walkers))
    run = paths.points[0]
    alive = np.flatnonzero(np.isfinite(run).all(axis=-1))
    # the run is the way of the first optimizer; where it has run away, its last point counts
    moment = run[min(step, int(alive[-1]))]
    at_moment = curvature_at(objective, moment) if values["plane"] not in (MAIN, RANDOM) else None
    chosen = chosen_plane(network, values, run, moment, objective.gradient(moment), at_moment)
    point = chosen.plane.at(np.array([values["px"], values["py"]]))
    here = curvature_at(objective, point)
    key = (network.key.encode(), *(np.ascontiguousarray(part).tobytes() for part in chosen.plane))
    fine = _fine.get(key)
    surface = surface_of(objective, chosen.plane, SIDE) if fine is None else fine
    draw = partial(_view, values, network, walkers, paths, chosen, point, here)
    if fine is not None:
        return draw(fine, None)
    return draw(surface, partial(_finer, draw, network, chosen, key, surface, np.empty((0, FINE))))


def _finer(
    draw: partial[ExplorationView],
    network: LandscapeNetwork,
    chosen: Chosen,
    key: tuple[bytes, ...],
    coarse: Surface,
    rows: Array,
) -> ExplorationView:
    """The view after some more rows of the fine plane: the coarse one is shown until all are there."""
    left, right, low, high = chosen.plane.box
    x, y = np.linspace(left, right, FINE), np.linspace(low, high, FINE)
    places = np.stack(np.meshgrid(x, y[len(rows) : len(rows) + STRIPE]), axis=-1).reshape(-1, 2)
    rows = np.concatenate([rows, network.objective.losses(chosen.plane.at(places)).reshape(-1, FINE)])
    if len(rows) == FINE:
        return draw(_fine.keep(key, Surface(x, y, rows)), None)
    return draw(coarse, partial(_finer, draw, network, chosen, key, coarse, rows), len(rows) / FINE)


def _view(
    values: Values,
    network: LandscapeNetwork,
    walkers: list[Walker],
    paths: Paths,
    chosen: Chosen,
    point: Array,
    here: Curvature | None,
    surface: Surface,
    go_on: partial[ExplorationView] | None,
    share: float = 0.0,
) -> ExplorationView:
    loss = network.objective.loss(point)
    step = values["step"]
    return ExplorationView(
        parts=(
            _above(values, network, walkers, paths, chosen, point, here, surface),
            _in_space(walkers, paths, chosen, surface, step),
            _losses(walkers, paths, step),
            curvature_facts(here, network.objective.size, loss, values),
            _plane_facts(network, chosen),
        ),
        look_for=(
            "Read first how much of the run lies in the plane: above a random plane a path hardly moves, wherever it "
            "goes.",
            "Press on the plane: the arrows are the way of the gradient and Newton's step from there.",
        ),
        tries=(
            Try("The run from above: its own main directions",
                {"plane": MAIN, "network": MOONS, "zoom": 1.0, "px": 0.0, "py": 0.0, "step": STEPS}),
            Try("The same run over random directions",
                {"plane": RANDOM, "network": MOONS, "zoom": 1.0, "px": 0.0, "py": 0.0, "step": STEPS}),
            Try("Along the sharpest directions: is the rate below 2/λ?",
                {"network": MOONS, "plane": SHARPEST, "zoom": 1.0, "px": 0.0, "py": 0.0, "step": STEPS}),
        ),
        progress=None if go_on is None else Unfinished(share, "the plane is still coarse", go_on),
    )  # fmt: skip


def _above(
    values: Values,
    network: LandscapeNetwork,
    walkers: list[Walker],
    paths: Paths,
    chosen: Chosen,
    point: Array,
    here: Curvature | None,
    surface: Surface,
) -> FigurePart:
    plane, step = chosen.plane, values["step"]
    left, right, low, high = plane.box
    traces = [contour(surface)]
    for index, walker in enumerate(walkers):
        traces += path(walker, plane.places(paths.points[index]), step)
    marked = [places for _, copy in chosen.copies if (places := _in_plane(plane, copy)) is not None]
    if marked:
        traces.append({**spot(marked, "symmetric copy", MARK, "diamond", 13), "showlegend": True})
    place = np.array([values["px"], values["py"]])
    traces.append(spot([(place[0], place[1])], "point", TEXT, "x", 12))
    gradient = network.objective.gradient(point) if here is None else here.gradient
    ways = [(-gradient, NEGATIVE, "−gradient")]
    if here is not None:
        ways.append((here.newton, UPDATE, "Newton"))
    flat = np.zeros(len(point))
    steps = [(coordinates(way, flat, plane.first, plane.second), colour, name) for way, colour, name in ways]
    notes = arrows(place, steps, plane.box)
    return FigurePart(
        key="above", title="The loss over the plane", height=460, pointer=PointerTarget("px", "py"),
        figure=figure(
            traces, x=chosen.names[0], y=chosen.names[1], hovermode="closest", annotations=notes,
            xaxis={"range": [left, right], "showgrid": False}, yaxis={"range": [low, high], "showgrid": False},
        ),
        text=_above_in_words(chosen, surface, walkers[0], step),
    )  # fmt: skip


def _in_plane(plane: Plane, copy: Array) -> Array | None:
    """Where a copy lies in the plane; None if it does not."""
    places = plane.places(copy)
    apart = float(np.linalg.norm(plane.at(places) - copy))
    return places if apart < 1e-8 * max(1.0, float(np.linalg.norm(copy))) else None


def _above_in_words(chosen: Chosen, surface: Surface, walker: Walker, step: int) -> Sentence:
    finite = surface.losses[np.isfinite(surface.losses)]
    parts = [
        sentence(
            "{motion}% of the motion of {name} lie in this plane, and {gradient}% of the gradient after step {step}.",
            motion=exact_number(round(100 * chosen.motion, 1)), name=walker.label,
            gradient=exact_number(round(100 * chosen.gradient, 1)), step=step,
        ),
        sentence(
            "Over the plane the loss goes from {low} to {high}.",
            low=exact_number(float(finite.min())), high=exact_number(float(finite.max())),
        ) if finite.size else sentence("Nowhere on the plane is the loss finite."),
    ]  # fmt: skip
    if chosen.motion < 0.1:
        parts.append(
            sentence("The paths are drawn where they would fall on the plane; the loss under them is not theirs.")
        )
    return joined(" ", parts)


def _in_space(walkers: list[Walker], paths: Paths, chosen: Chosen, surface: Surface, step: int) -> FigurePart:
    drawn = heights(surface.losses)
    traces = [relief(surface)]
    left, right, low, high = chosen.plane.box
    lowest = float(np.nanmin(np.where(np.isfinite(surface.losses), surface.losses, np.nan)))
    floor = 10.0 ** float(np.nanmin(drawn)) if np.isfinite(drawn).any() else 1.0
    for index, walker in enumerate(walkers):
        places = chosen.plane.places(paths.points[index])
        with np.errstate(all="ignore"):
            inside = (places >= [left, low]).all(axis=-1) & (places <= [right, high]).all(axis=-1)
            z = np.log10(np.maximum(paths.losses[index] - lowest, 0.0) + floor)
        traces.append(path_in_space(walker, places, np.where(inside, z, np.nan), step))
    return FigurePart(
        key="space", title="In space", height=460, is_explored=True,
        figure=figure(
            traces, x="", y="", scene=scene(chosen.names[0], chosen.names[1], "log₁₀ loss"),
            margin={"l": 0, "r": 0, "t": 8, "b": 0}, showlegend=False,
        ),
        text="The height is the decimal logarithm of the loss above the lowest place of the plane. A path above or "
        "below the surface is not in the plane.",
    )  # fmt: skip


def _losses(walkers: list[Walker], paths: Paths, step: int) -> FigurePart:
    losses = np.where(paths.losses > 0, paths.losses, np.nan)
    traces = [
        line(np.arange(step + 1), losses[index, : step + 1], walker.label, walker.number)
        for index, walker in enumerate(walkers)
    ]
    last = paths.losses[:, step]
    if not np.isfinite(last).any():
        said: Sentence | str = "Every path has run away."
    else:
        said = sentence(
            "After {step} steps {name} is lowest, with a loss of {loss}.",
            step=step, name=walkers[int(np.nanargmin(last))].label, loss=exact_number(float(np.nanmin(last))),
        )  # fmt: skip
    return FigurePart(
        key="losses", title="The loss on the way", height=260,
        figure=figure(
            traces, x="step", y="loss", xaxis={"range": [0, STEPS]}, yaxis={"type": "log", "exponentformat": "power"}
        ),
        text=said,
    )  # fmt: skip


def _plane_facts(network: LandscapeNetwork, chosen: Chosen) -> FactsPart:
    spec = network.spec
    facts: list[tuple[str, Sentence | str]] = [
        ("dimensions", sentence("The plane is 2 of {size}.", size=network.objective.size)),
        ("motion", sentence("{share}% of the run's squared distances from its start.", share=_percent(chosen.motion))),
        ("gradient", sentence("{share}% of its squared length.", share=_percent(chosen.gradient))),
    ]
    if has_copies(spec):
        facts.append(
            (
                "copies",
                sentence(
                    "{count} points compute the same: hidden units in another order, of an odd activation also with "
                    "their signs turned.",
                    count=_count(count_of_copies(spec)),
                ),
            )
        )
    return FactsPart(title="The plane", facts=facts)


def _count(count: int) -> str | Sentence:
    return f"{count:,}" if count < 10**9 else exact_number(float(min(count, 10**300)))


def _percent(share: float) -> Sentence:
    return exact_number(round(100 * share, 2))


PLANE = LandscapePicture("plane", "a network over a plane", _settings, _make)
