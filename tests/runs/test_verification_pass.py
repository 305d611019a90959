"""The pass that the badge checks: of the right network, in every kind of layer and type of number."""

import dataclasses

import numpy as np
import pytest

from mlpviz.config import TrainingConfig
from mlpviz.runs import Run
from mlpviz.runs.to_document import FEW, next_batch, verification_trace
from mlpviz.verify.report import check

MOONS = {
    "version": 1, "data": {"kind": "set", "set": "moons"}, "loss": "cross_entropy",
    "layers": [{"units": 5, "activation": "tanh"}, {"units": None, "activation": "identity"}],
    "optimizer": {"key": "adam", "learning_rate": 0.01}, "batch_size": 20, "epochs": 5,
}  # fmt: skip


def learned(steps, **changes):
    run = Run.of(TrainingConfig.parse({**MOONS, **changes}))
    for _ in range(steps):
        run.step()
    return run


AROUND = [{"norm": "batch_norm"}, {"norm": "layer_norm"}, {"dropout": 0.4}, {"bias": False}]


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("more", AROUND, ids=lambda more: next(iter(more)))
def test_every_kind_of_network_is_proved(more, dtype):
    layers = [{"units": 5, "activation": "tanh", **more}, {"units": None, "activation": "identity"}]
    report = check(verification_trace(learned(3, layers=layers, dtype=dtype)))
    assert report.ok, report.first_failure
    assert report.torch is not None
    assert report.differences is not None


def test_it_is_the_network_and_the_batch_on_screen():
    run = learned(3)
    trace = verification_trace(run)
    assert run.state(0).checkpoint.step == 3
    np.testing.assert_array_equal(trace.params, run.state(0).checkpoint.params)
    np.testing.assert_array_equal(trace.x, next_batch(run.members[0], run.state(0).snapshot).part.x[:FEW])
    run.step()
    assert not np.array_equal(verification_trace(run).params, trace.params)


def test_a_wrong_gradient_is_seen():
    trace = verification_trace(learned(1))
    wrong = dataclasses.replace(trace, grad_x=trace.grad_x * 1.01)
    assert not check(wrong).ok
