"""The averaged network beside the one that learns: measured, shown when asked for, opened on the sheet, saved."""

import itertools

import numpy as np

from mlpviz.examples.trainings import TRAININGS
from mlpviz.runs.curves import COLUMNS
from mlpviz.runs.evaluation import evaluate_part
from mlpviz.runs.to_document import verification_trace
from mlpviz.train_page.frame import frame_of
from mlpviz.train_page.page import TRAIN
from mlpviz.train_page.result_actions import to_sheet
from mlpviz.train_page.session import TrainSession

XOR = TRAININGS["xor_needs_a_hidden_layer"].setup.replace(average={"key": "ema", "decay": 0.9}, epochs=30)

NUMBERS = itertools.count(1)


def sent(session: TrainSession, *events: dict) -> None:
    TRAIN.handle(session, {"page": "train", "sequence": next(NUMBERS), "events": list(events)})
    assert not session.said.error


def test_a_person_averages_looks_and_opens_it_on_the_sheet():
    session = TrainSession.of(XOR)
    session.run.epoch(12)
    while session.run.status == "running":
        session.run.advance(0.05)
    run = session.run
    learned = run.state(0).checkpoint
    row = dict(zip(COLUMNS, learned.row, strict=True))
    sent(session, {"type": "set", "path": ["show", "average"], "value": True})
    shown = run.state(0).checkpoint
    np.testing.assert_array_equal(shown.params, run.state(0).snapshot.average)
    assert not np.array_equal(shown.params, learned.params)
    # the curve has the loss that an examination of the averaged network finds
    assert row["average_loss"] == evaluate_part(run.members[0], shown, "validation").loss != row["validation_loss"]
    assert row["average_metric"] == evaluate_part(run.members[0], shown, "validation").accuracy
    np.testing.assert_array_equal(verification_trace(run).params, shown.params)
    curves = frame_of(run)["lanes"][0]["curves"]
    assert curves[0]["average_loss"][-1] == row["average_loss"]
    to_sheet(session, None)
    np.testing.assert_array_equal(session.hand_over.document.trace().params, shown.params)
    assert "averaged" in session.hand_over.notice
    # learning goes on from the network that learns
    sent(session, {"type": "step"})
    assert run.state(0).snapshot.step == learned.step + 1
    np.testing.assert_allclose(run.state(0).learned.params, learned.params, atol=0.2)
    sent(session, {"type": "set", "path": ["show", "average"], "value": False})
    np.testing.assert_array_equal(run.state(0).checkpoint.params, run.state(0).learned.params)
