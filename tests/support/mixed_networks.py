"""Small networks with norm, dropout and skip, and the assertion that torch gives the same numbers."""

import numpy as np
from hypothesis import settings

from mlpviz.engine import ACTIVATIONS, LOSSES, NORMS, LayerSpec, NetworkSpec
from mlpviz.engine.rounding_error import rounding_error
from mlpviz.engine.tensor_names import layer_tensors, tensors
from mlpviz.verify import torch_reference

property_test = settings(max_examples=150)


def network(*layers, loss="mse"):
    """Layers (inputs, outputs, activation, rest of LayerSpec as a dictionary)."""
    return NetworkSpec(tuple(LayerSpec(i, o, ACTIVATIONS[key], **rest) for i, o, key, rest in layers), LOSSES[loss])


MIXED = network(
    (3, 4, "tanh", {"norm": NORMS["batch_norm"], "dropout": 0.5}),
    (4, 4, "relu", {"norm": NORMS["layer_norm"], "skip": 1}),
    (4, 4, "sigmoid", {"dropout": 0.25, "skip": 2}),
    (4, 2, "identity", {"norm": NORMS["batch_norm"].configure(affine=False)}),
)


def _are_on_other_sides(trace, twin):
    """Whether PyTorch's rounding takes what a function reads over one of its kinks."""
    for layer, ours, theirs in zip(trace.spec.layers, trace.layers, twin.layers, strict=True):
        read = layer_tensors(layer, trace.training).activation_input
        one, other = (np.asarray(getattr(each, read)) for each in (ours, theirs))
        if any((np.sign(one - kink) != np.sign(other - kink)).any() for kink in layer.activation.kinks):
            return True
    return False


def assert_as_torch(trace):
    twin, spread = torch_reference.run(trace), rounding_error(trace)
    if _are_on_other_sides(trace, twin):
        return  # what φ reads is rounding alone there: on which side of a kink it lies is chance
    for tensor in tensors(trace.spec, trace.training):
        ours, theirs = tensor.of(trace), tensor.of(twin)
        assert theirs.dtype == np.float64
        assert ours.shape == theirs.shape, tensor.name
        allowed = 1e-12 * np.abs(theirs).max() + 8.0 * spread[tensor]
        assert np.abs(ours - theirs).max() <= allowed, tensor.name
