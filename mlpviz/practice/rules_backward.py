"""How each block of the backward pass is worked out from the blocks before it."""

from __future__ import annotations

import numpy as np

from mlpviz.engine.parameters import Array
from mlpviz.practice.rules_forward import grad_output, kept, normalised, statistics
from mlpviz.practice.workings import Place, Workings


def flow(w: Workings, n: int) -> Array:
    """∂L/∂a, 0 where a is pinned: nothing flows through a number that is held."""
    found = w.of("grad_a", n)
    return np.where(w.pinned[n - 1][0], 0.0, found) if n - 1 in w.pinned else found


def grad_a(w: Workings, n: int) -> Array:
    """From the loss, or from the layer behind and the skips that read this one."""
    if n == w.last:
        return grad_output(w, n)
    found = w.of("grad_z", n + 1) @ w.views[n].weight
    for number, layer in enumerate(w.spec.layers, start=1):
        if layer.skip and number - layer.skip == n:
            found = found + flow(w, number)
    return np.asarray(found)


def grad_h(w: Workings, n: int) -> Array:
    """∂L/∂a through the mask of dropout."""
    return np.asarray(flow(w, n) * kept(w, n))


def grad_activation_output(w: Workings, n: int) -> Array:
    """The gradient of what φ gives."""
    return w.of("grad_h", n) if Place("grad_h", n) in w.numbers else flow(w, n)


def through_activation(w: Workings, n: int) -> Array:
    """The gradient of what φ reads."""
    phi = w.spec.activations[n - 1]
    return phi.vjp(w.activation_input(n), w.activation_output(n), grad_activation_output(w, n), *w.alpha(n))


def grad_normalised(w: Workings, n: int) -> Array:
    """∂L/∂n times γ."""
    gamma, grad_n = w.views[n - 1].gamma, w.of("grad_n", n)
    return grad_n if gamma is None else grad_n * gamma


def norm_scale(w: Workings, n: int) -> Array:
    """One over the root of what the norm divides by."""
    norm = w.norm(n)
    return np.asarray(1.0 / np.sqrt(statistics(w, n)[1] + norm.eps))


def own_grad_normalised(w: Workings, n: int) -> Array:
    """∂L/∂ẑ, also where ẑ is no block of its own."""
    return w.of("grad_normalised", n) if Place("grad_normalised", n) in w.numbers else grad_normalised(w, n)


def _own_normalised(w: Workings, n: int) -> Array:
    return w.of("normalised", n) if Place("normalised", n) in w.numbers else normalised(w, n)


def grad_mean(w: Workings, n: int) -> Array:
    """Every ẑ from which the mean is taken away has its share."""
    norm = w.norm(n)
    return np.asarray(-(own_grad_normalised(w, n) * norm_scale(w, n)).sum(axis=norm.axis, keepdims=True))


def grad_spread(w: Workings, n: int) -> Array:
    """Every ẑ that is divided by the root of the spread has its share."""
    norm, scale = w.norm(n), norm_scale(w, n)
    along = (own_grad_normalised(w, n) * _own_normalised(w, n)).sum(axis=norm.axis, keepdims=True)
    return np.asarray(-0.5 * scale * scale * along)


def grad_z(w: Workings, n: int) -> Array:
    """Through φ; in a layer with a norm also through ẑ and its statistics."""
    norm = w.spec.layers[n - 1].norm
    if norm is None:
        return through_activation(w, n)
    found = own_grad_normalised(w, n) * norm_scale(w, n)
    if not w.parts[n - 1].statistics:
        return np.asarray(found)
    z = w.of("z", n)
    count = z.shape[norm.axis]
    apart = z - w.of("mean", n) if norm.centred else z
    found = found + w.of(f"grad_{norm.spread}", n) * (2.0 / count) * apart
    return np.asarray(found + w.of("grad_mean", n) / count if norm.centred else found)


def grad_weight(w: Workings, n: int) -> Array:
    """∂L/∂z times what came in, added up over the samples."""
    return np.asarray(w.of("grad_z", n).T @ w.inputs(n))


def grad_bias(w: Workings, n: int) -> Array:
    """∂L/∂z, added up over the samples."""
    return w.of("grad_z", n).sum(axis=0)


def grad_gamma(w: Workings, n: int) -> Array:
    """∂L/∂n times ẑ, added up over the samples."""
    return np.asarray((w.of("grad_n", n) * _own_normalised(w, n)).sum(axis=0))


def grad_beta(w: Workings, n: int) -> Array:
    """∂L/∂n, added up over the samples."""
    return w.of("grad_n", n).sum(axis=0)


def grad_alpha(w: Workings, n: int) -> Array:
    """What φ reads below 0 times the gradient of what it gives, added up."""
    learn = w.spec.activations[n - 1].alpha_vjp
    alpha = w.views[n - 1].alpha
    if learn is None or alpha is None:
        raise LookupError(f"layer {n} learns no slope")
    every = learn(w.activation_input(n), grad_activation_output(w, n))
    return every.sum(axis=0 if len(alpha) == every.shape[-1] > 1 else None).reshape(alpha.shape)
