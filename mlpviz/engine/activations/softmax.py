"""Activations of a whole row, softmax and its logarithm: every output depends on every z of the sample."""

from __future__ import annotations

import numpy as np

from mlpviz.engine.activations.activation import Activation
from mlpviz.engine.parameters import Array


def log_softmax(z: Array) -> Array:
    """log(e^z_j / Σ_k e^z_k) over the last axis; the maximum is subtracted so that nothing overflows."""
    shifted = z - z.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))


def softmax(z: Array) -> Array:
    """e^z_j / Σ_k e^z_k over the last axis; the maximum is subtracted so that nothing overflows."""
    exponentials = np.exp(z - z.max(axis=-1, keepdims=True))
    return exponentials / exponentials.sum(axis=-1, keepdims=True)


SOFTMAX = Activation(
    key="softmax",
    label="softmax",
    latex=r"\frac{e^{z_j}}{\sum_k e^{z_k}}",
    slope_latex=r"a_{k} \cdot ([j = k] - a_{j})",
    row_latex=r"\frac{e^{z}}{s}",
    sentence="Softmax turns the layer's z into probabilities that add up to 1; each depends on every z.",
    torch="torch.softmax(z, dim=-1)",
    torch_code="a = F.softmax(z, dim=-1)",
    numpy="a = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)",
    numpy_grad="grad_z = a * (grad_a - (grad_a * a).sum(axis=1, keepdims=True))",
    value=softmax,
    # Jᵀg with J = diag(a) - a aᵀ, without building the O x O matrix
    vjp=lambda z, a, grad_a: a * (grad_a - (grad_a * a).sum(axis=-1, keepdims=True)),
    slope=None,
    gives="probabilities",
    noun="softmax",
    name_latex=r"\operatorname{softmax}(z)_{j}",
    source="over the units of one sample (dim=1)",
)

LOG_SOFTMAX = Activation(
    key="log_softmax",
    label="log softmax",
    latex=r"z_j - \ln \sum_k e^{z_k}",
    slope_latex=r"[j = k] - e^{a_{j}}",
    row_latex=r"z - \ln(s)",
    cancels=True,
    sentence="The logarithm of the softmax: log-probabilities, for a loss that expects them (NLL, KL).",
    torch="torch.log_softmax(z, dim=-1)",
    torch_code="a = F.log_softmax(z, dim=-1)",
    numpy="a = z - np.log(np.exp(z).sum(axis=1, keepdims=True))",
    numpy_grad="grad_z = grad_a - np.exp(a) * grad_a.sum(axis=1, keepdims=True)",
    value=log_softmax,
    vjp=lambda z, a, grad_a: grad_a - np.exp(a) * grad_a.sum(axis=-1, keepdims=True),
    slope=None,
    gives="logarithms of probabilities",
    noun="log-softmax",
    source="over the units of one sample (dim=1)",
)

ROW_WISE = (SOFTMAX, LOG_SOFTMAX)
