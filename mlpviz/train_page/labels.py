"""Error sentences with the labels of the training page in place of the field names of a file.

The labels come from the form. Files and the command line keep the field names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mlpviz.config import TrainingConfig
from mlpviz.engine import ACTIVATIONS, INITIALIZERS, LOSSES, NORMS, OPTIMIZERS, SCHEDULES
from mlpviz.schema.errors import DocumentError, path_text
from mlpviz.train_page.data_form import CSV_LABELS

_HANDED = {"true": "on", "false": "off", "null": "empty"}
"""JSON's word, and what a control shows for it"""

_ENTRIES = {
    key: entry.label
    for registry in (LOSSES, ACTIVATIONS, INITIALIZERS, NORMS, OPTIMIZERS, SCHEDULES)
    for key, entry in registry.items()
    # other keys are plain words, which a sentence may use for something else
    if "_" in key or registry is LOSSES
}

_LAYER = re.compile(r"\blayers\[(\d+)\](?:\.([a-z_]+))?")
_FIELD = re.compile(rf"(?<![\w.'“])(?:{'|'.join(TrainingConfig.model_fields)})(?:\.[a-z_]+)+(?![\w'])")
_WORDS = re.compile(r"(?<![\w.'“])[a-z]+(?:_[a-z]+)+(?![\w.'”])")


def on_screen(error: Exception, tabs: Sequence[Mapping[str, Any]]) -> str:
    """The sentence of an error with the labels of the form (its tabs as `form_of` gives them) in place of fields."""
    text = str(error)
    labels = _labels(tabs)
    if isinstance(error, DocumentError) and error.path:
        place, problem = path_text(error.path), error.problem
        reason = f" for the loss {_entry(error.loss)}" if error.loss else ""
        label = labels.get(place) or _named(place, labels)
        problem = re.sub(r"\b(true|false|null)\b", lambda found: _HANDED[found[1]], problem)
        return _first_large(f"{label}: {_named(problem.removeprefix('is '), labels)}{reason}")
    if text.startswith("data: "):
        for field, label in CSV_LABELS.items():
            text = re.sub(rf"(?<=data: ){field}: ", f"{label}: ", text)
        text = text.replace(
            "rows with gaps can be left out: missing = drop",
            f"or choose “leave them out” for “{CSV_LABELS['missing']}”",
        )
        return text.replace("task: values learns numbers", f"“{CSV_LABELS['task']}”: numbers learns them as numbers")
    return _named(text, labels)


def _labels(tabs: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """The label of every field of the form by its place as messages write it; the name of its group goes before."""
    found = {}
    for item, group in (pair for tab in tabs for pair in _items(tab["items"], "")):
        if "label" in item and item.get("path"):
            path = tuple(item["path"])
            found[path_text(path)] = f"{group}, {item['label']}" if group else str(item["label"])
    return found


def _items(items: Sequence[Mapping[str, Any]], group: str) -> Iterator[tuple[Mapping[str, Any], str]]:
    for item in items:
        yield item, group
        yield from _items(item.get("items", ()), str(item.get("text", group)))


def _named(text: str, labels: Mapping[str, str]) -> str:
    """The text with labels in place of field names, and of the keys of registry entries."""
    telling = [place for place in labels if re.search(r"[._\[]", place)]
    if telling:
        places = "|".join(map(re.escape, sorted(telling, key=len, reverse=True)))
        text = re.sub(rf"(?<![\w.'“\[])(?:{places})(?![\w.\['])", lambda found: labels[found[0]], text)
    # fields that the form does not show now, such as hyperparameters of entries that are not chosen
    text = _LAYER.sub(lambda found: f"layer {int(found[1]) + 1}" + (f", {_plain(found[2])}" if found[2] else ""), text)
    text = _FIELD.sub(lambda found: _plain(found[0]), text)
    text = re.sub(rf"(?<![\w'“])(?:{'|'.join(_ENTRIES)})(?![\w'”])", lambda found: _entry(found[0]), text)
    return _WORDS.sub(lambda found: _plain(found[0]), text)


def _plain(field: str) -> str:
    return ", ".join(word.replace("_", " ") for word in field.split("."))


def _entry(key: str) -> str:
    return _ENTRIES.get(key, key)


def _first_large(text: str) -> str:
    return text[:1].upper() + text[1:]
