"""Mistakes in ∂L/∂a, ∂L/∂z and the gradients of parameters."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from mlpviz.engine.parameters import Array
from mlpviz.practice.mistakes.forward import of_other_sample, one_product
from mlpviz.practice.mistakes.in_activations import reads, slope_at
from mlpviz.practice.mistakes.mistake import Mistake, WrongCell, WrongNumbers, product_at, products_of, say
from mlpviz.practice.rules import views_after
from mlpviz.practice.rules_backward import grad_activation_output
from mlpviz.practice.workings import Place, Workings


def _vjp(w: Workings, n: int, z: Array, a: Array, grad: Array) -> Array:
    return w.spec.activations[n - 1].vjp(z, a, grad, *w.alpha(n))


def _slope_at_a(w: Workings, place: Place, _: Array) -> Iterable[WrongNumbers]:
    n, phi = place.layer, w.spec.activations[place.layer - 1]
    if not reads(w, place) or phi.key == "identity":
        return ()
    a = w.activation_output(n)
    return (WrongNumbers(_vjp(w, n, a, phi.value(a, *w.alpha(n)), grad_activation_output(w, n))),)


def _gate_of_other_sample(w: Workings, place: Place, _: Array) -> Iterable[WrongNumbers]:
    n = place.layer
    if not reads(w, place):
        return ()
    z, a, grad = w.activation_input(n), w.activation_output(n), grad_activation_output(w, n)
    return [
        WrongNumbers(_vjp(w, n, of_other_sample(z, k), of_other_sample(a, k), grad), k)
        for k in range(1, min(w.trace.samples, 8))
    ]


def _upstream_forgotten(w: Workings, place: Place, _: Array) -> Iterable[WrongNumbers]:
    n = place.layer
    if not reads(w, place) or not w.spec.activations[n - 1].elementwise:
        return ()
    z = w.activation_input(n)
    return (WrongNumbers(_vjp(w, n, z, w.activation_output(n), np.ones_like(z))),)


def _activation_for_slope(w: Workings, place: Place, _: Array) -> Iterable[WrongNumbers]:
    if not reads(w, place) or w.spec.activations[place.layer - 1].key == "identity":
        return ()
    return (WrongNumbers(grad_activation_output(w, place.layer) * w.activation_output(place.layer)),)


def _rows_for_columns(w: Workings, place: Place, _: Array) -> Iterable[WrongNumbers]:
    n = place.layer
    if n == w.last or (weight := w.views[n].weight).shape[0] != weight.shape[1] or len(weight) == 1:
        return ()
    return (WrongNumbers(w.of("grad_z", n + 1) @ weight.T),)


def _slope_skipped(w: Workings, place: Place, _: Array) -> Iterable[WrongNumbers]:
    """∂L/∂a of a layer in place of its ∂L/∂z."""
    n = place.layer
    if place.tensor == "grad_weight":
        return (WrongNumbers(w.of("grad_a", n).T @ w.inputs(n)),)
    if place.tensor == "grad_bias":
        return (WrongNumbers(w.of("grad_a", n).sum(axis=0)),)
    return () if n == w.last else (WrongNumbers(w.of("grad_a", n + 1) @ w.views[n].weight),)


def _updated_weight(w: Workings, place: Place, _: Array) -> Iterable[WrongNumbers]:
    n = place.layer
    if n == w.last:
        return ()
    return (WrongNumbers(w.of("grad_z", n + 1) @ views_after(w)[n].weight),)


def _transposed(_: Workings, __: Place, right: Array) -> Iterable[WrongNumbers]:
    return (WrongNumbers(right.T),) if right.shape[0] == right.shape[1] > 1 else ()


def _one_sample(w: Workings, place: Place, _: Array) -> Iterable[WrongNumbers]:
    if w.trace.samples < 2:
        return ()
    grad_z, read = w.of("grad_z", place.layer), w.inputs(place.layer)
    ways = range(min(w.trace.samples, 16))
    if place.tensor == "grad_bias":
        return [WrongNumbers(grad_z[k], k) for k in ways]
    each = grad_z[:, :, None] * read[:, None, :]
    return [WrongNumbers(each[k], k) for k in ways]


def _mean_over_samples(w: Workings, _: Place, right: Array) -> Iterable[WrongNumbers]:
    return (WrongNumbers(np.asarray(right / w.trace.samples)),) if w.trace.samples > 1 else ()


def _own_output(w: Workings, place: Place, right: Array) -> Iterable[WrongNumbers]:
    found = w.of("grad_z", place.layer).T @ w.of("a", place.layer)
    return (WrongNumbers(found),) if found.shape == right.shape else ()


def _z_before(w: Workings, place: Place, _: Array) -> Iterable[WrongNumbers]:
    n = place.layer
    return () if n == 1 else (WrongNumbers(w.of("grad_z", n).T @ w.activation_input(n - 1)),)


def _input_forgotten(w: Workings, place: Place, right: Array) -> Iterable[WrongNumbers]:
    return (WrongNumbers(np.add.reduce(w.of("grad_z", place.layer))[:, None] + np.zeros(right.shape)),)


def _weight_for_input(w: Workings, place: Place, _: Array) -> Iterable[WrongNumbers]:
    grad = np.add.reduce(w.of("grad_z", place.layer))[:, None]
    return (WrongNumbers(grad * w.views[place.layer - 1].weight),)


def _once_per_weight(w: Workings, place: Place, right: Array) -> Iterable[WrongNumbers]:
    inputs = w.spec.layers[place.layer - 1].inputs
    ways = [WrongNumbers(w.of("grad_weight", place.layer).sum(axis=1), 0)]
    return ways if inputs < 2 else [WrongNumbers(right * inputs, 1), *ways]


def _products(seen: WrongCell) -> dict[str, object]:
    products = products_of(seen.w, seen.place)
    return {**product_at(seen), "count": 0 if products is None else products.number}


BACKWARD: tuple[Mistake, ...] = (
    Mistake(
        "slope_at_a", "take the slope at a in place of z", "φ' is taken where φ reads: at z.", ("grad_z", "grad_n"),
        _slope_at_a, lambda seen: say("φ' at {input} = {z} is {slope}, a = {a} is another place", **slope_at(seen)),
    ),
    Mistake(
        "gate_of_other_sample", "take the slope of another sample", "Each sample has a z, and so a slope, of its own.",
        ("grad_z", "grad_n"), _gate_of_other_sample,
        lambda seen: say("in this sample {input} = {z}, so the slope is {slope}", **slope_at(seen)),
    ),
    Mistake(
        "upstream_forgotten", "write the slope alone", "The slope is multiplied by the gradient that comes back.",
        ("grad_z", "grad_n"), _upstream_forgotten,
        lambda seen: say("the slope {slope} is multiplied by {grad}", **slope_at(seen)),
    ),
    Mistake(
        "activation_for_slope", "multiply by a in place of the slope", "The chain rule has φ'(z), not φ(z).",
        ("grad_z", "grad_n"), _activation_for_slope,
        lambda seen: say("the slope is {slope}, and a = {a} is not", **slope_at(seen)),
    ),
    Mistake(
        "rows_for_columns", "multiply with W in place of its transpose",
        "The weights that leave unit i are column i of the W behind.", ("grad_a", "grad_x"), _rows_for_columns,
        lambda seen: say("unit {unit} has column {unit} of the W behind", unit=seen.at[-1] + 1),
    ),
    Mistake(
        "one_path", "follow one path only", "The gradients of all outgoing paths have to be added up.",
        ("grad_a", "grad_x"), one_product,
        lambda seen: say("{first} · {second} = {product} is one of {count} paths", **_products(seen)),
    ),
    Mistake(
        "slope_skipped", "go on with ∂L/∂a in place of ∂L/∂z", "∂L/∂a has not been through the activation yet.",
        ("grad_a", "grad_x", "grad_weight", "grad_bias"), _slope_skipped,
        lambda seen: say("∂L/∂z is what goes on, after the slope of the activation"),
    ),
    Mistake(
        "updated_weight", "use the weights after the update", "The backward pass has the weights of the forward pass.",
        ("grad_a", "grad_x"), _updated_weight,
        lambda seen: say("the old weights of layer {behind} are used", behind=seen.n + 1),
    ),
    Mistake(
        "outer_product_transposed", "mix up rows and columns of ∂L/∂W",
        "Rows of ∂L/∂W are units of this layer, columns are inputs.", ("grad_weight",), _transposed,
        lambda seen: say("row {row} is unit {row}, column {column} is input {column}",
                         row=seen.at[0] + 1, column=seen.at[1] + 1),
    ),
    Mistake(
        "one_sample", "take one sample only", "The gradient of a parameter is added up over the samples.",
        ("grad_weight", "grad_bias"), _one_sample,
        lambda seen: say("sample {sample} is one of {count}", sample=seen.which + 1, count=seen.w.trace.samples),
    ),
    Mistake(
        "mean_over_samples", "divide by the samples once more", "The samples are added up; the loss is a mean already.",
        ("grad_weight", "grad_bias"), _mean_over_samples,
        lambda seen: say("nothing is divided by {count} here", count=seen.w.trace.samples),
    ),
    Mistake(
        "own_output", "multiply with the output of the layer", "∂L/∂W has what came in, not what goes out.",
        ("grad_weight",), _own_output,
        lambda seen: say("what came in is {name}", name="x" if seen.n == 1 else f"a of layer {seen.n - 1}"),
    ),
    Mistake(
        "z_for_input", "multiply with z of the layer before", "∂L/∂W has what came in: a, not z.", ("grad_weight",),
        _z_before, lambda seen: say("what came in is a of layer {before}, after φ", before=seen.n - 1),
    ),
    Mistake(
        "input_forgotten", "forget what came in", "∂L/∂W is ∂L/∂z times what came in.", ("grad_weight",),
        _input_forgotten, lambda seen: say("every ∂L/∂z is multiplied by its input"),
    ),
    Mistake(
        "weight_for_input", "multiply with the weight in place of what came in",
        "∂z/∂W is what came in; W itself is ∂z/∂a.", ("grad_weight",), _weight_for_input,
        lambda seen: say("W = {weight} has no part in its own gradient",
                         weight=seen.of(seen.w.views[seen.n - 1].weight)),
    ),
    Mistake(
        "bias_once_per_weight", "count the bias once per weight", "A bias is added once, so its gradient is ∂L/∂z.",
        ("grad_bias",), _once_per_weight,
        lambda seen: say("the unit has {count} weights and one bias",
                         count=seen.w.spec.layers[seen.n - 1].inputs),
    ),
)  # fmt: skip
