"""Random networks from a number: every activation, loss, norm, dropout, skip and pin, at many scales.

`network(seed)` draws 1 to 5 layers of 1 to 6 units and 1 to 6 samples. Every activation and every loss is as likely as
any other, with hyperparameters off their defaults half of the time, and one network in ten has its loss behind any last
activation. A layer has a norm in two of five cases, dropout and a skip each in one of five, a network has pins in one
of five and is in evaluation in one of five. Weights have a scale of 0.1 to 5. One x in five is large beside its spread,
one has equal samples, one has numbers with one decimal.
"""

import itertools
from dataclasses import replace
from typing import Any

import numpy as np

from mlpviz.engine import ACTIVATIONS, LOSSES, NORMS, LayerSpec, NetworkSpec, Pin, draw_masks
from mlpviz.engine.hyperparameters import Hyperparameter, HyperparameterError
from tests.support.random_networks import Example, target_for


def network(seed: int) -> Example:
    """The network of this number: the same for the same number."""
    rng = np.random.default_rng(seed)
    loss = _turned(rng, LOSSES[str(rng.choice(list(LOSSES)))], leave=("weight",))
    widths = rng.integers(1, 7, int(rng.integers(2, 7)))
    if any(each.name == "weight" for each in loss.hyperparameters) and rng.random() < 0.3:
        loss = loss.configure(weight=tuple(rng.uniform(0.1, 3.0, int(widths[-1])).tolist()))
    is_misfit = np.random.default_rng([seed, 1]).random() < 0.1  # its own draw: the other networks stay what they were
    layers: list[LayerSpec] = []
    for index, (inputs, outputs) in enumerate(itertools.pairwise(widths)):
        fitting = loss.last_activations if index == len(widths) - 2 and not is_misfit else ()
        activation = _turned(rng, ACTIVATIONS[str(rng.choice(fitting or list(ACTIVATIONS)))])
        # such a loss reads what its last activation gives
        bare = index == len(widths) - 2 and loss.needs_activation
        norm = None
        if rng.random() < 0.4:
            norm = NORMS[str(rng.choice(list(NORMS)))]
            eps = float(rng.choice((1e-5, 1e-3, 0.1, 1e-8, norm.eps)))
            norm = norm.configure(eps=eps, affine=bool(rng.random() < 0.7))
        before = [inputs, *(layer.inputs for layer in reversed(layers))]
        skips = [number for number, width in enumerate(before, start=1) if width == outputs]
        layers.append(
            LayerSpec(
                int(inputs),
                int(outputs),
                activation,
                bool(rng.random() < 0.8),
                norm,
                0.0 if bare or rng.random() < 0.8 else float(rng.choice((0.2, 0.5, 0.3, 1.0))),
                0 if bare or not skips or rng.random() < 0.8 else int(rng.choice(skips)),
            )
        )
    return _with_numbers(rng, NetworkSpec(tuple(layers), loss))


def _turned(rng: np.random.Generator, entry: Any, leave: tuple[str, ...] = ()) -> Any:
    """The entry with its hyperparameters drawn, in half of the cases."""
    if not entry.hyperparameters or rng.random() < 0.5:
        return entry
    try:
        return entry.configure(
            **{each.name: _value(rng, each) for each in entry.hyperparameters if each.name not in leave}
        )
    except HyperparameterError:  # two that do not go together
        return entry


def _value(rng: np.random.Generator, each: Hyperparameter) -> Any:
    if each.kind == "bool":
        return bool(rng.integers(2))
    if each.kind == "choice":
        return str(rng.choice(each.choices))
    if each.kind != "float":
        return each.default
    low, high = max(each.low, -3.0), min(each.high, 3.0)
    return float(round(rng.uniform(low, high), 2)) or each.default


def _with_numbers(rng: np.random.Generator, spec: NetworkSpec) -> Example:
    training = bool(rng.random() < 0.8)
    samples = int(rng.integers(2 if training and spec.buffer_size else 1, 7))
    scale = float(10.0 ** rng.uniform(-1.0, 0.7))
    params = rng.normal(size=spec.size)
    for slot in spec.slots:
        params[slot.weight] *= scale
    x = rng.normal(size=(samples, spec.inputs))
    kind = rng.random()
    if kind < 0.2:
        x = float(10.0 ** rng.uniform(0.0, 4.0)) + x * float(10.0 ** rng.uniform(-3.0, 0.0))
    elif kind < 0.4:
        x[:] = x[0]
    elif kind < 0.6:
        params, x = params.round(1), x.round(1)
    places = []
    for _ in range(int(rng.integers(1, 4)) if rng.random() < 0.2 else 0):
        layer = int(rng.integers(len(spec.layers)))
        unit = int(rng.integers(spec.layers[layer].outputs))
        places.append(Pin(layer, int(rng.integers(samples)), unit, float(rng.uniform(0.05, 0.95))))
    one = Example(spec, params, x, target_for(spec.loss.key, samples, spec.outputs, rng), tuple(places))
    buffers = rng.uniform(0.2, 2.0, spec.buffer_size)
    return replace(one, training=training, masks=draw_masks(spec, samples, rng) if training else {}, buffers=buffers)
