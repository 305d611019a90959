"""Networks with one activation or one norm, for the programs of every library."""

from mlpviz.examples.networks import PRESETS
from mlpviz.network import Document


def one_layer(activation):
    """All activations at kinks too: z is what x is."""
    x = [[-3.0, -1.0, -0.5], [0.0, 0.5, 1.0], [3.0, 6.0, 800.0], [-800.0, 0.25, -0.25]]
    eye = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]
    layers = [
        {"weight": eye, "bias": None, "activation": activation},
        {"weight": [[1.0, -2.0, 0.5]], "bias": [0.1], "activation": "identity"},
    ]
    plain = {"version": 1, "layers": layers, "x": x, "target": [[1.0]] * 4, "loss": "mse", "learning_rate": 0.1}
    return Document.parse(plain | {"mode": "evaluation"})


def with_norm(key):
    plain = PRESETS["xor"].document.to_json_value()
    plain["layers"][0]["norm"] = {"key": key, "eps": 0.01}
    return Document.parse(plain)
