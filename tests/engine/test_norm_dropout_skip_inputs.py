"""Norms, masks and skips that do not fit are named."""

import numpy as np
import pytest

from mlpviz.engine import SpecError, Workspace, run_pass
from mlpviz.engine.dropout import SlopesOf
from tests.support.mixed_networks import MIXED, network
from tests.support.random_networks import with_mode
from tests.support.value_and_grad import value_and_grad


@pytest.mark.parametrize(
    ("layers", "loss", "message"),
    [
        ([(2, 3, "relu", {"dropout": 1.1})], "mse", "layer 1 has dropout 1.1, expected a number from 0 to 1"),
        ([(2, 2, "relu", {"skip": 2})], "mse", "layer 1 has a skip around 2 layers, expected 0 to 1"),
        (
            [(3, 4, "relu", {}), (4, 2, "relu", {"skip": 2})],
            "mse",
            "the skip to layer 2 adds the 3 inputs of layer 1 to 2 outputs, expected as many",
        ),
        ([(2, 2, "sigmoid", {"dropout": 0.5})], "bce", "loss bce reads what sigmoid gives: .* cannot have dropout"),
        ([(2, 2, "softmax", {"skip": 1})], "cross_entropy_probs", "the last layer cannot have a skip"),
    ],
)
def test_what_does_not_fit_is_named(layers, loss, message):
    with pytest.raises(SpecError, match=message):
        network(*layers, loss=loss)


def test_a_pass_that_cannot_train_is_named():
    one = with_mode(MIXED, 3, 0)
    for arguments, message in (
        ({"masks": {}}, "layer 1 has dropout: a training pass needs its mask"),
        ({"masks": {**one.masks, 1: one.masks[0]}}, "layer 2 has no dropout, but a mask is given"),
        ({"masks": {**one.masks, 0: np.ones((3, 5))}}, "mask of layer 1 has shape 3 x 5, expected 3 x 4"),
        ({"masks": {**one.masks, 0: np.full((3, 4), 0.5)}}, "mask of layer 1 has a number other than 0 and 1"),
        ({"buffers": np.ones(3)}, "the network has 12 running statistics, 3 given"),
    ):
        with pytest.raises(SpecError, match=message):
            run_pass(MIXED, one.params, one.x, one.target, **one.mode | arguments)
    drawing = network((3, 4, "rrelu", {"dropout": 1.0}))
    one = with_mode(drawing, 3, 0)
    for arguments, message in (
        ({"masks": {0: one.masks[0]}}, "layer 1 draws its slopes: a training pass needs them"),
        ({"masks": {**one.masks, SlopesOf(1): np.ones((3, 4))}}, "layer 2 draws no slopes, but some are given for it"),
        ({"masks": {**one.masks, SlopesOf(0): np.ones((3, 5))}}, "slopes of layer 1 have shape 3 x 5, expected 3 x 4"),
        ({"masks": {**one.masks, 0: np.ones((3, 4))}}, "mask of layer 1 keeps a unit, with dropout 1 it keeps none"),
    ):
        with pytest.raises(SpecError, match=message):
            run_pass(drawing, one.params, one.x, one.target, **one.mode | arguments)
    with pytest.raises(SpecError, match="layer 1 draws its slopes: a training pass needs them"):
        value_and_grad(Workspace(drawing, one.params), one.x, one.target, masks={0: one.masks[0]})
    one = with_mode(MIXED, 3, 0)
    single = {index: mask[:1] for index, mask in one.masks.items()}
    message = "layer 1 has batch norm: training needs at least 2 samples, 1 given"
    with pytest.raises(SpecError, match=message):
        run_pass(MIXED, one.params, one.x[:1], one.target[:1], masks=single)
    with pytest.raises(SpecError, match=message):
        value_and_grad(Workspace(MIXED, one.params), one.x[:1], one.target[:1], masks=single)
    with pytest.raises(SpecError, match="needs its mask"):
        value_and_grad(Workspace(MIXED, one.params), one.x, one.target)
    assert run_pass(MIXED, one.params, one.x[:1], one.target[:1], training=False).loss > 0.0
