"""One training pass as one call: the loss and the flat gradient."""

from __future__ import annotations

import numpy as np

from mlpviz.engine import Workspace
from mlpviz.engine.captured_pass import PassBatch
from mlpviz.engine.dropout import DropoutMasks
from mlpviz.engine.parameters import Array


def value_and_grad(
    workspace: Workspace,
    x: Array,
    target: Array | None,
    *,
    training: bool = True,
    masks: DropoutMasks | None = None,
) -> tuple[Array, Array]:
    """The loss (...,) and its flat gradient (..., P), without a Trace.

    `target` is an array as `as_target` gives it, `masks` are as from `draw_masks`. The gradient is the workspace's own
    buffer: the next call overwrites it. In training the workspace's running statistics are updated.
    Raises SpecError for batch norm in training with one sample, and for dropout in training without a mask.
    """
    with np.errstate(all="ignore"):
        return workspace.run(PassBatch(x, target, masks or {}), training), workspace.grad
