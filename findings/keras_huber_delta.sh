#!/usr/bin/env bash
# keras 3.15.1: a model that was compiled with Huber(delta=0.5) is loaded with delta 1, without a warning: get_config of Huber has
# no delta, nor has the .keras file. CategoricalGeneralizedCrossEntropy keeps its q, BinaryCrossentropy its label_smoothing.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check numpy==2.4.6 keras==3.15.1 jax==0.10.2 jaxlib==0.10.2 2>/dev/null
KERAS_BACKEND=jax JAX_PLATFORMS=cpu "$folder/venv/bin/python" -W ignore - "$folder/model.keras" <<'PYTHON'
import sys

import keras
import numpy as np

model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
model.compile("sgd", keras.losses.Huber(delta=0.5))
model.set_weights([np.zeros((1, 1)), np.zeros(1)])
model.save(sys.argv[1])
again = keras.saving.load_model(sys.argv[1])
x, target = np.array([[0.0]]), np.array([[10.0]])
losses = [float(each.evaluate(x, target, verbose=0)) for each in (model, again)]
print(f"config {keras.losses.Huber(delta=0.5).get_config()}; loss before {losses[0]}, after loading {losses[1]}")
assert "delta" not in keras.losses.Huber(delta=0.5).get_config()
assert losses == [0.5 * 10 - 0.5 * 0.5**2, 10 - 0.5], losses
PYTHON
echo "still so"
