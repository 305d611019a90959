"""Wrong backward passes for tests: `MISTAKES[name](trace)` is the trace as a program with this mistake gives it.

A mistake without a place in a network gives an equal trace. Those of rules go on through the layers before, those of
one tensor change that tensor alone, so that a check has to see this row.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from mlpviz.engine import Trace
from mlpviz.engine.parameters import Array
from mlpviz.engine.run_trace import rerun
from mlpviz.engine.spec import LayerSpec
from mlpviz.engine.trace import LayerTrace
from mlpviz.practice import mistakes
from mlpviz.practice.mistakes.planted import PLANTED

Mistake = Callable[[Trace], Trace]


def _rule(change: Callable[[LayerSpec], LayerSpec]) -> Mistake:
    """A wrong rule in every layer."""

    def plant(trace: Trace) -> Trace:
        spec = replace(trace.spec, layers=tuple(change(layer) for layer in trace.spec.layers))
        return rerun(trace, spec=spec)

    return plant


def _broken(gradient: mistakes.Mistake) -> Mistake:
    """One of the mistakes of the app's own list."""
    return lambda trace: rerun(trace, spec=gradient.plant(trace.spec))


def _vjp(wrong: Callable[[Array, Array, Array, Array], Array]) -> Mistake:
    """A wrong φ: `wrong(z, a, grad_a, right grad_z)`."""

    def change(layer: LayerSpec) -> LayerSpec:
        right = layer.activation.vjp

        def vjp(z: Array, a: Array, grad_a: Array, *alpha: Array) -> Array:
            return np.asarray(wrong(z, a, grad_a, right(z, a, grad_a, *alpha)), dtype=float)

        return replace(layer, activation=replace(layer.activation, vjp=vjp))

    return _rule(change)


def _without_slopes(layer: LayerSpec) -> LayerSpec:
    """A backward pass that forgets which slopes were learned or drawn."""
    right = layer.activation.vjp
    vjp = right if not layer.activation.alpha else lambda z, a, grad_a, *_: right(z, a, grad_a)
    return replace(layer, activation=replace(layer.activation, vjp=vjp))


def _norm(wrong: Callable[[Array, Array, Array, int], tuple[Array, Array, Array]]) -> Mistake:
    """A wrong norm: `wrong(normalised, scale, grad, axis)`."""

    def change(layer: LayerSpec) -> LayerSpec:
        return layer if layer.norm is None else replace(layer, norm=replace(layer.norm, vjp=wrong))

    return _rule(change)


def _norm_part(wrong: Callable[[tuple[Array, Array, Array], Array, Array, Array, int], tuple[Array, ...]]) -> Mistake:
    """A norm with a right result that is changed: `wrong(right, normalised, scale, grad, axis)`."""

    def change(layer: LayerSpec) -> LayerSpec:
        norm = layer.norm
        if norm is None:
            return layer

        def vjp(normalised: Array, scale: Array, grad: Array, axis: int) -> tuple[Array, ...]:
            return wrong(norm.vjp(normalised, scale, grad, axis), normalised, scale, grad, axis)

        return replace(layer, norm=replace(norm, vjp=vjp))

    return _rule(change)


def _loss(wrong: Callable[[Array, Array, Array | None], Array]) -> Mistake:
    """A wrong ∂L/∂a of the loss: `wrong(right, y, t)`."""

    def plant(trace: Trace) -> Trace:
        right = trace.spec.loss.grad
        loss = replace(trace.spec.loss, grad=lambda y, t: wrong(right(y, t), y, t))
        return rerun(trace, spec=replace(trace.spec, loss=loss))

    return plant


def _tensor(name: str, wrong: Callable[[Array, LayerTrace, Trace, int], Array]) -> Mistake:
    """One wrong tensor in every layer: `wrong(right, layer, trace, index)`."""

    def plant(trace: Trace) -> Trace:
        layers = tuple(
            layer
            if getattr(layer, name) is None
            else layer._replace(**{name: wrong(getattr(layer, name), layer, trace, index)})
            for index, layer in enumerate(trace.layers)
        )
        return replace(trace, layers=layers)

    return plant


def _one_entry(factor: float) -> Callable[[Array, LayerTrace, Trace, int], Array]:
    def wrong(right: Array, *_: object) -> Array:
        changed = right.copy()
        changed.flat[int(np.abs(right).argmax())] *= factor
        return changed

    return wrong


def _transposed_weight(right: Array, _layer: LayerTrace, trace: Trace, index: int) -> Array:
    if index + 1 == len(trace.layers):
        return right
    after = trace.layers[index + 1]
    square = after.weight.shape[0] == after.weight.shape[1]
    return after.grad_z @ after.weight.T if square else right


def _zeros(right: Array, *_: object) -> Array:
    return np.zeros_like(right)


def _pins_leak(right: Array, layer: LayerTrace, trace: Trace, index: int) -> Array:
    changed = right.copy()
    for pin in trace.pins:
        if pin.layer == index:
            changed[pin.sample, pin.unit] += layer.grad_a[pin.sample, pin.unit]
    return changed


def _mean(values: Array, axis: int) -> Array:
    return values.mean(axis=axis, keepdims=True)


MISTAKES: dict[str, Mistake] = {
    **{each.key: _broken(each) for each in PLANTED},
    "slope of the wrong sign": _vjp(lambda z, a, grad_a, right: -right),
    "slope squared": _vjp(lambda z, a, grad_a, right: right * right),
    "slope off by 1e-6": _vjp(lambda z, a, grad_a, right: right * (1.0 + 1e-6)),
    "slope at a": _vjp(lambda z, a, grad_a, right: np.where(a > 0.0, right, 0.5 * right)),
    "first sample only": _vjp(lambda z, a, grad_a, right: right * (np.arange(right.shape[-2]) == 0)[:, None]),
    "last unit forgotten": _vjp(lambda z, a, grad_a, right: right * (np.arange(right.shape[-1]) > 0)),
    "gradient clipped": _vjp(lambda z, a, grad_a, right: np.clip(right, -1e-3, 1e-3)),
    "loss of the wrong sign": _loss(lambda right, y, t: -right),
    "factor 2 of the loss forgotten": _loss(lambda right, y, t: 0.5 * right),
    "N for N - 1": _loss(lambda right, y, t: right * y.shape[-2] / (y.shape[-2] + 1.0)),
    "loss off by 1e-6": _loss(lambda right, y, t: right * (1.0 + 1e-6)),
    "mean of the gradient forgotten": _norm_part(
        lambda right, n, scale, grad, axis: (right[0] + scale * _mean(grad, axis), *right[1:])
    ),
    "variance of the norm forgotten": _norm_part(
        lambda right, n, scale, grad, axis: (right[0] + scale * n * _mean(grad * n, axis), *right[1:])
    ),
    "scale of the norm forgotten": _norm_part(
        lambda right, n, scale, grad, axis: (right[0] / scale, *right[1:])
    ),
    "norm over the other axis": _norm(
        lambda n, scale, grad, axis: (
            scale * (grad - _mean(grad, -3 - axis) - n * _mean(grad * n, -3 - axis)),
            -scale * grad.sum(axis=axis, keepdims=True),
            -0.5 * scale * scale * (grad * n).sum(axis=axis, keepdims=True),
        )
    ),
    "norm over N - 1": _norm_part(
        lambda right, n, scale, grad, axis: (
            scale * (grad - (_mean(grad, axis) + n * _mean(grad * n, axis)) * (1.0 + 1.0 / grad.shape[axis])),
            *right[1:],
        )
    ),
    "norm off by 1e-6": _norm_part(lambda right, n, scale, grad, axis: (right[0] * (1.0 + 1e-6), *right[1:])),
    "mean of the norm of the wrong sign": _norm_part(
        lambda right, n, scale, grad, axis: (right[0], -right[1], right[2])
    ),
    "half of the variance forgotten": _norm_part(
        lambda right, n, scale, grad, axis: (right[0], right[1], 2.0 * right[2])
    ),
    "weight not transposed": _tensor("grad_a", _transposed_weight),
    "weights averaged": _tensor("grad_weight", lambda right, layer, trace, index: right / (len(layer.z) + 1.0)),
    "weight from a instead of its input": _tensor(
        "grad_weight",
        lambda right, layer, trace, index: (
            layer.grad_z.T @ layer.a if layer.a.shape[1] == right.shape[1] else right
        ),
    ),
    "one weight off by 1e-6": _tensor("grad_weight", _one_entry(1.0 + 1e-6)),
    "one input off by 1e-6": lambda trace: replace(trace, grad_x=_one_entry(1.0 + 1e-6)(trace.grad_x)),
    "bias of the first sample": _tensor("grad_bias", lambda right, layer, trace, index: layer.grad_z[0].copy()),
    "bias forgotten": _tensor("grad_bias", _zeros),
    "one bias off by 1e-6": _tensor("grad_bias", _one_entry(1.0 + 1e-6)),
    "γ from z": _tensor("grad_gamma", lambda right, layer, trace, index: (layer.grad_n * layer.z).sum(axis=0)),
    "β forgotten": _tensor("grad_beta", _zeros),
    "γ off by 1e-6": _tensor("grad_gamma", _one_entry(1.0 + 1e-6)),
    "α forgotten": _tensor("grad_alpha", _zeros),
    "α off by 1e-6": _tensor("grad_alpha", _one_entry(1.0 + 1e-6)),
    "slopes of evaluation on the way back": _rule(_without_slopes),
    "dropped units learn": _tensor(
        "grad_h",
        lambda right, layer, trace, index: right if layer.mask is None else right + (1.0 - layer.mask) * layer.grad_a,
    ),
    "pins leak": _tensor("grad_z", _pins_leak),
    "skip forgotten": lambda trace: (
        replace(trace, grad_x=trace.layers[0].grad_z @ trace.layers[0].weight) if trace.spec.layers[0].skip else trace
    ),
}  # fmt: skip
"""Mistakes by name."""


def size_of(right: Array, wrong: Array) -> float:
    """How much a tensor is wrong, relative to the largest entry of both."""
    with np.errstate(all="ignore"):
        scale = np.maximum(np.abs(right), np.abs(wrong)).max(initial=0.0)
        return float(np.abs(right - wrong).max(initial=0.0) / scale) if scale else 0.0
