import math
from statistics import NormalDist

import latex2mathml.converter
import numpy as np
import pytest
import torch

from mlpviz.engine.hyperparameters import HyperparameterError
from mlpviz.engine.initializers import INITIALIZERS, calculate_gain, initial_parameters
from tests.support.code_lines import run_line
from tests.support.random_networks import chain

CONFIGURED = [
    ("constant", {"value": -2.0}),
    ("uniform", {"low": -0.5, "high": 0.25}),
    ("normal", {"mean": 1.5, "std": 0.2}),
    ("truncated_normal", {"std": 0.5, "low": -0.4, "high": 0.9, "mean": 0.1}),
    ("truncated_normal", {"low": 1.5, "high": 3.0}),
    ("truncated_normal", {"low": -4.0, "high": -1.5}),
    ("xavier_uniform", {"gain": 5 / 3}),
    ("xavier_normal", {"gain": 2.0}),
    ("kaiming_uniform", {"mode": "fan_out", "nonlinearity": "tanh"}),
    ("kaiming_uniform", {"slope": 0.5}),
    ("kaiming_normal", {"mode": "fan_out", "nonlinearity": "selu"}),
    ("kaiming_normal", {"nonlinearity": "leaky_relu", "slope": 0.2}),
    ("xavier_truncated", {"gain": 1.7}),
    ("kaiming_truncated", {"mode": "fan_out", "nonlinearity": "relu"}),
    ("kaiming_truncated", {"nonlinearity": "leaky_relu", "slope": 0.3}),
    ("orthogonal", {"gain": 1.5}),
    ("sparse", {"sparsity": 0.33, "std": 0.5}),
]
EVERY = [*INITIALIZERS.values(), *(INITIALIZERS[key].configure(**given) for key, given in CONFIGURED)]
every = pytest.mark.parametrize("initializer", EVERY, ids=lambda entry: entry.key)
RANDOM = [entry for entry in EVERY if entry.std is not None]
random = pytest.mark.parametrize("initializer", RANDOM, ids=lambda entry: entry.key)
SHAPE = (180, 250)


def draw(initializer, shape=SHAPE, seed=0):
    return initializer.draw(np.random.default_rng(seed), shape)


def torch_draw(initializer, shape=SHAPE):
    """The weights of the lines of PyTorch that the app shows."""
    weight = torch.empty(shape, dtype=torch.float64)
    with torch.random.fork_rng():
        torch.manual_seed(1)
        names = {"O": shape[0], "I": shape[1], **initializer.settings}
        run_line("\n".join(initializer.torch_code), nn=torch.nn, weight=weight, **names)
    return weight.numpy()


@random
def test_the_standard_deviation_is_the_formulas_and_torchs(initializer):
    weight, theirs, expected = draw(initializer), torch_draw(initializer), initializer.std(SHAPE)
    for numbers in (weight, theirs):
        # 45,000 numbers: one percent is four standard errors of the least favourable, sparse
        assert numbers.std() == pytest.approx(expected, rel=0.02)
    assert weight.mean() == pytest.approx(theirs.mean(), abs=6 * expected / math.sqrt(weight.size))


def expected_mean(initializer):
    """What the formula says: the middle of a uniform, the mean of a normal, 0 for all that are scaled by their fans."""
    hyperparameters = initializer.settings
    if initializer.key == "uniform":
        return (hyperparameters["low"] + hyperparameters["high"]) / 2
    if initializer.key == "truncated_normal":
        normal = NormalDist(hyperparameters["mean"], hyperparameters["std"])
        low, high = hyperparameters["low"], hyperparameters["high"]
        share = normal.cdf(high) - normal.cdf(low)
        return hyperparameters["mean"] + hyperparameters["std"] ** 2 * (normal.pdf(low) - normal.pdf(high)) / share
    return hyperparameters.get("mean", 0.0)


@random
def test_the_mean_is_the_formulas(initializer):
    weight, expected = draw(initializer), initializer.std(SHAPE)
    # of orthogonal rows the sum scatters as that of as many independent numbers
    assert weight.mean() == pytest.approx(expected_mean(initializer), abs=5 * expected / math.sqrt(weight.size))


@random
def test_the_distribution_is_torchs(initializer):
    shares = np.linspace(0.02, 0.98, 25)
    ours, theirs = np.quantile(draw(initializer), shares), np.quantile(torch_draw(initializer), shares)
    np.testing.assert_allclose(ours, theirs, atol=0.08 * initializer.std(SHAPE))


@pytest.mark.parametrize("initializer", [entry for entry in EVERY if entry.std is None], ids=lambda entry: entry.key)
@pytest.mark.parametrize("shape", [(3, 3), (2, 5), (5, 2)])
def test_without_chance_the_weights_are_torchs(initializer, shape):
    np.testing.assert_array_equal(draw(initializer, shape), torch_draw(initializer, shape))


@pytest.mark.parametrize(
    ("key", "given", "low", "high"),
    [
        ("uniform", {"low": -0.5, "high": 0.25}, -0.5, 0.25),
        ("truncated_normal", {"low": -0.3, "high": 0.9}, -0.3, 0.9),
        ("truncated_normal", {"low": 0.5, "high": 1.0}, 0.5, 1.0),
        ("xavier_uniform", {"gain": 2.0}, -2 * math.sqrt(6 / 430), 2 * math.sqrt(6 / 430)),
        ("kaiming_uniform", {"nonlinearity": "relu"}, -math.sqrt(6 / 250), math.sqrt(6 / 250)),
        ("kaiming_uniform", {"mode": "fan_out", "nonlinearity": "linear"}, -math.sqrt(3 / 180), math.sqrt(3 / 180)),
        ("lecun_uniform", {}, -math.sqrt(3 / 250), math.sqrt(3 / 250)),
        ("torch_linear", {}, -1 / math.sqrt(250), 1 / math.sqrt(250)),
        # Keras's HeNormal: limits at two deviations of √(2 / 250) / 0.8796
        (
            "kaiming_truncated",
            {},
            -2 * math.sqrt(2 / 250) / 0.8796256610342398,
            2 * math.sqrt(2 / 250) / 0.8796256610342398,
        ),
    ],
)
def test_bounds_are_kept_and_reached(key, given, low, high):
    weight = draw(INITIALIZERS[key].configure(**given))
    assert low <= weight.min() < low + 0.01 * (high - low)
    assert high - 0.05 * (high - low) < weight.max() <= high


@pytest.mark.parametrize("shape", [(4, 4), (3, 7), (7, 3), (1, 5)])
def test_orthogonal(shape):
    weight = draw(INITIALIZERS["orthogonal"].configure(gain=1.5), shape)
    assert weight.shape == shape
    product = weight @ weight.T if shape[0] <= shape[1] else weight.T @ weight
    np.testing.assert_allclose(product, 2.25 * np.eye(min(shape)), atol=1e-14)


def test_orthogonal_prefers_no_direction():
    corners = [draw(INITIALIZERS["orthogonal"], (2, 2), seed)[0, 0] for seed in range(400)]
    assert abs(np.mean(corners)) < 0.15
    assert np.mean(np.array(corners) > 0) == pytest.approx(0.5, abs=0.1)


@pytest.mark.parametrize(("sparsity", "zeros"), [(0.0, 0), (0.3, 3), (0.31, 4), (1.0, 10)])
def test_sparse_has_its_zeros_in_every_column(sparsity, zeros):
    weight = draw(INITIALIZERS["sparse"].configure(sparsity=sparsity), (10, 6))
    np.testing.assert_array_equal((weight == 0).sum(axis=0), zeros)
    assert zeros in (0, 10) or len({tuple(column) for column in (weight == 0).T}) > 1


@every
def test_a_draw_has_its_shape_and_repeats_with_its_seed(initializer):
    weight = draw(initializer, (5, 3))
    assert weight.shape == (5, 3)
    assert weight.dtype == np.float64
    np.testing.assert_array_equal(weight, draw(initializer, (5, 3)))
    assert (initializer.std is None) == bool((weight == draw(initializer, (5, 3), seed=1)).all())


@pytest.mark.parametrize("name", ["linear", "sigmoid", "tanh", "relu", "leaky_relu", "selu"])
def test_gains_are_torchs(name):
    assert calculate_gain(name) == pytest.approx(torch.nn.init.calculate_gain(name), rel=1e-15)
    if name == "leaky_relu":
        assert calculate_gain(name, 0.3) == pytest.approx(torch.nn.init.calculate_gain(name, 0.3), rel=1e-15)


def test_an_activation_without_gain():
    with pytest.raises(KeyError, match="no gain is known for gelu; choose from linear"):
        calculate_gain("gelu")


def test_initial_parameters_fill_the_flat_vector():
    spec = chain((3, 50, 40), "tanh")
    params = initial_parameters(spec, INITIALIZERS["torch_linear"], np.random.default_rng(0))
    assert params.shape == (spec.size,)
    (weight, bias, *_), (last, last_bias, *_) = spec.views(params)
    assert 0.5 / math.sqrt(3) < np.abs(bias).max() <= 1 / math.sqrt(3)
    assert 0.9 / math.sqrt(3) < np.abs(weight).max() <= 1 / math.sqrt(3)
    assert 0.9 / math.sqrt(50) < np.abs(last).max() <= 1 / math.sqrt(50)
    zero_bias = initial_parameters(spec, INITIALIZERS["xavier_normal"], np.random.default_rng(0))
    assert not spec.views(zero_bias)[0].bias.any()
    assert last_bias is not None
    plain = chain((3, 2), "tanh", bias=False)
    assert initial_parameters(plain, INITIALIZERS["ones"], np.random.default_rng(0)).tolist() == [1.0] * 6


@every
def test_words_and_formulas(initializer):
    assert initializer.sentence.endswith(".")
    assert all(each.sentence for each in initializer.hyperparameters)
    for line in initializer.rule.latex:
        latex2mathml.converter.convert(line)


# where few numbers lie within the bounds the engine draws a truncated normal in another way
DIRECT = [
    entry for entry in EVERY if entry.key != "truncated_normal" or entry.settings["low"] < 0 < entry.settings["high"]
]


@pytest.mark.parametrize("initializer", DIRECT, ids=lambda entry: entry.key)
@pytest.mark.parametrize("shape", [(6, 4), (4, 6), (3, 3)])
def test_the_lines_of_numpy_draw_the_engines_numbers(initializer, shape):
    outputs, inputs = shape
    names = {"O": outputs, "I": inputs, "rng": np.random.default_rng(5), **initializer.settings}
    found = run_line("\n".join(initializer.rule.numpy), **names)
    rng = np.random.default_rng(5)
    np.testing.assert_allclose(found["W"], initializer.draw(rng, shape), rtol=1e-12)
    np.testing.assert_array_equal(found["bias"], initializer.bias(rng, shape))


@random
def test_bound_and_deviation_in_the_formula_are_the_distributions(initializer):
    names = {"O": SHAPE[0], "I": SHAPE[1], "rng": np.random.default_rng(5), **initializer.settings}
    found = run_line("\n".join(initializer.rule.numpy), **names)
    if "bound" in found:
        assert found["bound"] / math.sqrt(3) == pytest.approx(initializer.std(SHAPE), rel=1e-12)
    elif initializer.by_layer:
        # 0.8796 is the deviation of a standard normal without what lies beyond ±2
        inside = NormalDist().cdf(2) - NormalDist().cdf(-2)
        left = math.sqrt(1 - 4 * NormalDist().pdf(2) / inside)
        assert found["std"] * left == pytest.approx(initializer.std(SHAPE), rel=1e-12)
        assert np.abs(found["W"]).max() <= 2 * found["std"]
    elif initializer.key not in ("uniform", "orthogonal", "sparse", "truncated_normal"):
        assert found["std"] == pytest.approx(initializer.std(SHAPE), rel=1e-12)


def test_every_hyperparameter_is_varied_here():
    assert {(key, name) for key, given in CONFIGURED for name in given} == {
        (entry.key, each.name) for entry in INITIALIZERS.values() for each in entry.hyperparameters
    }


@pytest.mark.parametrize(
    ("key", "given", "message"),
    [
        ("uniform", {"low": 2.0}, "high is 1, expected above low, 2"),
        ("truncated_normal", {"std": 0.0}, "std is 0.0, expected a number above 0"),
        ("truncated_normal", {"low": 50.0, "high": 60.0}, "low and high are 50 and 60: no number of a normal around 0"),
        ("sparse", {"sparsity": 1.1}, "sparsity is 1.1, expected a number from 0 to 1"),
        ("kaiming_normal", {"mode": "fan"}, "mode is 'fan', expected one of fan_in, fan_out"),
    ],
)
def test_bad_hyperparameters(key, given, message):
    with pytest.raises(HyperparameterError, match=message):
        INITIALIZERS[key].configure(**given)


def test_a_tail_without_end_is_drawn_in_finite_time():
    initializer = INITIALIZERS["truncated_normal"].configure(low=4.0, high=1e9)
    weight = draw(initializer, (100, 100))
    assert 4.0 <= weight.min() < 4.001
    assert weight.max() < 8.0
    assert weight.std() == pytest.approx(initializer.std((100, 100)), rel=0.05)
