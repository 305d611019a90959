"""The map of learning rate and momentum over a classic function: where SGD comes down evenly, swings, or runs away."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from mlpviz.engine import OPTIMIZERS
from mlpviz.exploration.figure import MARK, NEGATIVE, POSITIVE, TEXT, figure, line
from mlpviz.exploration.view import FigurePart, PointerTarget, Values
from mlpviz.landscape.classic import CLASSIC_FUNCTIONS, ClassicFunction
from mlpviz.landscape.objective import Objective
from mlpviz.landscape.stability import BEHAVIOURS, StabilityMap, edge_of_divergence, edge_of_swinging, stability_map
from mlpviz.landscape_page.drawing import spot
from mlpviz.landscape_page.shown import PLAIN
from mlpviz.text.sentences import exact_number, joined, sentence

MAP_RATES, MAP_MOMENTA, MAP_STEPS = 41, 25, 80
CURVED_TURNS = 3
"""A path along a bent valley turns of itself: so many turns are swinging."""


def bottom_of(entry: ClassicFunction, objective: Objective) -> tuple[float, float]:
    """The largest curvature at a minimum, and the loss there."""
    point = np.array(entry.minima[0])
    return float(np.linalg.eigvalsh(objective.hessian(point))[-1]), objective.loss(point)


@lru_cache(maxsize=64)
def behaviour_of(key: str, condition: float, x: float, y: float) -> StabilityMap:
    """What SGD does from a start, for every rate and momentum of the map."""
    entry = CLASSIC_FUNCTIONS[key]
    objective = entry.objective(condition)
    largest, _ = bottom_of(entry, objective)
    rates = np.geomspace(0.02 / largest, 6.0 / largest, MAP_RATES)
    momenta = np.linspace(0.0, 0.98, MAP_MOMENTA)
    turns = 1 if entry.is_linear else CURVED_TURNS
    return stability_map(objective, OPTIMIZERS[PLAIN], np.array([x, y]), rates, momenta, MAP_STEPS, turns)


def behaviour_figure(
    entry: ClassicFunction, found: StabilityMap, bottom: tuple[float, float], values: Values
) -> FigurePart:
    """The map of learning rate and momentum, which is their control, with theory's lines."""
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
