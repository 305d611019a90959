"""Pins as arrays: a mask and the values of each pinned layer, as a pass uses them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine.parameters import Array
from mlpviz.engine.spec import NetworkSpec, Pin, SpecError

PinMasks = Mapping[int, tuple[NDArray[np.bool_], Array]]
"""Per pinned layer: which entries (N, O) are pinned, and their values (N, O)."""


def pin_masks(spec: NetworkSpec, samples: int, pins: Sequence[Pin]) -> PinMasks:
    """Masks and values per layer. Raises SpecError naming the first pin (from 1) that lies outside the network."""
    masks: dict[int, tuple[NDArray[np.bool_], Array]] = {}
    for number, pin in enumerate(pins, start=1):
        if not 0 <= pin.layer < len(spec.layers):
            raise SpecError(f"pin {number} is in layer {pin.layer + 1}, expected 1 to {len(spec.layers)}")
        width = spec.layers[pin.layer].outputs
        if not (0 <= pin.unit < width and 0 <= pin.sample < samples):
            raise SpecError(
                f"pin {number} is at sample {pin.sample + 1}, unit {pin.unit + 1}; "
                f"layer {pin.layer + 1} has {samples} samples and {width} units"
            )
        if pin.layer not in masks:
            masks[pin.layer] = (np.zeros((samples, width), dtype=bool), np.zeros((samples, width)))
        mask, values = masks[pin.layer]
        mask[pin.sample, pin.unit] = True
        values[pin.sample, pin.unit] = pin.value
    return masks
