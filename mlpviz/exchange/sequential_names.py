"""The names that the tensors of a network have in the state dict of a torch.nn.Sequential, and back."""

from __future__ import annotations

from mlpviz.engine.activations import IDENTITY
from mlpviz.network import Document


def sequential_names(document: Document) -> dict[str, str]:
    """From names as in `tensors_of` to those of nn.Sequential, where each module has the next number.

    A layer is Linear, then its norm, its activation unless it is the identity, and Dropout, as far as it has them.
    """
    found: dict[str, str] = {}
    module = 0
    for index, layer in enumerate(document.layers):
        own = f"layers.{index}."
        found |= {f"{own}{name}": f"{module}.{name}" for name in ("weight", "bias")}
        module += 1
        if layer.norm is not None:
            names = {"gamma": "weight", "beta": "bias", "running_mean": "running_mean", "running_var": "running_var"}
            found |= {f"{own}{name}": f"{module}.{other}" for name, other in names.items()}
            module += 1
        if layer.activation.key != IDENTITY.key:
            found[f"{own}alpha"] = f"{module}.weight"
            module += 1
        module += bool(layer.dropout)
    return found
