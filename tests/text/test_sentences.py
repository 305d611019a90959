"""A sentence reads as its text, and holds all digits of the numbers that are rounded in it."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlpviz.text.numbers import MINUS, all_digits, format_number, signed
from mlpviz.text.sentences import RoundedNumber, Sentence, exact_number, joined, parenthesised, sentence

THIRD = exact_number(1 / 3)

finite = st.floats(allow_nan=False, allow_infinity=False)


@given(finite, st.booleans())
def test_a_number_keeps_all_digits_where_its_text_leaves_some_out(value: float, sign: bool) -> None:
    number = exact_number(value, sign=sign)
    assert str(number) == (signed(value) if sign else format_number(value))
    (part,) = number
    assert isinstance(part, RoundedNumber) == (all_digits(value) != format_number(value))
    if isinstance(part, RoundedNumber):
        assert float(part.digits.replace(MINUS, "-")) == value


@given(finite)
def test_a_number_after_a_sign_stands_in_parentheses_if_it_has_one(value: float) -> None:
    text = format_number(value)
    found = parenthesised(exact_number(value))
    assert str(found) == (f"({text})" if text.startswith(MINUS) else text)


def test_parts_take_the_places_of_their_names() -> None:
    found = sentence("At ({here}) {count} of {name} stay{end}.", here=THIRD, count=2, name="them", end="")
    assert found == ("At (", RoundedNumber("0.333", all_digits(1 / 3)), ") 2 of them stay.")
    assert str(found) == "At (0.333) 2 of them stay."
    assert str(sentence("{one} and {one}", one=THIRD)) == "0.333 and 0.333"


def test_what_a_part_says_is_no_template() -> None:
    assert sentence("{name}", name="{braces}") == ("{braces}",)


def test_sentences_are_joined_without_two_texts_side_by_side() -> None:
    found = joined("; ", [THIRD, "a", sentence("b"), Sentence(), THIRD])
    assert str(found) == "0.333; a; b; ; 0.333"
    assert [type(part) for part in found] == [RoundedNumber, str, RoundedNumber]
    assert not joined("; ", [])
    assert not sentence("")


def test_the_browser_gets_a_list_of_texts_and_pairs() -> None:
    found = sentence("from {a} to {b}", a=exact_number(0.5), b=THIRD)
    assert json.loads(json.dumps(found)) == ["from 0.5 to ", ["0.333", all_digits(1 / 3)]]


@pytest.mark.parametrize("value", [math.inf, -math.inf, math.nan])
def test_what_is_no_number_has_no_digits(value: float) -> None:
    assert exact_number(value) == (format_number(value),)


def test_digits_are_not_lost_without_a_word() -> None:
    with pytest.raises(TypeError, match="f-string"):
        f"{THIRD}"
    with pytest.raises(TypeError, match="float"):
        sentence("{a}", a=0.5)  # type: ignore[arg-type]
    with pytest.raises(KeyError):
        sentence("{a} and {b}", a="one")
