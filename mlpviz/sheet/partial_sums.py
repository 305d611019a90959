"""The numbers a rule refers to, for all cells of a block at once: what the panel shows and the tests add up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from mlpviz.engine.parameters import Array
from mlpviz.sheet.blocks import Block, Shape
from mlpviz.sheet.rules import Ref, Rule


def cell_terms(rule: Rule, block: Block, shape: Shape, values: Mapping[str, Array]) -> Array:
    """The summands of every cell: (rows, columns, terms), `plus` as the last ones. For rules with factors."""
    r, c, k = np.ogrid[: block.rows, : block.columns, : rule.count]

    def numbers(ref: Ref, k: Any) -> Array:
        places: dict[int | str, Any] = {
            "r": r,
            "c": c,
            "k": k,
            "rk": r * rule.count + k,
            "k/N": k // shape.samples,
            "k%N": k % shape.samples,
        }
        name, row, column = ref
        return values[name][places.get(row, row), places.get(column, column)]

    with np.errstate(all="ignore"):
        product: Any = 1.0
        for factor in rule.factors:
            product = product * numbers(factor, k)
        product = np.broadcast_to(product, (block.rows, block.columns, rule.count))
        if rule.divisor is not None:
            product = product / numbers(rule.divisor, k)
        if rule.plus:
            shape_of_one = (block.rows, block.columns, 1)
            plus = [np.broadcast_to(numbers(ref, 0), shape_of_one) for ref in rule.plus]
            product = np.concatenate([product, *plus], axis=-1)
    return product


def partial_sums(rule: Rule, block: Block, shape: Shape, values: Mapping[str, Array]) -> Array:
    """The sum after each term: (rows, columns, terms)."""
    with np.errstate(all="ignore"):
        return np.cumsum(cell_terms(rule, block, shape, values), axis=-1)
