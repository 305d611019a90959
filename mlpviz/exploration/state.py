"""What the browser gets of a page of pictures: its form, its figures as plain data, tables, sentences and buttons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

from mlpviz.exploration.sent_traces import FigureItem, SentTraces
from mlpviz.exploration.setting import ExplorationSetting, SettingItem
from mlpviz.exploration.view import ExplorationView, FactsPart, FigurePart, Part, TablePart, Values
from mlpviz.text.sentences import Sentence


class CellItem(TypedDict):
    """One cell: its text, all of its digits if it leaves some out, its colour from −1 to 1, and whether it is marked.

    `sets` has the settings that a press changes.
    """

    text: str
    digits: str
    shade: float
    marked: bool
    sets: dict[str, Any] | None


class PartItem(TypedDict):
    """One part of the page, of the kind "figure", "table" or "facts"; what another kind has is empty.

    `moves` are the keys of the settings that the pointer moves across and upwards.
    """

    kind: str
    key: str
    title: str
    text: Sentence | str
    figure: FigureItem
    height: int
    moves: list[str]
    drags: bool
    explored: bool
    head: list[str]
    narrow: bool
    rows: list[list[CellItem]]
    formulas: list[str]
    facts: list[list[Any]]


class ExplorationState(TypedDict):
    """All that the page shows. `tries` and `loads` are labels; `progress` is from 0 to 1, None when all is done."""

    settings: list[SettingItem]
    parts: list[PartItem]
    look_for: list[Sentence | str]
    tries: list[str]
    loads: list[list[str]]
    progress: float | None
    progress_text: str


def state_of(
    settings: Sequence[ExplorationSetting], values: Values, view: ExplorationView, sent: SentTraces
) -> ExplorationState:
    """The state for these settings with their values; of the figures what the browser lacks."""
    progress = view.progress
    figures = sent.left({key: part.figure.to_dict() for key, part in view.figures.items()})
    return {
        "settings": [setting.item(values[setting.key]) for setting in settings],
        "parts": [_part(part, figures) for part in view.parts],
        "look_for": list(view.look_for),
        "tries": [one.label for one in view.tries],
        "loads": [[load.key, load.label] for load in view.loads],
        "progress": None if progress is None else progress.share,
        "progress_text": "" if progress is None else progress.said,
    }


def _part(part: Part, figures: Mapping[str, FigureItem]) -> PartItem:
    item: PartItem = {
        "kind": "facts",
        "key": "",
        "title": part.title,
        "text": "",
        "figure": {"data": [], "stamps": [], "layout": {}},
        "height": 0,
        "moves": [],
        "drags": False,
        "explored": False,
        "head": [],
        "narrow": False,
        "rows": [],
        "formulas": [],
        "facts": [],
    }
    if isinstance(part, FigurePart):
        pointer = part.pointer
        return {
            **item,
            "kind": "figure",
            "key": part.key,
            "text": part.text,
            "figure": figures[part.key],
            "height": part.height,
            "moves": [] if pointer is None else [pointer.x, pointer.y],
            "drags": pointer is not None and pointer.drags,
            "explored": part.is_explored,
        }
    if isinstance(part, TablePart):
        return {
            **item,
            "kind": "table",
            "key": part.key,
            "text": part.note,
            "head": list(part.head),
            "narrow": part.is_narrow,
            "rows": [
                [
                    {
                        "text": cell.text,
                        "digits": cell.digits,
                        "shade": cell.shade,
                        "marked": cell.is_marked,
                        "sets": None if cell.sets is None else dict(cell.sets),
                    }
                    for cell in row
                ]
                for row in part.rows
            ],
        }
    return _facts(item, part)


def _facts(item: PartItem, part: FactsPart) -> PartItem:
    return {**item, "formulas": list(part.formulas), "facts": [[name, said] for name, said in part.facts]}
