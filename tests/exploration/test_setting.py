"""MakeSettings read what is typed, chosen and slid, refuse the rest in one sentence, and stand in an address."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlpviz.exploration.setting import AddressText, ChoiceSetting, SliderSetting, SwitchSetting
from mlpviz.network import DocumentError
from mlpviz.schema.reader_sign import typed_with

PLAIN = SliderSetting(key="z", label="z", low=-5, high=5, step=0.05, default=1.0)
DECADES = SliderSetting(key="rate", label="rate", low=1e-4, high=10, step=0.1, is_log=True, default=0.1)
WHOLE = SliderSetting(key="depth", label="depth", low=1, high=50, step=1, is_whole=True, default=10)
MENU = ChoiceSetting(key="f", label="function", options=(("relu", "ReLU"), ("tanh", "tanh")))


@given(st.floats(-1e3, 1e3))
@pytest.mark.parametrize("setting", [PLAIN, DECADES, WHOLE])
def test_every_place_of_a_slider_gives_a_value_that_an_address_brings_back(setting, place):
    value = setting.at(place)
    assert setting.low <= value <= setting.high
    assert setting.read(AddressText(setting.text(value))) == value
    assert setting.at(setting.item(value)["place"]) == value


def test_a_slider_moves_in_steps_without_what_sums_leave_behind():
    assert [PLAIN.at(place) for place in (0.3, 0.301, -0.15, 99)] == [0.3, 0.3, -0.15, 5]
    assert [DECADES.at(place) for place in (-1, 0, 0.3, 7)] == [0.1, 1.0, 1.995262315, 10]
    assert [type(WHOLE.at(place)) for place in (3.4, 1)] == [int, int]


@pytest.mark.parametrize(
    ("setting", "given", "sentence"),
    [
        (PLAIN, "7", "z is '7', expected a number from −5 to 5"),
        (PLAIN, "abc", "z is 'abc', expected a number"),
        (PLAIN, float("nan"), "z is NaN, expected a number from −5 to 5"),
        (PLAIN, True, "z is true, expected a number from −5 to 5"),
        (WHOLE, "2.5", "depth is '2.5', expected a whole number from 1 to 50"),
        (MENU, "gelu", "function is 'gelu', expected one of relu, tanh"),
        (SwitchSetting(key="s", label="bias"), "maybe", "bias is 'maybe', expected yes or no"),
    ],
)
def test_what_is_no_value_is_refused_in_one_sentence(setting, given, sentence):
    with pytest.raises(DocumentError) as refused:
        setting.read(given)
    assert sentence in str(refused.value)


def test_a_reader_of_decimal_commas_types_them_and_opens_links_with_points():
    with typed_with(","):
        assert PLAIN.read("1,125") == 1.125
        assert PLAIN.read(AddressText("1.125")) == 1.125
        with pytest.raises(DocumentError, match="could be"):
            PLAIN.read("1.125")


def test_a_choice_is_found_by_its_number_on_an_axis():
    assert [MENU.at(place) for place in (-3, 0.4, 0.6, 9)] == ["relu", "relu", "tanh", "tanh"]
    assert MENU.default == "relu"
