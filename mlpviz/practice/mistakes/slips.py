"""Slips that can happen in single cells: a sign, a product, the number of a neighbour, a decimal point."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

from mlpviz.engine.parameters import Array
from mlpviz.practice.mistakes.mistake import (
    SUMS,
    Mistake,
    Products,
    WrongCell,
    WrongNumbers,
    product_at,
    products_of,
    say,
)
from mlpviz.practice.workings import Place, Workings

_EVERY = (
    *("z", "a", "h", "n", "normalised", "mean", "var", "loss_term", "loss", "probabilities"),
    *("grad_a", "grad_h", "grad_n", "grad_normalised", "grad_z", "grad_x", "grad_weight", "grad_bias"),
    *("grad_gamma", "grad_beta", "new_weight", "new_bias", "new_gamma", "new_beta", "slot"),
)
_MOST = 16
"""products of a cell that are tried"""


def _sign(_: Workings, __: Place, right: Array) -> Iterable[WrongNumbers]:
    return (WrongNumbers(-right),)


def _left_out(w: Workings, place: Place, right: Array) -> Iterable[WrongNumbers]:
    return _changed(w, place, right, lambda products: -products.values)


def _product_sign(w: Workings, place: Place, right: Array) -> Iterable[WrongNumbers]:
    return _changed(w, place, right, lambda products: -2.0 * products.values)


def _added(w: Workings, place: Place, right: Array) -> Iterable[WrongNumbers]:
    return _changed(w, place, right, lambda products: products.first + products.second - products.values)


def _changed(w: Workings, place: Place, right: Array, change: Callable[[Products], Array]) -> Iterable[WrongNumbers]:
    """The sum with one of its products computed otherwise, one way per product."""
    products = products_of(w, place)
    if products is None or products.number < 2:
        return ()
    changed = right[..., None] + change(products)
    return [WrongNumbers(changed[..., k], k) for k in range(min(products.number, _MOST))]


def _neighbour(_: Workings, __: Place, right: Array) -> Iterable[WrongNumbers]:
    around = np.empty([size + 2 for size in right.shape])
    around.fill(np.nan)
    inner = (slice(1, -1),) * right.ndim
    around[inner] = right
    return [
        WrongNumbers(around[(*inner[:axis], side, *inner[axis + 1 :])], 2 * axis + is_before)
        for axis, size in enumerate(right.shape)
        if size > 1
        for is_before, side in enumerate((slice(2, None), slice(None, -2)))
    ]


def _neighbour_at(seen: WrongCell) -> dict[str, object]:
    axis, is_before = divmod(seen.which, 2)
    at = list(seen.at)
    at[axis] += -1 if is_before else 1
    units = seen.place.tensor in ("grad_weight", "new_weight") or seen.w.of(*seen.place).ndim == 1
    words = ("row", "column") if units else ("sample", "unit")
    return {"where": f"{words[axis]} {at[axis] + 1}"}


def _point(_: Workings, __: Place, right: Array) -> Iterable[WrongNumbers]:
    return (WrongNumbers(right * 10.0, 0), WrongNumbers(right / 10.0, 1))


SLIPS: tuple[Mistake, ...] = (
    Mistake(
        "product_left_out", "leave one product out", "One product is missing in the sum.", SUMS, _left_out,
        lambda seen: say("product {number}, {first} · {second} = {product}, is missing",
                         number=seen.which + 1, **product_at(seen)),
        kind="slip",
    ),
    Mistake(
        "product_sign", "take one product with the wrong sign", "One product has the wrong sign in the sum.", SUMS,
        _product_sign,
        lambda seen: say("product {number} is {first} · {second} = {product}",
                         number=seen.which + 1, **product_at(seen)),
        kind="slip",
    ),
    Mistake(
        "added_for_multiplied", "add two numbers in place of multiplying them",
        "One product was computed as a sum.", SUMS, _added,
        lambda seen: say("product {number} is {first} · {second} = {product}, not {first} + {second}",
                         number=seen.which + 1, **product_at(seen)),
        kind="slip",
    ),
    Mistake(
        "sign_slip", "lose the sign", "The number is right but for its sign.", _EVERY, _sign,
        lambda seen: say("the sign is the other one"), kind="slip",
    ),
    Mistake(
        "copied_from_neighbour", "copy the number beside it", "This number belongs into the cell beside it.", _EVERY,
        _neighbour, lambda seen: say("it belongs to {where}", **_neighbour_at(seen)), kind="slip",
    ),
    Mistake(
        "point_moved", "move the decimal point", "The digits are right, the decimal point is not.", _EVERY, _point,
        lambda seen: say("it is ten times too {size}", size="large" if seen.which == 0 else "small"), kind="slip",
    ),
)  # fmt: skip
