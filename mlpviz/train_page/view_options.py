"""What a training page holds already, and how much it wants to see: what a frame is made for. Refuses to know frames.

seen_in(frame) -> Seen     what the browser holds once it has this frame
"""

from __future__ import annotations

from typing import NamedTuple


class ClientCache(NamedTuple):
    """What a browser holds: per lane and branch (generation, rows) of the curves; the same of the bands in focus."""

    run: str = ""
    curves: tuple[tuple[int, int, int, int], ...] = ()
    """lane, branch, generation, rows"""
    bands: tuple[int, int, int] | None = None
    """lane, generation, rows"""


EMPTY_CACHE = ClientCache()


class ViewOptions(NamedTuple):
    """How much of it a page wants: pixels along a map's edge, units per layer, samples per part, moments."""

    map: int = 100
    small_map: int = 40
    unit_map: int = 24
    units: int = 16
    curve: int = 200
    samples: int = 1000
    moments: int = 200
    axes: tuple[int, int] = (0, 1)
    """features of the plane, from 0"""
    sample: int = 0
    """row of the pictured sample, from 0"""


DEFAULT_VIEW = ViewOptions()
