"""The letters of a block and of one of its cells, taken from the left side of its rule."""

from __future__ import annotations

import re

from mlpviz.sheet.blocks import Block
from mlpviz.sheet.rules import Rule

_INDEX = re.compile(r"_\{(?:ji|j|i|n)\}|_[jin](?![A-Za-z])")

_GIVEN = {
    "x": "x",
    "weight": "W^{{{n}}}",
    "bias": "b^{{{n}}}",
    "alpha": r"\alpha^{{{n}}}",
    "slopes": r"\alpha^{{{n}}}",
    "gamma": r"\gamma^{{{n}}}",
    "beta": r"\beta^{{{n}}}",
    "running_mean": r"\text{{running }}\mu",
    "running_var": r"\text{{running }}\sigma^2",
    "mask": "m^{{{n}}}",
    "target": "t",
}
"""Letters of numbers that are given, which no formula computes."""


def left_side(block: Block, rule: Rule) -> str:
    """What the formula of a block gives the value of, with its indices."""
    if rule.formula:
        return rule.formula.partition(" = ")[0]
    return _GIVEN[block.quantity.key].format(n=block.layer)


def block_symbol(block: Block, rule: Rule) -> str:
    """The letters of the whole block."""
    return _INDEX.sub("", left_side(block, rule))


def cell_symbol(block: Block, rule: Rule, row: int, column: int) -> str:
    """The letters of one cell, with its row and column from 1; with one number for a block that is a column."""
    if block.rows == block.columns == 1:
        return block_symbol(block, rule)
    places = [row + 1] * bool(block.row_noun) + [column + 1] * bool(block.column_noun)
    index, left = f"_{{{','.join(map(str, places))}}}", left_side(block, rule)
    if _INDEX.search(left):
        return _INDEX.sub(lambda _: index, left)
    return rf"\left({left}\right){index}" if left.startswith(r"\frac") or left.endswith("^2") else left + index
