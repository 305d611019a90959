"""How much of a run the page shows: sizes, counts, and the chosen axes and sample."""

from __future__ import annotations

from typing import NamedTuple


class ViewOptions(NamedTuple):
    """Pixels along the edge of a map, units per layer, samples per part, checkpoints on the timeline (`moments`)."""

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
