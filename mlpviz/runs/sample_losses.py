"""The loss of each sample alone, for comparing the same samples at two times."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine import NetworkSpec
from mlpviz.engine.network_outputs import network_outputs
from mlpviz.engine.parameters import Array
from mlpviz.engine.training import Samples


def sample_losses(spec: NetworkSpec, params: Array, buffers: Array, samples: Samples) -> NDArray[np.float64]:
    """The terms of each sample, summed over its outputs and not divided, (N,); in evaluation, without penalty."""
    y = network_outputs(spec, params, samples.x, buffers)
    with np.errstate(all="ignore"):
        terms = spec.loss.terms(y, samples.target)  # type: ignore[arg-type]  # a loss without target never reads it
    return np.asarray(terms.sum(axis=-1), np.float64)
