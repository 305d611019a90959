"""Losses on values: squared, absolute, Huber, hinge, Poisson, and the plain sum."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from mlpviz.engine.hyperparameters import Hyperparameter, configurable, tex
from mlpviz.engine.losses.loss import Loss
from mlpviz.engine.losses.reduction import REDUCTION, over_numbers
from mlpviz.engine.parameters import Array


def _mse(reduction: str) -> Loss:
    by = over_numbers(reduction)
    return Loss(
        key="mse",
        label="MSE",
        latex=rf"L = {by.front}\sum (a - t)^2",
        term_latex=r"(a - t)^2",
        grad_latex=by.grad("(a - t)", 2),
        sentence="Mean squared error: the squared distance to the target, averaged over all outputs and samples.",
        torch="mse_loss",
        torch_code=f"loss = F.mse_loss(y, t{by.torch})",
        numpy=f"loss = ((y - t) ** 2){by.numpy}",
        numpy_grad=f"grad_a = 2 * (y - t){by.divided}",
        terms=lambda y, t: (y - t) ** 2,
        grad=lambda y, t: 2.0 * (y - t),
        constants=("2",),
        mean_over=by.mean_over,
    )


MSE = configurable(_mse, REDUCTION)

HALF_SSE = Loss(
    key="half_sse",
    label="½ SSE",
    latex=r"L = \frac{1}{2} \sum (a - t)^2",
    term_latex=r"\frac{1}{2} (a - t)^2",
    grad_latex=r"a - t",
    sentence="Half the sum of squared errors: the ½ cancels the 2 of the derivative.",
    torch="0.5 * F.mse_loss(y, t, reduction='sum')",
    torch_code="loss = 0.5 * ((y - t) ** 2).sum()",
    numpy="loss = 0.5 * ((y - t) ** 2).sum()",
    numpy_grad="grad_a = y - t",
    terms=lambda y, t: 0.5 * (y - t) ** 2,
    grad=lambda y, t: y - t,
    constants=("½",),
    mean_over="nothing",
    source="Mazur, A Step by Step Backpropagation Example",
)

SUM = Loss(
    key="sum",
    label="sum of outputs",
    latex=r"L = \sum a",
    term_latex=r"a",
    grad_latex=r"1",
    sentence="The plain sum of all outputs: no target, and every output gets the gradient 1.",
    torch="y.sum()",
    torch_code="loss = y.sum()",
    numpy="loss = y.sum()",
    numpy_grad="grad_a = np.ones_like(y)",
    terms=lambda y, t: y,
    grad=lambda y, t: np.ones_like(y),
    mean_over="nothing",
    target="none",
)


def _mae(reduction: str) -> Loss:
    by = over_numbers(reduction)
    return Loss(
        key="mae",
        label="MAE (L1)",
        latex=rf"L = {by.front}\sum |a - t|",
        term_latex=r"|a - t|",
        grad_latex=by.grad(r"\operatorname{sign}(a - t)"),
        sentence="Mean absolute error: every output pulls with the same force, however far off it is.",
        torch="l1_loss",
        torch_code=f"loss = F.l1_loss(y, t{by.torch})",
        numpy=f"loss = np.abs(y - t){by.numpy}",
        numpy_grad=f"grad_a = np.sign(y - t){by.divided}",
        terms=lambda y, t: np.abs(y - t),
        grad=lambda y, t: np.sign(y - t),
        corner=lambda y, t: y - t,
        mean_over=by.mean_over,
        source="gradient 0 where a = t as in PyTorch",
    )


MAE = configurable(_mae, REDUCTION)


def _squared_then_linear(y: Array, t: Array, width: float) -> Array:
    # ½d² up to |d| = width, beyond it the tangent
    distance = np.abs(y - t)
    inside = np.minimum(distance, width)
    return inside * (distance - 0.5 * inside)


def _huber(delta: float, reduction: str) -> Loss:
    by, d = over_numbers(reduction), tex(delta)
    return Loss(
        key="huber",
        label="Huber",
        latex=rf"L = {by.front}\sum \begin{{cases}} \frac{{1}}{{2}} (a - t)^2 & |a - t| \leq {d} \\ "
        rf"{d} \cdot (|a - t| - \frac{{{d}}}{{2}}) & \text{{else}} \end{{cases}}",
        term_latex=rf"\min(|a - t|, {d}) \cdot (|a - t| - \frac{{1}}{{2}} \min(|a - t|, {d}))",
        grad_latex=by.grad(rf"\min(\max(-{d}, a - t), {d})"),
        sentence=f"Huber is ½ of the squared error up to a distance of {delta:g} and a straight line beyond.",
        torch="huber_loss",
        torch_code=f"loss = F.huber_loss(y, t, delta={delta:g}{by.torch})",
        numpy=f"m = np.minimum(np.abs(y - t), {delta:g}); loss = (m * (np.abs(y - t) - m / 2)){by.numpy}",
        numpy_grad=f"grad_a = np.clip(y - t, -{delta:g}, {delta:g}){by.divided}",
        terms=lambda y, t: _squared_then_linear(y, t, delta),
        grad=lambda y, t: np.clip(y - t, -delta, delta),
        constants=("½",),
        mean_over=by.mean_over,
        source="Huber 1964",
    )


HUBER = configurable(
    _huber,
    Hyperparameter("delta", "bend δ", 1.0, 0.0, sentence="Distance at which it turns straight.", open_low=True),
    REDUCTION,
)


def _smooth_l1(beta: float, reduction: str) -> Loss:
    by, b = over_numbers(reduction), tex(beta)
    if beta == 0.0:  # the limit is L1, as in PyTorch
        return replace(
            _mae(reduction),
            key="smooth_l1",
            label="smooth L1",
            sentence="Smooth L1 with nothing rounded off is the mean absolute error.",
            torch="smooth_l1_loss",
            torch_code=f"loss = F.smooth_l1_loss(y, t, beta=0.0{by.torch})",
        )
    return Loss(
        key="smooth_l1",
        label="smooth L1",
        latex=rf"L = {by.front}\sum \begin{{cases}} \frac{{(a - t)^2}}{{2 \cdot {b}}} & |a - t| < {b} \\ "
        rf"|a - t| - \frac{{{b}}}{{2}} & \text{{else}} \end{{cases}}",
        term_latex=rf"\frac{{\min(|a - t|, {b})}}{{{b}}} \cdot (|a - t| - \frac{{1}}{{2}} \min(|a - t|, {b}))",
        grad_latex=by.grad(rf"\min(\max(-1, \frac{{a - t}}{{{b}}}), 1)"),
        sentence=f"Smooth L1 is the absolute error with its corner rounded within a distance of {beta:g}.",
        torch="smooth_l1_loss",
        torch_code=f"loss = F.smooth_l1_loss(y, t, beta={beta:g}{by.torch})",
        numpy=f"m = np.minimum(np.abs(y - t), {beta:g}); loss = (m * (np.abs(y - t) - m / 2) / {beta:g}){by.numpy}",
        numpy_grad=f"grad_a = np.clip((y - t) / {beta:g}, -1, 1){by.divided}",
        terms=lambda y, t: _squared_then_linear(y, t, beta) / beta,
        grad=lambda y, t: np.clip((y - t) / beta, -1.0, 1.0),
        mean_over=by.mean_over,
        source="Girshick 2015; Huber's loss divided by β",
    )


SMOOTH_L1 = configurable(
    _smooth_l1, Hyperparameter("beta", "bend β", 1.0, 0.0, sentence="Distance at which it turns straight."), REDUCTION
)


def _hinge(margin: float, reduction: str) -> Loss:
    by, m = over_numbers(reduction), tex(margin)
    return Loss(
        key="hinge",
        label="hinge",
        latex=rf"L = {by.front}\sum \max(0, {m} - t \cdot a)",
        term_latex=rf"\max(0, {m} - t \cdot a)",
        grad_latex=by.grad(rf"(-t) \cdot [t \cdot a \leq {m}]"),
        sentence=f"Hinge: the target is −1 or 1; an output at least {margin:g} on the right side of 0 costs nothing.",
        torch="hinge",
        torch_code=f"loss = F.margin_ranking_loss(y, torch.zeros_like(y), t, margin={margin:g}{by.torch})",
        numpy=f"loss = np.maximum(0, {margin:g} - t * y){by.numpy}",
        numpy_grad=f"grad_a = -t * (t * y <= {margin:g}){by.divided}",
        terms=lambda y, t: np.maximum(0.0, margin - t * y),
        grad=lambda y, t: -t * (margin - t * y >= 0.0),
        corner=lambda y, t: margin - t * y,
        mean_over=by.mean_over,
        target="signs",
        source="targets -1 and 1; the gradient at the corner is that of the slope, as in PyTorch",
    )


HINGE = configurable(
    _hinge, Hyperparameter("margin", "margin", 1.0, 0.0, sentence="How far on the right side costs nothing."), REDUCTION
)


def _stirling(t: Array) -> Array:
    safe = np.where(t > 1.0, t, 1.0)
    return np.where(t > 1.0, safe * np.log(safe) - safe + 0.5 * np.log(2.0 * np.pi * safe), 0.0)


def _poisson(log_input: bool, full: bool, eps: float, reduction: str) -> Loss:
    by, mean = over_numbers(reduction), f"a + {tex(eps)}" if eps else "a"
    term = r"e^{a} - t \cdot a" if log_input else rf"a - t \cdot \ln({mean})"
    grad = r"(e^{a} - t)" if log_input else rf"(1 - \frac{{t}}{{{mean}}})"
    numpy = "np.exp(y) - t * y" if log_input else f"y - t * np.log(y + {eps:g})"
    extra = "".join(
        [", log_input=False" * (not log_input), ", full=True" * full, f", eps={eps:g}" * (not log_input), by.torch]
    )
    constant = r" + [t > 1] \cdot (t \ln t - t + \frac{1}{2} \ln(2 \pi t))" if full else ""
    late = " + np.where(t > 1, t * np.log(t) - t + 0.5 * np.log(2 * np.pi * t), 0)" if full else ""
    return Loss(
        key="poisson_nll",
        label="Poisson",
        latex=rf"L = {by.front}\sum ({term}{constant})",
        term_latex=term + constant,
        grad_latex=by.grad(grad),
        sentence="Poisson: the target is a count, the output the logarithm of its expected value."
        if log_input
        else "Poisson: the target is a count, the output its expected value.",
        torch="poisson_nll_loss",
        torch_code=f"loss = F.poisson_nll_loss(y, t{extra})",
        numpy=f"loss = ({numpy}{late}){by.numpy}",
        numpy_grad=f"grad_a = {'(np.exp(y) - t)' if log_input else f'(1 - t / (y + {eps:g}))'}{by.divided}",
        terms=lambda y, t: (
            (np.exp(y) - t * y if log_input else y - t * np.log(y + eps)) + (_stirling(t) if full else 0.0)
        ),
        grad=lambda y, t: np.exp(y) - t if log_input else 1.0 - t / (y + eps),
        mean_over=by.mean_over,
        outputs_are_logarithms=True,
        source="the logarithm of t! is left out, or by Stirling's formula for t > 1, as in PyTorch",
    )


POISSON_NLL = configurable(
    _poisson,
    Hyperparameter(
        "log_input", "output is a logarithm", True, kind="bool", sentence="Whether the output is log of the mean."
    ),
    Hyperparameter("full", "with log t!", False, kind="bool", sentence="Add Stirling's log t!, which has no gradient."),
    Hyperparameter("eps", "ε", 1e-8, 0.0, sentence="Keeps log 0 away when the output is the mean itself; 0 does not."),
    REDUCTION,
)

REGRESSION = (MSE, HALF_SSE, SUM, MAE, HUBER, SMOOTH_L1, HINGE, POISSON_NLL)
