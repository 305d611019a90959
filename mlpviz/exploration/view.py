"""What a page of pictures shows for its settings: figures, tables and facts, as values without a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import plotly.graph_objects as go

from mlpviz.app.page import HandOver
from mlpviz.text.numbers import number_pair
from mlpviz.text.sentences import Sentence

Values = Mapping[str, Any]
"""The values of the settings by their keys."""


class PointerTarget(NamedTuple):
    """What the pointer on a figure moves: the keys of the settings that follow its place across and upwards.

    An empty key: nothing. `drags`: also while it moves with a pressed button; otherwise only where it is pressed.
    """

    x: str = ""
    y: str = ""
    drags: bool = True


@dataclass(frozen=True, kw_only=True)
class FigurePart:
    """One figure of Plotly with the words around it. `text` says what is to be seen in it, made from its data.

    Its colours are names of the style sheet such as "var(--positive)", so that they fit both themes; `height` in CSS
    pixels. `is_explored`: the reader rotates and zooms it, and its tools are shown.
    """

    key: str
    title: str
    figure: go.Figure
    text: Sentence | str
    height: int = 320
    pointer: PointerTarget | None = None
    is_explored: bool = False


class TableCell(NamedTuple):
    """One cell of a table: its text, all of its digits where the text leaves some out, and what its colour says.

    `shade` from −1 (the colour of negative numbers) over 0 (none) to 1. `sets` are settings that a press changes.
    """

    text: str
    digits: str = ""
    shade: float = 0.0
    sets: Mapping[str, Any] | None = None
    is_marked: bool = False


def number_cell(value: float, shade: float = 0.0, **more: Any) -> TableCell:
    """A cell with a number."""
    text, digits = number_pair(value)
    return TableCell(text, digits, shade, **more)


@dataclass(frozen=True, kw_only=True)
class TablePart:
    """A small table: the first cell of each row is its heading. `note` stands below it."""

    key: str
    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[TableCell]]
    note: Sentence | str = ""
    is_narrow: bool = False
    """whether its cells have one sign each and stand close together"""


@dataclass(frozen=True, kw_only=True)
class FactsPart:
    """What is known of something: pairs of a name and a sentence. `formulas` are MathML that was made from LaTeX."""

    title: str
    formulas: Sequence[str] = ()
    facts: Sequence[tuple[str, Sentence | str]] = ()


Part = FigurePart | TablePart | FactsPart


class Try(NamedTuple):
    """A button that sets several settings at once, because something is to be seen there."""

    label: str
    sets: Mapping[str, Any]


class Load(NamedTuple):
    """A button that opens a network on another page; `hand_over` is called when it is pressed.

    Without it the page `to` opens as it is.
    """

    key: str
    label: str
    hand_over: Callable[[], HandOver] | None
    to: str = ""


class Unfinished(NamedTuple):
    """A view that is not final: how much of the work is done, and what makes the next one, in at most 0.1 s."""

    share: float
    said: str
    go_on: Callable[[], ExplorationView]


@dataclass(frozen=True, kw_only=True)
class ExplorationView:
    """All that a page of pictures shows for its settings; `look_for` are two sentences, `tries` three buttons."""

    parts: Sequence[Part]
    look_for: Sequence[Sentence | str]
    tries: Sequence[Try]
    loads: Sequence[Load] = ()
    progress: Unfinished | None = field(default=None, compare=False)

    @property
    def figures(self) -> dict[str, FigurePart]:
        """The figures by their keys."""
        return {part.key: part for part in self.parts if isinstance(part, FigurePart)}
