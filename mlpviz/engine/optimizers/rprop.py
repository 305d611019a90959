"""Rprop: it uses only the sign of the gradient; every parameter has its own step size."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from mlpviz.engine.expressions import FormulaLine, Symbol, becomes, equal, maximum, minimum, sign
from mlpviz.engine.hyperparameters import Hyperparameter, exact
from mlpviz.engine.optimizers.optimizer import (
    LEARNING_RATE,
    MAXIMIZE,
    THETA,
    G,
    Optimizer,
    OptimizerSlot,
    Slots,
    letter,
)
from mlpviz.engine.parameters import Array


def _step(
    params: Array,
    grads: Array,
    slots: Slots,
    _t: int,
    *,
    eta_minus: Any,
    eta_plus: Any,
    step_min: Any,
    step_max: Any,
    maximize: bool,
    **_: Any,
) -> tuple[Array, Slots]:
    if maximize:
        grads = -grads
    agreement = grads * slots["previous"]
    changed = agreement < 0
    factor = np.where(changed, eta_minus, np.where(agreement > 0, eta_plus, 1.0)).astype(params.dtype, copy=False)
    size = np.clip(slots["step_size"] * factor, step_min, step_max)
    # a parameter whose gradient has changed its sign is not moved in this step
    grads = np.where(changed, 0.0, grads).astype(params.dtype, copy=False)
    return params - size * np.sign(grads), {"previous": grads, "step_size": size}


def _constraint(settings: Mapping[str, Any]) -> str | None:
    if settings["step_min"] > settings["step_max"]:
        return f"step_min is {exact(settings['step_min'])}, expected at most step_max, {exact(settings['step_max'])}"
    return None


_ETA_MINUS = Hyperparameter(
    "eta_minus",
    "η⁻",
    0.5,
    0.0,
    1.0,
    sentence="Factor of the step size when the sign turned.",
    open_low=True,
    open_high=True,
    vector=True,
    torch="etas[0]",
    symbol=r"\eta^{-}",
)
_ETA_PLUS = Hyperparameter(
    "eta_plus",
    "η⁺",
    1.2,
    1.0,
    sentence="Factor of the step size while the sign stays.",
    open_low=True,
    vector=True,
    torch="etas[1]",
    symbol=r"\eta^{+}",
)
_STEP_MIN = Hyperparameter(
    "step_min",
    "smallest step",
    1e-6,
    0.0,
    sentence="No step size is smaller.",
    torch="step_sizes[0]",
    symbol=r"s_{\min}",
)
_STEP_MAX = Hyperparameter(
    "step_max",
    "largest step",
    50.0,
    0.0,
    sentence="No step size is larger.",
    torch="step_sizes[1]",
    symbol=r"s_{\max}",
)

_SIZE, _PREVIOUS, _FACTOR = Symbol("s", "step_size"), Symbol(r"g_{\mathrm{prev}}", "previous"), Symbol("f", "f")
_AGREEMENT = G * _PREVIOUS

RPROP = Optimizer(
    key="rprop",
    label="Rprop",
    sentence="Rprop looks at signs only: steps grow while the sign stays and shrink when it turns. Full batch only.",
    torch="Rprop",
    hyperparameters=(
        replace(LEARNING_RATE, default=0.01, sentence="The first step size of every parameter; not used later."),
        _ETA_MINUS,
        _ETA_PLUS,
        _STEP_MIN,
        _STEP_MAX,
        MAXIMIZE,
    ),
    slots=(
        OptimizerSlot(
            _SIZE,
            "step size",
            becomes(
                _SIZE,
                minimum(maximum(letter(_STEP_MIN), _FACTOR * _SIZE), letter(_STEP_MAX)),
                FormulaLine(
                    _FACTOR,
                    letter(_ETA_PLUS) * (_AGREEMENT > 0) + letter(_ETA_MINUS) * (_AGREEMENT < 0) + equal(_AGREEMENT, 0),
                ),
            ),
            torch="step_size",
        ),
        OptimizerSlot(
            _PREVIOUS,
            "gradient of the last step",
            becomes(_PREVIOUS, G * (_AGREEMENT >= 0)),
            torch="prev",
        ),
    ),
    init=lambda params, learning_rate, **_: {
        "step_size": np.zeros_like(params) + learning_rate,
        "previous": np.zeros_like(params),
    },
    step=_step,
    formula=lambda settings: becomes(THETA, THETA - _SIZE * sign(_PREVIOUS)),
    constraint=_constraint,
    source="Riedmiller and Braun 1993; the variant without weight backtracking (iRprop⁻), as in PyTorch",
)
