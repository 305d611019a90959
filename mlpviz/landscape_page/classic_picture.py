"""Optimizers alone, on a function of two numbers: paths, curvature, and the map of learning rate and momentum."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import numpy as np

from mlpviz.engine import OPTIMIZERS
from mlpviz.engine.parameters import Array
from mlpviz.exploration.figure import MARK, MUTED, NEGATIVE, POSITIVE, TEXT, UPDATE, figure, line
from mlpviz.exploration.setting import ChoiceSetting, ExplorationSetting, SliderSetting, SwitchSetting
from mlpviz.exploration.subject import Subject
from mlpviz.exploration.view import ExplorationView, FigurePart, PointerTarget, Try, Values
from mlpviz.landscape.classic import CLASSIC_FUNCTIONS, ClassicFunction
from mlpviz.landscape.curvature import Curvature, curvature_at
from mlpviz.landscape.objective import Objective
from mlpviz.landscape.paths import Paths, descents, paths_of
from mlpviz.landscape.stability import (
    BEHAVIOURS,
    StabilityMap,
    edge_of_divergence,
    edge_of_swinging,
    stability_map,
)
from mlpviz.landscape.surface import Plane, Surface, surface_of
from mlpviz.landscape_page.curvature_table import curvature_facts
from mlpviz.landscape_page.drawing import arrows, contour, heights, minima, path, path_in_space, relief, scene, spot
from mlpviz.landscape_page.optimizer_choice import (
    STEPS,
    Walker,
    WalkerKey,
    optimizer_of,
    walker_settings,
    walkers_of,
)
from mlpviz.landscape_page.picture import LandscapePicture
from mlpviz.landscape_page.shown import FOUR, MOMENTUM, NESTEROV, PLAIN
from mlpviz.text.sentences import Sentence, exact_number, in_series, joined, sentence

SIDE = 81

RATES = {"quadratic": 0.05, "rosenbrock": 0.001, "beale": 0.01, "himmelblau": 0.01, "saddle": 0.1}
"""A learning rate of SGD at which each function is worth looking at."""

MANY = 64

NOTHING = 1e-16
"""A height above the minimum that rounding alone leaves."""

MAP_RATES, MAP_MOMENTA, MAP_STEPS = 41, 25, 80
CURVED_TURNS = 3
"""A path along a bent valley turns of itself: so many turns are swinging."""


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
    surface = _surface(entry.key, condition)
    here = curvature_at(objective, start)
    bottom = _bottom(entry, objective)
    behaviour = _behaviour(entry.key, condition, float(start[0]), float(start[1]))
    many = _many(entry.key, condition, walkers[0].choice, step) if values["many"] else None
    return ExplorationView(
        parts=(
            _above(entry, objective, surface, walkers, paths, step, start, here, many),
            _behaviour_figure(entry, behaviour, bottom, values),
            _losses(walkers, paths, step, bottom[1]),
            _in_space(entry, surface, walkers, paths, step),
            curvature_facts(here, 2, objective.loss(start), values),
        ),
        look_for=(
            "Drag the start: every optimizer begins there, and all of them take each step together.",
            "On the map a rate and a momentum are one point; right of the red line SGD runs away, and the fastest way "
            "down is close to it.",
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
def _behaviour(key: str, condition: float, x: float, y: float) -> StabilityMap:
    entry = CLASSIC_FUNCTIONS[key]
    objective = entry.objective(condition)
    largest, _ = _bottom(entry, objective)
    rates = np.geomspace(0.02 / largest, 6.0 / largest, MAP_RATES)
    momenta = np.linspace(0.0, 0.98, MAP_MOMENTA)
    turns = 1 if entry.is_linear else CURVED_TURNS
    return stability_map(objective, OPTIMIZERS[PLAIN], np.array([x, y]), rates, momenta, MAP_STEPS, turns)


def _bottom(entry: ClassicFunction, objective: Objective) -> tuple[float, float]:
    """The largest curvature at a minimum, and the loss there."""
    point = np.array(entry.minima[0])
    return float(np.linalg.eigvalsh(objective.hessian(point))[-1]), objective.loss(point)


def _above(
    entry: ClassicFunction,
    objective: Objective,
    surface: Surface,
    walkers: list[Walker],
    paths: Paths,
    step: int,
    start: Array,
    here: Curvature | None,
    many: tuple[Array, Array] | None,
) -> FigurePart:
    left, right, low, high = entry.box
    traces = [contour(surface, "f")]
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
                _ends_in_words(objective, entry, walkers, paths, step)
                if many is None
                else _many_in_words(entry, walkers[0], many[1]),
            ),
        ),
    )  # fmt: skip


def _ends_in_words(
    objective: Objective, entry: ClassicFunction, walkers: list[Walker], paths: Paths, step: int
) -> Sentence:
    said = []
    for walker, losses in zip(walkers, paths.losses[:, step], strict=True):
        if not np.isfinite(losses):
            said.append(sentence("{name} has run away", name=walker.label))
        else:
            said.append(sentence("{name} has f = {loss}", name=walker.label, loss=exact_number(float(losses))))
    lowest = objective.loss(np.array(entry.minima[0]))
    return sentence(
        "After {step} steps {said}; the minimum is {lowest}.",
        step=step, said=in_series(said), lowest=exact_number(lowest),
    )  # fmt: skip


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


def _losses(walkers: list[Walker], paths: Paths, step: int, lowest: float) -> FigurePart:
    found = np.maximum(paths.losses - lowest, 0.0)
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


def _in_space(entry: ClassicFunction, surface: Surface, walkers: list[Walker], paths: Paths, step: int) -> FigurePart:
    lowest = float(surface.losses.min())
    floor = 10.0 ** float(np.nanmin(heights(surface.losses)))
    traces = [relief(surface)]
    left, right, low, high = entry.box
    for index, walker in enumerate(walkers):
        points = paths.points[index]
        inside = (points >= [left, low]).all(axis=-1) & (points <= [right, high]).all(axis=-1)
        z = np.log10(np.maximum(paths.losses[index] - lowest, 0.0) + floor)
        traces.append(path_in_space(walker, points, np.where(inside, z, np.nan), step))
    return FigurePart(
        key="space", title="In space", height=440, is_explored=True,
        figure=figure(traces, x="", y="", showlegend=False, scene=scene("x", "y", "log₁₀ f"),
             margin={"l": 0, "r": 0, "t": 8, "b": 0}),
        text="The height is the decimal logarithm of f above its lowest place, so that the floor of a valley shows.",
    )  # fmt: skip


def _behaviour_figure(
    entry: ClassicFunction, found: StabilityMap, bottom: tuple[float, float], values: Values
) -> FigurePart:
    largest = bottom[0]
    colours = (POSITIVE, MARK, NEGATIVE)
    scale = [[edge, colour] for number, colour in enumerate(colours) for edge in (number / 3, (number + 1) / 3)]
    momenta = np.linspace(0.0, 0.98, 60)
    traces = [
        {
            "type": "heatmap", "x": found.rates, "y": found.momenta, "z": found.behaviour.astype(np.int8), "zmin": -0.5,
            "zmax": 2.5, "colorscale": scale, "opacity": 0.55, "name": "behaviour", "hoverinfo": "none",
            "colorbar": {"tickvals": [0, 1, 2], "ticktext": list(BEHAVIOURS), "thickness": 12, "outlinewidth": 0},
        },
        line(edge_of_divergence(largest, momenta), momenta, "2(1 + μ)/λ: runs away", 0,
             line={"color": NEGATIVE, "dash": "solid"}, hoverinfo="none"),
        line(edge_of_swinging(largest, momenta), momenta, "(1 − √μ)²/λ: swings", 0,
             line={"color": TEXT, "dash": "dash"}, hoverinfo="none"),
        spot([(values["rate"], values["momentum"])], "chosen", TEXT, "cross", 14),
    ]  # fmt: skip
    low, high = float(np.log10(found.rates[0])), float(np.log10(found.rates[-1]))
    counts = [int((found.behaviour == number).sum()) for number in range(3)]
    return FigurePart(
        key="behaviour", title="SGD with momentum, for every rate and momentum", height=360,
        pointer=PointerTarget("rate", "momentum"),
        figure=figure(
            traces, x="learning rate η", y="momentum μ", hovermode="closest",
            xaxis={"type": "log", "range": [low, high], "exponentformat": "power", "showgrid": False},
            yaxis={"range": [0, 0.98], "showgrid": False}, paper_bgcolor="rgba(0,0,0,0)",
        ),
        text=joined(
            " ",
            (
                sentence(
                    "From this start {monotone} of {all} paths of {steps} steps come down evenly, {swing} swing, and "
                    "{away} run away.",
                    monotone=counts[0], swing=counts[1], away=counts[2], all=found.behaviour.size, steps=MAP_STEPS,
                ),
                sentence(
                    "The lines are exact for a bowl with the curvature λ = {curvature} of the minimum{where}.",
                    curvature=exact_number(largest),
                    where="" if entry.is_linear else "; elsewhere this function is curved otherwise",
                ),
            ),
        ),
    )  # fmt: skip


CLASSIC = LandscapePicture("classic", "a function of two numbers", _settings, _make)
