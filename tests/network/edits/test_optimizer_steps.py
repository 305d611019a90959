"""Applying the update is gradient descent, once or k times, within limits."""

import numpy as np

from mlpviz.network import edits
from tests.support.edit_events import MAZUR, SEVEN, refused


def test_an_update_is_gradient_descent():
    trace = MAZUR.trace()
    once = edits.apply_update(MAZUR).document
    assert np.array_equal(once.params, MAZUR.params - 0.5 * trace.grad)
    assert edits.apply_update(MAZUR, 3).document == edits.apply_update(edits.apply_update(once).document).document
    assert edits.apply_update(MAZUR, 1000).document.trace().loss < 0.01 * trace.loss
    pinned = edits.pin(MAZUR, 2, 1, 1, 0.5).document
    assert edits.apply_update(pinned, 2).document.layers[1].weight[0] == MAZUR.layers[1].weight[0]


def test_an_update_that_overflows_is_refused():
    document = SEVEN.replace(learning_rate=1e299)
    said = refused(edits.apply_update, document)
    assert said.startswith("update 1 would make the weight of layer 1 infinite or not a number")
    broken = SEVEN.replace(
        x=((1e300, 0, 0), (0, 0, 0)), layers=({"weight": [[1e300] * 3], "bias": None, "activation": "relu"},)
    )
    assert "infinite or not a number" in refused(edits.apply_update, broken)


def test_too_much_work_for_one_edit_is_refused():
    layer = {"weight": ((0.0,) * 200,) * 200, "bias": None, "activation": "identity"}
    big = SEVEN.replace(layers=(layer,), x=((0.0,) * 200,) * 64, target=((0.0,) * 200,) * 64)
    assert refused(edits.apply_update, big, 1000) == "times is 1000, expected at most 78 for a network of this size"
    assert "expected 1 to 1000" in refused(edits.apply_update, SEVEN, 0)
