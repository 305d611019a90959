"""What one visitor has: a document with its history. The URL is the truth; this can be rebuilt from it."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import streamlit as st

from mlpviz import edits
from mlpviz.check import Report
from mlpviz.content.presets import PRESETS
from mlpviz.content.standstill import standstill_sentence
from mlpviz.document import Document, DocumentError, from_link, parse_view, to_link
from mlpviz.document.walk import Walk, from_walk_link
from mlpviz.edits import History
from mlpviz.edits.variants import Origin, variant_of
from mlpviz.figures.cards import Question
from mlpviz.text.sentences import Sentence
from mlpviz.ui.comparing import Comparing, parse_comparing
from mlpviz.ui.line import Line

FIRST = "seven_layers"

_QUIET = ("structure", "view", "explain", "review")
"""Messages that the page sends by itself: what was said before still holds."""


class Arrival(NamedTuple):
    """A network that another page opens on the sheet: `notice` says what it is, `came_from` names the way back."""

    document: Document
    notice: str
    came_from: str


@dataclass
class Session:
    """The current document with undo and redo, and what the next scene has to say besides.

    `version` counts documents, so that a view of the page knows whether it shows the current one.
    """

    history: History
    origin: Document
    view: str = ""
    view_number: int = 0
    error: str | None = None
    notice: Sentence | str | None = None
    came_from: str = ""
    """what opened the document, where there is a way back to it"""
    question: Question | None = None
    """what the panel asks of this run"""
    reviewing: bool = False
    """whether this run is to say what the last edit changed, and what is wrong"""
    acknowledged: int = 0
    said: int = 0
    """counts the answers to what the person did, each with its error, notice or silence"""
    version: int = 0
    structure: str | None = None
    reports: tuple[int, tuple[Report, ...]] | None = None
    download: dict[str, Any] | None = None
    downloads: int = field(default=0, repr=False)
    comparing: Comparing | None = None
    line: Line[Session] | None = field(default=None, repr=False)
    """on which the sheet is answered while no script runs"""
    lock: threading.RLock = field(default_factory=threading.RLock, repr=False, compare=False)
    """held by whoever changes this or needs it whole: messages on the line come while a script may run"""
    walk: Walk = field(default_factory=Walk, repr=False)
    """the steps of the optimizer that were taken"""

    @property
    def document(self) -> Document:
        """The document on screen."""
        return self.history.document

    def receive(self, message: Mapping[str, Any]) -> None:
        """Carry out one message of the browser: {"sequence", "edits", "view"}. Nothing in it is trusted."""
        sequence, found, view = (message.get(key) for key in ("sequence", "edits", "view"))
        if isinstance(sequence, int):
            if sequence <= self.acknowledged:
                return  # sent again because our answer came late
            self.acknowledged = sequence
        if isinstance(view, str) and parse_view(view):
            self.view = view
        self.question, self.reviewing = None, False
        events = found if isinstance(found, list) else []
        if any(not isinstance(event, Mapping) or event.get("type") not in _QUIET for event in events):
            self.error = self.notice = None
            self.said += 1
        for event in events:
            try:
                self._carry_out(event)
            except DocumentError as error:
                self.error = f"Not changed: {error}"

    def _carry_out(self, event: Any) -> None:
        kind = event.get("type") if isinstance(event, Mapping) else None
        match kind:
            case "undo":
                self._move(self.history.undo(), is_edit=False)
            case "redo":
                self._move(self.history.redo(), is_edit=False)
            case "reset":
                self._move(self.history.push(self.origin))
            case "preset" if event.get("key") in PRESETS:
                self.open(PRESETS[event["key"]].document)
            case "open":
                self.open(Document.parse(str(event.get("text", ""))))
            case "save":
                self._save()
            case "structure":
                self.forget_structures()
            case "view":
                pass  # every message brings the view
            case "explain":
                self.question = Question.read(event)
            case "review":
                self.reviewing = True
            case "compare":
                variant, other = variant_of(event.get("key"), self.variant_origin)
                self._compare(Comparing(other, variant.together))
            case "swap" | "adopt" | "together" | "stop_comparing" if self.comparing:
                self._about_comparison(str(kind), self.comparing)
            case "rewind":
                self._rewind(event.get("to"))
            case _:
                before = self.document
                edited = edits.apply(before, event)
                self.notice = edited.notice
                if edited.walked:
                    self.walk = self.walk.after(edited.walked, edited.document)
                if kind == "update":
                    self.notice = self.notice or standstill_sentence(before.trace(), edited.document.trace())
                if self.comparing:
                    self.notice = self.comparing.edit(event) or self.notice
                self._move(self.history.push(edited.document, edits.gesture_of(event)))

    def _rewind(self, to: Any) -> None:
        here = self.walk.here(self.document)
        document = edits.rewound(self.document, self.walk, to).document
        if self.comparing:
            self.notice = self.comparing.rewind(None if here is None else to - here)
        self._move(self.history.push(document))

    def _move(self, history: History, *, is_edit: bool = True) -> None:
        self.history = history
        self.version += 1
        if self.comparing and is_edit:
            self.comparing.remember(history)
        elif self.comparing:
            self.comparing.recall(history)

    def forget_structures(self) -> None:
        """The browser may have lost them: the next scene brings them again."""
        self.structure = None
        if self.comparing:
            self.comparing.structure = None

    @property
    def variant_origin(self) -> Origin:
        """What the choices of what to compare with start from."""
        past = self.history.past
        return Origin(self.document, past[-1] if past else None, self.origin)

    def _compare(self, comparing: Comparing | None) -> None:
        self.comparing = comparing
        self.version += 1
        if comparing:
            comparing.remember(self.history)

    def _about_comparison(self, kind: str, comparing: Comparing) -> None:
        own, other = self.document, comparing.document
        match kind:
            case "swap":
                comparing.document = own
                self.walk, comparing.walk = comparing.walk, self.walk
                self._move(self.history.push(other))
            case "adopt":
                self._compare(None)
                self.walk = comparing.walk
                self._move(self.history.push(other))
            case "together":
                comparing.together = not comparing.together
            case _:
                self._compare(None)

    def open(self, document: Document) -> None:
        """Show another document; the one before can be had back by undoing."""
        document, walk = parted(document)
        if walk.points:
            self.walk = walk
        self.origin = document
        self.show(document)
        self._move(self.history.open(document))

    def arrive(self, arrival: Arrival) -> None:
        """Open what another page sends here."""
        with self.lock:
            self.open(arrival.document)
            self.notice, self.came_from = arrival.notice, arrival.came_from

    def show(self, document: Document) -> None:
        """Take over the view that comes with a document, or start at the first step."""
        self.view = document.view.to_text() if document.view else "layer.0.1"
        self.view_number += 1

    def _save(self) -> None:
        self.downloads += 1
        walk = self.walk.saved if self.walk.fits(self.document) else ()
        saved = self.document.replace(view=parse_view(self.view)).model_copy(update={"walk": walk})
        stem = "".join(letter if letter.isalnum() else "-" for letter in saved.name.lower()).strip("-") or "network"
        self.download = {"number": self.downloads, "name": f"{stem}.json", "text": saved.to_json(indent=1)}

    @property
    def link(self) -> str | None:
        """The document for the URL, or None if it is too large for one."""
        try:
            return to_link(self.document)
        except DocumentError:
            return None


def current() -> Session:
    """The session of this visitor: made from the URL at the first run."""
    found = st.session_state.get("mlpviz")
    if isinstance(found, Session):
        return found
    session = from_url(*(st.query_params.get(name) for name in ("d", "v", "c", "w")))
    st.session_state["mlpviz"] = session
    return session


def parted(document: Document) -> tuple[Document, Walk]:
    """A document that was opened, and the steps that it brought."""
    if not document.walk:
        return document, Walk()
    own = document.model_copy(update={"walk": ()})
    return own, Walk.of_past(document.walk, own)


def from_url(link: str | None, view: str | None, comparing: str | None = None, walk: str | None = None) -> Session:
    """The session that an address asks for; what cannot be opened is said in `error`."""
    first = PRESETS[FIRST].document
    session = Session(History(first), first)
    session.show(first)
    if link:
        try:
            document = from_link(link)
        except DocumentError as error:
            session.error = f"The link could not be opened: {error}. You see the first example instead."
            return session
        document, walked = parted(document)
        session = Session(History(document), document, walk=walked)
        session.show(document)
        if walk:
            # a past that belongs to another network is none of this one
            with suppress(DocumentError):
                session.walk = from_walk_link(walk, document)
    if view and parse_view(view):
        session.view = view
    if comparing:
        try:
            session.comparing = parse_comparing(comparing)
        except DocumentError as error:
            session.error = f"The network to compare with could not be opened: {error}"
    return session
