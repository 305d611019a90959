"""Drawings become digits as the data sets have them: a digit of the set, enlarged and moved, comes back as itself."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from mlpviz.data import DATASETS, DataError, Table
from mlpviz.data.drawn_digit import drawn_digit


@pytest.fixture(scope="module")
def digits() -> Table:
    return DATASETS["digits"].make(np.random.default_rng(0))


def paper(side: int) -> Table:
    names = tuple(str(pixel) for pixel in range(side * side))
    x = np.zeros((2, side * side))
    x[0, 0] = 255.0
    return Table(x, np.array([0, 1]), "classes", names, ("a", "b"), (side, side))


@pytest.mark.parametrize("number", range(0, 60, 7))
def test_an_enlarged_and_moved_digit_comes_back(digits: Table, number: int) -> None:
    picture = digits.x[number].reshape(8, 8)
    canvas = np.zeros((200, 200))
    canvas[17 : 17 + 120, 60 : 60 + 120] = np.kron(picture, np.ones((15, 15)))
    found = drawn_digit(canvas, digits).reshape(8, 8)
    shifted = [np.roll(picture, (down, across), (0, 1)) for down in (-1, 0, 1) for across in (-1, 0, 1)]
    if picture.any(axis=1).all():  # as high as the picture, so it keeps its size
        peak = picture.max()
        assert min(np.abs(found - each * (16.0 / peak)).max() for each in shifted) < 1e-9


def test_mnist_digits_are_fitted_into_twenty_pixels_and_centred_by_mass() -> None:
    drawing: Any = np.zeros((100, 300))
    drawing[10:90, 200:210] = 1.0  # a one, far from the middle
    drawing[80:90, 170:240] = 1.0  # with a foot
    picture = drawn_digit(drawing, paper(28)).reshape(28, 28)
    rows, columns = np.flatnonzero(picture.any(axis=1)), np.flatnonzero(picture.any(axis=0))
    assert rows[-1] - rows[0] + 1 == 20
    assert columns[-1] - columns[0] + 1 <= 20
    place = np.arange(28) + 0.5
    centre = [float((picture.sum(axis=axis) * place).sum() / picture.sum()) for axis in (0, 1)]
    assert centre == pytest.approx([14.0, 14.0], abs=0.51)
    assert picture.max() == pytest.approx(255.0)


@pytest.mark.parametrize(
    ("drawing", "sentence"),
    [(np.zeros((9, 9)), "nothing is drawn yet"), (np.ones(5), "rows of finite numbers"), ([[np.nan]], "finite")],
)
def test_what_is_no_drawing_is_refused(drawing: Any, sentence: str) -> None:
    with pytest.raises(DataError, match=sentence):
        drawn_digit(drawing, paper(28))


def test_data_without_pictures_take_no_drawing() -> None:
    iris = DATASETS["iris"].make(np.random.default_rng(0))
    with pytest.raises(DataError, match="no pictures"):
        drawn_digit(np.ones((3, 3)), iris)
