"""Adafactor: Adam whose mean square of a weight matrix is kept as one mean per row and one per column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from mlpviz.engine.expressions import (
    Expression,
    FormulaLine,
    Symbol,
    axis_mean,
    becomes,
    maximum,
    mean,
    minimum,
    sqrt,
)
from mlpviz.engine.hyperparameters import Hyperparameter
from mlpviz.engine.optimizers.optimizer import (
    ETA,
    LEARNING_RATE,
    MAXIMIZE,
    THETA,
    WEIGHT_DECAY,
    G,
    Optimizer,
    OptimizerSlot,
    Slots,
    T,
    letter,
    on,
    running_mean,
)
from mlpviz.engine.optimizers.tensor_layout import by_tensor
from mlpviz.engine.parameters import Array


def _root_mean_square(tensor: Array, axes: tuple[int, ...]) -> Array:
    return np.sqrt((tensor * tensor).mean(axis=axes, keepdims=True))


def _stepped(
    params: Array,
    grads: Array,
    squares: Array,
    axes: tuple[int, ...],
    t: int,
    *,
    learning_rate: Any,
    eps1: float,
    eps2: float,
    d: float,
    weight_decay: Any,
    **_: Any,
) -> Array:
    """The step from the estimated mean square of each gradient; `axes` are those of one tensor."""
    size = np.maximum(eps2, _root_mean_square(params, axes)) * np.minimum(learning_rate, t**-0.5)
    update = grads / np.sqrt(np.maximum(squares, eps1 * eps1))
    clip = np.maximum(1.0, _root_mean_square(update, axes) / d)
    if on(weight_decay):
        params = params * (1 - learning_rate * weight_decay)
    return params - size / clip * update


def _matrix_step(
    params: Array,
    grads: Array,
    slots: Slots,
    t: int,
    *,
    maximize: bool,
    beta2_decay: float,
    eps1: float,
    **settings: Any,
) -> tuple[Array, Slots]:
    if maximize:
        grads = -grads
    kept, squares = 1 - t**beta2_decay, grads * grads
    row = running_mean(slots["row"], squares.mean(axis=-1, keepdims=True), kept)
    column = running_mean(slots["column"], squares.mean(axis=-2, keepdims=True), kept)
    # every row of `row` holds one number
    estimate = row * column / np.maximum(row[..., :1].mean(axis=-2, keepdims=True), eps1)
    new = _stepped(params, grads, estimate, (-2, -1), t, eps1=eps1, **settings)
    return new, {"row": row, "column": column}


def _vector_step(
    params: Array, grads: Array, slots: Slots, t: int, *, maximize: bool, beta2_decay: float, **settings: Any
) -> tuple[Array, Slots]:
    if maximize:
        grads = -grads
    v = running_mean(slots["v"], grads * grads, 1 - t**beta2_decay)
    return _stepped(params, grads, v, (-1,), t, **settings), {"v": v}


_DECAY = Hyperparameter(
    "beta2_decay",
    "power κ",
    -0.8,
    high=0.0,
    sentence="Step t enters the mean squares with the weight t^κ: 1 at first, then less and less.",
    symbol=r"\kappa",
)
_EPS_1 = Hyperparameter(
    "eps1",
    "ε₁",
    2.220446049250313e-16,
    0.0,
    sentence="The least root to divide by. PyTorch's None is this in double precision, 1.2e-7 in single.",
    torch="eps[0]",
    symbol=r"\epsilon_1",
)
_EPS_2 = Hyperparameter(
    "eps2",
    "ε₂",
    1e-3,
    0.0,
    sentence="A tensor of numbers near 0 steps as if they were this large.",
    torch="eps[1]",
    symbol=r"\epsilon_2",
)
_CLIP = Hyperparameter(
    "d",
    "threshold d",
    1.0,
    1.0,
    sentence="A divided gradient that is larger than this, as a root mean square, is made this large.",
    symbol="d",
)

_ROW, _COLUMN, _V, _SQUARES = (
    Symbol("r", "row"),
    Symbol("c", "column"),
    Symbol("v", "v"),
    Symbol(r"\hat{v}", "estimate"),
)
_SIZE, _UPDATE, _CLIPPED = Symbol(r"\alpha", "size"), Symbol("u", "u"), Symbol("D", "clip")
_NUMBERS, _WEIGHT = Symbol("n", "n"), T ** letter(_DECAY)


def _tensor_formula(settings: Mapping[str, Any], estimate: Expression) -> FormulaLine:
    kept: Expression = (1 - ETA @ letter(WEIGHT_DECAY)) * THETA if on(settings["weight_decay"]) else THETA
    squares = estimate if isinstance(estimate, Symbol) else _SQUARES
    return becomes(
        THETA,
        kept - _SIZE / _CLIPPED * _UPDATE,
        FormulaLine(
            _SIZE,
            maximum(letter(_EPS_2), sqrt(mean(THETA**2, _NUMBERS))) * minimum(ETA, 1 / sqrt(T)),
        ),
        *([] if squares is estimate else [FormulaLine(squares, estimate)]),
        FormulaLine(_UPDATE, G / sqrt(maximum(squares, letter(_EPS_1) ** 2))),
        FormulaLine(_CLIPPED, maximum(1, sqrt(mean(_UPDATE**2, _NUMBERS)) / letter(_CLIP))),
    )


ADAFACTOR = Optimizer(
    key="adafactor",
    label="Adafactor",
    sentence="Adafactor divides by the root of a mean square that it keeps per row and per column of a weight only. "
    "It steps in proportion to the size of the weights.",
    torch="Adafactor",
    hyperparameters=(
        replace(LEARNING_RATE, default=0.01, sentence="The largest step in proportion to θ; never more than 1/√t."),
        _DECAY,
        _EPS_1,
        _EPS_2,
        _CLIP,
        replace(WEIGHT_DECAY, sentence="Decoupled: θ shrinks by the factor 1 − η·λ before the step."),
        MAXIMIZE,
    ),
    slots=(
        OptimizerSlot(
            _ROW,
            "mean square of the gradients in this row",
            becomes(_ROW, (1 - _WEIGHT) * _ROW + _WEIGHT * axis_mean(G**2, -1)),
            only="matrices",
            along=-1,
            torch="row_var",
        ),
        OptimizerSlot(
            _COLUMN,
            "mean square of the gradients in this column",
            becomes(_COLUMN, (1 - _WEIGHT) * _COLUMN + _WEIGHT * axis_mean(G**2, -2)),
            only="matrices",
            along=-2,
            torch="col_var",
        ),
        OptimizerSlot(
            _V,
            "mean of the squared gradient",
            becomes(_V, (1 - _WEIGHT) * _V + _WEIGHT * G**2),
            only="vectors",
            torch="variance",
        ),
    ),
    init=lambda params, **_: {name: np.zeros_like(params) for name in ("row", "column", "v")},
    step=by_tensor(_matrix_step, _vector_step),
    formula=lambda settings: _tensor_formula(settings, _ROW * _COLUMN / maximum(mean(_ROW, _NUMBERS), letter(_EPS_1))),
    vector_formula=lambda settings: _tensor_formula(settings, _V),
    combines="tensors",
    decoupled=True,
    decays_by_itself=True,
    source="Shazeer and Stern 2018, as torch.optim.Adafactor; biases keep a mean square for each number",
)
