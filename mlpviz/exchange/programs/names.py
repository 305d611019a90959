"""What the tensors of a network are called in programs: W1, b1, z1, grad_W1, new_W1."""

from __future__ import annotations

_LETTERS = {"weight": "W", "bias": "b"}
_ALONE = {"x": "x", "grad_x": "grad_x", "target": "t", "loss": "loss", "probabilities": "p"}


def name_of(tensor: str, layer: int) -> str:
    """The name of a tensor of a layer, from 1."""
    if tensor in _ALONE:
        return _ALONE[tensor]
    prefix = next((each for each in ("grad_", "new_") if tensor.startswith(each)), "")
    rest = tensor.removeprefix(prefix)
    return f"{prefix}{_LETTERS.get(rest, rest)}{layer}"


def output_of(layer: int) -> str:
    """What the layer after this one reads."""
    return f"a{layer}" if layer else "x"
