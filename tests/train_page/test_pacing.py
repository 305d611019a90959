"""How long a run learns for one picture: what is left of its time."""

import numpy as np
import pytest

from mlpviz.config.defaults import suggested
from mlpviz.config.sources import SetSource
from mlpviz.train_page.pacing import (
    LONGEST,
    PERIOD,
    SHORTEST,
    SPEEDS,
    TRANSFER_LONGEST,
    FramePacer,
    SpeedLimit,
)
from mlpviz.train_page.session import TrainSession

SMALL = suggested(SetSource.model_validate({"kind": "set", "set": "xor"}))


def run(painting, away, pictures=100):
    """The slices that are learned when a picture takes so long, and the way to the browser and back."""
    now = 0.0
    pace = FramePacer(lambda: now, lambda: now)
    slices, begun = [], []
    for _ in range(pictures):
        begun.append(now)
        slices.append(pace.asked())
        now += slices[-1]
        pace.began()
        now += painting
        pace.answered()
        now += away
    return slices, begun


@pytest.mark.parametrize("away", [0.006, 0.01, 0.02])
def test_pictures_come_at_an_even_pace_whatever_the_way_takes(away):
    slices, begun = run(0.003, away)
    assert begun[-1] - begun[-2] == pytest.approx(PERIOD, rel=0.01)
    assert slices[-1] == pytest.approx(PERIOD - 0.003 - away, rel=0.02)


def test_however_long_the_way_is_something_is_learned():
    slices, _ = run(0.003, 0.2)
    assert slices[-1] == SHORTEST
    slices, _ = run(0.0, 0.0)
    assert slices[-1] == LONGEST


def test_a_rest_of_minutes_between_two_questions_counts_as_a_slow_way_once():
    now = 0.0
    pace = FramePacer(lambda: now, lambda: now)
    pace.answered()
    before = pace.away
    now += 600.0
    pace.asked()
    assert before < pace.away < before + PERIOD


def test_what_is_learned_meanwhile_is_over_before_the_next_question():
    now = 0.0
    pace = FramePacer(lambda: now, lambda: now)
    for _ in range(100):
        pace.answered()
        now += 0.01
        pace.asked()
    assert 0.0 < pace.during_transfer < 0.01


def test_questions_that_wait_for_what_is_learned_meanwhile_do_not_make_it_grow():
    now = 0.0
    pace = FramePacer(lambda: now, lambda: now)
    for _ in range(200):
        pace.answered()
        now += pace.during_transfer + 0.02  # it takes longer than it was given, and the question is there already
        pace.asked()
    assert pace.during_transfer <= TRANSFER_LONGEST
    assert pace.away == pytest.approx(0.02 + TRANSFER_LONGEST)


class TestSpeed:
    """However fast a run is watched, it learns the same numbers; a speed only says when."""

    @pytest.fixture(autouse=True)
    def _runs(self):
        self.runs = []
        yield
        # others that learn would make the slices of the next test rarer
        for run in self.runs:
            run.pause()

    def session(self, now):
        session = TrainSession.of(SMALL)
        session.limit = SpeedLimit(lambda: now[0])
        session.run.play()
        self.runs.append(session.run)
        return session

    def test_so_many_epochs_a_second(self):
        now = [0.0]
        session = self.session(now)
        for _ in range(40):
            session.tick("10")
            now[0] += 0.05
        # one at once, then one each tenth of a second
        assert session.run.progress.newest in (20, 21)
        assert session.limit.wait(SPEEDS["10"], session.run.progress.newest) == pytest.approx(0.05)

    def test_one_step_a_second(self):
        now = [0.0]
        session = self.session(now)
        for _ in range(5):
            session.tick("step")
            session.tick("step")
            now[0] += 1.0
        assert session.run.engine_runs[0].latest.step == 5

    def test_a_run_that_learns_alone_learns_while_its_answer_is_on_its_way(self):
        session = self.session([0.0])
        session.tick("full")
        before = session.run.engine_runs[0].latest.step
        session.meanwhile()()
        assert session.run.engine_runs[0].latest.step > before
        session.tick("30")
        assert session.meanwhile() is None  # it has its speed
        session.tick("full")
        other = self.session([0.0])
        other.tick("full")
        assert session.meanwhile() is None  # and what is left is others'
        other.run.pause()
        assert session.meanwhile() is not None
        session.run.pause()
        assert session.meanwhile() is None

    @pytest.mark.parametrize("speed", [key for key in SPEEDS if key != "full"])
    def test_the_numbers_are_the_same(self, speed):
        now = [0.0]
        fast = self.session(now)
        fast.run.epoch(3)
        while fast.run.status == "running":
            fast.tick("full")
        slow = self.session(now)
        while slow.run.progress.newest < 3:
            slow.tick(speed)
            now[0] += 0.5
        slow.run.pause()
        for run in (slow.run, fast.run):
            run.show_checkpoint(3)
        one, other = (run.state(0).checkpoint for run in (slow.run, fast.run))
        assert one.epoch == other.epoch == 3
        assert np.array_equal(one.params, other.params)

    def test_what_is_no_speed_is_refused(self):
        session = self.session([0.0])
        with pytest.raises(LookupError, match="choose from"):
            session.tick("warp")
        assert session.run.progress.newest == 0
