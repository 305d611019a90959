"""Optimizers alone, on a function of two numbers: paths, curvature, and the map of learning rate and momentum."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import numpy as np

from mlpviz.engine import OPTIMIZERS
from mlpviz.engine.parameters import Array
from mlpviz.exploration.setting import ChoiceSetting, ExplorationSetting, SliderSetting, SwitchSetting
from mlpviz.exploration.subject import Subject
from mlpviz.exploration.view import ExplorationView, Try, Values
from mlpviz.landscape.classic import CLASSIC_FUNCTIONS
from mlpviz.landscape.curvature import curvature_at
from mlpviz.landscape.paths import Paths, descents, paths_of
from mlpviz.landscape.surface import Plane, Surface, surface_of
from mlpviz.landscape_page.classic_behaviour import behaviour_figure, behaviour_of, bottom_of
from mlpviz.landscape_page.classic_figures import ClassicScene, above_the_minimum, from_above, in_space
from mlpviz.landscape_page.curvature_table import curvature_facts
from mlpviz.landscape_page.optimizer_choice import (
    STEPS,
    WalkerKey,
    optimizer_of,
    walker_settings,
    walkers_of,
)
from mlpviz.landscape_page.picture import LandscapePicture
from mlpviz.landscape_page.shown import FOUR, MOMENTUM, NESTEROV, PLAIN

SIDE = 81

RATES = {"quadratic": 0.05, "rosenbrock": 0.001, "beale": 0.01, "himmelblau": 0.01, "saddle": 0.1}
"""A learning rate of SGD at which each function is worth looking at."""

MANY = 64


def _settings(values: Values, _: Subject) -> Iterator[ExplorationSetting]:
    yield ChoiceSetting(
        key="f", label="function", options=tuple((key, each.label) for key, each in CLASSIC_FUNCTIONS.items())
    )
    entry = CLASSIC_FUNCTIONS[values["f"]]
    if entry.takes_condition:
        yield SliderSetting(
            key="condition", label="condition number κ", low=1, high=1000, step=0.05, default=20.0, is_log=True,
            help="How many times as steep one side of the bowl is as the other.",
        )  # fmt: skip
    left, right, low, high = entry.box
    # each function has a start of its own, so its two numbers have keys of their own
    yield SliderSetting(key=f"{entry.key}.x", label="start x", low=left, high=right, step=0.01, default=entry.start[0])
    yield SliderSetting(key=f"{entry.key}.y", label="start y", low=low, high=high, step=0.001, default=entry.start[1])
    yield SwitchSetting(
        key="many",
        label=f"{MANY} starts",
        help="Begin at many places at once, with the first optimizer that is chosen.",
    )
    yield from walker_settings(RATES[entry.key], 0.1, FOUR)


def _make(values: Values, _: Subject) -> ExplorationView:
    entry = CLASSIC_FUNCTIONS[values["f"]]
    condition = float(values.get("condition", 1.0))
    objective = entry.objective(condition)
    start = np.array([values[f"{entry.key}.x"], values[f"{entry.key}.y"]])
    walkers = walkers_of(values)
    paths = _paths(entry.key, condition, (float(start[0]), float(start[1])), tuple(each.choice for each in walkers))
    step = values["step"]
    bottom = bottom_of(entry, objective)
    many = _many(entry.key, condition, walkers[0].choice, step) if values["many"] else None
    here = curvature_at(objective, start)
    surface = _surface(entry.key, condition)
    shown = ClassicScene(entry, objective, surface, walkers, paths, step, start, here, many, bottom[1])
    behaviour = behaviour_of(entry.key, condition, float(start[0]), float(start[1]))
    return ExplorationView(
        parts=(
            from_above(shown),
            behaviour_figure(entry, behaviour, bottom, values),
            above_the_minimum(shown),
            in_space(shown),
            curvature_facts(here, 2, objective.loss(start), values),
        ),
        look_for=(
            "Drag the start: every optimizer begins there, and all of them take each step together.",
            "On the map a rate and a momentum are one point; right of the solid line SGD runs away, and the fastest "
            "way down is close to it.",
        ),
        tries=(
            Try("A narrow valley: plain SGD against momentum",
                {"f": "quadratic", "condition": 100.0, "rate": 0.018, "momentum": 0.8, "step": STEPS,
                 **_only(PLAIN, MOMENTUM)}),
            Try("A rate that is just too large",
                {"f": "quadratic", "condition": 20.0, "rate": 0.101, "step": 40, **_only(PLAIN)}),
            Try("Who leaves the saddle first?",
                {"f": "saddle", "saddle.x": -1.6, "saddle.y": 0.001, "rate": 0.1, "step": STEPS,
                 **_only(PLAIN, MOMENTUM, NESTEROV, "adam", "rmsprop")}),
        ),
    )  # fmt: skip


def _only(*keys: str) -> dict[str, bool]:
    every = {PLAIN, MOMENTUM, NESTEROV, *OPTIMIZERS}
    return {f"o.{key}": key in keys for key in every}


@lru_cache(maxsize=64)
def _paths(key: str, condition: float, start: tuple[float, float], chosen: tuple[WalkerKey, ...]) -> Paths:
    objective = CLASSIC_FUNCTIONS[key].objective(condition)
    return paths_of(objective, [optimizer_of(each) for each in chosen], np.array(start), STEPS)


@lru_cache(maxsize=32)
def _surface(key: str, condition: float) -> Surface:
    entry = CLASSIC_FUNCTIONS[key]
    plane = Plane(np.zeros(2), np.array([1.0, 0.0]), np.array([0.0, 1.0]), entry.box)
    return surface_of(entry.objective(condition), plane, SIDE)


@lru_cache(maxsize=64)
def _many(key: str, condition: float, chosen: WalkerKey, step: int) -> tuple[Array, Array]:
    """Starts (64, 2) in rows and columns over the picture, and where they have come."""
    entry = CLASSIC_FUNCTIONS[key]
    left, right, low, high = entry.box
    side = round(MANY**0.5)
    # in the middles of the fields: the edges of a function may be cliffs
    across, up = (a + (b - a) * (np.arange(side) + 0.5) / side for a, b in ((left, right), (low, high)))
    starts = np.stack(np.meshgrid(across, up), axis=-1).reshape(-1, 2)
    *_, last = descents(entry.objective(condition), optimizer_of(chosen), starts, step, every=STEPS + 1)
    return starts, last.points


CLASSIC = LandscapePicture("classic", "a function of two numbers", _settings, _make)
