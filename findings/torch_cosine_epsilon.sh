#!/usr/bin/env bash
# torch 2.13.0: for vectors shorter than its eps the gradient of torch.nn.functional.cosine_similarity is not the derivative
# of its value, so gradcheck fails: the value divides by max(|a|, eps), the gradient is as if |a| could still move it.
# And cosine_embedding_loss(a, b, 1) is not 1 - cosine_similarity(a, b): it adds 1e-12 to both squared lengths and takes no
# eps, so a vector of length 1e-7 that lies along its target has the loss 0.9 instead of 0.
# What helps: F.normalize(a, eps=...) * F.normalize(b, eps=...), whose clamp is differentiated as it is.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check numpy==2.4.6 torch==2.13.0 2>/dev/null
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import torch
import torch.nn.functional as F

b = torch.tensor([[3.0, 4.0]], dtype=torch.float64)


def normalized(a):
    return (F.normalize(a, dim=-1, eps=1e-8) * F.normalize(b, dim=-1, eps=1e-8)).sum(dim=-1)


def grad(function):
    a = torch.tensor([[3e-9, 0.0]], dtype=torch.float64, requires_grad=True)
    value = function(a)
    value.sum().backward()
    return value.item(), a.grad[0, 0].item()


def difference(function, h=1e-9):
    up, down = (torch.tensor([[3e-9 + step, 0.0]], dtype=torch.float64) for step in (h, -h))
    return ((function(up) - function(down)) / (2 * h)).item()


value, slope = grad(lambda a: F.cosine_similarity(a, b))
same, right = grad(normalized)
measured = difference(lambda a: F.cosine_similarity(a, b))
print(f"|a| = 3e-9: cosine_similarity {value:.3g} with slope {slope:.3g}, measured {measured:.3g}; "
      f"by normalize {same:.3g} with slope {right:.3g}")
assert abs(value - same) < 1e-15 and abs(measured - right) < 1e-6 * right and abs(slope - measured) > 0.2 * measured
along = 1e-8 * 2 * b
loss, cosine = F.cosine_embedding_loss(along, b, torch.ones(1, dtype=torch.float64)), F.cosine_similarity(along, b)
print(f"|a| = 1e-7 along b: cosine_embedding_loss {loss.item():.3g}, 1 - cosine_similarity {1 - cosine.item():.3g}")
assert loss.item() > 0.8 and abs(1 - cosine.item()) < 1e-12
PYTHON
echo "still so"
