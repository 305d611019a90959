"""The Check page as a function: a row per tensor, and mistakes to plant in the network of the sheet."""

import pytest

from mlpviz.app.page import HandOver
from mlpviz.check_page.page import CHECK
from mlpviz.examples.networks import PRESETS
from mlpviz.practice.mistakes import MISTAKES
from mlpviz.text.numbers import format_number

SEVEN = PRESETS["seven_layers"].document


@pytest.fixture
def one():
    session = CHECK.open({})
    CHECK.take(session, HandOver("check", SEVEN))
    return session


def send(session, **event):
    return CHECK.handle(session, {"events": [event]})


def test_it_shows_a_row_for_every_tensor(one):
    state = CHECK.handle(one, {})["state"]
    assert (state["ok"], state["planted"], state["sentence"]) == (True, "", "")
    assert {"z of layer 1", "loss", "∂L/∂W of layer 2", "∂L/∂x"} <= {row["tensor"] for row in state["rows"]}
    assert [key for key, _ in state["columns"]] == [key for key in state["rows"][0] if key != "ok"]
    assert dict(state["mistakes"]).keys() == {key for key, each in MISTAKES.items() if each.fits(SEVEN.spec)}


def test_a_planted_mistake_is_found_and_taken_out_again(one):
    for key, label in CHECK.handle(one, {})["state"]["mistakes"]:
        state = send(one, type="plant", key=key)["state"]
        assert (state["ok"], state["planted"]) == (False, key), label
        assert state["sentence"] == MISTAKES[key].sentence
    assert send(one, type="plant", key="")["state"]["ok"]


def test_what_does_not_fit_is_refused(one):
    send(one, type="plant", key=one.mistakes.copy().popitem()[0])
    planted = one.planted
    for event in ({"type": "plant", "key": "magic"}, {"type": "plant"}, {"type": "digits", "all": []}, {"type": "x"}):
        answer = CHECK.handle(one, {"events": [event]})
        assert answer["said"]["error"].startswith("Not done: ")
        assert one.planted == planted


def test_all_digits_are_shown_when_they_are_asked_for(one):
    few, many = CHECK.handle(one, {})["state"]["rows"], send(one, type="digits", all=True)["state"]["rows"]
    row, whole = next((row, whole) for row, whole in zip(few, many, strict=True) if row != whole)
    assert format_number(float(whole["differences"].replace("−", "-"))) == row["differences"]


def test_a_mistake_that_does_not_fit_another_network_is_not_planted_in_it(one):
    for key in one.mistakes:
        send(one, type="plant", key=key)
        CHECK.take(one, HandOver("check", PRESETS["mazur"].document))
        assert one.planted in ("", key)
        assert CHECK.handle(one, {})["state"]["ok"] is (one.planted == "")
        CHECK.take(one, HandOver("check", SEVEN))
