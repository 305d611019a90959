import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from mlpviz.engine import ACTIVATIONS, LOSSES, Pin, run_pass
from mlpviz.engine.rounding_error import rounding_error
from mlpviz.engine.tensor_names import Tensor, tensors
from mlpviz.verify import torch_reference
from mlpviz.verify.report import check
from tests.support.random_networks import chain, example, examples, target_for


def assert_same(trace):
    twin, spread = torch_reference.run(trace), rounding_error(trace)
    for tensor in tensors(trace.spec):
        ours, theirs = tensor.of(trace), tensor.of(twin)
        assert theirs.dtype == np.float64
        assert ours.shape == theirs.shape
        # where terms cancel, 1e-12 of the little that is left is less than one rounding
        allowed = 1e-12 * np.abs(theirs).max() + 8.0 * spread[tensor]
        assert np.abs(ours - theirs).max() <= allowed, tensor.name
    assert [layer.bias is None for layer in twin.layers] == [layer.bias is None for layer in trace.layers]


@settings(max_examples=200)
@given(examples())
def test_every_tensor_is_that_of_torch(one):
    pytest.importorskip("torch")
    assert_same(one.run())


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_every_activation_with_every_loss(activation, loss):
    pytest.importorskip("torch")
    last = (LOSSES[loss].last_activations or (activation,))[0]
    for bias in (True, False):
        assert_same(example(chain((3, 4, 3), (activation, last), loss, bias), samples=5, seed=1, pins=2).run())


def test_class_numbers_and_their_one_hot_rows_and_probabilities():
    pytest.importorskip("torch")
    spec = chain((2, 3), "identity", "cross_entropy")
    one = example(spec, samples=4, seed=0)
    classes = np.array([0, 2, 1, 1])
    for target in (
        classes,
        np.eye(3)[classes],
        np.random.default_rng(0).dirichlet(np.ones(3), 4),
        np.full((4, 3), 0.5),
    ):
        assert_same(run_pass(spec, one.params, one.x, target))


@pytest.mark.parametrize(
    ("activation", "hyperparameters"),
    [
        ("leaky_relu", {"slope": 0.3}),
        ("gelu", {"approximate": "tanh"}),
        ("hardtanh", {"low": -0.5, "high": 2.0}),
        ("threshold", {"threshold": -1.0, "value": 2.5}),
    ],
)
@pytest.mark.parametrize(
    ("loss", "settings"),
    [
        ("cross_entropy", {"weight": (0.5, 2.0, 1.0), "label_smoothing": 0.1}),
        ("nll", {"weight": (0.5, 2.0, 1.0)}),
        ("nll", {"ignore_index": 0, "weight": (0.5, 2.0, 1.0)}),
        ("cross_entropy", {"ignore_index": 2, "label_smoothing": 0.1}),
        ("huber", {"delta": 0.3, "reduction": "sum"}),
        ("kl_div", {"reduction": "mean"}),
        ("kl_div", {"log_target": True}),
        ("focal", {"gamma": 0.5, "alpha": 0.7}),
        ("gaussian_nll", {"variance": 0.3, "full": True}),
    ],
)
def test_hyperparameters_reach_the_twin_and_the_differences(activation, hyperparameters, loss, settings):
    pytest.importorskip("torch")
    spec = chain((2, 4, 3), (activation, (LOSSES[loss].last_activations or ("identity",))[0]), loss)
    hidden = replace(spec.layers[0], activation=ACTIVATIONS[activation].configure(**hyperparameters))
    spec = replace(spec, layers=(hidden, spec.layers[1]), loss=LOSSES[loss].configure(**settings))
    for seed in range(4):  # class numbers and probabilities both occur
        trace = example(spec, samples=5, seed=seed).run()
        assert_same(trace)
        assert check(trace).ok


def test_pins_hold_the_value_and_stop_the_gradient():
    pytest.importorskip("torch")
    spec = chain((2, 3, 2), ("softmax", "identity"))
    one = example(spec, samples=2, seed=0)
    pins = [Pin(0, 0, unit, 0.5) for unit in range(3)] + [Pin(0, 1, 1, -4.0), Pin(1, 1, 0, 9.0)]
    trace = run_pass(spec, one.params, one.x, one.target, pins)
    assert_same(trace)
    twin = torch_reference.run(trace)
    assert twin.layers[0].a[0].tolist() == [0.5, 0.5, 0.5]
    assert twin.layers[0].grad_z[0].tolist() == [0.0, 0.0, 0.0]
    assert twin.layers[1].grad_z[1, 0] == 0.0
    assert twin.layers[1].grad_a[1, 0] != 0.0


def test_a_layer_pinned_as_a_whole():
    pytest.importorskip("torch")
    spec = chain((2, 1, 1), "tanh", "sum")
    one = example(spec, samples=1, seed=0)
    assert_same(run_pass(spec, one.params, one.x, pins=[Pin(0, 0, 0, 0.5)]))
    assert_same(run_pass(spec, one.params, one.x, pins=[Pin(1, 0, 0, 0.5)]))


def test_a_loss_that_does_not_come_from_the_registry_has_no_twin():
    pytest.importorskip("torch")
    spec = replace(chain((2, 2), "tanh"), loss=replace(LOSSES["mse"], torch="seed"))
    with pytest.raises(LookupError, match="PyTorch has no loss 'seed'"):
        torch_reference.run(example(spec, samples=1, seed=0).run())


def test_bce_outside_of_0_to_1_is_nan_as_in_numpy():
    pytest.importorskip("torch")
    spec = chain((1, 1), "sigmoid", "bce")
    trace = run_pass(spec, np.ones(2), np.ones((1, 1)), np.ones((1, 1)), [Pin(0, 0, 0, -2.0)])
    assert np.isnan(trace.loss)
    assert np.isnan(torch_reference.run(trace).loss)


def test_a_probability_of_zero_with_target_zero():
    pytest.importorskip("torch")
    spec = chain((1, 2), "softmax", "cross_entropy_probs", bias=False)
    trace = run_pass(spec, np.array([800.0, -800.0]), np.ones((1, 1)), np.array([0]))
    assert trace.output.tolist() == [[1.0, 0.0]]
    assert_same(trace)


@pytest.mark.parametrize("seed", range(3))
def test_targets_of_the_strategies_fit_every_loss(seed):
    for loss in LOSSES:
        target = target_for(loss, 2, 3, np.random.default_rng(seed))
        assert (target is None) == (LOSSES[loss].target == "none")


def test_screen_names_count_from_one():
    assert Tensor("grad_weight", 2).name == "∂L/∂W of layer 3"
    assert Tensor("z", 0).name == "z of layer 1"
    assert Tensor("loss").name == "loss"
    assert Tensor("grad_x").name == "∂L/∂x"


def test_without_torch_the_package_works_and_says_so(monkeypatch):
    monkeypatch.setitem(sys.modules, "torch", None)
    assert not torch_reference.available()
    assert torch_reference.version() is None
    with pytest.raises(ImportError):
        torch_reference.run(example(chain((2, 2), "tanh"), samples=1, seed=0).run())


def test_torch_is_imported_by_nothing_but_a_run():
    code = (
        "import sys, mlpviz.verify.report, mlpviz.verify.torch_reference as r; "
        "r.available(), r.version(); sys.exit('torch' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
