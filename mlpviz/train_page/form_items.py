"""The items that a form is made of: plain dictionaries, one function per kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from mlpviz.engine.hyperparameters import Hyperparameter

FormItem = dict[str, Any]
"""One item of a form, JSON-able."""

Options = Iterable[tuple[Any, str]]
"""What can be chosen: the value to be set, and its label."""


def heading(text: str) -> FormItem:
    """A line above the items that belong together."""
    return {"kind": "heading", "text": text}


def note(text: str) -> FormItem:
    """A sentence."""
    return {"kind": "note", "text": text}


def flag(path: Sequence[Any], label: str, value: bool, sentence: str = "") -> FormItem:
    """A box to tick."""
    return {"kind": "flag", "path": list(path), "label": label, "value": bool(value), "sentence": sentence}


def choice(
    path: Sequence[Any], label: str, value: Any, options: Options, sentence: str = "", *, as_given: bool = False
) -> FormItem:
    """A menu; `as_given`: of names that a file has, which stay as they are."""
    return {
        "kind": "choice", "path": list(path), "label": label, "value": value, "sentence": sentence,
        "options": [list(option) for option in options], "as_given": as_given,
    }  # fmt: skip


def field(path: Sequence[Any], label: str, value: Any, kind: str, sentence: str = "", **more: Any) -> FormItem:
    """A number, a text or numbers to be typed; `step` adds buttons that change a number within `low` and `high`."""
    return {"kind": kind, "path": list(path), "label": label, "value": value, "sentence": sentence, **more}


def titles(registry: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Key and label of every entry."""
    return [(key, entry.label) for key, entry in registry.items()]


def hyperparameter_field(path: tuple[Any, ...], hyperparameter: Hyperparameter, value: Any) -> FormItem:
    """A field for one hyperparameter, by its kind."""
    sentence = f"{hyperparameter.sentence} {hyperparameter.allowed}.".strip()
    if hyperparameter.kind == "bool":
        return flag(path, hyperparameter.label, value, sentence)
    if hyperparameter.kind == "choice":
        return choice(path, hyperparameter.label, value, [(key, key) for key in hyperparameter.choices], sentence)
    if hyperparameter.kind in ("floats", "ints"):
        return field(path, hyperparameter.label, list(value), "numbers", sentence)
    return field(path, hyperparameter.label, value, "number", sentence)
