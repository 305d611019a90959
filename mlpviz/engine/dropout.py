"""Dropout masks of 0 and 1 per layer, drawn from a Generator or given and checked.

`norm_dropout_skip.py` applies them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from mlpviz.engine.parameters import Array
from mlpviz.engine.spec import NetworkSpec, SpecError

DropoutMasks = Mapping[int, Array]
"""Per layer (from 0) with dropout: (..., N, O), 1 where the unit is kept and 0 where it is dropped."""


def draw_masks(
    spec: NetworkSpec, samples: int, rng: np.random.Generator, lead: tuple[int, ...] = (), dtype: Any = float
) -> dict[int, Array]:
    """New masks (*lead, N, O) for one batch, in the order of the layers; a unit is kept with probability 1 - dropout.

    `dtype` is that of the parameters. In a network without dropout nothing is drawn.
    """
    return {
        index: (rng.random((*lead, samples, layer.outputs)) >= layer.dropout).astype(dtype)
        for index, layer in enumerate(spec.layers)
        if layer.dropout
    }


def check_masks(spec: NetworkSpec, samples: int, masks: Mapping[int, Any], dtype: Any = float) -> dict[int, Array]:
    """The masks as arrays in `dtype`.

    Raises SpecError naming the first layer (from 1) whose mask is missing, superfluous or does not fit.
    """
    for index in masks:
        if not 0 <= index < len(spec.layers) or not spec.layers[index].dropout:
            raise SpecError(f"layer {index + 1} has no dropout, but a mask is given for it")
    checked = {}
    for index, layer in enumerate(spec.layers):
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
        checked[index] = mask
    return checked
