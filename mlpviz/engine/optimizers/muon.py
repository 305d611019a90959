"""Muon: the step of a weight matrix is its mean gradient with all singular values brought near 1."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from mlpviz.engine.expressions import (
    Expression,
    FormulaLine,
    Length,
    Number,
    Rewritten,
    Symbol,
    becomes,
    cases,
    choice,
    in_torch,
    matmul,
    maximum,
    sqrt,
    total,
    transpose,
)
from mlpviz.engine.hyperparameters import Hyperparameter
from mlpviz.engine.optimizers.adam import ADAMW, BETA_1, BETA_2, BETAS, M_HAT, MEAN, MEAN_SQUARE, V_HAT, M, V, corrected
from mlpviz.engine.optimizers.optimizer import (
    EPS,
    EPSILON,
    ETA,
    LEARNING_RATE,
    MOMENTUM,
    MU,
    THETA,
    WEIGHT_DECAY,
    G,
    Optimizer,
    OptimizerSlot,
    Slots,
    letter,
    on,
    running_mean,
)
from mlpviz.engine.optimizers.tensor_layout import by_tensor
from mlpviz.engine.parameters import Array


def newton_schulz(matrix: Array, coefficients: tuple[Any, Any, Any], steps: int, eps: Any) -> list[Array]:
    """The matrix (..., O, I) divided by its length, and what it is after each of the rounds.

    A round turns every singular value σ into aσ + bσ³ + cσ⁵; with the coefficients of Jordan those in (0, 1] come near
    1 quickly, though not all the way. In full precision, where torch.optim.Muon rounds to bfloat16.
    """
    a, b, c = coefficients
    length = np.sqrt((matrix * matrix).sum(axis=(-2, -1), keepdims=True))
    rounds = [matrix / np.maximum(length, eps)]
    for _ in range(steps):
        x = rounds[-1]
        # the smaller of both products, as PyTorch: (X Xᵀ) X = X (Xᵀ X)
        is_tall = x.shape[-2] > x.shape[-1]
        flipped = np.swapaxes(x, -1, -2)
        gram = flipped @ x if is_tall else x @ flipped
        polynomial = b * gram + c * (gram @ gram)
        rounds.append(a * x + (x @ polynomial if is_tall else polynomial @ x))
    return rounds


def _matrix_step(
    params: Array,
    grads: Array,
    slots: Slots,
    _t: int,
    *,
    learning_rate: Any,
    momentum: Any,
    nesterov: bool,
    ns_a: float,
    ns_b: float,
    ns_c: float,
    ns_steps: int,
    ns_eps: float,
    adjust_lr_fn: str,
    weight_decay: Any,
    **_: Any,
) -> tuple[Array, Slots]:
    mean = running_mean(slots["velocity"], grads, momentum)
    direction = newton_schulz(
        running_mean(grads, mean, 1 - momentum) if nesterov else mean, (ns_a, ns_b, ns_c), ns_steps, ns_eps
    )[-1]
    if on(weight_decay):
        params = params * (1 - learning_rate * weight_decay)
    rows, columns = params.shape[-2:]
    factor = max(1.0, rows / columns) ** 0.5 if adjust_lr_fn == "original" else 0.2 * max(rows, columns) ** 0.5
    return params - learning_rate * factor * direction, {"velocity": mean}


def _vector_step(
    params: Array,
    grads: Array,
    slots: Slots,
    t: int,
    *,
    learning_rate: Any,
    beta1: Any,
    beta2: Any,
    vector_eps: Any,
    weight_decay: Any,
    **_: Any,
) -> tuple[Array, Slots]:
    return ADAMW.step(
        params,
        grads,
        {"m": slots["m"], "v": slots["v"]},
        t,
        learning_rate=learning_rate,
        beta1=beta1,
        beta2=beta2,
        eps=vector_eps,
        weight_decay=weight_decay,
    )


_A, _B, _C = (
    Hyperparameter(
        f"ns_{name}",
        f"coefficient {name}",
        default,
        sentence=f"Of {power} in a round of the iteration.",
        torch=f"ns_coefficients[{index}]",
        symbol=name,
    )
    for index, (name, default, power) in enumerate(
        (("a", 3.4445, "X"), ("b", -4.775, "X·Xᵀ·X"), ("c", 2.0315, "(X·Xᵀ)²·X"))
    )
)
_ROUNDS = Hyperparameter(
    "ns_steps",
    "rounds",
    5,
    0,
    20,
    kind="int",
    sentence="How often the iteration brings the singular values nearer to 1.",
)
_LEAST = Hyperparameter(
    "ns_eps", "least length ε", 1e-7, 0.0, sentence="The matrix is divided by this at least.", torch="eps", symbol="e"
)
_ADJUST = Hyperparameter(
    "adjust_lr_fn",
    "factor of η",
    "original",
    kind="choice",
    choices=("original", "match_rms_adamw"),
    sentence="original: √(rows/columns), at least 1. match_rms_adamw: 0.2·√(the larger of both), as long as Adam's "
    "steps, as in Keras.",
)

_MEAN, _U, _LENGTH, _FACTOR = (
    Symbol(r"\bar{g}", "velocity"),
    Symbol("u", "u"),
    Symbol(r"\lVert U \rVert", "length"),
    Symbol("f", "factor"),
)


def _round_symbol(number: int) -> Symbol:
    """X after this many rounds."""
    return Symbol(f"X_{{{number}}}", f"x_{number}")


def _rounds(count: int) -> list[FormulaLine]:
    """The lines of the iteration. The products have no letters: LaTeX shows them as they are."""
    lines = []
    for number in range(count):
        x = _round_symbol(number)
        once = matmul(matmul(x, transpose(x)), x)
        p = Symbol(once.latex(), f"p_{number}")
        q = Symbol(rf"(X_{{{number}}} X_{{{number}}}^{{\top}})^2 X_{{{number}}}", f"q_{number}")
        lines += [
            FormulaLine(p, once),
            FormulaLine(q, matmul(matmul(x, transpose(x)), p)),
            FormulaLine(_round_symbol(number + 1), letter(_A) * x + letter(_B) * p + letter(_C) * q),
        ]
    return lines


def _factor(settings: Mapping[str, Any]) -> Expression:
    rows, columns = Length(_U, 0), Length(_U, 1)
    if settings["adjust_lr_fn"] == "original":
        return Rewritten(sqrt(maximum(1, rows / columns)), choice(rows > columns, (rows / columns) ** 0.5, Number(1)))
    return Rewritten(0.2 * sqrt(maximum(rows, columns)), choice(rows > columns, 0.2 * rows**0.5, 0.2 * columns**0.5))


def _formula(settings: Mapping[str, Any]) -> FormulaLine:
    blend: Expression = (1 - MU) * G + MU * _MEAN if settings["nesterov"] else _MEAN
    # torch.maximum takes no plain numbers
    least = letter(_LEAST)
    divisor = in_torch(maximum(_LENGTH, least), cases((_LENGTH, least < _LENGTH), otherwise=least))
    return becomes(
        THETA,
        THETA - ETA * _FACTOR * _round_symbol(settings["ns_steps"]),
        FormulaLine(_U, blend),
        FormulaLine(_LENGTH, sqrt(total(_U**2))),
        FormulaLine(_round_symbol(0), _U / divisor),
        *_rounds(settings["ns_steps"]),
        FormulaLine(_FACTOR, _factor(settings)),
    )


MUON = Optimizer(
    key="muon",
    label="Muon",
    sentence="Muon steps a weight matrix along its mean gradient with all singular values brought near 1: equally far "
    "in every direction. Biases and the numbers of norms step as in AdamW.",
    torch="Muon",
    in_torch=False,
    torch_note="torch.optim.Muon takes matrices only and computes its rounds in bfloat16, to two or three digits",
    hyperparameters=(
        LEARNING_RATE,
        replace(MOMENTUM, default=0.95, high=1.0, sentence="How long the mean of a matrix remembers the gradient."),
        Hyperparameter(
            "nesterov", "Nesterov", True, kind="bool", sentence="Look ahead: mix the gradient into its mean once more."
        ),
        _A,
        _B,
        _C,
        _ROUNDS,
        _LEAST,
        _ADJUST,
        replace(WEIGHT_DECAY, default=0.1, sentence="Decoupled: θ shrinks by the factor 1 − η·λ before the step."),
        *(replace(each, label=f"{each.label} of vectors") for each in BETAS),
        replace(EPS, name="vector_eps", label="ε of vectors", aliases=()),
    ),
    slots=(
        OptimizerSlot(
            _MEAN,
            "mean of the gradient of a matrix",
            becomes(_MEAN, MU * _MEAN + (1 - MU) * G),
            only="matrices",
            torch="momentum_buffer",
        ),
        replace(MEAN, only="vectors"),
        replace(MEAN_SQUARE, only="vectors"),
    ),
    init=lambda params, **_: {name: np.zeros_like(params) for name in ("velocity", "m", "v")},
    step=by_tensor(_matrix_step, _vector_step),
    formula=_formula,
    vector_formula=lambda _settings: becomes(
        THETA,
        THETA - ETA * (M_HAT / (sqrt(V_HAT) + EPSILON)),
        corrected(M_HAT, M, BETA_1),
        corrected(V_HAT, V, BETA_2),
    ),
    rounds=lambda settings: tuple(map(_round_symbol, range(settings["ns_steps"] + 1))),
    combines="tensors",
    decoupled=True,
    source="Jordan et al. 2024, as torch.optim.Muon but in full precision; AdamW with the same η for what is no matrix",
)
