"""Norm before φ, dropout and skip after it, and φ with learned or drawn slopes: forward and backward side by side.

`passes.py` computes z, and a of a plain layer; it calls this module for the other layers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from mlpviz.engine.activations import Activation
from mlpviz.engine.dropout import DropoutMasks, SlopesOf
from mlpviz.engine.norms import running_update
from mlpviz.engine.parameters import Array, BufferViews, LayerViews
from mlpviz.engine.spec import LayerExtras, NetworkSpec, SpecError

NO_OFFSETS: Mapping[str, Array] = {}


class PassMode(NamedTuple):
    """Training, with dropout masks and drawn slopes; or evaluation, with running statistics and without these."""

    training: bool
    masks: DropoutMasks
    running: Sequence[BufferViews | None]


class LayerCache(NamedTuple):
    """The arrays of one layer between z and a; None for those it does not have. Names as in LayerTrace."""

    h: Array
    mean: Array | None = None
    var: Array | None = None
    mean_square: Array | None = None
    normalised: Array | None = None
    n: Array | None = None
    scale: Array | None = None
    """1 / sqrt(var + eps)"""
    mask: Array | None = None
    dropped: Array | None = None
    slopes: Array | None = None


class LayerCacheGrads(NamedTuple):
    """The gradients of one layer between ∂L/∂a and ∂L/∂z. Names as in LayerTrace."""

    grad_h: Array
    grad_n: Array | None = None
    grad_normalised: Array | None = None
    grad_mean: Array | None = None
    grad_var: Array | None = None
    grad_mean_square: Array | None = None


def pass_mode(spec: NetworkSpec, samples: int, training: bool, masks: DropoutMasks | None, buffers: Array) -> PassMode:
    """The mode of a pass over N samples.

    Raises SpecError in training if a layer lacks its dropout mask or its slopes, or if batch norm has fewer than 2
    samples.
    """
    masks = masks or {}
    if training:
        for number, layer in enumerate(spec.layers, start=1):
            if layer.dropout and number - 1 not in masks:
                raise SpecError(f"layer {number} has dropout: a training pass needs its mask")
            if layer.activation.alpha == "draw" and SlopesOf(number - 1) not in masks:
                raise SpecError(f"layer {number} draws its slopes: a training pass needs them")
            if samples < 2 and layer.norm is not None and layer.norm.running:
                raise SpecError(f"layer {number} has batch norm: training needs at least 2 samples, {samples} given")
        return PassMode(True, masks, ())
    return PassMode(False, {}, spec.buffer_views(buffers))


def forward(
    extra: LayerExtras,
    index: int,
    views: LayerViews,
    activation: Activation,
    z: Array,
    skipped: Array | None,
    mode: PassMode,
    offsets: Mapping[str, Array] = NO_OFFSETS,
) -> tuple[Array, LayerCache]:
    """a (..., N, O) before pins, and the arrays between z and a; `skipped` is what a skip adds, if the layer has one.

    `offsets` names arrays to which central differences add something as soon as they are computed.
    """
    norm, dropout_scale, _, _ = extra
    n, cache = z, {}
    if norm is not None:
        if norm.running and not mode.training:
            running = mode.running[index]
            mean, spread = (each[..., None, :] for each in running or ())
        else:
            mean, spread = norm.statistics(z, norm.axis)
        if "mean" in offsets:
            mean = mean + offsets["mean"]
        if norm.spread in offsets:
            spread = spread + offsets[norm.spread]
        normalised, scale = norm.value(z, mean, spread, norm.eps)
        if "normalised" in offsets:
            normalised = normalised + offsets["normalised"]
        n = normalised
        if views.gamma is not None:
            n = normalised * views.gamma[..., None, :]
        if views.beta is not None:
            n = n + views.beta[..., None, :]
        if "n" in offsets:
            n = n + offsets["n"]
        cache = {norm.spread: spread, "normalised": normalised, "n": n, "scale": scale}
        if norm.centred:
            cache["mean"] = mean
    if mode.training and activation.alpha == "draw":
        cache["slopes"] = mode.masks[SlopesOf(index)]
    h = a = activation.value(n, *_alpha(views, cache.get("slopes")))
    if "h" in offsets:
        h = a = h + offsets["h"]
    if dropout_scale and mode.training:
        mask = mode.masks[index]
        # divided by the probability to be kept, so that the expected a is the same in training and in evaluation
        a = h * (mask * dropout_scale)
        cache |= {"mask": mask, "dropped": a}
    if skipped is not None:
        a = a + skipped
    return a, LayerCache(h, **cache)


def backward(
    extra: LayerExtras,
    views: LayerViews,
    activation: Activation,
    z: Array,
    cache: LayerCache,
    grad: Array,
    grad_views: LayerViews,
    training: bool,
) -> tuple[Array, LayerCacheGrads]:
    """grad_z (..., N, O) from `grad`, ∂L/∂a with 0 at pins; fills gamma, beta and alpha of `grad_views`.

    The gradient of what the skip adds is `grad` itself; the caller adds it to the gradient of that layer's input.
    """
    norm, dropout_scale, _, _ = extra
    if cache.mask is not None:
        grad = grad * (cache.mask * dropout_scale)
    grad_h = grad
    n, normalised, scale = cache.n, cache.normalised, cache.scale
    read, alpha = z if n is None else n, _alpha(views, cache.slopes)
    if views.alpha is not None and activation.alpha_vjp is not None and grad_views.alpha is not None:
        every = activation.alpha_vjp(read, grad_h)
        axes = -2 if views.alpha.shape[-1] == every.shape[-1] > 1 else (-2, -1)
        grad_views.alpha[...] = every.sum(axis=axes).reshape(views.alpha.shape)
    if norm is None or n is None or normalised is None or scale is None:
        return activation.vjp(z, cache.h, grad_h, *alpha), LayerCacheGrads(grad_h)
    grad_n = grad_normalised = activation.vjp(n, cache.h, grad_h, *alpha)
    if views.gamma is not None:
        np.sum(grad_n * normalised, axis=-2, out=grad_views.gamma)
        grad_normalised = grad_n * views.gamma[..., None, :]
    if views.beta is not None:
        np.sum(grad_n, axis=-2, out=grad_views.beta)
    if norm.running and not training:
        return grad_normalised * scale, LayerCacheGrads(grad_h, grad_n, grad_normalised)
    grad_z, grad_mean, grad_spread = norm.vjp(normalised, scale, grad_normalised, norm.axis)
    statistics = {f"grad_{norm.spread}": grad_spread} | ({"grad_mean": grad_mean} if norm.centred else {})
    return grad_z, LayerCacheGrads(grad_h, grad_n, grad_normalised, **statistics)


def _alpha(views: LayerViews, slopes: Array | None) -> tuple[Array, ...]:
    """The further argument of the functions of an activation: what it has learned, or drawn; else none."""
    if views.alpha is not None:
        return (views.alpha[..., None, :],)
    return () if slopes is None else (slopes,)


def update_buffers(
    spec: NetworkSpec, caches: dict[int, LayerCache], samples: int, running: Sequence[BufferViews | None]
) -> None:
    """Update the running statistics (in place) with the batch of a training pass, as PyTorch does.

    The forward pass uses the biased variance, the running one is unbiased: over N - 1.
    """
    for layer, cache, views in ((spec.layers[i], cache, running[i]) for i, cache in caches.items()):
        if layer.norm is None or views is None or cache.mean is None or cache.var is None:
            continue
        unbiased = cache.var[..., 0, :] * (samples / (samples - 1))
        views.mean[...] = running_update(views.mean, cache.mean[..., 0, :], layer.norm.momentum)
        views.var[...] = running_update(views.var, unbiased, layer.norm.momentum)
