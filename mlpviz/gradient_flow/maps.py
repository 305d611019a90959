"""The map of settings: the ratio of gradients for every initializer with every activation, and for every σ_w and depth.

One cell after the other, so that a page can show what is there and stop.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from mlpviz.engine import NetworkSpec
from mlpviz.engine.dropout import draw_masks
from mlpviz.engine.norm_dropout_skip import pass_mode
from mlpviz.engine.parameters import Array
from mlpviz.engine.passes import backward_pass, forward_pass, loss_and_terms
from mlpviz.gradient_flow.deep_network import SCALED_NORMAL, FlowSettings, batch_of, network_of, target_of, weights_of
from mlpviz.gradient_flow.measure import ratio_of
from mlpviz.gradient_flow.shown import ACTIVATIONS_SHOWN, INITIALIZERS_SHOWN

SIGMAS = tuple(np.round(np.geomspace(0.5, 4.0, 22), 3).tolist())
DEPTHS = (1, 2, 3, 5, 8, 12, 16, 20, 26, 32, 40, 50)

FULL_SEEDS, FULL_SAMPLES = 8, 16
COARSE_SEEDS, COARSE_SAMPLES, COARSE_WIDTH = 1, 6, 32
"""of the first picture, which is there at once"""


class MapCells(NamedTuple):
    """Some cells of a map beside each other: those of `row` from `column` on, counted from 0.

    Their values are decimal logarithms of ratios: −∞ where nothing comes back, NaN where there is no ratio.
    """

    row: int
    column: int
    logarithms: tuple[float, ...]


def initializer_cells(
    settings: FlowSettings,
    seeds: int = FULL_SEEDS,
    initializers: Sequence[str] = INITIALIZERS_SHOWN,
    activations: Sequence[str] = ACTIVATIONS_SHOWN,
) -> Iterator[MapCells]:
    """The cells of the map of initializers (rows) and activations (columns), all else as in the settings."""
    for row, initializer in enumerate(initializers):
        own = settings.replaced(initializer=initializer)
        kept: dict[int, Array] = {}
        for column, activation in enumerate(activations):
            spec = network_of(own.replaced(activation=activation))
            if spec.size not in kept:  # the same weights for all activations without numbers of their own
                kept[spec.size] = weights_of(own, spec, seeds)
            yield MapCells(row, column, (_log10(ratio_of(*_gradients(own, spec, kept[spec.size]))),))


def depth_cells(
    settings: FlowSettings, seeds: int, sigmas: Sequence[float] = SIGMAS, depths: Sequence[int] = DEPTHS
) -> Iterator[MapCells]:
    """The rows of the map of depths (rows) and σ_w (columns): normal weights of σ_w/√I, all σ_w in one call."""
    for row, depth in enumerate(depths):
        own = settings.replaced(initializer=SCALED_NORMAL, sigma_w=1.0, depth=depth)
        spec = network_of(own)
        plain = weights_of(own, spec, seeds)
        scale = np.ones((len(sigmas), spec.size))
        for slot in spec.slots[:-1]:
            scale[:, slot.weight] = np.array(sigmas)[:, None]
        params = (scale[:, None] * plain).reshape(-1, spec.size)
        first, last = _gradients(own, spec, params)
        cut = (len(sigmas), seeds, *first.shape[1:])
        pairs = zip(first.reshape(cut), last.reshape(cut), strict=True)
        yield MapCells(row, 0, tuple(_log10(ratio_of(one, other)) for one, other in pairs))


def _log10(ratio: float) -> float:
    with np.errstate(all="ignore"):
        return float(np.log10(ratio))


def _gradients(settings: FlowSettings, spec: NetworkSpec, params: Array) -> tuple[Array, Array]:
    """∂L/∂z (S, N, O) of the first and of the last hidden layer, without keeping a trace."""
    batch = batch_of(settings)
    target = target_of(spec, batch)
    with np.errstate(all="ignore"):
        masks = draw_masks(spec, len(batch.x), np.random.default_rng([settings.seed, 3]))
        mode = pass_mode(spec, len(batch.x), True, masks, spec.initial_buffers())
        views = spec.views(params)
        forward = forward_pass(spec, views, batch.x, {}, mode)
        y = forward.a[-1]
        divisor = loss_and_terms(spec, y, target)[2]
        grad_y = spec.loss.grad(y, target) / divisor  # type: ignore[arg-type]  # every loss here has a target
        backward = backward_pass(spec, views, forward, {}, mode, grad_y, spec.views(np.empty_like(params)), False)
    return backward.grad_z[0], backward.grad_z[-2]
