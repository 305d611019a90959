"""What a widget answers, as a kernel gets the messages of a browser."""

import pytest

import mlpviz
from mlpviz.api.widgets import SheetWidget
from mlpviz.examples.networks import PRESETS
from tests.support.messages import read_message
from tests.support.notebook_browser import Browser


def sheet():
    widget = SheetWidget(mlpviz.Network(PRESETS["xor"].document))
    return widget, Browser(widget)


def test_what_is_kept_is_the_sheet_as_it_is():
    widget, browser = sheet()
    browser.does(type="set_learning_rate", value="0.25")
    assert read_message(widget.shown)["state"]["learningRate"] != 0.25
    widget._handle_custom_msg({"keep": True}, [])
    kept = read_message(widget.shown)
    assert kept["state"]["learningRate"] == 0.25
    assert kept["state"]["structure_data"]["id"] == kept["state"]["structure"]
    widget._handle_custom_msg({"visit": "sheet"}, [])
    assert browser.answers[-1]["acknowledged"] == 1


def test_a_check_is_answered_in_a_thread():
    widget, browser = sheet()
    widget._handle_custom_msg({"request": {"page": "sheet", "events": [{"type": "check"}]}}, [])
    assert browser.came.wait(60)
    assert browser.answers[-1]["proof"]["status"] == "ok"


@pytest.mark.parametrize("message", [None, [], {}, {"visit": ["a"]}, {"visit": "x"}, {"request": 7}, {"request": {}}])
def test_what_is_no_message_is_left_alone(message):
    widget, browser = sheet()
    widget._handle_custom_msg(message, [])
    assert browser.answers == []
