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

M = OptimizerSlot(
    "m", "mean of the gradient", "m", r"m \leftarrow \beta_1 \cdot m + (1 - \beta_1) \cdot g", torch="exp_avg"
)
V = OptimizerSlot(
    "v",
    "mean of the squared gradient",
    "v",
    r"v \leftarrow \beta_2 \cdot v + (1 - \beta_2) \cdot g^2",
    torch="exp_avg_sq",
)
DECOUPLED = Knob(
    "decoupled_weight_decay",
    "decoupled weight decay",
    False,
    kind="bool",
    sentence="Shrink θ by the factor 1 − η·λ instead of adding λ·θ to the gradient.",
)


def moments(grads: Array, slots: Slots, beta1: Any, beta2: Any) -> tuple[Array, Array]:
    """The running means m of the gradient and v of its square, one step on."""
    m = slots["m"]
    return m + (1 - beta1) * (grads - m), beta2 * slots["v"] + (1 - beta2) * (grads * grads)


def decay(
    params: Array, grads: Array, learning_rate: Any, weight_decay: Any, decoupled: bool, maximize: bool
) -> tuple[Array, Array]:
    """Parameters and gradient after weight decay: decoupled shrinks the former, coupled adds to the latter."""
    if decoupled and on(weight_decay):
        return params * (1 - learning_rate * weight_decay), -grads if maximize else grads
    return params, decayed(params, grads, weight_decay, maximize)


def _init(params: Array, *, amsgrad: bool, **_: Any) -> Slots:
    slots = {"m": np.zeros_like(params), "v": np.zeros_like(params)}
    return slots | {"v_max": np.zeros_like(params)} if amsgrad else slots


def _step(params: Array, grads: Array, slots: Slots, t: int, **knobs: Any) -> tuple[Array, Slots]:
    new, out = np.empty_like(params), {name: np.empty_like(slot) for name, slot in slots.items()}
    _write(params, grads, slots, t, new, out, **knobs)
    return new, out


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
    maximize: bool,
) -> None:
    params, grads = decay(params, grads, learning_rate, weight_decay, decoupled_weight_decay, maximize)
    m, v = out_slots["m"], out_slots["v"]
    # m + (1 - beta1) * (grads - m), and so on, with one array for all that is in between
    between = grads - slots["m"]
    between *= 1 - beta1
    np.add(slots["m"], between, out=m)
    np.multiply(grads, grads, out=between)
    between *= 1 - beta2
    np.multiply(slots["v"], beta2, out=v)
    v += between
    if amsgrad:
        v = np.maximum(slots["v_max"], v, out=out_slots["v_max"])
    # both corrections are moved out of the vectors into two numbers (Kingma and Ba 2015, end of section 2)
    correction = (1 - beta2**t) ** 0.5
    np.sqrt(v, out=between)
    between += eps * correction
    np.divide(m, between, out=between)
    between *= learning_rate * correction / (1 - beta1**t)
    np.subtract(params, between, out=out)


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
        OptimizerSlot(
            "v_max",
            "largest v so far",
            r"v_{\max}",
            r"v_{\max} \leftarrow \max(v_{\max}, v)",
            "amsgrad",
            torch="max_exp_avg_sq",
        ),
    ),
    init=_init,
    step=_step,
    write=_write,
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
    write=lambda *args, **knobs: _write(*args, decoupled_weight_decay=True, **knobs),
    formula=_formula,
    decoupled=True,
    source="Loshchilov and Hutter 2019; the decay is multiplied by the learning rate, as in PyTorch",
)
