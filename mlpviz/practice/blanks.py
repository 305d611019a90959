"""Which cells of a sheet are left blank, by words such as forward, backward.2, z.3 or update."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mlpviz.engine.registry import Registry
from mlpviz.network import Document
from mlpviz.practice.workings import Place, worked_blocks
from mlpviz.schema.errors import DocumentError, echo
from mlpviz.schema.spelling import likely, question
from mlpviz.sheet.blocks import Block


@dataclass(frozen=True)
class BlankChoice:
    """A part of the sheet that can be asked for as a whole; `picks` says which blocks it has."""

    key: str
    label: str
    sentence: str
    picks: Callable[[Block], bool]


BLANKS: Registry[BlankChoice] = Registry(
    "part of the sheet",
    (
        BlankChoice("sheet", "the whole sheet", "Every number of both passes and of the update.", lambda block: True),
        BlankChoice(
            "forward", "the forward pass", "From z of the first layer to the outputs.",
            lambda block: block.quantity.phase == "forward",
        ),
        BlankChoice(
            "loss", "the loss", "The probabilities if the loss makes any, the terms, and L.",
            lambda block: block.quantity.phase == "loss",
        ),
        BlankChoice(
            "backward", "the backward pass", "From ∂L/∂a of the last layer to ∂L/∂x.",
            lambda block: block.quantity.phase == "backward",
        ),
        BlankChoice(
            "update", "the update", "What the optimizer remembers, and every new number.",
            lambda block: block.quantity.phase == "update",
        ),
        BlankChoice(
            "slots", "what the optimizer remembers", "Such as the velocity of momentum, or m and v of Adam.",
            lambda block: block.quantity.key.startswith("slot."),
        ),
    ),
)  # fmt: skip
"""Parts of a sheet by their keys; a tensor such as z or grad_weight is a part too, and .2 behind a part its layer 2."""


def blanks(document: Document, words: Sequence[str]) -> list[dict[str, Any]]:
    """The `asked` of an exercise that has these parts of the sheet blank.

    Raises DocumentError for a word that is no part of this sheet.
    """
    return whole_blocks(places_asked(worked_blocks(document), words))


def places_asked(blocks: Mapping[Place, Block], words: Sequence[str]) -> list[Place]:
    """The blocks in these parts of a sheet, in its order. Raises DocumentError for a word that is no part of it."""
    found: dict[Place, None] = {}
    for word in words:
        found |= dict.fromkeys(_picked(word.strip(), blocks))
    return [place for place in blocks if place in found]


def whole_blocks(places: Iterable[Place]) -> list[dict[str, Any]]:
    """The `asked` of an exercise that has all of these blocks blank."""
    return [{"tensor": place.tensor, "layer": place.layer} for place in places]


def _picked(word: str, blocks: Mapping[Place, Block]) -> list[Place]:
    name, _, number = word.rpartition(".") if word.rpartition(".")[2].isdigit() else (word, "", "")
    tensors = dict.fromkeys(place.tensor for place in blocks)
    if name not in BLANKS and name not in tensors:
        words = (*BLANKS, *tensors)
        meant = str(question(likely(name, words), "name")) or f", expected one of {', '.join(words)}"
        raise DocumentError(f"the sheet has no part {echo(name)}{meant}")
    picks = BLANKS[name].picks if name in BLANKS else lambda block: block.quantity.key == name
    found = [place for place, block in blocks.items() if picks(block) and (not number or place.layer == int(number))]
    if not found:
        raise DocumentError(f"{name} has no numbers {f'in layer {number}' if number else 'on this sheet'}")
    return found
