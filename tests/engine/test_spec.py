import numpy as np
import pytest

from mlpviz.engine import ACTIVATIONS, LOSSES, LayerSpec, NetworkSpec, SpecError
from mlpviz.engine.registry import Registry, UnknownEntryError
from tests.support.random_networks import chain


def test_views_share_memory_with_the_flat_vector_and_flatten_is_their_inverse():
    spec = NetworkSpec(
        (LayerSpec(2, 3, ACTIVATIONS["relu"]), LayerSpec(3, 1, ACTIVATIONS["identity"], bias=False)), LOSSES["mse"]
    )
    flat = np.arange(float(spec.size))
    views = spec.views(flat)
    assert spec.size == 2 * 3 + 3 + 3
    assert views[0].weight.tolist() == [[0, 1], [2, 3], [4, 5]]
    assert views[0].bias.tolist() == [6, 7, 8]
    assert views[1].weight.tolist() == [[9, 10, 11]]
    assert views[1].bias is None
    assert all(np.shares_memory(view, flat) for view in (views[0].weight, views[0].bias, views[1].weight))
    assert np.array_equal(spec.flatten(list(views)), flat)


def test_views_keep_leading_axes():
    spec = chain((2, 3, 1), "tanh")
    flat = np.arange(4.0 * 5 * spec.size).reshape(4, 5, spec.size)
    for stacked, single in zip(spec.views(flat), spec.views(flat[2, 3]), strict=True):
        assert np.array_equal(stacked.weight[2, 3], single.weight)
        assert np.array_equal(stacked.bias[2, 3], single.bias)
        assert np.shares_memory(stacked.weight, flat)


def test_a_spec_is_a_value():
    assert chain((2, 3), "relu") == chain((2, 3), "relu")
    assert hash(chain((2, 3), "relu")) == hash(chain((2, 3), "relu"))
    assert chain((2, 3), "relu") != chain((2, 3), "relu", bias=False)


@pytest.mark.parametrize(
    ("widths", "message"),
    [([], "at least one layer"), ([(2, 0)], "layer 1 has width 0"), ([(2, 3), (2, 1)], "layer 2 takes 2 inputs")],
)
def test_layers_that_do_not_fit_are_named(widths, message):
    with pytest.raises(SpecError, match=message):
        NetworkSpec(tuple(LayerSpec(i, o, ACTIVATIONS["relu"]) for i, o in widths), LOSSES["mse"])


@pytest.mark.parametrize("loss", LOSSES)
def test_a_loss_is_computed_behind_every_activation(loss):
    for key in ACTIVATIONS:
        assert chain((2, 2), key, loss).loss.key == loss


def test_an_unknown_name_is_answered_with_the_known_ones():
    with pytest.raises(UnknownEntryError, match="unknown activation 'rulu'; choose from identity, relu"):
        ACTIVATIONS["rulu"]


def test_two_entries_with_one_key_are_refused():
    with pytest.raises(ValueError, match="share a key"):
        Registry("activation", (ACTIVATIONS["relu"], ACTIVATIONS["relu"]))


@pytest.mark.parametrize("registry", [ACTIVATIONS, LOSSES], ids=lambda registry: registry.kind)
def test_every_entry_says_what_it_is(registry):
    for entry in registry.values():
        assert entry.label
        assert entry.sentence.endswith(".")
        assert entry.torch
