"""Random small networks for the property that a verdict is true, made for exact zeros: small integers, pins, hits.

Quicker than hypothesis, so that thousands fit into a test; everything follows from the seed.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np

from mlpviz.engine import ACTIVATIONS, LOSSES, NORMS, LayerSpec, NetworkSpec, SpecError, Trace
from mlpviz.engine.losses import Loss
from tests.support.random_networks import Example, target_for, with_mode


def random_trace(seed: int) -> Trace:
    """A pass of 1 to 4 layers of 1 to 3 units over 1 to 4 samples: all activations, losses and norms, skips, pins.

    A fifth of the losses that were made for one last activation stand behind any.
    """
    rng = np.random.default_rng(seed)
    while True:
        try:
            return _integers(_network(rng), rng).run()
        except SpecError:
            continue


def _network(rng: np.random.Generator) -> Example:
    loss = LOSSES[str(rng.choice(list(LOSSES)))]
    samples = int(rng.integers(1, 5))
    count = int(rng.integers(1, 5))
    widths = rng.integers(1, 4, count + 1)
    layers = []
    for number, (inputs, outputs) in enumerate(pairwise(widths), start=1):
        key = str(rng.choice(("relu", "identity") if rng.random() < 0.5 else list(ACTIVATIONS)))
        if number == count and loss.last_activations and rng.random() < 0.8:
            key = str(rng.choice(loss.last_activations))
        free = number < count or not loss.needs_activation
        layers.append(
            LayerSpec(
                int(inputs), int(outputs), ACTIVATIONS[key], bool(rng.integers(2)),
                NORMS[str(rng.choice(list(NORMS)))] if rng.random() < 0.2 else None,
                float(rng.choice((0.0, 0.0, 0.5))) if free else 0.0,
                int(rng.random() < 0.3 and free and inputs == outputs),
            )
        )  # fmt: skip
    return with_mode(
        NetworkSpec(tuple(layers), _weighed(loss, samples, int(widths[-1]), rng)),
        samples,
        int(rng.integers(2**31)),
        bool(rng.random() < 0.8),
        int(rng.integers(3)),
    )


def _weighed(loss: Loss, samples: int, outputs: int, rng: np.random.Generator) -> Loss:
    """The loss with weights and a factor that are 0 now and then, in a third of the cases."""
    if rng.random() > 0.35:
        return loss
    lengths = {"sample_weight": samples, "term_weight": outputs, "weight": outputs}
    settings: dict[str, object] = {}
    for each in loss.hyperparameters:
        if each.name in lengths and rng.random() < 0.4:
            drawn = rng.choice((0.0, 1.0, 2.5), lengths[each.name])
            settings[each.name] = tuple(drawn.tolist()) if drawn.any() else ()
        elif each.name == "factor" and rng.random() < 0.3:
            settings[each.name] = float(rng.choice((0.0, 0.5, -2.0)))
        elif each.name == "label_smoothing" and rng.random() < 0.3:
            settings[each.name] = 0.2
        elif each.name == "ignore_index" and rng.random() < 0.3:
            settings[each.name] = 0
    return loss.configure(**settings)


def _integers(one: Example, rng: np.random.Generator) -> Example:
    """Half of the networks get small integers, so that zeros are exact and outputs hit their targets."""
    if rng.random() < 0.4:
        return one
    params = rng.integers(-2, 3, one.params.shape).astype(float)
    x = rng.integers(-2, 3, one.x.shape).astype(float)
    found = replace(one, params=params, x=x)
    target = target_for(one.spec.loss.key, len(x), one.spec.outputs, rng)
    if target is not None and one.spec.loss.target == "values":
        try:
            output = found.run().output
        except SpecError:
            return found
        target = np.where(rng.random(output.shape) < 0.5, np.nan_to_num(output), np.round(target))
    return replace(found, target=target)
