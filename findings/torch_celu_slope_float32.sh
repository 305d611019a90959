#!/usr/bin/env bash
# torch 2.13.0: the backward of torch.nn.functional.celu rounds 1/alpha to float32, also for float64 tensors. With alpha = 0.3
# the slope is off by 2e-7, so gradcheck and every comparison in double precision fails; with alpha = 0.5 it is exact.
# The value is exact. What helps: alpha * elu(z / alpha), which is the same function.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check numpy==2.4.6 torch==2.13.0 2>/dev/null
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import torch
import torch.nn.functional as F


def error(function, alpha):
    z = torch.linspace(-2, -0.1, 50, dtype=torch.float64, requires_grad=True)
    function(z, alpha).sum().backward()
    return float((z.grad / torch.exp(z.detach() / alpha) - 1).abs().max())


by_celu, by_elu = error(F.celu, 0.3), error(lambda z, alpha: alpha * F.elu(z / alpha), 0.3)
print(f"relative error of the slope, alpha 0.3: celu {by_celu:.1e}, alpha * elu(z / alpha) {by_elu:.1e}; "
      f"alpha 0.5: celu {error(F.celu, 0.5):.1e}")
assert by_celu > 1e-9 and by_elu < 1e-14 and error(F.celu, 0.5) < 1e-14
PYTHON
echo "still so"
