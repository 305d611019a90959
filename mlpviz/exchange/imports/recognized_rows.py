"""A function of whole rows that a tool writes out in small steps, such as a mean, a difference and a division."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from mlpviz.engine import ACTIVATIONS
from mlpviz.engine.parameters import Array
from mlpviz.exchange.imports.operations import Activate, Normalize
from mlpviz.exchange.imports.recognized import rounded
from mlpviz.network import DocumentError

_CLOSE = 2e-6
"""tools store constants in single precision"""


def recognized_rows(function: Callable[[Array], Array], width: int | None) -> Activate | Normalize | None:
    """The softmax, or the norm without scale and shift, that gives the same numbers as the function; None if none does.

    Raises DocumentError for numbers of shapes that do not fit.
    """
    if width is None:
        return None
    x = np.random.default_rng(0).normal(size=(40, width))
    rows, small = np.vstack([x, 0.03 * x, 5 * x]), 1e-3 * x
    with np.errstate(all="ignore"):
        try:
            found, near = (np.broadcast_to(np.asarray(function(each), float), each.shape) for each in (rows, small))
        except (ValueError, TypeError, IndexError):
            raise DocumentError("the model combines numbers of shapes that do not fit") from None
        for key in ("softmax", "log_softmax"):
            if np.allclose(ACTIVATIONS[key].value(rows), found, rtol=_CLOSE, atol=_CLOSE):
                return Activate(key)
        for key in ("layer_norm", "rms_norm"):
            centred, square = _moments(key, small)
            eps = float(np.median((centred / near) ** 2 - square))  # rows this small show it
            centred, square = _moments(key, rows)
            if 0 <= eps < 1 and np.allclose(centred / np.sqrt(square + eps), found, rtol=1e-5, atol=1e-5):
                return Normalize(key, rounded(eps) if eps > 1e-6 else eps)
    return None


def _moments(key: str, x: Array) -> tuple[Array, Array]:
    """The rows without their mean, if the norm subtracts it, and the mean of their squares."""
    centred = x - x.mean(axis=1, keepdims=True) if key == "layer_norm" else x
    return centred, (centred**2).mean(axis=1, keepdims=True)
