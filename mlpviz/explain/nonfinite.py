"""Where infinity or NaN began: the first cell, in the order of computation, and the operation with its operands.

"First" is the first number that is not finite while all that it was computed from is; what follows from it is not
listed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

import numpy as np

from mlpviz.engine import Trace
from mlpviz.engine.norms import Norm
from mlpviz.engine.parameters import Array
from mlpviz.engine.tensor_names import layer_tensors
from mlpviz.explain.nonfinite_wording import nonfinite_sentence
from mlpviz.explain.recorded import ArrayOperation, Origin, origin_at, recorded
from mlpviz.text.sentences import Sentence


class NonFinite(NamedTuple):
    """A cell (row and column from 0 as on screen, where samples are columns) and what made it so.

    `origin` is None where the operation is not known; `position` counts the tensors that are computed before.
    """

    position: int
    tensor: str
    layer: int
    row: int
    column: int
    value: float
    origin: Origin | None
    sentence: Sentence


class _Computed(NamedTuple):
    """One tensor in the order of computation; `origin` gives that of the place `index` of `array`."""

    tensor: str
    layer: int
    array: Array
    origin: Callable[[tuple[int, ...]], Origin | None]


def first_nonfinite(trace: Trace) -> NonFinite | None:
    """The first cell that is not finite; None if all numbers of the pass are finite."""
    with np.errstate(all="ignore"):
        for position, (tensor, layer, array, origin) in enumerate(_in_order(trace)):
            if np.isfinite(array).all():
                continue
            index = tuple(int(place) for place in np.argwhere(~np.isfinite(array))[0])
            value = float(array[index])
            # on screen samples are columns, and weights stand as they are
            on_screen = index if tensor == "grad_weight" else index[::-1]
            row, column = (*on_screen, 0, 0)[:2] if array.ndim else (0, 0)
            found = origin(index)
            if found is not None and not np.isnan(value):
                # a matrix product may add in an order that meets no ∞ − ∞
                found = found._replace(turned=None)
            said = nonfinite_sentence(tensor, layer, row, column, value, found, trace)
            return NonFinite(position, tensor, layer, row, column, value, found, said)
    return None


def _in_order(trace: Trace) -> Iterator[_Computed]:
    """Every tensor of the pass, in the order in which it is computed."""
    spec, last = trace.spec, len(trace.layers)
    for number in range(1, last + 1):
        yield from _forward(trace, number)
    loss, y = spec.loss, trace.output
    # a loss without target never reads it; that of logarithms takes e to their power
    target = recorded(np.zeros_like(y) if trace.target is None else trace.target)
    yield _Computed("loss_term", last, trace.loss_terms, lambda at: origin_at(loss.terms(recorded(y), target), at))
    divisor = float(loss.divisor(trace.samples, spec.outputs, trace.target))
    yield _Computed("loss", last, trace.loss, lambda at: _of_sum(trace.loss_terms.ravel(), divisor))
    grad_y = trace.layers[-1].grad_a
    yield _Computed(
        "grad_a", last, grad_y, lambda at: origin_at(loss.grad(recorded(y), target) / recorded(np.array(divisor)), at)
    )
    for number in range(last, 0, -1):
        yield from _backward(trace, number)
    yield _Computed("grad_x", 0, trace.grad_x, lambda at: _of_upstream(trace, 0, at))
    for number, moved in enumerate(spec.buffer_views(trace.new_buffers) if trace.training else (), start=1):
        if moved is not None:
            yield _Computed("new_running_mean", number, moved.mean, lambda at: None)
            yield _Computed("new_running_var", number, moved.var, lambda at: None)


def _forward(trace: Trace, number: int) -> Iterator[_Computed]:
    own, layer = trace.layers[number - 1], trace.spec.layers[number - 1]
    inputs, unpinned = trace.inputs_of(number - 1), trace.unpinned[number - 1]

    def of_z(at: tuple[int, ...]) -> Origin | None:
        more = () if own.bias is None else (float(own.bias[at[1]]),)
        return _of_products(own.weight[at[1]], inputs[at[0]], more)

    yield _Computed("z", number, own.z, of_z)
    norm = layer.norm
    if norm is not None and own.spread is not None and own.normalised is not None:
        spread, eps = own.spread, norm.eps
        mean = np.zeros_like(spread) if own.mean is None else own.mean
        for name in layer_tensors(layer, trace.training).statistics:
            yield _Computed(name, number, getattr(own, name), partial(_of_statistic, norm, own.z, int(name != "mean")))
        yield _Computed(
            "normalised",
            number,
            own.normalised,
            lambda at: origin_at(norm.value(recorded(own.z), recorded(mean), recorded(spread), eps)[0], at),
        )
        if own.gamma is not None and own.n is not None:
            gamma, beta, normalised = own.gamma, own.beta, own.normalised
            yield _Computed(
                "n",
                number,
                own.n,
                lambda at: origin_at(recorded(normalised) * gamma + (0.0 if beta is None else beta), at),
            )

    def of_value(at: tuple[int, ...]) -> Origin | None:
        return origin_at(layer.activation.value(recorded(own.activation_input), *own.alpha_arguments), at)

    if own.h is None:
        yield _Computed("a", number, own.a, of_value)
        return
    yield _Computed("h", number, own.h, of_value)
    given: Array = unpinned
    if own.mask is not None and own.dropped is not None:
        given, mask = own.dropped, own.mask
        keep = 1.0 - layer.dropout
        yield _Computed("dropped", number, given, lambda at: origin_at(recorded(unpinned) * (mask / keep), at))
    if layer.skip:
        around = trace.inputs_of(number - layer.skip)
        yield _Computed("a", number, own.a, lambda at: origin_at(recorded(given) + around, at))


def _backward(trace: Trace, number: int) -> Iterator[_Computed]:
    own, layer = trace.layers[number - 1], trace.spec.layers[number - 1]
    if number < len(trace.layers):
        yield _Computed("grad_a", number, own.grad_a, lambda at: _of_upstream(trace, number, at))
    flow = own.grad_a.copy()
    for pin in trace.pins:
        if pin.layer == number - 1:
            flow[pin.sample, pin.unit] = 0.0
    if own.mask is not None and own.grad_h is not None:
        mask, keep, before = own.mask, 1.0 - layer.dropout, flow
        yield _Computed("grad_h", number, own.grad_h, lambda at: origin_at(recorded(before) * (mask / keep), at))
        flow = own.grad_h

    def of_slope(at: tuple[int, ...]) -> Origin | None:
        # a of a pinned unit is not on screen, and may be what is not finite
        given = layer.activation.value(recorded(own.activation_input), *own.alpha_arguments)
        return origin_at(
            layer.activation.vjp(recorded(own.activation_input), given, recorded(flow), *own.alpha_arguments), at
        )

    learned = layer.activation.alpha_vjp
    if own.alpha is not None and own.grad_alpha is not None and learned is not None:
        every, axis = learned(own.activation_input, flow), 0 if len(own.alpha) == own.z.shape[1] else None
        yield _Computed(
            "grad_alpha",
            number,
            own.grad_alpha,
            lambda at: _of_sum(every.ravel() if axis is None else every[:, at[0]]),
        )
    norm = layer.norm
    if (
        norm is None
        or own.grad_n is None
        or own.spread is None
        or own.normalised is None
        or own.grad_normalised is None
    ):
        yield _Computed("grad_z", number, own.grad_z, of_slope)
    else:
        grad_n, upstream, score, rate = (
            own.grad_n,
            own.grad_normalised,
            own.normalised,
            1.0 / np.sqrt(own.spread + norm.eps),
        )
        yield _Computed("grad_n", number, grad_n, of_slope)
        if own.gamma is not None:
            gamma = own.gamma
            yield _Computed("grad_normalised", number, upstream, lambda at: origin_at(recorded(grad_n) * gamma, at))
        statistics = layer_tensors(layer, trace.training).statistics
        if not statistics:
            yield _Computed("grad_z", number, own.grad_z, lambda at: origin_at(recorded(upstream) * rate, at))
        else:
            places = {"mean": 1, norm.spread: 2}
            for name in (*(f"grad_{each}" for each in reversed(statistics)), "grad_z"):
                place = places.get(name.removeprefix("grad_"), 0)
                origin = partial(_of_norm_grad, norm, (score, rate, upstream), place)
                yield _Computed(name, number, getattr(own, name), origin)
        if own.grad_gamma is not None:
            yield _Computed(
                "grad_gamma", number, own.grad_gamma, lambda at: _of_products(grad_n[:, at[0]], score[:, at[0]])
            )
        if own.grad_beta is not None:
            yield _Computed("grad_beta", number, own.grad_beta, lambda at: _of_sum(grad_n[:, at[0]]))
    inputs = trace.inputs_of(number - 1)
    yield _Computed(
        "grad_weight", number, own.grad_weight, lambda at: _of_products(own.grad_z[:, at[0]], inputs[:, at[1]])
    )
    if own.grad_bias is not None:
        yield _Computed("grad_bias", number, own.grad_bias, lambda at: _of_sum(own.grad_z[:, at[0]]))


def _of_statistic(norm: Norm, z: Array, place: int, at: tuple[int, ...]) -> Origin | None:
    return origin_at(norm.statistics(recorded(z), norm.axis)[place], at)


def _of_norm_grad(norm: Norm, given: tuple[Array, Array, Array], place: int, at: tuple[int, ...]) -> Origin | None:
    score, rate, upstream = map(recorded, given)
    return origin_at(norm.vjp(score, rate, upstream, norm.axis)[place], at)


def _of_upstream(trace: Trace, number: int, at: tuple[int, ...]) -> Origin | None:
    """∂L/∂a of a layer before the last one: what its weights and the skips that read it bring back."""
    after = trace.layers[number]
    flows = [
        float(trace.layers[other - 1].grad_a[at])
        for other, layer in enumerate(trace.spec.layers, start=1)
        if layer.skip and other - layer.skip == number
    ]
    return _of_products(after.weight[:, at[1]], after.grad_z[at[0]], tuple(flows))


def _of_products(one: Array, other: Array, more: tuple[float, ...] = ()) -> Origin | None:
    """A sum of products, with further terms."""
    products = one * other
    terms = np.append(products, more)
    broken = np.flatnonzero(~np.isfinite(products))
    if not broken.size:
        return _of_sum(terms)
    place = int(broken[0])
    first = ArrayOperation("multiply", (float(one[place]), float(other[place])), float(products[place]))
    signs = set(np.sign(products[broken]).tolist())
    return Origin(first, ArrayOperation("add", (np.inf, -np.inf), np.nan) if len(signs) == 2 else None)


def _of_sum(terms: Array, divisor: float = 1.0) -> Origin | None:
    total = float(terms.sum())
    if not np.isfinite(total):
        return Origin(ArrayOperation("add.reduce", tuple(float(term) for term in terms), total))
    result = float(np.float64(total) / divisor)
    # a weighted mean over weights that add up to 0 has a NaN as its divisor, as in PyTorch
    by = divisor if np.isfinite(divisor) else 0.0
    return None if np.isfinite(result) else Origin(ArrayOperation("divide", (total, by), result))
