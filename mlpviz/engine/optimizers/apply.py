"""How a training loop applies a step in place, piece by piece, so that big vectors stay in the processor's cache.

The formula is the optimizer's own pure `step`; every optimizer here treats each parameter by itself.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from mlpviz.engine.optimizers.optimizer import Optimizer, Slots
from mlpviz.engine.parameters import Array

BLOCK = 65_536
"""Numbers per piece: the temporaries of a step then stay in the processor's caches."""


def apply_step(
    optimizer: Optimizer, params: Array, grads: Array, slots: Slots, t: int, **hyperparameters: Any
) -> Slots:
    """One step that writes the new parameters into `params` (..., P) and returns the new slots.

    The only function here that changes what it is given: `params`, and perhaps the arrays in `slots` too.
    The numbers are those of `optimizer.step`. `knobs` are taken unchecked.
    """
    if params.size <= BLOCK:
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
        part = slice(start, start + width)
        pieces = {name: _piece(slot, size, part) for name, slot in slots.items()}
        turned = {name: _piece(hyperparameter, size, part) for name, hyperparameter in settings.items()}
        view = params[..., part]
        if optimizer.write is not None:
            optimizer.write(view, grads[..., part], pieces, t, view, pieces, **turned)
            continue
        view[...], new = optimizer.step(view, grads[..., part], pieces, t, **turned)
        for name, value in new.items():
            if _spans(slots[name], size):
                pieces[name][...] = value
            else:
                numbers.setdefault(name, []).append(value)  # every piece must start from the old number
    return {**slots, **{name: _joined(values, width) for name, values in numbers.items()}}


def _spans(value: Any, size: int) -> bool:
    return isinstance(value, np.ndarray) and value.ndim > 0 and value.shape[-1] == size


def _joined(values: list[Any], width: int) -> Any:
    # a number per network stays one; it has become a vector where a knob has a value per parameter
    return np.concatenate(values, axis=-1) if _spans(values[0], width) else values[-1]


def _piece(value: Any, size: int, part: slice) -> Any:
    return value[..., part] if _spans(value, size) else value
