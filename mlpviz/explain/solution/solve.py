"""The worked solution of a document, in one of three levels of detail."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

from mlpviz.engine import NetworkSpec
from mlpviz.engine.registry import Registry
from mlpviz.explain.solution.contents import Equation, FormulaPiece, Section, Solution, SolutionPart
from mlpviz.explain.solution.equations import BlockCells, number_piece, results, with_matrices, written_out
from mlpviz.explain.solution.update_lines import rate_parts, update_lines
from mlpviz.network import Document, DocumentError
from mlpviz.sheet.blocks import Block, Shape, blocks_of, shape_of
from mlpviz.sheet.quantities import PHASE_LABELS
from mlpviz.sheet.rules import Rule, rule_of
from mlpviz.sheet.values import values_on_screen
from mlpviz.text.numbers import DEFAULT_STYLE, STYLES, NumberStyle, all_digits

MOST_NUMBERS, MOST_PRODUCTS = 30_000, 20_000
"""Larger sheets have no solution, or none with every product: nobody reads a thousand pages."""


@dataclass(frozen=True)
class Level:
    """How much a solution shows: formulas with matrices, or every single number; neither gives the results alone."""

    key: str
    label: str
    sentence: str
    has_matrices: bool = False
    has_products: bool = False


LEVELS: Registry[Level] = Registry(
    "level of detail",
    (
        Level("1", "results", "The numbers of every step as matrices."),
        Level("2", "formulas", "Every step with its formula, the formula with numbers, and the result.", True),
        Level("3", "every product", "Every single number with its formula and its products written out.", True, True),
    ),
)


def solution_of(document: Document, level: Level) -> Solution:
    """The solution. Raises DocumentError for a network that is too large for it."""
    style = number_style(document)
    parts = _WorkedBlocks(document, level, style)
    sections = []
    for phase, title in PHASE_LABELS.items():
        found = list(_rates(document, level, style)) if phase == "update" else []
        found += [parts.part(block) for block in parts.blocks.values() if block.quantity.phase == phase]
        if phase == "loss":
            found += _penalty(document)
        sections.append(Section(title, tuple(found)))
    return Solution(document.name or "A network", tuple(_introduction(document, style)), tuple(sections), style)


def worked_parts(document: Document, level: Level, keys: Collection[str], style: NumberStyle) -> list[SolutionPart]:
    """The parts of the solution that are about these blocks, and how the rate is made if one of them is of the update.

    They have the results of those blocks alone that no equation makes.
    Raises DocumentError for blocks that are too large.
    """
    parts = _WorkedBlocks(document, level, style, keys)
    is_stepped = any(block.quantity.phase == "update" for block in parts.blocks.values())
    rates = _rates(document, level, style) if is_stepped else ()
    return [*rates, *(parts.part(block, is_told_once=True) for block in parts.blocks.values())]


def number_style(document: Document) -> NumberStyle:
    """How a document has its numbers written."""
    return STYLES[(document.view and document.view.numbers) or DEFAULT_STYLE][1]


class _WorkedBlocks:
    """Blocks of a sheet, all or those of some keys, and the part of a solution about each."""

    def __init__(
        self, document: Document, level: Level, style: NumberStyle, keys: Collection[str] | None = None
    ) -> None:
        self.document, self.level, self.style, self.shape = document, level, style, shape_of(document)
        self.blocks, self.rules = _blocks_and_rules(
            document.spec, self.shape, None if keys is None else frozenset(keys)
        )
        _check_size(self.blocks, self.rules, level)
        self.values = values_on_screen(document)
        self.pinned = frozenset((f"a.{pin.layer}", pin.unit - 1, pin.sample - 1) for pin in document.pins)

    def part(self, block: Block, *, is_told_once: bool = False) -> SolutionPart:
        """The part about a block; `is_told_once`: its numbers as matrices only if no equation makes them."""
        shape = self.shape
        cells = BlockCells(block, self.rules[block.key], self.values, shape.samples, self.style, self.pinned)
        label = shape.labels[block.layer - 1] if shape.labels and block.layer else ""
        return _part(self.document, cells, self.level, label, is_told_once=is_told_once)


@lru_cache(maxsize=64)
def _blocks_and_rules(
    spec: NetworkSpec, shape: Shape, keys: frozenset[str] | None
) -> tuple[dict[str, Block], dict[str, Rule]]:
    """Blocks and rules by key, all or those of some keys: the same for all numbers of a class of worksheets."""
    blocks = {key: block for key, block in blocks_of(spec, shape).items() if keys is None or key in keys}
    return blocks, {key: rule_of(block, spec, shape) for key, block in blocks.items()}


def _check_size(blocks: dict[str, Block], rules: dict[str, Rule], level: Level) -> None:
    numbers = {key: block.rows * block.columns for key, block in blocks.items()}
    count = sum(numbers.values())
    if count > MOST_NUMBERS:
        raise DocumentError(f"the sheet has {count:,} numbers, and a worked solution has at most {MOST_NUMBERS:,}")
    products = sum(numbers[key] * rule.terms for key, rule in rules.items())
    if level.has_products and products > MOST_PRODUCTS:
        raise DocumentError(
            f"the pass has {products:,} products, and a worked solution writes out at most {MOST_PRODUCTS:,}: "
            "take one with less detail"
        )


def _introduction(document: Document, style: NumberStyle) -> Iterator[str]:
    samples = "1 sample" if document.samples == 1 else f"{document.samples} samples, a column each"
    optimizer = document.next_step.optimizer.label
    yield (
        f"A network with {'-'.join(map(str, document.widths))} units and {samples}. Loss: {document.spec.loss.label}. "
        f"Update: {optimizer}, learning rate {all_digits(document.rate)}."
    )
    yield (
        "The upper number is the layer; the lower numbers of a single value are its row, which is the unit, and its "
        "column, which is the sample, or for a weight the unit that it comes from."
    )
    rounded = "small fractions are written as such" if style.fractions else f"numbers have {style.digits} digits"
    yield f"In this text {rounded}, and all were computed with more: ≈ stands where a digit is left out."


def _part(document: Document, cells: BlockCells, level: Level, label: str, *, is_told_once: bool) -> SolutionPart:
    block, rule = cells.block, cells.rule
    is_one = block.rows == block.columns == 1
    own = written_out(cells) if level.has_products else with_matrices(cells) if level.has_matrices else ()
    worked: list[Equation] = list(own)
    # an equation with matrices ends with the result, and so does that of a number alone
    is_told = bool(worked) and (is_one or is_told_once or not level.has_products)
    if level.has_matrices:
        most = block.rows * block.columns if level.has_products else 1
        worked += update_lines(document, block, rule, cells.style, most)
    return SolutionPart(
        block.key,
        _title(block, label),
        (rule.sentence or block.quantity.sentence) if level.has_matrices and block.quantity.phase != "given" else "",
        rule.formula if level.has_matrices else "",
        tuple(worked),
        () if is_told else results(cells),
    )


def _title(block: Block, label: str) -> str:
    symbol = block.quantity.symbol
    if block.quantity.phase == "loss":
        return symbol
    if block.quantity.key == "target":
        return f"Target: {symbol}"
    layer = f"Layer {block.layer}{f', {label}' if label else ''}"
    return f"{layer if block.layer else 'Input'}: {symbol}"


def _rates(document: Document, level: Level, style: NumberStyle) -> Iterator[SolutionPart]:
    if level.has_matrices:
        yield from rate_parts(document, style)


def _penalty(document: Document) -> Iterator[SolutionPart]:
    """R, which the loss of the sheet does not contain."""
    value, penalty = document.penalty_value, document.penalty_record
    if value is not None and penalty is not None:
        formula = f"R = {penalty.formula.latex()}"
        yield SolutionPart(
            "", "The penalty R", penalty.sentence, formula, results=((FormulaPiece("R ="), number_piece(value)),)
        )
