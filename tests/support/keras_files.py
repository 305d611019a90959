"""Files that Keras saves, in a process of their own, with the outputs that Keras computes: `FOLDER` is the argument.

Prints JSON: by the name of each model, inputs and outputs; its files are NAME.keras, NAME.h5 and NAME.weights.h5.
"""

import json
import os
import sys
import warnings
from pathlib import Path


def models(keras):
    """Models by their names, each with fresh layers."""
    layers, one = keras.layers, keras.Input((4,))

    def chain(*inner):
        return keras.Sequential([keras.Input((4,)), *inner, layers.Dense(2)])

    within = keras.Model(one, layers.Dense(3, "relu")(layers.BatchNormalization()(layers.Dense(4)(one))))
    compiled = chain(layers.Dense(5, "relu"))
    compiled.compile("sgd", keras.losses.CategoricalCrossentropy(from_logits=True, label_smoothing=0.1))
    huber = chain(layers.Dense(5, "relu"))
    huber.compile("sgd", keras.losses.Huber(delta=0.5))
    return {
        **joined(keras),
        "huber": huber,
        "rms": chain(layers.Dense(5), layers.RMSNormalization(epsilon=1e-2), layers.ReLU()),
        "prelu": chain(layers.Dense(5), layers.PReLU()),
        "one slope": chain(layers.Dense(5), layers.PReLU(shared_axes=[1])),
        "slope inside": chain(layers.Dense(5, activation=layers.PReLU())),
        "reshape": chain(layers.Reshape((4,)), layers.Dense(5, "tanh")),
        "same widths inside": chain(
            keras.Sequential([layers.Dense(4, "relu"), layers.Dense(4, "tanh")]),
            layers.Dense(4, "tanh"),
            keras.Sequential([layers.Dense(4, "relu"), layers.Dense(4)]),
        ),
        "same names inside": chain(
            keras.Sequential([layers.Dense(4, "relu", name="d"), layers.Dense(3, name="e")], name="first"),
            keras.Sequential([layers.Dense(4, "tanh", name="d"), layers.Dense(3, name="e")], name="second"),
        ),
        "functional inside": chain(layers.Dense(4, "tanh"), within),
        "norms": chain(
            *(layers.Dense(5), layers.BatchNormalization(), layers.ReLU()),
            *(layers.Dense(3), layers.LayerNormalization(), layers.ReLU()),
        ),
        "compiled": compiled,
    }


def joined(keras):
    """Functional models that read an earlier value past later layers."""
    layers, x = keras.layers, keras.Input((4,))
    same = layers.Dense(4, "relu")(x)
    inner = layers.Dense(4)(layers.Dense(6, "relu")(same))
    residual = layers.ReLU()(layers.Add()([same, inner]))
    normed = layers.BatchNormalization()(layers.add([x, layers.Dropout(0.5)(layers.Dense(4, "tanh")(x))]))
    wide = layers.Concatenate()([x, layers.Dense(3, "relu")(layers.Dense(7, "sigmoid")(x))])
    nested = layers.Concatenate()([layers.Dense(3, "relu")(wide), wide])
    later = layers.Dense(5, "relu")(same)
    shortcut = layers.Add()([layers.Dense(3)(same), layers.Dense(3)(layers.Dense(5, "relu")(same))])
    within = keras.Model(x, layers.Dense(3)(residual))
    outer = keras.Input((4,))
    return {
        "residual": keras.Model(x, layers.Dense(2)(residual)),
        "residual inputs": keras.Model(x, layers.Dense(2, "softmax")(normed)),
        "sum at the end": keras.Model(x, layers.Add()([x, layers.Dense(4)(layers.Dense(4, "tanh")(x))])),
        "twice": keras.Model(x, layers.Dense(2)(layers.Add()([same, same, x]))),
        "wide and deep": keras.Model(x, layers.Dense(2)(wide)),
        "nested": keras.Model(x, layers.Dense(2)(nested)),
        "side by side thrice": keras.Model(x, layers.Dense(2)(layers.Concatenate()([later, x, same]))),
        "beside tanh": keras.Model(x, layers.Concatenate()([layers.Dense(3, "tanh")(x), x])),
        "shortcut": keras.Model(x, layers.Dense(2)(layers.ReLU()(shortcut))),
        "residual inside": keras.Model(outer, layers.Dense(2)(within(layers.Dense(4, "relu")(outer)))),
        "operators": keras.Model(x, layers.Dense(2)(x + same)),
    }


def main(folder):
    """Save every model, with random weights."""
    os.environ["KERAS_BACKEND"] = "jax"
    import keras
    import numpy as np

    rng, found = np.random.default_rng(0), {}
    for name, model in models(keras).items():
        for weight in model.weights:
            values = rng.normal(size=weight.shape) * 0.5
            weight.assign(abs(values) + 0.1 if "variance" in weight.path else values)
        x = rng.normal(size=(3, 4)).astype(np.float32)
        found[name] = [x.tolist(), np.asarray(model(x, training=False)).tolist()]
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Keras calls .h5 legacy
            model.save(folder / f"{name}.keras")
            model.save(folder / f"{name}.h5")
        model.save_weights(folder / f"{name}.weights.h5")
    quantized = keras.Sequential([keras.Input((4,)), keras.layers.Dense(2)])
    quantized.quantize("int8")
    quantized.save(folder / "quantized.keras")
    print(json.dumps(found))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
