"""Figures in the look of all pages: axes, colours by role, and lines. The browser puts the theme's colours in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Literal

import numpy as np
import plotly.graph_objects as go

TEXT, MUTED, RULE, GROUND = "var(--text)", "var(--muted)", "var(--rule)", "var(--bg)"
POSITIVE, NEGATIVE, MARK, UPDATE = "var(--positive)", "var(--negative)", "var(--mark)", "var(--update)"
SERIES = tuple(f"var(--class-{number})" for number in (1, 0, 2, 3, 4, 5, 6, 8, 9, 7))
"""The colours of lines, in their order."""

DASHES: tuple[Literal["solid", "dash", "dot", "dashdot", "longdash"], ...] = (
    "solid", "dash", "dot", "dashdot", "longdash",
)  # fmt: skip
"""The forms of lines: nobody has to tell them apart by their colours alone."""

BY_SIGN = ((0.0, NEGATIVE), (0.5, GROUND), (1.0, POSITIVE))
"""Colours of a map around 0."""
BY_SIZE = ((0.0, GROUND), (1.0, POSITIVE))


def figure(traces: Iterable[Any], *, x: str, y: str, **layout: Any) -> go.Figure:
    """A figure with two axes of these titles; `layout` is added to what all figures have.

    Its properties are not checked, which takes ten times as long as all else: the tests check those of every page.
    """
    look: dict[str, Any] = {
        "template": None,
        "autosize": True,
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "margin": {"l": 48, "r": 12, "t": 8, "b": 40},
        "font": {"color": TEXT, "size": 12},
        "legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "bgcolor": "rgba(0,0,0,0)"},
        "hovermode": "x",
        "modebar": {"bgcolor": "rgba(0,0,0,0)", "color": MUTED, "activecolor": TEXT},
        "xaxis": {**_AXIS, "title": {"text": x, "standoff": 6}},
        "yaxis": {**_AXIS, "title": {"text": y, "standoff": 6}},
    }
    # one layout at once: each update of a figure takes longer than all of its traces
    for key, value in layout.items():
        look[key] = {**look[key], **value} if isinstance(value, dict) and isinstance(look.get(key), dict) else value
    return go.Figure(list(traces), look, _validate=False)


_AXIS = {
    "gridcolor": RULE,
    "zerolinecolor": MUTED,
    "linecolor": RULE,
    "tickcolor": RULE,
    "exponentformat": "e",
    "automargin": True,
}


def line(
    x: Sequence[float] | np.ndarray[Any, Any],
    y: Sequence[float] | np.ndarray[Any, Any],
    name: str,
    number: int = 0,
    **more: Any,
) -> dict[str, Any]:
    """The line with this number among those of a figure: its colour, and its form as a second sign."""
    style = {"color": SERIES[number % len(SERIES)], "width": 2.5, "dash": DASHES[number % len(DASHES)]}
    own = {"type": "scatter", "x": x, "y": y, "name": name, "mode": "lines"}
    return {**own, "line": {**style, **more.pop("line", {})}, **more}


def point(x: float, y: float, name: str, colour: str = MARK, **more: Any) -> dict[str, Any]:
    """A point that is marked; its numbers stand in the text, so the pointer says nothing of it."""
    marker = {"color": colour, "size": 12, "line": {"color": GROUND, "width": 2}}
    own = {"type": "scatter", "x": [x], "y": [y], "name": name, "mode": "markers", "marker": marker}
    return {**own, "showlegend": False, "hoverinfo": "skip", **more}


def upright(x: float) -> dict[str, Any]:
    """A line from the bottom to the top of a figure, as one of its `shapes`."""
    return {
        **{"type": "line", "x0": x, "x1": x, "yref": "paper", "y0": 0, "y1": 1},
        "line": {"color": MUTED, "width": 1, "dash": "dot"},
    }
