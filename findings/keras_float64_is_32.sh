#!/usr/bin/env bash
# keras 3.15.1: float64 is computed in 32 bits in places, although floatx and the dtype policy are float64.
# Over PyTorch, keras.ops.matmul of two float64 tensors gives float32, so Dense is off by 1e-8 (with a bias it calls that float64
# again); over JAX (with jax_enable_x64) Dense is exact, but LayerNormalization is off by 1e-7. keras.backend.result_type("float64", "float64") is
# float32, except over TensorFlow. What helps: Dense over JAX; means and losses in lines of the backend.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check numpy==2.4.6 keras==3.15.1 jax==0.10.2 jaxlib==0.10.2 \
  torch==2.13.0 2>/dev/null
for backend in torch jax; do
  KERAS_BACKEND=$backend JAX_ENABLE_X64=1 JAX_PLATFORMS=cpu "$folder/venv/bin/python" -W ignore - <<'PYTHON'
import keras
import numpy as np

keras.config.set_floatx("float64")
keras.config.set_dtype_policy("float64")
x, w = np.array([[1 / 3, 0.7], [0.1, 0.9]]), np.array([[0.1, 0.2], [0.3, 0.4]])
dense, norm = keras.layers.Dense(2, use_bias=False), keras.layers.LayerNormalization(epsilon=1e-3)
dense.build((None, 2))
dense.kernel.assign(w)
found = keras.ops.convert_to_tensor(dense(x))
off = float(np.abs(keras.ops.convert_to_numpy(found) - x @ w).max())
means = (x - x.mean(1, keepdims=True)) / np.sqrt(x.var(1, keepdims=True) + 1e-3)
norm_off = float(np.abs(keras.ops.convert_to_numpy(norm(x)) - means).max())
kind = keras.backend.standardize_dtype(found.dtype)
print(f"{keras.backend.backend()}: Dense says {kind}, off by {off:.1e}; LayerNormalization off by {norm_off:.1e}")
assert kind == {"torch": "float32", "jax": "float64"}[keras.backend.backend()]
assert keras.backend.result_type("float64", "float64") == "float32"
assert norm_off > 1e-9 and (off > 1e-9) == (keras.backend.backend() == "torch")
PYTHON
done
echo "still so"
