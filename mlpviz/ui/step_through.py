"""The score sheet page: one fragment with the sheet, so that an edit runs nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

import streamlit as st

from mlpviz.content.presets import PRESETS
from mlpviz.document import LIMITS, View, parse_view
from mlpviz.document.model import Mode
from mlpviz.edits.variants import VARIANTS
from mlpviz.figures.beside import beside_of
from mlpviz.figures.cards import answers_of
from mlpviz.figures.review import review_of
from mlpviz.figures.scene import scene_of
from mlpviz.number_text import DEFAULT_STYLE, STYLES, NumberStyle
from mlpviz.ui.comparing import Comparing
from mlpviz.ui.components.sheet import message_of, sheet
from mlpviz.ui.line import Line
from mlpviz.ui.page_files import TRAIN
from mlpviz.ui.session import Session, current
from mlpviz.ui.train_visit import current as training

_NUMBERS = [[key, label] for key, (label, _) in STYLES.items()]
_VARIANTS = [[variant.key, variant.label] for variant in VARIANTS.values()]
_MODES = [[mode, mode] for mode in get_args(Mode)]
_MENU = [[preset.key, preset.label] for preset in PRESETS.values()]


def step_through() -> None:
    """Draw the page. A whole script run means a page that may have lost everything, so the structure is sent again."""
    session = current()
    session.forget_structures()
    if session.came_from:
        _ways_back(session)
    _sheet()


def _ways_back(session: Session) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.page_link(TRAIN, label=f"← back to the {session.came_from}")
        if st.button(
            "← back with these weights",
            type="tertiary",
            help="Learn on with the weights as they are here, in a branch: what was learned before stays.",
        ):
            training().take_network(session.document)
            st.switch_page(TRAIN)


@st.fragment
def _sheet() -> None:
    session = current()
    if session.line is None:
        session.line = Line(session, answer)

    with session.lock:
        scene = message_of(scene_data(session))
    sheet(scene, lambda message: _receive(session, message))


def answer(session: Session, message: Mapping[str, Any]) -> bytes:
    """Carry out one message of the browser; the scene after it, as JSON."""
    with session.lock:
        _receive(session, message)
        return message_of(scene_data(session))


def _receive(session: Session, message: Mapping[str, Any]) -> None:
    with session.lock:
        session.receive(message)


def scene_data(session: Session) -> dict[str, Any]:
    """The scene of the session's document, with what the page around it needs."""
    view = parse_view(session.view) or View()
    style = STYLES[view.numbers or DEFAULT_STYLE][1]
    structure, scene = scene_of(session.document, partials=view.granularity == "product", style=style)
    if session.question is not None:
        scene["answers"] = answers_of(session.document, session.question, style, session.walk)
    if session.reviewing:
        scene["review"] = review_of(session.history.before, session.document, style)
    link = session.link
    if session.comparing:
        scene["other"] = _other(session, session.comparing, view, style)
    scene |= {
        "variants": _VARIANTS,
        "presets": _MENU,
        "numberStyles": _NUMBERS,
        "modes": _MODES,
        "numberStyle": DEFAULT_STYLE,
        "targetIsProbability": session.document.spec.loss.target in ("probabilities", "classes"),
        "view": session.view,
        "viewNumber": session.view_number,
        "link": link,
        "linkProblem": ""
        if link
        else f"This network is too large for a link (at most {LIMITS.link:,} characters): save it as a file.",
        "canUndo": bool(session.history.past),
        "canRedo": bool(session.history.future),
        "error": session.error,
        "notice": session.notice,
        "said": session.said,
        "acknowledged": session.acknowledged,
        "version": session.version,
        "walked": len(session.walk.points) if session.walk.fits(session.document) else 0,
        "walkLink": _walk_link(session, link),
        "stepsTaken": session.document.steps_taken,
        "download": session.download,
        "line": session.line.address if session.line else None,
    }
    if session.structure != structure.id:
        session.structure = structure.id
        scene["structureData"] = structure.data
    return scene


def _walk_link(session: Session, link: str | None) -> str:
    """The steps taken for the address, where there is room beside the document and for those of this network."""
    walk = session.walk
    has_room = link is not None and len(link) + LIMITS.walk_link <= LIMITS.link
    return walk.link if walk.points and has_room and walk.fits(session.document) else ""


def _other(session: Session, comparing: Comparing, view: View, style: NumberStyle) -> dict[str, Any]:
    """The network beside the own one."""
    structure, scene = beside_of(session.document, comparing.document, view.granularity == "product", style)
    scene |= {"together": comparing.together, "link": comparing.to_text()}
    if comparing.structure != structure.id:
        comparing.structure = structure.id
        scene["structureData"] = structure.data
    return scene
