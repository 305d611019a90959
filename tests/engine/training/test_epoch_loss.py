"""The loss of an epoch in batches is that of one pass over its samples, for every loss, reduction and last batch."""

import itertools

import numpy as np
import pytest

from mlpviz.engine import ACTIVATIONS, LOSSES, OPTIMIZERS, PENALTIES, LayerSpec, NetworkSpec
from mlpviz.engine.training import DataSplits, Plan, train

STILL = OPTIMIZERS["sgd"].configure(learning_rate=0.0)


def _variants():
    for key, loss in LOSSES.items():
        names = {each.name: each for each in loss.hyperparameters}
        for reduction in names["reduction"].choices if "reduction" in names else ("",):
            varied = loss.configure(reduction=reduction) if reduction else loss
            yield pytest.param(varied, id=f"{key} {reduction}".strip())
            for name in names:
                # a weight per sample belongs to one batch: configs refuse it
                if names[name].kind == "floats" and name != "sample_weight":
                    yield pytest.param(varied.configure(**{name: (0.5, 2.0, 3.0)}), id=f"{key} {reduction} {name}")
            if "ignore_index" in names:
                # batches of one then have no sample that counts
                for more in ({}, {"weight": (0.5, 2.0, 3.0)}):
                    ignoring = varied.configure(ignore_index=2, **more)
                    yield pytest.param(ignoring, id=f"{key} {reduction} ignore_index {'weight' if more else ''}")


def _problem(loss):
    """Seven samples for this loss, with targets of its kind."""
    last = loss.last_activations[0] if loss.last_activations else "identity"
    outputs = loss.outputs or 3
    spec = NetworkSpec((LayerSpec(2, outputs, ACTIVATIONS[last], True, None, 0.0, 0),), loss)
    rng = np.random.default_rng(3)
    x = rng.normal(size=(7, 2))
    target = {
        "values": lambda: np.abs(rng.normal(size=(7, outputs))) + 0.1,
        "probabilities": lambda: rng.dirichlet(np.ones(outputs), 7),
        "signs": lambda: np.sign(rng.normal(size=(7, outputs))),
        "classes": lambda: rng.integers(0, outputs, 7),
        "gradients": lambda: rng.normal(size=(7, outputs)),
        "none": lambda: None,
    }[loss.target]()
    return spec, rng.normal(size=spec.size), DataSplits.of(spec, (x, target))


@pytest.mark.parametrize("loss", [*_variants()])
@pytest.mark.parametrize("penalties", [(), (PENALTIES["l2"].configure(strength=0.1),)], ids=["plain", "penalty"])
def test_batches_give_the_loss_of_one_pass(loss, penalties):
    spec, params, splits = _problem(loss)
    for size in (None, 1, 2, 3):
        plan = Plan(optimizer=STILL, batch_size=size, epochs=1, penalties=penalties)
        *_, last = train(spec, params, splits, plan, np.random.default_rng(0))
        assert not last.failure
        assert last.loss == pytest.approx(float(last.train.loss), rel=1e-12), size


def test_a_sum_over_an_uneven_last_batch():
    spec = NetworkSpec(
        (LayerSpec(1, 1, ACTIVATIONS["identity"], False, None, 0.0, 0),), LOSSES["half_sse"]
    )  # fmt: skip
    splits = DataSplits.of(spec, ([[10.0], [10.0], [9.0]], [[0.0]] * 3))
    plan = Plan(optimizer=STILL, batch_size=2, epochs=2, shuffle=False)
    found = list(train(spec, np.ones(1), splits, plan, np.random.default_rng(0), every="step"))
    assert [snapshot.loss for snapshot in found] == [None, 100.0, 140.5, 100.0, 140.5]


@pytest.mark.parametrize("key", [key for key, loss in LOSSES.items() if "ignore_index" in dict(loss.settings)])
def test_an_epoch_in_which_no_sample_counts(key):
    spec, params, _ = _problem(LOSSES[key].configure(ignore_index=1))
    splits = DataSplits.of(spec, (np.ones((3, 2)), np.ones(3, int)))
    plan = Plan(optimizer=STILL, batch_size=2, epochs=1)
    *_, last = train(spec, params, splits, plan, np.random.default_rng(0))
    assert last.loss == last.train.loss == 0.0


@pytest.mark.parametrize("loss", [*_variants()])
def test_networks_side_by_side_have_the_losses_of_each_alone(loss):
    spec, params, splits = _problem(loss)
    both = np.stack([params, -params])
    plan = Plan(optimizer=STILL, batch_size=3, epochs=1)
    *_, together = train(spec, both, splits, plan, np.random.default_rng(0))
    for each, own in zip(both, np.broadcast_to(together.loss, 2), strict=True):
        *_, alone = train(spec, each, splits, plan, np.random.default_rng(0))
        assert own == pytest.approx(float(alone.loss), rel=1e-12)


@pytest.mark.parametrize("loss", [*_variants()])
@pytest.mark.parametrize("plan", [{"batch_size": 2}, {"batch_size": 3, "penalties": (PENALTIES["l2"],)}, {}])
def test_networks_with_an_order_each_have_losses_and_weights_of_each_alone(loss, plan):
    """Each has another target at the same place of a batch, and so another sum of class weights."""
    spec, params, splits = _problem(loss)
    both = np.stack([params, 1.25 * params])  # outputs keep their signs: a logarithm may be taken of them
    orders = [np.array([6, 2, 0, 3, 1, 5, 4]), np.array([1, 4, 3, 6, 5, 2, 0])]
    moving = Plan(optimizer=OPTIMIZERS["sgd"].configure(learning_rate=1e-5), epochs=2, **plan)
    own = Plan(optimizer=moving.optimizer, epochs=2, shuffles="own", **plan)
    rng = np.random.default_rng(0)
    turns = itertools.cycle(orders)
    *_, together = train(spec, both, splits, own, rng, order=lambda *_: next(turns))
    for each, order, loss_of, params_of in zip(both, orders, together.loss, together.params, strict=True):
        *_, alone = train(spec, each, splits, moving, np.random.default_rng(0), order=lambda *_, order=order: order)
        assert loss_of == pytest.approx(float(alone.loss), rel=1e-12)
        assert params_of == pytest.approx(alone.params, rel=1e-11, abs=1e-13)
