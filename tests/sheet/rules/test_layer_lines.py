"""The lines in code of norms and dropout give the numbers on the sheet, whatever their hyperparameters are."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from mlpviz.engine import ACTIVATIONS, NORMS, run_pass
from mlpviz.engine.tensor_names import layer_tensors
from mlpviz.sheet.blocks import Shape, blocks_of
from mlpviz.sheet.quantities import QUANTITIES
from mlpviz.sheet.rules import rule_of
from tests.support.code_lines import run_line, torch
from tests.support.random_networks import chain, example

LONG = (1 / 3, 1e-7, 0.1 + 0.2, 0.123456789012345)


def _rules(spec, samples, names):
    shape = Shape(samples)
    blocks = blocks_of(spec, shape)
    return [rule_of(blocks[name], spec, shape) for name in names]


@pytest.mark.parametrize("rate", [0.5, 1.0, *LONG])
def test_dropout(rate):
    spec = chain((2, 3, 1), "tanh")
    spec = replace(spec, layers=(replace(spec.layers[0], dropout=rate), spec.layers[1]))
    one = example(spec, samples=4, seed=0)
    mask = np.random.default_rng(0).integers(0, 2, (4, 3)).astype(float) * (rate < 1.0)
    trace = run_pass(one.spec, one.params, one.x, one.target, masks={0: mask})
    layer = trace.layers[0]
    forward, backward = _rules(spec, 4, ("a.1", "grad_h.1"))
    assert run_line(forward.numpy, h=layer.h, mask=mask)["a"] == pytest.approx(layer.a, rel=1e-12)
    h = torch.tensor(layer.h, requires_grad=True)
    found = run_line(forward.torch, h=h, mask=torch.tensor(mask))["a"]
    found.backward(torch.tensor(layer.grad_a))
    assert found.detach().numpy() == pytest.approx(layer.a, rel=1e-12)
    assert h.grad.numpy() == pytest.approx(layer.grad_h, rel=1e-12)
    grad_h = run_line(backward.numpy, grad_a=layer.grad_a, mask=mask)["grad_h"]
    assert grad_h == pytest.approx(layer.grad_h, rel=1e-12)


@pytest.mark.parametrize("key", NORMS)
@pytest.mark.parametrize("affine", [True, False])
@pytest.mark.parametrize("number", LONG)
def test_norms(key, affine, number):
    norm = NORMS[key].configure(eps=number, affine=affine)
    if norm.running:
        norm = norm.configure(momentum=number)
    spec = chain((2, 3, 1), "tanh")
    spec = replace(spec, layers=(replace(spec.layers[0], norm=norm), spec.layers[1]))
    trace = example(spec, samples=4, seed=1).run()
    layer = trace.layers[0]
    statistics = layer_tensors(spec.layers[0]).statistics
    rules = _rules(spec, 4, [f"{name}.1" for name in (*statistics, "n", "grad_z")])
    names = {"z": layer.z, "eps": number, "gamma": layer.gamma, "beta": layer.beta}
    names |= {"normalised": layer.normalised, "grad_n": layer.grad_n, "grad_normalised": layer.grad_normalised}
    names |= {f"grad_{name}": getattr(layer, f"grad_{name}") for name in statistics}
    found = run_line("\n".join(rule.numpy for rule in rules), **names)
    n_found = layer.n if layer.n is not None else layer.normalised
    forward = {name: getattr(layer, name) for name in statistics} | {"n": n_found}
    for name, own in {**forward, "grad_z": layer.grad_z}.items():
        np.testing.assert_allclose(found[name], own, rtol=1e-11, atol=1e-14, err_msg=name)
    views = trace.spec.buffer_views(trace.buffers)[0] if norm.running else None
    tensors = {name: None if own is None else torch.tensor(own) for name, own in names.items() if name != "eps"}
    tensors["z"].requires_grad_()
    running = dict(zip(("running_mean", "running_var"), map(torch.tensor, views or ()), strict=False))
    line = "\n".join(rule.torch for rule in rules[:-1])
    settings = {"eps": number, "momentum": norm.momentum, "training": True, "outputs": 3}
    found = run_line(line, **tensors, **running, **settings)
    found["n"].backward(torch.tensor(layer.grad_n if layer.grad_n is not None else layer.grad_normalised))
    for name, own in forward.items():
        np.testing.assert_allclose(found[name].detach().numpy(), own, rtol=1e-12, atol=1e-14, err_msg=name)
    np.testing.assert_allclose(tensors["z"].grad.numpy(), layer.grad_z, rtol=1e-10, atol=1e-13)


def test_the_lines_of_the_statistics_gradients_and_of_the_score():
    """Those that stand with the quantity, or with RMS norm in its place."""
    for key in NORMS:
        spec = chain((2, 3, 1), "tanh")
        spec = replace(spec, layers=(replace(spec.layers[0], norm=NORMS[key].configure(eps=0.01)), spec.layers[1]))
        layer = example(spec, samples=4, seed=1).run().layers[0]
        given = {name: own for name, own in layer._asdict().items() if own is not None}
        given |= {"eps": 0.01, "axis": spec.layers[0].norm.axis}
        statistics = layer_tensors(spec.layers[0]).statistics
        for name in ("normalised", *(f"grad_{each}" for each in statistics), "grad_gamma"):
            (rule,) = _rules(spec, 4, [f"{name}.1"])
            line = rule.numpy or QUANTITIES[name].numpy
            found = run_line(line, **{own: array for own, array in given.items() if own != name})
            np.testing.assert_allclose(found[name], getattr(layer, name), rtol=1e-11, atol=1e-14, err_msg=line)


@pytest.mark.parametrize("per_unit", [False, True])
@pytest.mark.parametrize("dropout", [0.0, 0.5])
@pytest.mark.parametrize("norm", [None, "rms_norm"])
def test_the_gradient_of_a_learned_slope(per_unit, dropout, norm):
    first = replace(
        chain((2, 3), "prelu", "sum").layers[0],
        activation=ACTIVATIONS["prelu"].configure(per_unit=per_unit),
        dropout=dropout,
        norm=None if norm is None else NORMS[norm],
    )
    spec = replace(chain((2, 3, 1), "tanh"), layers=(first, chain((3, 1), "identity").layers[0]))
    layer = example(spec, samples=4, seed=1).run().layers[0]
    (rule,) = _rules(spec, 4, ("grad_alpha.1",))
    names = {name: own for name, own in layer._asdict().items() if own is not None and name != "grad_alpha"}
    np.testing.assert_allclose(run_line(rule.numpy, **names)["grad_alpha"], layer.grad_alpha.squeeze(), rtol=1e-12)
