"""200 steps of every optimizer on a network with batch norm, layer norm, dropout, a skip and L2, beside torch.optim."""

import numpy as np
import pytest
import torch

from mlpviz.engine import CLIPPINGS, OPTIMIZERS, PENALTIES, SCHEDULES, draw_masks, loss_value
from mlpviz.engine.hyperparameters import torch_arguments
from mlpviz.engine.training import Plan, train
from mlpviz.verify.torch_optimizers import optimizer_class
from tests.support.trained_networks import SPEC, sets, start, torch_params, torch_twin

BATCH, EPOCHS, STRENGTH = 7, 50, 0.01
RATES = {"lbfgs": 0.05, "adadelta": 1.0, "rprop": 0.001, "adagrad": 0.05, "sgd": 0.1, "asgd": 0.1}


@pytest.fixture(autouse=True)
def double():
    # torch keeps its scalar slots (mu_product, eta) in the default type
    torch.set_default_dtype(torch.float64)
    yield
    torch.set_default_dtype(torch.float32)


class Remembered:
    """Masks and orders as a run draws them, kept for torch."""

    def __init__(self):
        self.masks, self.orders = [], []

    def draw(self, rng, samples):
        self.masks.append(draw_masks(SPEC, samples, rng))
        return self.masks[-1]

    def order(self, rng, samples):
        self.orders.append(rng.permutation(samples))
        return self.orders[-1]


def ours(plan):
    seen = Remembered()
    found = list(
        train(SPEC, start(), sets(), plan, np.random.default_rng(1), every="step", masks=seen.draw, order=seen.order)
    )
    return found, seen


def steps_of_torch(optimizer, seen, schedule=None, clip=None):
    """Parameters, running statistics and loss after each step of the same batches with the same masks."""
    twin = torch_twin(start())
    stepper = optimizer_class(optimizer)(
        twin.parameters(), **torch_arguments(optimizer.hyperparameters, optimizer.settings)
    )
    scheduler = schedule(stepper) if schedule else None
    x, target = (torch.tensor(array) for array in sets().train)
    masks = iter(seen.masks)
    for order in seen.orders:
        for begin in range(0, len(order), BATCH):
            rows = torch.tensor(order[begin : begin + BATCH])
            stepper.zero_grad()
            loss = torch.nn.functional.mse_loss(twin(x[rows], next(masks)), target[rows])
            loss = loss + STRENGTH / 2 * sum((linear.weight**2).sum() for linear in twin.linears)
            loss.backward()
            if clip:
                clip(twin.parameters())
            stepper.step()
            if scheduler:
                scheduler.step()
            yield torch_params(twin), np.concatenate([twin.batch.running_mean, twin.batch.running_var]), twin


def assert_same(found, theirs):
    worst = 0.0
    for snapshot, (params, running, twin) in zip(found[1:], theirs, strict=True):  # noqa: B007  # twin is read below
        for mine, its in ((snapshot.params, params), (snapshot.buffers, running)):
            worst = max(worst, float(np.max(np.abs(mine - its) / np.maximum(1.0, np.abs(its)))))
    assert found[-1].step == 200
    assert np.abs(found[-1].params - start()).max() > 0.05
    assert worst < 1e-8
    twin.eval()
    part = sets().validation
    y = twin(torch.tensor(part.x)).detach().numpy()
    mine, _, own = loss_value(SPEC, found[-1].params, *part, training=False, buffers=found[-1].buffers)
    np.testing.assert_allclose(own, y, rtol=1e-8, atol=1e-8)
    np.testing.assert_allclose(found[-1].validation.loss - found[-1].validation.penalty, mine)
    np.testing.assert_allclose(mine, ((y - part.target) ** 2).mean(), rtol=1e-8)


@pytest.mark.parametrize("key", OPTIMIZERS)
def test_200_steps_are_those_of_torch(key):
    optimizer = OPTIMIZERS[key].configure(learning_rate=RATES.get(key, 0.01))
    penalty = PENALTIES["l2"].configure(strength=STRENGTH)
    found, seen = ours(Plan(optimizer=optimizer, batch_size=BATCH, epochs=EPOCHS, penalties=(penalty,)))
    assert_same(found, steps_of_torch(optimizer, seen))


def test_200_steps_with_a_schedule_and_clipping_are_those_of_torch():
    optimizer = OPTIMIZERS["adamw"].configure(learning_rate=0.02, weight_decay=0.1, amsgrad=True)
    plan = Plan(
        optimizer=optimizer,
        batch_size=BATCH,
        epochs=EPOCHS,
        penalties=(PENALTIES["l2"].configure(strength=STRENGTH),),
        schedule=SCHEDULES["cosine"].configure(T_max=60),
        clipping=CLIPPINGS["norm"].configure(max_norm=0.3),
    )
    found, seen = ours(plan)
    theirs = steps_of_torch(
        optimizer,
        seen,
        lambda stepper: torch.optim.lr_scheduler.CosineAnnealingLR(stepper, 60),
        lambda params: torch.nn.utils.clip_grad_norm_(params, 0.3),
    )
    assert_same(found, theirs)
