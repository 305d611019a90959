"""The edit that learning is: gradient descent on the document's own numbers."""

from __future__ import annotations

from typing import Annotated, Any

import numpy as np
from pydantic import Field

from mlpviz import engine
from mlpviz.document import LIMITS, Document, DocumentError
from mlpviz.edits.edited import Edited, index_of, layer_fields
from mlpviz.engine.optimizers import gradient_descent
from mlpviz.engine.parameters import Array, BufferViews

Times = Annotated[int, Field(strict=True, ge=1, le=LIMITS.updates)]


def apply_update(document: Document, times: Times = 1) -> Edited:
    """weight - learning_rate · grad_weight, and so on for all parameters, the given number of times.

    In training each pass moves the running statistics of batch norm, as in PyTorch.

    Raises DocumentError if a number would leave the finite range, or if it is too much work for one edit.
    """
    index_of("times", times, LIMITS.updates)
    spec, params = document.spec, document.params
    affordable = max(1, LIMITS.update_work // (spec.size * document.samples))
    if times > affordable:
        raise DocumentError(f"times is {times}, expected at most {affordable} for a network of this size")
    trace = document.trace()
    for update in range(1, times + 1):
        if update > 1:
            trace = engine.again(trace, params=params, buffers=trace.new_buffers)
        with np.errstate(all="ignore"):
            params = gradient_descent(params, trace.grad, document.learning_rate)
        _check_finite(document, params, update)
    running = spec.buffer_views(trace.new_buffers)
    layers = tuple(
        layer_fields(document, index, **_fields(own._asdict()), **_fields(_named(moved)))
        for index, (own, moved) in enumerate(zip(spec.views(params), running, strict=True))
    )
    return Edited(document.replace(layers=layers))


def _fields(arrays: dict[str, Array | None]) -> dict[str, Any]:
    return {name: None if array is None else array.tolist() for name, array in arrays.items()}


def _named(moved: BufferViews | None) -> dict[str, Array | None]:
    return {} if moved is None else {"running_mean": moved.mean, "running_var": moved.var}


def _check_finite(document: Document, params: Array, update: int) -> None:
    # a comparison with NaN is false
    if (np.abs(params) <= LIMITS.magnitude).all():
        return
    for number, views in enumerate(document.spec.views(params), start=1):
        for tensor, array in zip(("weight", "bias", "gamma", "beta"), views, strict=True):
            if array is not None and not (np.abs(array) <= LIMITS.magnitude).all():
                raise DocumentError(
                    f"update {update} would make the {tensor} of layer {number} infinite or not a number; "
                    "try a smaller learning rate"
                )
