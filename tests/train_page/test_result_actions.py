"""What is asked of a result: examined parts, a predicted point, a drawn digit, the data as a table."""

import base64

import numpy as np
import pytest

from tests.support.train_sessions import look, send


def test_a_result_is_examined_and_a_point_predicted(one):
    send(one, {"type": "epochs", "count": 2}, {"type": "tick"})
    found = send(one, {"type": "examine"})["examined"]
    assert (found["part"], found["samples"]) == ("test", 40)
    assert sum(map(sum, found["confusion"])) == 40
    low, high, _ = found["interval"]
    assert low <= found["accuracy"] <= high
    assert len(found["wrong"]) == found["wrongs"] == 40 - sum(found["confusion"][i][i] for i in range(2))
    assert "examined" not in send(one, {"type": "tick"})
    answer = send(one, {"type": "predict", "point": [0.5, 0.5]})["answer"]
    assert sum(answer["probabilities"]) == pytest.approx(1.0)
    assert "2 numbers" not in str(one.said.error)
    assert "expected 2" in send(one, {"type": "predict", "point": [1.0]})["error"]
    assert "there are no" in send(one, {"type": "examine", "part": "other"})["error"]


def test_residuals_of_values(one):
    send(one, {"type": "set", "path": ["source"], "value": "diabetes"})
    found = send(one, {"type": "examine", "part": "train"})["examined"]
    assert found["kind"] == "values"
    assert len(found["residuals"]) == len(found["predicted"]) == found["samples"]


def test_a_drawn_digit_gets_an_answer(one):
    send(one, {"type": "set", "path": ["source"], "value": "digits"})
    drawing = np.zeros((96, 96), np.uint8)
    assert "nothing is drawn" in send(one, {"type": "digit", "drawing": base64.b64encode(drawing).decode()})["error"]
    drawing[20:70, 44:52] = 255
    data = send(one, {"type": "digit", "drawing": base64.b64encode(drawing).decode()})
    assert len(data["answer"]["probabilities"]) == 10
    assert data["answer"]["picture"]["width"] == 8
    for damaged in ("AAAA", "AAAAA", "µ"):
        assert "did not arrive whole" in send(one, {"type": "digit", "drawing": damaged})["error"]


def test_the_data_as_a_table(one):
    found = send(one, {"type": "table", "start": 60})["table"]
    assert (found["start"], found["samples"], len(found["rows"])) == (50, 200, 50)
    row, part, target, read, x = found["rows"][3]
    assert (row, target) == (54, one.table.class_names[one.table.target[53]])
    assert part in ("train", "validation", "test")
    assert read[one.table.target[53]] == 1.0
    assert x == one.table.x[53].tolist()
    assert send(one, {"type": "table", "start": 10**9})["table"]["start"] == 150


def test_units_that_read_pictures_are_shown_by_their_weights(one):
    assert "pictures" not in look(one)
    data = send(one, {"type": "set", "path": ["source"], "value": "digits"})
    assert [(picture["width"], picture["height"]) for picture in data["pictures"]] == [(8, 8)] * 16
