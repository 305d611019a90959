"""`list KIND`: the entries of a registry, as text or as JSON."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from typing import Any

from mlpviz.cli.commands import Commands
from mlpviz.data import DATASETS
from mlpviz.data.features import FEATURES
from mlpviz.data.scaling import SCALERS
from mlpviz.engine import ACTIVATIONS, CLIPPINGS, INITIALIZERS, LOSSES, NORMS, OPTIMIZERS, PENALTIES, SCHEDULES
from mlpviz.engine.averages import AVERAGES
from mlpviz.engine.hyperparameters import Part
from mlpviz.engine.metrics import METRICS
from mlpviz.examples.networks import PRESETS
from mlpviz.examples.trainings import TRAININGS
from mlpviz.exchange import FORMATS
from mlpviz.exchange.imports import IMPORTS
from mlpviz.practice.mistakes import MISTAKES
from mlpviz.practice.topics import EVERY_TOPIC
from mlpviz.text.glossary import TERMS

KINDS: Mapping[str, Mapping[str, Any]] = {
    "activations": ACTIVATIONS,
    "losses": LOSSES,
    "optimizers": OPTIMIZERS,
    "schedules": SCHEDULES,
    "initializers": INITIALIZERS,
    "norms": NORMS,
    "penalties": PENALTIES,
    "clippings": CLIPPINGS,
    "averages": AVERAGES,
    "metrics": METRICS,
    "datasets": DATASETS,
    "features": FEATURES,
    "scalers": SCALERS,
    "presets": PRESETS,
    "setups": TRAININGS,
    "topics": EVERY_TOPIC,
    "mistakes": MISTAKES,
    "formats": FORMATS,
    "imports": IMPORTS,
    "words": TERMS,
}
"""The registries by the word that the command takes for them."""


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    purpose = "print what there is to choose from"
    command = commands.add_parser("list", help=purpose, description=purpose)
    command.add_argument("kind", choices=tuple(KINDS), metavar="KIND", help=", ".join(KINDS))
    command.add_argument("--json", action="store_true", help="as JSON, with every knob")
    command.set_defaults(run=list_entries)


def list_entries(options: argparse.Namespace) -> int:
    """Print the entries of one registry, each hyperparameter on a line of its own."""
    entries = [entry_json(entry) for entry in KINDS[options.kind].values()]
    if options.json:
        print(json.dumps(entries, ensure_ascii=False, indent=1))
        return 0
    key_width = max(len(entry["key"]) for entry in entries)
    label_width = max(len(entry["label"]) for entry in entries)
    for entry in entries:
        print(f"{entry['key'].ljust(key_width)}  {entry['label'].ljust(label_width)}  {entry['sentence']}".rstrip())
        for setting in entry["knobs"]:
            allowed = f"{setting['name']} = {json.dumps(setting['default'])}: {setting['allowed']}"
            print(f"{' ' * key_width}    {allowed}. {setting['sentence']}".rstrip())
    return 0


def entry_json(entry: Any) -> dict[str, Any]:
    """One entry of any registry: key, label, sentence, and its hyperparameters, which the JSON calls knobs."""
    sentence = getattr(entry, "sentence", "") or getattr(entry, "description", "") or getattr(entry, "question", "")
    return {
        "key": entry.key,
        "label": entry.label,
        "sentence": sentence,
        "knobs": [
            {name: _plain(getattr(each, name)) for name in ("name", "label", "default", "allowed", "sentence")}
            for each in getattr(entry, "hyperparameters", ())
        ],
    }


def _plain(value: Any) -> Any:
    """A default as JSON has it; an entry that is made of others names them."""
    return [str(part) for part in value] if isinstance(value, tuple) and value and isinstance(value[0], Part) else value
