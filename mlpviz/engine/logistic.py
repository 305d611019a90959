"""The sigmoid and the softplus of arrays, computed so that no exponential overflows."""

from __future__ import annotations

import numpy as np

from mlpviz.engine.parameters import Array


def sigmoid(z: Array) -> Array:
    """1 / (1 + e^-z), computed from e^-|z| so that no exponential overflows and small values keep all digits."""
    small = np.exp(-np.abs(z))
    return np.where(z >= 0.0, 1.0, small) / (1.0 + small)


def softplus(z: Array) -> Array:
    """log(1 + e^z) as max(z, 0) + log(1 + e^-|z|), so that no exponential overflows. Shape unchanged."""
    return np.maximum(z, 0.0) + np.log1p(np.exp(-np.abs(z)))
