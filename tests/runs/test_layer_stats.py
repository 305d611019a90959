"""What is measured of the layers of a training is its own gradient, for every loss and whatever its settings."""

import numpy as np
import pytest

from mlpviz.config import TrainingConfig
from mlpviz.engine import LOSSES
from mlpviz.engine.passes import Workspace
from mlpviz.runs import Run
from mlpviz.runs.layer_stats import measure_layers
from tests.support.value_and_grad import value_and_grad

LEARNS = [key for key, loss in LOSSES.items() if loss.target not in ("none", "gradients")]


def _variants():
    for key in LEARNS:
        yield key, {}
        for each in LOSSES[key].hyperparameters:
            if each.kind == "floats" and each.name != "sample_weight":
                yield key, {each.name: [0.5, 2.0, 3.0]}
            if each.name == "ignore_index":
                yield key, {each.name: 1}


@pytest.mark.parametrize(("key", "given"), [*_variants()], ids=str)
def test_the_gradient_is_that_of_the_training(key, given):
    loss = LOSSES[key]
    rng = np.random.default_rng(0)
    values = {"values": rng.uniform(0.1, 2.0, (9, 3)).tolist()}
    target = values if loss.target == "values" else {"classes": [0, 1, 2, 0, 1, 2, 0, 0, 1]}
    run = Run.of(
        TrainingConfig.parse(
            {
                "data": {"kind": "points", "x": rng.normal(size=(9, 2)).tolist(), **target},
                "split": {"test": 0, "validation": 0},
                "layers": [
                    {"units": 3, "activation": loss.last_activations[0] if loss.last_activations else "softplus"}
                ],
                "loss": {"key": key, **given},
                "epochs": 1,
            }
        )
    )
    member, params = run.members[0], run.state(0).checkpoint.params
    measured = measure_layers(member.spec, params, member.sets.train)
    _, grad = value_and_grad(Workspace(member.spec, params), *member.sets.train)
    assert measured.gradient_norm == pytest.approx(np.linalg.norm(grad), rel=1e-12)
    run.step()
    assert run.state(0).snapshot.step == 1
    assert run.state(0).snapshot.failure is None
