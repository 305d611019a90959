import numpy as np
import pytest

from mlpviz.network import Document, DocumentError
from mlpviz.schema.limits import DOCUMENT_LIMITS, MAGNITUDE


def document(weight):
    layer = {"weight": weight, "activation": "identity"}
    return Document.parse({"version": 1, "layers": [layer], "x": [[1, 2]], "target": [[0]], "loss": "mse"})


def said(weight):
    """What is said of a weight: nothing if it is right."""
    try:
        document(weight)
    except DocumentError as error:
        return str(error)
    return ""


@pytest.mark.parametrize(
    "weight",
    [
        np.array([[np.nan, 1.0]]), np.array([[1.0, np.inf]]), np.array([[1.0, -2 * MAGNITUDE]]), np.zeros((0, 2)),
        np.zeros((1, 0)), np.zeros((1, DOCUMENT_LIMITS.width + 1)), np.zeros((DOCUMENT_LIMITS.width + 1, 2)),
        np.zeros(2), np.zeros((1, 2, 1)), np.array([["1", "x"]]), np.array([[True, False]]), np.zeros((1, 3)),
    ],
)  # fmt: skip
def test_of_an_array_is_said_what_is_said_of_a_list(weight):
    assert said(weight) == said(weight.tolist()) != ""


def test_an_array_is_read_as_the_same_list():
    array = np.array([[0.1, -0.0]])
    assert document(array) == document(array.tolist())
    assert str(document(array).layers[0].weight) == "((0.1, -0.0),)"
    assert document(np.array([[1, 2]])) == document([[1, 2]])
