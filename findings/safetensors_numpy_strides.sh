#!/usr/bin/env bash
# safetensors 0.8.0 with NumPy 2.4.6: save() writes the memory of an array, not its elements in order.
# A transposed weight, a Fortran-ordered array and a slice with a step come back with the same shape and other numbers;
# nothing is raised. Networks are often saved transposed (Keras kernels are PyTorch's weights transposed).
# What helps: numpy.ascontiguousarray before save().
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check numpy==2.4.6 safetensors==0.8.0 2>/dev/null
"$folder/venv/bin/python" - <<'PYTHON'
import numpy as np
from safetensors.numpy import load, save

weight = np.arange(12.0).reshape(3, 4)
cases = {"C order": weight, "transposed": weight.T, "Fortran order": np.asfortranarray(weight), "every second": weight[:, ::2]}
seen = {}
for name, array in cases.items():
    back = load(save({"weight": array}))["weight"]
    seen[name] = bool(np.array_equal(back, array))
    print(f"{name}: first row saved {array[0].tolist()}, read {back[0].tolist()}, equal: {seen[name]}")
    assert back.shape == array.shape
    assert np.array_equal(load(save({"weight": np.ascontiguousarray(array)}))["weight"], array)
assert seen == {"C order": True, "transposed": False, "Fortran order": False, "every second": False}, seen
PYTHON
echo "still so"
