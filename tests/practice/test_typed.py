import numpy as np
import pytest

from mlpviz.practice.typed import closeness, read_cell, tolerances
from mlpviz.schema.number_errors import NumberTextError
from mlpviz.schema.reader_sign import typed_with
from mlpviz.text.numbers import NumberStyle, format_number


def near(text, value, others=()):
    block = np.array([value, *others], dtype=float)
    equal, allowed = tolerances(block)
    return closeness(read_cell(text), float(block[0]), float(equal[0]), float(allowed[0]))


@pytest.mark.parametrize(
    ("value", "text", "state"),
    [
        (3.0, "3", "right"), (3.0, "3.0", "right"), (3.0, "6/2", "right"), (3.0, "3*4-9", "right"),
        (3.0, "2.999", "wrong"), (3.0, "3.0001", "wrong"), (-4.0, "−4", "right"), (-4.0, "4", "wrong"),
        (0.0, "0", "right"), (0.0, "-0", "right"), (0.0, "0.0001", "wrong"),
        (2 / 3, "2/3", "right"), (2 / 3, "0.667", "rounded"), (2 / 3, "0.66667", "rounded"),
        (2 / 3, "0.666", "wrong"), (2 / 3, "0.67", "coarse"), (2 / 3, "0.7", "coarse"), (2 / 3, "0.6", "wrong"),
        (0.125, "1/8", "right"), (0.125, "0.125", "right"), (0.125, "0.1251", "wrong"), (0.125, "0.13", "coarse"),
        (1234.567, "1234.6", "rounded"), (1234.567, "1235", "coarse"), (1234.567, "1234.7", "wrong"),
        (1.234567e-7, "1.23e-7", "rounded"), (1.234567e-7, "1.2e-7", "coarse"), (1.234567e-7, "0", "wrong"),
        (12.5, "12,5", "right"), (0.3, "0", "wrong"), (1e6 + 1, "1000001", "right"), (1e6 + 1, "1e6", "coarse"),
        (0.1 + 0.2, "0.3", "right"), (1 / 3, "0.333", "rounded"), (1 / 3, "1/3", "right"), (1 / 3, "33.3%", "rounded"),
    ],
)  # fmt: skip
def test_how_near_a_typed_number_is(value, text, state):
    assert near(text, value) == state


def test_what_is_left_over_from_numbers_that_cancel_is_0():
    assert near("0", 1e-17, [3.0]) == "right"
    assert near("0", 1e-17) == "wrong"


@pytest.mark.parametrize("value", [2 / 3, -17.123456, 0.0012345678, 98765.4321, 1.234567e-9, 1.23456789e8 + 0.5])
def test_the_text_of_the_sheet_is_right_and_its_last_digit_may_be_off_by_half(value):
    shown = format_number(value).replace("−", "-")
    assert near(shown, value) == "rounded"
    assert near(format_number(value, NumberStyle(8)), value) in ("right", "rounded")
    unit = read_cell(shown).unit
    assert near(repr(value + 0.49 * unit), value) == "rounded"
    assert near(repr(value + 0.51 * unit), value) == "wrong"


def test_a_comma_is_the_readers_own():
    with typed_with(","):
        assert read_cell("0,5").value == 0.5
        assert read_cell("1,000").value == 1.0
    with pytest.raises(NumberTextError, match="could be 1000 or"):
        read_cell("1,000")


@pytest.mark.parametrize("text", ["abc", "1//2", "__import__('os')", "1 2", "--", "1/0", "2" * 500])
def test_what_is_no_number_is_said(text):
    with pytest.raises(NumberTextError):
        read_cell(text)
