"""Error sentences with the labels of the training page in place of the field names of a file.

An error holds its place and the names that it mentions as data; the labels come from the form. Files and the command
line keep the field names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mlpviz.config import TrainingConfig
from mlpviz.engine import ACTIVATIONS, INITIALIZERS, LOSSES, NORMS, OPTIMIZERS, SCHEDULES
from mlpviz.schema.errors import DocumentError, Path, path_text
from mlpviz.text.sentences import Mention, Sentence
from mlpviz.train_page.data_form import CSV_LABELS

_VALUES = {"true": "on", "false": "off", "null": "empty"}
"""JSON's word, and what a control shows for it"""

_ENTRIES = {
    key: entry.label
    for registry in (LOSSES, ACTIVATIONS, INITIALIZERS, NORMS, OPTIMIZERS, SCHEDULES)
    for key, entry in registry.items()
    # of the others the key is a word like any other
    if "_" in key or registry is LOSSES
}

_SETTINGS: dict[Path, str] = {
    ("data", "missing", "drop"): f"or choose “leave them out” for “{CSV_LABELS['missing']}”",
    ("data", "texts", "leave_out"): f"choose “leave them out” for “{CSV_LABELS['texts']}”",
    ("data", "texts", "one_hot"): "or “0 and 1 for each text”",
    ("data", "task", "values"): f"“{CSV_LABELS['task']}”: numbers learns them as numbers",
}

_CSV: dict[Path, str] = {("data", name): label for name, label in CSV_LABELS.items()}

Labels = Mapping[Path, str]


def on_screen(error: Exception, tabs: Sequence[Mapping[str, Any]]) -> str:
    """The sentence of an error with the labels of the form (its tabs as `form_of` gives them) in place of fields."""
    labels = _labels(tabs)
    if isinstance(error, DocumentError) and error.path:
        problem = _worded(error.problem, labels).removeprefix("is ")
        reason = f" for the loss {_ENTRIES.get(error.loss, error.loss)}" if error.loss else ""
        label = labels.get(error.path) or _words_of(error.path)
        return f"{label[:1].upper()}{label[1:]}: {problem}{reason}"
    return _worded(error.args[0] if error.args else "", labels)


def _labels(tabs: Sequence[Mapping[str, Any]]) -> Labels:
    """The label of every field of the form by its path; the name of its group goes before."""
    found = dict(_CSV)
    for item, group in (pair for tab in tabs for pair in _items(tab["items"], "")):
        if "label" in item and item.get("path"):
            found[tuple(item["path"])] = f"{group}, {item['label']}" if group else str(item["label"])
    return found


def _items(items: Sequence[Mapping[str, Any]], group: str) -> Iterator[tuple[Mapping[str, Any], str]]:
    for item in items:
        yield item, group
        yield from _items(item.get("items", ()), str(item.get("text", group)))


def _worded(said: object, labels: Labels) -> str:
    """The sentence with the form's labels for the names that it mentions."""
    if not isinstance(said, Sentence):
        return str(said)
    return "".join(_word(part, labels) if isinstance(part, Mention) else str(Sentence((part,))) for part in said)


def _word(mention: Mention, labels: Labels) -> str:
    text, kind, path = mention
    match kind:
        case "field":
            # a field of one plain word keeps that word in the sentence
            plain = len(path) == 1 and "_" not in text
            return text if plain else labels.get(path) or _words_of(path)
        case "entry":
            return _ENTRIES.get(text) or text.replace("_", " ")
        case "value":
            return _VALUES[text]
        case "setting":
            return _SETTINGS[path]
    return text.replace("_", " ")


def _words_of(path: Path) -> str:
    """Words for a field that the form does not show now, such as a hyperparameter of an entry that is not chosen."""
    words: tuple[str, ...] = ()
    if path[0] == "layers" and len(path) > 1:
        words, path = (f"layer {int(path[1]) + 1}",), path[2:]
    place = path_text(path).replace("_", " ")
    own = not path or bool(words) or path[0] in TrainingConfig.model_fields
    return ", ".join((*words, *(place.split(".") if own else [place]))) if path else words[0]
