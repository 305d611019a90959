"""After a reload a tab has its run again: once, only with its ticket, and only as long as somebody holds it."""

import gc

import numpy as np
import pytest

from mlpviz.ui.train_session import FIRST, TrainSession
from mlpviz.ui.train_visit import VISITS, Visit, Visits, resume


def begun(visits=VISITS, setup=FIRST, address="as begun"):
    session = TrainSession.of(setup)
    found = Visit(session, session.link if address == "as begun" else address)
    visits.add(found)
    return found


def learned(visit):
    visit.session.receive({"sequence": 41, "edits": [{"type": "epochs", "count": 2}, {"type": "tick"}]})
    while visit.session.run.status == "running":
        visit.session.run.advance(0.05)
    return visit


def test_a_reload_has_the_same_run_again_with_its_past():
    before = learned(begun())
    before.session.data()
    run, params, ticket = before.session.run, before.session.run.moment(0).params, before.ticket
    after = begun()
    resume(after, {"ticket": ticket, "epoch": 2})
    assert (after.ticket, before.session) == (ticket, None)
    assert after.session.run is run
    data = after.session.data()
    assert {"still", "settings", "link"} <= data.keys()
    assert data["notice"].startswith("Back at epoch 2")
    assert data["acknowledged"] == 41  # a new page counts on from there
    after.session.receive({"sequence": 42, "edits": [{"type": "travel", "epoch": 0}]})
    assert not np.array_equal(after.session.run.moment(0).params, params)
    # asked again because the answer came late
    resume(after, {"ticket": ticket, "epoch": 2})
    assert after.session.run is run
    # and once more after a second reload
    third = begun()
    resume(third, {"ticket": ticket, "epoch": 2})
    assert third.session.run is run


@pytest.mark.parametrize("ticket", ["", "guessed", None, 7])
def test_without_its_ticket_nobody_has_a_run_and_the_loss_is_said(ticket):
    other, mine = learned(begun()), begun()
    run = mine.session.run
    resume(mine, {"ticket": ticket, "epoch": 12})
    assert mine.session.run is run is not other.session.run
    data = mine.session.data()
    assert data["again"] == 12
    assert "the run is not" in data["notice"]
    assert "again" not in mine.session.data()


@pytest.mark.parametrize("epoch", [0, None, "x", -1, 10**9, True])
def test_where_nothing_was_learned_nothing_is_said(epoch):
    mine = begun()
    resume(mine, {"ticket": "gone", "epoch": epoch})
    assert mine.session.data()["notice"] is None


def test_an_address_of_another_setup_is_not_overruled():
    before, other = learned(begun()), begun(setup=FIRST.replace(seed=5))
    run = other.session.run
    resume(other, {"ticket": before.ticket, "epoch": 2})
    assert other.session.run is run
    assert before.session is not None
    # an address without a setup overrules nothing
    plain = begun(address=None)
    resume(plain, {"ticket": before.ticket, "epoch": 2})
    assert before.session is None


def test_visits_are_not_kept_alive_by_their_tickets():
    visits = Visits()
    ticket = begun(visits).ticket
    gc.collect()
    assert not visits.take_over(ticket, begun(visits))


def test_the_same_epoch_again_has_the_same_numbers():
    before, mine = learned(begun()), begun()
    mine.session.receive({"sequence": 1, "edits": [{"type": "epochs", "count": 2}]})
    while mine.session.run.status == "running":
        mine.session.run.advance(0.05)
    assert np.array_equal(mine.session.run.moment(0).params, before.session.run.moment(0).params)
