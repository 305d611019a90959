"""Schedules that are made of others, and tables of rates, as a person sets them in the form."""

import pytest

from mlpviz.config import TrainingConfig
from mlpviz.config.edits import with_value
from mlpviz.examples.trainings import TRAININGS
from mlpviz.network import DocumentError
from mlpviz.train_page.schedule_items import schedule_items

XOR = TRAININGS["xor_needs_a_hidden_layer"].setup


def buttons(config):
    """What the buttons of the form set, by their titles."""
    found = {}
    for item in schedule_items(config, 100):
        for action in item.get("actions", ()):
            found[action["title"]] = action["event"]
    return found


def pressed(config, title):
    event = buttons(config)[title]
    return with_value(config, event["path"], event["value"])


def test_parts_are_added_set_and_removed():
    config = with_value(XOR, ("schedule",), "sequential")
    assert config.to_json_value()["schedule"] == "sequential"
    config = pressed(config, "+ add a schedule")
    config = with_value(config, ("schedule", "schedules", 2), "exponential")
    config = with_value(config, ("schedule", "schedules", 2, "gamma"), "0,5")
    config = with_value(config, ("schedule", "milestones"), "3, 40")
    written = {
        "key": "sequential",
        "schedules": ["warm_up", "cosine", {"key": "exponential", "gamma": 0.5}],
        "milestones": [3, 40],
    }
    assert config.to_json_value()["schedule"] == written
    assert TrainingConfig.from_link(config.to_link()) == config
    rate = config.schedule.entry.learning_rate
    assert [rate(1.0, 40), rate(1.0, 42)] == [1.0, 0.25]
    assert pressed(config, "remove schedule 1").to_json_value()["schedule"] == {
        "key": "sequential", "schedules": written["schedules"][1:], "milestones": [40],
    }  # fmt: skip
    assert pressed(config, "remove schedule 3").to_json_value()["schedule"] == {"key": "sequential", "milestones": [3]}


def test_a_single_part_stays_and_eight_are_all():
    config = with_value(XOR, ("schedule",), {"key": "chained", "schedules": ["step"] * 7})
    config = pressed(config, "+ add a schedule")
    assert "+ add a schedule" not in buttons(config)
    alone = with_value(XOR, ("schedule",), {"key": "chained", "schedules": ["step"]})
    assert "remove schedule 1" not in buttons(alone)


def test_a_table_grows_and_shrinks_by_pairs():
    config = pressed(with_value(XOR, ("schedule",), "piecewise"), "+ add a step")
    assert config.schedule.entry.settings["steps"] == (0, 30, 60, 70)
    config = pressed(pressed(config, "remove the last"), "remove the last")
    assert config.schedule.entry.settings["rates"] == (1.0, 0.1)


@pytest.mark.parametrize(
    ("schedule", "sentence"),
    [
        ({"key": "sequential", "schedules": ["step"]}, "schedule.milestones has 1 numbers, expected 0: one fewer"),
        ({"key": "sequential", "milestones": [0]}, "schedule.milestones is a list, expected whole numbers from 1 up"),
        ({"key": "sequential", "schedules": ["warm_up", "sequential"]}, "schedule.schedules[1] is 'sequential'"),
        ({"key": "chained", "schedules": ["reduce_on_plateau"]}, "schedule.schedules[0] is 'reduce_on_plateau'"),
        ({"key": "chained", "schedules": []}, "schedule.schedules is a list, expected a list of 1 to 8 of constant"),
        ({"key": "chained", "schedules": ["step"] * 9}, "expected a list of 1 to 8 of constant"),
        (
            {"key": "chained", "schedules": [{"key": "step", "gamma": 2}]},
            "schedule.schedules[0].gamma is 2, expected a number above 0 to 1",
        ),
        (
            {"key": "chained", "schedules": [{"key": "cyclic", "cycle_momentum": True}]},
            "schedule.schedules has a part with cycle_momentum true",
        ),
        ({"key": "piecewise", "rates": [1]}, "schedule.rates has 1 numbers, expected 3: one for each of steps"),
        ({"key": "piecewise", "steps": [5, 5, 9]}, "schedule.steps is 5, 5, 9, expected each above the one before"),
    ],
)
def test_what_does_not_fit_is_said(schedule, sentence):
    with pytest.raises(DocumentError) as error:
        XOR.replace(schedule=schedule)
    assert sentence in str(error.value)


def test_a_momentum_that_is_moved_needs_an_optimizer_that_has_one():
    moved = {"key": "one_cycle", "cycle_momentum": True}
    assert XOR.replace(schedule=moved, optimizer="adam")
    with pytest.raises(DocumentError, match=r"schedule\.cycle_momentum is true, expected false: rprop has neither"):
        XOR.replace(schedule=moved, optimizer="rprop")
