"""PyTorch's losses with our targets, edge cases and warnings; `torch_reference` prefers them to those of PyTorch."""

from __future__ import annotations

import warnings
from typing import Any

_Tensor = Any
"""torch.Tensor, which cannot be named without importing torch."""


def cross_entropy_of_numbers(y: _Tensor, t: _Tensor, **arguments: Any) -> _Tensor:
    """With class numbers in place of the one-hot rows t; 0 if no sample counts, where PyTorch's mean is NaN."""
    import torch.nn.functional as F  # noqa: N812  # the usual name

    numbers = t.argmax(dim=-1)
    if bool((numbers == arguments.get("ignore_index")).all()):
        return y.sum() * 0.0
    return F.cross_entropy(y, numbers, **arguments)


def cross_entropy(
    y: _Tensor,
    t: _Tensor,
    ignore_index: int = -100,  # noqa: ARG001  # rows of probabilities have no class number
    **arguments: Any,
) -> _Tensor:
    """With probabilities t; a class of probability 0 adds 0, where PyTorch's own adds NaN if its log p is -∞."""
    import torch.nn.functional as F  # noqa: N812  # the usual name

    lost = y.log_softmax(dim=-1).isneginf() & (t == 0)
    if not bool(lost.any()) or arguments.get("label_smoothing"):
        return F.cross_entropy(y, t, **arguments)
    weight = arguments.get("weight")
    return nll_of_rows(y.log_softmax(dim=-1), t, weight, arguments.get("reduction", "mean"))


def nll_of_numbers(y: _Tensor, t: _Tensor, **arguments: Any) -> _Tensor:
    """PyTorch's nll_loss, with class numbers in place of the one-hot rows t; 0 if no sample counts."""
    import torch.nn.functional as F  # noqa: N812  # the usual name

    numbers = t.argmax(dim=-1)
    if bool((numbers == arguments.get("ignore_index")).all()):
        return y.sum() * 0.0
    return F.nll_loss(y, numbers, **arguments)


def nll_of_rows(
    y: _Tensor,
    t: _Tensor,
    weight: _Tensor | None = None,
    reduction: str = "mean",
    ignore_index: int = -100,  # noqa: ARG001  # rows of probabilities have no class number
) -> _Tensor:
    """The same for probabilities t, while PyTorch's own takes class numbers only: the mean over the samples."""
    import torch

    return _reduced(-(t * torch.where(t == 0, 0.0, y) * (1.0 if weight is None else weight)), reduction)


def cross_entropy_probs(y: _Tensor, t: _Tensor, reduction: str = "mean") -> _Tensor:
    """torch.xlogy(t, y), whose own gradient is NaN at y = t = 0 instead of 0."""
    import torch

    return _reduced(-(t * torch.where(t == 0, 1.0, y).log()), reduction)


def binary_cross_entropy(y: _Tensor, t: _Tensor, **arguments: Any) -> _Tensor:
    """NaN for y outside of 0 to 1, where PyTorch raises an error."""
    import torch.nn.functional as F  # noqa: N812  # the usual name

    inside = bool(((y >= 0) & (y <= 1)).all())
    return F.binary_cross_entropy(y, t, **arguments) if inside else y.sum() * float("nan")


def half_sse(y: _Tensor, t: _Tensor, reduction: str = "sum") -> _Tensor:
    """Half of PyTorch's squared error."""
    import torch.nn.functional as F  # noqa: N812  # the usual name

    return 0.5 * F.mse_loss(y, t, reduction=reduction)


def sum_of_outputs(y: _Tensor, t: None, reduction: str = "sum") -> _Tensor:  # noqa: ARG001  # it has no target
    """The sum of y, or y itself."""
    return y if reduction == "none" else y.sum()


def kl_div(y: _Tensor, t: _Tensor, **arguments: Any) -> _Tensor:
    """Without the warning that the mean also divides by O, which our own sentence says, and without NaN for 0 · ∞."""
    import torch
    import torch.nn.functional as F  # noqa: N812  # the usual name

    if not arguments.get("log_target"):
        y = torch.where((t == 0) & y.isneginf(), 0.0, y)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="reduction: 'mean' divides")
        return F.kl_div(y, t, **arguments)


def hinge(y: _Tensor, t: _Tensor, **arguments: Any) -> _Tensor:
    """PyTorch's margin ranking loss of y and 0."""
    import torch
    import torch.nn.functional as F  # noqa: N812  # the usual name

    return F.margin_ranking_loss(y, torch.zeros_like(y), t, **arguments)


def multi_margin(y: _Tensor, t: _Tensor, p: int = 1, reduction: str = "mean", **arguments: Any) -> _Tensor:
    """With class numbers in place of the one-hot rows t; NaN where an output is NaN, which PyTorch leaves out.

    "none" gives the sums over the outputs, which PyTorch divides by O.
    """
    import torch
    import torch.nn.functional as F  # noqa: N812  # the usual name

    numbers, outputs = t.argmax(dim=-1), y.shape[-1]
    means = F.multi_margin_loss(y, numbers, p=p, reduction="none", **arguments)
    lead = (y - y.gather(-1, numbers[:, None])).detach() * (1 - t)
    means = means + torch.where(lead.isnan() & (t == 0), lead, 0.0).sum(dim=-1)
    match reduction:
        case "none":
            return outputs * means
        case "mean_of_sums":
            return outputs * means.mean()
    return means.sum() if reduction == "sum" else means.mean()


def cosine(y: _Tensor, t: _Tensor, eps: float, reduction: str = "mean") -> _Tensor:
    """1 - cosine_similarity by F.normalize: the same value, and its derivative also for |y| below eps."""
    import torch.nn.functional as F  # noqa: N812  # the usual name

    found = 1 - (F.normalize(y, dim=-1, eps=eps) * F.normalize(t, dim=-1, eps=eps)).sum(dim=-1)
    return found.mean() if reduction == "mean" else _reduced(found, reduction)


def focal(y: _Tensor, t: _Tensor, gamma: float, alpha: float, reduction: str = "mean") -> _Tensor:
    """sigmoid_focal_loss of torchvision; its 1 - p_t without the difference that is 0 for a large z."""
    import torch
    import torch.nn.functional as F  # noqa: N812  # the usual name

    missed = t * torch.sigmoid(-y) + (1 - t) * torch.sigmoid(y)
    terms = missed**gamma * F.binary_cross_entropy_with_logits(y, t, reduction="none")
    if alpha >= 0:
        terms = (alpha * t + (1 - alpha) * (1 - t)) * terms
    return terms.mean() if reduction == "mean" else _reduced(terms, reduction)


def _reduced(terms: _Tensor, reduction: str) -> _Tensor:
    """Terms (N, O): as they are, added up, or that over the samples."""
    if reduction == "none":
        return terms
    return terms.sum() if reduction == "sum" else terms.sum() / len(terms)
