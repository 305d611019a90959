"""How an exercise lies on a page or on paper: its bands, one per layer, and the matrices in the order of computation.

What is given comes first; what comes after the last asked cell is no part of the exercise.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from mlpviz.engine.parameters import Array, LayerViews
from mlpviz.network import Document
from mlpviz.network.optimizer_state import RATE, configured_optimizer
from mlpviz.practice.asked import AskedCell
from mlpviz.practice.change import ChangedNumber
from mlpviz.practice.exercise import Exercise
from mlpviz.practice.goal import Goal
from mlpviz.practice.rules import WorkedSheet
from mlpviz.practice.wording import block_words
from mlpviz.practice.workings import Place, on_screen, slot_tensor, slot_word
from mlpviz.sheet.blocks import Block, blocks_of, shape_of
from mlpviz.sheet.in_words import extras_in_words, in_few_words, in_words
from mlpviz.sheet.quantities import QUANTITIES, Phase
from mlpviz.sheet.values import values_on_screen
from mlpviz.text.numbers import all_digits
from mlpviz.text.sentences import capitalised


@dataclass(frozen=True)
class LaidBlock:
    """One matrix: its numbers as on the sheet, and the names of the asked cells by row and column from 0.

    `is_given`: it is known from the start, and not computed. `band` is the place of its band. `seen` are the cells of a
    computed one that are known from the start too.
    """

    block: Block
    key: str
    symbol: str
    words: str
    band: int
    numbers: Array
    asked: dict[tuple[int, int], str]
    is_given: bool
    seen: frozenset[tuple[int, int]] = frozenset()

    @property
    def place(self) -> Place:
        """The block in the order of computation."""
        return Place(self.block.quantity.key, self.block.layer)

    @property
    def phase(self) -> str:
        """Given, or the phase in which it is computed."""
        return "given" if self.is_given else self.block.quantity.phase


def laid_out(exercise: Exercise) -> list[LaidBlock]:
    """The matrices of an exercise, given ones first."""
    if exercise.goal is not None:
        return _backwards(exercise, exercise.goal)
    if exercise.change is not None:
        return _with_a_change(exercise, exercise.change)
    asked = {cell.place for cell in exercise.cells.values()}
    order = exercise.sheet.order
    end = max(map(order.index, asked))
    # behind the last field there is nothing but what is given
    places = [*order[: end + 1], *(cell.place for cell in exercise.given_cells)]
    phases = phases_of(exercise.sheet, asked)
    return laid_blocks(exercise.sheet, places, exercise.cells, phases, exercise.given_cells)


def _backwards(exercise: Exercise, goal: Goal) -> list[LaidBlock]:
    """What is given with one empty field in it, and the block of the known number, which alone is seen."""
    document, at = exercise.solved_document, goal.at
    found = _given(document, with_targets=goal.tensor not in ("z", "a"), cells=exercise.cells)
    block = exercise.block(at.place)
    numbers = values_on_screen(document)[block.key]
    return [*found, _laid(document, block, numbers, seen=frozenset({(at.row, at.column)}))]


def _with_a_change(exercise: Exercise, change: ChangedNumber) -> list[LaidBlock]:
    """The given blocks alone, each number of them a field that is filled: one with what it was changed to."""
    places = list(dict.fromkeys(cell.place for cell in exercise.given_cells))
    phases = phases_of(exercise.sheet, places)
    laid = laid_blocks(exercise.sheet, places, exercise.fields, phases, exercise.given_cells)
    return [
        replace(one, numbers=_changed(one.numbers, change)) if one.place == change.cell.place else one for one in laid
    ]


def on_paper(exercise: Exercise, *, solved: bool) -> list[LaidBlock]:
    """As `laid_out`, but that a changed number is not typed over: its cell is a field of the key alone."""
    laid, change = laid_out(exercise), exercise.change
    if change is None:
        return laid
    at = {(change.cell.row, change.cell.column): str(change.cell)}
    return [
        replace(one, numbers=exercise.sheet.on_screen(one.place), asked=at)
        if solved and one.place == change.cell.place
        else replace(one, asked={})
        for one in laid
    ]


def shown_values(exercise: Exercise) -> dict[str, Array]:
    """Every number of the sheet by its block, as on the sheet: a changed one as it stands there."""
    values = dict(values_on_screen(exercise.document))
    if (change := exercise.change) is not None:
        key = exercise.block(change.cell.place).key
        values[key] = _changed(values[key], change)
    return values


def _changed(numbers: Array, change: ChangedNumber) -> Array:
    found = numbers.copy()
    found[change.cell.row, change.cell.column] = change.shown
    return found


def phases_of(sheet: WorkedSheet, places: Iterable[Place]) -> set[Phase]:
    """The phases of some blocks."""
    return {sheet.blocks[place].quantity.phase for place in places}


def laid_blocks(
    sheet: WorkedSheet,
    places: Collection[Place],
    cells: Mapping[str, AskedCell],
    phases: Container[Phase],
    seen: Collection[AskedCell] = (),
) -> list[LaidBlock]:
    """These blocks of a sheet in the order of computation, after what is given; `cells` are asked for.

    Targets are given where there are other `phases` than the forward one, and the memory of the optimizer for an
    update. `seen` are computed cells that are given from the start.
    """
    document = sheet.document
    found = _given(document, with_targets=any(phase in phases for phase in _WITH_TARGETS))
    if "update" in phases:
        found += _memory(sheet)
    elif document.training:
        # only the update reads them then
        found = [one for one in found if one.block.quantity.key not in ("running_mean", "running_var")]
    asked = names_of(cells)
    for place in sheet.order:
        if place in places:
            known = frozenset((cell.row, cell.column) for cell in seen if cell.place == place)
            found.append(_laid(document, sheet.blocks[place], sheet.on_screen(place), asked.get(place), known))
    return found


def _given(document: Document, *, with_targets: bool, cells: Mapping[str, AskedCell] | None = None) -> list[LaidBlock]:
    """What is given; `cells` are asked for in it."""
    values, asked = values_on_screen(document), names_of(cells or {})
    return [
        _laid(document, block, values[block.key], asked.get(Place(block.quantity.key, block.layer)))
        for block in blocks_of(document.spec, shape_of(document)).values()
        if block.quantity.phase == "given" and (with_targets or block.quantity.key != "target")
    ]


def names_of(cells: Mapping[str, AskedCell]) -> dict[Place, dict[tuple[int, int], str]]:
    """The names of asked cells, by their block, and their row and column."""
    found: dict[Place, dict[tuple[int, int], str]] = {}
    for name, cell in cells.items():
        found.setdefault(cell.place, {})[cell.row, cell.column] = name
    return found


_WITH_TARGETS: tuple[Phase, ...] = ("loss", "backward", "update")


def _laid(
    document: Document,
    block: Block,
    numbers: Array,
    asked: dict[tuple[int, int], str] | None = None,
    seen: frozenset[tuple[int, int]] = frozenset(),
) -> LaidBlock:
    quantity = block.quantity
    # what belongs to the loss has a band of its own, below that of its layer
    is_loss = quantity.phase == "loss" or quantity.key == "target"
    band = len(document.layers) + 1 if is_loss else block.layer
    words = capitalised(block_words(block))
    is_given = quantity.phase == "given"
    return LaidBlock(block, block.key, quantity.symbol, words, band, numbers, asked or {}, is_given, seen)


def memory_key(key: str) -> str:
    """The key of what the optimizer remembered before the step, from that of what it remembers after."""
    return key.replace("slot.", "slot.old.", 1)


def _memory(sheet: WorkedSheet) -> Iterator[LaidBlock]:
    """What the optimizer remembers before the step: given, like the weights."""
    document, blocks = sheet.document, sheet.blocks
    for slot in configured_optimizer(document.optimizer).slots_in_use:
        for name in LayerViews._fields:
            for number in range(1, len(document.layers) + 1):
                block = blocks.get(Place(slot_tensor(slot.name, name), number))
                if block is None:
                    continue
                numbers = getattr(document.spec.views(document.slots[slot.name])[number - 1], name)
                symbol = f"{slot_word(slot)} of {QUANTITIES[name].symbol}"
                words = capitalised(f"{symbol} of layer {number}, before the step")
                shown = on_screen(block, numbers)
                yield LaidBlock(block, memory_key(block.key), symbol, words, number, shown, {}, is_given=True)


def bands_of(document: Document) -> list[list[str]]:
    """Name and description of the input and of each layer, and of the loss."""
    shape = shape_of(document)
    bands = [["Input", ""]]
    for number, layer in enumerate(document.spec.layers, start=1):
        label = shape.labels[number - 1] if shape.labels else ""
        said = [in_words(layer.activation)[1], extras_in_words(layer, shape.update_of(number), label)]
        if layer.norm is not None:
            said.append(f"ε {all_digits(layer.norm.eps)}")
        bands.append([f"Layer {number}", " · ".join(filter(None, said))])
    return [*bands, ["Loss", in_few_words(document.spec.loss)]]


def facts_of(exercise: Exercise) -> list[str]:
    """What the numbers are computed with that no block shows: the optimizer, if its step is asked for."""
    places = {cell.place for cell in exercise.cells.values()}
    if all(exercise.block(place).quantity.phase != "update" for place in places):
        return []
    document = exercise.document
    optimizer = shape_of(document).optimizer
    if RATE in optimizer.settings:
        optimizer = optimizer.configure(**{RATE: document.rate})
    letters = [f"{slot.name} is the {slot.label}" for slot in optimizer.slots_in_use if slot_word(slot) != slot.label]
    said = f"Update: {in_few_words(optimizer)}, step t = {document.steps_taken + 1}."
    return [said, *([f"{', '.join(letters)}."] if letters else [])]
