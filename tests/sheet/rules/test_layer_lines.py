"""The lines in code of norms and dropout give the numbers on the sheet, whatever their hyperparameters are."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from mlpviz.engine import NORMS, run_pass
from mlpviz.sheet.blocks import Shape, blocks_of
from mlpviz.sheet.rules import rule_of
from tests.support.code_lines import run_line, torch
from tests.support.random_networks import chain, example

LONG = (1 / 3, 1e-7, 0.1 + 0.2, 0.123456789012345)


def _rules(spec, samples, names):
    shape = Shape(samples)
    blocks = blocks_of(spec, shape)
    return [rule_of(blocks[name], spec, shape) for name in names]


@pytest.mark.parametrize("rate", [0.5, *LONG])
def test_dropout(rate):
    spec = chain((2, 3, 1), "tanh")
    spec = replace(spec, layers=(replace(spec.layers[0], dropout=rate), spec.layers[1]))
    one = example(spec, samples=4, seed=0)
    mask = np.random.default_rng(0).integers(0, 2, (4, 3)).astype(float)
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
    mean, var, n, through = _rules(spec, 4, ("mean.1", "var.1", "n.1", "grad_z.1"))
    names = {"z": layer.z, "eps": number, "gamma": layer.gamma, "beta": layer.beta}
    names |= {"normalised": layer.normalised, "grad_n": layer.grad_n, "grad_normalised": layer.grad_normalised}
    names |= {"grad_mean": layer.grad_mean, "grad_var": layer.grad_var}
    found = run_line("\n".join((mean.numpy, var.numpy, n.numpy, through.numpy)), **names)
    n_found = layer.n if layer.n is not None else layer.normalised
    for own, name in ((layer.mean, "mean"), (layer.var, "var"), (n_found, "n"), (layer.grad_z, "grad_z")):
        np.testing.assert_allclose(found[name], own, rtol=1e-11, atol=1e-14, err_msg=name)
    views = trace.spec.buffer_views(trace.buffers)[0] if norm.running else None
    tensors = {name: None if own is None else torch.tensor(own) for name, own in names.items() if name != "eps"}
    tensors["z"].requires_grad_()
    running = dict(zip(("running_mean", "running_var"), map(torch.tensor, views or ()), strict=False))
    line = "\n".join((mean.torch, var.torch, n.torch))
    settings = {"eps": number, "momentum": norm.momentum, "training": True, "outputs": 3}
    found = run_line(line, **tensors, **running, **settings)
    found["n"].backward(torch.tensor(layer.grad_n if layer.grad_n is not None else layer.grad_normalised))
    for own, name in ((layer.mean, "mean"), (layer.var, "var"), (n_found, "n")):
        np.testing.assert_allclose(found[name].detach().numpy(), own, rtol=1e-12, atol=1e-14, err_msg=name)
    np.testing.assert_allclose(tensors["z"].grad.numpy(), layer.grad_z, rtol=1e-10, atol=1e-13)
