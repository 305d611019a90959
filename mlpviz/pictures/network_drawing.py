"""The network as circles and lines: which units there are, how strongly they are joined, and what one sample gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from mlpviz.engine.parameters import Array
from mlpviz.network import Document
from mlpviz.pictures.canvas import Box, Canvas, shortened, text_width
from mlpviz.pictures.looks import PictureLook
from mlpviz.sheet.values import values_on_screen
from mlpviz.text.numbers import DEFAULT_STYLE, STYLES, NumberStyle, format_number

MOST_EDGES, MOST_LABELS = 2000, 60
"""With more edges none is drawn; with more than MOST_LABELS they have no numbers beside them."""


class Node(NamedTuple):
    """A circle: its middle and radius."""

    x: float
    y: float
    radius: float


@dataclass(frozen=True)
class Drawn:
    """What of a document is drawn: its numbers, the sample (from 0), and how numbers are written."""

    document: Document
    values: Mapping[str, Array]
    sample: int
    style: NumberStyle

    @classmethod
    def of(cls, document: Document) -> Drawn:
        """The sample and the digits that the reader of the document has chosen."""
        view = document.view
        sample = min((view and view.sample) or 1, document.samples) - 1
        return cls(document, values_on_screen(document), sample, STYLES[(view and view.numbers) or DEFAULT_STYLE][1])

    def text(self, block: str, row: int, column: int) -> str:
        """A number as text."""
        return format_number(float(self.values[block][row, column]), self.style)

    def is_closed(self, layer: int, unit: int, sample: int) -> bool:
        """Whether the activation lets no gradient through and is not pinned."""
        slope = self.values.get(f"slope.{layer}")
        return slope is not None and slope[unit, sample] == 0.0 and not self.is_pinned(layer, unit, sample)

    def is_pinned(self, layer: int, unit: int, sample: int) -> bool:
        """Whether the unit is held at a number for this sample."""
        return any((pin.layer, pin.unit - 1, pin.sample - 1) == (layer, unit, sample) for pin in self.document.pins)


def draw_edges(canvas: Canvas, drawn: Drawn, nodes: list[list[Node]], is_across: bool) -> None:
    """Lines of all weights: solid above 0, dashed below, thicker the larger; `is_across` if layers lie side by side."""
    theme, total = canvas.theme, sum(len(a) * len(b) for a, b in pairwise(nodes))
    if total > MOST_EDGES:
        return
    for layer in range(1, len(nodes)):
        weight = drawn.values[f"weight.{layer}"]
        largest = float(np.abs(np.nan_to_num(weight)).max(initial=0.0)) or 1.0
        for r, to in enumerate(nodes[layer]):
            for c, begin in enumerate(nodes[layer - 1]):
                value = float(np.nan_to_num(weight[r, c]))
                colour = theme.positive if value > 0 else theme.negative if value < 0 else theme.muted
                dash = "5 4" if value < 0 else "1 4" if value == 0 else ""
                ends = (
                    (begin.x + begin.radius, begin.y, to.x - to.radius, to.y)
                    if is_across
                    else (begin.x, begin.y + begin.radius, to.x, to.y - to.radius)
                )
                canvas.line(ends, colour, 0.7 + 1.9 * min(1.0, abs(value) / largest), dash)


def draw_skips(canvas: Canvas, drawn: Drawn, nodes: list[list[Node]], is_across: bool) -> None:
    """An arc from what a skip reads to what it is added to."""
    for number, layer in enumerate(drawn.document.spec.layers, start=1):
        if not layer.skip:
            continue
        begin, end = nodes[number - layer.skip][-1], nodes[number][-1]
        if is_across:
            low = max(begin.y + begin.radius, end.y + end.radius) + 34
            d = f"M{begin.x:.1f} {begin.y + begin.radius:.1f} C{begin.x:.1f} {low:.1f} {end.x:.1f} {low:.1f} "
            d += f"{end.x:.1f} {end.y + end.radius:.1f}"
            sign = (end.x + 7, end.y + end.radius + 16)
        else:
            far = max(begin.x + begin.radius, end.x + end.radius) + 26
            d = f"M{begin.x + begin.radius:.1f} {begin.y:.1f} C{far:.1f} {begin.y:.1f} {far:.1f} {end.y:.1f} "
            d += f"{end.x + end.radius:.1f} {end.y:.1f}"
            sign = (end.x + end.radius + 4, end.y - 5)
        canvas.path(d, canvas.theme.muted, 1.2, dash="2 3")
        canvas.text(*sign, "+", 12, canvas.theme.muted)


def draw_nodes(canvas: Canvas, drawn: Drawn, nodes: list[list[Node]]) -> None:
    """A circle per unit with its a inside, where it fits; closed: struck through, pinned: two rings."""
    theme = canvas.theme
    for number, row in enumerate(nodes):
        block = f"a.{number}" if number else "x.0"
        for unit, (x, y, radius) in enumerate(row):
            text = drawn.text(block, unit, drawn.sample)
            name = f"{f'a of unit {unit + 1}, layer {number}' if number else f'x {unit + 1}'}: {text}"
            is_closed = number > 0 and drawn.is_closed(number, unit, drawn.sample)
            canvas.circle(x, y, radius, theme.ground, theme.text, title=name)
            if number and drawn.is_pinned(number, unit, drawn.sample):
                canvas.circle(x, y, radius - 2.5, "none", theme.text)
            if is_closed:
                reach = radius * 0.7
                canvas.line((x - reach, y + reach, x + reach, y - reach), theme.muted, 1.0)
            if radius >= 9:
                size = min(13.0, 1.75 * radius / max(1, len(text)) / 0.602)
                canvas.text(x, y + 0.35 * size, text, round(size, 1), anchor="middle", halo=is_closed)


def drawing_picture(document: Document, look: PictureLook) -> str:
    """The drawing by itself, from the inputs on the left to the outputs on the right."""
    canvas, drawn = Canvas(look.theme), Drawn.of(document)
    widths = document.widths
    gap = min(96.0, 960.0 / max(widths))
    radius = min(27.0, 0.42 * gap)
    middle = max(widths) * gap / 2 + 70.0
    step = max(150.0, min(1.2 * max(widths) * gap, 2000.0) / (len(widths) - 1))
    nodes = [
        [Node(60.0 + number * step, middle + (unit - (units - 1) / 2) * gap, radius) for unit in range(units)]
        for number, units in enumerate(widths)
    ]
    room = nodes[-1][0].x + 60
    canvas.text(0, 22, shortened(document.name or "A network", 20, room), 20, bold=True)
    told = f"sample {drawn.sample + 1} of {document.samples}, loss {drawn.text(f'loss.{len(document.layers)}', 0, 0)}"
    canvas.text(0, 44, told, 13, look.theme.muted)
    draw_edges(canvas, drawn, nodes, is_across=True)
    draw_skips(canvas, drawn, nodes, is_across=True)
    _label_edges(canvas, drawn, nodes)
    draw_nodes(canvas, drawn, nodes)
    _label_nodes(canvas, drawn, nodes, step)
    return canvas.svg(look, f"Drawing of {document.name or 'a network'}, {told}")


def _label_nodes(canvas: Canvas, drawn: Drawn, nodes: list[list[Node]], step: float) -> None:
    """The biases below their units, and what each layer is below all of them."""
    bottom = canvas.bottom + 30
    for number, row in enumerate(nodes):
        middle, theme = row[0].x, canvas.theme
        bias = drawn.values.get(f"bias.{number}")
        if bias is not None and row[0].radius >= 14:
            for unit, node in enumerate(row):
                text = f"b {format_number(float(bias[unit, 0]), drawn.style)}"
                canvas.text(node.x, node.y + node.radius + 13, text, 10.5, theme.muted, anchor="middle", halo=True)
        canvas.text(middle, bottom, f"layer {number}" if number else "x", 13, anchor="middle")
        if number:
            label = shortened(drawn.document.spec.layers[number - 1].activation.label, 11, step - 8)
            canvas.text(middle, bottom + 16, label, 11, theme.muted, anchor="middle")


def _label_edges(canvas: Canvas, drawn: Drawn, nodes: list[list[Node]]) -> None:
    """The weights on their lines, each where it covers no other one as far as there is such a place."""
    for layer in range(1, len(nodes)):
        if len(nodes[layer]) * len(nodes[layer - 1]) > MOST_LABELS:
            continue
        taken: list[Box] = []
        for r, to in enumerate(nodes[layer]):
            for c, begin in enumerate(nodes[layer - 1]):
                text = drawn.text(f"weight.{layer}", r, c)
                left, right = begin.x + begin.radius, to.x - to.radius
                places = [_around(left, right, begin.y, to.y, share, text) for share in _SHARES]
                box = min(places, key=lambda one: sum(_overlap(one, other) for other in taken))
                taken.append(box)
                canvas.text(box.x + box.width / 2, box.y + box.height - 3, text, 11, anchor="middle", halo=True)


_SHARES = (0.5, 0.38, 0.62, 0.26, 0.74, 0.16, 0.84)


def _around(left: float, right: float, begin: float, end: float, share: float, text: str) -> Box:
    """The box of a text on a line, this share of the way along."""
    width = text_width(text, 11)
    return Box(left + share * (right - left) - width / 2, begin + share * (end - begin) - 7, width, 14)


def _overlap(one: Box, other: Box) -> float:
    across = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    down = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
    return max(0.0, across) * max(0.0, down)
