"""What a layer does around φ: norm before it, dropout and skip after it, forward and backward side by side.

Only layers that have one of these come here; `passes.py` computes z, and everything of a plain layer.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from mlpviz.engine.activations import Activation
from mlpviz.engine.dropout import DropoutMasks
from mlpviz.engine.norms import running_update
from mlpviz.engine.parameters import Array, BufferViews, LayerViews
from mlpviz.engine.spec import LayerExtras, NetworkSpec, SpecError


class PassMode(NamedTuple):
    """Training, with the masks of dropout; or evaluation: running statistics, nothing dropped."""

    training: bool
    masks: DropoutMasks
    running: Sequence[BufferViews | None]


class LayerCache(NamedTuple):
    """What one layer computed between z and a; None for what it does not have. Names as in LayerTrace."""

    h: Array
    mean: Array | None = None
    var: Array | None = None
    normalised: Array | None = None
    n: Array | None = None
    scale: Array | None = None
    """1 / sqrt(var + eps)"""
    mask: Array | None = None
    dropped: Array | None = None


class LayerCacheGrads(NamedTuple):
    """What one layer's backward pass leaves between ∂L/∂a and ∂L/∂z. Names as in LayerTrace."""

    grad_h: Array
    grad_n: Array | None = None
    grad_normalised: Array | None = None
    grad_mean: Array | None = None
    grad_var: Array | None = None


def pass_mode(spec: NetworkSpec, samples: int, training: bool, masks: DropoutMasks | None, buffers: Array) -> PassMode:
    """The mode of a pass over N samples. Raises SpecError if a layer cannot train with what is given."""
    masks = masks or {}
    if training:
        for number, layer in enumerate(spec.layers, start=1):
            if layer.dropout and number - 1 not in masks:
                raise SpecError(f"layer {number} has dropout: a training pass needs its mask")
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
    inputs: Sequence[Array],
    mode: PassMode,
    at: str,
    offset: Array | float,
) -> tuple[Array, LayerCache]:
    """a (..., N, O) before pins, and what was computed on the way; `inputs[i]` is what layer i reads.

    `at` names the array that central differences move by `offset`.
    """
    norm, scale, source, _ = extra
    n, around = z, {}
    if norm is not None:
        if norm.running and not mode.training:
            running = mode.running[index]
            mean, var = (each[..., None, :] for each in running or ())
        else:
            mean, var = norm.statistics(z, norm.axis)
        if at == "mean":
            mean = mean + offset
        elif at == "var":
            var = var + offset
        normalised, rate = norm.value(z, mean, var, norm.eps)
        if at == "normalised":
            normalised = normalised + offset
        n = normalised
        if views.gamma is not None and views.beta is not None:
            n = normalised * views.gamma[..., None, :] + views.beta[..., None, :]
        if at == "n":
            n = n + offset
        around = {"mean": mean, "var": var, "normalised": normalised, "n": n, "scale": rate}
    h = a = activation.value(n)
    if at == "h":
        h = a = h + offset
    if scale and mode.training:
        mask = mode.masks[index]
        # divided by the chance to be kept, so that the expected a is the same in training and in evaluation
        a = h * (mask * scale)
        around |= {"mask": mask, "dropped": a}
    if source >= 0:
        a = a + inputs[source]
    return a, LayerCache(h, **around)


def backward(
    extra: LayerExtras,
    views: LayerViews,
    activation: Activation,
    z: Array,
    around: LayerCache,
    grad: Array,
    grad_views: LayerViews,
    training: bool,
) -> tuple[Array, LayerCacheGrads]:
    """grad_z (..., N, O) from ∂L/∂a where a is not pinned; fills grad_gamma and grad_beta.

    What flows through the skip is `grad` itself, and is the caller's business.
    """
    norm, scale, _, _ = extra
    if around.mask is not None:
        grad = grad * (around.mask * scale)
    grad_h = grad
    n, normalised, rate = around.n, around.normalised, around.scale
    if norm is None or n is None or normalised is None or rate is None:
        return activation.vjp(z, around.h, grad_h), LayerCacheGrads(grad_h)
    grad_n = grad_normalised = activation.vjp(n, around.h, grad_h)
    if views.gamma is not None:
        np.sum(grad_n * normalised, axis=-2, out=grad_views.gamma)
        np.sum(grad_n, axis=-2, out=grad_views.beta)
        grad_normalised = grad_n * views.gamma[..., None, :]
    if norm.running and not training:
        return grad_normalised * rate, LayerCacheGrads(grad_h, grad_n, grad_normalised)
    grad_z, grad_mean, grad_var = norm.vjp(normalised, rate, grad_normalised, norm.axis)
    return grad_z, LayerCacheGrads(grad_h, grad_n, grad_normalised, grad_mean, grad_var)


def move_buffers(
    spec: NetworkSpec, caches: dict[int, LayerCache], samples: int, running: Sequence[BufferViews | None]
) -> None:
    """Take the batch of a training pass into the running statistics (in place), as PyTorch does.

    The forward pass uses the biased variance, the running one is unbiased: over N - 1.
    """
    for layer, around, views in ((spec.layers[i], around, running[i]) for i, around in caches.items()):
        if layer.norm is None or views is None or around.mean is None or around.var is None:
            continue
        unbiased = around.var[..., 0, :] * (samples / (samples - 1))
        views.mean[...] = running_update(views.mean, around.mean[..., 0, :], layer.norm.momentum)
        views.var[...] = running_update(views.var, unbiased, layer.norm.momentum)
