"""A step taken apart: the lines shown give the engine's numbers, and so does the code shown."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlpviz.engine.optimizers import OPTIMIZERS, take_step
from mlpviz.engine.optimizers.optimizer import ETA, GRADIENT, THETA, T, letter
from mlpviz.engine.optimizers.tensor_layout import TensorPlace
from mlpviz.sheet.optimizer_lines import numpy_lines, step_lines, torch_lines
from mlpviz.sheet.rules import mathml
from tests.support.formula_values import value

SWITCHES = {
    "momentum": 0.9, "weight_decay": 0.1, "t0": 3.0, "dampening": 0.3, "lr_decay": 0.1, "beta2": 0.9,
    "initial_accumulator_value": 0.5, "momentum_decay": 0.1, "ns_steps": 2, "warmup_steps": 4, "r": 1.5, "lambd": 0.01,
    "ns_b": -4.0,
}  # fmt: skip
"""Values that show something after a few steps; of every other hyperparameter one is found that is not its default."""

NEEDS = {"dampening": {"momentum": 0.9}, "rate_in_velocity": {"momentum": 0.9}, "nesterov": {"momentum": 0.9}}


def other_value(each):
    """A value of this hyperparameter that is not its default."""
    if each.kind == "bool":
        return not each.default
    if each.kind == "choice":
        return next(choice for choice in each.choices if choice != each.default)
    tried = (SWITCHES.get(each.name), 1 / 3, 0.85, 2.5, 3, 7, -0.7)
    fitting = (value for value in tried if value is not None and each.holds(value))
    return next(value for value in fitting if value != each.default and (each.kind == "float" or value == int(value)))


def turned():
    """Every optimizer as it is, with each hyperparameter alone at another value, and with many together."""
    for optimizer in OPTIMIZERS.values():
        others = {each.name: other_value(each) for each in optimizer.hyperparameters if each.name != "learning_rate"}
        yield optimizer
        known = dict(optimizer.settings).keys()
        for name, other in others.items():
            also = {key: needed for key, needed in NEEDS.get(name, {}).items() if key in known}
            yield optimizer.configure(**(also | {name: other}))
        # a rate inside the velocity goes with no dampening, and nor does Nesterov's momentum
        together = {"rate_in_velocity", "nesterov"} if "dampening" in others else {"rate_in_velocity"}
        yield optimizer.configure(**{name: other for name, other in others.items() if name not in together})
    yield OPTIMIZERS["sgd"].configure(
        momentum=0.9, nesterov=True, rate_in_velocity=True, weight_decay=0.1, maximize=True
    )


ALL = list(turned())
RATE = 0.05
SHAPE = (2, 3)


def parts(optimizers):
    """Each optimizer with the tensors that it treats in a way of its own: a weight, and a bias where that differs."""
    for optimizer in optimizers:
        yield optimizer, "weight"
        if optimizer.combines == "tensors":
            yield optimizer, "bias"


PARTS = list(parts(ALL))


def names(optimizer):
    if isinstance(optimizer, str):
        return optimizer
    defaults = {hyperparameter.name: hyperparameter.default for hyperparameter in optimizer.hyperparameters}
    return f"{optimizer.key} " + ", ".join(k for k, v in optimizer.settings.items() if v != defaults[k])


def walked(optimizer, steps, seed, tensor="weight"):
    size = int(np.prod(SHAPE))
    if optimizer.combines == "tensors":
        shape = SHAPE if tensor == "weight" else (size,)
        optimizer = optimizer.with_layout((TensorPlace(slice(0, size), shape),))
    rng = np.random.default_rng(seed)
    params = rng.normal(size=size)
    slots = optimizer.init(params, learning_rate=RATE)
    for t in range(1, steps + 1):
        taken = take_step(optimizer, RATE, params, rng.normal(size=size), slots, t)
        yield taken
        params, slots = taken.new_params, taken.new_slots


@pytest.mark.parametrize(("optimizer", "tensor"), PARTS, ids=names)
@settings(max_examples=3)
@given(seed=st.integers(0, 2**32 - 1))
def test_the_lines_shown_add_up_to_what_the_engine_does(optimizer, tensor, seed):
    for taken in walked(optimizer, 9, seed, tensor):
        for index in (0, 4):
            lines = step_lines(taken, index)
            for line in lines:
                numbers = {f"ref{i}": number for i, number in enumerate(line.numbers)}
                assert value(line.template, **numbers) == pytest.approx(line.value, rel=1e-9, abs=1e-12), line
                mathml(line.template), mathml(line.formula), mathml(line.symbol)
            found = {line.symbol: line.value for line in lines}
            assert found[r"\theta"] == taken.new_params[index]
            for slot in optimizer.of_tensor(tensor == "weight").slots_in_use:
                symbol = r"\eta_{t+1}" if slot.name == "eta" else slot.symbol.letter
                old, new = (np.broadcast_to(each[slot.name], 6)[index] for each in (taken.slots, taken.new_slots))
                # a line may be left out where it changes nothing
                assert found.get(symbol, old if optimizer.combines == "network" else None) == new


def kept_of(taken, tensor):
    """The parameters and the memory before a step, in the shape of the tensor."""
    shape = SHAPE if tensor == "weight" else (-1,)
    own = taken.optimizer.of_tensor(tensor == "weight").slots_in_use
    slots = {slot.name: taken.slots[slot.name] for slot in own}
    return {name: slot.reshape(shape) if np.ndim(slot) else slot for name, slot in slots.items()} | {
        tensor: taken.params.reshape(shape)
    }


@pytest.mark.parametrize(("optimizer", "tensor"), PARTS, ids=names)
def test_the_code_shown_does_what_the_engine_does(optimizer, tensor):
    # our own text, from our own registry
    code = compile(numpy_lines(optimizer, tensor), optimizer.key, "exec")
    kept = {}
    for taken in walked(optimizer, 9, 3, tensor):
        kept = kept or kept_of(taken, tensor)
        scope = {**optimizer.settings, "learning_rate": RATE, **kept, "t": taken.t, "np": np}
        scope[f"grad_{tensor}"] = taken.grad.reshape(kept[tensor].shape)
        with np.errstate(all="ignore"):
            exec(code, scope)  # noqa: S102  # text of ours
        kept = {name: scope[name] for name in kept}
        assert kept[tensor].ravel() == pytest.approx(taken.new_params, rel=1e-9, abs=1e-12)
        for name in kept.keys() - {tensor}:
            assert np.ravel(kept[name]) == pytest.approx(np.ravel(taken.new_slots[name]), rel=1e-9, abs=1e-12)


@pytest.mark.parametrize(("optimizer", "tensor"), PARTS, ids=names)
def test_a_formula_has_one_value_in_numbers_in_numpy_and_in_pytorch(optimizer, tensor):
    torch = pytest.importorskip("torch")
    *_, taken = walked(optimizer, 9, 4, tensor)
    kept, optimizer = kept_of(taken, tensor), optimizer.of_tensor(tensor == "weight")
    known = {
        letter(hyperparameter): optimizer.settings[hyperparameter.name]
        for hyperparameter in optimizer.hyperparameters
        if hyperparameter.symbol
    }
    known |= {slot.symbol: kept[slot.name] for slot in optimizer.slots_in_use}
    known |= {ETA: RATE, T: 9.0, THETA: kept[tensor], GRADIENT: taken.grad.reshape(kept[tensor].shape)}
    for line in (line for whole in optimizer.lines for line in whole.in_order()):
        expected = line.formula.value(known)
        scope = {symbol.name: value for symbol, value in known.items()}
        tensors = {name: torch.tensor(value, dtype=torch.float64) for name, value in scope.items()}
        # text of ours
        assert eval(line.formula.numpy(), {"np": np}, scope) == pytest.approx(expected, rel=1e-12)  # noqa: S307
        found = eval(line.formula.torch(), {"torch": torch}, tensors)  # noqa: S307
        assert np.asarray(found) == pytest.approx(expected, rel=1e-12)
        known[line.symbol] = expected


@pytest.mark.parametrize(("optimizer", "tensor"), list(parts(each for each in ALL if not each.is_torchs)), ids=names)
def test_the_lines_of_an_optimizer_that_torch_lacks_do_what_the_engine_does(optimizer, tensor):
    torch = pytest.importorskip("torch")
    text = torch_lines(optimizer, tensor)
    assert text.startswith(f"# {optimizer.torch_note or f'torch.optim has no {optimizer.label} as it is set'}")
    code = compile(text, optimizer.key, "exec")  # our own text, from our own registry
    kept = {}
    for taken in walked(optimizer, 9, 3, tensor):
        if not kept:
            kept = {name: torch.tensor(slot) for name, slot in kept_of(taken, tensor).items()}
            weight = kept[tensor].requires_grad_()
        weight.grad = torch.tensor(taken.grad.reshape(weight.shape))
        scope = {**optimizer.settings, "learning_rate": RATE, **kept, "t": taken.t, "torch": torch}
        exec(code, scope)  # noqa: S102  # text of ours
        kept = {name: scope[name] for name in kept}
        assert kept[tensor] is weight
        assert weight.detach().numpy().ravel() == pytest.approx(taken.new_params, rel=1e-9, abs=1e-12)
        for name in kept.keys() - {tensor}:
            assert kept[name].numpy().ravel() == pytest.approx(np.ravel(taken.new_slots[name]), rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("optimizer", [each for each in ALL if each.is_torchs], ids=names)
def test_the_line_of_pytorch_makes_that_optimizer(optimizer):
    torch = pytest.importorskip("torch")
    start = np.array([1.0, -2.0, 0.5, 3.0, -1.0])
    params = [torch.tensor(start, requires_grad=True)]
    scope = {"optim": torch.optim, "params": params, "learning_rate": RATE, "loss": torch.zeros(())}
    making, step = torch_lines(optimizer).splitlines()
    exec(making, scope)  # noqa: S102  # text of ours
    ours, slots = start, optimizer.init(start, learning_rate=RATE)
    rng = np.random.default_rng(1)
    for t in range(1, 4):
        grad = rng.normal(size=5)
        params[0].grad = torch.tensor(grad)
        exec(step, scope)  # noqa: S102  # text of ours
        ours, slots = optimizer.step(ours, grad, slots, t, learning_rate=RATE)
    # PyTorch keeps the μ product of NAdam and the η and μ of ASGD in single precision
    rel = 1e-6 if optimizer.torch in ("NAdam", "ASGD") else 1e-12
    assert params[0].detach().numpy() == pytest.approx(ours, rel=rel)


def test_radam_shows_only_the_branch_it_takes():
    first, *_, last = walked(OPTIMIZERS["radam"].configure(beta2=0.9), 9, 1)
    symbols = [line.symbol for line in step_lines(first, 0)]
    assert "r_t" not in symbols
    assert r"\rho_t" in symbols
    assert "r_t" in [line.symbol for line in step_lines(last, 0)]


def test_every_hyperparameter_is_varied_here():
    varied = {
        (one.key, name)
        for one in ALL
        for name, value in one.settings.items()
        if value != OPTIMIZERS[one.key].settings[name]
    }
    assert varied == {
        (one.key, each.name)
        for one in OPTIMIZERS.values()
        for each in one.hyperparameters
        if each.name != "learning_rate"
    }
