"""The map of settings as a figure, with the network that is looked at and theory's edge of chaos on it."""

from __future__ import annotations

from typing import Any

import numpy as np

from mlpviz.engine import ACTIVATIONS
from mlpviz.engine.parameters import Array
from mlpviz.exploration.figure import BY_SIGN, MARK, TEXT, figure
from mlpviz.exploration.view import FigurePart, PointerTarget, Values
from mlpviz.gradient_flow.deep_network import FlowSettings
from mlpviz.gradient_flow.maps import DEPTHS, SIGMAS
from mlpviz.gradient_flow.shown import ACTIVATIONS_SHOWN, INITIALIZERS_SHOWN
from mlpviz.gradient_flow.theory import chi_of, edge_of_chaos, has_edge, sides_of_the_edge
from mlpviz.gradient_flow_page.form import ALL_ACTIVATIONS, ALL_INITIALIZERS
from mlpviz.text.numbers import format_number
from mlpviz.text.sentences import Sentence, exact_number, joined, sentence

STRONG = 6.0
"""Decimal powers at which the colours of the map are full."""

MARKS = {1: ("above the edge", "triangle-up"), 0: ("at the edge", "circle"),
         -1: ("below", "triangle-down")}  # fmt: skip
"""How theory's side of the edge of chaos is drawn."""

HUNDREDTH = 2.0
"""Decimal powers at which the lines of theory stand: a hundredth, and a hundredfold."""


def initializer_figure(values: Values, settings: FlowSettings, logarithms: Array, whole: bool) -> FigurePart:
    """Initializers by activations; pressing a cell chooses both. A whole map has the marks of theory."""
    names = dict(ALL_ACTIVATIONS), dict(ALL_INITIALIZERS)
    x, y = [names[0][key] for key in ACTIVATIONS_SHOWN], [names[1][key] for key in INITIALIZERS_SHOWN]
    traces: list[Any] = [_heat(x, y, logarithms)]
    sides = sides_of_the_edge(settings) if whole else None
    if sides is not None:
        traces += [_marks(x, y, sides == side, *mark) for side, mark in MARKS.items()]
    if values["activation"] in ACTIVATIONS_SHOWN and values["initializer"] in INITIALIZERS_SHOWN:
        traces.append(_here(names[0][values["activation"]], names[1][values["initializer"]]))
    return FigurePart(
        key="map", title="Gradient of the first layer over that of the last, by initializer and activation", height=400,
        pointer=PointerTarget("activation", "initializer"),
        figure=figure(
            traces, x="", y="", hovermode="closest", showlegend=False,
            xaxis={"type": "category", "showgrid": False, "tickangle": -90, "dtick": 1},
            yaxis={"type": "category", "showgrid": False, "autorange": "reversed", "dtick": 1},
        ),
        text=joined(" ", (_initializers_in_words(logarithms), _edge_in_words(settings, sides))),
    )  # fmt: skip


def depth_figure(values: Values, settings: FlowSettings, logarithms: Array) -> FigurePart:
    """Depths by σ_w, with the edge of chaos and the lines at which theory has a hundredth and a hundredfold."""
    traces: list[Any] = [_heat(list(SIGMAS), list(DEPTHS), logarithms)]
    edge = edge_of_chaos(settings.activation, settings.sigma_b)
    if edge is not None and SIGMAS[0] <= edge <= SIGMAS[-1]:
        traces.append(
            _theory([edge, edge], [DEPTHS[0], DEPTHS[-1]], f"edge of chaos, σ_w = {format_number(edge)}", "solid")
        )
    if ACTIVATIONS[settings.activation].elementwise and not ACTIVATIONS[settings.activation].alpha:
        sigmas = np.geomspace(SIGMAS[0], SIGMAS[-1], 60)
        with np.errstate(all="ignore"):
            depths = 1.0 + 2.0 * HUNDREDTH / np.abs(
                np.log10(chi_of(ACTIVATIONS[settings.activation], sigmas, settings.sigma_b))
            )
        depths = np.where(depths <= DEPTHS[-1], depths, np.nan)
        if np.isfinite(depths).any():
            traces.append(_theory(sigmas, depths, "theory: 1/100 or 100", "dash"))
    traces.append(_here(values.get("sigma_w", 1.0), values["depth"]))
    ticks = [0.5, 0.7, 1, 1.4, 2, 2.8, 4]
    return FigurePart(
        key="map", title="Gradient of the first layer over that of the last, by weight scale and depth", height=360,
        pointer=PointerTarget("sigma_w", "depth"),
        figure=figure(
            traces, x="weight scale σ_w", y="depth", hovermode="closest",
            xaxis={"type": "log", "tickvals": ticks, "ticktext": [str(tick) for tick in ticks], "showgrid": False,
                   "range": [float(np.log10(SIGMAS[0])), float(np.log10(SIGMAS[-1]))]},
            yaxis={"showgrid": False, "range": [DEPTHS[0], DEPTHS[-1]], "zeroline": False},
        ),
        text=_depths_in_words(settings, edge, logarithms),
    )  # fmt: skip


def _heat(x: list[Any], y: list[Any], logarithms: Array) -> dict[str, Any]:
    shown = np.where(np.isneginf(logarithms), -99.0, logarithms)
    ticks = [-6, -4, -2, 0, 2, 4, 6]
    return {
        "type": "heatmap", "x": x, "y": y, "z": shown, "zmin": -STRONG, "zmax": STRONG, "zmid": 0.0, "name": "map",
        "colorscale": [list(pair) for pair in BY_SIGN], "hoverinfo": "none",
        "colorbar": {"title": {"text": "ratio", "side": "right"}, "tickvals": ticks,
                     "ticktext": [_power(tick) for tick in ticks],
                     "thickness": 12, "outlinewidth": 0},
    }  # fmt: skip


def _power(tick: int) -> str:
    return "1" if not tick else f"10<sup>{str(tick).replace('-', '−')}</sup>"


def _marks(x: list[str], y: list[str], where: Array, name: str, symbol: str) -> dict[str, Any]:
    rows, columns = np.nonzero(where)
    return {
        "type": "scatter", "x": [x[column] for column in columns], "y": [y[row] for row in rows], "mode": "markers",
        "name": name, "hoverinfo": "skip",
        "marker": {"symbol": symbol, "size": 8, "color": MARK, "line": {"color": TEXT, "width": 1}},
    }  # fmt: skip


def _edge_in_words(settings: FlowSettings, sides: Array | None) -> Sentence:
    if not has_edge(settings):
        return sentence(
            "Theory has its edge of chaos for plain layers: with a norm or residual connections the map has no marks."
        )
    if sides is None:
        return sentence("The marks of theory come with the whole map.")
    return sentence(
        "Theory: in {count} cells (circles) the weight scale is at the edge of chaos of the activation. Triangles "
        "point up where it is above, and gradients grow, down where it is below, and they fade; no mark: theory has no "
        "edge.",
        count=int((sides == 0).sum()),
    )


def _here(x: float | str, y: float | str) -> dict[str, Any]:
    return {
        "type": "scatter", "x": [x], "y": [y], "mode": "markers", "name": "this network", "showlegend": False,
        "marker": {"symbol": "square-open", "size": 18, "color": TEXT, "line": {"width": 3}}, "hoverinfo": "skip",
    }  # fmt: skip


def _theory(x: Any, y: Any, name: str, dash: str) -> dict[str, Any]:
    return {
        "type": "scatter", "x": x, "y": y, "mode": "lines", "name": name, "hoverinfo": "skip",
        "line": {"color": MARK, "width": 2.5, "dash": dash},
    }  # fmt: skip


def _initializers_in_words(logarithms: Array) -> Sentence:
    names = dict(ALL_ACTIVATIONS), dict(ALL_INITIALIZERS)
    sizes = np.where(np.isfinite(logarithms), np.abs(logarithms), np.inf)
    best, worst = (np.unravel_index(int(each), sizes.shape) for each in (sizes.argmin(), sizes.argmax()))

    def cell(place: Any) -> Sentence:
        return sentence(
            "{initializer} with {activation} ({ratio})",
            initializer=names[1][INITIALIZERS_SHOWN[place[0]]],
            activation=names[0][ACTIVATIONS_SHOWN[place[1]]],
            ratio=exact_number(10.0 ** float(logarithms[place])),
        )

    vanish, explode = int(np.sum(~(logarithms >= -1))), int(np.sum(logarithms > 1))
    return joined(
        " ",
        (
            sentence("Nearest to 1 is {best}, farthest from it {worst}.", best=cell(best), worst=cell(worst)),
            sentence(
                "In {vanish} of {all} cells less than a tenth of the gradient reaches the first layer, in {explode} it "
                "has grown more than tenfold.",
                vanish=vanish, explode=explode, all=logarithms.size,
            ),
        ),
    )  # fmt: skip


def _depths_in_words(settings: FlowSettings, edge: float | None, logarithms: Array) -> Sentence:
    last = logarithms[-1]
    ends = sentence(
        "At depth {depth} the ratio goes from {low} at σ_w = {least} to {high} at σ_w = {most}.",
        depth=DEPTHS[-1], low=exact_number(10.0 ** float(last[0])), high=exact_number(10.0 ** float(last[-1])),
        least=exact_number(SIGMAS[0]), most=exact_number(SIGMAS[-1]),
    )  # fmt: skip
    label = ACTIVATIONS[settings.activation].label
    if edge is None:
        return joined(" ", (ends, sentence("Theory knows no edge of chaos for {label}.", label=label)))
    return joined(
        " ",
        (
            ends,
            sentence("Theory has the edge of chaos of {label} at σ_w = {edge}.", label=label, edge=exact_number(edge)),
        ),
    )
