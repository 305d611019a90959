"""Which plane through the parameters is drawn: two directions, how far it reaches, and how much of a run lies in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from mlpviz.engine.parameters import Array
from mlpviz.exploration.setting import ChoiceSetting, ExplorationSetting, SliderSetting
from mlpviz.exploration.view import Values
from mlpviz.landscape.curvature import Curvature
from mlpviz.landscape.directions import axis, filter_normalised, main_directions, perpendicular, share_in_plane
from mlpviz.landscape.objective import MOST_CURVED
from mlpviz.landscape.surface import Plane
from mlpviz.landscape.symmetry import has_copies, some_copies
from mlpviz.landscape_page.networks import LandscapeNetwork, parameter_names
from mlpviz.text.numbers import format_number

MAIN, RANDOM, WEIGHTS, SHARPEST, GRADIENT, COPIES = "main", "random", "weights", "sharpest", "gradient", "copies"
LABELS = {
    MAIN: "main directions of the run (PCA)",
    RANDOM: "two random directions",
    WEIGHTS: "two weights",
    SHARPEST: "the two sharpest directions",
    GRADIENT: "the gradient and the sharpest direction",
    COPIES: "through two symmetric copies",
}
MOST_NAMED = 400
"""Parameters that are offered by name."""


class Chosen(NamedTuple):
    """A plane with the names of its axes, and the shares of the run's motion and of the gradient that lie in it."""

    plane: Plane
    names: tuple[str, str]
    motion: float
    gradient: float
    copies: tuple[tuple[str, Array], ...]


def plane_settings(network: LandscapeNetwork, values: Values) -> Iterator[ExplorationSetting]:
    """The settings of the plane, as far as this network has them."""
    size = network.objective.size
    keys = [MAIN, RANDOM]
    keys += [WEIGHTS] * (1 < size <= MOST_NAMED) + [SHARPEST, GRADIENT] * (1 < size <= MOST_CURVED)
    keys += [COPIES] * (len(_copies(network, network.objective.start)) > 1)
    yield ChoiceSetting(
        key="plane", label="directions", options=tuple((key, LABELS[key]) for key in keys), group="Plane"
    )
    if values["plane"] == RANDOM:
        yield SliderSetting(
            key="directions", label="seed of the directions", low=0, high=99, step=1, default=0, is_whole=True,
            group="Plane", help="Each number draws two other directions.",
        )  # fmt: skip
    if values["plane"] == WEIGHTS:
        names = tuple((str(index), name) for index, name in enumerate(parameter_names(network)))
        yield ChoiceSetting(key="w1", label="first weight", options=names, default="0", group="Plane")
        yield ChoiceSetting(key="w2", label="second weight", options=names, default="1", group="Plane")
    yield SliderSetting(
        key="zoom", label="how far", low=0.05, high=20, step=0.05, default=1.0, is_log=True, group="Plane",
        help="How much farther than the run the plane reaches.",
    )  # fmt: skip
    for key, label in (("px", "point, across"), ("py", "point, upwards")):
        yield SliderSetting(
            key=key, label=label, low=-20, high=20, step=0.02, default=0.0, group="Plane",
            help="Where gradient, Newton's step and curvature are taken, as seen from where the run is.",
        )  # fmt: skip


def chosen_plane(
    network: LandscapeNetwork, values: Values, path: Array, moment: Array, gradient: Array, curvature: Curvature | None
) -> Chosen:
    """The plane through the moment (P,) of a run with the path (T, P), with gradient (P,) and curvature there."""
    kind = values["plane"]
    run = path[np.isfinite(path).all(axis=-1)]
    copies = _copies(network, moment)
    box = (-1.0, 1.0, -1.0, 1.0)
    if kind == MAIN and (found := main_directions(run, moment)) is not None:
        first, second = found.directions
        names = (f"main direction 1 ({found.shares[0]:.0%})", f"main direction 2 ({found.shares[1]:.0%})")
        box = _around((run - moment) @ found.directions.T)
    elif kind == WEIGHTS:
        one, other = int(values["w1"]), int(values["w2"])
        if one == other:
            other = (one + 1) % len(moment)
        first, second = axis(len(moment), one), axis(len(moment), other)
        every = parameter_names(network)
        names = (f"change of {every[one]}", f"change of {every[other]}")
        box = (-3.0, 3.0, -3.0, 3.0)
    elif kind in (SHARPEST, GRADIENT) and curvature is not None:
        first = curvature.sharpest
        names = (
            f"sharpest direction (λ = {format_number(float(curvature.values[0]))})",
            f"second (λ = {format_number(float(curvature.values[1]))})",
        )
        second = curvature.directions[:, 1]
        if kind == GRADIENT and (other_way := perpendicular(gradient, first)).any():
            second, names = other_way, (names[0], "gradient")
        box = (-2.0, 2.0, -2.0, 2.0)
    elif kind == COPIES and len(copies) > 1:
        first, second = copies[0][1] - moment, copies[1][1] - moment
        names = (copies[0][0], copies[1][0])
        box = (-0.5, 1.5, -0.5, 1.5)
    else:
        rng = np.random.default_rng([values.get("directions", 0), 5])
        first, second = (_random(network, moment, rng) for _ in range(2))
        names = ("random direction 1", "random direction 2")
    moved = run - run[0]
    return Chosen(
        Plane(moment, first, second, _zoomed(box, values["zoom"])), names,
        share_in_plane(moved, first, second), share_in_plane(gradient, first, second), copies,
    )  # fmt: skip


def _copies(network: LandscapeNetwork, point: Array) -> tuple[tuple[str, Array], ...]:
    return some_copies(network.spec, point) if has_copies(network.spec) else ()


def _random(network: LandscapeNetwork, moment: Array, rng: np.random.Generator) -> Array:
    spec = network.spec
    if spec.sharing is None:
        return filter_normalised(spec, moment, rng)
    drawn = rng.normal(size=len(moment))
    return np.asarray(drawn / np.linalg.norm(drawn) * max(1.0, float(np.linalg.norm(moment))))


def _around(places: Array) -> tuple[float, float, float, float]:
    """A square that holds all places (T, 2) with room around them."""
    low, high = places.min(axis=0), places.max(axis=0)
    middle, half = 0.5 * (low + high), 0.65 * max(float((high - low).max()), 1e-3)
    return (float(middle[0] - half), float(middle[0] + half), float(middle[1] - half), float(middle[1] + half))


def _zoomed(box: tuple[float, float, float, float], factor: float) -> tuple[float, float, float, float]:
    left, right, low, high = box
    across, up = 0.5 * (left + right), 0.5 * (low + high)
    half_x, half_y = 0.5 * factor * (right - left), 0.5 * factor * (high - low)
    return (across - half_x, across + half_x, up - half_y, up + half_y)
