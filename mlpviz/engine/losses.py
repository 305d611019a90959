"""Which loss functions exist: the terms of the sum and their gradient side by side, one record each.

Refuses to know about layers. A loss is Σ terms / divisor; the divisor makes it a mean.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine.activations import log_softmax, sigmoid, softmax
from mlpviz.engine.parameters import Array
from mlpviz.engine.registry import Registry

TargetKind = Literal["values", "probabilities", "classes", "none"]
"""What a target row holds: O numbers; O numbers in 0..1; a class number or O probabilities; nothing."""


@dataclass(frozen=True)
class Loss:
    """One loss L = Σ terms(y, t) / divisor over the outputs y (..., N, O) and targets t (N, O).

    `grad(y, t)` is the derivative of the undivided sum, shaped like y. `mean_over` names the divisor:
    N·O numbers, N samples, or 1. `last_activations` are the activations of the last layer that fit (empty: all);
    `probabilities` names the activation that turns y into displayed probabilities p.
    `latex` and `grad_latex` (one element of ∂L/∂y) use the letters a = y, t, p, N, O
    and s = Σ t over one sample (left out where it is 1).
    `torch` names the twin: a function of y and t in `torch.nn.functional` that takes the mean, or an entry of the table
    in `mlpviz/reference.py`; `torch_code` is the same as a line of PyTorch.
    """

    key: str
    label: str
    latex: str
    term_latex: str
    grad_latex: str
    sentence: str
    torch: str
    torch_code: str
    terms: Callable[[Array, Array], Array]
    grad: Callable[[Array, Array], Array]
    mean_over: Literal["numbers", "samples", "nothing"]
    target: TargetKind = "values"
    last_activations: tuple[str, ...] = ()
    probabilities: str | None = None
    numpy: str = ""
    numpy_grad: str = ""
    source: str = ""

    def divisor(self, samples: int, outputs: int) -> int:
        """What the sum of terms is divided by, for N samples of O outputs."""
        return {"numbers": samples * outputs, "samples": samples, "nothing": 1}[self.mean_over]


def _xlogy(t: Array, p: Array) -> Array:
    # 0 · log 0 counts as 0, the limit that information theory uses
    return np.where(t == 0.0, 0.0, t * np.log(np.where(t == 0.0, 1.0, p)))


# keeps a saturated output from dividing by zero; PyTorch holds its 1e-12 in float32
_BCE_FLOOR = float(np.float32(1e-12))


def _clamped_log(p: Array) -> Array:
    # torch.nn.BCELoss cuts the logarithm off at -100 so that p = 0 gives a finite loss
    return np.maximum(np.log(p), -100.0)


LOSSES: Registry[Loss] = Registry(
    "loss",
    (
        Loss(
            key="mse",
            label="MSE",
            latex=r"L = \frac{1}{N \cdot O} \sum (a - t)^2",
            term_latex=r"(a - t)^2",
            grad_latex=r"\frac{2}{N \cdot O} \cdot (a - t)",
            sentence="Mean squared error: the squared distance to the target, averaged over all outputs and samples.",
            torch="mse_loss",
            torch_code="loss = F.mse_loss(y, t)",
            numpy="loss = ((y - t) ** 2).mean()",
            numpy_grad="grad_a = 2 * (y - t) / y.size",
            terms=lambda y, t: (y - t) ** 2,
            grad=lambda y, t: 2.0 * (y - t),
            mean_over="numbers",
        ),
        Loss(
            key="half_sse",
            label="½ SSE",
            latex=r"L = \frac{1}{2} \sum (a - t)^2",
            term_latex=r"\frac{1}{2} (a - t)^2",
            grad_latex=r"a - t",
            sentence="Half the sum of squared errors: the ½ cancels the 2 of the derivative.",
            torch="half_sse",
            torch_code="loss = 0.5 * ((y - t) ** 2).sum()",
            numpy="loss = 0.5 * ((y - t) ** 2).sum()",
            numpy_grad="grad_a = y - t",
            terms=lambda y, t: 0.5 * (y - t) ** 2,
            grad=lambda y, t: y - t,
            mean_over="nothing",
            source="Mazur, A Step by Step Backpropagation Example",
        ),
        Loss(
            key="sum",
            label="sum of outputs",
            latex=r"L = \sum a",
            term_latex=r"a",
            grad_latex=r"1",
            sentence="The plain sum of all outputs: no target, and every output gets the gradient 1.",
            torch="sum",
            torch_code="loss = y.sum()",
            numpy="loss = y.sum()",
            numpy_grad="grad_a = np.ones_like(y)",
            terms=lambda y, t: y,
            grad=lambda y, t: np.ones_like(y),
            mean_over="nothing",
            target="none",
        ),
        Loss(
            key="cross_entropy",
            label="cross-entropy (logits)",
            latex=r"L = -\frac{1}{N} \sum t \cdot \log p, \quad p = \operatorname{softmax}(z)",
            term_latex=r"-t \cdot \log p",
            grad_latex=r"\frac{1}{N} \cdot (p \cdot s - t)",
            sentence="Cross-entropy on logits: it applies softmax itself, so the last layer is the identity.",
            torch="cross_entropy",
            torch_code="loss = F.cross_entropy(y, t)",
            numpy="loss = -(t * np.log(p)).sum() / len(t)",
            numpy_grad="grad_a = (p - t) / len(t)",
            terms=lambda y, t: -t * log_softmax(y),
            grad=lambda y, t: softmax(y) * t.sum(axis=-1, keepdims=True) - t,
            mean_over="samples",
            target="classes",
            last_activations=("identity",),
            probabilities="softmax",
        ),
        Loss(
            key="bce_with_logits",
            label="binary cross-entropy (logits)",
            latex=r"L = -\frac{1}{N \cdot O} \sum \left( t \log p + (1 - t) \log (1 - p) \right), \quad p = \sigma(z)",
            term_latex=r"-t \log p - (1 - t) \log (1 - p)",
            grad_latex=r"\frac{1}{N \cdot O} \cdot (p - t)",
            sentence="Binary cross-entropy on logits: it applies the sigmoid itself; the last layer is the identity.",
            torch="binary_cross_entropy_with_logits",
            torch_code="loss = F.binary_cross_entropy_with_logits(y, t)",
            numpy="loss = -(t * np.log(p) + (1 - t) * np.log(1 - p)).mean()",
            numpy_grad="grad_a = (p - t) / y.size",
            # max(y, 0) - y t + log(1 + e^-|y|): the same sum, with no exponential that overflows
            terms=lambda y, t: np.maximum(y, 0.0) - y * t + np.log1p(np.exp(-np.abs(y))),
            grad=lambda y, t: sigmoid(y) - t,
            mean_over="numbers",
            target="probabilities",
            last_activations=("identity",),
            probabilities="sigmoid",
        ),
        Loss(
            key="cross_entropy_probs",
            label="cross-entropy (after softmax)",
            latex=r"L = -\frac{1}{N} \sum t \cdot \log a",
            term_latex=r"-t \cdot \log a",
            grad_latex=r"-\frac{1}{N} \cdot \frac{t}{a}",
            sentence="Cross-entropy by hand: the last layer is the softmax, the loss takes its logarithm.",
            torch="cross_entropy_probs",
            torch_code="loss = -torch.xlogy(t, y).sum() / len(y)",
            numpy="loss = -(t * np.log(y)).sum() / len(t)",
            numpy_grad="grad_a = -t / y / len(t)",
            terms=lambda y, t: -_xlogy(t, y),
            grad=lambda y, t: np.where(t == 0.0, 0.0, -t / np.where(t == 0.0, 1.0, y)),
            mean_over="samples",
            target="classes",
            last_activations=("softmax",),
        ),
        Loss(
            key="bce",
            label="binary cross-entropy (after sigmoid)",
            latex=r"L = -\frac{1}{N \cdot O} \sum \left( t \log a + (1 - t) \log (1 - a) \right)",
            term_latex=r"-t \log a - (1 - t) \log (1 - a)",
            grad_latex=r"\frac{1}{N \cdot O} \cdot \frac{a - t}{a \cdot (1 - a)}",
            sentence="Binary cross-entropy by hand: the last layer is the sigmoid, the loss takes its logarithm.",
            torch="binary_cross_entropy",
            torch_code="loss = F.binary_cross_entropy(y, t)",
            numpy="loss = -(t * np.log(y) + (1 - t) * np.log(1 - y)).mean()",
            numpy_grad="grad_a = (y - t) / (y * (1 - y)) / y.size",
            terms=lambda y, t: -(t * _clamped_log(y) + (1.0 - t) * _clamped_log(1.0 - y)),
            grad=lambda y, t: (y - t) / np.maximum(y * (1.0 - y), _BCE_FLOOR),
            mean_over="numbers",
            target="probabilities",
            last_activations=("sigmoid",),
            source="logarithms cut off at -100 as in torch.nn.BCELoss",
        ),
    ),
)


def one_hot(classes: NDArray[np.integer], outputs: int) -> Array:
    """Rows with a 1 at the class number: (N,) integers from 0 -> (N, O).

    Raises ValueError naming the sample (counted from 1) whose class is out of range.
    """
    classes = np.asarray(classes)
    outside = np.flatnonzero((classes < 0) | (classes >= outputs))
    if outside.size:
        sample = int(outside[0])
        raise ValueError(f"target {sample + 1} is class {classes[sample]}, expected a class from 0 to {outputs - 1}")
    return np.eye(outputs)[classes]
