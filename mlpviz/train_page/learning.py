"""When a run learns: in a tick, and while the answer to it is being transferred."""

from __future__ import annotations

from mlpviz.runs import SCHEDULER
from mlpviz.train_page.session import TrainSession


def tick(session: TrainSession) -> None:
    """Learn for the time slice of this run, if it is running; the baseline of an experiment learns too."""
    asked = session.pacer.asked()
    session.run.tick(asked, session.pacer.cost)
    if session.experiment is not None:
        session.experiment.advance(asked)
    session.wait = round(1000 * SCHEDULER.wait_of(session.run.key))


def learn_during_transfer(session: TrainSession) -> None:
    """Learn between the answer to a tick and the next request, if the scheduler gives a time slice."""
    session.run.tick(session.pacer.during_transfer, session.pacer.cost)
