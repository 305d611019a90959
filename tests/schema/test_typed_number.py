import math
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlpviz.schema.limits import MAGNITUDE
from mlpviz.schema.number_errors import NumberTextError
from mlpviz.schema.typed_number import read_number
from mlpviz.text.numbers import STYLES, all_digits, format_number
from tests.support.pasted_matrices import NUMBERS

finite = st.floats(-MAGNITUDE, MAGNITUDE)


@pytest.mark.parametrize(("text", "expected"), NUMBERS)
def test_a_number_is_read_as_people_write_it_or_refused_in_one_sentence(text, expected):
    if isinstance(expected, str):
        with pytest.raises(NumberTextError) as caught:
            read_number(text)
        assert expected in str(caught.value)
        assert "\n" not in str(caught.value)
        assert len(str(caught.value)) < 240
    else:
        assert read_number(text) == expected


@given(finite)
def test_what_the_app_writes_with_all_digits_is_read_back(value):
    assert read_number(all_digits(value)) == value
    assert read_number(repr(value)) == value


@given(st.integers(-999, 999), st.integers(1, 64))
def test_fractions_that_the_app_shows_are_read_back(numerator, denominator):
    value = numerator / denominator
    assert read_number(f"{numerator}/{denominator}") == value
    assert math.isclose(read_number(format_number(value, STYLES["f"][1])), value, rel_tol=1e-2, abs_tol=1e-3)


@given(st.lists(st.tuples(st.sampled_from("+-*"), st.integers(0, 99), st.integers(1, 9)), min_size=1, max_size=6))
def test_sums_and_products_are_exact(terms):
    total, product = Fraction(0), Fraction(0)
    for sign, whole, decimal in terms:
        number = Fraction(f"{whole}.{decimal}")
        if sign == "*":
            product = product * number
        else:
            total, product = total + product, number if sign == "+" else -number
    text = "".join(f"{sign}{whole}.{decimal}" for sign, whole, decimal in terms)
    assert read_number(f"0{text}") == float(total + product)


@settings(max_examples=500)
@given(st.text(max_size=40) | st.text("0123456789.,-+*/^()eE%½⅓×·⁻³ '\\{}sqrtfac", max_size=40))
def test_any_text_is_a_number_or_one_sentence(text):
    try:
        value = read_number(text)
    except NumberTextError as error:
        problem = str(error)
    else:
        assert abs(value) <= MAGNITUDE
        return
    assert problem.startswith("is ")
    assert "\n" not in problem
