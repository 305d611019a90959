"""Thinned sequences keep what they should, in order."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlpviz.engine.thinning import Thinning, evenly_spaced, every_nth


@given(st.integers(0, 200), st.integers(2, 9))
def test_of_items_that_come_every_stride_is_kept_from_the_first_on(count, most):
    thinning, kept = Thinning(), []
    for number in range(count):
        if thinning.due:
            kept.append(number)
        thinning.came += 1
        if len(kept) > most:
            kept = thinning.halve(kept)
    assert kept == list(range(0, count, thinning.stride))
    assert len(kept) <= most


@given(st.integers(0, 200), st.integers(1, 20))
def test_every_nth_leaves_at_most_so_many_and_all_where_they_fit(count, most):
    kept = list(range(count))[every_nth(count, most)]
    assert len(kept) <= most
    assert kept[:1] == list(range(count))[:1]
    assert len({after - before for before, after in itertools.pairwise(kept)}) <= 1
    if count <= most:
        assert len(kept) == count


@given(st.integers(0, 200), st.integers(2, 20))
def test_evenly_spaced_places_have_both_ends(count, most):
    places = evenly_spaced(count, most)
    assert len(places) == min(count, most)
    assert places == sorted(set(places))
    if count:
        assert (places[0], places[-1]) == (0, count - 1)
    steps = {after - before for before, after in itertools.pairwise(places)}
    assert max(steps, default=0) - min(steps, default=0) <= 1


@pytest.mark.parametrize(("count", "most", "places"), [(0, 5, []), (1, 5, [0]), (9, 3, [0, 4, 8]), (10, 3, [0, 4, 9])])
def test_evenly_spaced_places_by_hand(count, most, places):
    assert evenly_spaced(count, most) == places
