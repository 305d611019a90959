from dataclasses import replace

import numpy as np
import pytest

from mlpviz.engine import ACTIVATIONS, LOSSES, NORMS
from mlpviz.engine.tensor_names import layer_tensors
from mlpviz.practice.mistakes.planted import PLANTED
from mlpviz.verify.report import check
from tests.support.random_networks import chain, with_mode


def around(spec, number, **changes):
    """The network with something around the activation of a layer (from 1)."""
    layers = list(spec.layers)
    layers[number - 1] = replace(layers[number - 1], **changes)
    return replace(spec, layers=tuple(layers))


NETWORKS = (
    chain((3, 4, 3, 4), ("relu", "sigmoid", "tanh"), "mse"),
    chain((3, 4, 4, 3), ("tanh", "relu", "softmax"), "cross_entropy_probs"),
    chain((2, 3, 3), ("leaky_relu", "identity"), "cross_entropy"),
    chain((2, 3, 2), ("softmax", "sigmoid"), "bce"),
    chain((2, 3, 2), ("relu", "identity"), "sum"),
    around(chain((2, 3, 3, 2), ("tanh", "relu", "identity")), 1, norm=NORMS["batch_norm"], dropout=0.5),
    around(chain((2, 3, 3, 2), ("tanh", "sigmoid", "identity")), 2, norm=NORMS["layer_norm"], skip=1),
    around(chain((2, 3, 3, 2), ("tanh", "prelu", "identity")), 2, norm=NORMS["rms_norm"]),
)

EACH = pytest.mark.parametrize("mistake", PLANTED, ids=[mistake.key for mistake in PLANTED])


def origin(spec, planted):
    """The first wrong tensor of the backward pass, from what was replaced."""
    if planted.loss != spec.loss:
        return f"∂L/∂a of layer {len(spec.layers)}"
    last = max(i for i, pair in enumerate(zip(spec.layers, planted.layers, strict=True)) if pair[0] != pair[1])
    if planted.activations[last].alpha_vjp != spec.activations[last].alpha_vjp:
        return f"∂L/∂α of layer {last + 1}"
    read = (
        layer_tensors(spec.layers[last]).activation_input
        if planted.layers[last].norm == spec.layers[last].norm
        else "z"
    )
    return f"∂L/∂{read} of layer {last + 1}"


@EACH
@pytest.mark.parametrize("with_torch", [True, False])
def test_a_planted_mistake_turns_the_proof_red_at_its_origin(mistake, with_torch):
    if with_torch:
        pytest.importorskip("torch")
    fitting = [spec for spec in NETWORKS if mistake.fits(spec)]
    assert fitting
    for spec in fitting:
        planted = mistake.plant(spec)
        trace = with_mode(planted, 3, 1).run()
        report = check(trace, with_torch=with_torch)
        assert not report.ok
        assert report.first_failure.name == origin(spec, planted)
        assert report.first_failure.name in report.summary


@EACH
def test_the_forward_pass_and_the_registries_stay_as_they_are(mistake):
    records = dict(ACTIVATIONS), dict(LOSSES)
    for spec in NETWORKS:
        planted = mistake.plant(spec)
        right, wrong = with_mode(spec, 3, 1).run(), with_mode(planted, 3, 1).run()
        assert wrong.loss == right.loss
        assert np.array_equal(wrong.output, right.output)
        assert mistake.fits(spec) == (not np.array_equal(wrong.grad, right.grad))
    assert (dict(ACTIVATIONS), dict(LOSSES)) == records


@EACH
def test_every_mistake_says_what_it_does(mistake):
    assert mistake.label
    assert mistake.sentence.endswith(".")


@pytest.mark.parametrize("spec", NETWORKS, ids=lambda spec: spec.loss.key)
def test_without_a_mistake_the_proof_is_green(spec):
    assert check(with_mode(spec, 3, 1).run()).ok
