"""Adam and AdamW: averages of the gradient and of its square. AMSGrad is a knob of both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from mlpviz.engine.knobs import Knob
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
    on,
)
from mlpviz.engine.parameters import Array

M = OptimizerSlot("m", "mean of the gradient", "m", r"m \leftarrow \beta_1 \cdot m + (1 - \beta_1) \cdot g")
V = OptimizerSlot("v", "mean of the squared gradient", "v", r"v \leftarrow \beta_2 \cdot v + (1 - \beta_2) \cdot g^2")
DECOUPLED = Knob(
    "decoupled_weight_decay",
    "decoupled weight decay",
    False,
    kind="bool",
    sentence="Shrink θ by the factor 1 − η·λ instead of adding λ·θ to the gradient.",
)


def averaged(
    params: Array,
    grads: Array,
    slots: Slots,
    learning_rate: Any,
    beta1: Any,
    beta2: Any,
    weight_decay: Any,
    decoupled: bool,
    maximize: bool,
) -> tuple[Array, Array, Array, Array]:
    """How every step of the family begins: parameters and gradient after weight decay, then m and v.

    Decoupled decay shrinks the parameters, coupled adds to the gradient; m and v are the running means of the gradient
    and of its square.
    """
    if decoupled and on(weight_decay):
        params, grads = params * (1 - learning_rate * weight_decay), -grads if maximize else grads
    else:
        grads = decayed(params, grads, weight_decay, maximize)
    m = slots["m"]
    return params, grads, m + (1 - beta1) * (grads - m), beta2 * slots["v"] + (1 - beta2) * (grads * grads)


def _init(params: Array, *, amsgrad: bool, **_: Any) -> Slots:
    slots = {"m": np.zeros_like(params), "v": np.zeros_like(params)}
    return slots | {"v_max": np.zeros_like(params)} if amsgrad else slots


def _step(
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
    decoupled_weight_decay: bool,
    amsgrad: bool,
    maximize: bool,
) -> tuple[Array, Slots]:
    params, grads, m, v = averaged(
        params, grads, slots, learning_rate, beta1, beta2, weight_decay, decoupled_weight_decay, maximize
    )
    new: Slots = {"m": m, "v": v}
    if amsgrad:
        v = new["v_max"] = np.maximum(slots["v_max"], v)
    # both corrections are moved out of the vectors into two numbers (Kingma and Ba 2015, end of section 2)
    correction = (1 - beta2**t) ** 0.5
    return params - learning_rate * correction / (1 - beta1**t) * (m / (np.sqrt(v) + eps * correction)), new


def _formula(settings: Mapping[str, Any]) -> str:
    second = r"v_{\max}" if settings["amsgrad"] else "v"
    return (
        r"\theta \leftarrow \theta - \eta \cdot \frac{\hat{m}}{\sqrt{\hat{v}} + \epsilon}, \quad "
        rf"\hat{{m}} = \frac{{m}}{{1 - \beta_1^t}}, \quad \hat{{v}} = \frac{{{second}}}{{1 - \beta_2^t}}"
    )


ADAM = Optimizer(
    key="adam",
    label="Adam",
    sentence="Adam divides the mean gradient by its usual size, so that every parameter moves about η per step.",
    torch="Adam",
    knobs=(
        LEARNING_RATE,
        *betas("How long m remembers the gradient.", "How long v remembers the squared gradient."),
        EPS,
        WEIGHT_DECAY,
        DECOUPLED,
        Knob("amsgrad", "AMSGrad", False, kind="bool", sentence="Divide by the largest v so far, never a smaller one."),
        MAXIMIZE,
    ),
    slots=(
        M,
        V,
        OptimizerSlot("v_max", "largest v so far", r"v_{\max}", r"v_{\max} \leftarrow \max(v_{\max}, v)", "amsgrad"),
    ),
    init=_init,
    step=_step,
    formula=_formula,
    source="Kingma and Ba 2015; AMSGrad: Reddi et al. 2018, the maximum taken before the correction as in PyTorch",
)

_DECAY_W = replace(WEIGHT_DECAY, default=0.01, sentence="Decoupled: θ shrinks by the factor 1 − η·λ before the step.")

ADAMW = Optimizer(
    key="adamw",
    label="AdamW",
    sentence="AdamW is Adam with decoupled weight decay: θ shrinks by itself, outside of the averages.",
    torch="AdamW",
    knobs=tuple(_DECAY_W if knob is WEIGHT_DECAY else knob for knob in ADAM.knobs if knob is not DECOUPLED),
    slots=ADAM.slots,
    init=_init,
    step=lambda *args, **knobs: _step(*args, decoupled_weight_decay=True, **knobs),
    formula=_formula,
    decoupled=True,
    source="Loshchilov and Hutter 2019; the decay is multiplied by the learning rate, as in PyTorch",
)
