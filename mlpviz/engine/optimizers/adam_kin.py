"""Three relatives of Adam: NAdam looks ahead, RAdam waits until v can be trusted, Adamax takes a maximum for v."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from mlpviz.engine.knobs import Knob
from mlpviz.engine.optimizers.adam import DECOUPLED, M, V, decay, moments
from mlpviz.engine.optimizers.record import (
    EPS,
    LEARNING_RATE,
    MAXIMIZE,
    WEIGHT_DECAY,
    Optimizer,
    OptimizerSlot,
    Slots,
    betas,
    decayed,
)
from mlpviz.engine.parameters import Array


def _init_two(params: Array, **_: Any) -> Slots:
    return {"m": np.zeros_like(params), "v": np.zeros_like(params)}


def _nadam_step(
    params: Array,
    grads: Array,
    slots: Slots,
    t: int,
    *,
    learning_rate: Any,
    beta1: Any,
    beta2: Any,
    eps: Any,
    weight_decay: Any,
    momentum_decay: Any,
    decoupled_weight_decay: bool,
    maximize: bool,
) -> tuple[Array, Slots]:
    params, grads = decay(params, grads, learning_rate, weight_decay, decoupled_weight_decay, maximize)
    m, v = moments(grads, slots, beta1, beta2)
    mu = beta1 * (1 - 0.5 * 0.96 ** (t * momentum_decay))
    mu_next = beta1 * (1 - 0.5 * 0.96 ** ((t + 1) * momentum_decay))
    mu_product = slots["mu_product"] * mu
    direction = (1 - mu) / (1 - mu_product) * grads + mu_next / (1 - mu_product * mu_next) * m
    size = np.sqrt(v / (1 - beta2**t)) + eps
    return params - learning_rate * (direction / size), {"m": m, "v": v, "mu_product": mu_product}


NADAM = Optimizer(
    key="nadam",
    label="NAdam",
    sentence="NAdam is Adam with Nesterov's look ahead: it mixes the gradient of now with the mean of the next step.",
    torch="NAdam",
    knobs=(
        replace(LEARNING_RATE, default=0.002),
        *betas("How long m remembers the gradient.", "How long v remembers the squared gradient."),
        EPS,
        WEIGHT_DECAY,
        Knob(
            "momentum_decay",
            "momentum decay ψ",
            0.004,
            0.0,
            sentence="How fast μ rises to β₁.",
            vector=True,
            symbol=r"\psi",
        ),
        DECOUPLED,
        MAXIMIZE,
    ),
    slots=(
        M,
        V,
        OptimizerSlot(
            "mu_product",
            "product of all μ so far",
            r"\Pi",
            r"\Pi \leftarrow \Pi \cdot \mu_t, \quad \mu_t = \beta_1 \cdot (1 - \frac{1}{2} \cdot 0.96^{t \psi})",
            per_parameter=False,
            torch="mu_product",
        ),
    ),
    # a plain number, so that float32 parameters stay float32
    init=lambda params, **knobs: _init_two(params) | {"mu_product": 1.0},
    step=_nadam_step,
    formula=lambda settings: (
        r"\theta \leftarrow \theta - \eta \cdot \frac{\hat{m}}{\sqrt{\hat{v}} + \epsilon}, \quad "
        r"\hat{m} = \frac{1 - \mu_t}{1 - \Pi} \cdot g + \frac{\mu_{t+1}}{1 - \Pi \mu_{t+1}} \cdot m, \quad "
        r"\hat{v} = \frac{v}{1 - \beta_2^t}, \quad "
        r"\mu_{t+1} = \beta_1 \cdot (1 - \frac{1}{2} \cdot 0.96^{(t + 1) \psi})"
    ),
    source="Dozat 2016, with the momentum schedule of Keras and PyTorch",
)


def rectification(t: int, beta2: float) -> float | None:
    """How much of the adaptive step RAdam trusts at step t (from 1), 0 to 1; None while it trusts v not at all."""
    longest = 2 / (1 - beta2) - 1
    length = longest - 2 * t * beta2**t / (1 - beta2**t)
    if length <= 5:
        return None
    return ((length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length)) ** 0.5


def _radam_step(
    params: Array,
    grads: Array,
    slots: Slots,
    t: int,
    *,
    learning_rate: Any,
    beta1: Any,
    beta2: float,
    eps: Any,
    weight_decay: Any,
    decoupled_weight_decay: bool,
    maximize: bool,
) -> tuple[Array, Slots]:
    params, grads = decay(params, grads, learning_rate, weight_decay, decoupled_weight_decay, maximize)
    m, v = moments(grads, slots, beta1, beta2)
    size, direction, trust = learning_rate / (1 - beta1**t), m, rectification(t, beta2)
    if trust is not None:
        size, direction = size * (trust * (1 - beta2**t) ** 0.5), m / (np.sqrt(v) + eps)
    return params - size * direction, {"m": m, "v": v}


RADAM = Optimizer(
    key="radam",
    label="RAdam",
    sentence="RAdam is Adam that walks along the plain mean until v has seen enough gradients to be trusted.",
    torch="RAdam",
    knobs=(
        LEARNING_RATE,
        *betas("How long m remembers.", "How long v remembers; it sets when v is trusted.", vector=False),
        EPS,
        WEIGHT_DECAY,
        DECOUPLED,
        MAXIMIZE,
    ),
    slots=(M, V),
    init=_init_two,
    step=_radam_step,
    formula=lambda settings: (
        r"\theta \leftarrow \theta - \eta \cdot \hat{m} \cdot r_t \cdot \frac{\sqrt{1 - \beta_2^t}}"
        r"{\sqrt{v} + \epsilon} \text{ if } \rho_t > 5, \text{ else } \theta - \eta \cdot \hat{m}, \quad "
        r"\hat{m} = \frac{m}{1 - \beta_1^t}, \quad "
        r"\rho_t = \rho_\infty - \frac{2 t \beta_2^t}{1 - \beta_2^t}, \quad "
        r"\rho_\infty = \frac{2}{1 - \beta_2} - 1, \quad "
        r"r_t = \sqrt{\frac{(\rho_t - 4)(\rho_t - 2) \rho_\infty}{(\rho_\infty - 4)(\rho_\infty - 2) \rho_t}}"
    ),
    source="Liu et al. 2020; ε beside the uncorrected √v as in PyTorch",
)


def _adamax_step(
    params: Array,
    grads: Array,
    slots: Slots,
    t: int,
    *,
    learning_rate: Any,
    beta1: Any,
    beta2: Any,
    eps: Any,
    weight_decay: Any,
    maximize: bool,
) -> tuple[Array, Slots]:
    grads = decayed(params, grads, weight_decay, maximize)
    m = slots["m"]
    m = m + (1 - beta1) * (grads - m)
    u = np.maximum(beta2 * slots["u"], np.abs(grads) + eps)
    return params - learning_rate / (1 - beta1**t) * (m / u), {"m": m, "u": u}


ADAMAX = Optimizer(
    key="adamax",
    label="Adamax",
    sentence="Adamax is Adam with a fading maximum of the gradient's size in place of the mean of its square.",
    torch="Adamax",
    knobs=(
        replace(LEARNING_RATE, default=0.002),
        *betas("How long m remembers the gradient.", "How slowly the maximum fades."),
        EPS,
        WEIGHT_DECAY,
        MAXIMIZE,
    ),
    slots=(
        M,
        OptimizerSlot(
            "u",
            "fading maximum of the gradient",
            "u",
            r"u \leftarrow \max(\beta_2 \cdot u, |g| + \epsilon)",
            torch="exp_inf",
        ),
    ),
    init=lambda params, **knobs: {"m": np.zeros_like(params), "u": np.zeros_like(params)},
    step=_adamax_step,
    formula=lambda settings: r"\theta \leftarrow \theta - \frac{\eta}{1 - \beta_1^t} \cdot \frac{m}{u}",
    source="Kingma and Ba 2015, section 7.1; ε inside the maximum as in PyTorch",
)
