"""Setups as plain values, small and with everything in it, and how a refusal reads."""

import copy

import pytest

from mlpviz.config import TrainingConfig, prepare
from mlpviz.network import DocumentError
from tests.support.errors import assert_one_line

IRIS = {
    "version": 1,
    "data": {"kind": "set", "set": "iris"},
    "layers": [{"units": 8, "activation": "relu"}, {"units": None, "activation": "identity"}],
    "loss": "cross_entropy",
}
EVERYTHING = IRIS | {
    "name": "everything",
    "data": {"kind": "set", "set": {"key": "spirals", "samples": 300, "noise": 0.1}, "seed": 7},
    "split": {"test": 0.1, "validation": 0.5, "stratified": True, "seed": 3, "redraw": True},
    "scaling": "standard",
    "layers": [
        {
            "units": 6,
            "activation": {"key": "leaky_relu", "slope": 0.2},
            "bias": False,
            "norm": {"key": "batch_norm", "momentum": 0.2},
        },
        {"units": 6, "activation": "tanh", "norm": "layer_norm", "dropout": 0.25, "skip": 1},
        {"units": 2, "activation": "identity"},
    ],
    "initializer": {"key": "normal", "std": 0.5},
    "loss": {"key": "cross_entropy", "label_smoothing": 0.1, "weight": [1, 2]},
    "optimizer": {"key": "sgd", "learning_rate": 0.1, "momentum": 0.9},
    "schedule": {"key": "step", "step_size": 3},
    "schedule_counts": "steps",
    "batch_size": 32,
    "epochs": 4,
    "penalty": {"key": "elastic_net", "strength": 0.001},
    "clipping": {"key": "norm", "max_norm": 0.5},
    "stopping": {"patience": 2},
    "seed": 5,
    "dtype": "float32",
}
POINTS = {"kind": "points", "x": [[0, 0], [0, 1], [1, 0], [1, 1]], "classes": [0, 1, 1, 0]}
STARTED = {
    "version": 1,
    "data": POINTS,
    "layers": [{"units": 2, "activation": "tanh", "norm": "layer_norm"}, {"units": 2, "activation": "identity"}],
    "start": [
        {"weight": [[0.5, -0.25], [1, 2]], "bias": [0.1, 0], "gamma": [1, 2], "beta": [0, -0.5]},
        {"weight": [[1, -0.001], [1e-300, 3]], "bias": [0, 0]},
    ],
    "loss": "cross_entropy",
}
"""With first weights that are given."""
WHOLE = {"test": 0, "validation": 0}


def changed(path, value, setup=EVERYTHING):
    found = copy.deepcopy(setup)
    place = found
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return found


def refused(setup, action=TrainingConfig.parse):
    with pytest.raises(DocumentError) as caught:
        action(setup)
    assert_one_line(caught.value)
    return str(caught.value)


def refused_to_build(setup):
    return refused(TrainingConfig.parse(setup), prepare)
