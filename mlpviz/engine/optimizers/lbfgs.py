"""L-BFGS: Newton's step with a curvature that is guessed from the last steps. A step here is one of its iterations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from mlpviz.engine.expressions import (
    Expression,
    FormulaLine,
    Number,
    Rewritten,
    Symbol,
    absolute,
    becomes,
    cases,
    choice,
    equal,
    minimum,
    total,
)
from mlpviz.engine.hyperparameters import Hyperparameter
from mlpviz.engine.optimizers.optimizer import ETA, LEARNING_RATE, THETA, G, Optimizer, OptimizerSlot, Slots
from mlpviz.engine.parameters import Array

LONGEST = 10
"""The most steps that can be remembered: each is two numbers per parameter in every document."""

LEAST = 1e-10
"""A step is remembered only if y·s is above this, as in PyTorch: else the guessed curvature would not be positive."""


def _alone(params: Array, grads: Array, slots: Slots, learning_rate: float, history_size: int) -> tuple[Array, Slots]:
    """One iteration for one network; a gradient of zeros changes nothing, as in PyTorch."""
    if not grads.any():
        return params.copy(), dict(slots)
    numbers = range(1, history_size + 1)
    pairs = [(slots[f"s_{k}"], slots[f"y_{k}"]) for k in numbers]
    scale = slots["scale"]
    y, s = grads - slots["previous"], slots["rate"] * slots["direction"]
    if (curvature := float(y @ s)) > LEAST:
        pairs = [(s, y), *pairs[:-1]]
        scale = curvature / float(y @ y)
    q, weights = -grads, []
    for own_s, own_y in pairs:
        own = float(own_s @ own_y)
        weights.append(float(own_s @ q) / own if own > 0 else 0.0)
        q = q - weights[-1] * own_y
    direction = scale * q
    for (own_s, own_y), weight in zip(reversed(pairs), reversed(weights), strict=True):
        if (own := float(own_s @ own_y)) > 0:
            direction = direction + (weight - float(own_y @ direction) / own) * own_s
    rate = learning_rate if slots["previous"].any() else learning_rate * min(1.0, 1.0 / float(np.abs(grads).sum()))
    after: Slots = {"scale": scale, "direction": direction, "rate": rate, "previous": grads.copy()}
    for k, (own_s, own_y) in zip(numbers, pairs, strict=True):
        after |= {f"s_{k}": own_s, f"y_{k}": own_y}
    return params + rate * direction, after


def _step(
    params: Array, grads: Array, slots: Slots, _t: int, *, learning_rate: Any, history_size: int
) -> tuple[Array, Slots]:
    if params.ndim == 1:
        return _alone(params, grads, slots, float(np.ravel(learning_rate)[0]), history_size)
    lead = params.shape[:-1]
    rates = np.broadcast_to(np.atleast_1d(learning_rate)[..., :1], (*lead, 1))
    own = {
        name: np.broadcast_to(slot, (*lead, np.shape(slot)[-1] if np.ndim(slot) else 1)) for name, slot in slots.items()
    }
    new, after = np.empty_like(params), {name: np.empty(slot.shape, slot.dtype) for name, slot in own.items()}
    for at in np.ndindex(lead):
        one = {name: float(slot[at][0]) if name in _NUMBERS else slot[at] for name, slot in own.items()}
        new[at], found = _alone(params[at], grads[at], one, float(rates[at][0]), history_size)
        for name, value in found.items():
            after[name][at] = value
    return new, after


_NUMBERS = ("scale", "rate")
_NAMES = [f"{letter}_{k}" for k in range(1, LONGEST + 1) for letter in "sy"]


def _init(params: Array, *, history_size: int, **_: Any) -> Slots:
    kept = [*_NAMES[: 2 * history_size], "direction", "previous"]
    return {name: np.zeros_like(params) for name in kept} | {"scale": 1.0, "rate": 0.0}


_HISTORY = Hyperparameter(
    "history_size",
    "steps remembered",
    5,
    1,
    LONGEST,
    kind="int",
    torch_default=100,
    sentence="From how many of the last steps the curvature is guessed; 100 in PyTorch.",
)

_SCALE, _D, _RATE, _PREVIOUS = (
    Symbol(r"\gamma", "scale"),
    Symbol("d", "direction"),
    Symbol(r"\eta_t", "rate"),
    Symbol(r"g_{\mathrm{prev}}", "previous"),
)
_Y, _S, _CURVATURE, _SLOPES = (
    Symbol("y", "y"),
    Symbol("s", "s"),
    Symbol(r"\kappa", "curvature"),
    Symbol(r"\lVert g \rVert_1", "slopes"),
)


def _pair(k: int) -> tuple[Symbol, Symbol]:
    return Symbol(f"s_{{{k}}}", f"s_{k}"), Symbol(f"y_{{{k}}}", f"y_{k}")


def _kept(k: int, which: int, settings: Mapping[str, Any]) -> FormulaLine:
    """The line of one remembered s or y: each becomes that of the step before, if this step is remembered."""
    own = _pair(k)[which]
    newer: Expression = _pair(k - 1)[which] if k > 1 else (_S, _Y)[which]
    first = (
        FormulaLine(_Y, G - _PREVIOUS),
        FormulaLine(_S, _RATE * _D),
        FormulaLine(_SLOPES, total(absolute(G))),
        FormulaLine(_CURVATURE, Rewritten(total(_Y * _S), choice(_SLOPES > 0, total(_Y * _S), Number(0)))),
    )
    is_first = which == 0 and k == settings["history_size"]
    return becomes(own, cases((newer, _CURVATURE > LEAST), otherwise=own), *(first if is_first else ()))


def _is_remembered(k: int, settings: Mapping[str, Any]) -> bool:
    return bool(settings["history_size"] >= k)


def _direction(settings: Mapping[str, Any]) -> FormulaLine:
    """The two loops of Nocedal 1980, written out."""
    numbers = range(1, settings["history_size"] + 1)
    q = [Symbol(f"q_{{{k}}}", f"q_{k}") for k in range(len(numbers) + 1)]
    r = [Symbol(f"r_{{{k}}}", f"r_{k}") for k in range(len(numbers) + 1)]
    lines, back = [FormulaLine(q[0], -G)], []
    for k in numbers:
        s, y = _pair(k)
        alpha, beta = Symbol(rf"\alpha_{{{k}}}", f"alpha_{k}"), Symbol(rf"\beta_{{{k}}}", f"beta_{k}")
        lines += [FormulaLine(alpha, _share(s, q[k - 1], s, y)), FormulaLine(q[k], q[k - 1] - alpha * y)]
        back += [FormulaLine(r[k - 1], r[k] + (alpha - beta) * s), FormulaLine(beta, _share(y, r[k], s, y))]
    direction = cases((r[0], _SLOPES > 0), otherwise=_D)
    return becomes(_D, Rewritten(r[0], direction), *(*lines, FormulaLine(r[-1], _SCALE * q[-1]), *reversed(back)))


def _share(of: Symbol, vector: Symbol, s: Symbol, y: Symbol) -> Expression:
    """One coefficient of the loops; 0 where no step is remembered yet."""
    share = total(of * vector) / total(s * y)
    return Rewritten(share, cases((share, total(s * y) > 0), otherwise=0))


def _pair_slots() -> tuple[OptimizerSlot, ...]:
    """The slots of the remembered steps, the oldest first, as their lines have to come."""
    found = []
    for k in range(LONGEST, 0, -1):
        for which, meaning in enumerate(("step", "change of the gradient")):
            found.append(
                OptimizerSlot(
                    _pair(k)[which],
                    f"{meaning}, {'the last one' if k == 1 else f'{k} steps ago'}",
                    partial(_kept, k, which),
                    partial(_is_remembered, k),
                    torch=f"{'sy'[which]}_{k}",
                )
            )
    return tuple(found)


LBFGS = Optimizer(
    key="lbfgs",
    label="L-BFGS",
    sentence="L-BFGS guesses from its last steps how the slope changes, and steps to where it would be 0. It remembers "
    "only steps along which the slope rose. Full batch only.",
    torch="LBFGS",
    torch_fixed=(("max_iter", 1), ("tolerance_grad", 0), ("tolerance_change", 0)),
    torch_step="optimizer.step(lambda: loss)",
    hyperparameters=(
        replace(LEARNING_RATE, default=1.0, sentence="Which part of the step is taken. The first one is shorter."),
        _HISTORY,
    ),
    slots=(
        *_pair_slots(),
        OptimizerSlot(
            _SCALE,
            "first guess of the inverse curvature",
            becomes(_SCALE, cases((_CURVATURE / total(_Y**2), _CURVATURE > LEAST), otherwise=_SCALE)),
            per_parameter=False,
            start=Number(1),
            torch="H_diag",
        ),
        OptimizerSlot(_D, "direction of the step", _direction, torch="d"),
        OptimizerSlot(
            _RATE,
            "part of the direction that is stepped",
            FormulaLine(
                _RATE,
                cases(
                    (_RATE, equal(_SLOPES, 0)),
                    (ETA, total(absolute(_PREVIOUS)) > 0),
                    otherwise=ETA * minimum(1, 1 / _SLOPES),
                ),
            ),
            per_parameter=False,
            torch="t",
        ),
        OptimizerSlot(
            _PREVIOUS,
            "gradient of the last step",
            becomes(_PREVIOUS, cases((G, _SLOPES > 0), otherwise=_PREVIOUS)),
            torch="prev_flat_grad",
        ),
    ),
    init=_init,
    step=_step,
    formula=lambda _settings: becomes(THETA, THETA + _RATE * _D),
    combines="network",
    source="Liu and Nocedal 1989, as torch.optim.LBFGS without line search, which makes up to max_iter = 20 iterations "
    "in one step(closure), each from a new gradient",
    aliases=("L-BFGS", "LBFGS"),
)
