"""Connections with weights that leave out a layer: what is read travels beside the units of that layer."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from mlpviz.engine.parameters import Array
from mlpviz.exchange.imports.operations import Activate, Dense, Operation

_CLOSED = -1000.0
"""A bias for which a sigmoid is exactly 0, value and slope."""


def beside_inputs(weight: Array, bias: Array, activation: Activate) -> Sequence[Operation]:
    """Layers from x (N, I) to x beside φ(x Wᵀ + b), (N, I + H), for weight (H, I) and a sigmoid φ.

    The first layer copies x and makes room. The second has units that are 0 in place of x, and adds what it reads: to
    the zeros that is x. Updates change what the tool's would: the copy is frozen, and closed units have no gradient.
    """
    units, inputs = weight.shape
    copy = np.vstack([np.eye(inputs), np.zeros((units, inputs))])
    inner = np.zeros((inputs + units, inputs + units))
    inner[inputs:, :inputs] = weight
    closed = np.concatenate([np.full(inputs, _CLOSED), bias])
    return [Dense(copy, None, "copies x", frozen=True), Dense(inner, closed, "x passes beside", skip=True), activation]
