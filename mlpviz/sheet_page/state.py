"""The state of the score sheet for the browser: the numbers of its documents with their texts, choices, cards, view.

A scene is what the sheet shows of one document; it is sent per edit.
"""

from __future__ import annotations

import math
from typing import Any, TypedDict

import numpy as np

from mlpviz.app.faults import attempt
from mlpviz.engine.parameters import Array
from mlpviz.examples.networks import PRESETS
from mlpviz.exchange import FileMenu, file_menu
from mlpviz.exchange.imports import import_suffixes
from mlpviz.exchange.pictures import SUFFIX as PICTURE
from mlpviz.exchange.subjects import NETWORK
from mlpviz.explain.comparison import deltas_of, differences_of
from mlpviz.explain.last_edit.card import last_edit_of
from mlpviz.explain.problems import problems_card
from mlpviz.network import DOCUMENT_LIMITS, Document, View, parse_view
from mlpviz.network.edits.variants import VARIANTS
from mlpviz.network.recipe import Recipe
from mlpviz.sheet.block_norms import block_norms
from mlpviz.sheet.blocks import Shape, shape_of
from mlpviz.sheet.captured_values import KeptSheets, SheetNumbers
from mlpviz.sheet.partial_sums import partial_sums
from mlpviz.sheet.values import values_on_screen
from mlpviz.sheet_page.bulk import MOST
from mlpviz.sheet_page.cards import answers_of
from mlpviz.sheet_page.importing import ImportMessage
from mlpviz.sheet_page.schedule_form import schedule_form
from mlpviz.sheet_page.session import MadeNetwork, SheetSession
from mlpviz.sheet_page.side_by_side import Comparison
from mlpviz.sheet_page.start import NEW_NETWORK, NewNetworkChoices, Story, story_of
from mlpviz.sheet_page.structure import Structure, structure_of
from mlpviz.text.numbers import DEFAULT, DEFAULT_STYLE, STYLES, NumberStyle
from mlpviz.text.sentences import Sentence, exact_number, sentence


class SheetState(TypedDict, total=False):
    """The state of the page apart from the numbers of the document (a scene).

    Choices are pairs of a key and a label; they come with `structure_data`, `files` and `new_network` when the browser
    has no such structure; `story` is that of the example on screen; `answers` and `review` come when they were asked
    for, `other` while a second network is compared. `imports` are the endings of other tools' files, `importing` is the
    network of one that waits to be opened, `arrived` how many bytes of a file have come. `lost` is the name of a
    network that the address does not hold: the tab may have kept it.
    """

    structure_data: dict[str, Any]
    answers: dict[str, Any]
    review: dict[str, Any]
    other: dict[str, Any]
    variants: list[list[str]]
    presets: list[list[str]]
    number_styles: list[list[str]]
    number_style: str
    target_is_probability: bool
    view: str
    view_number: int
    link_problem: str
    lost: str
    begun: int
    position: int
    can_undo: bool
    redos: int
    version: int
    walked: int
    steps_taken: int
    opened_from: str
    files: FileMenu
    imports: list[str]
    importing: ImportMessage | None
    arrived: int | None
    new_network: NewNetworkChoices
    made_network: MadeNetwork | None
    story: Story | None


_TOO_LARGE = f"This network is too large for a link (at most {DOCUMENT_LIMITS.link:,} characters)"
_NUMBERS = [[key, label] for key, (label, _) in STYLES.items()]
_VARIANTS = [[variant.key, variant.label] for variant in VARIANTS.values()]
CAPTURES = KeptSheets()
_MENU = [[preset.key, preset.label] for preset in PRESETS.values()]


def link_problem(link: str | None, recipe: Recipe | None) -> str:
    """What a link does not hold, as a sentence; empty if it holds the whole network."""
    if link:
        return ""
    if recipe is None:
        return f"{_TOO_LARGE}, and a reload does not bring it back: save it as a file."
    count = recipe.updates
    steps = f", and the {count} steps after it" if count > 1 else ", and the one step after it" if count else ""
    return (
        f"{_TOO_LARGE}. The link has the seed {recipe.seed} that makes it again{steps}; any other change goes into a "
        "file only."
    )


def state_of(session: SheetSession, link: str | None, recipe: Recipe | None) -> dict[str, Any]:
    """The numbers of the document and its `SheetState`, in one dictionary.

    `link` is the document for the URL, `recipe` how it is made, where it has no link.

    The session notes which structures the browser has now.
    """
    view = parse_view(session.view) or View()
    style = STYLES[view.numbers or DEFAULT_STYLE][1]
    structure, scene = scene_of(session.document, view.granularity == "product", style, bool(view.sizes))
    document = session.document
    # whoever sees a sheet for the first time sees what is given on it
    scene["bulk"] = session.bulk.message(scene["bulk"], _given(structure) if session.structure != structure.id else ())
    state: SheetState = {
        "number_style": DEFAULT_STYLE,
        "target_is_probability": document.spec.loss.target in ("probabilities", "classes"),
        "view": session.view,
        "view_number": session.view_number,
        "link_problem": "" if link or recipe else link_problem(link, recipe),
        "lost": session.lost,
        "begun": session.begun,
        "position": session.history.position,
        "can_undo": bool(session.history.past),
        "redos": len(session.history.future),
        "version": session.version,
        "walked": _steps_taken_here(session),
        "steps_taken": document.steps_taken,
        "opened_from": session.opened_from,
        "importing": session.importing.message(),
        "arrived": session.files.arrived,
        "made_network": session.made_network,
        "story": story_of(document),
    }
    if session.question is not None:
        state["answers"] = answers_of(document, session.question, style, session.trajectory)
    if session.is_reviewing:
        state["review"] = attempt("The review of this network", lambda: _review(session, style), _no_review)
    if session.comparison:
        state["other"] = _other(session, session.comparison, view, style)
    if session.structure != structure.id:
        session.structure = structure.id
        state["structure_data"], state["files"] = structure.data, file_menu(NETWORK)
        state["imports"] = [*import_suffixes(), PICTURE]
        state["new_network"] = NEW_NETWORK
        state["variants"], state["presets"], state["number_styles"] = _VARIANTS, _MENU, _NUMBERS
    return {**scene, **state}


def _given(structure: Structure) -> list[str]:
    return [key for key, block in structure.blocks.items() if block.quantity.phase == "given"]


def _steps_taken_here(session: SheetSession) -> int:
    steps = session.trajectory
    return len(steps.points) if steps.points and steps.fits(session.document) else 0


def _review(session: SheetSession, style: NumberStyle) -> dict[str, Any]:
    """`edit` is the card of the last edit, null without one; `wrong` are the problems of the document.

    `fault` instead of one of them says that it could not be made.
    """
    before = session.history.before
    return {
        "edit": None if before is None else last_edit_of(before, session.document, style),
        "wrong": problems_card(session.document),
        "fault": "",
    }


def _no_review(sentence: str) -> dict[str, Any]:
    return {"edit": None, "wrong": [], "fault": sentence}


def _other(session: SheetSession, comparison: Comparison, view: View, style: NumberStyle) -> dict[str, Any]:
    """The network beside the own one."""
    structure, scene = second_scene(
        session.document, comparison.document, view.granularity == "product", style, bool(view.sizes)
    )
    scene["together"] = comparison.together
    given = _given(structure) if comparison.structure != structure.id else ()
    scene["bulk"] = comparison.bulk.message(scene["bulk"], given)
    if comparison.structure != structure.id:
        comparison.structure = structure.id
        scene["structure_data"] = structure.data
    return scene


def scene_of(
    document: Document, partials: bool = True, style: NumberStyle = DEFAULT, norms: bool = False
) -> tuple[Structure, dict[str, Any]]:
    """The structure of the sheet, and the numbers for it.

    `v` holds all values row by row, block after block in the order of `blocks`; the browser writes them in `style`. The
    numbers of blocks with more than `MOST` are not in it but in `bulk`, as arrays by the name of the block.
    `partials` holds the partial sums as in a sentence; null if not asked for: they are half the work, and only stepping
    by single products shows them. `norms` has the size of each block as a sentence, null if not asked for.
    """
    penalty, shape = document.penalty_value, shape_of(document)
    structure = structure_of(document.spec, shape)
    with_partials = partials and structure.products
    found = None if with_partials or norms else CAPTURES.run(document, shape, [*structure.blocks])
    values: dict[str, Array] = {}
    if found is None:
        values = values_on_screen(document)
        order = [*structure.blocks, *(key for key in values if key not in structure.blocks)]
        flat = np.concatenate([values[key].ravel() for key in order])
        found = SheetNumbers(flat, {key: values[key].shape for key in order})
    listed, bulk = _listed_and_bulk(found)
    pins = [[pin.layer, pin.unit - 1, pin.sample - 1] for pin in document.pins]
    return structure, {
        "structure": structure.id,
        "hidden": [[key, *size] for key, size in found.sizes.items() if key not in structure.blocks],
        "v": listed,
        "bulk": bulk,
        "style": {**vars(style)},
        "partials": _partials(structure, shape, values, style) if with_partials else None,
        "norms": _norms(structure, values, style) if norms else None,
        "pins": pins,
        "name": document.name,
        "loss": document.loss.key,
        "targetIsClasses": shape.target_is_classes,
        "learningRate": document.learning_rate,
        "schedule": schedule_form(document, style),
        "rates": [layer.learning_rate for layer in document.layers],
        "penalty": None if penalty is None else sentence("+ R = {value}", value=exact_number(penalty, style)),
        "penalizeBiases": document.penalize_biases,
    }


def _listed_and_bulk(found: SheetNumbers) -> tuple[Array, dict[str, Array]]:
    """The numbers of all blocks but the large ones, and those of each large one."""
    counts = [math.prod(size) for size in found.sizes.values()]
    if max(counts) <= MOST:
        return found.flat, {}
    parts = dict(zip(found.sizes, np.split(found.flat, np.cumsum(counts)[:-1]), strict=True))
    bulk = {key: part for key, part in parts.items() if part.size > MOST}
    return np.concatenate([part for key, part in parts.items() if key not in bulk]), bulk


def second_scene(
    own: Document, other: Document, partials: bool, style: NumberStyle = DEFAULT, norms: bool = False
) -> tuple[Structure, dict[str, Any]]:
    """Structure and scene of the other document, as from `scene_of`, with what differs.

    `deltas` holds for each block in which a number differs the texts of other − own, row by row and "" where the two
    are equal, but not for those in `bulk`; `differences` are lines such as "loss: mean squared error | cross-entropy".
    """
    structure, scene = scene_of(other, partials, style, norms)
    listed = [key for key in structure.blocks if key not in scene["bulk"]]
    found = deltas_of(values_on_screen(own), values_on_screen(other), listed)
    deltas = {
        key: [exact_number(value, style, sign=True) if value else "" for value in delta.ravel().tolist()]
        for key, delta in found.items()
        if delta.any()
    }
    return structure, scene | {"deltas": deltas, "differences": differences_of(own, other)}


def _norms(structure: Structure, values: dict[str, Array], style: NumberStyle) -> dict[str, Sentence]:
    return {key: exact_number(norm, style) for key, norm in block_norms(structure.blocks, values).items()}


def _partials(
    structure: Structure, shape: Shape, values: dict[str, Array], style: NumberStyle
) -> dict[str, list[Sentence]]:
    sums = {
        key: partial_sums(rule, structure.blocks[key], shape, values).ravel().tolist()
        for key, rule in structure.rules.items()
        if rule.terms > 1
    }
    return {key: [exact_number(value, style) for value in numbers] for key, numbers in sums.items()}
