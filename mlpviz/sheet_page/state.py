"""The state of the score sheet for the browser: the numbers of its documents, choices, cards and the view."""

from __future__ import annotations

from typing import Any, TypedDict, get_args

from mlpviz.examples.networks import PRESETS
from mlpviz.explain.last_edit.card import last_edit_of
from mlpviz.explain.problems import problems_card
from mlpviz.network import DOCUMENT_LIMITS, View, parse_view
from mlpviz.network.document import PassModeName
from mlpviz.network.edits.variants import VARIANTS
from mlpviz.sheet_page.cards import answers_of
from mlpviz.sheet_page.scene import scene_of, second_scene
from mlpviz.sheet_page.session import SheetSession
from mlpviz.sheet_page.side_by_side import Comparison
from mlpviz.text.numbers import DEFAULT_STYLE, STYLES, NumberStyle


class SheetState(TypedDict, total=False):
    """The state of the page apart from the numbers of the document (`sheet_page/scene.py`).

    Choices are pairs of a key and a label. `structure_data` comes when the browser does not have it yet; `answers` and
    `review` come when they were asked for, `other` while a second network is compared.
    """

    structure_data: dict[str, Any]
    answers: dict[str, Any]
    review: dict[str, Any]
    other: dict[str, Any]
    variants: list[list[str]]
    presets: list[list[str]]
    number_styles: list[list[str]]
    number_style: str
    modes: list[list[str]]
    target_is_probability: bool
    view: str
    view_number: int
    link_problem: str
    can_undo: bool
    can_redo: bool
    version: int
    walked: int
    steps_taken: int
    opened_from: str


_NUMBERS = [[key, label] for key, (label, _) in STYLES.items()]
_VARIANTS = [[variant.key, variant.label] for variant in VARIANTS.values()]
_MODES = [[mode, mode] for mode in get_args(PassModeName)]
_MENU = [[preset.key, preset.label] for preset in PRESETS.values()]


def state_of(session: SheetSession, link: str | None) -> dict[str, Any]:
    """The numbers of the document and its `SheetState`, in one dictionary; `link` is the document for the URL.

    The session notes which structures the browser has now.
    """
    view = parse_view(session.view) or View()
    style = STYLES[view.numbers or DEFAULT_STYLE][1]
    structure, scene = scene_of(session.document, view.granularity == "product", style, bool(view.sizes))
    document = session.document
    state: SheetState = {
        "variants": _VARIANTS,
        "presets": _MENU,
        "number_styles": _NUMBERS,
        "modes": _MODES,
        "number_style": DEFAULT_STYLE,
        "target_is_probability": document.spec.loss.target in ("probabilities", "classes"),
        "view": session.view,
        "view_number": session.view_number,
        "link_problem": ""
        if link
        else f"This network is too large for a link (at most {DOCUMENT_LIMITS.link:,} characters): save it as a file.",
        "can_undo": bool(session.history.past),
        "can_redo": bool(session.history.future),
        "version": session.version,
        "walked": len(session.trajectory.points) if session.trajectory.fits(document) else 0,
        "steps_taken": document.steps_taken,
        "opened_from": session.opened_from,
    }
    if session.question is not None:
        state["answers"] = answers_of(document, session.question, style, session.trajectory)
    if session.is_reviewing:
        state["review"] = _review(session, style)
    if session.comparison:
        state["other"] = _other(session, session.comparison, view, style)
    if session.structure != structure.id:
        session.structure = structure.id
        state["structure_data"] = structure.data
    return {**scene, **state}


def _review(session: SheetSession, style: NumberStyle) -> dict[str, Any]:
    """`edit` is the card of the last edit, null without one; `wrong` are the problems of the document."""
    before = session.history.before
    return {
        "edit": None if before is None else last_edit_of(before, session.document, style),
        "wrong": problems_card(session.document),
    }


def _other(session: SheetSession, comparison: Comparison, view: View, style: NumberStyle) -> dict[str, Any]:
    """The network beside the own one."""
    structure, scene = second_scene(
        session.document, comparison.document, view.granularity == "product", style, bool(view.sizes)
    )
    scene["together"] = comparison.together
    if comparison.structure != structure.id:
        comparison.structure = structure.id
        scene["structure_data"] = structure.data
    return scene
