"""Losses on values: squared, absolute, Huber, hinge, Poisson, Gaussian, the plain sum, and a given gradient."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from mlpviz.engine.expressions import (
    PI,
    Constant,
    Number,
    Rewritten,
    Symbol,
    absolute,
    cases,
    clip,
    exp,
    in_torch,
    indicator,
    ln,
    maximum,
    minimum,
    number_code,
    sign,
    torch_call,
)
from mlpviz.engine.hyperparameters import Hyperparameter, exact
from mlpviz.engine.losses.loss import Content, Loss, loss_entry
from mlpviz.engine.losses.reduction import REDUCTION_OF_NUMBERS, over_numbers
from mlpviz.engine.losses.symbols import A, T
from mlpviz.engine.parameters import Array

_HALF = Number(1) / 2
_DISTANCE = absolute(A - T)


def _mse(reduction: str) -> Loss:
    return Loss(
        key="mse",
        aliases=("MSELoss", "mean_squared_error"),
        label="MSE",
        term=(A - T) ** 2,
        slope=A - T,
        sentence="Mean squared error: the squared distance to the target, averaged over all outputs and samples.",
        torch="mse_loss",
        torch_call="F.mse_loss(y, t{})",
        terms=lambda y, t: (y - t) ** 2,
        grad=lambda y, t: 2.0 * (y - t),
        constants=("2",),
        by=over_numbers(reduction),
    )


MSE = loss_entry(_mse, REDUCTION_OF_NUMBERS)


def _half_sse() -> Loss:
    return Loss(
        key="half_sse",
        label="½ SSE",
        term=_HALF @ (A - T) ** 2,
        body=(A - T) ** 2,
        slope=A - T,
        sentence="Half the sum of squared errors: the ½ cancels the 2 of the derivative.",
        torch="half_sse",
        torch_call="0.5 * (y - t) ** 2",
        front=_HALF,
        terms=lambda y, t: 0.5 * (y - t) ** 2,
        grad=lambda y, t: y - t,
        constants=("½",),
        source="Mazur, A Step by Step Backpropagation Example",
    )


HALF_SSE = loss_entry(_half_sse)


def _sum() -> Loss:
    return Loss(
        key="sum",
        label="sum of outputs",
        term=A,
        slope=in_torch(Symbol("1", "np.ones_like(y)"), torch_call("torch.ones_like", A)),
        sentence="The plain sum of all outputs: no target, and every output gets the gradient 1.",
        torch="sum_of_outputs",
        torch_call="y",
        terms=lambda y, t: y,
        grad=lambda y, t: np.ones_like(y),
        target="none",
    )


SUM = loss_entry(_sum)

GIVEN_GRADIENT = Loss(
    key="given_gradient",
    label="a given ∂L/∂a",
    term=T * A,
    slope=T,
    sentence="No loss, but its gradient is given: the targets are ∂L/∂a of each output. L = Σ t · a stands for the "
    "unknown loss, because it has just this gradient.",
    torch="(t * y).sum()",
    torch_call="t * y",
    target="gradients",
    terms=lambda y, t: t * y,
    grad=lambda y, t: np.broadcast_to(t, y.shape),
    content=Content(lambda y, t: t == 0.0, lambda y, t: t, "the given ∂L/∂a of output {output} is 0", "t = {0}"),
    source="in PyTorch also y.backward(gradient=t)",
)


def _mae(reduction: str) -> Loss:
    return Loss(
        key="mae",
        aliases=("L1Loss", "L1", "mean_absolute_error"),
        label="MAE (L1)",
        term=_DISTANCE,
        slope=sign(A - T),
        sentence="Mean absolute error: every output pulls with the same force, however far off it is.",
        torch="l1_loss",
        torch_call="F.l1_loss(y, t{})",
        terms=lambda y, t: np.abs(y - t),
        grad=lambda y, t: np.sign(y - t),
        corner=lambda y, t: y - t,
        by=over_numbers(reduction),
        source="gradient 0 where a = t as in PyTorch",
    )


MAE = loss_entry(_mae, REDUCTION_OF_NUMBERS)


def _squared_then_linear(y: Array, t: Array, width: float) -> Array:
    # ½d² up to |d| = width, beyond it the tangent
    distance = np.abs(y - t)
    inside = np.minimum(distance, width)
    return inside * (distance - 0.5 * inside)


def _huber(delta: float, reduction: str) -> Loss:
    inside = minimum(_DISTANCE, delta)
    return Loss(
        key="huber",
        aliases=("HuberLoss",),
        label="Huber",
        body=cases(
            (_HALF @ (A - T) ** 2, delta >= _DISTANCE), otherwise=Number(delta) * (_DISTANCE - Number(delta) / 2)
        ),
        term=inside * (_DISTANCE - _HALF @ inside),
        slope=clip(A - T, -delta, delta),
        sentence=f"Huber is ½ of the squared error up to a distance of {exact(delta)} and a straight line beyond.",
        torch="huber_loss",
        torch_call=f"F.huber_loss(y, t, delta={number_code(delta)}{{}})",
        terms=lambda y, t: _squared_then_linear(y, t, delta),
        grad=lambda y, t: np.clip(y - t, -delta, delta),
        constants=("½",),
        by=over_numbers(reduction),
        source="Huber 1964",
    )


HUBER = loss_entry(
    _huber,
    Hyperparameter("delta", "bend δ", 1.0, 0.0, sentence="Distance at which it turns straight.", open_low=True),
    REDUCTION_OF_NUMBERS,
)


def _smooth_l1(beta: float, reduction: str) -> Loss:
    call = f"F.smooth_l1_loss(y, t, beta={number_code(beta)}{{}})"
    if beta == 0.0:  # the limit is L1, as in PyTorch
        return replace(
            _mae(reduction),
            key="smooth_l1",
            aliases=("SmoothL1Loss",),
            label="smooth L1",
            sentence="Smooth L1 with nothing rounded off is the mean absolute error.",
            torch="smooth_l1_loss",
            torch_call=call,
        )
    inside = minimum(_DISTANCE, beta)
    return Loss(
        key="smooth_l1",
        aliases=("SmoothL1Loss",),
        label="smooth L1",
        body=cases(((A - T) ** 2 / (Number(2) * beta), beta > _DISTANCE), otherwise=_DISTANCE - Number(beta) / 2),
        term=inside / beta * (_DISTANCE - _HALF @ inside),
        slope=clip((A - T) / beta, -1, 1),
        sentence=f"Smooth L1 is the absolute error with its corner rounded within a distance of {exact(beta)}.",
        torch="smooth_l1_loss",
        torch_call=call,
        terms=lambda y, t: _squared_then_linear(y, t, beta) / beta,
        grad=lambda y, t: np.clip((y - t) / beta, -1.0, 1.0),
        by=over_numbers(reduction),
        source="Girshick 2015; Huber's loss divided by β",
    )


SMOOTH_L1 = loss_entry(
    _smooth_l1,
    Hyperparameter("beta", "bend β", 1.0, 0.0, sentence="Distance at which it turns straight."),
    REDUCTION_OF_NUMBERS,
)


_PERCEPTRON = (
    "Perceptron: the target is −1 or 1; an output on the right side of 0 costs nothing. Gradient descent on one sample "
    "after the other is Rosenblatt's rule: a wrong one adds η·t·x to the weights."
)


def _hinge(margin: float, reduction: str) -> Loss:
    return Loss(
        key="hinge",
        aliases=("hinge_loss",),
        label="hinge",
        term=maximum(0, Number(margin) - T * A),
        slope=(-T) * indicator(margin >= T * A, A),
        sentence=_PERCEPTRON
        if margin == 0
        else f"Hinge: the target is −1 or 1; an output at least {exact(margin)} on the right side of 0 costs nothing.",
        torch="hinge",
        torch_call=f"F.margin_ranking_loss(y, torch.zeros_like(y), t, margin={number_code(margin)}{{}})",
        terms=lambda y, t: np.maximum(0.0, margin - t * y),
        grad=lambda y, t: -t * (margin - t * y >= 0.0),
        corner=lambda y, t: margin - t * y,
        content=Content(
            lambda y, t: margin - t * y < 0.0,
            lambda y, t: t * y,
            "output {output} is beyond the margin",
            f"t · a = {{0}}, more than {exact(margin)}",
        ),
        by=over_numbers(reduction),
        target="signs",
        source="targets -1 and 1; the gradient at the corner is that of the slope, as in PyTorch",
    )


HINGE = loss_entry(
    _hinge,
    Hyperparameter(
        "margin", "margin", 1.0, 0.0, sentence="How far on the right side costs nothing; with 0 it is the perceptron."
    ),
    REDUCTION_OF_NUMBERS,
)


def _stirling(t: Array) -> Array:
    safe = np.where(t > 1.0, t, 1.0)
    return np.where(t > 1.0, safe * np.log(safe) - safe + 0.5 * np.log(2.0 * np.pi * safe), 0.0)


def _poisson(log_input: bool, full: bool, eps: float, reduction: str) -> Loss:
    mean = A + Number(eps) if eps else A
    term = exp(A) - T * A if log_input else A - T * ln(mean)
    if full:
        # the logarithm of t! needs no more than t > 1, where its own logarithms are of numbers above 1
        above = maximum(T, 1)
        shown, computed = (t @ ln(t) - t + _HALF @ ln(Number(2) @ PI @ t) for t in (T, above))
        term = term + Rewritten(indicator(T > 1, A) * shown, indicator(T > 1, A) * computed)
    by = over_numbers(reduction)
    options = "".join(
        [
            ", log_input=False" * (not log_input),
            ", full=True" * full,
            f", eps={number_code(eps)}" * (not log_input),
        ]
    )
    return Loss(
        key="poisson_nll",
        aliases=("PoissonNLLLoss",),
        label="Poisson",
        term=term,
        slope=exp(A) - T if log_input else Number(1) - T / mean,
        sentence="Poisson: the target is a count, the output the logarithm of its expected value."
        if log_input
        else "Poisson: the target is a count, the output its expected value.",
        torch="poisson_nll_loss",
        torch_call=f"F.poisson_nll_loss(y, t{options}{{}})",
        terms=lambda y, t: (
            (np.exp(y) - t * y if log_input else y - t * np.log(y + eps)) + (_stirling(t) if full else 0.0)
        ),
        grad=lambda y, t: np.exp(y) - t if log_input else 1.0 - t / (y + eps),
        content=Content(
            lambda y, t: (np.exp(y) if log_input else y + eps) == t,
            lambda y, t: t,
            "the expected count of output {output} is just its target",
            f"{'e^a' if log_input else 'a + ε' if eps else 'a'} = t = {{0}}",
        ),
        by=by,
        outputs_are_logarithms=True,
        source="the logarithm of t! is left out, or by Stirling's formula for t > 1, as in PyTorch",
    )


POISSON_NLL = loss_entry(
    _poisson,
    Hyperparameter(
        "log_input", "output is a logarithm", True, kind="bool", sentence="Whether the output is log of the mean."
    ),
    Hyperparameter("full", "with log t!", False, kind="bool", sentence="Add Stirling's log t!, which has no gradient."),
    Hyperparameter(
        "eps",
        "ε",
        1e-8,
        0.0,
        sentence="Keeps log 0 away when the output is the mean itself; 0 does not.",
        aliases=("epsilon",),
    ),
    REDUCTION_OF_NUMBERS,
)


def _gaussian(variance: float, full: bool, reduction: str) -> Loss:
    spread = Constant(math.log(variance), rf"\ln {Number(variance).latex()}")
    inner = spread + (A - T) ** 2 / Number(variance)
    constant = math.log(variance) + (math.log(2.0 * math.pi) if full else 0.0)
    if full:
        inner = inner + Constant(math.log(2.0 * math.pi), r"\ln (2 \pi)")
    return Loss(
        key="gaussian_nll",
        aliases=("GaussianNLLLoss",),
        label="Gaussian",
        term=_HALF @ inner,
        slope=(A - T) / Number(variance),
        sentence=f"Gaussian: the output is the mean of a normal distribution whose variance is {exact(variance)}.",
        torch="gaussian_nll_loss",
        torch_call=f"F.gaussian_nll_loss(y, t, var={float(variance)!r}{', full=True' * full}{{}})",
        terms=lambda y, t: 0.5 * (constant + (y - t) ** 2 / variance),
        grad=lambda y, t: (y - t) / variance,
        by=over_numbers(reduction),
        source="one variance for all outputs, at least the ε of torch.nn.GaussianNLLLoss",
    )


GAUSSIAN_NLL = loss_entry(
    _gaussian,
    Hyperparameter(
        "variance",
        "variance σ²",
        1.0,
        1e-6,
        sentence="Of every output; the network gives the mean alone.",
        torch="var",
        symbol=r"\sigma^2",
    ),
    Hyperparameter("full", "with ½ ln 2π", False, kind="bool", sentence="Add ½ ln 2π, which has no gradient."),
    REDUCTION_OF_NUMBERS,
)

REGRESSION = (MSE, HALF_SSE, SUM, MAE, HUBER, SMOOTH_L1, HINGE, POISSON_NLL, GIVEN_GRADIENT, GAUSSIAN_NLL)
