"""Networks that together have every activation, loss, norm and optimizer, for the workbook."""

from itertools import pairwise

import numpy as np

from mlpviz.engine import ACTIVATIONS, LOSSES, NORMS
from mlpviz.engine.optimizers import OPTIMIZERS
from mlpviz.network import Document
from mlpviz.network.optimizer_state import OptimizerState

_TARGETS = {
    "none": None,
    "classes": [0, 2, 1, 2],
    "probabilities": [[0.2, 0.3, 0.5], [1, 0, 0], [0, 1, 0], [0.1, 0.1, 0.8]],
    "signs": [[1, -1, 1], [1, 1, -1], [-1, -1, -1], [1, 1, 1]],
}
_WEIGHTS = {"sample_weight": [1, 2, 3, 4]}


def network(widths, layers=(), **fields):
    """A document with 4 samples; `layers` are fields of each layer."""
    rng = np.random.default_rng(5)

    def numbers(*shape):
        return rng.normal(size=shape).round(3).tolist()

    made = [{"weight": numbers(o, i), "bias": numbers(o), "activation": "tanh"} for i, o in pairwise(widths)]
    for own, given in zip(made, layers, strict=False):
        own.update(given)
    given = {"x": numbers(4, widths[0]), "target": numbers(4, widths[-1]), "loss": "mse", "learning_rate": 0.1}
    return Document.parse({"version": 1, "layers": made} | given | fields)


def activations():
    """Each in a layer of some network, with the first layer's z on both sides of every kink."""
    found = {}
    for number, keys in enumerate(_sixes(ACTIVATIONS)):
        layers = [{"activation": key} for key in keys]
        layers[0]["weight"] = [[3, -5], [4, 0.5], [-2, 2]]
        found[f"activations{number}"] = network([2, *[3] * len(keys)], layers)
    return found


def _sixes(keys):
    keys = list(keys)
    return [keys[start : start + 6] for start in range(0, len(keys), 6)]


def losses():
    """Each on what it is made for, and with weights of all kinds; those on classes also with rows."""
    found = {}
    for key, entry in LOSSES.items():
        last = {"activation": entry.last_activations[0] if entry.last_activations else "identity"}
        given = {"target": _TARGETS[entry.target]} if entry.target in _TARGETS else {}
        names = {each.name for each in entry.hyperparameters}
        own = {"weight": [1, 2, 0.5], "ignore_index": 1, "term_weight": [1, 2, 0.5], "factor": 3, **_WEIGHTS}
        chosen = {name: value for name, value in own.items() if name in names}
        found[f"loss_{key}"] = network((2, 3, 3), ({}, last), loss={"key": key, **chosen}, **given)
        if entry.target == "classes" and entry.takes_rows:
            rows = _TARGETS["probabilities"]
            found[f"rows_{key}"] = network((2, 3, 3), ({}, last), loss=key, target=rows)
    smooth = {"key": "cross_entropy", "label_smoothing": 0.1, "ignore_index": 2}
    found["smooth"] = network((2, 3, 3), ({}, {"activation": "identity"}), loss=smooth, target=[0, 2, 1, 2])
    return found


def norms():
    """All of them in one network, in training and in evaluation."""
    layers = [{"norm": key} for key in NORMS]
    widths = [2, *[3] * len(layers)]
    return {f"norms_{mode}": network(widths, layers, mode=mode) for mode in ("training", "evaluation")}


def optimizers():
    """Each in its second step, with a penalty, a frozen bias and a layer of its own rate."""
    found = {}
    for key, entry in OPTIMIZERS.items():
        if entry.combines:
            continue
        settings = {"momentum": 0.9, "nesterov": True} if key == "sgd" else {}
        fields = {"optimizer": {"key": key, **settings}, "penalty": {"key": "elastic_net"}}
        step = network((2, 2, 1), **fields).next_step
        if step.new_slots:
            fields["optimizer_state"] = OptimizerState.of(1, step.new_slots)
        layers = ({"frozen": ["bias"]}, {} if key == "asgd" else {"learning_rate": 0.05})
        found[f"optimizer_{key}"] = network((2, 2, 1), layers, **fields)
    return found


def around():
    """Dropout, skips, pins and ties in one network."""
    mask = [[1, 0, 1], [1, 1, 0], [0, 1, 1], [1, 1, 1]]
    layers = (
        {"dropout": 0.5, "mask": mask},
        {"skip": 1, "activation": "softmax"},
        {"skip": 2, "one_bias": True, "bias": [0.5] * 3},
        {},
    )
    pins = [{"layer": 2, "sample": 1, "unit": 2, "value": 0.25}, {"layer": 1, "sample": 3, "unit": 1, "value": -1}]
    plain = network((3, 3, 3, 3, 2), layers, pins=pins)
    tied = [layer.fields() for layer in plain.layers]
    tied[2] |= {"weight": plain.layers[1].weight, "tied_to": 2}
    return {"around": plain.replace(layers=[type(plain.layers[0]).model_validate(each) for each in tied])}


def all_networks():
    return activations() | losses() | norms() | optimizers() | around()
