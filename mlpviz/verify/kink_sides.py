"""Whether rounding has put a tensor on different sides of a kink in NumPy and in PyTorch."""

from __future__ import annotations

import numpy as np

from mlpviz.engine.parameters import Array
from mlpviz.engine.tensor_names import Tensor
from mlpviz.engine.trace import Trace


def on_other_sides(trace: Trace, tensor: Tensor, theirs: Array) -> bool:
    """Whether an entry of φ's input lies on other sides of a kink in the two programs: 0.1 + 0.2 - 0.3 can do that.

    The same for an output and a corner of the loss, or an end of the probabilities that it takes.
    """
    ours = tensor.of(trace)
    if tensor.layer is None or tensor.field not in ("z", "n", "a"):
        return False
    read = "z" if trace.spec.layers[tensor.layer].norm is None else "n"
    if tensor.field != "a":
        if tensor.field != read:
            return False
        kinks = trace.spec.activations[tensor.layer].kinks
        return any(_signs_differ(ours - kink, theirs - kink) for kink in kinks)
    corner, target = trace.spec.loss.corner, trace.target
    if target is None or tensor.layer != len(trace.layers) - 1:
        return False
    if trace.spec.loss.reads_probabilities and (_signs_differ(ours, theirs) or _signs_differ(1.0 - ours, 1.0 - theirs)):
        return True
    if corner is None:
        return False
    with np.errstate(all="ignore"):
        return _signs_differ(corner(ours, target), corner(theirs, target))


def _signs_differ(ours: Array, theirs: Array) -> bool:
    return bool((((ours > 0.0) != (theirs > 0.0)) | ((ours < 0.0) != (theirs < 0.0))).any())
