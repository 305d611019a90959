"""The map of settings as it fills: a coarse picture at once, then cell after cell; a whole one is kept."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from mlpviz.engine.parameters import Array
from mlpviz.gradient_flow.deep_network import SCALED_NORMAL, FlowSettings
from mlpviz.gradient_flow.maps import (
    COARSE_SAMPLES,
    COARSE_SEEDS,
    COARSE_WIDTH,
    DEPTHS,
    FULL_SAMPLES,
    FULL_SEEDS,
    SIGMAS,
    MapCells,
    depth_cells,
    initializer_cells,
)
from mlpviz.gradient_flow.shown import ACTIVATIONS_SHOWN, INITIALIZERS_SHOWN

SLICE = 0.08
"""seconds of work between two pictures"""

DEPTH_SEEDS, DEPTH_WIDTH = 2, 32
"""of the map of depths, whose rows have all σ_w at once"""

KEPT = 32
_whole: OrderedDict[FlowSettings, Array] = OrderedDict()


@dataclass(eq=False)
class MapWork:
    """A map that is being computed: the decimal logarithms of its ratios (rows, columns), and how much is done."""

    key: FlowSettings
    values: Array
    cells: Iterator[MapCells] = field(repr=False)
    done: int = 0

    @property
    def share(self) -> float:
        """How much of it is there: 0 to 1."""
        return self.done / self.values.size

    def go_on(self) -> MapWork:
        """The map after some more work; the same one when it is whole."""
        values, done, until = self.values.copy(), self.done, time.monotonic() + SLICE
        for row, column, logarithms in self.cells:
            values[row, column : column + len(logarithms)] = logarithms
            done += len(logarithms)
            if time.monotonic() > until:
                break
        if done == self.done:  # nothing comes where this map has been asked to go on before: it stays as it is
            return MapWork(self.key, values, self.cells, values.size)
        if done == values.size:
            _keep(self.key, values)
        return MapWork(self.key, values, self.cells, done)


def initializer_map(settings: FlowSettings) -> MapWork:
    """The map of initializers and activations with all else as in the settings; first only every second cell."""
    key = settings.replaced(initializer="", activation="", samples=min(FULL_SAMPLES, settings.samples))
    if key in _whole:
        return _finished(key)
    coarse = key.replaced(samples=min(COARSE_SAMPLES, key.samples), width=min(COARSE_WIDTH, key.width))
    found = np.empty((len(INITIALIZERS_SHOWN[::2]), len(ACTIVATIONS_SHOWN[::2])))
    for row, column, (logarithm,) in initializer_cells(
        coarse, COARSE_SEEDS, INITIALIZERS_SHOWN[::2], ACTIVATIONS_SHOWN[::2]
    ):
        found[row, column] = logarithm
    values = np.repeat(np.repeat(found, 2, axis=0), 2, axis=1)[: len(INITIALIZERS_SHOWN), : len(ACTIVATIONS_SHOWN)]
    return MapWork(key, values, initializer_cells(key, FULL_SEEDS))


def depth_map(settings: FlowSettings) -> MapWork:
    """The map of depths and σ_w; first only a few of both."""
    key = settings.replaced(
        initializer=SCALED_NORMAL, sigma_w=0.0, depth=0, width=min(DEPTH_WIDTH, settings.width),
        samples=min(FULL_SAMPLES, settings.samples),
    )  # fmt: skip
    if key in _whole:
        return _finished(key)
    values = np.empty((len(DEPTHS), len(SIGMAS)))
    coarse = key.replaced(samples=min(COARSE_SAMPLES, key.samples))
    for row, _, logarithms in depth_cells(coarse, COARSE_SEEDS, SIGMAS[::4], DEPTHS[::4]):
        values[4 * row : 4 * row + 4] = np.repeat(logarithms, 4)[: len(SIGMAS)]
    return MapWork(key, values, depth_cells(key, DEPTH_SEEDS))


def _finished(key: FlowSettings) -> MapWork:
    _whole.move_to_end(key)
    return MapWork(key, _whole[key], iter(()), _whole[key].size)


def _keep(key: FlowSettings, values: Array) -> None:
    values.flags.writeable = False
    _whole[key] = values
    while len(_whole) > KEPT:
        _whole.popitem(last=False)
