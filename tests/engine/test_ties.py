"""Tied parameters in the engine: groups of places, sums of their gradients, and steps that keep them equal."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlpviz.engine import ACTIVATIONS, LOSSES, LayerSpec, NetworkSpec, run_pass
from mlpviz.engine.optimizers import OPTIMIZERS, first_slots, take_step
from mlpviz.engine.passes import loss_value
from mlpviz.engine.spec import SpecError
from mlpviz.engine.ties import Sharing

TANH, LINEAR = ACTIVATIONS["tanh"], ACTIVATIONS["identity"]


def autoencoder(**more):
    """Three inputs, two hidden units with one bias, and the transposed weight on the way back."""
    layers = (LayerSpec(3, 2, TANH, one_bias=True), LayerSpec(2, 3, LINEAR, tied_to=0, transposed=True))
    return NetworkSpec(layers, LOSSES["mse"], **more)


def tied_params(spec, seed=0):
    return spec.sharing.spread(np.random.default_rng(seed).normal(size=spec.size))


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=12))
def test_groups_are_those_of_all_pairs_together(pairs):
    sharing = Sharing.of(10, [(np.array([one]), np.array([other])) for one, other in pairs])
    groups = {place: {place} for place in range(10)}
    for one, other in pairs:
        whole = groups[one] | groups[other]
        groups |= dict.fromkeys(whole, whole)
    if sharing is None:
        assert all(len(group) == 1 for group in groups.values())
        return
    assert all(set(sharing.uses(place)) == group for place, group in groups.items())
    assert [sharing.first[place] for place in range(10)] == [min(groups[place]) for place in range(10)]
    grad = np.arange(20.0).reshape(2, 10) ** 2
    wanted = np.array([[sum(row[at] for at in groups[place]) for place in range(10)] for row in grad])
    assert np.array_equal(sharing.summed(grad), wanted)
    assert np.array_equal(sharing.sums(grad), wanted[:, sharing.heads])
    assert np.array_equal(sharing.learned, sorted({min(group) for group in groups.values()}))
    assert np.array_equal(sharing.once(grad).sum(axis=-1), grad[:, sharing.learned].sum(axis=-1))


def test_a_weight_used_twice_has_the_derivative_of_the_whole():
    """w · tanh(w · x) by hand, with ½ (y − t)²."""
    layers = (LayerSpec(1, 1, TANH, bias=False), LayerSpec(1, 1, LINEAR, bias=False, tied_to=0))
    spec = NetworkSpec(layers, LOSSES["half_sse"])
    w, x, t = 0.7, 1.5, 2.0
    trace = run_pass(spec, np.array([w, w]), np.array([[x]]), np.array([[t]]))
    h = np.tanh(w * x)
    error = w * h - t
    assert np.allclose(trace.grad, [error * w * (1 - h * h) * x, error * h], rtol=1e-14)
    assert trace.grad_shared == pytest.approx(error * (h + w * (1 - h * h) * x), rel=1e-14)
    assert spec.learned_size == 1


def test_infinite_gradients_are_added_up_like_others():
    sharing = autoencoder().sharing
    grad = np.zeros(autoencoder().size)
    grad[sharing.uses(int(sharing.heads[0]))[:2]] = np.inf, -np.inf
    assert np.isnan(sharing.sums(grad)[0])


def test_places_are_grouped_across_kinds_of_ties():
    spec = autoencoder(ties=(((0, 0, 0), (0, 1, 1)),))
    first = spec.sharing.first
    decoder = spec.views(first)[1].weight
    assert np.array_equal(decoder, spec.views(first)[0].weight.T)
    assert decoder[0, 0] == decoder[1, 1] == 0
    assert len(set(spec.views(first)[0].bias)) == 1
    assert spec.learned_size == 5 + 1 + 3


@pytest.mark.parametrize("key", OPTIMIZERS)
def test_ten_steps_are_those_of_one_shared_number(key):
    """Beside the same optimizer over the shared numbers alone, which know nothing of their places."""
    spec = autoencoder()
    sharing, rng = spec.sharing, np.random.default_rng(3)
    x, optimizer = rng.normal(size=(4, 3)), OPTIMIZERS[key]
    params, learned = tied_params(spec), sharing.learned
    number = np.searchsorted(learned, sharing.first)
    slots = {name: sharing.spread(slot) for name, slot in first_slots(optimizer, params, 0.01).items()}
    alone, alone_slots = params[learned], first_slots(optimizer, params[learned], 0.01)
    for t in range(1, 11):
        step = take_step(optimizer, 0.01, params, run_pass(spec, params, x, x).grad, slots, t, sharing=sharing)
        grad = run_pass(spec, alone[number], x, x).grad
        whole = np.bincount(number, weights=grad, minlength=learned.size)
        alone, alone_slots = optimizer.step(alone, whole, alone_slots, t, learning_rate=0.01)
        params, slots = step.new_params, step.new_slots
        assert np.array_equal(params, params[sharing.first])
        assert np.allclose(params[learned], alone, rtol=1e-12, atol=1e-15)


def test_the_sum_is_the_slope_of_the_loss_where_all_places_move():
    spec = autoencoder()
    params, x = tied_params(spec), np.random.default_rng(1).normal(size=(5, 3))
    trace, h = run_pass(spec, params, x, x), 1e-5
    for head, slope in zip(spec.sharing.heads, trace.grad_shared, strict=True):
        move = h * (spec.sharing.first == head)
        ahead, behind = (loss_value(spec, params + side, x, x)[0] for side in (move, -move))
        assert (ahead - behind) / (2 * h) == pytest.approx(slope, rel=1e-7, abs=1e-9)


@pytest.mark.parametrize(
    ("layers", "ties", "sentence"),
    [
        ((LayerSpec(2, 2, TANH, tied_to=0),), (), "layer 1 is tied to layer 1, expected one before it"),
        (
            (LayerSpec(2, 3, TANH), LayerSpec(3, 2, TANH, tied_to=0)),
            (),
            "layer 2 has a weight of 2 x 3, layer 1, which it is tied to, gives 3 x 2",
        ),
        ((LayerSpec(2, 2, TANH, bias=False, one_bias=True),), (), "layer 1 has one bias for all units and no bias"),
        ((LayerSpec(2, 2, TANH),), (((0, 0, 0), (0, 2)),), "tie 1 has a place that is not in the network"),
    ],
)
def test_ties_that_do_not_fit_are_refused(layers, ties, sentence):
    with pytest.raises(SpecError, match=sentence):
        NetworkSpec(layers, LOSSES["mse"], ties)
