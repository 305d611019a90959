"""Activations of a whole row, softmax and its logarithm: every output depends on every z of the sample."""

from __future__ import annotations

import numpy as np

from mlpviz.engine.activations.activation import A_J, A_K, GRAD_A, Z_J, Z_K, A, Activation, J, K, Z
from mlpviz.engine.expressions import (
    FormulaLine,
    Rewritten,
    Symbol,
    Where,
    equal,
    exp,
    ln,
    row_max,
    row_sum,
    torch_call,
)
from mlpviz.engine.parameters import Array


def log_softmax(z: Array) -> Array:
    """log(e^z_j / Σ_k e^z_k) over the last axis; the maximum is subtracted so that nothing overflows."""
    shifted = z - z.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))


def softmax(z: Array) -> Array:
    """e^z_j / Σ_k e^z_k over the last axis; the maximum is subtracted so that nothing overflows."""
    exponentials = np.exp(z - z.max(axis=-1, keepdims=True))
    return exponentials / exponentials.sum(axis=-1, keepdims=True)


# code subtracts the maximum, as the engine does
SHIFTED, EXPONENTIALS = Symbol("d", "shifted"), Symbol("u", "exponentials")

SOFTMAX = Activation(
    key="softmax",
    label="softmax",
    formula=Where(
        Rewritten(
            exp(Z_J) / row_sum(exp(Z_K)), EXPONENTIALS / row_sum(EXPONENTIALS), torch_call("F.softmax", Z, dim=-1)
        ),
        in_code=(FormulaLine(EXPONENTIALS, exp(Z - row_max(Z))),),
    ),
    derivative=Where(A_K * (equal(J, K) - A_J)),
    gradient=Where(A * (GRAD_A - row_sum(GRAD_A * A))),
    sentence="Softmax turns the layer's z into probabilities that add up to 1; each depends on every z.",
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
    formula=Where(
        Rewritten(
            Z_J - ln(row_sum(exp(Z_K))), SHIFTED - ln(row_sum(exp(SHIFTED))), torch_call("F.log_softmax", Z, dim=-1)
        ),
        in_code=(FormulaLine(SHIFTED, Z - row_max(Z)),),
    ),
    derivative=Where(equal(J, K) - exp(A_J)),
    gradient=Where(GRAD_A - exp(A) * row_sum(GRAD_A)),
    cancels=True,
    sentence="The logarithm of the softmax: log-probabilities, for a loss that expects them (NLL, KL).",
    value=log_softmax,
    vjp=lambda z, a, grad_a: grad_a - np.exp(a) * grad_a.sum(axis=-1, keepdims=True),
    slope=None,
    gives="logarithms of probabilities",
    noun="log-softmax",
    source="over the units of one sample (dim=1)",
)

ROW_WISE = (SOFTMAX, LOG_SOFTMAX)
