"""The plain networks that are timed."""

from __future__ import annotations

from mlpviz.engine import ACTIVATIONS, LOSSES, LayerSpec, NetworkSpec


def dense(widths: tuple[int, ...], activations: tuple[str, ...], loss: str = "mse") -> NetworkSpec:
    """Layers of these widths (inputs, hidden..., outputs), one activation key for each."""
    layers = zip(widths, widths[1:], activations, strict=False)
    return NetworkSpec(tuple(LayerSpec(i, o, ACTIVATIONS[key]) for i, o, key in layers), LOSSES[loss])
