import dataclasses

import numpy as np
import pytest

from mlpviz.data.table import DataError, Table

X = np.arange(6.0).reshape(3, 2)
CLASSES = {"x": X, "target": [0, 1, 1], "task": "classes", "feature_names": ("a", "b"), "class_names": ("no", "yes")}
VALUES = {"x": X, "target": [[1.0], [2.0], [3.0]], "task": "values", "feature_names": ("a", "b")}


def spoilt(array: np.ndarray, place: tuple[int, int], value: float) -> np.ndarray:
    copy = np.array(array, float)
    copy[place] = value
    return copy


def test_a_table_knows_its_sizes_and_types():
    classes, values = Table(**CLASSES), Table(**VALUES)
    assert (classes.samples, classes.outputs, classes.target.dtype) == (3, 2, np.int64)
    assert (values.samples, values.outputs, values.target.dtype) == (3, 1, np.float64)
    assert classes.x.dtype == np.float64


@pytest.mark.parametrize("given", [CLASSES, VALUES], ids=["classes", "values"])
def test_a_table_is_a_read_only_copy(given):
    x, target = np.array(given["x"]), np.array(given["target"])
    table = Table(**{**given, "x": x, "target": target})
    x[0, 0] = 99
    target[0] = 1
    assert table.x[0, 0] == 0
    assert table.target[0] == given["target"][0]
    for array in (table.x, table.target):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1
    with pytest.raises(dataclasses.FrozenInstanceError):
        table.task = "values"


@pytest.mark.parametrize(
    ("given", "change", "message"),
    [
        (CLASSES, {"x": spoilt(X, (1, 0), np.nan)}, "row 2, a is nan, expected a finite number"),
        (CLASSES, {"x": spoilt(X, (2, 1), -np.inf)}, "row 3, b is -inf, expected a finite number"),
        (VALUES, {"target": [[1.0], [np.inf], [3.0]]}, "row 2, target 1 is inf, expected a finite number"),
        (CLASSES, {"x": X[0]}, "x has shape (2,), expected samples × features, at least one of each"),
        (CLASSES, {"x": X[:0]}, "x has shape (0, 2), expected samples × features, at least one of each"),
        (CLASSES, {"x": [[1.0], [1.0, 2.0]]}, "expected numbers in rows of equal length, got list"),
        (CLASSES, {"feature_names": ("a",)}, "1 feature names for 2 features"),
        (CLASSES, {"target": [0, 1]}, "the target has shape (2,), expected one class number for each of 3"),
        (CLASSES, {"target": [0.0, 1.0, 1.0]}, "the target holds float64, expected class numbers"),
        (CLASSES, {"target": [0, 2, 1]}, "row 2 is of class 2, expected a whole number from 0 below 2"),
        (CLASSES, {"target": [0, 1, -1]}, "row 3 is of class -1, expected a whole number from 0 below 2"),
        (CLASSES, {"image_shape": (2, 2)}, "pictures of 2 × 2 have 4 pixels, but x has 2"),
        (CLASSES, {"task": "clusters"}, "task is 'clusters', expected 'classes' or 'values'"),
        (VALUES, {"target": [1.0, 2.0, 3.0]}, "the target has shape (3,), expected 3 samples × outputs"),
        (VALUES, {"class_names": ("a",)}, "a table of values has class names, expected none"),
    ],
)
def test_what_does_not_fit_is_said_with_its_place(given, change, message):
    with pytest.raises(DataError) as error:
        Table(**{**given, **change})
    assert str(error.value) == message
