"""The equations of one block: its numbers as matrices, its formula with matrices in it, and every cell written out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from mlpviz.engine.parameters import Array
from mlpviz.explain.solution.contents import PLACE, WIDE, Equation, FormulaPiece, joined
from mlpviz.explain.solution.symbols import block_symbol, cell_symbol
from mlpviz.sheet.blocks import Block
from mlpviz.sheet.rules import Detail, Ref, Rule
from mlpviz.text.numbers import NumberStyle, equality_sign, format_number

TALL = 24
"""Rows on a page: a matrix with more, or too wide for a line, is cut into several."""

_READABLE = 1.5
"""How much wider than a line a matrix of formulas may be: it is written smaller."""

_SIGNS = {"=": "=", "≈": r"\approx"}
_DEFINED = r", \quad "


@dataclass(frozen=True)
class BlockCells:
    """The numbers of a sheet and how they are written, for the equations of one block."""

    block: Block
    rule: Rule
    values: Mapping[str, Array]
    samples: int
    style: NumberStyle
    pinned: frozenset[tuple[str, int, int]]
    """the cells that are held at a number: block, row and column"""

    @property
    def array(self) -> Array:
        """The numbers of the block."""
        return self.values[self.block.key]

    def resolve(self, ref: Ref, row: int, column: int, k: int = 0) -> tuple[str, int, int]:
        """The block, row and column that a reference of the rule means for a cell and an index of the sum."""
        name, r, c = ref
        return name, self._place(r, row, column, k), self._place(c, row, column, k)

    def _place(self, at: int | str, row: int, column: int, k: int) -> int:
        if isinstance(at, int):
            return at
        if at == "rk":
            return row * self.rule.count + k
        if at in ("k/N", "k%N"):
            return k // self.samples if at == "k/N" else k % self.samples
        return row if at == "r" else column if at == "c" else k

    def number(self, ref: Ref, row: int, column: int, k: int = 0) -> float:
        """The number that a reference of the rule means."""
        name, r, c = self.resolve(ref, row, column, k)
        return float(self.values[name][r, c])

    def sign(self, *pieces: FormulaPiece) -> str:
        """= or ≈, whichever is true of the numbers as they are written."""
        return _SIGNS[equality_sign((number for piece in pieces for number in piece.numbers), self.style)]


def number_piece(value: float) -> FormulaPiece:
    """One number."""
    return FormulaPiece(r"\text{ref0}", (float(value),))


def matrix(array: Array) -> FormulaPiece:
    """A matrix of numbers; one number alone has no brackets."""
    rows, columns = array.shape
    if rows == columns == 1:
        return number_piece(array[0, 0])
    # who asks for it has seen to it that it fits into a line
    return _table([[number_piece(value) for value in row] for row in array.tolist()])._replace(columns=1)


def _table(rows: list[list[FormulaPiece]]) -> FormulaPiece:
    lines = (joined(row, " & ") for row in rows)
    # at the beginning of a row [ would be an option of the environment, or of the end of the row before
    guarded = (line._replace(template=f"{{}}{line.template}") if line.template[:1] == "[" else line for line in lines)
    whole = joined(guarded, r" \\ ")
    return FormulaPiece(rf"\begin{{bmatrix}} {whole.template} \end{{bmatrix}}", whole.numbers)


def results(cells: BlockCells) -> tuple[Equation, ...]:
    """The numbers of the block: one matrix, or several where the paper is too small for it."""
    symbol, array = block_symbol(cells.block, cells.rule), cells.array
    spans = [(row, column) for row in _row_spans(len(array)) for column in _column_spans(cells, array)]
    if len(spans) == 1:
        return ((FormulaPiece(f"{symbol} ="), matrix(array)),)
    found = []
    for row, column in spans:
        name = rf"{symbol}, \text{{{_span('rows', row)}, {_span('columns', column)}}}: \;"
        found.append((FormulaPiece(name), matrix(array[row, column])))
    return tuple(found)


def _span(noun: str, span: slice) -> str:
    return f"{noun} {span.start + 1} to {span.stop}"


def _row_spans(count: int) -> list[slice]:
    return [slice(start, min(start + TALL, count)) for start in range(0, count, TALL)]


def _column_spans(cells: BlockCells, array: Array) -> list[slice]:
    widest = max(len(format_number(value, cells.style)) for value in array.ravel().tolist())
    step = max(1, WIDE // (widest + 2))
    return [slice(start, min(start + step, array.shape[1])) for start in range(0, array.shape[1], step)]


def _fits(cells: BlockCells, array: Array) -> bool:
    return len(_row_spans(len(array))) == 1 and len(_column_spans(cells, array)) == 1


def with_matrices(cells: BlockCells) -> tuple[Equation, ...]:
    """The formula with the matrices of its numbers; nothing where the paper is too small for it."""
    rule, block = cells.rule, cells.block
    if not (rule.count or rule.template) or not _fits(cells, cells.array):
        return ()
    body = _product(cells) if _is_product(rule) else _entries(cells)
    if not body or _says_nothing(body, cells):
        return ()
    result = matrix(cells.array)
    sign = cells.sign(*body, result)
    return ((FormulaPiece(f"{block_symbol(block, rule)} ="), *body, FormulaPiece(sign), result),)


def _says_nothing(body: Equation, cells: BlockCells) -> bool:
    return len(body) == 1 and body[0][:2] == matrix(cells.array)[:2]


_ORDERS = ({("r", "k"), ("k", "r")}, {("k", "c"), ("c", "k")})


def _is_product(rule: Rule) -> bool:
    """Whether the sum is a product of two matrices, each as it is or transposed."""
    return len(rule.factors) == 2 and all(
        factor[1:] in order for factor, order in zip(rule.factors, _ORDERS, strict=True)
    )


def _product(cells: BlockCells) -> Equation:
    rule = cells.rule
    factors = [
        cells.values[name] if (row, column) in (("r", "k"), ("k", "c")) else cells.values[name].T
        for name, row, column in rule.factors
    ]
    if not all(_fits(cells, factor) for factor in factors):
        return ()
    pieces = [matrix(factors[0]), joined((FormulaPiece(r"\cdot"), matrix(factors[1])))]
    for ref in rule.plus:
        added = [[cells.number(ref, r, c) for c in range(cells.block.columns)] for r in range(cells.block.rows)]
        pieces.append(joined((FormulaPiece("+"), matrix(np.array(added)))))
    return tuple(pieces)


def _entries(cells: BlockCells) -> Equation:
    """A matrix with the formula of each cell in its place; nothing where that is too wide."""
    block, rows = cells.block, []
    if _DEFINED in cells.rule.template:
        return ()
    most = cells.rule.terms * block.columns
    if most > WIDE:
        return ()
    for row in range(block.rows):
        rows.append([joined(_body(cells, row, column)) for column in range(block.columns)])
    widths = [max(row[column].width(cells.style) for row in rows) for column in range(block.columns)]
    width = sum(widths) + 2 * block.columns
    if width > _READABLE * WIDE:
        return ()
    return (rows[0][0],) if block.rows == block.columns == 1 else (_table(rows)._replace(columns=width),)


def written_out(cells: BlockCells) -> Iterator[Equation]:
    """Every cell with its products, and what those factors are that no block shows."""
    block, rule = cells.block, cells.rule
    if not (rule.count or rule.template):
        return
    shown: set[Equation] = set()
    for row in range(block.rows):
        for column in range(block.columns):
            result = number_piece(cells.array[row, column])
            label = FormulaPiece(f"{cell_symbol(block, rule, row, column)} =")
            if _is_pinned(cells, row, column):
                yield (label, joined((result, FormulaPiece(r"\text{ (pinned)}"))))
                continue
            body = _body(cells, row, column)
            if len(body) == 1 and body[0] == result:
                yield (label, result)
            else:
                yield (label, *body, FormulaPiece(cells.sign(*body, result)), result, *_definitions(cells, row, column))
            for line in _details(cells, row, column):
                if line not in shown:
                    shown.add(line)
                    yield line


def _body(cells: BlockCells, row: int, column: int) -> Equation:
    """The formula of one cell with its numbers."""
    rule = cells.rule
    if _is_pinned(cells, row, column):
        return (number_piece(cells.array[row, column]),)
    if rule.template:
        return (_filled(cells, rule.template.split(_DEFINED)[0], rule.refs, row, column),)
    product = r" \cdot ".join(rf"\text{{ref{number}}}" for number in range(len(rule.factors)))
    terms = [
        FormulaPiece(product, tuple(cells.number(factor, row, column, k) for factor in rule.factors))
        for k in range(rule.count)
    ]
    terms += [number_piece(cells.number(ref, row, column)) for ref in rule.plus]
    body = [terms[0], *(FormulaPiece(f"+ {term.template}", term.numbers) for term in terms[1:])]
    if rule.divisor is None:
        return tuple(body)
    share = FormulaPiece(r"\frac{1}{\text{ref0}} \cdot (", (cells.number(rule.divisor, row, column),))
    if len(body) == 1:
        return (joined((share, body[0], FormulaPiece(")"))),)
    return (joined((share, body[0])), *body[1:-1], joined((body[-1], FormulaPiece(")"))))


def _is_pinned(cells: BlockCells, row: int, column: int) -> bool:
    """Whether the cell is held at a number, so that its formula does not hold."""
    return bool(cells.pinned) and (cells.block.key, row, column) in cells.pinned


def _definitions(cells: BlockCells, row: int, column: int) -> Iterator[FormulaPiece]:
    """What the letters of a formula stand for that it has besides its numbers."""
    rule = cells.rule
    for number, definition in enumerate(rule.template.split(_DEFINED)[1:]):
        piece = _filled(cells, definition, rule.refs, row, column)
        yield FormulaPiece(rf"\text{{ {'and' if number else 'with'} }} {piece.template}", piece.numbers)


def _details(cells: BlockCells, row: int, column: int) -> Iterator[Equation]:
    for detail in cells.rule.details:
        for k in range(detail.count):
            if detail.pin is not None and cells.resolve(detail.pin, row, column, k) in cells.pinned:
                continue
            yield _detail(cells, detail, row, column, k)


def _detail(cells: BlockCells, detail: Detail, row: int, column: int, k: int) -> Equation:
    symbol, body = (
        _filled(cells, template, detail.refs, row, column, k) for template in (detail.symbol, detail.template)
    )
    result = number_piece(cells.number(detail.value, row, column, k))
    head = FormulaPiece(rf"\text{{where }} {symbol.template} =", symbol.numbers)
    if body == result:
        return (head, result)
    return (head, body, FormulaPiece(cells.sign(symbol, body, result)), result)


def _filled(cells: BlockCells, template: str, refs: tuple[Ref, ...], row: int, column: int, k: int = 0) -> FormulaPiece:
    """A template with the numbers of those references that it has, its places counted anew."""
    text, used = _counted_anew(template)
    return FormulaPiece(text, tuple([cells.number(refs[number], row, column, k) for number in used]))


@lru_cache(maxsize=1024)
def _counted_anew(template: str) -> tuple[str, tuple[int, ...]]:
    """A template with its places counted from 0, and the numbers that they had."""
    used: dict[int, int] = {}

    def place(match: re.Match[str]) -> str:
        return rf"\text{{ref{used.setdefault(int(match[1]), len(used))}}}"

    return PLACE.sub(place, template), tuple(used)
