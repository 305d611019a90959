"""The data tab of the training page's form: which samples, and how they are split, scaled and encoded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from mlpviz.config import TRAINING_LIMITS, PreparedTraining, TrainingConfig
from mlpviz.data import DATASETS, Table
from mlpviz.data.csv_columns import NO_READER, has_reader
from mlpviz.data.features import columns_of, offered_features
from mlpviz.data.scaling import SCALERS
from mlpviz.text.numbers import format_number
from mlpviz.train_page.form_items import FormItem, choice, field, flag, heading, note, titles
from mlpviz.train_page.formula_items import scaler_item

SPLITS: dict[str, tuple[float, float]] = {
    "60 / 20 / 20": (0.2, 0.25),
    "70 / 15 / 15": (0.15, 0.15 / 0.85),
    "80 / 10 / 10": (0.1, 0.1 / 0.9),
}
"""Test share of all and validation share of the rest, by the percentages of the three parts."""


class OfferedCsv(NamedTuple):
    """A file that could not be opened as it is: its CSV source as JSON, and its headings if they can be read."""

    source: Mapping[str, Any]
    headings: tuple[str, ...]


CSV_LABELS = {
    "target": "column to learn",
    "task": "learn it as",
    "features": "learn from",
    "texts": "columns of text",
    "missing": "rows with gaps",
}
"""The labels of the fields that say how a CSV file is read."""

MOST_TICKS = 40
"""Columns of a file that get a box to tick each."""

_LARGE, _SMALL, _UNEVEN = 10.0, 0.05, 20.0
"""Scaling is proposed where a feature is larger than `_LARGE`, spreads `_UNEVEN` times as much as another one, or where
none spreads more than `_SMALL`."""

OWN = (
    ("formula", "a typed formula"),
    ("drawn", "a curve drawn by hand"),
    ("points", "own points"),
    ("csv", "own CSV file"),
)
"""Sources that are no data set: their kind and label."""


def data_items(built: PreparedTraining, offered: OfferedCsv | None = None) -> list[FormItem]:
    """The items of the tab; `offered` is a file that was refused."""
    config, table = built.config, built.table
    return [
        *_source(config, table),
        _own_file(),
        *_refused(offered),
        heading("Training, validation, test"),
        *_split(config, table),
        note(_parts(built)),
        heading("Features and targets"),
        *_features(config, table),
        choice(("scaling",), "scaling", config.scaling.key, titles(SCALERS), config.scaling.entry.sentence),
        *scaler_item("scaling", config.scaling.entry),
        *_proposed_scaling(config, table),
        *(
            [
                choice(("target_scaling",), "scaling of y", config.target_scaling.key, titles(SCALERS)),
                *scaler_item("target_scaling", config.target_scaling.entry),
            ]
            if table.task == "values"
            else _one_hot(config, table)
        ),
        *[note(sentence) for sentence in built.notes],
    ]


def _own_file() -> FormItem:
    if not has_reader():
        return note(NO_READER)
    return {
        "kind": "file",
        "text": f"open a CSV file or workbook, up to {TRAINING_LIMITS.csv / 1e6:.0f} MB …",
        "accept": ".csv,.txt,.tsv,.xlsx,text/csv",
    }


def _source(config: TrainingConfig, table: Table) -> list[FormItem]:
    source = config.data
    value = source.set.key if source.kind == "set" else source.kind
    own = [each for each in OWN if each[0] != "csv" or has_reader()]
    items = [choice(("source",), "data", value, [*titles(DATASETS), *own])]
    path = ("data",)
    if source.kind == "set":
        items[0]["sentence"] = source.set.entry.sentence
        settings = source.set.entry.settings
        items += [
            field(("data", "set", each.name), each.label, settings[each.name], "number", each.sentence,
                  step=0.05 if each.kind == "float" else 50, low=each.low, high=each.high)
            for each in source.set.entry.hyperparameters
        ]  # fmt: skip
        if source.set.entry.hyperparameters:
            items.append(field((*path, "seed"), "seed", source.seed, "number", "Draws other samples.", step=1, low=0))
        made = source.set.entry.source
        items.append(note(f"{source.set.entry.sentence} {made[0].upper()}{made[1:]}."))
    elif source.kind in ("formula", "drawn"):
        if source.kind == "formula":
            items.append(field((*path, "text"), "y =", source.text, "text", "A function of x, such as sin(3*x) + x/2."))
            items += [
                field((*path, end), f"x {word}", getattr(source, end), "number")
                for end, word in (("low", "from"), ("high", "to"))
            ]
        items += [
            field((*path, "samples"), "samples", source.samples, "number", step=50, low=10),
            field((*path, "noise"), "noise", source.noise, "number", step=0.05, low=0),
            field((*path, "seed"), "seed", source.seed, "number", step=1, low=0),
        ]
        if source.kind == "drawn":
            items.append(note("Draw another curve in the picture at any time: “pointer: draws a curve”."))
    elif source.kind == "points":
        items.append(note(f"{table.samples:,} points. What the pointer does in the picture is chosen above it."))
    elif source.kind == "csv":
        items += _columns(("data",), source.model_dump(), table.headings)
        items.append(note(f"{table.samples:,} samples by {table.x.shape[1]:,} features"))
    return items


def _refused(offered: OfferedCsv | None) -> list[FormItem]:
    """Other ways to read a file that was refused."""
    if offered is None:
        return []
    source, headings = offered
    fields = _columns(("upload",), source, headings)
    return [{"kind": "group", "text": f"{source['file']} could not be opened", "path": ["upload"], "items": fields}]


def columns_to_learn_from(source: Mapping[str, Any], headings: Sequence[str]) -> tuple[str, ...]:
    """The columns that a CSV source learns from: those that it names, or all but the target."""
    target = source.get("target") or (headings[-1] if headings else "")
    return tuple(source.get("features") or (name for name in headings if name != target))


def _columns(path: tuple[str, ...], source: Mapping[str, Any], names: Sequence[str]) -> list[FormItem]:
    """Which column is learned, and from which others: a box for each one, or their names where they are many."""
    options = [(None, "the last one"), *((name, name) for name in dict.fromkeys(names))]
    kinds = [(None, "what it looks like"), ("classes", "classes"), ("values", "numbers")]
    gaps = [("refuse", "refuse the file"), ("drop", "leave them out")]
    texts = [("refuse", "refuse the file"), ("leave_out", "leave them out"), ("one_hot", "0 and 1 for each text")]
    chosen, target = columns_to_learn_from(source, names), source.get("target") or (names[-1] if names else "")
    ticks = [flag((*path, "features", name), name, name in chosen) for name in names if name != target]
    return [
        choice((*path, "target"), CSV_LABELS["target"], source.get("target"), options, as_given=True),
        choice((*path, "task"), CSV_LABELS["task"], source.get("task"), kinds),
        *(
            [note(f"{CSV_LABELS['features']}:"), {"kind": "ticks", "items": ticks, "path": [*path, "ticks"]}]
            if 0 < len(ticks) <= MOST_TICKS
            else [
                field(
                    (*path, "features"), CSV_LABELS["features"], ", ".join(source.get("features") or ()), "text",
                    "Names of columns with commas between.", placeholder="all other columns",
                )
            ]
        ),
        choice(
            (*path, "texts"), CSV_LABELS["texts"], source.get("texts") or "refuse", texts,
            "What becomes of columns to learn from that have a cell which is no number.",
        ),
        choice((*path, "missing"), CSV_LABELS["missing"], source.get("missing") or "refuse", gaps),
    ]  # fmt: skip


def _split(config: TrainingConfig, table: Table) -> list[FormItem]:
    split = config.split
    shares = (split.test, split.validation)
    named = next((name for name, found in SPLITS.items() if np.allclose(found, shares, atol=0.002)), "own")
    items = [
        choice(("split", "preset"), "split", named, [*((name, name) for name in SPLITS), ("own", "own shares")]),
        field(("split", "test"), "test share", round(split.test, 4), "number", "Of all samples.",
              step=0.05, low=0, high=0.9),
        field(("split", "validation"), "validation share", round(split.validation, 4), "number",
              "Of what is left after the test set.", step=0.05, low=0, high=0.9),
    ]  # fmt: skip
    if table.own_test:
        items.append(
            flag(
                ("split", "own_test"),
                "the test set that comes with the data",
                split.own_test,
                "Else the test set is drawn from all samples.",
            )
        )
    if table.task == "classes":
        items.append(
            flag(("split", "stratified"), "stratified", split.stratified, "Each part keeps the shares of the classes.")
        )
    items += [
        choice(("split", "folds"), "k-fold", split.folds, [(None, "no"), *((k, f"{k} folds") for k in (3, 5, 10))],
               "One training per fold, side by side."),
        flag(("split", "redraw"), "new validation set each epoch", split.redraw,
             "Draws other samples to validate with in every epoch."),
        field(("split", "seed"), "seed of the split", split.seed, "number",
              "The same seed parts the samples in the same way.", step=1, low=0),
    ]  # fmt: skip
    return items


def _features(config: TrainingConfig, table: Table) -> list[FormItem]:
    """The inputs of the network: a box to tick for each offered feature of few columns, and all as typed formulas."""
    if table.image_shape is not None:
        return []
    columns = table.x.shape[1]
    names = columns_of(columns)
    chosen = config.features or names
    flags = [
        flag(("features", each.key), each.label, each.key in chosen, each.sentence)
        for each in offered_features(columns)
    ]
    variables = ", ".join(names) if columns <= 2 else f"{names[0]} to {names[-1]}, the columns in their order"
    typed = field(
        ("features", "typed"), "as formulas", "" if config.features is None else ", ".join(config.features), "text",
        f"What the network reads of a sample: formulas of {variables}, with commas between.",
        placeholder=", ".join(names) if columns <= 3 else "all as they are",
    )  # fmt: skip
    return [*([{"kind": "ticks", "items": flags, "path": ["features"]}] if flags else []), typed]


def _proposed_scaling(config: TrainingConfig, table: Table) -> list[FormItem]:
    """A sentence and a button where the size of a column asks for scaling."""
    found = []
    if config.scaling.key == "none" and table.image_shape is None:
        sizes, spreads = np.abs(table.x).max(axis=0), np.ptp(table.x.astype(float), axis=0)
        at, some = int(sizes.argmax()), spreads[spreads > 0]
        name = table.feature_names[at]
        if sizes[at] > _LARGE:
            problem = f"“{name}” goes up to {format_number(float(sizes[at]))} in size"
            found.append(
                (f"{problem}: such features make learning slow or let it fail.", "scaling", "scale the features")
            )
        elif some.size and some.max() > _UNEVEN * some.min():
            wide, narrow = (table.feature_names[int(np.flatnonzero(spreads == v)[0])] for v in (some.max(), some.min()))
            problem = f"“{wide}” spreads {format_number(float(some.max() / some.min()))} times as far as “{narrow}”"
            found.append((f"{problem}: no learning rate fits both.", "scaling", "scale the features"))
        elif some.size and some.max() < _SMALL:
            problem = f"No feature spreads more than {format_number(float(some.max()))}"
            found.append((f"{problem}: all samples look alike to fresh weights.", "scaling", "scale the features"))
    if config.target_scaling.key == "none" and table.task == "values" and np.abs(table.target).max() > _LARGE:
        problem = f"The target goes up to {format_number(float(np.abs(table.target).max()))} in size"
        found.append((f"{problem}: the first losses and gradients are huge.", "target_scaling", "scale the target"))
    return [
        item
        for said, field_of, label in found
        for item in (
            note(said),
            {"kind": "actions", "actions": [
                {"label": label, "event": {"type": "set", "path": [field_of], "value": "standard"}}
            ]},
        )
    ]  # fmt: skip


def _parts(built: PreparedTraining) -> str:
    split = built.folds[0].split
    counts = f"{len(split.train):,} samples for training, {len(split.validation):,} for validation"
    return f"{counts}, {len(split.test):,} for the test."


def _one_hot(config: TrainingConfig, table: Table) -> list[FormItem]:
    classes = table.outputs
    example = table.class_names[-1]
    shown = " ".join("0" * (classes - 1)) + " 1" if config.one_hot else str(classes - 1)
    return [
        flag(("one_hot",), "one-hot targets", config.one_hot, "One output per class, instead of the class number."),
        note(f"“{example}” becomes {shown}" if classes <= 12 else f"{classes} classes"),
    ]
