"""What a training pass draws: dropout masks of 0 and 1, and the slopes of activations that draw them, per layer.

They come from a Generator, or are given and checked. `norm_dropout_skip.py` applies them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from mlpviz.engine.parameters import Array
from mlpviz.engine.spec import NetworkSpec, SpecError


class SlopesOf(NamedTuple):
    """The key of the slopes (..., N, O) that the activation of a layer (from 0) has drawn."""

    layer: int


DropoutMasks = Mapping[int | SlopesOf, Array]
"""Per layer (from 0) with dropout: (..., N, O), 1 where the unit is kept and 0 where it is dropped.

Beside the masks there are the slopes of layers that draw them.
"""


def draw_masks(
    spec: NetworkSpec, samples: int, rng: np.random.Generator, lead: tuple[int, ...] = (), dtype: Any = float
) -> dict[int | SlopesOf, Array]:
    """New masks (*lead, N, O) for one batch, in the order of the layers; a unit is kept with probability 1 - dropout.

    Before the mask of a layer come its slopes, where the activation draws them. `dtype` is that of the parameters. In a
    network without dropout and such activations nothing is drawn.
    """
    drawn: dict[int | SlopesOf, Array] = {}
    for index, layer in enumerate(spec.layers):
        shape = (*lead, samples, layer.outputs)
        if layer.activation.alpha == "draw":
            drawn[SlopesOf(index)] = rng.uniform(*layer.activation.alpha_range, shape).astype(dtype)
        if layer.dropout:
            drawn[index] = (rng.random(shape) >= layer.dropout).astype(dtype)
    return drawn


def draws_anything(spec: NetworkSpec) -> bool:
    """Whether a training pass of the network draws anything."""
    return any(layer.dropout or layer.activation.alpha == "draw" for layer in spec.layers)


def check_masks(
    spec: NetworkSpec, samples: int, masks: Mapping[int | SlopesOf, Any], dtype: Any = float
) -> dict[int | SlopesOf, Array]:
    """The masks and slopes as arrays in `dtype`.

    Raises SpecError naming the first layer (from 1) whose mask or slopes are missing, superfluous or do not fit.
    """
    for key in masks:
        index = key.layer if isinstance(key, SlopesOf) else key
        layer = spec.layers[index] if 0 <= index < len(spec.layers) else None
        if isinstance(key, SlopesOf) and (layer is None or layer.activation.alpha != "draw"):
            raise SpecError(f"layer {index + 1} draws no slopes, but some are given for it")
        if not isinstance(key, SlopesOf) and (layer is None or not layer.dropout):
            raise SpecError(f"layer {index + 1} has no dropout, but a mask is given for it")
    checked: dict[int | SlopesOf, Array] = {}
    for index, layer in enumerate(spec.layers):
        if layer.activation.alpha == "draw":
            checked[SlopesOf(index)] = _slopes(masks, index, (samples, layer.outputs), dtype)
        if not layer.dropout:
            continue
        if index not in masks:
            raise SpecError(f"layer {index + 1} has dropout: a training pass needs its mask")
        mask = np.array(masks[index], dtype=dtype)
        if mask.shape[-2:] != (samples, layer.outputs):
            shape = " x ".join(map(str, mask.shape))
            raise SpecError(
                f"the dropout mask of layer {index + 1} has shape {shape}, expected {samples} x {layer.outputs}"
            )
        if not ((mask == 0.0) | (mask == 1.0)).all():
            raise SpecError(f"the dropout mask of layer {index + 1} has a number other than 0 and 1")
        if layer.dropout == 1.0 and mask.any():
            raise SpecError(f"the dropout mask of layer {index + 1} keeps a unit, with dropout 1 it keeps none")
        checked[index] = mask
    return checked


def _slopes(masks: Mapping[int | SlopesOf, Any], index: int, shape: tuple[int, int], dtype: Any) -> Array:
    if SlopesOf(index) not in masks:
        raise SpecError(f"layer {index + 1} draws its slopes: a training pass needs them")
    slopes = np.array(masks[SlopesOf(index)], dtype=dtype)
    if slopes.shape[-2:] != shape:
        given, expected = (" x ".join(map(str, each)) for each in (slopes.shape, shape))
        raise SpecError(f"the slopes of layer {index + 1} have shape {given}, expected {expected}")
    return slopes
