"""PyTorch's losses with our targets, edge cases and warnings; `torch_reference` prefers them to those of PyTorch."""

from __future__ import annotations

import warnings
from typing import Any

_Tensor = Any
"""torch.Tensor, which cannot be named without importing torch."""


def cross_entropy(y: _Tensor, t: _Tensor, **arguments: Any) -> _Tensor:
    """With class numbers instead of t if each row of t has a single 1."""
    import torch.nn.functional as F  # noqa: N812  # the usual name

    return F.cross_entropy(y, t.argmax(dim=-1) if _is_one_hot(t) else t, **arguments)


def nll_loss(y: _Tensor, t: _Tensor, weight: _Tensor | None = None, reduction: str = "mean") -> _Tensor:
    """Also for probabilities t, while PyTorch's own takes class numbers only."""
    import torch.nn.functional as F  # noqa: N812  # the usual name

    if _is_one_hot(t):
        return F.nll_loss(y, t.argmax(dim=-1), weight=weight, reduction=reduction)
    total = -(t * y * (1.0 if weight is None else weight)).sum()
    return total if reduction == "sum" else total / len(y)


def cross_entropy_probs(y: _Tensor, t: _Tensor, reduction: str = "mean") -> _Tensor:
    """torch.xlogy(t, y), whose own gradient is NaN at y = t = 0 instead of 0."""
    import torch

    total = -(t * torch.where(t == 0, 1.0, y).log()).sum()
    return total if reduction == "sum" else total / len(y)


def binary_cross_entropy(y: _Tensor, t: _Tensor, **arguments: Any) -> _Tensor:
    """NaN for y outside of 0 to 1, where PyTorch raises an error."""
    import torch.nn.functional as F  # noqa: N812  # the usual name

    inside = bool(((y >= 0) & (y <= 1)).all())
    return F.binary_cross_entropy(y, t, **arguments) if inside else y.sum() * float("nan")


def kl_div(y: _Tensor, t: _Tensor, **arguments: Any) -> _Tensor:
    """Without the warning that the mean also divides by O; our own sentence says that."""
    import torch.nn.functional as F  # noqa: N812  # the usual name

    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="reduction: 'mean' divides")
        return F.kl_div(y, t, **arguments)


def hinge(y: _Tensor, t: _Tensor, **arguments: Any) -> _Tensor:
    """PyTorch's margin ranking loss of y and 0."""
    import torch
    import torch.nn.functional as F  # noqa: N812  # the usual name

    return F.margin_ranking_loss(y, torch.zeros_like(y), t, **arguments)


def _is_one_hot(t: _Tensor) -> bool:
    return bool(((t == 0) | (t == 1)).all() and (t.sum(dim=-1) == 1).all())
