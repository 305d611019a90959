"""The loss at many parameter vectors at once: a grid, a line, a sweep, in pieces that fit the processor's cache.

No gradient. Refuses to know which vectors are worth looking at.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from mlpviz.engine.parameters import Array
from mlpviz.engine.passes import loss_value
from mlpviz.engine.spec import NetworkSpec, SpecError

MEMORY = 2_000_000
"""Bytes of arrays that one piece holds while it is computed: larger ones leave a core's cache and take longer."""


def losses(
    spec: NetworkSpec,
    params: Array,
    x: Array,
    target: Array | None,
    *,
    buffers: Array | None = None,
    memory: int = MEMORY,
) -> Array:
    """The loss (...) of each parameter vector (..., P) over x (N, I), in evaluation; `target` as `as_target` gives it.

    The vectors are taken in pieces of about `memory` bytes. `buffers` (B,) are the running statistics of all.
    Raises SpecError if the last axis does not fit the network.
    """
    if params.shape[-1:] != (spec.size,):
        raise SpecError(f"the network has {spec.size} parameters, {params.shape[-1] if params.ndim else 0} given")
    rows = params.reshape(-1, spec.size)
    return _in_pieces(spec, lambda part: rows[part], len(rows), x, target, buffers, memory).reshape(params.shape[:-1])


def landscape(
    spec: NetworkSpec,
    origin: Array,
    directions: Array,
    places: Array,
    x: Array,
    target: Array | None,
    *,
    buffers: Array | None = None,
    memory: int = MEMORY,
) -> Array:
    """The loss (...) at origin (P,) + places (..., D) @ directions (D, P): D = 1 is a line, D = 2 a plane.

    As `losses`, but a vector is only made when its piece is computed, so that the grid of a large network fits.
    Raises SpecError if origin or directions do not fit the network, or places the directions.
    """
    if origin.shape != (spec.size,) or directions.shape[1:] != (spec.size,):
        given = f"{origin.size} given in the origin, {directions.shape[-1]} in each direction"
        raise SpecError(f"the network has {spec.size} parameters, {given}")
    if places.shape[-1:] != (len(directions),):
        raise SpecError(f"a place has {places.shape[-1]} coordinates, expected {len(directions)}, one per direction")
    rows = places.reshape(-1, len(directions)).astype(origin.dtype, copy=False)

    def made(part: slice) -> Array:
        return origin + rows[part] @ directions

    return _in_pieces(spec, made, len(rows), x, target, buffers, memory).reshape(places.shape[:-1])


def _in_pieces(
    spec: NetworkSpec,
    vectors: Callable[[slice], Array],
    count: int,
    x: Array,
    target: Array | None,
    buffers: Array | None,
    memory: int,
) -> Array:
    # z and a of every layer
    numbers = spec.size + 2 * x.shape[-2] * sum(layer.outputs for layer in spec.layers)
    width = max(1, memory // (numbers * x.itemsize))
    found = np.empty(count, dtype=x.dtype)
    for start in range(0, count, width):
        part = slice(start, start + width)
        found[part], _, _ = loss_value(spec, vectors(part), x, target, training=False, buffers=buffers)
    return found
