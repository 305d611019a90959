"""The elementary functions, by the names that formulas have for them."""

from __future__ import annotations

import math
from typing import Literal

from mlpviz.engine.expressions.forms import Constant
from mlpviz.engine.expressions.tree import Expression, Operation, Symbol, as_expression

PI = Constant(math.pi, r"\pi", "np.pi", "math.pi")


def sqrt(x: Expression | float) -> Expression:
    """√x."""
    return Operation("sqrt", (as_expression(x),))


def absolute(x: Expression) -> Expression:
    """|x|."""
    return Operation("abs", (x,))


def sign(x: Expression) -> Expression:
    """-1, 0 or 1."""
    return Operation("sign", (x,))


def maximum(x: Expression | float, y: Expression | float) -> Expression:
    """The larger of both."""
    return Operation("maximum", (as_expression(x), as_expression(y)))


def minimum(x: Expression | float, y: Expression | float) -> Expression:
    """The smaller of both."""
    return Operation("minimum", (as_expression(x), as_expression(y)))


def clip(x: Expression, low: Expression | float, high: Expression | float) -> Expression:
    """min(max(low, x), high): x, but not below `low` and not above `high`."""
    return Operation("clip", (x, as_expression(low), as_expression(high)))


def equal(x: Expression, y: Expression | float) -> Expression:
    """[x = y]: 1 where both are equal, else 0. `==` compares trees instead."""
    return Operation("==", (x, as_expression(y)))


def between(low: Expression | float, x: Expression, high: Expression | float, *, ends: bool = False) -> Expression:
    """[low < x < high], with `ends` [low ≤ x ≤ high]."""
    return Operation("between or at" if ends else "between", (as_expression(low), x, as_expression(high)))


def indicator(condition: Expression, like: Symbol) -> Expression:
    """A comparison as floats 1 and 0 of the type of `like`: in code a comparison alone is true or false."""
    return Operation("indicator", (condition, like))


def choice(condition: Expression, then: Expression, other: Expression) -> Operation:
    """`then` if the condition holds, else `other`; the condition is a single number, not an array."""
    return Operation("if", (then, condition, other))


def exp(x: Expression) -> Expression:
    """e^x."""
    return Operation("exp", (x,))


def expm1(x: Expression) -> Expression:
    """e^x - 1, which code computes without losing the digits of a small x."""
    return Operation("expm1", (x,))


def ln(x: Expression) -> Expression:
    """The natural logarithm; LaTeX has parentheses around x."""
    return Operation("ln", (x,))


def log(x: Expression) -> Expression:
    """The natural logarithm; LaTeX has log and no parentheses, as losses are written."""
    return Operation("log", (x,))


def xlogy(x: Expression, y: Expression) -> Expression:
    """x log y, and 0 where x is 0: the limit."""
    return Operation("xlogy", (x, y))


def tanh(x: Expression) -> Expression:
    """The hyperbolic tangent."""
    return Operation("tanh", (x,))


def sigmoid(x: Expression) -> Expression:
    """σ(x) = 1 / (1 + e^-x)."""
    return Operation("sigmoid", (x,))


def softplus(x: Expression) -> Expression:
    """ln(1 + e^x), computed so that nothing overflows; -softplus(-x) is the logarithm of the sigmoid."""
    return Operation("softplus", (x,))


def cos(x: Expression) -> Expression:
    """The cosine."""
    return Operation("cos", (x,))


def floor(x: Expression) -> Expression:
    """The largest whole number that is not above x."""
    return Operation("floor", (x,))


def mod(x: Expression, y: Expression | float) -> Expression:
    """What is left of x after y was taken away as often as possible."""
    return Operation("mod", (x, as_expression(y)))


def erf(x: Expression) -> Expression:
    """The error function; NumPy code has SciPy's."""
    return Operation("erf", (x,))


def normal_cdf(x: Expression) -> Expression:
    """Φ(x), the share of a standard normal below x; NumPy code has SciPy's."""
    return Operation("cdf", (x,))


def norm(x: Expression, order: Expression) -> Expression:
    """The length of a vector: Euclid's for the order 2, the sum of sizes for 1, the largest size for infinity."""
    return Operation("norm", (x, order))


def row_max(x: Expression) -> Expression:
    """The largest number of each row -> (..., N, 1)."""
    return Operation("row max", (x,))


def axis_mean(x: Expression, axis: int) -> Expression:
    """The mean of each row of a matrix (axis -1) or of each column (-2); the axis stays with length 1."""
    return Operation({-1: "row mean", -2: "column mean"}[axis], (x,))


def matmul(x: Expression, y: Expression) -> Expression:
    """The product of two matrices."""
    return Operation("matmul", (x, y))


def transpose(x: Expression) -> Expression:
    """A matrix with its rows as columns."""
    return Operation("transpose", (x,))


def over_samples(what: Literal["sum", "mean", "min", "max"], x: Expression) -> Expression:
    """Sum, mean, smallest or largest number of x (N, I) over the samples n -> (I,)."""
    return Operation(f"sample {what}", (x,))


def diagonal(matrix: Expression) -> Expression:
    """The numbers C_kk of a confusion matrix (K, K)."""
    return Operation("diagonal", (matrix,))


def column_sums(matrix: Expression) -> Expression:
    """Σ_j C_jk of a confusion matrix: how many samples were taken for each class."""
    return Operation("column sums", (matrix,))


def row_sums(matrix: Expression) -> Expression:
    """Σ_j C_kj of a confusion matrix: how many samples are of each class."""
    return Operation("row sums", (matrix,))


def confusion(true: Expression, predicted: Expression, classes: Expression) -> Expression:
    """How many samples of class j were taken for class k: (N,) and (N,) numbers of classes -> (K, K)."""
    return Operation("confusion", (true, predicted, classes))


def table(x: Expression, places: Expression, numbers: Expression, *, linear: bool) -> Expression:
    """The number of the last place that is not above x; `linear`: on the straight line to the next one."""
    return Operation("line table" if linear else "table", (x, places, numbers))


def over(x: Expression | float, y: Expression | float) -> Expression:
    """x / y, written in one line."""
    return Operation("over", (as_expression(x), as_expression(y)))


def tall(x: Expression) -> Expression:
    """x in parentheses as tall as itself; code has x alone."""
    return Operation("tall", (x,))


def also_written(x: Expression, same: Expression) -> Expression:
    """Both ways to write a formula with an equals sign between them; x is computed."""
    return Operation("equal to", (x, same))
