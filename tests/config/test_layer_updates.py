"""Frozen tensors, own rates and weight decays, and ties in trainings: beside PyTorch, in files, and refused."""

import numpy as np
import pytest

from mlpviz.config import TrainingConfig, prepare
from mlpviz.config.differences import differences_text
from mlpviz.config.edits import with_layer, with_value, without_layer
from mlpviz.engine.optimizers import OPTIMIZERS, has_shared_rate
from mlpviz.network import DocumentError
from tests.support.errors import assert_one_line

torch = pytest.importorskip("torch")
F = torch.nn.functional

X = [[1, 2, 3], [0.5, -1, 0], [1, 0, 1], [2, 1, -1], [0.3, 0.2, 0.1]]
PLAIN = {
    "data": {"kind": "points", "x": X, "values": X},
    "split": {"test": 0, "validation": 0},
    "layers": [{"units": 2, "activation": "tanh"}, {"units": None, "activation": "identity"}],
    "loss": "mse",
    "optimizer": {"key": "sgd", "learning_rate": 0.05},
    "batch_size": 2,
    "shuffle": False,
    "epochs": 4,
}


def config(first=None, last=None, **more):
    one, other = ({**layer, **(changes or {})} for layer, changes in zip(PLAIN["layers"], (first, last), strict=True))
    return TrainingConfig.parse({**PLAIN, "layers": [one, other], **more})


def learned(built):
    return list(built.run())[-1].params


TORCHS = [
    key
    for key, optimizer in OPTIMIZERS.items()
    if optimizer.is_torchs and not optimizer.combines and key not in ("nadam", "asgd")
]


@pytest.mark.parametrize("key", TORCHS)
def test_groups_and_ties_learn_as_in_torch(key):
    """Parameter groups of torch.optim, a frozen bias, a transposed shared weight, clipping, penalty and schedule."""
    decays = "weight_decay" in OPTIMIZERS[key].settings
    given = config(
        {"learning_rate": 0.02, "one_bias": True},
        {"tied_to": 1, "transposed": True, "frozen": ["bias"]} | ({"weight_decay": 0.1} if decays else {}),
        optimizer={"key": key, "learning_rate": 0.05},
        clipping={"key": "norm", "max_norm": 0.8},
        penalty={"key": "l2", "strength": 0.01},
        schedule={"key": "exponential", "gamma": 0.9},
        schedule_counts="epochs",
    )
    built = prepare(given)
    one, other = built.spec.views(built.params)
    weight = torch.tensor(one.weight.copy(), requires_grad=True)
    bias = torch.tensor(one.bias[0], requires_grad=True)
    last = torch.tensor(other.bias.copy())
    own = given.optimizer.entry
    optimizer = getattr(torch.optim, own.torch)([{"params": [weight, bias], "lr": 0.02}], **own.torch_arguments)
    schedule = torch.optim.lr_scheduler.ExponentialLR(optimizer, 0.9)
    x = torch.tensor(X, dtype=torch.float64)
    for _ in range(4):
        for batch in x.split(2):
            optimizer.zero_grad()
            loss = F.mse_loss(F.linear(torch.tanh(F.linear(batch, weight) + bias), weight.t(), last), batch)
            (loss + 0.005 * (weight * weight).sum()).backward()
            torch.nn.utils.clip_grad_norm_([weight, bias], 0.8)
            optimizer.step()
        schedule.step()
    ours, decoder = built.spec.views(learned(built))
    assert np.allclose(ours.weight, weight.detach(), rtol=1e-9, atol=1e-12)
    assert np.array_equal(decoder.weight, ours.weight.T)
    assert np.allclose(ours.bias, bias.item(), rtol=1e-9, atol=1e-12)
    assert np.array_equal(decoder.bias, last)


def test_each_group_has_its_own_decay_and_rate():
    built = prepare(config({"learning_rate": 0.01}, {"weight_decay": 0.3, "frozen": ["bias"]}, batch_size=None))
    start = built.spec.views(built.params)
    leaves = [torch.tensor(array.copy(), requires_grad=True) for array in (*start[0][:2], *start[1][:2])]
    groups = [{"params": leaves[:2], "lr": 0.01}, {"params": leaves[2:3], "weight_decay": 0.3}]
    optimizer = torch.optim.SGD(groups, lr=0.05)
    x = torch.tensor(X, dtype=torch.float64)
    for _ in range(4):
        optimizer.zero_grad()
        F.mse_loss(F.linear(torch.tanh(F.linear(x, *leaves[:2])), *leaves[2:]), x).backward()
        optimizer.step()
    ours = built.spec.views(learned(built))
    for array, leaf in zip((*ours[0][:2], *ours[1][:2]), leaves, strict=True):
        assert np.allclose(array, leaf.detach(), rtol=1e-11, atol=1e-14)


@pytest.mark.parametrize("key", OPTIMIZERS)
def test_a_training_with_groups_goes_on_bit_for_bit_and_one_without_is_the_old(key):
    given = config({"frozen": ["weight"]}, {"tied_to": 1, "transposed": True}, optimizer=key)
    built = prepare(given)
    whole = list(built.run())
    again = list(prepare(TrainingConfig.parse(given.to_json())).run(whole[2]))
    assert np.array_equal(whole[-1].params, again[-1].params)
    assert np.array_equal(built.spec.views(whole[-1].params)[0].weight, built.spec.views(built.params)[0].weight)
    # all in one group by a rate that is the optimizer's: the same numbers as without groups
    rate = OPTIMIZERS[key].settings["learning_rate"]
    if not has_shared_rate(OPTIMIZERS[key]):
        same = config({"learning_rate": rate}, {"learning_rate": rate}, optimizer=key)
        assert np.allclose(learned(prepare(same)), learned(prepare(config(optimizer=key))), rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize(
    ("first", "last", "more", "sentence"),
    [
        (None, {"tied_to": 2}, {}, "layers[1].tied_to is 2, expected 1 to 1: a layer before layer 2, so that no ties"),
        ({"tied_to": 1}, None, {}, "layers[0].tied_to is 1, expected none: no layer is before the first"),
        (None, {"transposed": True}, {}, "layers[1].transposed is true, expected false without a tie"),
        ({"bias": False, "one_bias": True}, None, {}, "layers[0].one_bias is true, expected false: the layer has no"),
        ({"frozen": ["gamma"]}, None, {}, "layers[0].frozen has gamma, which layer 1 does not have"),
        ({"frozen": ["x"]}, None, {}, "layers[0].frozen"),
        ({"learning_rate": -1}, None, {}, "layers[0].learning_rate is -1, expected at least 0"),
        ({"learning_rate": 1}, None, {"optimizer": "asgd"}, "layers[0].learning_rate is set, expected null: ASGD"),
        ({"weight_decay": 1}, None, {"optimizer": "rprop"}, "layers[0].weight_decay is set, expected null: Rprop has"),
        (None, None, {"ties": [[[1, 1, 1]]]}, "ties[0] has 1 entries, at least 2 are needed"),
        (
            None,
            None,
            {"ties": [[[1, 1, 1], [1, 2, 2]]], "optimizer": "muon"},
            "ties are given, expected none: Muon steps each weight as a whole matrix, not its places",
        ),
    ],
)
def test_what_does_not_fit_is_named(first, last, more, sentence):
    with pytest.raises(DocumentError) as caught:
        config(first, last, **more)
    assert_one_line(caught.value)
    assert str(caught.value).startswith(sentence)


@pytest.mark.parametrize(
    ("last", "ties", "sentence"),
    [
        ({"tied_to": 1}, [], "layers: layer 2 has a weight of 3 x 2, layer 1, which it is tied to, gives 2 x 3"),
        ({}, [[[1, 1, 1], [2, 4, 1]]], "layers: tie 1 has a place that is not in the network"),
    ],
)
def test_ties_that_do_not_fit_the_data_are_refused(last, ties, sentence):
    with pytest.raises(DocumentError) as caught:
        prepare(config(None, last, ties=ties))
    assert str(caught.value) == sentence


def test_edits_keep_ties_true():
    tied = with_value(config(), ("layers", 1, "tied_to"), 1)
    assert tied.layers[1].transposed
    assert with_value(tied, ("layers", 1, "tied_to"), None).layers[1].transposed is False
    assert with_layer(tied).layers[2].tied_to == 1
    assert without_layer(tied, 0).layers[0].tied_to is None
    one = config({"one_bias": True, "frozen": ["bias"]})
    without = with_value(one, ("layers", 0, "bias"), False)
    assert (without.layers[0].one_bias, without.layers[0].frozen) == (False, ())


def test_a_comparison_lists_what_layers_do():
    said = differences_text([config(), config({"frozen": ["weight"], "learning_rate": 0.5})])
    assert "layer 1 frozen" in said
    assert "layer 1 learning rate –, 0.5" in said
