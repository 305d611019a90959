"""Losses whose terms need a number of the whole row of a sample: the multi-class hinge and the cosine loss."""

from __future__ import annotations

import numpy as np

from mlpviz.engine.expressions import (
    Expression,
    FormulaLine,
    Number,
    Symbol,
    indicator,
    maximum,
    number_code,
    row_sum,
    sqrt,
    tall,
)
from mlpviz.engine.hyperparameters import Hyperparameter, exact
from mlpviz.engine.losses.loss import Clamp, Content, Loss, loss_entry
from mlpviz.engine.losses.reduction import OVER_NUMBERS, OVER_SAMPLES, REDUCTION, Reduction, over_samples
from mlpviz.engine.losses.symbols import A_K, LENGTH, RIGHT, T_K, A, O, T
from mlpviz.engine.losses.weighing import CLASS_WEIGHTS, class_weights
from mlpviz.engine.parameters import Array

_RIGHT_WEIGHT = Symbol("w_y", "w_right")
_INSIDE = Symbol("c", "inside")
_WEIGHT_K = Symbol("w_k", "w")

# PyTorch divides by O also where it only adds up
_OVER_OUTPUTS = Reduction("outputs", O, ', reduction="sum"', ".sum()")


def _right(y: Array, t: Array) -> Array:
    # not t · a, which is NaN where another output is infinite
    return np.where(t == 0.0, 0.0, y).sum(axis=-1, keepdims=True)


def _other_best(y: Array, t: Array) -> Array:
    """For the output of the class the best of the others, for each of the others that of the class."""
    best = np.where(t == 0.0, y, -np.inf).max(axis=-1, keepdims=True)
    return np.where(t == 0.0, _right(y, t), best)


def _multi_margin(p: int, margin: float, weight: tuple[float, ...], reduction: str) -> Loss:
    squared = p == 2
    missing = Number(margin) - RIGHT + A  # in the order of PyTorch, so that a tie is one in both
    missing_k = Number(margin) - RIGHT + A_K

    def cost(one: Expression) -> Expression:
        return maximum(0, one) ** 2 if squared else maximum(0, one)

    def pull(one: Expression, like: Symbol) -> Expression:
        return maximum(0, one) if squared else indicator(one > 0, like)

    lines = [FormulaLine(RIGHT, row_sum(T_K * A_K))]
    lines += [FormulaLine(_RIGHT_WEIGHT, row_sum(T_K * _WEIGHT_K))] if weight else []
    lines += [FormulaLine(_INSIDE, row_sum((1 - T_K) * pull(missing_k, A_K)))]
    term, slope = (1 - T) * cost(missing), (1 - T) * pull(missing, A) - T * _INSIDE
    if squared:
        slope = Number(2) * slope
    if weight:
        term, slope = _RIGHT_WEIGHT * term, _RIGHT_WEIGHT * slope

    def factor(t: Array) -> Array | float:
        return (t * np.array(weight, dtype=t.dtype)).sum(axis=-1, keepdims=True) if weight else 1.0

    def left(y: Array, t: Array) -> Array:
        """What each output of another class is short of the margin."""
        return margin - _right(y, t) + y

    def terms(y: Array, t: Array) -> Array:
        short = np.maximum(0.0, left(y, t))
        return factor(t) * np.where(t == 0.0, short * short if squared else short, 0.0)

    def grad(y: Array, t: Array) -> Array:
        short = left(y, t)
        pulls = np.where((t == 0.0) & (short > 0.0), 2.0 * short if squared else np.ones_like(short), 0.0)
        return factor(t) * (pulls - t * pulls.sum(axis=-1, keepdims=True))

    weights, argument = class_weights(weight, _WEIGHT_K)
    options = ", p=2" * squared + f", margin={number_code(margin)}" * (margin != 1.0) + argument
    many = "y.shape[-1] * " * (reduction == "mean_of_sums")
    return Loss(
        key="multi_margin",
        aliases=("MultiMarginLoss", "multi_margin_loss", "multiclass_hinge"),
        label="multi-class hinge",
        term=term,
        slope=slope,
        row_numbers=tuple(lines),
        sentence=f"Multi-class hinge: another output costs nothing that is at least {exact(margin)} below the output "
        "of its class.",
        torch="multi_margin",
        torch_call=f"{many}F.multi_margin_loss(y, t{options}{{}})",
        per_sample=True,
        terms=terms,
        grad=grad,
        # squared it bends there without a jump
        corner=None if squared else lambda y, t: np.where(t == 0.0, left(y, t), margin + _other_best(y, t) - y),
        content=Content(
            lambda y, t: np.where(t == 0.0, left(y, t) <= 0.0, margin + _other_best(y, t) - y <= 0.0),
            lambda y, t: np.abs(y - _other_best(y, t)),
            "output {output} keeps the margin",
            f"the class leads by {{0}}, and the margin is {exact(margin)}",
        ),
        by={"sum": _OVER_OUTPUTS, "mean_of_sums": OVER_SAMPLES}.get(reduction, OVER_NUMBERS),
        target="classes",
        takes_rows=False,
        weight=weight,
        weights=weights,
        source="Crammer and Singer 2001, Weston and Watkins 1999; an output that is NaN makes L NaN, where PyTorch "
        "leaves it out",
    )


MULTI_MARGIN = loss_entry(
    _multi_margin,
    Hyperparameter(
        "p",
        "power p",
        1,
        1,
        2,
        kind="int",
        sentence="What is short of the margin costs as it is with 1, and its square with 2.",
        symbol="p",
    ),
    Hyperparameter(
        "margin", "margin", 1.0, 0.0, sentence="How far below the output of the class another one costs nothing."
    ),
    CLASS_WEIGHTS,
    Hyperparameter(
        "reduction",
        "add up or average",
        "mean",
        kind="choice",
        says_itself=True,
        choices=("mean", "sum", "mean_of_sums"),
        sentence="As in PyTorch: over all numbers, or over the outputs and only added up over the samples. Or as in "
        "many courses: added up over the outputs, and averaged over the samples.",
    ),
    per_output=False,
)


_TARGET_LENGTH = Symbol("|t|", "t_length")
# the same, but at least ε
_HELD = Symbol(r"|a|_{\varepsilon}", "held")
_TARGET_HELD = Symbol(r"|t|_{\varepsilon}", "t_held")
_COSINE = Symbol(r"\cos(a, t)", "cosine")


def _lengths(rows: Array) -> Array:
    return np.sqrt((rows * rows).sum(axis=-1, keepdims=True))


def _cosine(eps: float, reduction: str) -> Loss:
    length, t_length = (_HELD, _TARGET_HELD) if eps else (LENGTH, _TARGET_LENGTH)
    lines = [FormulaLine(LENGTH, sqrt(row_sum(A_K**2))), FormulaLine(_TARGET_LENGTH, sqrt(row_sum(T_K**2)))]
    lines += [FormulaLine(_HELD, maximum(LENGTH, eps)), FormulaLine(_TARGET_HELD, maximum(_TARGET_LENGTH, eps))] * (
        eps > 0.0
    )
    unit, t_unit = A / length, T / t_length
    along = _COSINE * unit
    if eps:  # below ε the length that divides does not change with a
        along = indicator(eps <= LENGTH, A) * along

    def held(rows: Array) -> Array:
        return np.maximum(_lengths(rows), eps)

    def cosine(y: Array, t: Array) -> Array:
        return (y / held(y) * (t / held(t))).sum(axis=-1, keepdims=True)

    def bare(y: Array, t: Array) -> Array:
        of_y, of_t = _lengths(y), _lengths(t)
        both = y / of_y * (t / of_t)
        return (both.sum(axis=-1, keepdims=True) * (y / of_y) - t / of_t) / of_y

    def grad(y: Array, t: Array) -> Array:
        own = held(y)
        pull = np.where(_lengths(y) >= eps, cosine(y, t) * (y / own), 0.0)
        return (pull - t / held(t)) / own

    def is_held(y: Array, t: Array) -> Array:
        short = (_lengths(y) < eps) | (_lengths(t) < eps)
        return np.broadcast_to(short, y.shape)

    def is_along(y: Array, t: Array) -> Array:
        at_end = np.abs(np.abs(cosine(y, t)) - 1.0) <= 4.0 * np.finfo(y.dtype).eps
        return np.broadcast_to(at_end, y.shape)

    call = f"F.normalize({{}}, dim=-1, eps={number_code(eps)})"
    return Loss(
        key="cosine",
        aliases=("cosine_loss", "cosine_distance"),
        label="cosine",
        term=Number(1) / O - unit * t_unit,
        body=tall(Number(1) / O - unit * t_unit),
        slope=(along - t_unit) / length,
        row_numbers=(*lines, FormulaLine(_COSINE, row_sum(_of_row(unit) * _of_row(t_unit)))),
        sentence="Cosine: only the direction of the outputs of a sample counts, 1 − cos of the angle to their target.",
        torch="cosine",
        torch_call=f"1 - ({call.format('y')} * {call.format('t')}).sum(dim=-1)",
        per_sample=True,
        terms=lambda y, t: 1.0 / y.shape[-1] - y / held(y) * (t / held(t)),
        grad=grad,
        cancelling=lambda y, t: (np.abs(y / held(y)) + np.abs(t / held(t))) / held(y),
        corner=lambda y, t: np.broadcast_to(_lengths(y) - eps, y.shape),
        clamp=Clamp(
            is_held,
            bare,
            f"|a| and |t| are held at {exact(eps)} or more where they divide",
            "so that a row of zeros does not divide by 0",
        )
        if eps
        else None,
        content=Content(
            is_along,
            lambda y, t: np.broadcast_to(cosine(y, t), y.shape),
            "the outputs lie on the line of their target at output {output}",
            "cos(a, t) = {0}",
        ),
        by=over_samples(reduction),
        source="1 − torch.cosine_similarity with its ε; the gradient is that of F.normalize, because "
        "cosine_similarity's own is not the derivative of its value where |a| is below ε and not 0",
    )


def _of_row(formula: Expression) -> Expression:
    """The same with the index of a sum over the row."""
    return formula.replace(lambda part: {A: A_K, T: T_K}.get(part) if isinstance(part, Symbol) else None)


COSINE = loss_entry(
    _cosine,
    Hyperparameter(
        "eps",
        "ε",
        1e-8,
        0.0,
        sentence="The lengths that divide are at least this; with 0 a row of zeros has no direction and L is NaN.",
        aliases=("epsilon",),
    ),
    REDUCTION,
    per_output=False,
)

WHOLE_ROW = (MULTI_MARGIN, COSINE)
