"""Losses on probabilities of their own: binary cross-entropy on logits and after the sigmoid, and the focal loss."""

from __future__ import annotations

import operator
from collections.abc import Callable
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine.activations import sigmoid
from mlpviz.engine.expressions import (
    Constant,
    Expression,
    Number,
    Vector,
    log,
    maximum,
    number_code,
    tall,
)
from mlpviz.engine.hyperparameters import Hyperparameter
from mlpviz.engine.logistic import softplus
from mlpviz.engine.losses.loss import Clamp, Content, Loss, loss_entry
from mlpviz.engine.losses.reduction import (
    REDUCTION_OF_NUMBERS,
    over_numbers,
)
from mlpviz.engine.losses.symbols import POSITIVE_WEIGHT, A, LossWeights, P, T
from mlpviz.engine.parameters import Array

# the bounds of torch.nn.BCELoss: its denominator stays at 1e-12, a float32, its logarithms at -100 and more
_FLOOR, _LEAST_LOG = float(np.float32(1e-12)), -100.0


def _clamped_log(p: Array) -> Array:
    return np.maximum(np.log(p), _LEAST_LOG)


def _bce_holds(y: Array, t: Array) -> NDArray[np.bool_]:
    # a logarithm below -100 counts where the target takes it; then the denominator is far below its bound too
    return (y * (1.0 - y) < _FLOOR) & ~np.isnan(y) & (y != t)


def _entropy_on_logits(y: Array, t: Array) -> Array:
    # max(y, 0) - y t + log(1 + e^-|y|): an equal expression in which no exponential overflows
    return np.maximum(y, 0.0) - y * t + np.log1p(np.exp(-np.abs(y)))


def _left_out(weigh: Callable[[Array], Array], because: str) -> Content:
    """Outputs that the loss leaves alone because what multiplies their term, `weigh(t)`, is 0."""
    return Content(
        lambda y, t: np.broadcast_to(weigh(t) == 0.0, y.shape),
        lambda y, t: t,
        "the loss does not read output {output}",
        f"a target of {{0}} {because} there",
    )


POS_WEIGHT = Hyperparameter(
    "pos_weight",
    "weight of positives",
    (),
    0.0,
    kind="floats",
    sentence="How much t counts against 1 − t, one number per output; empty: alike.",
)


def _bce_with_logits(pos_weight: tuple[float, ...], reduction: str) -> Loss:
    q = np.array(pos_weight)

    def terms(y: Array, t: Array) -> Array:
        if pos_weight:
            return (1.0 - t) * y + (1.0 + (q.astype(y.dtype) - 1.0) * t) * softplus(-y)  # which is -log p
        return _entropy_on_logits(y, t)

    def grad(y: Array, t: Array) -> Array:
        if pos_weight:
            factor = q.astype(y.dtype) * t
            return (factor + 1.0 - t) * sigmoid(y) - factor
        return sigmoid(y) - t

    positive: Expression = POSITIVE_WEIGHT * T if pos_weight else T
    argument = f", pos_weight={Vector(pos_weight, 'q').torch()}" if pos_weight else ""
    return Loss(
        key="bce_with_logits",
        aliases=("BCEWithLogitsLoss", "binary_cross_entropy_with_logits"),
        label="binary cross-entropy (logits)",
        body=tall(positive @ log(P) + (1 - T) @ log(1 - P)),
        minus=True,
        where=r", \quad p = \sigma(z)",
        term=-(positive @ log(P)) - (1 - T) @ log(1 - P),
        slope=(positive + 1 - T) * P - positive if pos_weight else P - T,
        sentence="Binary cross-entropy on logits: it applies the sigmoid itself; the last layer is the identity.",
        torch="binary_cross_entropy_with_logits",
        torch_call=f"F.binary_cross_entropy_with_logits(y, t{argument}{{}})",
        terms=terms,
        grad=grad,
        constants=("−",),
        is_cross_entropy=True,
        by=over_numbers(reduction),
        target="probabilities",
        last_activations=("identity",),
        probabilities="sigmoid",
        weights=(LossWeights(POSITIVE_WEIGHT, pos_weight, "output"),) if pos_weight else (),
        content=_left_out(lambda t: (1.0 - t) + q * t, "counts q = 0") if pos_weight else None,
    )


BCE_WITH_LOGITS = loss_entry(_bce_with_logits, POS_WEIGHT, REDUCTION_OF_NUMBERS)


def _focal(gamma: float, alpha: float, reduction: str) -> Loss:
    has_balance = alpha >= 0.0
    entropy = T * log(P) + (1 - T) * log(1 - P)
    missed = T * (1 - P) + (1 - T) * P
    balance = [Number(alpha) * T + Number(1.0 - alpha) * (1 - T)] if has_balance else []

    def weigh(t: Array) -> Array:
        return alpha * t + (1.0 - alpha) * (1.0 - t) if has_balance else np.ones_like(t)

    def parts(y: Array, t: Array) -> tuple[Array, Array]:
        # the share of p that misses the target, and the cross-entropy
        return t * sigmoid(-y) + (1.0 - t) * sigmoid(y), _entropy_on_logits(y, t)

    def terms(y: Array, t: Array) -> Array:
        share, loss = parts(y, t)
        return weigh(t) * share**gamma * loss

    def grad(y: Array, t: Array) -> Array:
        share, loss = parts(y, t)
        # for targets of 0 and 1 the quotient is at most 1, also where both of its parts are nearly 0
        change = (1.0 - 2.0 * t) * sigmoid(y) * sigmoid(-y) / np.where(share == 0.0, 1.0, share)
        return weigh(t) * share**gamma * (sigmoid(y) - t + gamma * change * loss)

    def times(factors: list[Expression], last: Expression) -> Expression:
        return reduce(operator.mul, [*factors, last])

    def power(exponent: float) -> list[Expression]:
        return [] if exponent == 0.0 else [missed if exponent == 1.0 else missed**exponent]

    focus = power(gamma)
    slope = times(focus, P - T)
    if gamma:
        count: list[Expression] = [] if gamma == 1.0 else [Number(gamma)]
        slope = slope - times([*count, *power(gamma - 1.0)], (1 - Number(2) @ T) * P * (1 - P) * entropy)
    code = 'F.binary_cross_entropy_with_logits(y, t, reduction="none")'
    if gamma:
        code = f"(t * torch.sigmoid(-y) + (1 - t) * torch.sigmoid(y)) ** {number_code(gamma)} * {code}"
    if has_balance:
        code = f"({number_code(alpha)} * t + {number_code(1.0 - alpha)} * (1 - t)) * {code}"
    return Loss(
        key="focal",
        label="focal (logits)",
        body=times([*balance, *focus], entropy),
        minus=True,
        where=r", \quad p = \sigma(z)",
        term=-times([*balance, *focus], entropy),
        slope=times(balance, slope),
        sentence="Focal loss: binary cross-entropy on logits in which an output counts less the better it fits.",
        torch="focal",
        torch_call=code,
        terms=terms,
        grad=grad,
        constants=("−",),
        is_cross_entropy=True,
        by=over_numbers(reduction),
        target="probabilities",
        last_activations=("identity",),
        probabilities="sigmoid",
        content=_left_out(weigh, "counts 0") if has_balance else None,
        source="Lin et al. 2017; the mean is over all numbers, as in torchvision's sigmoid_focal_loss",
    )


FOCAL = loss_entry(
    _focal,
    Hyperparameter(
        "gamma",
        "focus γ",
        2.0,
        0.0,
        sentence="How little an output counts that fits already; 0 is binary cross-entropy.",
        symbol=r"\gamma",
    ),
    Hyperparameter(
        "alpha",
        "balance α",
        0.25,
        -1.0,
        1.0,
        sentence="How much a target of 1 counts, and 1 − α one of 0; below 0: both alike, without α.",
        symbol=r"\alpha",
    ),
    REDUCTION_OF_NUMBERS,
)


def _bce(reduction: str) -> Loss:
    log_a, log_rest = (maximum(log(each), _LEAST_LOG) for each in (A, 1 - A))
    floor = Constant(_FLOOR, "10^{-12}", "np.float32(1e-12)")
    return Loss(
        key="bce",
        aliases=("BCELoss", "binary_crossentropy", "log_loss"),
        label="binary cross-entropy (after sigmoid)",
        body=tall(T * log_a + (1 - T) * log_rest),
        minus=True,
        term=-(T * log_a) - (1 - T) * log_rest,
        slope=(A - T) / maximum(A * (1 - A), floor),
        sentence="Binary cross-entropy by hand: the last layer is the sigmoid, the loss takes its logarithm.",
        torch="binary_cross_entropy",
        torch_call="F.binary_cross_entropy(y, t{})",
        terms=lambda y, t: -(t * _clamped_log(y) + (1.0 - t) * _clamped_log(1.0 - y)),
        grad=lambda y, t: (y - t) / np.maximum(y * (1.0 - y), _FLOOR),
        clamp=Clamp(
            _bce_holds,
            lambda y, t: (y - t) / (y * (1.0 - y)),
            "the denominator a · (1 − a) is held at 1e-12 or more, and a logarithm at −100 or more",
            "so that no output is too near 0 or 1",
        ),
        constants=("−",),
        is_cross_entropy=True,
        on_logits=BCE_WITH_LOGITS.key,
        by=over_numbers(reduction),
        target="probabilities",
        last_activations=("sigmoid",),
        source="logarithms held at -100 or more, the denominator at 1e-12 or more, as in torch.nn.BCELoss",
    )


BCE = loss_entry(_bce, REDUCTION_OF_NUMBERS)
