"""The loss on the line between two points of a network: the start, the ends of runs, or symmetric copies of an end."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from mlpviz.engine.parameters import Array
from mlpviz.exploration.figure import MARK, MUTED, POSITIVE, figure, line
from mlpviz.exploration.setting import ChoiceSetting, ExplorationSetting, SliderSetting
from mlpviz.exploration.subject import Subject
from mlpviz.exploration.view import ExplorationView, FactsPart, FigurePart, PointerTarget, Try, Values
from mlpviz.landscape.curvature import curvature_at
from mlpviz.landscape.surface import LossLine, line_between
from mlpviz.landscape.symmetry import some_copies
from mlpviz.landscape_page.curvature_table import curvature_facts
from mlpviz.landscape_page.drawing import spot
from mlpviz.landscape_page.networks import (
    MOONS,
    LandscapeNetwork,
    more_network_settings,
    network_of,
    network_paths,
    network_settings,
)
from mlpviz.landscape_page.optimizer_choice import Walker, walker_settings, walkers_of
from mlpviz.landscape_page.picture import LandscapePicture
from mlpviz.landscape_page.shown import TWO
from mlpviz.text.sentences import Sentence, exact_number, joined, sentence

START, COPY = "start", "copy"
BEYOND = 0.25


def _settings(values: Values, subject: Subject) -> Iterator[ExplorationSetting]:
    yield from network_settings(values, subject)
    yield from more_network_settings(values)
    walking = list(walker_settings(0.5, 0.03, TWO))
    copies = some_copies(network_of(values, subject).spec, network_of(values, subject).objective.start)
    # the menus offer the ends of all optimizers; that of one that is not chosen is where the first one ended
    ends = tuple((setting.key, f"end of {setting.label}") for setting in walking if setting.key.startswith("o."))
    turned = tuple((f"{COPY}.{number}", f"copy: {name}") for number, (name, _) in enumerate(copies))
    options = ((START, "the start"), *ends, *turned)
    yield ChoiceSetting(key="from", label="from", options=options, default=START, group="Line")
    yield ChoiceSetting(
        key="to", label="to", options=options, default="o.adam", group="Line",
        help="A copy is of the end of the first optimizer: the same network with its hidden units in another order.",
    )  # fmt: skip
    yield SliderSetting(
        key="at", label="place on the line", low=-BEYOND, high=1 + BEYOND, step=0.01, default=1.0, group="Line",
        plays=True, help="0 is one end, 1 the other.",
    )  # fmt: skip
    yield from walking


def _make(values: Values, subject: Subject) -> ExplorationView:
    network, walkers = network_of(values, subject), walkers_of(values)
    ends = _points(network, walkers, values["step"])
    start, end = (ends.get(values[side], ends["first"]) for side in ("from", "to"))
    found = line_between(network.objective, start, end, beyond=BEYOND)
    place = values["at"]
    point = start + place * (end - start)
    loss = network.objective.loss(point)
    distance = float(np.linalg.norm(end - start))
    return ExplorationView(
        parts=(
            _figure(found, place, loss, distance),
            curvature_facts(curvature_at(network.objective, point), network.objective.size, loss, values),
            FactsPart(title="The line", facts=(("length", sentence("{length}", length=exact_number(distance))),)),
        ),
        look_for=(
            "A rise between two low ends is a barrier: the two networks lie in different valleys, however alike they "
            "are.",
            "From the start to an end the loss on the straight line often falls evenly, though no optimizer went that "
            "way.",
        ),
        tries=(
            Try("From the start to the end of Adam", {"network": MOONS, "from": START, "to": "o.adam", "o.adam": True}),
            Try("To a copy that computes the same",
                {"network": MOONS, "from": "o.adam", "to": f"{COPY}.1", "o.adam": True, "o.sgd": False}),
            Try("Between two optimizers",
                {"network": MOONS, "from": "o.sgd", "to": "o.adam", "o.sgd": True, "o.adam": True}),
        ),
    )  # fmt: skip


def _points(network: LandscapeNetwork, walkers: list[Walker], step: int) -> dict[str, Array]:
    """The points by the keys of the menus; "first" is the end of the first optimizer."""
    paths = network_paths(network, tuple(each.choice for each in walkers))
    found = {START: network.objective.start}
    for walker, points in zip(walkers, paths.points, strict=True):
        alive = np.flatnonzero(np.isfinite(points).all(axis=-1))
        found[f"o.{walker.choice.key}"] = points[min(step, int(alive[-1]))]
    found["first"] = found[f"o.{walkers[0].choice.key}"]
    for number, (_, copy) in enumerate(some_copies(network.spec, found["first"])):
        found[f"{COPY}.{number}"] = copy
    return found


def _figure(found: LossLine, place: float, loss: float, distance: float) -> FigurePart:
    losses = np.where(np.isfinite(found.losses), found.losses, np.nan)
    inside = (found.shares >= -1e-9) & (found.shares <= 1 + 1e-9)
    ends = found.losses[inside][[0, -1]]
    traces = [
        line(found.shares, losses, "loss", line={"color": POSITIVE}),
        line([0.0, 1.0], ends, "straight", 2, line={"color": MUTED, "width": 1.5}),
        spot([(place, loss)], "place", MARK, "circle", 13),
    ]
    return FigurePart(
        key="line", title="The loss on the line", height=360, pointer=PointerTarget("at"),
        figure=figure(traces, x="share of the way", y="loss"),
        text=_in_words(found, ends, distance),
    )  # fmt: skip


def _in_words(found: LossLine, ends: Array, distance: float) -> Sentence:
    if not distance:
        return sentence("Both ends are the same point.")
    said = sentence(
        "The loss is {one} at one end and {other} at the other.",
        one=exact_number(float(ends[0])), other=exact_number(float(ends[1])),
    )  # fmt: skip
    if found.barrier < 1e-6 * max(1.0, abs(float(ends.max()))):
        return joined(" ", (said, sentence("Between them it rises nowhere above the straight line: no barrier.")))
    return joined(
        " ",
        (
            said,
            sentence(
                "Between them it rises {rise} above the straight line: a barrier.", rise=exact_number(found.barrier)
            ),
        ),
    )


LINE = LandscapePicture("line", "a network along a line", _settings, _make)
