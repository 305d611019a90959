"""What an infinitely wide network with random weights does: exact recursions of the size of signals and gradients.

In a wide layer z is normal: of its mean square q one integral gives that of a, and another one that of the slopes, by
which gradients are multiplied (Poole et al. 2016, Schoenholz et al. 2017; for the identity Glorot and Bengio 2010, for
ReLU He et al. 2015). χ = σ_w² · E[φ'(z)²] is what ∂L/∂z is multiplied by from layer to layer, as a mean square:
where it is 1, at the edge of chaos, deep networks can learn.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from mlpviz.engine import ACTIVATIONS, NORMS
from mlpviz.engine.activations import Activation
from mlpviz.engine.parameters import Array
from mlpviz.gradient_flow.deep_network import FlowSettings, batch_of, network_of
from mlpviz.gradient_flow.measure import Flow
from mlpviz.gradient_flow.shown import ACTIVATIONS_SHOWN, INITIALIZERS_SHOWN

REACH, NODES = 9.0, 24
"""The normal distribution is cut off beyond 9 standard deviations, and has so many nodes in each piece."""

AT_THE_EDGE = 0.02
"""A weight scale that differs from that of the edge by less than this share is at it."""

ROUNDS = 100
"""of the recursion, until q stands still"""


class GaussianMoments(NamedTuple):
    """Means over a normal z of mean square q (...,): of φ(z), φ(z)² and φ'(z)²."""

    mean: Array
    square: Array
    slope_square: Array


class FlowTheory(NamedTuple):
    """The mean squares of z, a and ∂L/∂z in each hidden layer, as theory has them; `chi` is χ of the last two."""

    z: Array
    a: Array
    grad_z: Array
    chi: float


def moments(activation: Activation, q: Array) -> GaussianMoments:
    """The integrals for mean squares q (...,) of z, by Gauss-Legendre between the kinks and bends of φ.

    Raises ValueError for an activation of a whole row.
    """
    if activation.slope is None:
        raise ValueError(f"{activation.key} reads a whole row: theory has no size of its own for it")
    q = np.asarray(q, dtype=float)
    scale = np.sqrt(np.maximum(q, 1e-300))[..., None]
    # where φ may change abruptly, in z; where the normal distribution does, in units of its width
    sharp = np.array(sorted({*activation.kinks, *activation.bends, 0.0, -1.0, 1.0, -4.0, 4.0, -12.0, 12.0}))
    wide = np.array([-REACH, -4.0, -2.0, 2.0, 4.0, REACH])
    edges = np.sort(
        np.concatenate([np.clip(sharp / scale, -REACH, REACH), np.broadcast_to(wide, (*q.shape, len(wide)))], axis=-1)
    )
    nodes, weights = _legendre()
    half = 0.5 * np.diff(edges)[..., None]
    u = (edges[..., :-1, None] + half) + half * nodes
    density = half * weights * np.exp(-0.5 * u * u) / np.sqrt(2.0 * np.pi)
    z = scale[..., None] * u
    with np.errstate(all="ignore"):
        a = activation.value(z)
        slope = activation.slope(z, a)
        return GaussianMoments(*(np.sum(density * each, axis=(-2, -1)) for each in (a, a * a, slope * slope)))


@lru_cache(maxsize=1)
def _legendre() -> tuple[Array, Array]:
    nodes, weights = np.polynomial.legendre.leggauss(NODES)
    return nodes, weights


def why_no_theory(settings: FlowSettings) -> str:
    """Why there is no prediction for these settings, as a sentence; empty where there is one."""
    if not ACTIVATIONS[settings.activation].elementwise:
        return "Theory has no line here: this activation reads a whole row."
    if ACTIVATIONS[settings.activation].alpha == "draw":
        return "Theory has no line here: this activation draws its slopes."
    if settings.norm and NORMS[settings.norm].running:
        return "Theory has no line here: batch norm mixes the samples, so that no layer follows from the one before."
    if settings.weight_std((settings.width, settings.width)) is None:
        return "Theory has no line here: these weights are not random numbers around 0."
    return ""


def prediction_of(settings: FlowSettings, flow: Flow) -> FlowTheory | None:
    """The recursions, forward from the inputs of each sample, backward from the gradient at the outputs.

    None where theory has none: `why_no_theory` says why.
    """
    if why_no_theory(settings):
        return None
    spec, x = network_of(settings), batch_of(settings).x
    hidden = spec.layers[:-1]
    variances = [(settings.weight_std((layer.outputs, layer.inputs)) or 0.0) ** 2 for layer in spec.layers]
    size, mean = np.mean(x * x, axis=-1), np.mean(x, axis=-1)
    all_q, all_size, all_slopes = [], [], []
    for layer, variance in zip(hidden, variances, strict=False):
        q = layer.inputs * variance * size + settings.bias_std((layer.outputs, layer.inputs)) ** 2
        found = moments(layer.activation, q if layer.norm is None else np.ones_like(q))
        if layer.skip:  # φ of a z with random signs beside what it is added to
            size, mean = found.square + size + 2.0 * found.mean * mean, mean + found.mean
        else:
            size, mean = found.square, found.mean
        all_q.append(q)
        all_size.append(size)
        # a norm divides z, and so the gradient, by the root of q
        all_slopes.append(found.slope_square / (1.0 if layer.norm is None else q))
    grad_z = flow.output_grad
    all_grad: list[Array] = []
    skipped = np.zeros_like(grad_z)
    for index in range(len(hidden) - 1, -1, -1):
        grad_a = spec.layers[index + 1].outputs * variances[index + 1] * grad_z
        if spec.layers[index + 1].skip:
            grad_a = grad_a + skipped
        skipped = grad_a
        grad_z = grad_a * all_slopes[index]
        all_grad.append(grad_z)
    last = hidden[-1]
    chi = last.outputs * (settings.weight_std((last.outputs, last.outputs)) or 0.0) ** 2 * all_slopes[-1].mean()
    z, a, gradients = (np.array([each.mean() for each in arrays]) for arrays in (all_q, all_size, all_grad[::-1]))
    return FlowTheory(z, a, gradients, float(chi) + float(settings.residual))


def chi_of(activation: Activation, sigma_w: Array, sigma_b: float) -> Array:
    """χ (...,) where q stands still, for weights of standard deviation σ_w/√I; infinity where q grows for ever."""
    sigma_w = np.asarray(sigma_w, dtype=float)
    q = np.full(sigma_w.shape, 1.0)
    for _ in range(ROUNDS):
        new = np.clip(sigma_w**2 * moments(activation, q).square + sigma_b**2, 0.0, 1e12)
        if np.allclose(new, q, rtol=1e-9, atol=1e-300):
            break
        q = new
    return np.asarray(sigma_w**2 * moments(activation, q).slope_square)


@lru_cache(maxsize=256)
def edge_of_chaos(activation: str, sigma_b: float) -> float | None:
    """The smallest σ_w at which χ is 1; None for an activation that has none, or of a whole row.

    Each q that stands still belongs to one σ_w, (q − σ_b²) / E[φ²] as its square: so nothing has to be repeated until
    it does. An edge may lie where q goes to 0, as for tanh, or to infinity, as for ReLU with biases.
    """
    entry = ACTIVATIONS[activation]
    if not entry.elementwise or entry.alpha == "draw":
        return None
    q = sigma_b**2 + np.geomspace(1e-7, 1e9, 400)
    with np.errstate(all="ignore"):
        found = moments(entry, q)
        sigma_w = np.sqrt((q - sigma_b**2) / found.square)
        above = sigma_w**2 * found.slope_square - 1.0
    known = np.isfinite(above) & np.isfinite(sigma_w)
    sigma_w, above = sigma_w[known], above[known]
    candidates = [float(sigma_w[end]) for end in (0, -1) if known.any() and abs(above[end]) < 1e-5]
    for at in np.flatnonzero(above[:-1] * above[1:] < 0):
        share = above[at] / (above[at] - above[at + 1])
        candidates.append(float(sigma_w[at] + share * (sigma_w[at + 1] - sigma_w[at])))
    return min(candidates, default=None)


def has_edge(settings: FlowSettings) -> bool:
    """Whether theory has an edge of chaos for such layers: without a norm and residual connections."""
    return not (settings.norm or settings.residual)


def sides_of_the_edge(settings: FlowSettings) -> Array | None:
    """On which side of the edge of chaos each cell of the map is (initializers, activations): 1 above, 0 at it, −1.

    NaN where theory has no edge. None where the layers are not plain. All else is as in the settings.
    """
    if not has_edge(settings):
        return None
    shape = (settings.width, settings.width)
    found = np.full((len(INITIALIZERS_SHOWN), len(ACTIVATIONS_SHOWN)), np.nan)
    for row, initializer in enumerate(INITIALIZERS_SHOWN):
        own = settings.replaced(initializer=initializer)
        deviation = own.weight_std(shape)
        if deviation is None:
            continue
        for column, activation in enumerate(ACTIVATIONS_SHOWN):
            edge = edge_of_chaos(activation, own.bias_std(shape))
            if edge is not None:
                apart = deviation * settings.width**0.5 / edge - 1.0
                found[row, column] = 0.0 if abs(apart) < AT_THE_EDGE else np.sign(apart)
    return found
