"""The outputs of a network over a plane of two features or along one, and what each of its units responds to there.

Pure: a member and a checkpoint give plain data, with one forward pass over all pixels.
"""

from __future__ import annotations

from math import isqrt
from typing import NamedTuple, TypedDict

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine import evaluate
from mlpviz.engine.passes import Forward
from mlpviz.runs import CheckpointView
from mlpviz.runs.member import Member
from mlpviz.runs.predictions import read, scaled
from mlpviz.schema.json_arrays import grid, nullable, numbered
from mlpviz.train_page.frame_schema import CurveMap, PlaneMap, UnitMaps

MARGIN = 0.1
"""How far the map goes beyond the samples, as a share of their range."""

MOST_KEPT = 4
"""Views of a member whose pixels are kept: its large map and the small ones of its units, for two choices of axes."""


_MOST_NUMBERS = 10_000_000
"""in one pass over all pixels: a network of thousands of units, or a table of as many columns, has coarser maps"""
_LEAST = 8


class Axis(TypedDict):
    """One axis of the map: a feature, its name, and its range in the units of the table (before scaling)."""

    feature: int
    name: str
    low: float
    high: float


class MapView(NamedTuple):
    """What a map is over: features from 0 with their ranges, in units of the table; `centre` (I,) holds the others.

    `most` are the pixels that a side of a plane may have.
    """

    axes: tuple[Axis, ...]
    centre: NDArray[np.float64]
    most: int


def view_of(member: Member, axes: tuple[int, int]) -> MapView:
    """The view along the only feature, or over two of them; numbers that are no features fall back to the first two."""
    table, (lows, highs) = member.built.table, member.ranges
    features = table.x.shape[1]
    if features == 1:
        chosen: tuple[int, ...] = (0,)
    else:
        chosen = axes if axes[0] != axes[1] and all(0 <= axis < features for axis in axes) else (0, 1)
    found = []
    for feature in chosen:
        low, high = float(lows[feature]), float(highs[feature])
        margin = MARGIN * (high - low) or 1.0
        found.append(Axis(feature=feature, name=table.feature_names[feature], low=low - margin, high=high + margin))
    widths = features + member.built.features.count + member.built.spec.units
    return MapView(tuple(found), member.centre, max(_LEAST, isqrt(_MOST_NUMBERS // widths)))


def pixels(view: MapView, size: int) -> NDArray[np.float64]:
    """Samples (N, I) in units of the table: `size` along a curve; size² over a plane, the top row first."""
    if len(view.axes) == 1:
        (axis,) = view.axes
        return np.linspace(axis["low"], axis["high"], size)[:, None]
    across, up = (np.linspace(axis["low"], axis["high"], size) for axis in view.axes)
    x = np.tile(view.centre, (size * size, 1))
    x[:, view.axes[0]["feature"]] = np.tile(across, size)
    x[:, view.axes[1]["feature"]] = np.repeat(up[::-1], size)
    return x


def _side(view: MapView, size: int) -> int:
    """The size that is affordable: places along one feature always are."""
    return min(size, view.most) if len(view.axes) == 2 else size


def answer_map(member: Member, checkpoint: CheckpointView, view: MapView, size: int) -> PlaneMap | CurveMap | None:
    """The predictions of the network: over the plane with size² pixels, along one feature at `size` places.

    None for pictures: a plane of two pixels says nothing, and would cost as much as an epoch.
    """
    if member.built.table.image_shape is not None:
        return None
    size = _side(view, size)
    prediction = read(member, checkpoint.spec, _pass(member, checkpoint, view, size).a[-1])
    if len(view.axes) == 1:
        y = prediction.values if prediction.values is not None else prediction.probabilities
        assert y is not None  # noqa: S101  # a prediction has either
        return CurveMap(kind="curve", x=pixels(view, size)[:, 0].tolist(), y=nullable(y.T))
    if prediction.values is not None:
        return PlaneMap(kind="values", winner=None, strength=grid(prediction.values[:, 0].reshape(size, size)))
    p = prediction.probabilities
    assert p is not None  # noqa: S101  # a prediction has either
    assert prediction.classes is not None  # noqa: S101
    if p.shape[1] == 2:
        return PlaneMap(kind="classes", winner=None, strength=grid(p[:, 1].reshape(size, size), 0.0, 1.0))
    winner = prediction.classes.reshape(size, size)
    return PlaneMap(
        kind="classes", winner=numbered(winner), strength=grid(p.max(axis=1).reshape(size, size), 0.0, 1.0)
    )  # fmt: skip


def input_maps(member: Member, view: MapView, size: int, most: int) -> UnitMaps:
    """What the first inputs of the network are over the view, shifted so that the middle of each range is 0."""
    features = member.built.features
    maps = UnitMaps(layer=-1, width=features.count, dead=[], grids=[], curves=[])
    if member.built.table.image_shape is not None:
        return maps
    size = _side(view, size)
    inputs = features.of(pixels(view, size))[:, :most]
    with np.errstate(all="ignore"):
        inputs = inputs - (np.nanmin(inputs, axis=0) + np.nanmax(inputs, axis=0)) / 2.0
    if len(view.axes) == 1:
        return maps | {"curves": nullable(inputs.T)}
    return maps | {"grids": [grid(column.reshape(size, size)) for column in inputs.T]}


def unit_maps(
    member: Member, checkpoint: CheckpointView, view: MapView, size: int, units: int, dead: list[tuple[int, ...]]
) -> list[UnitMaps]:
    """What the first `units` units of each layer respond to; `dead` are the dead ones of each layer.

    Where samples are pictures: the weights of the first layer, one picture per unit, and nothing for the other layers.
    """
    shape = member.built.table.image_shape
    if shape is not None:
        return _weight_pictures(checkpoint, shape, units, dead)
    size = _side(view, size)
    outputs = _pass(member, checkpoint, view, size).a[1:]
    plane = len(view.axes) == 2
    maps = []
    for layer, a in enumerate(outputs):
        shown = a[:, :units]
        maps.append(
            UnitMaps(
                layer=layer,
                width=a.shape[1],
                dead=list(dead[layer]),
                grids=[grid(column.reshape(size, size)) for column in shown.T] if plane else [],
                curves=[] if plane else nullable(shown.T),
            )
        )
    return maps


def _weight_pictures(
    checkpoint: CheckpointView, shape: tuple[int, int], units: int, dead: list[tuple[int, ...]]
) -> list[UnitMaps]:
    maps = []
    for layer, (view, found) in enumerate(zip(checkpoint.spec.views(checkpoint.params), dead, strict=True)):
        rows = view.weight[:units] if not layer else ()
        grids = []
        for row in rows:
            largest = float(np.abs(row[np.isfinite(row)]).max(initial=0.0)) or 1.0
            grids.append(grid(row.reshape(shape), -largest, largest))
        maps.append(UnitMaps(layer=layer, width=len(view.weight), dead=list(found), grids=grids, curves=[]))
    return maps


def _pass(member: Member, checkpoint: CheckpointView, view: MapView, size: int) -> Forward:
    # a byte per pixel needs no more than float32, and tanh is several times faster in it
    with np.errstate(all="ignore"):
        params, buffers = (array.astype(np.float32) for array in (checkpoint.params, checkpoint.buffers))
    return evaluate(checkpoint.spec, params, _inputs(member, view, size), buffers)


def _inputs(member: Member, view: MapView, size: int) -> NDArray[np.float32]:
    """The pixels as the network reads them. They are the same for every picture of a run."""
    kept, key = member.map_inputs, (*(axis["feature"] for axis in view.axes), size)
    found = kept.get(key)
    if found is None:
        with np.errstate(all="ignore"):
            found = scaled(member, pixels(view, size)).astype(np.float32)
        if len(kept) == MOST_KEPT:
            kept.clear()
        kept[key] = found
    return found
