"""Edits of a schedule: chosen, set, counted, undone with the rest, and refused in one sentence."""

import pytest

from mlpviz.engine.schedules import CLOCKED
from mlpviz.network import Document, DocumentError
from mlpviz.network.edits import apply
from mlpviz.network.schedule_lists import parts_hyperparameter, table_changes, with_part_added, without_part
from tests.support.edit_events import MAZUR


def after(document: Document, *events: dict) -> Document:
    for event in events:
        document = apply(document, event).document
    return document


def refused(document: Document, event: dict) -> str:
    with pytest.raises(DocumentError) as caught:
        apply(document, event)
    return str(caught.value)


@pytest.mark.parametrize("key", CLOCKED)
def test_every_schedule_that_follows_the_steps_can_be_chosen(key):
    document = after(MAZUR, {"type": "set_schedule", "key": key}, {"type": "set_schedule_step", "value": 7})
    assert document.rate == CLOCKED[key].learning_rate(MAZUR.learning_rate, 7)
    assert Document.from_link(document.to_link()) == document
    for each in document.schedule.entry.hyperparameters:
        value = document.schedule.with_lists().get(each.name, each.default)
        same = after(document, {"type": "set_schedule_knob", "name": each.name, "value": value})
        assert same == document
    assert after(document, {"type": "set_schedule", "key": None}) == MAZUR


def test_its_settings_and_steps():
    document = after(
        MAZUR,
        {"type": "set_schedule", "key": "step"},
        {"type": "set_schedule_knob", "name": "step_size", "value": "3"},
        {"type": "set_schedule_knob", "name": "gamma", "value": "1/4"},
        {"type": "set_schedule_every", "value": 2},
        {"type": "set_schedule_step", "value": "13"},
    )
    assert document.schedule.to_json_value() == {"key": "step", "step_size": 3, "gamma": 0.25}
    # 13 steps are 6 that count, which are 2 falls
    assert document.rate == MAZUR.learning_rate * 0.25**2
    assert after(document, {"type": "update"}).schedule_step == 14
    # another schedule goes on at the same step
    assert after(document, {"type": "set_schedule", "key": "exponential"}).schedule_step == 13


def test_what_cannot_be_is_said():
    chosen = after(MAZUR, {"type": "set_schedule", "key": "step"})
    said = "the schedule of the learning rate"
    assert refused(MAZUR, {"type": "set_schedule", "key": "reduce_on_plateau"}).startswith(f"{said} is 'reduce_on_pla")
    for event in ({"type": "set_schedule_step"}, {"type": "set_schedule_every"}):
        assert refused(MAZUR, event | {"value": 2}) == "the learning rate has no schedule; choose one first"
    assert refused(chosen, {"type": "set_schedule_step", "value": -1}).startswith("the steps of the schedule is")
    assert "step_size" in refused(chosen, {"type": "set_schedule_knob", "name": "step_size", "value": 0})
    cyclic = {"type": "set_schedule", "key": {"key": "cyclic", "cycle_momentum": True}}
    assert "has neither momentum nor β₁" in refused(after(MAZUR, {"type": "set_optimizer", "key": "adagrad"}), cyclic)


@pytest.mark.parametrize("key", ["sequential", "chained"])
def test_schedules_of_schedules_become_longer_and_shorter(key):
    document = after(MAZUR, {"type": "set_schedule", "key": key})
    parts = parts_hyperparameter(document.schedule)
    count = len(document.schedule.entry.settings["schedules"])
    longer = after(document, {"type": "set_schedule", "key": with_part_added(document.schedule, parts)})
    assert len(longer.schedule.entry.settings["schedules"]) == count + 1
    for place in range(count + 1):
        shorter = after(longer, {"type": "set_schedule", "key": without_part(longer.schedule, parts, place)})
        assert len(shorter.schedule.entry.settings["schedules"]) == count
    assert without_part(longer.schedule, parts, count) == document.schedule.with_lists()
    alone = document
    while (less := without_part(alone.schedule, parts, 0)) is not None:
        alone = after(alone, {"type": "set_schedule", "key": less})
    assert len(alone.schedule.entry.settings["schedules"]) == 1
    full = document
    while (more := with_part_added(full.schedule, parts)) is not None:
        full = after(full, {"type": "set_schedule", "key": more})
    assert len(full.schedule.entry.settings["schedules"]) == parts.high


def test_a_table_becomes_longer_and_shorter():
    document = after(MAZUR, {"type": "set_schedule", "key": {"key": "piecewise", "steps": [0, 4], "rates": [1, 0.5]}})
    (_, more), (_, less) = table_changes(document.schedule)
    assert (more["steps"], more["rates"]) == ([0, 4, 14], [1, 0.5, 0.5])
    assert [words for words, _ in table_changes(after(document, {"type": "set_schedule", "key": less}).schedule)] == [
        "+ add a step"
    ]
    assert table_changes(after(MAZUR, {"type": "set_schedule", "key": "step"}).schedule) == []
