#!/usr/bin/env bash
# safetensors 0.8.0: load(bytes) gives the arrays in another order from call to call, in one process and of the same bytes.
# load_file of the same content gives them in the order of the file, which is that of the names, not that of the layers.
# Whoever pairs layers by the order of the dictionary gets another network now and then; of equal shapes, without an error.
# What helps: sort the names, or go by them.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check numpy==2.4.6 safetensors==0.8.0 2>/dev/null
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import numpy as np
from safetensors.numpy import load, load_file, save, save_file

layers = {f"{name}.weight": np.eye(2) for name in ("input", "hidden", "output", "after", "before", "last")}
content = save(layers)
orders = {tuple(load(content)) for _ in range(50)}
print(f"50 calls of load gave {len(orders)} orders, such as", *sorted(orders)[:2], sep="\n  ")
assert len(orders) > 1, orders
save_file(layers, "layers.safetensors")
orders = {tuple(load_file("layers.safetensors")) for _ in range(50)}
print("50 calls of load_file gave", *orders, sep="\n  ")
assert orders == {tuple(sorted(layers))}, orders
PYTHON
echo "still so"
