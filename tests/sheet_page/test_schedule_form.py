"""The form of the schedule holds what is chosen, and every button of it gives a document."""

import pytest

from mlpviz.engine.schedules import CLOCKED
from mlpviz.examples.networks import PRESETS
from mlpviz.network.edits import apply
from mlpviz.sheet_page.schedule_form import schedule_form
from mlpviz.sheet_page.state import scene_of
from mlpviz.text.numbers import DEFAULT

MAZUR = PRESETS["mazur"].document


def test_without_a_schedule_there_is_no_form():
    structure, scene = scene_of(MAZUR)
    assert scene["schedule"] is None
    assert [key for key, _ in structure.data["schedules"]] == list(CLOCKED)


@pytest.mark.parametrize("key", CLOCKED)
def test_the_form_of_every_schedule(key):
    document = MAZUR.replace(schedule=key, schedule_step=12, schedule_every=3)
    form = schedule_form(document, DEFAULT)
    assert (form["key"], form["step"], form["every"]) == (key, 12, 3)
    assert float(form["rate"][1] or form["rate"][0]) == document.rate
    plain = [each["name"] for each in form["hyperparameters"]]
    assert {*plain, *filter(None, [form["place"]])} == set(document.schedule.entry.settings)
    assert document.replace(schedule=form["whole"]) == document
    assert (len(form["parts"]) > 0) == (form["place"] != "")
    for part in form["parts"]:
        assert part["key"] in [choice for choice, _ in form["part_choices"]]
    for whole in [*(whole for _, whole in form["changes"]), *(part["without"] for part in form["parts"])]:
        edited = apply(document, {"type": "set_schedule", "key": whole}).document
        assert edited.schedule != document.schedule
        assert edited.schedule_step == 12
