#!/usr/bin/env bash
# torch 2.13.0: the backward of torch.nn.functional.hardsigmoid multiplies by 1/6 rounded to float32, also for float64 tensors:
# the slope is off by 3e-8, so comparisons in double precision fail. The value is exact. What helps: hardtanh(z, -3, 3) / 6 + 1/2,
# which is the same function.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check numpy==2.4.6 torch==2.13.0 2>/dev/null
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import torch
import torch.nn.functional as F


def error(function):
    z = torch.linspace(-2, 2, 50, dtype=torch.float64, requires_grad=True)
    function(z).sum().backward()
    return float((z.grad * 6 - 1).abs().max())


by_name, by_hand = error(F.hardsigmoid), error(lambda z: F.hardtanh(z, -3, 3) / 6 + 0.5)
print(f"relative error of the slope 1/6: hardsigmoid {by_name:.1e}, hardtanh / 6 + 1/2 {by_hand:.1e}")
assert by_name > 1e-9 and by_hand < 1e-14
PYTHON
echo "still so"
