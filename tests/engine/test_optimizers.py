import inspect
import json
import math
from pathlib import Path

import latex2mathml.converter
import numpy as np
import pytest
import torch
from paths import GROUP, SIZE, START, gradient, ours, torchs

from mlpviz.engine.knobs import KnobError, torch_arguments
from mlpviz.engine.optimizers import OPTIMIZERS, gradient_descent, update
from mlpviz.engine.optimizers.blocks import BLOCK

CASES = Path(__file__).parents[1] / "cases"
CONFIGS = [
    (name, config["desc"], config["kwargs"])
    for name, entry in json.loads((CASES / "torch_optim_test_configs.json").read_text()).items()
    for config in entry["test_configs"]
]
BY_TORCH = {optimizer.torch: optimizer for optimizer in OPTIMIZERS.values()}
# every switch that has a formula of its own, beyond what the case file turns
EXTRA = [
    ("AdamW", {"amsgrad": True, "weight_decay": 0.2, "maximize": True}),
    ("Adam", {"decoupled_weight_decay": True, "weight_decay": 0.2}),
    ("RAdam", {"beta1": 0.5, "beta2": 0.6}),
    ("RAdam", {"beta1": 0.5, "beta2": 0.9, "weight_decay": 0.1}),
    ("ASGD", {"t0": 3.0, "alpha": 0.5, "lambd": 0.01}),
    ("SGD", {"momentum": 0.9, "dampening": 0.3, "weight_decay": 0.1, "maximize": True}),
    ("RMSprop", {"momentum": 0.9, "alpha": 0.5}),
    ("Rprop", {"eta_minus": 0.3, "eta_plus": 1.9, "step_min": 0.01, "step_max": 0.1, "maximize": True}),
    ("NAdam", {"beta1": 0.5, "momentum_decay": 0.1}),
]


@pytest.fixture(autouse=True)
def double():
    # torch keeps its scalar slots (mu_product, eta) in the default type
    torch.set_default_dtype(torch.float64)
    yield
    torch.set_default_dtype(torch.float32)


def from_torch(optimizer, kwargs):
    """Our knobs for torch's keyword arguments: pairs taken apart, names translated."""
    given = {}
    for knob in optimizer.knobs:
        name, place, index = (knob.torch or knob.name).partition("[")
        if name in kwargs:
            given[knob.name] = kwargs[name][int(index[0])] if place else kwargs[name]
    return given


def error(path, expected):
    return np.max(np.abs(path - expected) / np.maximum(1.0, np.abs(expected)), axis=-1)


def test_the_case_file_holds_70_configurations():
    assert len(CONFIGS) == 70
    assert {name for name, _, _ in CONFIGS} == set(BY_TORCH)


@pytest.mark.parametrize(
    ("name", "kwargs"),
    [(name, kwargs) for name, _, kwargs in CONFIGS],
    ids=[f"{name}: {desc}" for name, desc, _ in CONFIGS],
)
def test_torchs_own_configurations(name, kwargs):
    optimizer = BY_TORCH[name]
    given = from_torch(optimizer, kwargs)
    bound = optimizer.bind(**given)
    assert {name: bound.settings[name] for name in given} == given
    path, _ = ours(bound, 50)
    expected, _ = torchs(name, 50, kwargs)
    assert not np.allclose(path[-1], START, atol=1e-6)
    off = error(path, expected)
    assert off[:10].max() < 1e-12
    assert off.max() < 1e-9


@pytest.mark.parametrize(("name", "given"), EXTRA, ids=str)
def test_more_switches(name, given):
    bound = BY_TORCH[name].bind(**given)
    path, _ = ours(bound, 50)
    expected, _ = torchs(name, 50, torch_arguments(bound.knobs, bound.settings))
    off = error(path, expected)
    assert off[:10].max() < 1e-12
    assert off.max() < 1e-9


@pytest.mark.parametrize("optimizer", OPTIMIZERS.values(), ids=OPTIMIZERS)
def test_defaults_are_torchs(optimizer):
    signature = inspect.signature(getattr(torch.optim, optimizer.torch)).parameters
    for name, value in torch_arguments(optimizer.knobs, optimizer.settings).items():
        assert value == signature[name].default, name


def _vector_cases():
    for optimizer in OPTIMIZERS.values():
        for knob in optimizer.knobs:
            if knob.vector:
                low = max(knob.low, 0.0)
                high = knob.high if knob.high < np.inf else low + 0.2
                yield optimizer, knob, (low + 0.3 * (high - low), low + 0.7 * (high - low))


@pytest.mark.parametrize(
    ("optimizer", "knob", "pair"), list(_vector_cases()), ids=lambda value: getattr(value, "key", "")
)
def test_a_vector_knob_is_a_knob_per_parameter_group(optimizer, knob, pair):
    also = {"momentum": 0.5} if knob.name == "dampening" else {}
    vector = optimizer.bind(**also, **{knob.name: np.array(pair)[GROUP]})
    path, _ = ours(vector, 12)
    one = optimizer.bind(**also, **{knob.name: pair[0]})
    two = optimizer.bind(**also, **{knob.name: pair[1]})
    second = torch_arguments(optimizer.knobs, two.settings)
    expected, _ = torchs(optimizer.torch, 12, torch_arguments(optimizer.knobs, one.settings), second)
    assert not np.array_equal(expected, torchs(optimizer.torch, 12, second)[0])
    assert error(path, expected).max() < 1e-12


def test_momentum_in_one_group_only():
    bound = OPTIMIZERS["sgd"].bind(momentum=np.array([0.0, 0.9])[GROUP], dampening=0.5, learning_rate=0.01)
    path, _ = ours(bound, 12)
    expected, _ = torchs("SGD", 12, {"lr": 0.01, "dampening": 0.5, "momentum": 0.0}, {"momentum": 0.9})
    assert error(path, expected).max() < 1e-12


@pytest.mark.parametrize("optimizer", OPTIMIZERS.values(), ids=OPTIMIZERS)
def test_networks_side_by_side_are_networks_one_by_one(optimizer):
    starts = np.stack([START, START[::-1], START * 0.5])
    rates = np.array([[0.01], [0.02], [0.03]])
    slots = optimizer.init(starts, learning_rate=rates)
    params = starts
    for t in range(1, 8):
        grads = np.stack([gradient(row) for row in params])
        params, slots = optimizer.step(params, grads, slots, t, learning_rate=rates)
    for row, start, rate in zip(params, starts, rates, strict=True):
        alone, slots = start, optimizer.init(start, learning_rate=float(rate[0]))
        for t in range(1, 8):
            alone, slots = optimizer.step(alone, gradient(alone), slots, t, learning_rate=float(rate[0]))
        np.testing.assert_allclose(row, alone, rtol=1e-12)


@pytest.mark.parametrize("optimizer", OPTIMIZERS.values(), ids=OPTIMIZERS)
def test_a_learning_rate_that_changes(optimizer):
    params, slots = START, optimizer.init(START, learning_rate=0.1)
    tensor = torch.tensor(START, requires_grad=True)
    twin = getattr(torch.optim, optimizer.torch)([tensor], lr=0.1)
    for t in range(1, 13):
        rate = 0.1 / t
        twin.param_groups[0]["lr"] = rate
        tensor.grad = torch.tensor(gradient(tensor.detach().numpy()))
        twin.step()
        params, slots = optimizer.step(params, gradient(params), slots, t, learning_rate=rate)
    assert error(params, tensor.detach().numpy()).max() < 1e-12


def test_every_knob_is_turned_here():
    turned = {
        (BY_TORCH[name].key, knob)
        for name, _, kwargs in CONFIGS
        for knob, value in from_torch(BY_TORCH[name], kwargs).items()
        if value != BY_TORCH[name].settings[knob]
    }
    turned |= {(BY_TORCH[name].key, knob) for name, given in EXTRA for knob in given}
    turned |= {(optimizer.key, knob.name) for optimizer, knob, _ in _vector_cases()}
    assert turned == {(optimizer.key, knob.name) for optimizer in OPTIMIZERS.values() for knob in optimizer.knobs}


def test_the_sentence_of_weight_decay_says_which_one_it_is():
    for optimizer in OPTIMIZERS.values():
        decay = {knob.name: knob for knob in optimizer.knobs}.get("weight_decay")
        # Rprop looks at signs only, so torch gives it none
        assert (decay is None) == (optimizer.key == "rprop")
        if decay is not None:
            assert decay.sentence.startswith("Decoupled" if optimizer.decoupled else "Coupled")


def _freeze(*arrays):
    for array in arrays:
        if isinstance(array, np.ndarray):
            array.flags.writeable = False


def _loaded():
    for optimizer in OPTIMIZERS.values():
        switches = {"momentum": 0.9, "centered": True, "amsgrad": True, "weight_decay": 0.1, "t0": 3.0}
        names = {knob.name for knob in optimizer.knobs}
        yield optimizer.bind(**{name: value for name, value in switches.items() if name in names})


@pytest.mark.parametrize("optimizer", list(_loaded()), ids=lambda optimizer: optimizer.key)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_step_changes_nothing_it_is_given_and_keeps_the_type(optimizer, dtype):
    params = START.astype(dtype)
    slots = optimizer.init(params)
    assert set(slots) == {slot.name for slot in optimizer.slots_in_use}
    for t in range(1, 4):
        grads = gradient(params).astype(dtype)
        _freeze(params, grads, *slots.values())
        params, slots = optimizer.step(params, grads, slots, t)
        assert params.dtype == dtype
        for slot in optimizer.slots_in_use:
            value = slots[slot.name]
            assert np.shape(value) == ((SIZE,) if slot.per_parameter else ())
            if slot.per_parameter:
                assert value.dtype == dtype
        assert len(slots) == len(optimizer.slots_in_use)


@pytest.mark.parametrize("optimizer", list(_loaded()), ids=lambda optimizer: optimizer.key)
@pytest.mark.parametrize("shape", [(SIZE,), (3 * BLOCK + 5,), (2, BLOCK)])
def test_update_in_place_gives_the_bits_of_the_pure_step(optimizer, shape):
    rng = np.random.default_rng(0)
    pure = rng.normal(size=shape)
    rates = rng.uniform(0.01, 0.02, size=shape[-1])
    knobs = {"learning_rate": rates}
    inplace, slots_pure, slots = pure.copy(), optimizer.init(pure, **knobs), optimizer.init(pure, **knobs)
    for t in range(1, 4):
        grads = rng.normal(size=shape)
        pure, slots_pure = optimizer.step(pure, grads, slots_pure, t, **knobs)
        slots = update(optimizer, inplace, grads, slots, t, **knobs)
        np.testing.assert_array_equal(inplace, pure)
        assert slots.keys() == slots_pure.keys()
        for name, slot in slots_pure.items():
            np.testing.assert_array_equal(slots[name], slot)


def test_update_with_number_slots_on_a_big_vector():
    optimizer = OPTIMIZERS["nadam"]
    rng = np.random.default_rng(0)
    pure = rng.normal(size=2 * BLOCK + 1)
    inplace, slots_pure, slots = pure.copy(), optimizer.init(pure), optimizer.init(pure)
    for t in range(1, 4):
        grads = rng.normal(size=pure.shape)
        pure, slots_pure = optimizer.step(pure, grads, slots_pure, t)
        slots = update(optimizer, inplace, grads, slots, t)
    np.testing.assert_array_equal(inplace, pure)
    assert slots["mu_product"] == slots_pure["mu_product"]


def test_gradient_descent_is_plain_sgd():
    params, _ = OPTIMIZERS["sgd"].step(START, gradient(START), {}, 1, learning_rate=0.1)
    np.testing.assert_array_equal(params, gradient_descent(START, gradient(START), 0.1))


TORCH_SLOTS = {
    "velocity": "momentum_buffer",
    "m": "exp_avg",
    "v": ("exp_avg_sq", "square_avg"),
    "v_max": "max_exp_avg_sq",
    "u": ("exp_inf", "acc_delta"),
    "mean": "grad_avg",
    "sum": "sum",
    "step_size": "step_size",
    "previous": "prev",
    "average": "ax",
    "mu_product": "mu_product",
    "eta": "eta",
}


@pytest.mark.parametrize("optimizer", list(_loaded()), ids=lambda optimizer: optimizer.key)
def test_slots_are_torchs_state(optimizer):
    _, slots = ours(optimizer, 10)
    _, states = torchs(optimizer.torch, 10, torch_arguments(optimizer.knobs, optimizer.settings))
    for name, slot in slots.items():
        candidates = TORCH_SLOTS[name] if isinstance(TORCH_SLOTS[name], tuple) else (TORCH_SLOTS[name],)
        key = next(key for key in candidates if key in states[0])
        expected = np.concatenate([state[key].numpy().ravel() for state in states])
        np.testing.assert_allclose(slot, expected if np.ndim(slot) else expected[0], rtol=1e-12, atol=1e-15)


def test_one_published_adam_step():
    case = json.loads((CASES / "cs231n_adam.json").read_text())
    hyper, state = case["hyper"], case["state"]
    adam = OPTIMIZERS["adam"].bind(
        learning_rate=hyper["lr"], beta1=hyper["beta1"], beta2=hyper["beta2"], eps=hyper["eps"]
    )
    slots = {name: np.ravel(state[name]) for name in ("m", "v")}
    params, slots = adam.step(np.ravel(case["w"]), np.ravel(case["dw"]), slots, hyper["t_before"] + 1)
    np.testing.assert_allclose(params, np.ravel(case["expected"]["w"]), rtol=0, atol=6e-9)
    for name in ("m", "v"):
        np.testing.assert_allclose(slots[name], np.ravel(case["expected"][name]), rtol=0, atol=6e-9)


@pytest.mark.parametrize("optimizer", [*OPTIMIZERS.values(), *_loaded()], ids=lambda optimizer: optimizer.key)
def test_the_formula_has_a_line_for_every_slot(optimizer):
    lines = optimizer.latex
    for slot in optimizer.slots_in_use:
        assert slot.line(optimizer.settings) in lines
        assert slot.label
    assert lines[0].startswith("g = ")
    after = sum(slot.after for slot in optimizer.slots_in_use)
    assert lines[len(lines) - 1 - after].startswith(r"\theta \leftarrow"), "only what is computed from it comes later"
    for line in (*lines, *(slot.symbol for slot in optimizer.slots)):
        latex2mathml.converter.convert(line)


def test_the_formula_follows_the_knobs():
    sgd = OPTIMIZERS["sgd"]
    assert len(sgd.latex) == 2
    assert len(sgd.bind(momentum=0.9).latex) == 3
    assert r"\lambda" in sgd.bind(weight_decay=0.1).latex[0]
    assert r"(1 - \eta \lambda)" in OPTIMIZERS["adamw"].latex[1]


@pytest.mark.parametrize(
    ("key", "given", "message"),
    [
        ("sgd", {"learning_rate": -0.1}, "learning_rate is -0.1, expected a number from 0 up"),
        ("sgd", {"nesterov": True}, "nesterov needs a momentum above 0 and a dampening of 0"),
        ("sgd", {"nesterov": True, "momentum": 0.9, "dampening": 0.1}, "nesterov needs"),
        ("adam", {"beta1": 1.0}, "beta1 is 1.0, expected a number from 0 below 1"),
        ("adam", {"momentum": 0.9}, "unknown knob 'momentum'; choose from learning_rate"),
        ("rprop", {"step_min": 1.0, "step_max": 0.5}, "step_min is 1, expected at most step_max, 0.5"),
        ("rprop", {"eta_plus": 1.0}, "eta_plus is 1.0, expected a number above 1"),
        ("rmsprop", {"centered": 1}, "centered is 1, expected true or false"),
    ],
)
def test_bad_knobs(key, given, message):
    with pytest.raises(KnobError, match=message):
        OPTIMIZERS[key].bind(**given)


def test_binding_again_starts_from_the_bound_settings():
    bound = OPTIMIZERS["sgd"].bind(momentum=0.9).bind(learning_rate=0.5)
    assert (bound.settings["momentum"], bound.settings["learning_rate"]) == (0.9, 0.5)
    assert OPTIMIZERS["sgd"].settings["momentum"] == 0.0


@pytest.mark.parametrize("optimizer", OPTIMIZERS.values(), ids=OPTIMIZERS)
def test_every_optimizer_descends_a_bowl(optimizer):
    params = np.array([3.0, -2.0])
    slots = optimizer.init(params, learning_rate=0.1)
    for t in range(1, 101):
        params, slots = optimizer.step(params, 2 * params, slots, t, learning_rate=0.1)
    assert np.all(np.isfinite(params))
    assert math.hypot(*params) < math.hypot(3, 2)
