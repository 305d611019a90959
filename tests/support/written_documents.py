"""The seven-layer document as plain values, and one with everything around an activation."""

import json

from hypothesis import settings

from mlpviz.examples.networks import PRESETS

quick = settings(max_examples=150)
SEVEN = PRESETS["seven_layers"].document


def seven():
    return json.loads(SEVEN.to_json())


def changed(path, value):
    document = seven()
    place = document
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return document


NORMED = {
    "version": 1,
    "name": "",
    "layers": [
        {
            "weight": [[1, 2], [3, 4]],
            "bias": None,
            "activation": {"key": "leaky_relu", "slope": 0.2},
            "norm": "batch_norm",
            "gamma": [1, 2],
            "running_var": [0.5, 2],
            "dropout": 0.5,
            "mask": [[1, 0], [1, 1], [0, 1]],
            "skip": 1,
        },
        {"weight": [[1, -1]], "bias": [0], "activation": "identity"},
    ],
    "x": [[1, 2], [3, 5], [-1, 0]],
    "target": [[1], [0], [2]],
    "loss": {"key": "huber", "delta": 2, "reduction": "sum"},
    "learning_rate": 0.1,
}
