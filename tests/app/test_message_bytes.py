"""Messages with arrays behind their JSON come back bit by bit; those without are JSON as ever."""

import json

import numpy as np
import pytest

from mlpviz.app.message_bytes import ARRAYS, to_bytes
from tests.support.messages import read_message

AWKWARD = np.array([0.1, -0.0, np.inf, -np.inf, np.nan, 5e-324, 1.7976931348623157e308])


def test_a_message_without_arrays_is_json():
    message = {"text": "∂L/∂a", "numbers": [1, 0.5, None]}
    assert json.loads(to_bytes(message)) == message
    assert to_bytes(message).startswith(b"{")


@pytest.mark.parametrize("text", ["", "x", "∂L/∂W", "1234567"])
def test_arrays_come_back_with_every_bit_whatever_stands_before_them(text):
    places = np.array([3, 1, 2], dtype=np.int32)
    message = {"text": text, "deep": {"numbers": AWKWARD, "list": [{"places": places}]}, "none": np.empty(0)}
    content = to_bytes(message)
    assert content.startswith(ARRAYS)
    assert len(content) % 8 == 0
    found = read_message(content)
    assert found["text"] == text
    assert found["deep"]["numbers"].tobytes() == AWKWARD.tobytes()
    assert found["deep"]["list"][0]["places"].tolist() == [3, 1, 2]
    assert found["none"].size == 0


def test_a_matrix_travels_row_by_row_also_where_it_is_a_transposed_view():
    matrix = np.arange(6.0).reshape(2, 3).T
    assert read_message(to_bytes({"matrix": matrix}))["matrix"].tolist() == [0, 3, 1, 4, 2, 5]


def test_what_json_cannot_hold_is_refused():
    with pytest.raises(ValueError, match="JSON"):
        to_bytes({"loss": float("nan"), "numbers": AWKWARD})
    with pytest.raises(TypeError, match="set cannot be sent"):
        to_bytes({"cells": {1, 2}})
