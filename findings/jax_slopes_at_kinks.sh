#!/usr/bin/env bash
# jax 0.10.2: the slope at a kink depends on how a function is written. jnp.maximum(0, z) and jnp.clip have half of the slope
# where both sides are equal, jnp.abs has the slope 1 at 0, jax.nn.relu 0. PyTorch has 0 for relu, relu6 and abs, so gradients
# of networks with a z of exactly 0, as with whole numbers, differ. 1 / (1 + exp(-z)) has the slope NaN at z = -800, where
# its value is right. What helps: jax.nn.relu, jax.nn.sigmoid, and jax.custom_vjp for the others.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check numpy==2.4.6 jax==0.10.2 jaxlib==0.10.2 2>/dev/null
JAX_PLATFORMS=cpu "$folder/venv/bin/python" -W ignore - <<'PYTHON'
import math

import jax
import jax.numpy as jnp

jax.config.update("jax_enable_x64", True)
slopes = {
    "maximum(0, z)": jax.grad(lambda z: jnp.maximum(0, z))(0.0),
    "clip(z, 0, 6)": jax.grad(lambda z: jnp.clip(z, 0, 6))(6.0),
    "abs(z)": jax.grad(jnp.abs)(0.0),
    "nn.relu(z)": jax.grad(jax.nn.relu)(0.0),
}
overflown = float(jax.grad(lambda z: 1 / (1 + jnp.exp(-z)))(-800.0))
slopes = {name: float(slope) for name, slope in slopes.items()}
print(slopes, "1 / (1 + exp(-z)) at -800:", overflown, "nn.sigmoid:", float(jax.grad(jax.nn.sigmoid)(-800.0)))
assert list(slopes.values()) == [0.5, 0.5, 1.0, 0.0]
assert math.isnan(overflown) and float(jax.grad(jax.nn.sigmoid)(-800.0)) == 0.0
PYTHON
echo "still so"
