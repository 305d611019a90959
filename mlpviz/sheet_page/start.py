"""What a person meets first: the story of the example on screen, and what a new network may be made of."""

from __future__ import annotations

from functools import cache
from typing import TypedDict

from mlpviz.engine import ACTIVATIONS, LOSSES
from mlpviz.examples.networks import PRESETS
from mlpviz.network import Document
from mlpviz.network.new_network import STARTS


class Story(TypedDict):
    """What an example shows, a question to try on it, and where it is from ("" if it is ours)."""

    description: str
    question: str
    source: str


class NewNetworkChoices(TypedDict):
    """Pairs of a key and a label; `fits` has the last activations that a loss takes, where it does not take all."""

    activations: list[list[str]]
    losses: list[list[str]]
    starts: list[list[str]]
    fits: dict[str, list[str]]


NEW_NETWORK: NewNetworkChoices = {
    "activations": [[entry.key, entry.label] for entry in ACTIVATIONS.values()],
    "losses": [[entry.key, entry.label] for entry in LOSSES.values()],
    "starts": [[key, label] for key, label in STARTS],
    "fits": {entry.key: list(entry.last_activations) for entry in LOSSES.values() if entry.last_activations},
}


def story_of(document: Document) -> Story | None:
    """The story of the example that a document is, also after its numbers were edited; None for another network."""
    found = _stories().get((document.name, document.widths))
    return None if found is None else {**found}


@cache
def _stories() -> dict[tuple[str, tuple[int, ...]], Story]:
    return {
        (preset.document.name, preset.document.widths): {
            "description": preset.description,
            "question": preset.question,
            "source": preset.source,
        }
        for preset in PRESETS.values()
    }
