"""One step in place for the training loop, block by block, so that temporaries fit into the processor's caches.

The formula is the optimizer's own. Blocks give the same numbers where no parameter's step reads another one; an
optimizer that combines parameters steps at once.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from mlpviz.engine.optimizers.optimizer import Optimizer, Slots
from mlpviz.engine.parameters import Array

BLOCK = 262_144
"""Numbers per block: the temporaries of a step then fit into the processor's last cache. A quarter of it takes a tenth
longer, since each block costs 10 µs."""


def apply_step(
    optimizer: Optimizer, params: Array, grads: Array, slots: Slots, t: int, **hyperparameters: Any
) -> Slots:
    """One step that writes the new parameters into `params` (..., P) and returns the new slots.

    It also may write into the arrays of `slots`. The numbers are those of `optimizer.step`; `hyperparameters` are not
    checked.
    """
    if params.size <= BLOCK or optimizer.combines:
        if optimizer.write is not None:
            optimizer.write(params, grads, slots, t, params, slots, **hyperparameters)
            return slots
        params[...], slots = optimizer.step(params, grads, slots, t, **hyperparameters)
        return slots
    size = params.shape[-1]
    width = max(1, BLOCK * size // params.size)
    settings = {**optimizer.settings, **hyperparameters}
    numbers: dict[str, list[Any]] = {}
    for start in range(0, size, width):
        block = slice(start, start + width)
        block_slots = {name: _in_block(slot, size, block) for name, slot in slots.items()}
        block_settings = {name: _in_block(value, size, block) for name, value in settings.items()}
        view = params[..., block]
        if optimizer.write is not None:
            optimizer.write(view, grads[..., block], block_slots, t, view, block_slots, **block_settings)
            continue
        view[...], new = optimizer.step(view, grads[..., block], block_slots, t, **block_settings)
        for name, value in new.items():
            if _is_per_parameter(slots[name], size):
                block_slots[name][...] = value
            else:
                numbers.setdefault(name, []).append(value)  # every block must begin with the old number
    return {**slots, **{name: _joined(values, width) for name, values in numbers.items()}}


def _is_per_parameter(value: Any, size: int) -> bool:
    return isinstance(value, np.ndarray) and value.ndim > 0 and value.shape[-1] == size


def _joined(values: list[Any], width: int) -> Any:
    # a number per network stays one; it has become a vector if a hyperparameter has a value per parameter
    return np.concatenate(values, axis=-1) if _is_per_parameter(values[0], width) else values[-1]


def _in_block(value: Any, size: int, block: slice) -> Any:
    return value[..., block] if _is_per_parameter(value, size) else value
