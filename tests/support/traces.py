"""Traces of networks that are written down by their weights, and the cells of a trace that have a gradient."""

import numpy as np

from mlpviz.engine import Pin, Trace, run_pass
from tests.support.random_networks import chain


def trace_of(
    weights: list[list[list[float]]],
    x: list[list[float]],
    target: list[list[float]],
    activations: tuple[str, ...] | str = ("relu", "identity"),
    pins: tuple[Pin, ...] = (),
) -> Trace:
    """A network without biases from its weights."""
    widths = (len(x[0]), *(len(weight) for weight in weights))
    spec = chain(widths, activations, bias=False)
    params = spec.flatten([(np.array(weight, dtype=float), None) for weight in weights])
    return run_pass(spec, params, np.array(x), np.array(target), pins)


def cells(trace: Trace) -> list[tuple[str, int, int, int]]:
    """Every cell of every gradient, as on screen."""
    found = [("grad_x", 0, r, c) for r in range(trace.spec.inputs) for c in range(trace.samples)]
    for number, layer in enumerate(trace.spec.layers, start=1):
        for r in range(layer.outputs):
            found += [(tensor, number, r, c) for tensor in ("grad_a", "grad_z") for c in range(trace.samples)]
            found += [("grad_weight", number, r, c) for c in range(layer.inputs)]
            found += [("grad_bias", number, r, 0)] * layer.bias
            found += around(trace, number, r)
    return found


def around(trace: Trace, number: int, row: int) -> list[tuple[str, int, int, int]]:
    """The cells of what a layer has around φ, in one row."""
    own, found = trace.layers[number - 1], []
    for tensor in ("grad_h", "grad_n", "grad_normalised", "grad_gamma", "grad_beta", "grad_mean", "grad_var"):
        array = getattr(own, tensor)
        if array is None or (tensor == "grad_h" and own.mask is None):
            continue
        columns = 1 if array.ndim == 1 else array.shape[0]
        if array.ndim == 1 or row < array.shape[1]:
            found += [(tensor, number, row, c) for c in range(columns)]
    return found
