"""How each block of the forward pass and of the loss is worked out from the blocks before it."""

from __future__ import annotations

from typing import Any

import numpy as np

from mlpviz.engine import ACTIVATIONS
from mlpviz.engine.expressions import Expression, Symbol
from mlpviz.engine.losses.symbols import A_K, T_K, A, N, O, P, S, T
from mlpviz.engine.norms import running_update
from mlpviz.engine.parameters import Array
from mlpviz.practice.workings import Place, Workings


def z(w: Workings, n: int) -> Array:
    """What comes in, times the weights, plus the bias."""
    found = w.inputs(n) @ w.views[n - 1].weight.T
    bias = w.views[n - 1].bias
    return np.asarray(found if bias is None else found + bias)


def mean(w: Workings, n: int) -> Array:
    """μ over the axis of the norm."""
    norm = w.norm(n)
    return w.of("z", n).mean(axis=norm.axis, keepdims=True)


def spread(w: Workings, n: int) -> Array:
    """σ², or the mean square of a norm without a mean."""
    norm = w.norm(n)
    apart = w.of("z", n) - w.of("mean", n) if norm.centred else w.of("z", n)
    return np.asarray((apart * apart).mean(axis=norm.axis, keepdims=True))


def statistics(w: Workings, n: int) -> tuple[Array, Array]:
    """What the norm of a layer takes away and divides by the root of: of these samples, or running."""
    norm = w.norm(n)
    if not w.parts[n - 1].statistics:
        buffers = w.buffers(n)
        return buffers.mean[None, :], buffers.var[None, :]
    spread = w.of(norm.spread, n)
    return (w.of("mean", n) if norm.centred else np.zeros_like(spread)), spread


def normalised(w: Workings, n: int) -> Array:
    """z with mean 0 and variance 1."""
    norm = w.norm(n)
    return norm.value(w.of("z", n), *statistics(w, n), norm.eps)[0]


def norm_output(w: Workings, n: int) -> Array:
    """γ times ẑ, plus β."""
    view = w.views[n - 1]
    found = w.of("normalised", n) if Place("normalised", n) in w.numbers else normalised(w, n)
    found = found if view.gamma is None else found * view.gamma
    return found if view.beta is None else found + view.beta


def h(w: Workings, n: int) -> Array:
    """φ of what it reads."""
    return w.spec.activations[n - 1].value(w.activation_input(n), *w.alpha(n))


def kept(w: Workings, n: int) -> Array | float:
    """What dropout multiplies by: 0, or one over the chance to be kept; 1 without dropout."""
    mask = w.trace.layers[n - 1].mask
    return 1.0 if mask is None else mask * w.spec.layers[n - 1].dropout_scale


def dropped(w: Workings, n: int) -> Array:
    """What dropout leaves of h."""
    return np.asarray(w.of("h", n) * kept(w, n))


def a(w: Workings, n: int) -> Array:
    """φ's output after dropout, skip and pins."""
    parts, skip = w.parts[n - 1], w.spec.layers[n - 1].skip
    if not parts.has_h:
        found = h(w, n)
    else:
        found = w.of("dropped", n) if Place("dropped", n) in w.numbers else dropped(w, n)
        found = found + w.inputs(n - skip + 1) if skip else found
    return np.where(*w.pinned[n - 1], found) if n - 1 in w.pinned else found


def probabilities(w: Workings, n: int) -> Array:
    """What the loss makes of the outputs."""
    return ACTIVATIONS[w.spec.loss.probabilities or ""].value(w.of("a", n))


def loss_term(w: Workings, n: int) -> Array:
    """What each output of each sample adds; from the probabilities where somebody has their own."""
    own = _from_probabilities(w, n, w.spec.loss.term)
    return w.spec.loss.terms(w.of("a", n), w.trace.target) if own is None else own  # type: ignore[arg-type]


def loss(w: Workings, n: int) -> Array:
    """The sum of the terms over their divisor."""
    return np.asarray(w.of("loss_term", n).sum() / w.divisor())


def grad_output(w: Workings, n: int) -> Array:
    """∂L/∂a of the last layer; from the probabilities where somebody has their own."""
    own = _from_probabilities(w, n, w.spec.loss.grad_formula())
    if own is not None:
        return own
    return np.asarray(w.spec.loss.grad(w.of("a", n), w.trace.target) / w.divisor())  # type: ignore[arg-type]


def _from_probabilities(w: Workings, n: int, formula: Expression) -> Array | None:
    """A formula of the loss with somebody's own probabilities; None where they have none, or it has other letters."""
    y, t = w.of("a", n), w.trace.target
    if t is None or Place("probabilities", n) not in w.given:
        return None
    values: dict[Symbol, Any] = {
        A: y, A_K: y, T: t, T_K: t, P: w.of("probabilities", n), S: t.sum(axis=-1, keepdims=True),
        N: float(w.trace.samples), O: float(w.spec.outputs),
    }  # fmt: skip
    if not values.keys() >= set(formula.symbols()):
        return None
    found: Array = np.broadcast_to(np.asarray(formula.value(values)), y.shape)
    return found


def new_running(w: Workings, n: int) -> tuple[Array, Array]:
    """The running mean and variance after this batch."""
    norm, buffers = w.norm(n), w.buffers(n)
    samples = w.trace.samples
    unbiased = w.of("var", n)[0] * (samples / (samples - 1))
    return running_update(buffers.mean, w.of("mean", n)[0], norm.momentum), running_update(
        buffers.var, unbiased, norm.momentum
    )
