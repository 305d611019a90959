"""A moment of a run as one pass that can be checked: forward and backward over what its next step learns from.

Refuses to judge it.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from mlpviz.engine import Trace, run_pass
from mlpviz.runs.run import Run
from mlpviz.runs.to_document import FEW, next_batch


def verification_trace(run: Run) -> Trace:
    """The pass at the moment on screen, of the lane in focus, over the first FEW samples of its next batch.

    In float64, whatever the run learns in: what is checked is the arithmetic, not how it is rounded.
    """
    moment = run.moment(run.focus)
    part, masks, _ = next_batch(run.members[run.focus], run.snapshot(run.focus))
    x = np.asarray(part.x[:FEW], np.float64)
    target = None if part.target is None else np.asarray(part.target[:FEW], np.float64)
    around: dict[str, Any] = {}
    if not moment.spec.is_plain:
        kept = {layer: np.asarray(mask[:FEW], np.float64) for layer, mask in masks.items()}
        around = {"masks": kept, "buffers": np.asarray(moment.buffers, np.float64), "training": True}
    return run_pass(moment.spec, np.asarray(moment.params, np.float64), x, target, **around)
