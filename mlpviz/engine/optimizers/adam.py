"""Adam and AdamW: averages of the gradient and of its square. AMSGrad is a setting of both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from mlpviz.engine.expressions import Expression, FormulaLine, Rewritten, Symbol, becomes, maximum, sqrt
from mlpviz.engine.hyperparameters import Hyperparameter
from mlpviz.engine.optimizers.conventions import EPS_BEFORE_CORRECTION, eps_in_root, root_formula
from mlpviz.engine.optimizers.optimizer import (
    EPS,
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
    betas,
    decayed,
    letter,
    on,
    running_mean,
)
from mlpviz.engine.parameters import Array

BETAS = betas("How long m remembers the gradient.", "How long v remembers the squared gradient.")
BETA_1, BETA_2 = map(letter, BETAS)

M, V, M_HAT, V_HAT = Symbol("m", "m"), Symbol("v", "v"), Symbol(r"\hat{m}", "m_hat"), Symbol(r"\hat{v}", "v_hat")
# torch.sqrt takes no plain number
_CORRECTION = Rewritten(sqrt(1 - BETA_2**T), (1 - BETA_2**T) ** 0.5)
_ETA_HAT = Symbol(r"\hat{\eta}", "eta_hat")
_V_MAX = Symbol(r"v_{\max}", "v_max")

MEAN = OptimizerSlot(M, "mean of the gradient", becomes(M, BETA_1 * M + (1 - BETA_1) * G), torch="exp_avg")
MEAN_SQUARE = OptimizerSlot(
    V, "mean of the squared gradient", becomes(V, BETA_2 * V + (1 - BETA_2) * G**2), torch="exp_avg_sq"
)


def corrected(hat: Symbol, mean: Expression, beta: Expression) -> FormulaLine:
    """The line of the bias correction: a running mean that began at 0, divided by the sum of its weights."""
    return FormulaLine(hat, mean / (1 - beta**T))


DECOUPLED = Hyperparameter(
    "decoupled_weight_decay",
    "decoupled weight decay",
    False,
    kind="bool",
    sentence="Shrink θ by the factor 1 − η·λ instead of adding λ·θ to the gradient.",
)


def moments(grads: Array, slots: Slots, beta1: Any, beta2: Any) -> tuple[Array, Array]:
    """The running means m of the gradient and v of its square after this step."""
    return running_mean(slots["m"], grads, beta1), beta2 * slots["v"] + (1 - beta2) * (grads * grads)


def weight_decay_step(
    params: Array, grads: Array, learning_rate: Any, weight_decay: Any, decoupled: bool, maximize: bool
) -> tuple[Array, Array]:
    """Parameters and gradient after weight decay: decoupled decay shrinks the former, coupled adds to the latter."""
    if decoupled and on(weight_decay):
        return params * (1 - learning_rate * weight_decay), -grads if maximize else grads
    return params, decayed(params, grads, weight_decay, maximize)


def no_moments(params: Array, **_: Any) -> Slots:
    """Both moments before the first step: zeros shaped like the parameters."""
    return {"m": np.zeros_like(params), "v": np.zeros_like(params)}


def _init(params: Array, *, amsgrad: bool, **_: Any) -> Slots:
    slots = no_moments(params)
    return slots | {"v_max": np.zeros_like(params)} if amsgrad else slots


def _step(params: Array, grads: Array, slots: Slots, t: int, **hyperparameters: Any) -> tuple[Array, Slots]:
    new, out = np.empty_like(params), {name: np.empty_like(slot) for name, slot in slots.items()}
    _write(params, grads, slots, t, new, out, **hyperparameters)
    return new, out


def _scales(
    t: int,
    *,
    learning_rate: Any,
    beta1: Any,
    beta2: Any,
    eps: Any,
    eps_in_root: bool,
    eps_before_correction: bool,
    **_: Any,
) -> tuple[Any, Any]:
    """What is added to v, or to its root, and what m is multiplied by.

    Both bias corrections are two numbers instead of two vectors (Kingma and Ba 2015, end of section 2).
    """
    correction = (1 - beta2**t) ** 0.5
    scale = 1.0 if eps_before_correction else correction
    added = eps * scale * scale if eps_in_root else eps * scale
    return added, learning_rate * correction / (1 - beta1**t)


def _write(
    params: Array,
    grads: Array,
    slots: Slots,
    t: int,
    out: Array,
    out_slots: Slots,
    *,
    learning_rate: Any,
    beta1: Any,
    beta2: Any,
    eps: Any,
    weight_decay: Any,
    decoupled_weight_decay: bool,
    amsgrad: bool,
    eps_in_root: bool,
    eps_before_correction: bool,
    maximize: bool,
    scales: tuple[Any, Any] | None = None,
) -> None:
    added, rate = scales or _scales(
        t, learning_rate=learning_rate, beta1=beta1, beta2=beta2, eps=eps, eps_in_root=eps_in_root,
        eps_before_correction=eps_before_correction,
    )  # fmt: skip
    params, grads = weight_decay_step(params, grads, learning_rate, weight_decay, decoupled_weight_decay, maximize)
    m, v = out_slots["m"], out_slots["v"]
    # m + (1 - beta1) * (grads - m), and so on, with one array for all intermediate results
    scratch = grads - slots["m"]
    if isinstance(beta1, np.ndarray) or beta1 <= 0.5:
        m[...] = running_mean(slots["m"], grads, beta1)
    else:
        scratch *= 1 - beta1
        np.add(slots["m"], scratch, out=m)
    np.multiply(grads, grads, out=scratch)
    scratch *= 1 - beta2
    np.multiply(slots["v"], beta2, out=v)
    v += scratch
    if amsgrad:
        v = np.maximum(slots["v_max"], v, out=out_slots["v_max"])
    if eps_in_root:
        np.add(v, added, out=scratch)
        np.sqrt(scratch, out=scratch)
    else:
        np.sqrt(v, out=scratch)
        scratch += added
    np.divide(m, scratch, out=scratch)
    scratch *= rate
    np.subtract(params, scratch, out=out)


def _formula(settings: Mapping[str, Any]) -> FormulaLine:
    second, inside = _V_MAX if settings["amsgrad"] else V, settings["eps_in_root"]
    if settings["eps_before_correction"]:
        return becomes(
            THETA,
            THETA - _ETA_HAT * (M / root_formula(second, inside)),
            FormulaLine(_ETA_HAT, ETA * (_CORRECTION / (1 - BETA_1**T))),
        )
    return becomes(
        THETA,
        THETA - ETA * (M_HAT / root_formula(V_HAT, inside)),
        corrected(M_HAT, M, BETA_1),
        corrected(V_HAT, second, BETA_2),
    )


ADAM = Optimizer(
    key="adam",
    label="Adam",
    sentence="Adam divides the mean gradient by its usual size, so that every parameter moves about η per step.",
    torch="Adam",
    hyperparameters=(
        LEARNING_RATE,
        *BETAS,
        EPS,
        WEIGHT_DECAY,
        DECOUPLED,
        Hyperparameter(
            "amsgrad", "AMSGrad", False, kind="bool", sentence="Divide by the largest v so far, never a smaller one."
        ),
        eps_in_root("v̂", "Optax's eps_root"),
        EPS_BEFORE_CORRECTION,
        MAXIMIZE,
    ),
    slots=(
        MEAN,
        MEAN_SQUARE,
        OptimizerSlot(
            _V_MAX, "largest v so far", becomes(_V_MAX, maximum(_V_MAX, V)), "amsgrad", torch="max_exp_avg_sq"
        ),
    ),
    init=_init,
    step=_step,
    write=_write,
    scales=_scales,
    formula=_formula,
    source="Kingma and Ba 2015; AMSGrad: Reddi et al. 2018, the maximum taken before the correction as in PyTorch",
)

_DECAY_W = replace(WEIGHT_DECAY, default=0.01, sentence="Decoupled: θ shrinks by the factor 1 − η·λ before the step.")

ADAMW = Optimizer(
    key="adamw",
    label="AdamW",
    sentence="AdamW is Adam with decoupled weight decay: θ shrinks by itself, outside of the averages.",
    torch="AdamW",
    hyperparameters=tuple(
        _DECAY_W if each is WEIGHT_DECAY else each for each in ADAM.hyperparameters if each is not DECOUPLED
    ),
    slots=ADAM.slots,
    init=_init,
    step=lambda *args, **hyperparameters: _step(*args, decoupled_weight_decay=True, **hyperparameters),
    write=lambda *args, **hyperparameters: _write(*args, decoupled_weight_decay=True, **hyperparameters),
    scales=_scales,
    formula=_formula,
    decoupled=True,
    source="Loshchilov and Hutter 2019; the decay is multiplied by the learning rate, as in PyTorch",
)

ADAMS = (ADAM, ADAMW)
