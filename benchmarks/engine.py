"""How long one forward and backward pass of the seven-layer network takes, in µs.

Compares our engine with hand-written straight-line NumPy (the floor) and PyTorch eager on one thread. All
contestants take turns in one process, so that a busy machine slows all of them. Run: python -m benchmarks.engine
"""

from __future__ import annotations

import json
import timeit
from collections.abc import Callable
from pathlib import Path
from statistics import median

import numpy as np

from mlpviz import reference
from mlpviz.engine import (
    ACTIVATIONS,
    LOSSES,
    LayerSpec,
    NetworkSpec,
    Workspace,
    run,
    value_and_grad,
)
from mlpviz.engine.parameters import Array

ROOT = Path(__file__).parents[1]

ROUNDS, CALLS = 60, 200
"""Each contestant is timed over CALLS passes in each round; the median round counts."""

Pass = Callable[[], object]


def seven_layers() -> tuple[NetworkSpec, Array, Array, Array]:
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


def straight_line(spec: NetworkSpec, params: Array, x: Array, t: Array) -> tuple[Pass, Array]:
    """This one network written out by hand, with views and gradient buffer made beforehand; and that buffer."""
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
        d @ w1
        return loss

    return passes, grad


def pytorch(spec: NetworkSpec, params: Array, x: Array, t: Array) -> tuple[Pass, Callable[[], Array]]:
    """The same in PyTorch eager, float64, one thread, with a gradient of x as in ours; and how to read its gradient."""
    import torch
    import torch.nn.functional as F  # noqa: N812  # the name that everybody uses

    torch.set_num_threads(1)
    weights = [torch.tensor(view.weight, requires_grad=True) for view in spec.views(params)]
    inputs, target = torch.tensor(x, requires_grad=True), torch.tensor(t)
    leaves = [*weights, inputs]

    def passes() -> object:
        for leaf in leaves:
            leaf.grad = None
        a = inputs
        for weight in weights[:-1]:
            a = F.relu(F.linear(a, weight))
        loss = F.mse_loss(F.linear(a, weights[-1]), target)
        loss.backward()
        return loss

    def grad() -> Array:
        return np.concatenate([weight.grad.numpy().ravel() for weight in weights if weight.grad is not None])

    return passes, grad


def main() -> None:
    """Print one table."""
    spec, params, x, t = seven_layers()
    workspace = Workspace(spec, params)
    floor, floor_grad = straight_line(spec, params, x, t)
    contestants: dict[str, Pass] = {
        "straight-line NumPy (floor)": floor,
        "mlpviz `value_and_grad`": lambda: value_and_grad(workspace, x, t),
        "mlpviz `run` (full Trace)": lambda: run(spec, params, x, t),
    }
    floor()
    assert np.array_equal(value_and_grad(workspace, x, t)[1], floor_grad)  # noqa: S101  # they do the same work
    if reference.available():
        eager, eager_grad = pytorch(spec, params, x, t)
        contestants["PyTorch eager, 1 thread"] = eager
        eager()
        assert np.allclose(eager_grad(), floor_grad)  # noqa: S101  # a benchmark of wrong numbers would be worthless

    times: dict[str, list[float]] = {name: [] for name in contestants}
    for _ in range(ROUNDS):
        for name, passes in contestants.items():
            times[name].append(timeit.timeit(passes, number=CALLS) / CALLS * 1e6)

    medians = {name: median(found) for name, found in times.items()}
    fastest = medians["straight-line NumPy (floor)"]
    print(f"Seven layers, {x.shape[0]} samples, float64: one forward and backward pass, median of {ROUNDS} rounds.")
    print(f"NumPy {np.__version__}, PyTorch {reference.version() or 'not installed'}\n")
    print("| | µs | × floor | slower than `value_and_grad` |")
    print("|---|---:|---:|---:|")
    for name, each in medians.items():
        print(f"| {name} | {each:.1f} | {each / fastest:.2f} | {each / medians['mlpviz `value_and_grad`']:.2f} |")


if __name__ == "__main__":
    main()
