"""A pass in bfloat16 and float16 is PyTorch's bit for bit; sums, the scale of the loss and updates do what is said."""

from functools import partial
from itertools import pairwise

import numpy as np
import pytest
import torch

from mlpviz.examples.networks import PRESETS
from mlpviz.low_precision.low_precision_pass import ARITHMETICS, low_precision_pass, product, refused
from mlpviz.low_precision.number_format import FLOAT32, FORMATS
from mlpviz.low_precision.optimizer_steps import LOW_PRECISION_OPTIMIZERS
from mlpviz.low_precision.update import lost, updated
from mlpviz.network import Document, DocumentError

TYPES = {"bfloat16": torch.bfloat16, "float16": torch.float16}


def network(activation="relu", seed=0, widths=(5, 8, 4), samples=8):
    rng = np.random.default_rng(seed)
    layers = [
        {"weight": rng.standard_normal((outputs, inputs)).tolist(), "bias": rng.standard_normal(outputs).tolist(),
         "activation": activation if index < len(widths) - 2 else "identity"}
        for index, (inputs, outputs) in enumerate(pairwise(widths))
    ]  # fmt: skip
    return Document.parse(
        {"version": 1, "name": "random", "layers": layers, "x": rng.standard_normal((samples, widths[0])).tolist(),
         "target": rng.standard_normal((samples, widths[-1])).tolist(), "loss": "mse", "learning_rate": 0.1}
    )  # fmt: skip


@pytest.mark.parametrize("key", TYPES)
@pytest.mark.parametrize("activation", ["relu", "tanh", "leaky_relu"])
def test_every_number_of_a_pass_is_pytorchs(key, activation):
    document = network(activation)
    found = low_precision_pass(document, ARITHMETICS[key])
    dtype, function = TYPES[key], {"relu": torch.relu, "tanh": torch.tanh, "leaky_relu": torch.nn.functional.leaky_relu}
    to = lambda array: torch.tensor(np.array(array), dtype=torch.float32).to(dtype)  # noqa: E731
    a, parameters, every_z, every_a = to(document.x), [], [], []
    for index, layer in enumerate(document.layers):
        weight, bias = to(layer.weight).requires_grad_(), to(layer.bias).requires_grad_()
        z = torch.nn.functional.linear(a, weight, bias)
        a = function[activation](z) if index == 0 else z * 1
        for tensor in (z, a):
            tensor.retain_grad()
        parameters.append((weight, bias))
        every_z.append(z)
        every_a.append(a)
    torch.nn.functional.mse_loss(a, to(document.target)).backward()
    for low, z, a, (weight, bias) in zip(found.layers, every_z, every_a, parameters, strict=True):
        for ours, theirs in (
            (low.z, z), (low.a, a), (low.grad_z, z.grad), (low.grad_a, a.grad),
            (low.grad_weight, weight.grad), (low.grad_bias, bias.grad),
        ):  # fmt: skip
            assert np.array_equal(ours, theirs.detach().to(torch.float64).numpy())


@pytest.mark.parametrize("key", ARITHMETICS)
@pytest.mark.parametrize("adds_in_format", [False, True])
def test_every_result_is_a_number_of_the_format_and_near_float64(key, adds_in_format):
    document, arithmetic = PRESETS["mazur"].document, ARITHMETICS[key]
    found = low_precision_pass(document, arithmetic, adds_in_format=adds_in_format)
    number_format = arithmetic.number_format
    unit = 2.0**-number_format.mantissa_bits if key not in ("tf32", "int8") else 2.0**-7
    for low, exact in zip(found.layers, document.trace().layers, strict=True):
        for name in ("z", "a", "grad_a", "grad_z", "grad_weight"):
            values = getattr(low, name)
            assert np.array_equal(number_format.round(values), values)
        assert np.abs(low.a - exact.a).max() < 4 * unit
    assert found.loss == pytest.approx(float(document.trace().loss), abs=4 * unit)


def test_sums_in_the_format_lose_what_sums_in_float32_keep():
    ones, weights = np.ones((1, 256)), np.ones((256, 1))
    weights[0] = 256.0
    store = FORMATS["bfloat16"].round
    assert store(product(ones, weights, FLOAT32.round)) == 512
    assert product(ones, weights, store) == 256


def test_the_scale_of_the_loss_brings_back_gradients_that_became_0():
    document = Document.parse({**network(seed=1).to_json_value(), "loss": {"key": "mse", "factor": 1e-5}})
    exact = document.trace().layers[0].grad_weight

    def zeros(scale):
        found = low_precision_pass(document, ARITHMETICS["e4m3"], scale=scale).layers[0].grad_weight
        return int(np.sum((found == 0) & (exact != 0)))

    assert zeros(1.0) > zeros(2.0**12) > zeros(2.0**20)
    plain, scaled = (low_precision_pass(document, ARITHMETICS["bfloat16"], scale=scale) for scale in (1.0, 2.0**10))
    assert np.array_equal(scaled.layers[0].grad_weight / 2.0**10, plain.layers[0].grad_weight)


@pytest.mark.parametrize("key", TYPES)
@pytest.mark.parametrize("count", [5, 32, 77])
def test_an_update_is_that_of_pytorchs_sgd(key, count):
    rng = np.random.default_rng(count)
    store = FORMATS[key].round
    weight, gradient = store(rng.standard_normal(count)), store(10 * rng.standard_normal(count))
    theirs = torch.nn.Parameter(torch.tensor(weight, dtype=torch.float32).to(TYPES[key]))
    theirs.grad = torch.tensor(gradient, dtype=torch.float32).to(TYPES[key])
    torch.optim.SGD([theirs], lr=0.1, foreach=False).step()
    assert np.array_equal(updated(FORMATS[key], weight, gradient, 0.1), theirs.detach().to(torch.float64).numpy())


THEIRS = {"momentum": partial(torch.optim.SGD, momentum=0.9), "adam": torch.optim.Adam}


@pytest.mark.parametrize("key", TYPES)
@pytest.mark.parametrize("optimizer", THEIRS)
def test_twelve_steps_with_a_memory_in_the_format_are_those_of_pytorch(key, optimizer):
    rng, count = np.random.default_rng(3), 64
    number_format, own = FORMATS[key], LOW_PRECISION_OPTIMIZERS[optimizer]
    weight = number_format.round(rng.standard_normal(count))
    theirs = torch.nn.Parameter(torch.tensor(weight, dtype=torch.float32).to(TYPES[key]))
    program = THEIRS[optimizer]([theirs], lr=0.05, foreach=False)
    memory = own.begin(weight)
    for t in range(1, 13):
        gradient = number_format.round(rng.standard_normal(count))
        theirs.grad = torch.tensor(gradient, dtype=torch.float32).to(TYPES[key])
        program.step()
        weight, memory = own.step(number_format, weight, gradient, memory, t, 0.05, None)
    state = program.state[theirs]
    names = ("momentum_buffer",) if optimizer == "momentum" else ("exp_avg", "exp_avg_sq")
    for ours, other in zip((weight, *memory), (theirs.detach(), *(state[name] for name in names)), strict=True):
        np.testing.assert_array_equal(ours, other.to(torch.float64).numpy())


def test_a_small_step_is_lost_to_the_nearest_and_kept_on_average_at_random():
    bfloat16 = FORMATS["bfloat16"]
    weight, gradient = np.ones(4000), np.ones(4000)
    nearest = updated(bfloat16, weight, gradient, 0.001)
    assert lost(weight, gradient, nearest).all()
    random = updated(bfloat16, weight, gradient, 0.001, np.random.default_rng(0))
    assert abs(float(random.mean()) - 0.999) < 2e-4
    assert not lost(weight, np.zeros(4000), nearest).any()


@pytest.mark.parametrize(
    ("preset", "sentence"),
    [("batch_norm", "layer 1 has a norm"), ("residual", "layer 2 has a skip"), ("dropout", "layer 1 has dropout")],
)
def test_what_is_not_computed_is_refused_in_words(preset, sentence):
    document = PRESETS[preset].document
    assert sentence in refused(document)
    with pytest.raises(DocumentError, match=sentence):
        low_precision_pass(document, ARITHMETICS["bfloat16"])
