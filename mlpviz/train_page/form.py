"""The form of the training page as data: four tabs of items, made from a config, its table and the registries.

An item is a dictionary with a `kind`: heading, note, group, actions, plot, file, or a field. A field has the `path`
that `with_value` takes, its label, its value and what is allowed.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from mlpviz.config import TrainingConfig
from mlpviz.config.differences import differences_text
from mlpviz.config.sweeps import SWEEPS
from mlpviz.data import Table
from mlpviz.engine import ACTIVATIONS, CLIPPINGS, INITIALIZERS, LOSSES, METRICS, NORMS, OPTIMIZERS, PENALTIES
from mlpviz.engine.averages import AVERAGES
from mlpviz.engine.losses.weighing import SAMPLE_WEIGHTS
from mlpviz.engine.optimizers import has_shared_rate, has_weight_decay
from mlpviz.runs import Run
from mlpviz.schema.errors import DocumentError
from mlpviz.schema.registry_choice import RegistryChoice
from mlpviz.train_page.data_form import OfferedCsv, data_items
from mlpviz.train_page.form_items import FormItem, choice, field, flag, heading, hyperparameter_field, note, titles
from mlpviz.train_page.formula_items import average_item, initializer_item, metric_items
from mlpviz.train_page.schedule_items import schedule_items

_SKIPPED = {"maximize", "weight"}
"""Hyperparameters that the form leaves out: maximising the loss, and a weight per class."""


def form_of(run: Run, comparison: str, offered: OfferedCsv | None = None, values: str = "") -> list[dict[str, Any]]:
    """The tabs, in order: data, network, training, compare.

    `comparison` is the choice of the compare tab, `values` what was typed for it (empty: what is proposed).
    `offered` is a CSV file that was refused, so that another way to read it can be chosen.
    """
    built = run.members[run.focus].built
    config, table = run.state(run.focus).config, built.table
    return [
        {"key": "data", "title": "Data", "items": data_items(built, offered)},
        {"key": "network", "title": "Network", "items": _network(config, built.spec.learned_size, table)},
        {"key": "training", "title": "Training", "items": _training(config, run)},
        {"key": "compare", "title": "Compare", "items": _compare(comparison, values, run)},
    ]


def hyperparameter_fields(
    path: tuple[Any, ...], chosen: RegistryChoice[Any] | None, skipped: Iterable[str] = ()
) -> list[FormItem]:
    """A field for each hyperparameter of a chosen entry of a registry."""
    if chosen is None:
        return []
    settings = dict(getattr(chosen.entry, "settings", ()))
    return [
        hyperparameter_field((*path, each.name), each, settings[each.name])
        for each in getattr(chosen.entry, "hyperparameters", ())
        if each.name not in _SKIPPED and each.name not in skipped
    ]


def _network(config: TrainingConfig, parameters: int, table: Table) -> list[FormItem]:
    inputs = table.x.shape[1] if config.features is None else len(config.features)
    widths = [inputs, *(layer.units or table.outputs for layer in config.layers)]
    items = [note(f"{parameters:,} parameters · {' → '.join(map(str, widths))}")]
    last = len(config.layers) - 1
    for index, layer in enumerate(config.layers):
        path = ("layers", index)
        fields = [
            choice((*path, "activation"), "activation", layer.activation.key, titles(ACTIVATIONS)),
            *hyperparameter_fields((*path, "activation"), layer.activation),
            flag((*path, "bias"), "bias", layer.bias),
            choice((*path, "norm"), "norm", layer.norm.key if layer.norm else None, [(None, "none"), *titles(NORMS)]),
        ]
        if index < last:
            fields.insert(0, field((*path, "units"), "units", layer.units, "number", step=1, low=1))
            fields.append(
                field((*path, "dropout"), "dropout", layer.dropout, "number", "The chance of each activation to be 0.",
                      step=0.1, low=0, high=1)
            )  # fmt: skip
        fields.append(
            field((*path, "skip"), "skip around", layer.skip, "number",
                  "Adds the input of so many layers before to the output: a residual connection. 0 for none.",
                  step=1, low=0, high=index + 1)
        )  # fmt: skip
        fields += _tie_fields(config, index, widths)
        actions = []
        if index < last:
            actions.append({"label": "remove", "title": f"remove layer {index + 1}",
                            "event": {"type": "remove_layer", "index": index}})  # fmt: skip
        title = f"layer {index + 1}" if index < last else "output layer"
        items.append({"kind": "group", "text": title, "items": fields, "actions": actions, "path": ["group", index]})
    items.append({"kind": "actions", "actions": [{"label": "+ add a layer", "event": {"type": "add_layer"}}]})
    items.append(heading("First weights"))
    if config.start is not None:
        items.append(note("The first weights are given: those of the score sheet. Seed and initializer draw none."))
        items.append({"kind": "actions", "actions": [
            {"label": "draw weights instead", "event": {"type": "set", "path": ["start"], "value": None}}
        ]})  # fmt: skip
    items.append(choice(("initializer",), "initializer", config.initializer.key, titles(INITIALIZERS)))
    items.append(initializer_item(config.initializer.entry))
    items += hyperparameter_fields(("initializer",), config.initializer)
    items.append(
        field(
            ("seed",),
            "seed",
            config.seed,
            "number",
            "Draws the weights, the order of the samples and dropout.",
            step=1,
            low=0,
        )
    )
    return items


_ONE_BIAS = "All units of the layer add one and the same number, which is learned once."


def _tie_fields(config: TrainingConfig, index: int, widths: list[int]) -> list[FormItem]:
    """Whose weight a layer has, and whether its units have one bias."""
    layer, path = config.layers[index], ("layers", index)
    shape = (widths[index + 1], widths[index])
    fitting = [
        (number, f"that of layer {number}")
        for number in range(1, index + 1)
        if shape in ((widths[number], widths[number - 1]), (widths[number - 1], widths[number]))
    ]
    found = []
    if fitting or layer.tied_to is not None:
        said = "A tied weight is one number with that of another layer, and learned once."
        found.append(choice((*path, "tied_to"), "weight", layer.tied_to, [(None, "its own"), *fitting], said))
    if layer.tied_to is not None and shape[0] == shape[1]:
        found.append(flag((*path, "transposed"), "transposed", layer.transposed))
    if layer.bias and shape[0] > 1:
        found.append(flag((*path, "one_bias"), "one bias for all units", layer.one_bias, _ONE_BIAS))
    return found


def _update_groups(config: TrainingConfig) -> list[FormItem]:
    """What the update does with each layer: frozen tensors, its own rate and weight decay."""
    optimizer = config.optimizer.entry
    groups: list[FormItem] = []
    for index, layer in enumerate(config.layers):
        path = ("layers", index)
        has = list(layer.parameters)
        fields = [
            choice((*path, "frozen"), "frozen", list(layer.frozen), _frozen_choices(has, list(layer.frozen)),
                   "No update changes what is frozen.")
        ]  # fmt: skip
        if not has_shared_rate(optimizer):
            said = "The learning rate of this layer, before the schedule. Empty: that of the optimizer."
            fields.append(field((*path, "learning_rate"), "own learning rate", layer.learning_rate, "number", said))
        if has_weight_decay(optimizer):
            said = "The weight decay of this layer. Empty: that of the optimizer."
            fields.append(field((*path, "weight_decay"), "own weight decay", layer.weight_decay, "number", said))
        title = f"update of layer {index + 1}" if index < len(config.layers) - 1 else "update of the output layer"
        groups.append({"kind": "group", "text": title, "items": fields, "path": ["update", index]})
    return [heading("Layer by layer"), *groups]


def _frozen_choices(has: list[str], now: list[str]) -> list[tuple[list[str], str]]:
    """What can be frozen of a layer with these tensors; what is frozen now is always among it."""
    found: list[tuple[list[str], str]] = [([], "nothing"), (has, "all of it")]
    found += [([name], FROZEN_NAMES[name]) for name in has if len(has) > 1]
    if now not in (names for names, _ in found):
        found.append((now, " and ".join(FROZEN_NAMES[name] for name in now)))
    return found


FROZEN_NAMES = {"weight": "W", "bias": "b", "gamma": "γ", "beta": "β", "alpha": "α"}


def _training(config: TrainingConfig, run: Run) -> list[FormItem]:
    samples = len(run.members[run.focus].sets.train.x)
    fitting = [(key, loss.label) for key, loss in LOSSES.items() if loss.target not in ("none", "gradients")]
    size = config.batch_size
    items = [
        choice(("loss",), "loss", config.loss.key, fitting),
        *hyperparameter_fields(("loss",), config.loss, (SAMPLE_WEIGHTS.name,)),
        *_metric(run),
        heading("Optimizer"),
        choice(("optimizer",), "optimizer", config.optimizer.key, titles(OPTIMIZERS), config.optimizer.entry.sentence),
        *hyperparameter_fields(("optimizer",), config.optimizer),
        choice(
            ("batch_size",), "batch", "full" if size is None else "one" if size == 1 else "some",
            [(1, "a single sample"), (min(10, samples), "mini-batch"), (None, f"full batch ({samples:,})")],
        ),
    ]  # fmt: skip
    items[-1]["value"] = None if size is None else 1 if size == 1 else min(10, samples)
    if size is not None and size != 1:
        items.append(field(("batch_size",), "batch size", size, "number", step=1, low=1, high=samples))
    items += [
        field(("epochs",), "epochs", config.epochs, "number", "How long Play goes on.", low=0),
        flag(("shuffle",), "shuffle each epoch", config.shuffle, "Draws another order of the samples in every epoch."),
        *schedule_items(config, samples),
    ]
    items += [
        heading("Against overfitting"),
        choice(("penalty",), "penalty", config.penalty.key if config.penalty else None,
               [(None, "none"), *titles(PENALTIES)], "Weight decay is a hyperparameter of the optimizer."),
        *hyperparameter_fields(("penalty",), config.penalty),
    ]  # fmt: skip
    if config.penalty is not None:
        items.append(
            flag(
                ("penalize_biases",), "biases too", config.penalize_biases, "Else the penalty holds for weights alone."
            )
        )
    items += [
        choice(("clipping",), "clip gradients", config.clipping.key if config.clipping else None,
               [(None, "no"), *titles(CLIPPINGS)]),
        *hyperparameter_fields(("clipping",), config.clipping),
        *_average(config, run),
        *_stopping(config),
        *_update_groups(config),
    ]  # fmt: skip
    return items


def _metric(run: Run) -> list[FormItem]:
    """What is measured beside the loss, which the task decides."""
    key = run.members[run.focus].built.metric
    if not key:
        return []
    return [note(f"Measured beside the loss: {METRICS[key].label}."), *metric_items((key,))]


def _average(config: TrainingConfig, run: Run) -> list[FormItem]:
    """The average of the weights, and whether it is what is shown."""
    chosen = config.average
    items = [
        heading("Average of the weights"),
        choice(("average",), "average", chosen.key if chosen else None, [(None, "none"), *titles(AVERAGES)],
               chosen.entry.sentence if chosen else "A second network beside the one that learns."),
    ]  # fmt: skip
    if chosen is None:
        return items
    said = (
        "The averaged weights are what is drawn, examined, proved and opened on the score sheet. A saved run has both."
    )
    return [
        *items,
        average_item(chosen.entry),
        *hyperparameter_fields(("average",), chosen),
        flag(("show", "average"), "show and export the average", run.shows_average, said),
        *([note(said)] if run.shows_average else []),
    ]


def _stopping(config: TrainingConfig) -> list[FormItem]:
    stopping = config.stopping
    switch = choice(("stopping",), "early stopping", "on" if stopping else None, [(None, "no"), ({}, "yes")],
                    "Stops when the watched loss falls no more.")  # fmt: skip
    switch["value"] = {} if stopping else None
    if stopping is None:
        return [switch]
    return [
        switch,
        field(
            ("stopping", "patience"), "patience", stopping.patience, "number", "Epochs without progress.", step=1, low=0
        ),
        field(
            ("stopping", "min_change"),
            "least change",
            stopping.min_change,
            "number",
            "A smaller fall of the loss is no progress.",
        ),
        choice(
            ("stopping", "watch"),
            "watches",
            stopping.watch,
            [("validation", "validation loss"), ("train", "training loss")],
            "The loss that has to fall.",
        ),
        flag(
            ("stopping", "restore_best"),
            "take the best epoch back",
            stopping.restore_best,
            "Goes back to the weights with which that loss was smallest.",
        ),
    ]


def _compare(key: str, typed: str, run: Run) -> list[FormItem]:
    chosen = SWEEPS[key]
    known = "" if chosen.entries is None else f"Choose from {', '.join(chosen.entries)}."
    asked = known or "One for each network, with commas between them."
    shown = typed or ", ".join(map(str, chosen.proposed))
    values = field(("comparison", "values"), "values", shown, "text", asked)
    try:
        found = differences_text([*chosen.configs(run.state(run.focus).config, shown).values()])
        differ = f"They differ in: {found}. All else is as it is set now."
    except DocumentError as error:
        differ = f"Not yet: {error}."
    return [
        note("Up to eight networks learn side by side, with the present settings but for one choice."),
        choice(("comparison", "key"), "differ in", key, [(each.key, each.label) for each in SWEEPS.values()],
               "The one setting that is another one in each network."),
        values,
        *([note(known)] if known else []),
        note(differ),
        {"kind": "actions", "actions": [
            {"label": "compare", "event": {"type": "compare"}},
            {"label": "one network again", "event": {"type": "keep", "lane": run.focus},
             "disabled": len(run.members) < 2},
        ]},
    ]  # fmt: skip
