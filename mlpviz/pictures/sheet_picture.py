"""The score sheet as a picture: a band per layer with its part of the drawing, and all of its blocks of numbers."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

import numpy as np

from mlpviz.network import Document, DocumentError
from mlpviz.pictures.canvas import Box, Canvas, mixed, shortened, text_width
from mlpviz.pictures.looks import PictureLook
from mlpviz.pictures.network_drawing import Drawn, Node, draw_edges, draw_nodes, draw_skips
from mlpviz.sheet.blocks import Block, blocks_of, shape_of
from mlpviz.sheet.quantities import COLUMNS, columns_of

MOST_NUMBERS = 30_000
"""A sheet with more numbers has no picture: nobody could read it."""

_MOST_ROWS, _WIDEST = 12, 460.0
"""A block with more rows, or a wider one, is drawn as small squares, whose numbers are their titles."""

_SIZE, _CELL, _SQUARE, _CAPTION = 13.0, 20.0, 7.0, 14.0
_SIDE, _GAP, _BAND, _BLOCKS = 96.0, 30.0, 18.0, 10.0


@dataclass(frozen=True)
class _Placed:
    """A block with its numbers as text, as wide and high as it is drawn."""

    block: Block
    texts: list[list[str]]
    is_heat: bool
    width: float
    height: float

    @property
    def cell(self) -> float:
        """The width of one cell."""
        return self.width / self.block.columns if not self.is_heat else _SQUARE


def sheet_picture(document: Document, look: PictureLook) -> str:
    """The picture. Raises DocumentError for a sheet that is too large."""
    spec, shape = document.spec, shape_of(document)
    blocks = blocks_of(spec, shape)
    count = sum(block.rows * block.columns for block in blocks.values())
    if count > MOST_NUMBERS:
        raise DocumentError(f"the sheet has {count:,} numbers, and a picture shows at most {MOST_NUMBERS:,}")
    drawn, canvas = Drawn.of(document), Canvas(look.theme)
    last = len(spec.layers)
    bands = [
        _band(drawn, [block for block in blocks.values() if _band_of(block, last) == at]) for at in range(last + 2)
    ]
    graph = max(70.0, min(46.0, 420.0 / max(document.widths)) * max(document.widths) + 8)
    lefts, x = {}, _SIDE + graph + _GAP
    for key, _ in COLUMNS:
        wide = max((_width(band[key]) for band in bands if key in band), default=0.0)
        if wide:
            heading = dict(columns_of(spec.layers))[key]
            wide = max(wide, text_width(heading, 12))
            lefts[key] = (x, heading)
            x += wide + _GAP
    room = x - _GAP
    canvas.text(0, 22, shortened(document.name or "A network", 20, room), 20, bold=True)
    for left, heading in lefts.values():
        canvas.text(left, 52, heading, 12, look.theme.muted)
    canvas.line((0, 60, room, 60), look.theme.rule, 1.2)
    nodes, y = [], 60.0 + _BAND / 2
    for at, band in enumerate(bands):
        height = max(34.0, max((_height(lines) for lines in band.values()), default=0.0))
        _side(canvas, drawn, at, y + height / 2)
        if at <= last:
            nodes.append(_row(document.widths[at], graph, y + height / 2, height))
        for key, lines in band.items():
            _draw_column(canvas, drawn, lines, lefts[key][0], y)
        y += height + _BAND
        if at <= last:
            canvas.line((0, y - _BAND / 2, room, y - _BAND / 2), look.theme.rule, 0.8)
    draw_edges(canvas, drawn, nodes, is_across=False)
    draw_skips(canvas, drawn, nodes, is_across=False)
    draw_nodes(canvas, drawn, nodes)
    return canvas.svg(look, f"Score sheet of {document.name or 'a network'}")


def _band_of(block: Block, last: int) -> int:
    """Band 0 is the input, the last one the loss with the targets."""
    is_of_loss = block.quantity.phase == "loss" or block.quantity.key == "target"
    return last + 1 if is_of_loss else block.layer


def _band(drawn: Drawn, blocks: list[Block]) -> dict[str, list[list[_Placed]]]:
    """The blocks of a band by their column, line by line from the top."""
    found: dict[str, list[list[_Placed]]] = {}
    for key, _ in COLUMNS:
        own = sorted((block for block in blocks if block.quantity.column == key), key=lambda block: block.line)
        if own:
            found[key] = [[_place(drawn, one) for one in line] for _, line in groupby(own, lambda block: block.line)]
    return found


def _place(drawn: Drawn, block: Block) -> _Placed:
    texts = [[drawn.text(block.key, r, c) for c in range(block.columns)] for r in range(block.rows)]
    widest = max(text_width(text, _SIZE) for row in texts for text in row)
    width = block.columns * max(24.0, widest + 10)
    if block.rows > _MOST_ROWS or width > _WIDEST:
        return _Placed(block, texts, True, block.columns * _SQUARE, block.rows * _SQUARE)
    return _Placed(block, texts, False, width, block.rows * _CELL)


def _room(placed: _Placed) -> float:
    return max(placed.width, text_width(placed.block.quantity.symbol, 11))


def _width(lines: list[list[_Placed]]) -> float:
    return max(sum(map(_room, line)) + _BLOCKS * (len(line) - 1) for line in lines)


def _height(lines: list[list[_Placed]]) -> float:
    return sum(_CAPTION + max(one.height for one in line) for line in lines) + _BLOCKS * (len(lines) - 1)


def _row(units: int, graph: float, y: float, height: float) -> list[Node]:
    gap = min(46.0, (graph - 8) / units)
    radius = max(2.0, min(15.0, 0.45 * gap, height / 2 - 2))
    return [Node(_SIDE + graph / 2 + (unit - (units - 1) / 2) * gap, y, radius) for unit in range(units)]


def _side(canvas: Canvas, drawn: Drawn, at: int, y: float) -> None:
    """What stands at the left of a band."""
    spec, theme = drawn.document.spec, canvas.theme
    last = len(spec.layers)
    if 0 < at <= last:
        layer, own = spec.layers[at - 1], drawn.document.layers[at - 1]
        lines = [f"layer {at}", layer.activation.label, *([layer.norm.label] if layer.norm else [])]
        lines += [own.label] if own.label else []
    else:
        lines = ["x"] if not at else ["loss", spec.loss.label]
    top = y - 13.0 * len(lines) / 2 + 10
    for number, text in enumerate(lines):
        colour = theme.muted if number else ""
        canvas.text(0, top + 13 * number, shortened(text, 11, _SIDE - 6), 11, colour, bold=not number)


def _draw_column(canvas: Canvas, drawn: Drawn, lines: list[list[_Placed]], left: float, top: float) -> None:
    y = top
    for line in lines:
        x = left
        for placed in line:
            canvas.text(x, y + 10, placed.block.quantity.symbol, 11, canvas.theme.muted)
            _draw_block(canvas, drawn, placed, x, y + _CAPTION)
            x += _room(placed) + _BLOCKS
        y += _CAPTION + max(one.height for one in line) + _BLOCKS


def _draw_block(canvas: Canvas, drawn: Drawn, placed: _Placed, left: float, top: float) -> None:
    block, theme = placed.block, canvas.theme
    array = drawn.values[block.key]
    largest = float(np.abs(np.nan_to_num(array, posinf=0.0, neginf=0.0)).max(initial=0.0)) or 1.0
    for r, row in enumerate(placed.texts):
        for c, text in enumerate(row):
            value = float(np.nan_to_num(array[r, c], posinf=largest, neginf=-largest))
            share = min(1.0, abs(value) / largest)
            colour = theme.positive if value > 0 else theme.negative
            if placed.is_heat:
                # on paper without colours a square is darker the larger its number is
                fill = mixed(colour, theme.ground, (0.1 + 0.8 * share) * bool(value))
                box = Box(left + c * _SQUARE, top + r * _SQUARE, _SQUARE, _SQUARE)
                canvas.rect(box, fill, theme.rule if value < 0 and not theme.tint else "none", title=text)
                continue
            box = Box(left + c * placed.cell, top + r * _CELL, placed.cell, _CELL)
            canvas.rect(box, mixed(colour, theme.ground, theme.tint * share), theme.rule)
            is_a = block.quantity.key == "a"
            if is_a and drawn.is_pinned(block.layer, r, c):
                canvas.rect(Box(box.x + 2, box.y + 2, box.width - 4, box.height - 4), "none", theme.text)
            middle = box.x + box.width / 2
            canvas.text(middle, box.y + 14.5, text, _SIZE, anchor="middle")
            if is_a and drawn.is_closed(block.layer, r, c):
                reach = text_width(text, _SIZE) / 2 + 2
                canvas.line((middle - reach, box.y + 10.5, middle + reach, box.y + 10.5), theme.text, 1.0)
