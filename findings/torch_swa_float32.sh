#!/usr/bin/env bash
# torch 2.13.0: torch.optim.swa_utils.get_swa_multi_avg_fn divides by its count of networks in the default type, so that the
# mean of three networks of float64 has the weight float32(1/3): off by 1e-8. The moving average (get_ema_multi_avg_fn), whose
# decay is a Python number, is exact. What helps: torch.set_default_dtype(torch.float64) before update_parameters.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check numpy==2.4.6 torch==2.13.0 2>/dev/null
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import torch
from torch.optim import swa_utils


def error(make):
    model = torch.nn.Linear(3, 2, dtype=torch.float64)
    averaged, seen = swa_utils.AveragedModel(model, multi_avg_fn=make()), []
    for step in range(3):
        with torch.no_grad():
            model.weight.copy_(torch.linspace(0.1, 0.7, 6, dtype=torch.float64).reshape(2, 3) * (step + 1) ** 2)
        averaged.update_parameters(model)
        seen.append(model.weight.detach().clone())
    return float((averaged.module.weight / torch.stack(seen).mean(0) - 1).abs().max())


single = error(swa_utils.get_swa_multi_avg_fn)
torch.set_default_dtype(torch.float64)
double = error(swa_utils.get_swa_multi_avg_fn)
print(f"mean of three float64 networks: off by {single:.1e}, with float64 as default type by {double:.1e}")
assert single > 1e-9 and double < 1e-14
PYTHON
echo "still so"
