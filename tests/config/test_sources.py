"""Points, formulas, drawings and CSV files become tables, or it is said what is wrong with them."""

import math

import numpy as np
import pytest

from mlpviz.config import TrainingConfig, load_table, prepare
from tests.support.written_configs import IRIS, POINTS, WHOLE, refused


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (POINTS | {"classes": [0, 0, 0, 0]}, "data.classes is 0 everywhere, expected at least two classes"),
        (POINTS | {"classes": [0, 1]}, "data.classes has 2 entries, expected 4 like x"),
        (POINTS | {"classes": None}, "data has neither classes nor values"),
        (POINTS | {"values": [[1]] * 4}, "data has both classes and values"),
        (POINTS | {"x": [[0, 0], [1], [2, 2], [3, 3]]}, "data.x row 2 has 1 number, expected 2 like the first"),
        (POINTS | {"x": [[0, math.nan]] * 4}, "data.x row 1 column 2 is NaN, expected a finite number"),
        (POINTS | {"classes": [0, 1, 1, 1000]}, "data.classes row 4 is 1000, expected at most 999"),
        ({"kind": "formula", "text": "import os"}, "data.text is no formula"),
        ({"kind": "formula", "text": "x", "low": 2, "high": 1}, "data.high is 1, expected more than low, 2"),
        ({"kind": "drawn", "points": [[0, 0]]}, "data.points has 1 entries, at least 2 are needed"),
        ({"kind": "csv"}, "data has neither file nor content"),
        ({"kind": "csv", "content": "a,b", "missing": "guess"}, "data.missing is 'guess', expected 'refuse' or 'drop'"),
        (3, "data is 3, expected an object"),
        ({}, "data has no kind, expected one of set"),
    ],
)
def test_wrong_data_are_refused_before_anything_is_made(data, sentence):
    assert sentence in refused(IRIS | {"data": data})


def test_points_formula_and_drawing_become_tables():
    points = load_table(TrainingConfig.parse(IRIS | {"data": POINTS}).data)
    assert points.x.tolist() == POINTS["x"]
    assert points.target.tolist() == [0, 1, 1, 0]
    curve = load_table(
        TrainingConfig.parse(
            IRIS | {"data": {"kind": "formula", "text": "2*x", "low": 0, "high": 1, "samples": 11}}
        ).data
    )
    assert np.allclose(curve.target, 2 * curve.x)
    assert curve.samples == 11
    drawn = {"kind": "drawn", "points": [[0, 0], [2, 4], [1, 1]], "samples": 21}
    table = load_table(TrainingConfig.parse(IRIS | {"data": drawn}).data)
    assert np.allclose(table.target[:, 0], np.interp(table.x[:, 0], [0, 1, 2], [0, 1, 4]))
    line = {"kind": "drawn", "points": [[1, 0], [1, 4]]}
    assert refused(TrainingConfig.parse(IRIS | {"data": line}).data, load_table) == (
        "data: the drawn curve has 1 place along x, expected at least 2"
    )
    nowhere = {"kind": "formula", "text": "1/x", "low": -1, "high": 1, "samples": 11}
    assert "data: the formula is inf at x = 0" in refused(
        TrainingConfig.parse(IRIS | {"data": nowhere}).data, load_table
    )


def test_a_csv_table_comes_from_its_text_or_its_file():
    text = "a,b,kind\n1,2,red\n3,4,blue\n5,6,red\n"
    inside = TrainingConfig.parse(IRIS | {"data": {"kind": "csv", "content": text, "features": ["b"]}}).data
    assert load_table(inside).x.tolist() == [[2], [4], [6]]
    outside = TrainingConfig.parse(IRIS | {"data": {"kind": "csv", "file": "kinds.csv"}}).data
    assert load_table(outside, text.encode()).class_names == ("blue", "red")
    assert refused(outside, load_table) == "data.file is 'kinds.csv', and that file is not here: open it again"
    wrong = text.replace("3", "three").encode()
    assert refused(outside, lambda data: load_table(data, wrong)) == (
        "data: line 3, column 'a' is 'three', expected a number; "
        "columns of text can be left out: texts = leave_out, or become 0 and 1: texts = one_hot"
    )


def test_a_constant_feature_is_a_note_and_no_error():
    points = POINTS | {"x": [[0, 5], [1, 5], [2, 5], [3, 5]]}
    built = prepare(TrainingConfig.parse(IRIS | {"data": points, "split": WHOLE, "scaling": "standard"}))
    assert built.notes == ("x2 has the same value in every training row, so the scale is left at 1.",)
    *_, last = built.run()
    assert last.failure is None
