"""Mistakes in z, in a and in what norm and dropout do on the way forward."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from mlpviz.engine.parameters import Array
from mlpviz.practice.mistakes.mistake import Mistake, WrongCell, WrongNumbers, product_at, products_of, say
from mlpviz.practice.rules_forward import normalised, statistics
from mlpviz.practice.workings import Place, Workings
from mlpviz.text.sentences import Sentence


def _bias_forgotten(w: Workings, place: Place, _: Array) -> Iterable[WrongNumbers]:
    view = w.views[place.layer - 1]
    return () if view.bias is None else (WrongNumbers(w.inputs(place.layer) @ view.weight.T),)


def _columns_for_rows(w: Workings, place: Place, _: Array) -> Iterable[WrongNumbers]:
    weight, bias = w.views[place.layer - 1].weight, w.views[place.layer - 1].bias
    if weight.shape[0] != weight.shape[1] or len(weight) == 1:
        return ()
    found = w.inputs(place.layer) @ weight
    return (WrongNumbers(np.asarray(found if bias is None else found + bias)),)


def one_product(w: Workings, place: Place, _: Array) -> Iterable[WrongNumbers]:
    """Only one of the products that are to be added up, the same one in every cell."""
    products = products_of(w, place)
    if products is None or products.number < 2:
        return ()
    return [WrongNumbers(products.values[..., k], k) for k in range(min(products.number, _MOST))]


_MOST = 16
"""of the ways in which one mistake is tried"""


def _z_before(w: Workings, place: Place, _: Array) -> Iterable[WrongNumbers]:
    n = place.layer
    if n == 1:
        return ()
    found, bias = w.activation_input(n - 1) @ w.views[n - 1].weight.T, w.views[n - 1].bias
    return (WrongNumbers(np.asarray(found if bias is None else found + bias)),)


def of_other_sample(numbers: Array, distance: int) -> Array:
    """The numbers of the sample so far before, in the place of each sample."""
    return numbers[np.arange(len(numbers)) - distance]


def _other_sample(w: Workings, _: Place, right: Array) -> Iterable[WrongNumbers]:
    return [WrongNumbers(of_other_sample(right, k), k) for k in range(1, min(w.trace.samples, _MOST))]


def _is_output(w: Workings, place: Place) -> bool:
    """Whether this block is what φ gives."""
    return place.tensor == w.parts[place.layer - 1].activation_output


def _activation_forgotten(w: Workings, place: Place, _: Array) -> Iterable[WrongNumbers]:
    return (WrongNumbers(w.activation_input(place.layer)),) if _is_output(w, place) else ()


def _relu(w: Workings, place: Place) -> bool:
    return _is_output(w, place) and w.spec.activations[place.layer - 1].key == "relu"


def _negative_kept(w: Workings, place: Place, _: Array) -> Iterable[WrongNumbers]:
    return (WrongNumbers(np.minimum(w.activation_input(place.layer), 0.0)),) if _relu(w, place) else ()


def _absolute(w: Workings, place: Place, _: Array) -> Iterable[WrongNumbers]:
    return (WrongNumbers(np.abs(w.activation_input(place.layer))),) if _relu(w, place) else ()


def _output(seen: WrongCell) -> dict[str, float | str]:
    w, n = seen.w, seen.n
    return {
        "input": w.parts[n - 1].activation_input,
        "z": seen.of(w.activation_input(n)),
        "a": seen.of(w.spec.activations[n - 1].value(w.activation_input(n), *w.alpha(n))),
    }


def _dropout(w: Workings, place: Place) -> Array | None:
    """The mask of a block that dropout gives, without a skip."""
    own = "dropped" if w.spec.layers[place.layer - 1].skip else "a"
    return w.trace.layers[place.layer - 1].mask if place.tensor == own else None


def _not_rescaled(w: Workings, place: Place, _: Array) -> Iterable[WrongNumbers]:
    mask = _dropout(w, place)
    return () if mask is None else (WrongNumbers(np.asarray(w.of("h", place.layer) * mask)),)


def _nothing_dropped(w: Workings, place: Place, _: Array) -> Iterable[WrongNumbers]:
    return () if _dropout(w, place) is None else (WrongNumbers(w.of("h", place.layer)),)


def _kept(seen: WrongCell) -> Sentence:
    mask = np.asarray(seen.w.trace.layers[seen.n - 1].mask, dtype=float)
    return say("the mask is {mask} here, and what is kept is divided by {kept}", mask=seen.of(mask), kept=_share(seen))


def _share(seen: WrongCell) -> float:
    return 1.0 - seen.w.spec.layers[seen.n - 1].dropout


def _root_forgotten(w: Workings, place: Place, right: Array) -> Iterable[WrongNumbers]:
    norm, parts = w.spec.layers[place.layer - 1].norm, w.parts[place.layer - 1]
    if norm is None or place.tensor != ("normalised" if parts.affine else "n"):
        return ()
    return (WrongNumbers(np.asarray(right / np.sqrt(statistics(w, place.layer)[1] + norm.eps))),)


def _mean_kept(w: Workings, place: Place, _: Array) -> Iterable[WrongNumbers]:
    norm, parts = w.spec.layers[place.layer - 1].norm, w.parts[place.layer - 1]
    if norm is None or not norm.centred or place.tensor != ("normalised" if parts.affine else "n"):
        return ()
    _, spread = statistics(w, place.layer)
    return (WrongNumbers(np.asarray(w.of("z", place.layer) / np.sqrt(spread + norm.eps))),)


def _spread(seen: WrongCell) -> dict[str, float]:
    mean, spread = statistics(seen.w, seen.n)
    norm = seen.w.spec.layers[seen.n - 1].norm
    return {"mean": seen.of(mean), "spread": seen.of(spread), "eps": 0.0 if norm is None else norm.eps}


def _one_less(w: Workings, place: Place, right: Array) -> Iterable[WrongNumbers]:
    norm = w.spec.layers[place.layer - 1].norm
    count = w.of("z", place.layer).shape[-1 if norm is None else norm.axis]
    return (WrongNumbers(np.asarray(right * count / (count - 1))),) if count > 1 else ()


def _scale_forgotten(w: Workings, place: Place, _: Array) -> Iterable[WrongNumbers]:
    if not w.parts[place.layer - 1].affine:
        return ()
    return (WrongNumbers(normalised(w, place.layer)),)


FORWARD: tuple[Mistake, ...] = (
    Mistake(
        "bias_forgotten", "forget the bias", "z is the sum of the products alone: b has to be added.", ("z",),
        _bias_forgotten,
        lambda seen: say("b = {b} has to be added", b=seen.of(np.asarray(seen.w.views[seen.n - 1].bias))),
    ),
    Mistake(
        "columns_for_rows", "multiply with a column of W in place of a row",
        "Row j of W has the weights that come into unit j; a column has those that leave a unit.", ("z",),
        _columns_for_rows,
        lambda seen: say("unit {unit} has row {unit} of W", unit=seen.at[-1] + 1),
    ),
    Mistake(
        "one_product_of_z", "take one product only", "All products of a unit have to be added up.", ("z",),
        one_product,
        lambda seen: say("{first} · {second} = {product} is one of {count} products",
                         count=_count(seen), **product_at(seen)),
    ),
    Mistake(
        "z_for_a", "go on with z of the layer before", "A layer reads a = φ(z) of the layer before, not its z.", ("z",),
        _z_before,
        lambda seen: say("what comes in is a of layer {before}, after φ", before=seen.n - 1),
    ),
    Mistake(
        "samples_mixed", "take the numbers of another sample", "Each column has the numbers of one sample.",
        ("z", "a", "h", "grad_a", "grad_z", "grad_x"), _other_sample,
        lambda seen: say("these numbers belong to sample {other}",
                         other=(seen.at[0] - seen.which) % seen.w.trace.samples + 1),
        kind="slip",
    ),
    Mistake(
        "activation_forgotten", "forget the activation", "a is taken to be z: φ has to be applied.", ("a", "h"),
        _activation_forgotten, lambda seen: say("φ({z}) = {a}", **_output(seen)),
    ),
    Mistake(
        "negative_kept", "keep the negative numbers in ReLU", "ReLU keeps what is above 0, and makes the others 0.",
        ("a", "h"), _negative_kept, lambda seen: say("the larger one of {z} and 0 is {a}", **_output(seen)),
    ),
    Mistake(
        "absolute_for_relu", "drop the sign in place of the number",
        "ReLU makes a number below 0 a 0, and not positive.", ("a", "h"), _absolute,
        lambda seen: say("the larger one of {z} and 0 is {a}", **_output(seen)),
    ),
    Mistake(
        "dropout_not_rescaled", "forget the 1 / (1 − p) of dropout",
        "What dropout keeps is divided by 1 − p, so that the mean stays.", ("a", "dropped"), _not_rescaled, _kept,
    ),
    Mistake(
        "dropout_ignored", "ignore the mask of dropout", "Where the mask is 0 nothing is left.", ("a", "dropped"),
        _nothing_dropped, _kept,
    ),
    Mistake(
        "root_forgotten", "divide by the variance in place of its root", "A norm divides by √(σ² + ε).",
        ("normalised", "n"), _root_forgotten,
        lambda seen: say("divided is by the root of {spread} + {eps}", **_spread(seen)),
    ),
    Mistake(
        "mean_kept", "forget to take the mean away", "ẑ is z − μ over the root.", ("normalised", "n"), _mean_kept,
        lambda seen: say("μ = {mean} is taken away first", **_spread(seen)),
    ),
    Mistake(
        "one_less", "divide by N − 1", "The variance of a norm is over N numbers, not N − 1.", ("var",), _one_less,
        lambda seen: say("there are {count} numbers", count=_numbers(seen)),
    ),
    Mistake(
        "gamma_forgotten", "forget γ and β", "n = γ · ẑ + β.", ("n",), _scale_forgotten,
        lambda seen: say("γ = {gamma} multiplies ẑ", gamma=seen.of(np.asarray(seen.w.views[seen.n - 1].gamma))),
    ),
)  # fmt: skip


def _count(seen: WrongCell) -> int:
    products = products_of(seen.w, seen.place)
    return 0 if products is None else products.number


def _numbers(seen: WrongCell) -> int:
    norm = seen.w.spec.layers[seen.n - 1].norm
    return int(seen.w.of("z", seen.n).shape[-1 if norm is None else norm.axis])
