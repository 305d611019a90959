"""No right pass is called wrong, and no wrong one right, over seeded random networks.

`python -m benchmarks.red_badges` makes a count of 20,000 networks.
"""

from dataclasses import replace

import numpy as np
import pytest

from mlpviz.engine import ACTIVATIONS, LOSSES, NORMS, LayerSpec, NetworkSpec, SpecError, draw_masks, run_pass
from mlpviz.engine.rounding_error import rounding_error
from mlpviz.engine.tensor_names import tensors
from mlpviz.examples.networks import PRESETS
from mlpviz.network import DocumentError, edits
from mlpviz.verify.report import check
from tests.support.planted_mistakes import MISTAKES, size_of
from tests.support.random_networks import chain, target_for
from tests.support.seeded_networks import network

torch = pytest.importorskip("torch")

# each of them was red once; the first five needed small steps, the sixth a bound for GELU's slope (the catalogue
# has grown since, so they are other networks now), then a twin of CELU whose small slopes do not cancel, then
# outputs of a length of 1.6e-8 under the cosine loss; of the last three one lies at a bend and one at a kink, equal
# samples behind a norm, and one has outputs of 0 that PyTorch rounds to below 0, where the loss has no logarithm
ONCE_RED = (5952, 11040, 11267, 13757, 15718, 17400, 223, 1446, 1642, 6687, 6917, 17049, 502428, 509247, 707679)


@pytest.mark.parametrize("seed", [*range(100), *ONCE_RED])
def test_a_right_pass_is_not_red(seed):
    report = check(network(seed).run())
    assert report.ok, report.summary


@pytest.mark.parametrize("name", MISTAKES)
def test_every_planted_mistake_is_found(name):
    placed = 0
    for seed in range(60):
        right = network(seed).run()
        if not np.isfinite(right.grad_x).all() or not np.isfinite(right.grad).all():
            continue
        wrong, spread = MISTAKES[name](right), rounding_error(right)
        if not any(
            size_of(tensor.of(right), tensor.of(wrong)) > 0.9e-6
            and np.abs(tensor.of(right) - tensor.of(wrong)).max() > 100.0 * spread[tensor]
            for tensor in tensors(right.spec, right.training)
        ):
            continue  # no place for it here, or hidden in what rounding leaves of a number that is 0
        report = check(wrong)
        if "different sides of a kink" in " ".join(row.note for row in report.rows):
            continue  # PyTorch is on another side of it: nothing behind it can be compared
        assert not report.ok, (name, seed)
        placed += 1
        if placed == 2:
            return
    assert placed


def normed(activation, norm="batch_norm", inputs=1, outputs=2, loss="sum", **hyperparameters):
    layer = LayerSpec(inputs, outputs, ACTIVATIONS[activation], norm=NORMS[norm].configure(**hyperparameters))
    return NetworkSpec((layer, LayerSpec(outputs, 1, ACTIVATIONS["identity"], bias=False)), LOSSES[loss])


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_batch_norm_over_two_samples(activation):
    spec = normed(activation, inputs=2, loss="mse")
    first = (np.array([[0.55, 1.76], [-0.49, 0.09]]), np.array([0.1, 0.2]), np.ones(2), np.zeros(2))
    alpha = np.full(spec.activations[0].alphas(2), 0.25)
    params = spec.flatten([(*first, alpha), (np.array([[-0.71, -1.18]]),)])
    masks = draw_masks(spec, 2, np.random.default_rng(0))
    trace = run_pass(spec, params, np.array([[-0.7, -0.3], [1.4, 0.0]]), np.array([[1.0], [0.0]]), masks=masks)
    assert check(trace).ok, check(trace).summary


@pytest.mark.parametrize("norm", NORMS)
@pytest.mark.parametrize(("place", "width"), [(1e3, 0.01), (1e4, 1e-3), (1e6, 0.01), (1e8, 0.01), (5.0, 1e-7)])
def test_samples_that_lie_close_to_each_other_far_from_zero(norm, place, width):
    for seed, activation in enumerate(("tanh", "sigmoid", "relu", "celu", "softmax")):
        for loss in ("sum", "mse", "bce_with_logits"):
            rng = np.random.default_rng(seed)
            spec = normed(activation, norm, loss=loss)
            x = place + width * np.array([[1.0], [-1.0], [2.0], [0.0]])
            trace = run_pass(spec, rng.normal(size=spec.size), x, target_for(loss, 4, 1, rng))
            assert check(trace).ok, (activation, loss, check(trace).summary)


def test_the_steps_of_a_difference_follow_the_spread_of_what_a_norm_reads():
    spec = chain((1, 2), "tanh", "sum")
    spec = NetworkSpec((normed("tanh").layers[0],), spec.loss)
    params = np.array([0.3, -0.7, 0.1, 0.2, 1.1, 0.8, 0.3, -0.2])
    report = check(run_pass(spec, params, np.array([[1000.01], [999.99], [1000.02], [1000.0]])), with_torch=False)
    row = next(row for row in report.rows if row.name == "∂L/∂z of layer 1")
    assert row.ok
    assert row.differences.relative < 1e-6  # compared, and not left out


def one_layer(activation, loss, weight, target):
    """One layer without a bias over one sample of a single 1."""
    weight = np.array(weight, dtype=float)
    spec = NetworkSpec((LayerSpec(1, len(weight), activation, bias=False),), loss)
    return run_pass(spec, weight, np.array([[1.0]]), np.array(target, dtype=float))


def near(name, size):
    """A pass whose function changes within `size` of where it is, so that larger steps see nothing of its slope."""
    plain, half_sse = ACTIVATIONS["identity"], LOSSES["half_sse"]
    match name:
        case "cosine":
            return one_layer(plain, LOSSES[name].configure(eps=size * 1e-3), [size, -0.3 * size], [[1.0, 2.0]])
        case "huber" | "smooth_l1":
            knob = {"huber": "delta", "smooth_l1": "beta"}[name]
            return one_layer(plain, LOSSES[name].configure(**{knob: size}), [0.5 * size, 1.0], [[0.0, 2.0]])
        case "poisson_nll":
            return one_layer(plain, LOSSES[name].configure(log_input=False, eps=0.0), [size, 1.0], [[2.0, 2.0]])
        case "gaussian":
            return one_layer(ACTIVATIONS[name].configure(steepness=1.0 / size), half_sse, [0.3 * size], [[0.0]])
        case "squareplus":
            return one_layer(ACTIVATIONS[name].configure(b=size * size), half_sse, [-0.3 * size], [[1.0]])
        case "cross_entropy":  # beside large logits the steps are large
            return one_layer(plain, LOSSES[name].reading("rows"), [1.0 / size, 1.0 / size + 0.3], [[0.0, 1.0]])
    raise AssertionError(name)


NEAR = ("cosine", "huber", "smooth_l1", "poisson_nll", "gaussian", "squareplus", "cross_entropy")


@pytest.mark.parametrize("name", NEAR)
@pytest.mark.parametrize("size", [1e-3, 1e-5, 1e-7, 1e-9])
def test_a_function_that_changes_nearer_than_the_steps_of_a_difference(name, size):
    trace = near(name, size)
    report = check(trace)
    assert report.ok, report.summary
    assert all(row.differences is not None for row in report.rows if row.tensor.is_gradient)


@pytest.mark.parametrize("name", NEAR[:-1])
@pytest.mark.parametrize("size", [1e-5, 1e-7])
def test_a_wrong_slope_of_such_a_function_is_seen(name, size):
    trace = near(name, size)
    last = trace.layers[-1]
    tenth_more = last.grad_z * np.array([1.1] + [1.0] * (last.z.size - 1))
    wrong = replace(trace, layers=(last._replace(grad_z=tenth_more),))
    report = check(wrong, with_torch=False)
    assert report.first_failure is not None
    assert report.first_failure.name == "∂L/∂z of layer 1"


@pytest.mark.parametrize("alpha", [0.3, 0.1, 2.7])
def test_a_celu_whose_depth_is_no_number_of_single_precision(alpha):
    spec = NetworkSpec((LayerSpec(2, 2, ACTIVATIONS["celu"].configure(alpha=alpha)),), LOSSES["sum"])
    report = check(run_pass(spec, np.array([-0.5, 0.2, 0.3, -1.1, 0.1, -0.2]), np.array([[0.4, -0.3], [1.0, 2.0]])))
    assert report.ok, report.summary
    assert report.torch.relative < 1e-14


def test_numbers_with_few_digits_left_are_no_disagreement():
    """log σ(z) = -e^-z is below 2.2e-308 from z ≈ 708 on: the last digit of such a number is a large share of it."""
    spec = chain((1, 3), "logsigmoid", "sum", bias=False)
    for place in (710.3, 721.04609663, 728.902502, 743.7):
        trace = run_pass(spec, np.array([1.0, 1.00137, 0.99731]), np.array([[place], [place + 0.71803419]]))
        assert check(trace).ok, check(trace).summary


@pytest.mark.parametrize("activation", [key for key in ACTIVATIONS if key != "rrelu"])
def test_what_follows_from_an_exponential_that_only_one_program_can_hold(activation):
    """PyTorch's silu divides by e^-z, which is infinity from z ≈ -710 on: it has -0 where −4e-306 can be computed."""
    for place in (-372.0, -709.5, -709.79, -712.3, -737.32733757, -745.0, 37.5, 354.9, 709.79, 737.3):
        for loss in ("sum", "half_sse"):
            spec = chain((1, 1), activation, loss, bias=False)
            params = np.full(spec.size, 0.25)
            params[0] = 1.0
            target = None if loss == "sum" else np.array([[0.0]])
            report = check(run_pass(spec, params, np.array([[place]]), target))
            assert report.ok, (place, loss, report.summary)


def test_a_gradient_that_is_all_but_infinite():
    """-1/N divided by a probability of 5e-309 is finite; -1 divided by it, and by N afterwards, is not."""
    spec = chain((1, 3), "softmax", "cross_entropy_probs", bias=False)
    trace = run_pass(spec, np.array([1.0, -1.0, 0.5]), np.array([[-354.9], [1.0]]), np.array([0, 0]))
    assert np.isinf(trace.layers[0].grad_a).any()
    assert check(trace).ok, check(trace).summary


@pytest.mark.parametrize("preset", PRESETS)
def test_no_norm_of_a_menu_makes_a_preset_red(preset):
    document = PRESETS[preset].document
    for layer in range(len(document.layers)):
        for key in NORMS:
            try:
                trace = edits.apply(document, {"type": "set_norm", "layer": layer, "key": key}).document.trace()
            except (DocumentError, SpecError):
                continue  # one sample has no batch to normalise over
            assert check(trace).ok, (layer, key, check(trace).summary)
