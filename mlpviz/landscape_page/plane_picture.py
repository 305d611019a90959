"""The loss of a network over a plane: coarse at once, then finer, with its figures and what is worth trying."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np

from mlpviz.engine.parameters import Array
from mlpviz.exploration.setting import ExplorationSetting
from mlpviz.exploration.subject import Subject
from mlpviz.exploration.view import ExplorationView, Try, Unfinished, Values
from mlpviz.landscape.surface import Surface, surface_of
from mlpviz.landscape_page.curvature_table import curvature_facts
from mlpviz.landscape_page.networks import MOONS, Recent, more_network_settings, network_of, network_settings
from mlpviz.landscape_page.optimizer_choice import STEPS, walker_settings
from mlpviz.landscape_page.picture import LandscapePicture
from mlpviz.landscape_page.plane_choice import MAIN, RANDOM, SHARPEST, plane_settings
from mlpviz.landscape_page.plane_figures import from_above, in_space, losses_on_the_way, plane_facts
from mlpviz.landscape_page.plane_scene import PlaneScene, plane_scene
from mlpviz.landscape_page.shown import FOUR

SIDE, FINE = 41, 101
"""Points along a side of the plane at once, and after a while."""

STRIPE = 34
"""Rows of the fine plane that are computed at a time."""


_fine: Recent[tuple[bytes, ...], Surface] = Recent(12)


def _settings(values: Values, subject: Subject) -> Iterator[ExplorationSetting]:
    yield from network_settings(values, subject)
    yield from more_network_settings(values)
    yield from plane_settings(network_of(values, subject), values)
    yield from walker_settings(0.5, 0.03, FOUR)


def _make(values: Values, subject: Subject) -> ExplorationView:
    shown = plane_scene(values, subject)
    fine = _fine.get(_key(shown))
    if fine is not None:
        return _view(shown, fine)
    coarse = surface_of(shown.network.objective, shown.chosen.plane, SIDE)
    return _view(shown, coarse, partial(_finer, shown, coarse, np.empty((0, FINE))))


def _key(shown: PlaneScene) -> tuple[bytes, ...]:
    return (shown.network.key.encode(), *(np.ascontiguousarray(part).tobytes() for part in shown.chosen.plane))


def _finer(shown: PlaneScene, coarse: Surface, rows: Array) -> ExplorationView:
    """The view after some more rows of the fine plane: the coarse one is shown until all are there."""
    plane = shown.chosen.plane
    left, right, low, high = plane.box
    x, y = np.linspace(left, right, FINE), np.linspace(low, high, FINE)
    places = np.stack(np.meshgrid(x, y[len(rows) : len(rows) + STRIPE]), axis=-1).reshape(-1, 2)
    rows = np.concatenate([rows, shown.network.objective.losses(plane.at(places)).reshape(-1, FINE)])
    if len(rows) == FINE:
        return _view(shown, _fine.keep(_key(shown), Surface(x, y, rows)))
    return _view(shown, coarse, partial(_finer, shown, coarse, rows), len(rows) / FINE)


def _view(
    shown: PlaneScene, surface: Surface, go_on: partial[ExplorationView] | None = None, share: float = 0.0
) -> ExplorationView:
    return ExplorationView(
        parts=(
            from_above(shown, surface),
            in_space(shown, surface),
            losses_on_the_way(shown),
            curvature_facts(shown.here, shown.network.objective.size, shown.loss, shown.values),
            plane_facts(shown),
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


PLANE = LandscapePicture("plane", "a network over a plane", _settings, _make)
