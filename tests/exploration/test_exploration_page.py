"""Every page of pictures: its settings, its buttons, its link, its files, and what nobody should send."""

import csv
import io
import json

import numpy as np
import plotly.graph_objects as go
import pytest

from mlpviz.app.faults import FAULTS
from mlpviz.app.message_bytes import to_bytes
from mlpviz.app.visitor import Visitor
from mlpviz.examples.networks import PRESETS
from mlpviz.exploration.data_files import decoded, to_csv, to_json
from mlpviz.exploration.exploration import Exploration
from mlpviz.exploration.figure import figure, line
from mlpviz.exploration.page import ExplorationPage
from mlpviz.exploration.setting import ChoiceSetting, SliderSetting
from mlpviz.exploration.view import ExplorationView, FigurePart, PointerTarget, TableCell, TablePart, Unfinished
from mlpviz.hosts.pages import EXPLORATIONS, PAGES

KEYS = list(EXPLORATIONS)
RESEND = {"events": [{"type": "resend"}]}


def carry(page, session, *events):
    session_number = session.acknowledged + 1
    return page.handle(session, {"sequence": session_number, "events": list(events)})


def opened(key, **address):
    """A page of pictures with the network that it reads, through a visitor as a host has it."""
    visitor = Visitor(PAGES)
    return visitor, visitor.visit(key, address)


def shown(key):
    """Every value of the first menu, which is the choice of a picture where there are several."""
    first = opened(key)[1]["state"]["settings"][0]
    return [option for option, _ in first["options"]] or [""]


EVERY = [(key, option) for key in KEYS for option in shown(key)]


@pytest.mark.parametrize(("key", "option"), EVERY)
def test_a_picture_can_be_sent_read_and_opened_again_by_its_link(key, option):
    visitor, answer = opened(key)
    first = answer["state"]["settings"][0]
    if option:
        answer = visitor.handle(
            {"page": key, "sequence": 1, "events": [{"type": "set", "key": first["key"], "value": option}]}
        )
    state = answer["state"]
    assert answer["said"]["error"] is None
    assert json.loads(to_bytes(answer))["state"] == json.loads(json.dumps(state))
    assert len(state["look_for"]) == 2
    assert len(state["tries"]) == 3
    assert all(part["text"] for part in state["parts"] if part["kind"] == "figure")
    for part in visitor.sessions[key].made().figures.values():
        go.Figure(part.figure.to_dict())  # raises ValueError for a property that Plotly does not know
    keys = {setting["key"] for setting in state["settings"]}
    assert all(axis in {"", *keys} for part in state["parts"] for axis in part["moves"])
    again = opened(key, s=answer["address"]["s"])[1]
    assert (again["state"]["settings"], again["address"]["s"]) == (state["settings"], answer["address"]["s"])


@pytest.mark.parametrize(("key", "option"), EVERY)
def test_what_is_worth_trying_can_be_tried_and_every_slider_reaches_both_ends(key, option):
    page, faults = EXPLORATIONS[key], FAULTS.count
    session = page.open({})
    session.take(PRESETS["mazur"].document)
    page.handle(session, {"events": []})
    if option:
        carry(page, session, {"type": "set", "key": session.settings[0].key, "value": option})
    for number in range(3):
        assert carry(page, session, {"type": "try", "number": number})["said"]["error"] is None
    for setting in list(session.settings):
        if setting.kind == "slider":
            for place in (-1e9, 1e9):
                answer = carry(page, session, {"type": "slide", "key": setting.key, "place": place})
                assert answer["said"]["error"] is None
                to_bytes(answer)
    assert FAULTS.count == faults


@pytest.mark.parametrize("key", KEYS)
def test_a_figure_follows_the_pointer_and_gives_its_data(key):
    page = EXPLORATIONS[key]
    session = page.open({})
    session.take(PRESETS["mazur"].document)
    view = session.made()
    moved = [part for part in view.figures.values() if part.pointer is not None]
    for part in moved[:1]:
        answer = carry(page, session, {"type": "point", "figure": part.key, "x": 0.37, "y": 0.41})
        assert answer["said"]["error"] is None
    for part in session.made().figures.values():
        saved = carry(page, session, {"type": "save", "figure": part.key, "format": "csv"})["file"]
        assert saved["name"] == f"{page.path}-{part.key}.csv"
        assert len(list(csv.reader(io.StringIO(to_csv(part).decode())))) > 2
        assert json.loads(to_json(part))["traces"]


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize(
    "event",
    [
        {"type": "set", "key": "nothing", "value": "1"},
        {"type": "set", "key": ["z"], "value": {}},
        {"type": "slide", "key": "nothing", "place": 1},
        {"type": "point", "figure": "nothing", "x": 1, "y": 1},
        {"type": "press", "table": "nothing", "row": 0, "column": 0},
        {"type": "try", "number": 3},
        {"type": "load", "key": "nothing"},
        {"type": "save", "figure": "nothing", "format": "csv"},
        {"type": "leave"},
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(key, event):
    page, faults = EXPLORATIONS[key], FAULTS.count
    session = page.open({})
    session.take(PRESETS["mazur"].document)
    before = page.handle(session, RESEND)["state"]
    assert carry(page, session, event)["said"]["error"].startswith("Not done: ")
    assert page.handle(session, RESEND)["state"] == before
    assert FAULTS.count == faults


def test_an_address_that_cannot_be_read_is_said_and_the_rest_of_it_counts():
    page = EXPLORATIONS["functions"]
    session = page.open({"s": "functions~z~77~f~tanh"})
    assert (
        session.said.error
        == "Not all settings of this address could be read: z is '77', expected a number from −10 to 10"
    )
    state = page.handle(session, {"events": []})["state"]
    assert [item["text"] for item in state["settings"] if item["key"] in ("f", "z")] == ["tanh", "1"]
    assert (
        page.open({"s": "functions~z"}).said.error == "Not all settings of this address could be read: 'z' has no value"
    )
    assert page.open({"s": "another~z~1"}).said.error is None


def slowly(*_):
    """Counts to three, a step at a time."""

    def view(count):
        trace = line([0, 1], [0, count], "count")
        part = FigurePart(
            key="count",
            title="count",
            figure=figure([trace], x="x", y="y"),
            text=f"{count}",
            pointer=PointerTarget("n"),
        )
        cells = [[TableCell("row"), TableCell("1", sets={"n": 2})]]
        progress = Unfinished(count / 3, f"{count} of 3", lambda: view(count + 1)) if count < 3 else None
        table = TablePart(key="cells", title="cells", head=("", "n"), rows=cells)
        return ExplorationView(parts=(part, table), look_for=("a", "b"), tries=(), progress=progress)

    return view(1)


def settings(values, _):
    yield ChoiceSetting(key="kind", label="kind", options=(("one", "one"), ("two", "two")))
    if values["kind"] == "two":
        yield SliderSetting(key="more", label="more", low=0, high=1, step=0.1, default=0.5)
    yield SliderSetting(key="n", label="n", low=0, high=9, step=1, default=1)


SLOW = ExplorationPage(
    Exploration(key="slow", path="slow", title="Slow", purpose="count", settings=settings, make=slowly)
)


def test_a_long_computation_goes_on_by_ticks_until_it_is_done_or_stopped():
    session = SLOW.open({})
    answer = SLOW.handle(session, {"events": []})
    texts = []
    while answer["next"] is not None:
        answer = carry(SLOW, session, {"type": "tick"})
        texts.append(answer["state"]["progress_text"])
    assert texts == ["2 of 3", ""]
    answer = carry(SLOW, session, {"type": "set", "key": "n", "value": "3"})
    assert (answer["next"], answer["state"]["progress"]) == (0, 1 / 3)
    stopped = carry(SLOW, session, {"type": "stop"})
    assert stopped["next"] is None
    assert carry(SLOW, session, {"type": "tick"})["state"] == stopped["state"]


def test_a_setting_that_another_choice_brings_back_has_its_value_again():
    session = SLOW.open({})
    SLOW.handle(session, {"events": []})
    carry(
        SLOW, session, {"type": "set", "key": "kind", "value": "two"}, {"type": "set", "key": "more", "value": "0.25"}
    )
    gone = carry(SLOW, session, {"type": "set", "key": "kind", "value": "one"})
    assert "more" not in gone["address"]["s"]
    back = carry(SLOW, session, {"type": "set", "key": "kind", "value": "two"})
    assert back["address"]["s"] == "slow~kind~two~more~0.25"


def test_a_cell_of_a_table_sets_what_it_stands_for():
    session = SLOW.open({})
    SLOW.handle(session, {"events": []})
    assert (
        carry(SLOW, session, {"type": "press", "table": "cells", "row": 0, "column": 1})["address"]["s"] == "slow~n~2"
    )
    assert carry(SLOW, session, {"type": "press", "table": "cells", "row": 0, "column": 0})["said"]["error"]


def test_arrays_of_figures_are_read_back_and_what_is_not_finite_has_no_number():
    z = np.arange(6.0).reshape(2, 3)
    z[0, 1] = np.inf
    part = FigurePart(key="m", title="map", text="a map", figure=figure([{"type": "heatmap", "z": z}], x="x", y="y"))
    assert np.array_equal(decoded(part.figure.to_dict()["data"][0]["z"]), z)
    assert json.loads(to_json(part))["traces"]["heatmap"]["z"] == [[0.0, None, 2.0], [3.0, 4.0, 5.0]]
    assert to_csv(part).decode().splitlines()[:3] == ["trace,x,y,z", "heatmap,0,0,0.0", "heatmap,1,0,inf"]


def test_only_the_traces_that_changed_are_sent_and_all_of_them_when_they_are_asked_for():
    page = EXPLORATIONS["landscape"]
    session = page.open({})
    first = page.handle(session, RESEND)["state"]["parts"]
    whole = {part["key"]: part["figure"] for part in first if part["kind"] == "figure"}
    assert all(trace for item in whole.values() for trace in item["data"])
    moved = carry(page, session, {"type": "slide", "key": "step", "place": 7})["state"]["parts"]
    left = {part["key"]: part["figure"] for part in moved if part["kind"] == "figure"}
    assert left["above"]["data"][0] is None  # the contours stay, the paths are others
    assert left["above"]["data"][1]["name"] == "SGD"
    assert not any(left["behaviour"]["data"])
    again = {part["key"]: part["figure"] for part in page.handle(session, RESEND)["state"]["parts"] if part["key"]}
    for key, item in left.items():
        kept = dict(zip(whole[key]["stamps"], whole[key]["data"], strict=True))
        filled = [trace or kept[stamp] for trace, stamp in zip(item["data"], item["stamps"], strict=True)]
        assert (filled, item["layout"]) == (again[key]["data"], again[key]["layout"])
