"""The outputs of a network for any number of samples, in bounded memory."""

from __future__ import annotations

import numpy as np

from mlpviz.engine.parameters import Array
from mlpviz.engine.passes import evaluate
from mlpviz.engine.spec import NetworkSpec

PIECE = 8_000_000
"""Numbers of layers that are kept at once: 64 MB in float64."""


def network_outputs(spec: NetworkSpec, params: Array, x: Array, buffers: Array | None = None) -> Array:
    """The outputs y (..., N, O) of `evaluate` for x (..., N, I), computed a piece of the samples at a time.

    Few samples are one piece. The last bits may depend on how many are computed together.
    """
    networks = params.size // params.shape[-1]
    rows = max(1, PIECE // (spec.units * networks))
    pieces = [
        evaluate(spec, params, x[..., begin : begin + rows, :], buffers).a[-1] for begin in range(0, x.shape[-2], rows)
    ]
    return pieces[0] if len(pieces) == 1 else np.concatenate(pieces, axis=-2)
