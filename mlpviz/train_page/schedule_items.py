"""The form of a schedule: its formula, its hyperparameters, the schedules that it is made of, and its rates drawn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mlpviz.config import TrainingConfig
from mlpviz.engine import SCHEDULES, Schedule
from mlpviz.engine.hyperparameters import Hyperparameter, Part
from mlpviz.network.schedule_lists import table_changes, with_part_added, without_part
from mlpviz.schema.registry_choice import RegistryChoice
from mlpviz.train_page.form_items import FormItem, choice, heading, hyperparameter_field, note, titles
from mlpviz.train_page.formula_items import schedule_item


def schedule_items(config: TrainingConfig, samples: int) -> list[FormItem]:
    """The part of the training tab about the schedule of the learning rate, for so many training samples."""
    chosen = config.schedule
    items: list[FormItem] = [
        heading("Schedule of the learning rate"),
        choice(("schedule",), "schedule", chosen.key if chosen else None,
               [(None, "none: constant"), *titles(SCHEDULES)], chosen.entry.sentence if chosen else ""),
        *schedule_item(config),
    ]  # fmt: skip
    if chosen is None:
        return items
    schedule: Schedule = chosen.entry
    for each in schedule.hyperparameters:
        value = schedule.settings[each.name]
        if each.kind == "parts":
            items += _parts(chosen, each, value)
        else:
            items.append(hyperparameter_field(("schedule", each.name), each, value))
    if changes := table_changes(chosen):
        items.append({"kind": "actions", "actions": [_set_schedule(words, None, whole) for words, whole in changes]})
    items.append(
        choice(("schedule_counts",), "counts", config.schedule_counts, [("epochs", "epochs"), ("steps", "steps")])
    )
    return [*items, *_plots(config, samples)]


def _parts(chosen: RegistryChoice[Schedule], hyperparameter: Hyperparameter, parts: tuple[Part, ...]) -> list[FormItem]:
    """A group for each schedule that this one is made of, and a button for one more."""
    known: Mapping[str, Schedule] = hyperparameter.parts_from or {}
    items: list[FormItem] = []
    for place, part in enumerate(parts):
        path = ("schedule", hyperparameter.name, place)
        entry = known[part.key].configure(**dict(part.settings))
        fields = [choice(path, "schedule", part.key, titles(known), entry.sentence)]
        fields += [
            hyperparameter_field((*path, each.name), each, entry.settings[each.name]) for each in entry.hyperparameters
        ]
        without = without_part(chosen, hyperparameter, place)
        actions = [] if without is None else [_set_schedule("remove", f"remove schedule {place + 1}", without)]
        text = f"schedule {place + 1}"
        items.append({"kind": "group", "text": text, "items": fields, "actions": actions, "path": ["parts", place]})
    added = with_part_added(chosen, hyperparameter)
    if added is not None:
        items.append({"kind": "actions", "actions": [_set_schedule("+ add a schedule", None, added)]})
    return items


def _set_schedule(label: str, title: str | None, value: dict[str, Any]) -> dict[str, Any]:
    event = {"type": "set", "path": ["schedule"], "value": value}
    return {"label": label, "title": title or label, "event": event}


def _plots(config: TrainingConfig, samples: int) -> list[FormItem]:
    """The learning rate, and a momentum that is moved, over the plan; none if the schedule depends on the loss."""
    schedule = config.schedule
    if schedule is None or schedule.entry.start is not None:
        return [note("This schedule watches the loss: see its curve while it runs.")]
    per_epoch = 1 if config.schedule_counts == "epochs" else -(-samples // (config.batch_size or samples))
    total = max(1, config.epochs * per_epoch)
    places = sorted({round(total * place / 120) for place in range(121)})
    base = config.optimizer.entry.settings["learning_rate"]
    x = [place / per_epoch for place in places]
    rates = [float(schedule.entry.learning_rate(base, place)) for place in places]
    plots: list[FormItem] = [{"kind": "plot", "text": "learning rate over the plan", "x": x, "y": rates}]
    momenta = [] if schedule.entry.momentum is None else [schedule.entry.momentum(place) for place in places]
    if momenta and momenta[0] is not None:
        plots.append({"kind": "plot", "text": "momentum over the plan", "x": x, "y": momenta})
    return plots
