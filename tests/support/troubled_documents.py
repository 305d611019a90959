"""Random documents in which something is wrong: numbers too large, too small, equal or negative, rates too high.

Every activation, loss and norm, hyperparameters off their defaults, misfits of losses, other optimizers, frozen layers
and one bias for a layer. Everything follows from the seed.
"""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

import numpy as np

from mlpviz.engine import ACTIVATIONS, LOSSES, NORMS
from mlpviz.engine.losses import Loss
from mlpviz.engine.optimizers import OPTIMIZERS
from mlpviz.network import Document, DocumentError

SCALES = (0.0, 1e-3, 1.0, 30.0, 1e5, 1e200)


def troubled_document(seed: int) -> Document:
    """The document of this number: the same for the same number."""
    rng = np.random.default_rng(seed)
    while True:
        try:
            return Document.parse(json.dumps(_drawn(rng)))
        except DocumentError:
            continue


def _drawn(rng: np.random.Generator) -> dict[str, Any]:
    loss = LOSSES[str(rng.choice(list(LOSSES)))]
    widths = [int(width) for width in rng.integers(1, 4, int(rng.integers(2, 6)))]
    samples = int(rng.integers(1, 4))
    scale = float(rng.choice(SCALES))
    layers = [_layer(rng, inputs, outputs, scale) for inputs, outputs in pairwise(widths)]
    if loss.last_activations:
        layers[-1]["activation"] = str(rng.choice(loss.last_activations if rng.random() < 0.5 else list(ACTIVATIONS)))
        layers[-1].pop("norm", None)
    size = float(rng.choice((1.0, 1.0, 1.0, 1e3, 1e200)))
    found = {
        "layers": layers,
        "x": (rng.normal(size=(samples, widths[0])).round(1) * size).tolist(),
        "target": _target(rng, loss, samples, widths[-1]),
        "loss": loss.key,
        "learning_rate": float(rng.choice((0.0, 1e-30, 0.01, 1.0, 10.0, 1e3))),
    }
    if rng.random() < 0.3:
        found["optimizer"] = str(rng.choice(list(OPTIMIZERS)))
    if loss.key == "poisson_nll" and rng.random() < 0.5:
        found["loss"] = {"key": loss.key, "log_input": False}
    return found


def _layer(rng: np.random.Generator, inputs: int, outputs: int, scale: float) -> dict[str, Any]:
    alike = rng.random() < 0.3
    weight = np.full((outputs, inputs), -scale) if alike else rng.normal(size=(outputs, inputs)).round(1) * scale
    found: dict[str, Any] = {"weight": weight.tolist(), "activation": str(rng.choice(list(ACTIVATIONS)))}
    if rng.random() < 0.7:
        found["bias"] = rng.choice((0.0, -5.0, 40.0), outputs).tolist()
        if rng.random() < 0.1:
            found |= {"bias": float(found["bias"][0]), "one_bias": True}
    if rng.random() < 0.2:
        found["norm"] = str(rng.choice(list(NORMS)))
    if rng.random() < 0.1:
        found["frozen"] = ["weight"] if rng.random() < 0.5 else ["weight"] + ["bias"] * ("bias" in found)
    return found


def _target(rng: np.random.Generator, loss: Loss, samples: int, outputs: int) -> Any:
    match loss.target:
        case "none":
            return None
        case "signs":
            return rng.choice((-1.0, 1.0, 1.0, 0.0), (samples, outputs)).tolist()
        case "probabilities":
            return rng.choice((0.0, 1.0, 0.5), (samples, outputs)).tolist()
        case "classes":
            return rng.integers(0, outputs, samples).tolist()
    return rng.normal(size=(samples, outputs)).round(1).tolist()
