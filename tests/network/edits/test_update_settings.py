"""Frozen tensors, rates and weight decays of single layers, and a penalty: in the update, in files and on the badge."""

import numpy as np
import pytest

from mlpviz.engine import PENALTIES
from mlpviz.engine.optimizers import OPTIMIZERS, has_shared_rate
from mlpviz.network import Document
from mlpviz.network.edits.registry import apply
from mlpviz.sheet.optimizer_lines import PENALTY_GRADIENT, numpy_lines, step_lines, torch_lines
from mlpviz.verify.report import check
from tests.support.edit_events import MAZUR, SEVEN, refused

torch = pytest.importorskip("torch")


def after(document, *events):
    for event in events:
        document = apply(document, event).document
    return document


def test_frozen_biases_give_the_numbers_of_mazurs_article():
    """Mazur leaves the biases as they are; his weights after one step, and his loss after it."""
    frozen = after(MAZUR, {"type": "set_frozen", "layer": None, "tensor": "bias", "on": True})
    once = after(frozen, {"type": "update"})
    assert np.allclose(once.layers[1].weight, [[0.35891648, 0.408666186], [0.511301270, 0.561370121]], atol=5e-9)
    assert np.allclose(once.layers[0].weight, [[0.149780716, 0.19956143], [0.24975114, 0.29950229]], atol=5e-9)
    assert [layer.bias for layer in once.layers] == [layer.bias for layer in MAZUR.layers]
    # the article prints 0.291027924; the weights that it prints give this
    assert float(once.trace().loss) == pytest.approx(0.291027774, abs=5e-9)
    # after 10,000 steps he has 0.0000351085, which is what two steps fewer give; learned biases give another number
    many = frozen
    for _ in range(10):
        many = after(many, {"type": "update", "times": 1000})
    assert float(many.trace().loss) == pytest.approx(0.0000351085, rel=3e-4)


@pytest.mark.parametrize("key", OPTIMIZERS)
def test_every_optimizer_agrees_with_torch_over_groups(key):
    document = after(
        MAZUR,
        {"type": "set_optimizer", "key": key},
        {"type": "set_frozen", "layer": 1, "tensor": "bias", "on": True},
        # ASGD and L-BFGS have one rate for the whole network
        *([] if has_shared_rate(OPTIMIZERS[key]) else [{"type": "set_layer_rate", "layer": 2, "value": 0.05}]),
    )
    if "weight_decay" in OPTIMIZERS[key].settings:
        document = after(document, {"type": "set_layer_decay", "layer": 1, "value": 0.2})
    for _ in range(3):
        report = check(document.trace(), document.next_step)
        assert report.ok, report.summary
        assert Document.parse(document.to_json()) == document
        assert Document.from_link(document.to_link()) == document
        document = after(document, {"type": "update"})
    assert document.layers[0].bias == MAZUR.layers[0].bias


@pytest.mark.parametrize("key", PENALTIES)
@pytest.mark.parametrize("biases", [False, True])
def test_the_step_follows_the_loss_with_its_penalty(key, biases):
    document = after(
        MAZUR,
        {"type": "set_penalty", "key": key},
        {"type": "set_penalty_knob", "name": "strength", "value": 0.3},
        {"type": "penalize_biases", "on": biases},
    )
    params = torch.tensor(document.params, requires_grad=True)
    penalised = params if biases else params[torch.tensor(document.spec.weight_mask) == 1.0]
    strength, share = 0.3, {"l1": 1.0, "l2": 0.0, "elastic_net": 0.5}[key]
    value = strength * (share * penalised.abs().sum() + (1 - share) / 2 * (penalised**2).sum())
    value.backward()
    assert float(document.penalty_record.value(document.params)) == pytest.approx(value.item(), rel=1e-14)
    expected = document.params - 0.5 * (document.trace().grad + params.grad.numpy())
    np.testing.assert_allclose(after(document, {"type": "update"}).params, expected, rtol=1e-14)
    assert Document.parse(document.to_json()) == document


@pytest.mark.parametrize("key", PENALTIES)
def test_the_card_tells_the_part_of_the_penalty_apart(key):
    document = after(MAZUR, {"type": "set_penalty", "key": key})
    step = document.next_step
    for index in range(document.spec.size):
        lines = step_lines(step, index)
        is_penalised = document.spec.weight_mask[index] == 1.0
        assert (lines[0].symbol == PENALTY_GRADIENT.letter) == is_penalised
        if is_penalised:
            assert lines[0].value == step.penalty_grad[index]
            assert lines[1].numbers == (document.trace().grad[index], lines[0].value)
            assert lines[1].value == step.grad[index]
        assert lines[-1].value == step.new_params[index]


@pytest.mark.parametrize("key", PENALTIES)
def test_the_lines_of_code_with_a_penalty_run(key):
    document = after(MAZUR, {"type": "set_penalty", "key": key})
    step, penalty = document.next_step, document.penalty.entry
    weight, grad_weight = (document.spec.views(flat)[0].weight for flat in (document.params, document.trace().grad))
    known = {**penalty.settings, "learning_rate": document.learning_rate}
    names = {"np": np, "weight": weight, "grad_weight": grad_weight, **known}
    exec(numpy_lines(step.optimizer, "weight", penalty), names)  # noqa: S102  # our own lines
    expected = document.spec.views(step.new_params)[0].weight
    np.testing.assert_allclose(names["weight"], expected, rtol=1e-14)
    tensor = torch.tensor(weight, requires_grad=True)
    loss = (tensor * torch.tensor(grad_weight)).sum()  # with the gradient of the loss
    names = {"torch": torch, "optim": torch.optim, "params": [tensor], "weight": tensor, "loss": loss, **known}
    exec(torch_lines(step.optimizer, "weight", penalty), names)  # noqa: S102
    np.testing.assert_allclose(tensor.detach().numpy(), expected, rtol=1e-14)


def test_a_rate_or_decay_that_has_no_place_is_refused_by_name():
    asgd = after(SEVEN, {"type": "set_optimizer", "key": "asgd"})
    said = refused(apply, asgd, {"type": "set_layer_rate", "layer": 1, "value": 0.1})
    assert "ASGD remembers one rate for the whole network" in said
    rprop = after(SEVEN, {"type": "set_optimizer", "key": "rprop"})
    assert "has no weight decay" in refused(apply, rprop, {"type": "set_layer_decay", "layer": 1, "value": 0.1})
    assert "no penalty" in refused(apply, SEVEN, {"type": "set_penalty_knob", "name": "strength", "value": 1})


def test_what_is_frozen_stays_frozen_when_the_network_grows():
    frozen = after(SEVEN, {"type": "set_frozen", "layer": 2, "tensor": "weight", "on": True})
    grown = after(frozen, {"type": "widen", "layer": 2}, {"type": "add_layer", "after": 1})
    assert [layer.frozen for layer in grown.layers[:4]] == [(), (), ("weight",), ()]
    released = after(grown, {"type": "set_frozen", "layer": None, "tensor": "weight", "on": False})
    assert all(layer.frozen == () for layer in released.layers)
