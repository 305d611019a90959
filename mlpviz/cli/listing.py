"""`list KIND`: what the registries offer, for people or as JSON."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from typing import Any

from mlpviz.cli.files import Commands
from mlpviz.data import DATASETS
from mlpviz.data.features import FEATURES
from mlpviz.data.scaling import SCALERS
from mlpviz.engine import ACTIVATIONS, CLIPPINGS, INITIALIZERS, LOSSES, NORMS, OPTIMIZERS, PENALTIES, SCHEDULES
from mlpviz.engine.metrics import METRICS
from mlpviz.examples.networks import PRESETS
from mlpviz.examples.trainings import TRAININGS

KINDS: Mapping[str, Mapping[str, Any]] = {
    "activations": ACTIVATIONS,
    "losses": LOSSES,
    "optimizers": OPTIMIZERS,
    "schedules": SCHEDULES,
    "initializers": INITIALIZERS,
    "norms": NORMS,
    "penalties": PENALTIES,
    "clippings": CLIPPINGS,
    "metrics": METRICS,
    "datasets": DATASETS,
    "features": FEATURES,
    "scalers": SCALERS,
    "presets": PRESETS,
    "setups": TRAININGS,
}


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    purpose = "print what there is to choose from"
    command = commands.add_parser("list", help=purpose, description=purpose)
    command.add_argument("kind", choices=tuple(KINDS), metavar="KIND", help=", ".join(KINDS))
    command.add_argument("--json", action="store_true", help="as JSON, with every knob")
    command.set_defaults(run=list_entries)


def list_entries(options: argparse.Namespace) -> int:
    """Print one registry."""
    entries = [plain(entry) for entry in KINDS[options.kind].values()]
    if options.json:
        print(json.dumps(entries, ensure_ascii=False, indent=1))
        return 0
    key_width = max(len(entry["key"]) for entry in entries)
    label_width = max(len(entry["label"]) for entry in entries)
    for entry in entries:
        print(f"{entry['key'].ljust(key_width)}  {entry['label'].ljust(label_width)}  {entry['sentence']}".rstrip())
        for hyperparameter in entry["knobs"]:
            range_ = f"{hyperparameter['name']} = {json.dumps(hyperparameter['default'])}: {hyperparameter['allowed']}"
            print(f"{' ' * key_width}    {range_}. {hyperparameter['sentence']}".rstrip())
    return 0


def plain(entry: Any) -> dict[str, Any]:
    """One entry of any registry as JSON has it."""
    sentence = getattr(entry, "sentence", "") or getattr(entry, "description", "") or getattr(entry, "question", "")
    return {
        "key": entry.key,
        "label": entry.label,
        "sentence": sentence,
        "knobs": [
            {
                "name": hyperparameter.name,
                "label": hyperparameter.label,
                "default": hyperparameter.default,
                "allowed": hyperparameter.allowed,
            }
            | {"sentence": hyperparameter.sentence}
            for hyperparameter in getattr(entry, "hyperparameters", ())
        ],
    }
