"""What a pass takes besides parameters and x, as arrays: the target as the loss reads it, and the pins as masks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine.losses import one_hot
from mlpviz.engine.parameters import Array
from mlpviz.engine.spec import NetworkSpec, Pin, SpecError

PinMasks = Mapping[int, tuple[NDArray[np.bool_], Array]]
"""Per pinned layer: which entries (N, O) are pinned, and their values (N, O)."""


def reading(spec: NetworkSpec, target: Any) -> NetworkSpec:
    """The network with its loss as it reads a target of class numbers (N,) or of rows of probabilities (N, O).

    Raises SpecError for rows if the loss takes class numbers only.
    """
    has_rows = np.ndim(target) > 1
    if has_rows and spec.loss.target == "classes" and not spec.loss.takes_rows:
        raise SpecError(f"loss {spec.loss.key} takes one class number per sample, no rows of numbers")
    return spec.reading("rows" if has_rows else "numbers")


def as_target(spec: NetworkSpec, target: Any, samples: int, lead: tuple[int, ...] = ()) -> Array | None:
    """The target as the loss reads it: (N, O) floats, class numbers as one-hot rows; None for a loss without target.

    It may have the leading axes `lead` too.

    Raises SpecError naming what was given and what the loss expects.
    """
    weights = spec.loss.sample_weight
    if weights and len(weights) != samples:
        raise SpecError(f"loss {spec.loss.key} has {len(weights)} weights of samples, x has {samples} samples")
    if spec.loss.target == "none":
        return None
    if target is None:
        raise SpecError(f"loss {spec.loss.key} needs a target")
    array = np.asarray(target)
    if array.ndim == 1 and spec.loss.target == "classes" and np.issubdtype(array.dtype, np.integer):
        try:
            array = one_hot(array, spec.outputs)
        except ValueError as error:
            raise SpecError(str(error)) from None
    if array.shape not in ((samples, spec.outputs), (*lead, samples, spec.outputs)):
        shape = " x ".join(map(str, array.shape))
        raise SpecError(f"target has shape {shape}, expected {samples} x {spec.outputs}")
    return np.array(array, dtype=float)


def pin_masks(spec: NetworkSpec, samples: int, pins: Sequence[Pin], dtype: Any = float) -> PinMasks:
    """Masks and values, in `dtype`, per layer.

    Raises SpecError naming the first pin (from 1) that lies outside the network.
    """
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
            masks[pin.layer] = (np.zeros((samples, width), dtype=bool), np.zeros((samples, width), dtype))
        mask, values = masks[pin.layer]
        mask[pin.sample, pin.unit] = True
        values[pin.sample, pin.unit] = pin.value
    return masks
