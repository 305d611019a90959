"""The metrics: how well outputs match targets, one record each.

A metric has no gradient and no influence on training. `classify.py` says how outputs are read as classes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine.classify import class_decision
from mlpviz.engine.expressions import (
    Expression,
    FormulaLine,
    Rewritten,
    Sum,
    Symbol,
    cases,
    column_sums,
    diagonal,
    equal,
    maximum,
    mean,
    over_samples,
    row_sums,
)
from mlpviz.engine.expressions import confusion as counts_of
from mlpviz.engine.parameters import Array
from mlpviz.engine.registry import Registry
from mlpviz.engine.spec import NetworkSpec, SpecError


@dataclass(frozen=True)
class Metric:
    """One metric, a function of outputs y (..., N, O) and targets t (N, O); `shape` is what it gives per network.

    `value` takes the confusion matrix (..., K, K) of K classes if the metric reads classes, else y and t.
    `formula` is its line, of the confusion matrix C, or of y and t. `sklearn` names the function in `sklearn.metrics`,
    with `average=None` where it is one number per class.
    """

    key: str
    label: str
    formula: FormulaLine
    sentence: str
    reads: Literal["classes", "values"]
    shape: Literal["number", "per class", "matrix"]
    value: Callable[..., Array]
    sklearn: str
    source: str = ""

    @property
    def numpy_lines(self) -> tuple[str, ...]:
        """Lines in NumPy, of the classes `t` and `predicted` (N,) of K, or of the values `t` and `y` (N, O)."""
        return self.formula.code("numpy")

    @property
    def sklearn_code(self) -> str:
        """The line in scikit-learn, of the same names."""
        more = {"per class": ", labels=range(K), average=None, zero_division=0", "matrix": ", labels=range(K)"}
        guess = "predicted" if self.reads == "classes" else "y"
        return f"{self.formula.symbol.name} = sklearn.metrics.{self.sklearn}(t, {guess}{more.get(self.shape, '')})"

    def fits(self, spec: NetworkSpec) -> bool:
        """Whether it is defined for this network."""
        if self.reads == "classes":
            return class_decision(spec) is not None
        return spec.loss.target == "values" and not spec.loss.outputs_are_logarithms

    def of(self, spec: NetworkSpec) -> Callable[[Array, Array], Array]:
        """The metric as a function of y (..., N, O) and t (N, O). Raises SpecError if it does not fit the network."""
        if not self.fits(spec):
            known = ", ".join(metric.key for metric in fitting_metrics(spec)) or "none"
            raise SpecError(f"metric {self.key} does not fit loss {spec.loss.key}; choose from {known}")
        decision = class_decision(spec)
        if self.reads == "values" or decision is None:
            return self.value
        return lambda y, t: self.value(confusion(decision.predicted(y), decision.true(t), decision.classes))


def fitting_metrics(spec: NetworkSpec) -> tuple[Metric, ...]:
    """The metrics that fit this network, in the order of the registry."""
    return tuple(metric for metric in METRICS.values() if metric.fits(spec))


def confusion(predicted: NDArray[np.intp], true: NDArray[np.intp], classes: int) -> NDArray[np.intp]:
    """How often each class (row, from 0) was predicted as each class (column): (..., N) and (..., N) -> (..., K, K)."""
    cells = true * classes + predicted
    networks = cells.reshape(-1, cells.shape[-1])
    size = classes * classes
    cells = (networks + size * np.arange(len(networks))[:, None]).ravel()
    counts = np.bincount(cells, minlength=size * len(networks))
    return counts.reshape(*predicted.shape[:-1], classes, classes)


def _correct(matrix: Array) -> Array:
    return np.diagonal(matrix, axis1=-2, axis2=-1)


def _share(part: Array, whole: Array) -> Array:
    """part / whole, 0 where whole is 0."""
    return np.divide(part, whole, out=np.zeros(part.shape), where=whole > 0)


def _r2(y: Array, t: Array) -> Array:
    y, t = np.asarray(y, dtype=float), np.asarray(t, dtype=float)
    if t.shape[-2] < 2:
        return np.full(y.shape[:-2], np.nan)
    residual = np.square(t - y).sum(axis=-2)
    spread = np.square(t - t.mean(axis=-2, keepdims=True)).sum(axis=-2)
    # for a constant target: 1 if predicted exactly, else 0
    share = np.divide(residual, spread, out=(residual > 0).astype(float), where=spread > 0)
    return (1.0 - share).mean(axis=-1)


TRUE, PREDICTED, CLASSES = Symbol("t", "t"), Symbol(r"\hat{t}", "predicted"), Symbol("K", "K")
MATRIX = Symbol("C", "C")
"""The confusion matrix."""
_COUNTED = FormulaLine(MATRIX, counts_of(TRUE, PREDICTED, CLASSES))


def _from_matrix(letter: str, name: str, formula: Expression) -> FormulaLine:
    return FormulaLine(Symbol(letter, name), formula, (_COUNTED,))


def _or_zero(part: Expression, whole: Expression) -> Expression:
    """part / whole of counts; where the whole is 0 the part is as well."""
    return Rewritten(part / whole, part / maximum(whole, 1))


_Y, _SAMPLES, _OUTPUTS = Symbol("a", "y"), Symbol("N", "C.sum()"), Symbol("O", "y.shape[1]")
_RESIDUAL, _SPREAD, _MEAN = Symbol("r_k", "residual"), Symbol("s_k", "spread"), Symbol(r"\bar{t}", "t_mean")
_R2 = FormulaLine(
    Symbol("R^2", "r2"),
    mean(
        cases(
            (1 - _RESIDUAL / Rewritten(_SPREAD, maximum(_SPREAD, 1e-300)), _SPREAD > 0), otherwise=equal(_RESIDUAL, 0)
        ),
        _OUTPUTS,
    ),
    (
        FormulaLine(_RESIDUAL, over_samples("sum", (TRUE - _Y) ** 2)),
        FormulaLine(_SPREAD, over_samples("sum", (TRUE - _MEAN) ** 2)),
        FormulaLine(_MEAN, over_samples("mean", TRUE)),
    ),
)

METRICS: Registry[Metric] = Registry(
    "metric",
    (
        Metric(
            key="accuracy",
            label="accuracy",
            formula=_from_matrix(r"\text{accuracy}", "accuracy", Sum(diagonal(MATRIX), "k") / _SAMPLES),
            sentence="Accuracy is the share of samples whose class is right.",
            reads="classes",
            shape="number",
            value=lambda matrix: _correct(matrix).sum(axis=-1) / matrix.sum(axis=(-2, -1)),
            sklearn="accuracy_score",
        ),
        Metric(
            key="confusion",
            label="confusion matrix",
            formula=FormulaLine(Symbol("C_{jk}", "C"), _COUNTED.formula),
            sentence="The confusion matrix counts which class (row) was taken for which (column).",
            reads="classes",
            shape="matrix",
            value=lambda matrix: matrix,
            sklearn="confusion_matrix",
        ),
        Metric(
            key="precision",
            label="precision",
            formula=_from_matrix(r"\text{precision}_k", "precision", _or_zero(diagonal(MATRIX), column_sums(MATRIX))),
            sentence="Precision is the share of right ones among those taken for the class; 0 if there are none.",
            reads="classes",
            shape="per class",
            value=lambda matrix: _share(_correct(matrix), matrix.sum(axis=-2)),
            sklearn="precision_score",
        ),
        Metric(
            key="recall",
            label="recall",
            formula=_from_matrix(r"\text{recall}_k", "recall", _or_zero(diagonal(MATRIX), row_sums(MATRIX))),
            sentence="Recall is the share of the class that was found; 0 if no sample is of the class.",
            reads="classes",
            shape="per class",
            value=lambda matrix: _share(_correct(matrix), matrix.sum(axis=-1)),
            sklearn="recall_score",
        ),
        Metric(
            key="f1",
            label="F1",
            formula=_from_matrix(
                "F_{1,k}", "f1", _or_zero(2 * diagonal(MATRIX), column_sums(MATRIX) + row_sums(MATRIX))
            ),
            sentence="F1 is the harmonic mean of precision and recall.",
            reads="classes",
            shape="per class",
            value=lambda matrix: _share(2 * _correct(matrix), matrix.sum(axis=-2) + matrix.sum(axis=-1)),
            sklearn="f1_score",
        ),
        Metric(
            key="r2",
            label="R²",
            formula=_R2,
            sentence="R² is the share of the target's variance that the network explains; 0 is as good as the mean.",
            reads="values",
            shape="number",
            value=_r2,
            sklearn="r2_score",
            source="the mean over the outputs; a target that never changes gives 1 when met and else 0",
        ),
    ),
)
