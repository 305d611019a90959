"""L-BFGS step by step beside torch.optim.LBFGS, whose one step(closure) makes many of these steps."""

import numpy as np
import pytest

from mlpviz.engine.optimizers import OPTIMIZERS, ParameterGroup, take_step
from mlpviz.engine.training import DataSplits, Plan, Samples, train
from mlpviz.examples.networks import PRESETS
from mlpviz.network import DocumentError
from mlpviz.network.edits import apply, apply_update
from tests.support.random_networks import chain

torch = pytest.importorskip("torch")

SIZE = 6
_RNG = np.random.default_rng(9)
_MATRIX = _RNG.normal(size=(SIZE, SIZE))
BOWL = _MATRIX @ _MATRIX.T + np.eye(SIZE)
START = _RNG.normal(size=SIZE)


def gradient(theta):
    """Of a bowl that is a little steeper outside: ½ θᵀBθ + ¼ Σθ⁴."""
    return BOWL @ theta + theta**3


def closure(tensor, optimizer):
    """What torch.optim.LBFGS calls: the loss of the same bowl, with its gradient."""

    def evaluate():
        optimizer.zero_grad()
        loss = 0.5 * tensor @ torch.tensor(BOWL) @ tensor + (tensor**4).sum() / 4
        loss.backward()
        return loss

    return evaluate


def walk(steps, **settings):
    optimizer = OPTIMIZERS["lbfgs"].configure(**settings)
    params, slots = START, optimizer.init(START)
    for t in range(1, steps + 1):
        params, slots = optimizer.step(params, gradient(params), slots, t)
        yield params, slots


@pytest.mark.parametrize("history", [1, 3, 10])
@pytest.mark.parametrize("rate", [1.0, 0.5])
def test_steps_are_the_iterations_of_one_step_of_torch(history, rate):
    found = [params for params, _ in walk(12, history_size=history, learning_rate=rate)]
    for count in range(1, 13):
        tensor = torch.tensor(START, requires_grad=True)
        theirs = torch.optim.LBFGS(
            [tensor], lr=rate, max_iter=count, max_eval=99, history_size=history, tolerance_grad=0, tolerance_change=0
        )
        theirs.step(closure(tensor, theirs))
        np.testing.assert_allclose(found[count - 1], tensor.detach().numpy(), rtol=1e-11, atol=1e-13)


def test_what_is_remembered_is_torchs_state():
    *_, (_, slots) = walk(8, history_size=4)
    tensor = torch.tensor(START, requires_grad=True)
    theirs = torch.optim.LBFGS([tensor], max_iter=8, history_size=4, tolerance_grad=0, tolerance_change=0)
    theirs.step(closure(tensor, theirs))
    state = theirs.state[tensor]
    for k in range(1, 5):
        np.testing.assert_allclose(slots[f"s_{k}"], state["old_stps"][-k].numpy(), rtol=1e-8, atol=1e-15)
        np.testing.assert_allclose(slots[f"y_{k}"], state["old_dirs"][-k].numpy(), rtol=1e-8, atol=1e-15)
    np.testing.assert_allclose(slots["direction"], state["d"].numpy(), rtol=1e-6, atol=1e-15)
    assert slots["scale"] == pytest.approx(float(state["H_diag"]), rel=1e-8)
    assert slots["rate"] == state["t"]


def test_it_finds_the_bottom_of_a_bowl_in_few_steps():
    *_, (params, _) = walk(40)
    assert np.abs(params).max() < 1e-6


def test_frozen_parameters_take_no_part():
    optimizer = OPTIMIZERS["lbfgs"]
    free = np.array([0, 1, 3, 5])
    group = ParameterGroup(free, 0.3)
    params, slots = START, optimizer.init(START)
    alone, own = START[free], optimizer.init(START[free])
    for t in range(1, 8):
        grad = gradient(params)
        step = take_step(optimizer, 0.3, params, grad, slots, t, (group,))
        alone, own = optimizer.step(alone, grad[free], own, t, learning_rate=0.3)
        params, slots = step.new_params, step.new_slots
        np.testing.assert_array_equal(params[free], alone)
        np.testing.assert_array_equal(params[[2, 4]], START[[2, 4]])


def test_a_training_is_that_of_torch():
    spec = chain((3, 2), "identity", "mse")
    x, target, start = _RNG.normal(size=(6, 3)), _RNG.normal(size=(6, 2)), _RNG.normal(size=spec.size)
    plan = Plan(optimizer=OPTIMIZERS["lbfgs"].configure(learning_rate=0.5), epochs=10, shuffle=False)
    found = [each.params for each in train(spec, start, DataSplits(Samples(x, target)), plan, _RNG)]
    weight, bias = (torch.tensor(part, requires_grad=True) for part in (start[:6].reshape(2, 3), start[6:]))
    theirs = torch.optim.LBFGS(
        [weight, bias], lr=0.5, max_iter=10, history_size=5, tolerance_grad=0, tolerance_change=0
    )

    def evaluate():
        theirs.zero_grad()
        loss = torch.nn.functional.mse_loss(torch.tensor(x) @ weight.T + bias, torch.tensor(target))
        loss.backward()
        return loss

    theirs.step(evaluate)
    last = np.concatenate([weight.detach().numpy().ravel(), bias.detach().numpy()])
    np.testing.assert_allclose(found[-1], last, rtol=1e-10, atol=1e-12)


def test_a_layer_has_no_rate_of_its_own():
    document = apply(PRESETS["mazur"].document, {"type": "set_optimizer", "key": "lbfgs"}).document
    layers = [layer.fields() for layer in document.layers]
    layers[0]["learning_rate"] = 0.1
    with pytest.raises(DocumentError, match="L-BFGS remembers one rate for the whole network"):
        document.replace(layers=layers)


def test_more_steps_than_are_remembered_are_saved_and_checked():
    from mlpviz.verify.report import check

    document = apply(PRESETS["mazur"].document, {"type": "set_optimizer", "key": "lbfgs"}).document
    for _ in range(8):
        assert check(document.trace(), document.next_step).ok
        document = apply_update(document).document
    assert type(document).from_link(document.to_link()) == document
