"""Runs lines of code that the app shows, with NumPy, SciPy and PyTorch as they are imported by everybody."""

from __future__ import annotations

import math
import warnings
from typing import Any

import numpy as np
import scipy.special
import torch
import torch.nn.functional as F  # noqa: N812  # the name that everybody uses


def run_line(code: str, **names: Any) -> dict[str, Any]:
    """The names after the code has run. Overflows are allowed: the form that is read may have some on its way."""
    found = {"np": np, "scipy": scipy, "torch": torch, "F": F, "math": math, **names}
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        exec(code, found)  # noqa: S102  # our own line
    return found
