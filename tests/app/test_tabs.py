"""After a reload a tab has its run again: once, only with its token, and only as long as somebody holds it."""

import gc

import numpy as np
import pytest

from mlpviz.app.tabs import TabRegistry
from mlpviz.app.visitor import Visitor
from mlpviz.hosts.pages import PAGES
from mlpviz.train_page.page import FIRST

LINK = FIRST.to_link()


@pytest.fixture
def tabs():
    return TabRegistry()


def begun(tabs, address=LINK):
    """A visitor of the training page, who came with the setup in the address."""
    visitor = Visitor(PAGES, tabs)
    visitor.visit("train", {} if address is None else {"t": address})
    return visitor


def send(visitor, *events, sequence=None):
    number = visitor.sessions["train"].acknowledged + 1 if sequence is None else sequence
    return visitor.handle({"page": "train", "sequence": number, "events": list(events)})


def run_of(visitor):
    return visitor.sessions["train"].run


def learned(visitor):
    send(visitor, {"type": "epochs", "count": 2}, {"type": "tick"}, sequence=41)
    while run_of(visitor).status == "running":
        run_of(visitor).advance(0.05)
    return visitor


def resume(visitor, token, epoch=2):
    return send(visitor, {"type": "resume", "tab_token": token, "epoch": epoch}, sequence=1)


def test_a_reload_has_the_same_run_again_with_its_past(tabs):
    before = learned(begun(tabs))
    send(before)
    run, params, token = run_of(before), run_of(before).state(0).checkpoint.params, before.token
    after = begun(tabs)
    answer = resume(after, token)
    assert (after.token, answer["tab_token"], "train" in before.sessions) == (token, token, False)
    assert run_of(after) is run
    assert {"still", "settings"} <= answer["state"].keys()
    assert answer["address"]["t"] == LINK
    assert answer["said"]["notice"].startswith("Back at epoch 2")
    assert answer["acknowledged"] == 42  # a new page counts on from there
    send(after, {"type": "travel", "epoch": 0}, sequence=43)
    assert not np.array_equal(run_of(after).state(0).checkpoint.params, params)
    # asked again because the answer came late
    resume(after, token)
    assert run_of(after) is run
    # and once more after a second reload
    third = begun(tabs)
    resume(third, token)
    assert run_of(third) is run


def test_whose_run_was_taken_is_not_answered_until_the_page_is_shown_anew(tabs):
    before, after = learned(begun(tabs)), begun(tabs)
    resume(after, before.token)
    assert before.handle({"page": "train", "sequence": 50, "events": []}) is None
    assert before.visit("train", {})["state"]["frame"]["epoch"] == 0
    assert run_of(before) is not run_of(after)


@pytest.mark.parametrize("token", ["", "guessed", None, 7])
def test_without_its_token_nobody_has_a_run_and_the_loss_is_said(tabs, token):
    other, mine = learned(begun(tabs)), begun(tabs)
    run = run_of(mine)
    answer = resume(mine, token, 12)
    assert run_of(mine) is run is not run_of(other)
    assert answer["state"]["again"] == 12
    assert "the run is not" in answer["said"]["notice"]
    assert "again" not in send(mine)["state"]


@pytest.mark.parametrize("epoch", [0, None, "x", -1, 10**9, True])
def test_where_nothing_was_learned_nothing_is_said(tabs, epoch):
    answer = resume(begun(tabs), "gone", epoch)
    assert answer["said"]["notice"] is None
    assert answer["state"]["lost"], "the tab may have kept data and settings"


def test_a_run_that_no_address_makes_again_is_said_to_be_lost(tabs):
    answer = resume(begun(tabs, None), "gone", 1234)
    assert "Your run of 1,234 epochs is lost" in answer["said"]["notice"]
    assert "again" not in answer["state"]
    assert "lost" not in send(begun(tabs))["state"]


def test_a_run_that_the_tab_kept_learns_on_in_another_server():
    before, after = learned(begun(TabRegistry())), begun(TabRegistry())
    piece = send(before, {"type": "keep_run"})["file"]
    assert (piece["purpose"], piece["at"]) == ("keep", 0)
    assert resume(after, before.token)["state"]["lost"]
    upload = {"name": piece["name"], "size": piece["size"], "at": 0, "bytes": piece["bytes"]}
    answer = send(after, {"type": "upload_piece", "purpose": "kept", **upload})
    assert answer["said"]["notice"].startswith("Back at epoch 2 as this tab kept it")
    for visitor in (before, after):
        send(visitor, {"type": "epochs", "count": 2})
        while run_of(visitor).status == "running":
            run_of(visitor).advance(0.05)
    ours, theirs = (run_of(one).state(0).checkpoint for one in (after, before))
    assert (ours.epoch, ours.params.tobytes()) == (theirs.epoch, theirs.params.tobytes())


def test_an_address_of_another_setup_is_not_overruled(tabs):
    before, other = learned(begun(tabs)), begun(tabs, FIRST.replace(seed=5).to_link())
    run = run_of(other)
    resume(other, before.token)
    assert run_of(other) is run
    assert "train" in before.sessions
    # an address without a setup overrules nothing
    resume(begun(tabs, None), before.token)
    assert "train" not in before.sessions


def test_visitors_are_not_kept_alive_by_their_tokens(tabs):
    token = begun(tabs).token
    gc.collect()
    assert tabs.find(token) is None
    assert "again" in resume(begun(tabs), token)["state"]


def test_the_same_epoch_again_has_the_same_numbers(tabs):
    before, mine = learned(begun(tabs)), learned(begun(tabs))
    assert np.array_equal(run_of(mine).state(0).checkpoint.params, run_of(before).state(0).checkpoint.params)
