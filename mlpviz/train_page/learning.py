"""When a run learns: for one picture, as long as its time and the other runs of the process allow."""

from __future__ import annotations

from mlpviz.runs import SHARE
from mlpviz.train_page.session import TrainSession


def tick(session: TrainSession) -> None:
    """Learn for this run's fair share of the time, if it is running, and let what learns beside it go on."""
    asked = session.pacer.asked()
    session.run.tick(asked, session.pacer.cost)
    if session.experiment is not None:
        session.experiment.advance(asked)
    session.wait = round(1000 * SHARE.wait_of(session.run.key))


def learn_during_transfer(session: TrainSession) -> None:
    """Learn while a picture is on its way to the browser and the next question on its way back.

    Only after a picture that was asked for; where several runs share the process it is not the turn of this one.
    """
    session.run.tick(session.pacer.during_transfer, session.pacer.cost)
