#!/usr/bin/env bash
# torch 2.13.0: torch.nn.functional.multi_margin_loss leaves out every output that is NaN, since NaN > 0 is false. A network
# whose outputs are all NaN has the loss 0 and the gradient 0: it looks as if it were perfect. cross_entropy is NaN.
# What helps: torch.relu(margin - right + y) without the right class, which is NaN.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check numpy==2.4.6 torch==2.13.0 2>/dev/null
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import torch
import torch.nn.functional as F

labels = torch.tensor([0, 1])
scores = torch.full((2, 3), float("nan"), dtype=torch.float64, requires_grad=True)
loss = F.multi_margin_loss(scores, labels)
loss.backward()
both = F.multi_margin_loss(torch.tensor([[float("inf"), float("inf"), 0.0]]), torch.tensor([0]))
print(f"all outputs NaN: multi_margin_loss {loss.item()}, its gradient {scores.grad.abs().max().item()}, "
      f"cross_entropy {F.cross_entropy(scores, labels).item()}; ∞ − ∞: multi_margin_loss {both.item()}")
assert loss.item() == 0.0 and not scores.grad.any() and both.item() == 0.0
assert F.cross_entropy(scores, labels).isnan()
assert torch.relu(1.0 - scores[:, :1] + scores[:, 1:]).isnan().all()
PYTHON
echo "still so"
