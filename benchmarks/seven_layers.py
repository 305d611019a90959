"""How long a pass and a step of the seven-layer network take, beside the same written out by hand and PyTorch eager."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from benchmarks.turns import ONE_THREAD, Work, medians, row
from mlpviz.engine import ACTIVATIONS, LOSSES, OPTIMIZERS, LayerSpec, NetworkSpec, Workspace, run_pass
from mlpviz.engine.optimizers.captured_step import StepsInPlace
from mlpviz.engine.parameters import Array
from mlpviz.verify import torch_reference
from tests.support.value_and_grad import value_and_grad

ROOT = Path(__file__).parents[1]
ROUNDS, CALLS = 60, 200


def network() -> tuple[NetworkSpec, Array, Array, Array]:
    """The flagship network: specification, parameters, inputs and targets."""
    case = json.loads((ROOT / "tests/cases/seven_layer_mlp.json").read_text())
    weights = [np.array(layer["W"], dtype=float) for layer in case["layers"]]
    layers = tuple(
        LayerSpec(w.shape[1], w.shape[0], ACTIVATIONS[layer["activation"]], bias=False)
        for w, layer in zip(weights, case["layers"], strict=True)
    )
    spec = NetworkSpec(layers, LOSSES["mse"])
    x = np.ascontiguousarray(np.array(case["x"], dtype=float).T)
    return spec, spec.flatten([(w, None) for w in weights]), x, np.array([[-2.0], [-20.0]])


def straight_line(spec: NetworkSpec, params: Array, x: Array, t: Array, inputs: bool) -> tuple[Work, Array]:
    """This one network written out by hand, with views and gradient buffer made beforehand; and that buffer.

    `inputs`: ∂L/∂x too.
    """
    grad = np.empty_like(params)
    w1, w2, w3, w4, w5, w6, w7 = (view.weight for view in spec.views(params))
    g1, g2, g3, g4, g5, g6, g7 = (view.weight for view in spec.views(grad))

    def passes() -> object:
        z1 = x @ w1.T
        a1 = np.maximum(z1, 0.0)
        z2 = a1 @ w2.T
        a2 = np.maximum(z2, 0.0)
        z3 = a2 @ w3.T
        a3 = np.maximum(z3, 0.0)
        z4 = a3 @ w4.T
        a4 = np.maximum(z4, 0.0)
        z5 = a4 @ w5.T
        a5 = np.maximum(z5, 0.0)
        z6 = a5 @ w6.T
        a6 = np.maximum(z6, 0.0)
        difference = a6 @ w7.T - t
        loss = (difference * difference).sum() / difference.size
        d = 2.0 * difference / difference.size
        np.matmul(d.T, a6, out=g7)
        d = (d @ w7) * (z6 > 0.0)
        np.matmul(d.T, a5, out=g6)
        d = (d @ w6) * (z5 > 0.0)
        np.matmul(d.T, a4, out=g5)
        d = (d @ w5) * (z4 > 0.0)
        np.matmul(d.T, a3, out=g4)
        d = (d @ w4) * (z3 > 0.0)
        np.matmul(d.T, a2, out=g3)
        d = (d @ w3) * (z2 > 0.0)
        np.matmul(d.T, a1, out=g2)
        d = (d @ w2) * (z1 > 0.0)
        np.matmul(d.T, x, out=g1)
        if inputs:
            d @ w1
        return loss

    return passes, grad


def straight_line_adam(passes: Work, params: Array, grad: Array) -> Work:
    """A pass and a step of Adam on the flat vector, written out by hand, everything in place."""
    m, v, between = np.zeros_like(params), np.zeros_like(params), np.empty_like(params)
    done = 0

    def step() -> object:
        nonlocal done
        loss = passes()
        done += 1
        np.subtract(grad, m, out=between)
        np.multiply(between, 1 - 0.9, out=between)
        np.add(m, between, out=m)
        np.multiply(grad, grad, out=between)
        np.multiply(between, 1 - 0.999, out=between)
        np.multiply(v, 0.999, out=v)
        np.add(v, between, out=v)
        correction = (1 - 0.999**done) ** 0.5
        np.sqrt(v, out=between)
        np.add(between, 1e-8 * correction, out=between)
        np.divide(m, between, out=between)
        np.multiply(between, 0.001 * correction / (1 - 0.9**done), out=between)
        np.subtract(params, between, out=params)
        return loss

    return step


def engine_adam(spec: NetworkSpec, params: Array, x: Array, t: Array) -> Work:
    """The same with the engine, as a training step does it."""
    workspace, optimizer, done = Workspace(spec, params), OPTIMIZERS["adam"], 0
    slots, rate = optimizer.init(params), optimizer.settings["learning_rate"]
    steps = StepsInPlace(params, workspace.grad)

    def step() -> object:
        nonlocal done, slots
        done += 1
        loss, _ = value_and_grad(workspace, x, t)
        slots = steps.take(optimizer, slots, done, rate)
        return loss

    return step


def pytorch(spec: NetworkSpec, params: Array, x: Array, t: Array) -> tuple[Work, Work, list[Array]]:
    """The pass and pass with step in PyTorch eager, float64, one thread; and its weights, which share their memory."""
    import torch
    import torch.nn.functional as F  # noqa: N812  # the name that everybody uses

    torch.set_num_threads(1)
    weights = [torch.tensor(view.weight, requires_grad=True) for view in spec.views(params)]
    inputs, target = torch.tensor(x), torch.tensor(t)
    optimizer = torch.optim.Adam(weights)

    def passes() -> object:
        optimizer.zero_grad()
        a = inputs
        for weight in weights[:-1]:
            a = F.relu(F.linear(a, weight))
        loss = F.mse_loss(F.linear(a, weights[-1]), target)
        loss.backward()
        return loss

    def step() -> object:
        loss = passes()
        optimizer.step()
        return loss

    return passes, step, [weight.detach().numpy() for weight in weights]


def rows() -> Iterator[str]:
    """The lines of the table."""
    spec, start, x, t = network()
    workspace = Workspace(spec, start.copy())
    floor, floor_grad = straight_line(spec, start, x, t, inputs=False)
    whole, _ = straight_line(spec, start, x, t, inputs=True)
    by_hand, ours = start.copy(), start.copy()
    hand_pass, hand_grad = straight_line(spec, by_hand, x, t, inputs=False)
    contestants: dict[str, Work] = {
        "floor": floor,
        "floor with x": whole,
        "pass": lambda: value_and_grad(workspace, x, t),
        "trace": lambda: run_pass(spec, start, x, t),
        "layers": lambda: run_pass(spec, start, x, t).layers,
        "floor step": straight_line_adam(hand_pass, by_hand, hand_grad),
        "step": engine_adam(spec, ours, x, t),
    }
    contestants["floor step"]()
    contestants["step"]()
    floor()
    # they do the same work: a benchmark of wrong numbers would be worthless
    assert np.array_equal(value_and_grad(workspace, x, t)[1], floor_grad)  # noqa: S101  # equal work
    assert np.allclose(by_hand, ours, rtol=1e-13)  # noqa: S101  # equal work
    if torch_reference.available():
        contestants["torch pass"], contestants["torch step"], theirs = pytorch(spec, start, x, t)
        contestants["torch step"]()
        assert np.allclose(spec.flatten([(w, None) for w in theirs]), ours, rtol=1e-12)  # noqa: S101  # equal work
    took = medians(contestants, ROUNDS, CALLS, ONE_THREAD)
    work = "seven layers, batch 2: "
    line = "straight-line NumPy"
    yield row(work + "forward + backward", took["pass"], line, took["floor"], "≥ 1.67 × (≤ 0.6 × its time)")
    if "torch pass" in took:
        yield row(work + "forward + backward", took["pass"], "PyTorch eager", took["torch pass"], "≥ 4 ×")
    yield row(work + "forward + backward + Adam", took["step"], line, took["floor step"], "≥ 0.77 × (≤ 1.3 × its time)")
    if "torch step" in took:
        yield row(work + "forward + backward + Adam", took["step"], "PyTorch eager", took["torch step"], "≥ 6 ×")
    line += " with ∂L/∂x"
    aim = "≥ 1.11 × (≤ 0.9 × its time)"
    yield row(work + "`run`, the whole Trace", took["trace"], line, took["floor with x"], aim)
    yield row(work + "`run`, and all of its layers looked at", took["layers"], line, took["floor with x"], "–")
