"""The one number format: what is shown is what the number is, as far as it says so."""

import json
import math
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlpviz.text.numbers import STYLES, NumberStyle, format_number, is_exact, number_pair, percent
from tests.support.repository import ROOT


def read(text: str) -> float:
    """The number that a text stands for."""
    return float(Fraction(text.replace("−", "-")))


@pytest.mark.parametrize("key", STYLES)
@given(value=st.floats(-1e308, 1e308))
def test_the_text_is_as_close_as_its_digits_say(key: str, value: float) -> None:
    style = STYLES[key][1]
    assert math.isclose(read(format_number(value, style)), value, rel_tol=10.0 ** (1 - style.digits), abs_tol=5e-324)


@given(st.floats(-1e308, 1e308))
def test_a_number_of_an_array_has_the_same_text(value: float) -> None:
    assert format_number(np.float64(value)) == format_number(value)


@given(st.integers(-63, 63), st.integers(1, 64))
def test_fractions_are_exact(numerator: int, denominator: int) -> None:
    text = format_number(numerator / denominator, NumberStyle(3, fractions=True))
    if "/" in text:
        top, bottom = map(float, text.replace("−", "-").split("/"))
        assert top / bottom == numerator / denominator
    elif denominator != 1 and abs(numerator / denominator) >= 1 / 64:
        assert read(text) == numerator // denominator


@pytest.mark.parametrize(
    ("value", "key", "text"),
    [
        (-3.5, "f", "−7/2"),
        (1 / 3, "f", "1/3"),
        (math.pi, "f", "3.14"),
        (math.pi, "2", "3.1"),
        (math.pi, "8", "3.1415927"),
        (2.9999999, "3", "3.00"),
        (3.804, "3", "3.80"),
        (0.1 + 0.2, "3", "0.3"),
        (-4.0, "3", "−4"),
        (0.0, "3", "0"),
        (1.27e-5, "3", "1.27e−5"),
        (2.5e6, "3", "2.5e6"),
        (2_500_000.5, "3", "2.5e6"),
        (math.inf, "3", "∞"),
        (-math.inf, "f", "−∞"),
        (math.nan, "f", "NaN"),
    ],
)
def test_people_write_it_so(value: float, key: str, text: str) -> None:
    assert format_number(value, STYLES[key][1]) == text


@pytest.mark.parametrize(
    ("value", "key", "text"), json.loads((ROOT / "tests/text/rounded_numbers.json").read_text(encoding="utf-8"))
)
def test_numbers_are_rounded_as_at_school_to_all_of_their_digits(value: float, key: str, text: str) -> None:
    assert format_number(value, STYLES[key][1]) == text


@pytest.mark.parametrize("key", STYLES)
@given(value=st.floats(1e-12, 1e12))
def test_what_is_written_is_the_shortest_text_of_the_number_rounded_half_up(key: str, value: float) -> None:
    digits = STYLES[key][1].digits
    shortest = Decimal(repr(value))
    places = digits - 1 - shortest.adjusted()
    if 1e-3 <= value < 1e6:
        places = max(1, places)
    rounded = shortest.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    text = format_number(value, NumberStyle(digits))
    assert (value.is_integer() and value < 1e6) or Decimal(text.replace("−", "-")) == rounded


@pytest.mark.parametrize(
    ("value", "exact"),
    [
        (0.5, True),
        (1 / 3, False),
        (0.1 + 0.2, True),
        (-1234.0, True),
        (1.2345e-9, False),
        (2e-7, True),
        (math.inf, True),
    ],
)
def test_what_is_written_whole(value, exact):
    assert is_exact(value) == exact
    assert is_exact(1 / 3, STYLES["f"][1])


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_all_digits_are_there_where_the_text_leaves_some_out(value: float) -> None:
    text, exact = number_pair(value)
    assert text == format_number(value)
    assert read(exact or text) == value


@pytest.mark.parametrize(
    ("share", "decimals", "text"),
    [
        (0.975, 1, "97.5%"),
        (0.5, 1, "50%"),
        (0.07, 0, "7%"),
        (1 / 3, 1, "33.3%"),
        (1.0, 1, "100%"),
        (0.9996, 1, "99.96%"),
        (0.0004, 0, "0.04%"),
        (0.0, 0, "0%"),
        (-0.25, 0, "−25%"),
        (-1e9, 1, "−1e11%"),
        (math.nan, 1, "NaN"),
    ],
)
def test_shares(share: float, decimals: int, text: str) -> None:
    assert percent(share, decimals) == text
