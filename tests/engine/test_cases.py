"""The worked cases of other people: tests/cases/README.md says where each comes from."""

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from mlpviz.engine import ACTIVATIONS, LOSSES, LayerSpec, Loss, NetworkSpec, Trace, Workspace, run_pass
from mlpviz.engine.activations import softmax
from mlpviz.engine.optimizers import gradient_descent
from mlpviz.engine.parameters import Array
from mlpviz.engine.pass_inputs import as_target
from tests.support.repository import CASES, ROOT
from tests.support.value_and_grad import value_and_grad

SUM_OF_OUTPUTS = LOSSES["sum"]  # for cases that print no loss


def load(name: str) -> dict[str, Any]:
    return json.loads((CASES / f"{name}.json").read_text())


def network(case: dict[str, Any], loss: Loss, last: str | None = None) -> tuple[NetworkSpec, Array, Array]:
    """The network, its parameters and its inputs with rows as samples; a bias of zeros stays a bias."""
    keys = [layer["activation"] for layer in case["layers"]]
    if last:
        keys[-1] = last
    weights = [np.array(layer["W"], dtype=float) for layer in case["layers"]]
    spec = NetworkSpec(
        tuple(LayerSpec(w.shape[1], w.shape[0], ACTIVATIONS[key]) for w, key in zip(weights, keys, strict=True)), loss
    )
    params = spec.flatten([(w, layer["b"]) for w, layer in zip(weights, case["layers"], strict=True)])
    return spec, params, np.array(case["x"], dtype=float).T


def assert_as_printed(case: dict[str, Any], trace: Trace) -> None:
    """Everything that the source prints is what the trace holds."""
    expected, tolerance = case["expected"], case["tolerance"]["atol"]
    compared = 0

    def same(ours: Array, printed: Any, what: str) -> None:
        nonlocal compared
        compared += 1
        np.testing.assert_allclose(ours, np.array(printed, dtype=float), rtol=0, atol=tolerance, err_msg=what)

    for number, layer in enumerate(trace.layers):
        for key, ours in (("z", layer.z), ("a", layer.a), ("dz", layer.grad_z)):
            if (printed := expected.get(key, [None] * 99)[number]) is not None:
                same(ours.T, printed, f"{key} of layer {number + 1}")
        if "grads" in expected:
            same(layer.grad_weight, expected["grads"][number]["dW"], f"dW of layer {number + 1}")
            same(layer.grad_bias, expected["grads"][number]["db"], f"db of layer {number + 1}")
    if "loss" in expected:
        same(trace.loss, expected["loss"], "loss")
    if "dx" in expected:
        same(trace.grad_x.T, expected["dx"], "dx")
    assert compared


@pytest.mark.parametrize(
    ("name", "loss"),
    [
        ("seven_layer_mlp", "sum"),
        ("seven_layer_mlp_derived_backward", "sum"),
        ("seven_layer_mlp_derived_half_sse_target0", "half_sse"),
    ],
)
def test_seven_layers_by_hand_to_the_last_integer(name, loss):
    case = load(name)
    spec, params, x = network(case, LOSSES[loss])
    target = None if case["targets"] is None else np.array(case["targets"]).T
    assert case["tolerance"]["atol"] == 0
    assert_as_printed(case, run_pass(spec, params, x, target))


def test_seven_layers_hints_of_the_readme():
    case = load("seven_layer_mlp")
    trace = run_pass(*network(case, SUM_OF_OUTPUTS))
    for hint in case["readme_hints"]:
        layer = trace.layers[hint["layer"] - 1]
        assert layer.a[hint["example"] - 1, hint["unit"] - 1] == hint["value"]
    closed = [
        (number, *map(int, place))
        for number, layer in enumerate(trace.layers[:-1])
        for place in np.argwhere(layer.z <= 0)
    ]
    assert closed == [(2, 1, 1)]  # the only closed gate: layer 3, sample 2, unit 2
    assert trace.layers[2].z[1, 1] == -5


@pytest.fixture
def mazur():
    case = load("mazur_step_by_step")
    spec, params, x = network(case, LOSSES["half_sse"])
    return case, spec, params, x, np.array(case["targets"]).T


def test_mazur_forward_loss_and_gradients(mazur):
    case, spec, params, x, target = mazur
    trace = run_pass(spec, params, x, target)
    assert_as_printed(case, trace)
    np.testing.assert_allclose(trace.loss_terms[0], case["expected"]["loss_parts"], atol=1e-8)
    printed = case["expected"]["grads_partial"]
    assert trace.layers[1].grad_weight[0, 0] == pytest.approx(printed["dw5"], abs=1e-8)
    assert trace.layers[0].grad_weight[0, 0] == pytest.approx(printed["dw1"], abs=1e-8)


def descend(spec, params, x, target, rate, steps, *, biases):
    """Plain gradient descent for some steps; biases stay as they are unless asked for."""
    workspace = Workspace(spec, params.copy())
    moving = np.ones(spec.size)
    if not biases:
        for slot in spec.slots:
            moving[slot.bias] = 0.0
    for _ in range(steps):
        _, grad = value_and_grad(workspace, x, target)
        workspace.params[:] = gradient_descent(workspace.params, grad * moving, rate)
    return run_pass(spec, workspace.params, x, target)


def test_mazur_one_update_with_frozen_biases(mazur):
    case, spec, params, x, target = mazur
    update = case["update"]
    assert update["update_biases"] is False
    after = descend(spec, params, x, target, update["lr"], 1, biases=False)
    for layer, printed in zip(after.layers, update["updated"], strict=True):
        np.testing.assert_allclose(layer.weight, printed["W"], rtol=0, atol=1e-8)
    # the post's own 0.291027924 is the sequential variant: see source_errors
    assert after.loss == pytest.approx(0.291027774, abs=1e-9)


def test_mazur_one_update_with_biases(mazur):
    case, spec, params, x, target = mazur
    after = descend(spec, params, x, target, case["update"]["lr"], 1, biases=True)
    assert after.loss == pytest.approx(0.280471447, abs=1e-9)
    np.testing.assert_allclose(after.layers[0].bias, case["update_with_biases"]["b1"], atol=1e-3)
    np.testing.assert_allclose(after.layers[1].bias, case["update_with_biases"]["b2"], atol=1e-3)


def test_mazur_ten_thousand_updates(mazur):
    case, spec, params, x, target = mazur
    after = descend(spec, params, x, target, case["update"]["lr"], 9999, biases=False)
    assert after.loss == pytest.approx(case["update"]["loss_after_10000"], rel=1e-5)
    after = descend(spec, after.params, x, target, case["update"]["lr"], 1, biases=False)
    np.testing.assert_allclose(after.output[0], [0.01591362, 0.98406427], rtol=0, atol=1e-8)


def test_yeh_small_network():
    case = load("yeh_mlp_small")
    assert_as_printed(case, run_pass(*network(case, SUM_OF_OUTPUTS)))


def test_yeh_relu_and_leaky_relu():
    case = load("yeh_relu_leakyrelu")
    x = np.array(case["x"], dtype=float)[:, None]
    ones = np.ones_like(x)
    for name, activation in (
        ("relu", ACTIVATIONS["relu"]),
        ("leaky", ACTIVATIONS["leaky_relu"].configure(slope=case["alpha"])),
    ):
        np.testing.assert_allclose(activation.value(x)[:, 0], case[name], rtol=1e-15)
        slopes = activation.vjp(x, activation.value(x), ones)
        np.testing.assert_allclose(slopes[:, 0], case[f"{name}_factor"], rtol=1e-15)


def test_london_backward_from_a_given_gradient():
    case = load("london_backprop_3layer")
    given = np.array(case["loss"]["dz_last"]).T
    # a loss that is linear in y has exactly this gradient
    assert_as_printed(case, run_pass(*network(case, LOSSES["given_gradient"]), given))


def test_london_dropout_with_the_masks_of_the_source():
    case = load("london_dropout_train")
    spec, params, x = network(case, LOSSES["mse"].configure(reduction="sum"))
    # the sheet rounds 1 / (1 - 0.33) to 1.5, which is the factor of exactly 1/3
    shares = (0.5, 1 / 3, 0.0)
    layers = tuple(replace(layer, dropout=share) for layer, share in zip(spec.layers, shares, strict=True))
    numbers = case["random_sequence"]
    drawn = (numbers[:4], numbers[4:7])
    masks = {}
    for index, (layer, chance) in enumerate(zip(case["layers"], drawn, strict=False)):
        mask = np.array([number > layer["dropout_p"] for number in chance], dtype=float)
        np.testing.assert_allclose(mask / (1 - shares[index]), layer["dropout_mask"], rtol=1e-15)
        masks[index] = np.tile(mask, (len(x), 1))  # one mask per unit, for both examples
    trace = run_pass(replace(spec, layers=layers), params, x, np.array(case["targets"], dtype=float).T, masks=masks)
    expected = case["expected"]
    for index in range(2):
        np.testing.assert_array_equal(trace.layers[index].h.T, expected["a"][index])
        np.testing.assert_allclose(trace.layers[index].a.T, expected["a_dropped"][index], rtol=1e-15)
    np.testing.assert_allclose(trace.layers[2].z.T, expected["z"][2], rtol=1e-14)
    np.testing.assert_allclose(trace.layers[2].grad_a.T, expected["dy"], rtol=1e-13)


def test_cs231n_scores_and_regularised_loss():
    case = load("cs231n_toy_twolayer_a1")
    target = np.array(case["targets"]).T
    penalty = 0.5 * case["loss"]["l2"] * sum((np.array(layer["W"]) ** 2).sum() for layer in case["layers"])
    expected, tolerance = case["expected"], case["tolerance"]
    # on logits and after softmax: two ways to the same loss
    for key, last in (("cross_entropy", "identity"), ("cross_entropy_probs", "softmax")):
        trace = run_pass(*network(case, LOSSES[key], last), target)
        np.testing.assert_allclose(trace.layers[1].z.T, expected["z"][1], rtol=0, atol=tolerance["atol"])
        assert trace.loss + penalty == pytest.approx(expected["loss"], abs=tolerance["loss_atol"])
        np.testing.assert_allclose(trace.layers[1].grad_z, (softmax(trace.layers[1].z) - target) / 5, atol=1e-15)
    # class numbers are the same target
    spec = network(case, LOSSES["cross_entropy"], "identity")[0]
    np.testing.assert_array_equal(as_target(spec, target.argmax(axis=1), 5), target)


def test_every_case_is_worked_through_here_or_in_a_script():
    texts = [path.read_text() for folder in ("tests", "benchmarks") for path in (ROOT / folder).rglob("*.py")]
    for case in CASES.glob("*.json"):
        assert any(f'"{case.stem}' in text or f"/{case.name}" in text for text in texts), case.name
