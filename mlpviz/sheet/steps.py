"""In which order the numbers of a pass appear, at three granularities, as a list of steps.

After step s of n the cells of steps 1 to s are on the sheet and the rest is blank.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple, get_args

from mlpviz.sheet.blocks import Block
from mlpviz.sheet.rules import Rule

Granularity = Literal["layer", "unit", "product"]
GRANULARITIES: tuple[Granularity, ...] = get_args(Granularity)

MAX_PRODUCTS = 3000
"""With more, stepping by single products is not offered, and the sheet says so."""

# at the granularity "layer" these appear together with the block that follows them
_TOGETHER = {
    "probabilities": "loss",
    "loss_term": "loss",
    "mean": "var",
    "grad_var": "grad_mean",
    "grad_gamma": "grad_weight",
    "grad_beta": "grad_weight",
    "grad_alpha": "grad_weight",
    **{f"new_{name}": "new_weight" for name in ("bias", "gamma", "beta", "alpha", "running_mean", "running_var")},
}


class Step(NamedTuple):
    """One step: `block` is in focus; -1 stands for every row, every column, the whole sum. Rows and columns from 0."""

    block: str
    row: int = -1
    column: int = -1
    term: int = -1
    also: tuple[str, ...] = ()


def steps_of(blocks: Mapping[str, Block], rules: Mapping[str, Rule], granularity: Granularity) -> list[Step]:
    """All steps of a pass in the order of computation; at "product" one per term of each sum.

    Raises ValueError if there are more than MAX_PRODUCTS products.
    """
    computed = [block for block in blocks.values() if block.quantity.phase != "given"]
    if granularity == "layer":
        return _by_layer(computed)
    if granularity == "unit":
        return [Step(block.key, row) for block in computed for row in range(block.rows)]
    count = sum(block.rows * block.columns * rules[block.key].terms for block in computed)
    if count > MAX_PRODUCTS:
        raise ValueError(f"{count:,} single products are too many to step through (at most {MAX_PRODUCTS:,})")
    return [
        Step(block.key, row, column, term)
        for block in computed
        for row in range(block.rows)
        for column in range(block.columns)
        for term in range(rules[block.key].terms)
    ]


def _by_layer(computed: list[Block]) -> list[Step]:
    companions: dict[str, list[str]] = {}
    for block in computed:
        if leader := _TOGETHER.get(block.quantity.key):
            companions.setdefault(f"{leader}.{block.layer}", []).append(block.key)
    return [
        Step(block.key, also=tuple(companions.get(block.key, ())))
        for block in computed
        if block.quantity.key not in _TOGETHER
    ]
