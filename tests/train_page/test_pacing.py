"""How long a run learns for one picture: what is left of its time."""

import pytest

from mlpviz.train_page.pacing import LONGEST, PERIOD, SHORTEST, TRANSFER_LONGEST, FramePacer


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
