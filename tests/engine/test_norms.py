"""The norms: running statistics as in PyTorch, hyperparameters, and wrong rules that are found."""

from dataclasses import replace

import numpy as np
import pytest

from mlpviz.engine import NORMS, HyperparameterError, Workspace, run_pass
from mlpviz.verify.report import check
from tests.support.mixed_networks import MIXED, network
from tests.support.random_networks import chain, with_mode
from tests.support.value_and_grad import value_and_grad


@pytest.mark.parametrize("momentum", [0.1, 0.35, 1.0])
def test_running_statistics_are_those_of_torch_over_20_batches(momentum):
    torch = pytest.importorskip("torch")
    spec = network(
        (3, 4, "tanh", {"norm": NORMS["batch_norm"].configure(momentum=momentum, eps=1e-3)}),
        (4, 2, "identity", {"norm": NORMS["batch_norm"].configure(momentum=momentum, affine=False)}),
    )
    one = with_mode(spec, 7, 2)
    workspace = Workspace(spec, one.params)
    modules = [
        torch.nn.BatchNorm1d(4, eps=1e-3, momentum=momentum, dtype=torch.float64),
        torch.nn.BatchNorm1d(2, momentum=momentum, affine=False, dtype=torch.float64),
    ]
    views = spec.views(workspace.params)
    with torch.no_grad():
        modules[0].weight.copy_(torch.tensor(views[0].gamma))
        modules[0].bias.copy_(torch.tensor(views[0].beta))
    rng = np.random.default_rng(5)
    for batch in range(20):
        x, target = rng.normal(size=(7 - batch % 3, 3)), rng.normal(size=(7 - batch % 3, 2))
        value_and_grad(workspace, x, target)
        with torch.no_grad():
            a = torch.tensor(x)
            for view, module, phi in zip(views, modules, (torch.tanh, lambda n: n), strict=True):
                a = phi(module(torch.nn.functional.linear(a, torch.tensor(view.weight), torch.tensor(view.bias))))
    for (mean, var), module in zip(spec.buffer_views(workspace.buffers), modules, strict=True):
        np.testing.assert_allclose(mean, module.running_mean.numpy(), rtol=1e-12, atol=1e-14)
        np.testing.assert_allclose(var, module.running_var.numpy(), rtol=1e-12)
    before = workspace.buffers.copy()
    value_and_grad(workspace, x, target, training=False)
    assert np.array_equal(workspace.buffers, before)


def planted(**changes):
    norm = replace(NORMS["batch_norm"], **changes)
    return network((3, 4, "tanh", {"norm": norm}), (4, 2, "identity", {}))


@pytest.mark.parametrize(
    "vjp",
    [
        lambda normalised, scale, grad, axis: NORMS["batch_norm"].vjp(normalised, 1.0, grad, axis),
        lambda normalised, scale, grad, axis: (
            scale * grad,
            *NORMS["batch_norm"].vjp(normalised, scale, grad, axis)[1:],
        ),
        lambda normalised, scale, grad, axis: NORMS["batch_norm"].vjp(0.0 * normalised, scale, grad, axis),
    ],
    ids=["scale forgotten", "statistics taken for constants", "variance forgotten"],
)
def test_a_wrong_backward_rule_of_a_norm_is_found_by_both_witnesses(vjp):
    pytest.importorskip("torch")
    report = check(with_mode(planted(vjp=vjp), 5, 0).run())
    row = report.first_failure
    assert row is not None
    assert row.torch is not None and row.differences is not None  # noqa: PT018
    assert not row.torch.ok
    assert not row.differences.ok


def test_a_wrong_forward_rule_of_a_norm_is_found():
    pytest.importorskip("torch")

    def unbiased(z, axis):
        mean, var = NORMS["batch_norm"].statistics(z, axis)
        return mean, var * z.shape[axis] / (z.shape[axis] - 1)

    assert check(with_mode(planted(statistics=unbiased), 5, 0).run()).first_failure.name == "σ² of layer 1"
    assert check(with_mode(MIXED, 6, 0).run()).ok


def test_the_hyperparameters_of_a_norm():
    assert NORMS["batch_norm"].configure(eps=1e-3) == NORMS["batch_norm"].configure(eps=1e-3)
    assert hash(NORMS["batch_norm"].configure(eps=1e-3)) != hash(NORMS["batch_norm"])
    assert (NORMS["batch_norm"].eps, NORMS["batch_norm"].momentum, NORMS["batch_norm"].affine) == (1e-5, 0.1, True)
    with pytest.raises(HyperparameterError, match=r"eps is -0\.5, expected a number from 0 up"):
        NORMS["layer_norm"].configure(eps=-0.5)
    with pytest.raises(HyperparameterError, match="unknown knob 'momentum'; choose from eps, affine"):
        NORMS["layer_norm"].configure(momentum=0.1)


@pytest.mark.parametrize("key", NORMS)
def test_no_epsilon_at_all(key):
    spec = chain((2, 3), "tanh", "sum")
    spec = replace(spec, layers=(replace(spec.layers[0], norm=NORMS[key].configure(eps=0.0)),))
    one = with_mode(spec, samples=3, seed=0)
    report = check(one.run())
    assert report.summary == "NumPy = PyTorch = finite differences"
    # where the variance is 0 this is 0 / 0, here and there
    flat = run_pass(spec, np.where(np.arange(spec.size) < 6, 0.0, one.params * 0.0), one.x)
    report = check(flat)
    assert report.ok
    assert report.not_finite.name == "ẑ of layer 1"
