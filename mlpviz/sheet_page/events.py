"""The events of the score sheet: all edits of the document, and those of the session."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from itertools import islice
from typing import Any, Literal

from pydantic import ValidationError

from mlpviz.app.events import OF_ITSELF, Dispatcher, EventKind, UnknownEventError
from mlpviz.app.page import HandOver
from mlpviz.app.protocol import Event
from mlpviz.engine.registry import Registry
from mlpviz.examples.networks import PRESETS
from mlpviz.exchange import open_file, save_file
from mlpviz.exchange.imports import format_of
from mlpviz.exchange.opening.network_file import open_document
from mlpviz.exchange.subjects import NETWORK
from mlpviz.explain.problems.step import standstill_sentence
from mlpviz.network import DOCUMENT_LIMITS, Document, DocumentError, View, edits, parse_view
from mlpviz.network.edits.variants import variant_of
from mlpviz.network.recipe import Recipe
from mlpviz.network.undo import UndoHistory
from mlpviz.schema.errors import echo, first_error
from mlpviz.schema.fields import Text
from mlpviz.sheet_page.cards import Question
from mlpviz.sheet_page.session import SheetSession
from mlpviz.sheet_page.side_by_side import Comparison
from mlpviz.sheet_page.steps_reached import is_pass_computed

TRAINING, PRACTICE, LESSONS = "train", "practice", "lessons"
"""the page that opens networks here and takes weights back"""


def _edit(session: SheetSession, event: Event) -> None:
    before = session.document
    edited = edits.apply(before, event)
    session.said.notice, session.said.offer = edited.notice, edited.offer
    if edited.walked:
        session.trajectory = session.trajectory.after(edited.walked, edited.document)
        if not edited.notice and is_pass_computed(edited.document, parse_view(session.view) or View()):
            session.said.notice = standstill_sentence(before.trace(), edited.document.trace())
    if session.comparison:
        session.said.notice = session.comparison.edit(event) or session.said.notice
    if event.get("type") == "update":
        session.making.updated(before, edited.document, event.get("times", 1))
    session.move(session.history.push(edited.document, edits.gesture_of(event)))


def _undo(session: SheetSession) -> None:
    session.move(session.history.undo(), is_edit=False)


def _redo(session: SheetSession) -> None:
    session.move(session.history.redo(), is_edit=False)


def _reset(session: SheetSession) -> None:
    session.move(session.history.push(session.origin))


def _preset(session: SheetSession, key: str) -> None:
    if key not in PRESETS:
        raise DocumentError(f"there is no example {echo(key)}: choose one from the menu")
    session.open(PRESETS[key].document)


def _new_network(
    session: SheetSession,
    attempt: int,
    widths: str,
    activations: list[str],
    biases: bool,
    loss: str,
    start: str,
    seed: str,
    samples: str,
) -> None:
    try:
        recipe = Recipe(
            widths=widths,
            activations=tuple(activations),
            biases=biases,
            loss=loss,
            start=start,
            seed=seed,
            samples=samples,
        )
        document = recipe.document()
    except DocumentError as error:
        field, problem = str(error.path[0]), str(error.problem)
        session.made_network = {"attempt": attempt, "field": field, "problem": problem}
        return
    session.made_network = {"attempt": attempt, "field": "", "problem": ""}
    session.open(document)
    session.making.begin(recipe, document)


def _open(session: SheetSession, text: str) -> None:
    session.open(open_file(NETWORK, text))


def _upload_piece(
    session: SheetSession,
    name: str,
    size: int,
    at: int,
    bytes: str,  # the name in the message
) -> None:
    session.importing.receive(session.files, name, size, at, bytes)


def _open_files(session: SheetSession) -> None:
    """Open what has arrived: a document at once; a network of another tool, or pictures, once the page has shown it."""
    if pictures := session.importing.take_pictures():
        session.importing.read_pictures(pictures, session.document)
        return
    file = session.importing.begin()
    if format_of(file) is None:
        session.open(open_document(file))
    else:
        session.importing.read(file)


def _answer_import(session: SheetSession, key: str, choice: str) -> None:
    session.importing.answer(key, choice)


def _finish_import(session: SheetSession) -> None:
    network = session.importing.finish()
    session.open(network.document)
    session.said.tell(f"Opened from {network.tool}. Undo brings the network before back.")


def _cancel_import(session: SheetSession) -> None:
    session.importing.stop()


def _save(session: SheetSession, format: str = "network_json") -> None:  # the word of the message
    session.files.save(*save_file(NETWORK, _as_it_stands(session), format))


def _keep(session: SheetSession) -> None:
    """The document for the tab, which opens it after a reload: the address has no room for it."""
    session.files.keep(*save_file(NETWORK, _as_it_stands(session), "network_json"))


def _as_it_stands(session: SheetSession) -> Document:
    """The document with the reader's place and the steps that were taken."""
    trajectory = session.trajectory.saved if session.trajectory.fits(session.document) else ()
    return session.document.replace(view=parse_view(session.view)).model_copy(update={"walk": trajectory})


def _open_kept(session: SheetSession, since: list[dict[str, Any]], whole: bool) -> None:
    """Open what the tab kept, in the place of the network that the address does not hold: there is nothing to undo.

    `since` are the edits that the tab saw carried out after it kept it, `whole` says that there were no others.
    """
    session.open(open_document(session.importing.begin()))
    session.history = UndoHistory(session.document)
    for event in since[: DOCUMENT_LIMITS.undo]:
        # refused now as it was then
        with suppress(DocumentError):
            _edit(session, event)
    missing = "" if whole else " What was done in the last seconds before may be missing."
    session.said.tell(f"Your network is back as this tab kept it.{missing}")


def _bring_undo(session: SheetSession, at: str, past: list[str], future: list[str]) -> None:
    """What could be undone and redone before a reload or a restart, as links, where the tab stood at the link `at`.

    What the tab did since is kept. Nothing is done where this is not what the session began with.
    """
    if session.history.began_with(Document.from_link(at)):
        before = _documents(reversed(past))
        session.history = session.history.around(before[::-1], _documents(future))


def _documents(links: Iterable[str]) -> list[Document]:
    """Those of the first links, as far as they are no more than a session keeps of them."""
    found: list[Document] = []
    size = 0
    for link in islice(links, DOCUMENT_LIMITS.kept_undo):
        document = Document.from_link(link)
        size += document.spec.size
        if size > DOCUMENT_LIMITS.kept_parameters:
            break
        found.append(document)
    return found


def _nothing_kept(session: SheetSession) -> None:
    """The tab does not have it either: the address follows what is on screen."""
    session.lost = ""


def _download_piece(session: SheetSession, number: int, at: int) -> None:
    session.files.send_piece(number, at)


def _compare(session: SheetSession, key: str) -> None:
    variant, other = variant_of(key, session.variant_origin)
    session.compare(Comparison(other, variant.together))


def _comparison(session: SheetSession) -> Comparison:
    if session.comparison is None:
        raise DocumentError("there is no network beside this one")
    return session.comparison


def _swap(session: SheetSession) -> None:
    comparison = _comparison(session)
    own, other = session.document, comparison.document
    comparison.document = own
    session.trajectory, comparison.trajectory = comparison.trajectory, session.trajectory
    session.move(session.history.push(other))


def _adopt(session: SheetSession) -> None:
    comparison = _comparison(session)
    session.compare(None)
    session.trajectory = comparison.trajectory
    session.move(session.history.push(comparison.document))


def _together(session: SheetSession) -> None:
    comparison = _comparison(session)
    comparison.together = not comparison.together


def _stop_comparing(session: SheetSession) -> None:
    _comparison(session)
    session.compare(None)


def _rewind(session: SheetSession, to: Any) -> None:
    here = session.trajectory.here(session.document)
    document = edits.restore_step(session.document, session.trajectory, to).document
    if session.comparison:
        session.said.notice = session.comparison.rewind(None if here is None else to - here)
    session.move(session.history.push(document))


def _go(session: SheetSession, page: Literal["train", "check"]) -> None:
    session.go = page


def _tour(session: SheetSession) -> None:
    session.hand_over = HandOver(LESSONS, session.document, asks="tour")
    session.go = LESSONS


def _take_weights_back(session: SheetSession) -> None:
    session.hand_over = HandOver(TRAINING, session.document)
    session.go = TRAINING


def _train_network(session: SheetSession) -> None:
    session.hand_over = HandOver(TRAINING, session.document, begins=True)
    session.go = TRAINING


def _practise(session: SheetSession, part: Text = "") -> None:
    session.hand_over = HandOver(PRACTICE, session.document, parts=part)
    session.go = PRACTICE


def _explain(session: SheetSession, event: Event) -> None:
    session.question = Question.read(event)


def _ask_for_link(session: SheetSession) -> None:
    """Asked again, the page says again that there is none."""
    session.said_of_link = ""


def _accept(session: SheetSession) -> None:
    EVENTS.accept(session)


def _review(session: SheetSession) -> None:
    session.is_reviewing = True


def _bring_numbers(session: SheetSession, own: list[str], other: list[str]) -> None:
    session.bulk.wanted = frozenset(own)
    if session.comparison is not None:
        session.comparison.bulk.wanted = frozenset(other)


def _nothing(session: SheetSession) -> None:
    """Nothing else: the view comes with every request."""


def _sentence(_: SheetSession, event: Event, error: Exception) -> str:
    kinds = EVENTS.kinds
    if isinstance(error, UnknownEventError):
        examples = ", ".join([*kinds][:3])
        return f"Not changed: the edit has type {echo(event.get('type'))}, expected a kind of edit such as {examples}"
    if isinstance(error, ValidationError):
        key = str(event["type"])
        error = first_error(error, {"": tuple(kinds[key].arguments.model_fields)}, f"the event {key}")
    return f"Not changed: {error}"


EVENTS: Dispatcher[SheetSession] = Dispatcher(
    Registry(
        "event of the sheet",
        (
            *(EventKind(edit.key, edit.label, edit.function, perform=_edit) for edit in edits.EDITS.values()),
            EventKind("accept", "do what is offered", _accept),
            EventKind("undo", "undo", _undo),
            EventKind("redo", "redo", _redo),
            EventKind("reset", "back to the example as it came", _reset),
            EventKind("preset", "open an example", _preset),
            EventKind("new_network", "make a new network", _new_network),
            EventKind("open", "open a file", _open),
            EventKind("upload_piece", "open a file", _upload_piece),
            EventKind("open_files", "open a file", _open_files),
            EventKind("answer_import", "answer what a file leaves open", _answer_import),
            EventKind("finish_import", "open the network of another tool", _finish_import),
            EventKind("cancel_import", "open no file", _cancel_import),
            EventKind("open_kept", "open what this tab kept", _open_kept),
            EventKind("bring_undo", "bring what can be undone", _bring_undo, is_quiet=True),
            EventKind("nothing_kept", "go on without what is lost", _nothing_kept, is_quiet=True),
            EventKind("save", "save as a file", _save),
            EventKind("keep", "keep the network in this tab", _keep, is_quiet=True),
            EventKind("download_piece", "go on with the file", _download_piece, is_quiet=True),
            EventKind("ask_for_link", "ask why there is no link", _ask_for_link),
            EventKind("compare", "compare with another network", _compare),
            EventKind("swap", "exchange the two networks", _swap),
            EventKind("adopt", "go on with the other network", _adopt),
            EventKind("together", "edit both or one", _together),
            EventKind("stop_comparing", "stop comparing", _stop_comparing),
            EventKind("rewind", "go back to a step", _rewind),
            EventKind("go", "open another page", _go),
            EventKind("tour", "open the lesson around the sheet", _tour),
            EventKind("take_weights_back", "back with these weights", _take_weights_back),
            EventKind("practise", "practise this network, or a part of it", _practise),
            EventKind("train_network", "train this network", _train_network),
            EventKind("view", "move the view", _nothing, is_quiet=True),
            EventKind("explain", "ask for cards", _nothing, is_quiet=True, perform=_explain),
            EventKind("review", "ask what changed", _review, is_quiet=True),
            EventKind("bring_numbers", "bring the numbers of large blocks", _bring_numbers, is_quiet=True),
            *OF_ITSELF,
        ),
    ),
    (DocumentError, ValidationError, UnknownEventError),
    _sentence,
)
"""The events by their type."""
