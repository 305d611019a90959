"""What Keras and mlpviz compute for several models, as JSON: run by a test in a process of its own."""

import json
import os

os.environ["KERAS_BACKEND"] = "torch"

import keras
import numpy as np

import mlpviz

RANDOM = np.random.default_rng(2)
X = RANDOM.normal(size=(6, 4)).astype("float32")
CLASSES = np.array([0, 2, 1, 1, 0, 2])


def chain(*layers, loss):
    model = keras.Sequential([keras.Input((4,)), *layers])
    model.compile(loss=loss)
    # other numbers than those that every layer begins with
    model.set_weights([np.abs(RANDOM.normal(size=each.shape)).astype("float32") for each in model.get_weights()])
    return model


L = keras.layers
MODELS = {
    "classes": (
        chain(L.Dense(5, "tanh"), L.Dense(3, "softmax"), loss="sparse_categorical_crossentropy"),
        CLASSES[:, None],
    ),
    "rows": (chain(L.Dense(3, "softmax"), loss="categorical_crossentropy"), np.eye(3)[CLASSES]),
    "numbers": (chain(L.Dense(5, "gelu"), L.LayerNormalization(), L.Dense(2), loss="mse"), X[:, :2]),
    "norm and dropout": (
        chain(
            L.Dense(5),
            L.BatchNormalization(),
            L.ReLU(),
            L.Dropout(0.3),
            L.Dense(1, "sigmoid"),
            loss="binary_crossentropy",
        ),
        (CLASSES > 0).astype("float32")[:, None],
    ),
}

found = {}
for name, (model, y) in MODELS.items():
    network = mlpviz.from_keras(model, X, y)
    found[name] = {
        "outputs": [np.asarray(model.predict(X, verbose=0)).tolist(), network.trace().output.tolist()],
        "loss": [float(model.evaluate(X, y, verbose=0)), network.trace().loss],
    }
try:
    mlpviz.from_keras(keras.Sequential([keras.Input((4, 1)), L.Conv1D(2, 2)]), X)
except mlpviz.DocumentError as error:
    found["refused"] = str(error)
print(json.dumps(found))
