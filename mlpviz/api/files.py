"""`read`: the network in any file that the app can open."""

from __future__ import annotations

from collections.abc import Mapping
from os import PathLike, fspath

from mlpviz.api.disk import open_import
from mlpviz.api.network import Network
from mlpviz.exchange.imports import ImportedNetwork
from mlpviz.network import DocumentError


def read(path: str | PathLike[str], answers: Mapping[str, str] | None = None) -> Network:
    """The network in a document or in a file of another tool.

    `answers` are choices for what such a file leaves open, by the keys that the notes of the network name:
    `{"activation after 0": "tanh"}`. Raises DocumentError: one sentence on what cannot be read or held.
    """
    if not isinstance(path, str | PathLike):
        raise DocumentError(f"expected the name of a file, found a {type(path).__name__}")
    if not isinstance(answers, Mapping | None):
        raise DocumentError(f"answers is a {type(answers).__name__}, expected a choice by each key")
    found = open_import(fspath(path), answers or {})
    return of_import(found) if isinstance(found, ImportedNetwork) else Network(found)


def of_import(network: ImportedNetwork) -> Network:
    """The network with everything that was said about it as notes."""
    guessed = (
        f"guessed {guess.key}={guess.chosen}: {guess.question} "
        f"Others: {', '.join(choice for choice in guess.choices if choice != guess.chosen)}"
        for guess in network.guesses
    )
    left_out = (f"not held: {sentence}" for sentence in network.left_out)
    return Network(network.document, (*network.understood, *guessed, *left_out))
