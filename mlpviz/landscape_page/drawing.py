"""What the figures of all landscapes are made of: contours, a surface, paths, points and arrows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from mlpviz.engine.parameters import Array
from mlpviz.exploration.figure import BY_SIZE, DASHES, GROUND, MARK, MUTED, RULE, SERIES, TEXT
from mlpviz.landscape.surface import Surface
from mlpviz.landscape_page.optimizer_choice import Walker

CONTOURS = 18


def heights(losses: Array) -> Array:
    """What a landscape is drawn by: the decimal logarithm of the loss above the lowest one, so that valleys show.

    The lowest loss itself stands a little below the others; what is not finite is a gap.
    """
    finite = np.isfinite(losses)
    if not finite.any():
        return np.full(losses.shape, np.nan)
    low, high = float(losses[finite].min()), float(losses[finite].max())
    above = np.where(finite, losses - low, np.nan)
    positive = above[finite & (above > 0)] if (above[finite] > 0).any() else np.array([1.0])
    floor = max(float(positive.min()), 1e-6 * (high - low), 1e-12)
    return np.log10(above + floor)


def contour(surface: Surface, name: str = "loss") -> dict[str, Any]:
    """The landscape from above."""
    drawn = heights(surface.losses)
    return {
        "type": "contour", "x": surface.x, "y": surface.y, "z": drawn.astype(np.float32), "name": name,
        "colorscale": [list(pair) for pair in BY_SIZE], "showscale": False, "ncontours": CONTOURS, "hoverinfo": "none",
        "line": {"width": 0.7, "color": MUTED}, "contours": {"coloring": "heatmap"},
    }  # fmt: skip


def relief(surface: Surface) -> dict[str, Any]:
    """The landscape as a surface in space."""
    return {
        "type": "surface", "x": surface.x, "y": surface.y, "z": heights(surface.losses).astype(np.float32),
        "colorscale": [list(pair) for pair in BY_SIZE], "showscale": False, "name": "loss", "hoverinfo": "none",
        "opacity": 0.92, "contours": {"z": {"show": True, "color": MUTED, "width": 1}},
    }  # fmt: skip


def scene(x: str, y: str, z: str) -> dict[str, Any]:
    """The layout of a figure in space."""
    axis = {"gridcolor": RULE, "color": TEXT, "backgroundcolor": GROUND, "showbackground": False}
    return {
        "xaxis": {**axis, "title": {"text": x}}, "yaxis": {**axis, "title": {"text": y}},
        "zaxis": {**axis, "title": {"text": z}}, "aspectmode": "cube",
        "camera": {"eye": {"x": 1.65, "y": -1.8, "z": 1.15}, "up": {"x": 0, "y": 0, "z": 1}},
    }  # fmt: skip


def path(walker: Walker, places: Array, step: int) -> list[dict[str, Any]]:
    """The way of one optimizer (T, 2) until a step, and a point where it is then."""
    own = places[: step + 1]
    own = own[np.isfinite(own).all(axis=-1)]
    colour, dash = SERIES[walker.number % len(SERIES)], DASHES[walker.number // len(SERIES) % len(DASHES)]
    found: list[dict[str, Any]] = [
        {
            "type": "scatter", "x": own[:, 0], "y": own[:, 1], "mode": "lines+markers", "name": walker.label,
            "line": {"color": colour, "width": 2.5, "dash": dash}, "marker": {"size": 4, "color": colour},
            "hoverinfo": "none",
        }
    ]  # fmt: skip
    if len(own):
        found.append(spot(own[-1:], f"{walker.label}, now", colour, "circle", 12))
    return found


def path_in_space(walker: Walker, places: Array, z: Array, step: int) -> dict[str, Any]:
    """The way of one optimizer over the surface; z (T,) are heights."""
    own, height = places[: step + 1], z[: step + 1]
    kept = np.isfinite(own).all(axis=-1) & np.isfinite(height)
    return {
        "type": "scatter3d", "x": own[kept, 0], "y": own[kept, 1], "z": height[kept], "mode": "lines",
        "name": walker.label, "line": {"color": SERIES[walker.number % len(SERIES)], "width": 6}, "hoverinfo": "none",
    }  # fmt: skip


def spot(
    places: Array | Sequence[Array] | Sequence[tuple[float, float]], name: str, colour: str, symbol: str, size: int
) -> dict[str, Any]:
    """Points (K, 2) that are marked by a form."""
    own = np.asarray(places, dtype=float).reshape(-1, 2)
    return {
        "type": "scatter", "x": own[:, 0], "y": own[:, 1], "mode": "markers", "name": name, "showlegend": False,
        "marker": {"color": colour, "size": size, "symbol": symbol, "line": {"color": GROUND, "width": 1.5}},
        "hoverinfo": "none",
    }  # fmt: skip


def minima(places: Sequence[tuple[float, float]]) -> dict[str, Any]:
    """Known minima."""
    return {**spot(places, "minimum", MARK, "star", 14), "showlegend": True}


def _arrow(start: Array, end: Array, colour: str) -> dict[str, Any]:
    """An annotation that points from one place (2,) to another one."""
    return {
        "x": float(end[0]), "y": float(end[1]), "ax": float(start[0]), "ay": float(start[1]), "xref": "x", "yref": "y",
        "axref": "x", "ayref": "y", "showarrow": True, "arrowhead": 2, "arrowsize": 1.2, "arrowwidth": 2.5,
        "arrowcolor": colour, "text": "",
    }  # fmt: skip


def _label(place: Array, text: str, box: tuple[float, float, float, float]) -> dict[str, Any]:
    """A text above a place (2,), which stays within the picture."""
    share = (float(place[0]) - box[0]) / (box[1] - box[0])
    return {
        "xanchor": "left" if share < 0.15 else "right" if share > 0.85 else "center",
        "x": float(place[0]), "y": float(place[1]), "text": text, "showarrow": False, "yshift": 14,
        "font": {"color": TEXT, "size": 12}, "bgcolor": GROUND, "opacity": 0.85,
    }  # fmt: skip


def arrows(start: Array, steps: Sequence[tuple[Array, str, str]], box: tuple[float, float, float, float]) -> list[Any]:
    """Arrows from one place along steps (2,) with a colour and a text: as long as they are, but within the picture."""
    found: list[Any] = []
    reach = np.array([box[1] - box[0], box[3] - box[2]])
    for step, colour, text in steps:
        size = float(np.max(np.abs(step) / reach)) if np.isfinite(step).all() else 0.0
        if size < 1e-9:
            continue
        factor = min(1.0, 0.45 / size) * max(1.0, 0.08 / size)
        found += [_arrow(start, start + factor * step, colour), _label(start + factor * step, text, box)]
    return found
