"""How long training takes: an epoch of a small network, steps of a wide one, many networks, a grid, a history."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from benchmarks.turns import Work, medians, row, spoken
from mlpviz import reference
from mlpviz.engine import (
    INITIALIZERS,
    OPTIMIZERS,
    NetworkSpec,
    Workspace,
    initial_parameters,
    loss_value,
    update,
    value_and_grad,
)
from mlpviz.engine.landscape import MEMORY, losses
from mlpviz.engine.parameters import Array
from mlpviz.engine.training import Plan, Sets, run
from mlpviz.engine.training.history import History


def small(*widths: int) -> tuple[NetworkSpec, Array, Array, Array]:
    """A tanh network of these widths, a start, and 250 points in the plane with their values."""
    rng = np.random.default_rng(0)
    spec = NetworkSpec.dense(widths, (*["tanh"] * (len(widths) - 2), "identity"))
    x = rng.normal(size=(250, 2))
    return spec, initial_parameters(spec, INITIALIZERS["xavier_uniform"], rng), x, np.sin(2 * x[:, :1]) * x[:, 1:]


def epoch() -> Iterator[str]:
    """2-8-8-8-1, tanh, batch 10, SGD: one epoch over 250 points, shuffled."""
    from sklearn.neural_network import MLPRegressor

    spec, start, x, t = small(2, 8, 8, 8, 1)
    plan = Plan(optimizer=OPTIMIZERS["sgd"].bind(learning_rate=0.05), batch_size=10, epochs=10**9, measure_train=False)
    snapshots = run(spec, start, Sets.of(spec, (x, t)), plan, np.random.default_rng(0))
    workspace = Workspace(spec, start.copy())
    whole, by_batch = (
        MLPRegressor(
            hidden_layer_sizes=(8, 8, 8), activation="tanh", solver="sgd", batch_size=10, learning_rate_init=0.05,
            alpha=0.0, momentum=0.0, nesterovs_momentum=False,
        )
        for _ in range(2)
    )  # fmt: skip
    rng, target = np.random.default_rng(0), t[:, 0]

    def passes() -> None:
        for begin in range(0, 250, 10):
            value_and_grad(workspace, x[begin : begin + 10], t[begin : begin + 10])

    def batches() -> None:
        for rows in rng.permutation(250).reshape(25, 10):
            by_batch.partial_fit(x[rows], target[rows])

    once, each = (f"scikit-learn `MLPRegressor.partial_fit`, {calls}" for calls in ("one call", "a call per batch"))
    contestants: dict[str, Work] = {
        "ours": lambda: next(snapshots),
        "passes": passes,
        once: lambda: whole.partial_fit(x, target),
        each: batches,
    }
    if reference.available():
        contestants["PyTorch eager"] = _torch_epoch(x, t)
    took = medians(contestants, 15, 4)
    work = "2-8-8-8-1 tanh, batch 10, SGD: one epoch over 250 points"
    for name, aim in (("PyTorch eager", "≥ 5 ×"), (once, "≥ 8 ×"), (each, "≥ 8 ×")):
        if name in took:
            yield row(work, took["ours"], name, took[name], aim)
    yield row(work, took["ours"], "its 25 passes alone", took["passes"], "–")


def _torch_epoch(x: Array, t: Array) -> Work:
    import torch
    from torch import nn

    torch.set_num_threads(1)
    layers = [part for i, o in ((2, 8), (8, 8), (8, 8)) for part in (nn.Linear(i, o), nn.Tanh())]
    net = nn.Sequential(*layers, nn.Linear(8, 1)).double()
    optimizer = torch.optim.SGD(net.parameters(), lr=0.05)
    inputs, target = torch.tensor(x), torch.tensor(t)

    def train() -> None:
        for rows in torch.randperm(250).split(10):
            optimizer.zero_grad()
            nn.functional.mse_loss(net(inputs[rows]), target[rows]).backward()
            optimizer.step()

    return train


def wide() -> Iterator[str]:
    """784-256-128-10, batch 64, float32, Adam, as many threads as PyTorch."""
    if not reference.available():
        return
    import torch
    from torch import nn

    torch.set_num_threads(2)
    rng = np.random.default_rng(0)
    spec = NetworkSpec.dense((784, 256, 128, 10), ("relu", "relu", "identity"), "cross_entropy")
    params = initial_parameters(spec, INITIALIZERS["kaiming_uniform"], rng).astype(np.float32)
    x, classes = rng.random(size=(64, 784), dtype=np.float32), rng.integers(0, 10, 64)
    t = np.eye(10, dtype=np.float32)[classes]
    workspace, optimizer, done = Workspace(spec, params), OPTIMIZERS["adam"], 0
    slots = optimizer.init(params)

    def ours() -> None:
        nonlocal slots, done
        done += 1
        _, grad = value_and_grad(workspace, x, t)
        slots = update(optimizer, params, grad, slots, done)

    layers = [part for i, o in ((784, 256), (256, 128)) for part in (nn.Linear(i, o), nn.ReLU())]
    net = nn.Sequential(*layers, nn.Linear(128, 10))
    stepper = torch.optim.Adam(net.parameters())
    inputs, target = torch.tensor(x), torch.tensor(classes)

    def theirs() -> None:
        stepper.zero_grad()
        nn.functional.cross_entropy(net(inputs), target).backward()
        stepper.step()

    took = medians({"ours": ours, "theirs": theirs}, 25, 20)
    work = "784-256-128-10, batch 64, float32: forward + backward + Adam"
    yield row(work, took["ours"], "PyTorch eager, 2 threads each", took["theirs"], "≥ 1.1 ×")


def grid() -> Iterator[str]:
    """The loss at 101 x 101 parameter vectors of 2-8-8-1, beside a loop over the same engine."""
    for dtype in (np.float64, np.float32):
        for points in (250, 10):
            spec, start, *data = small(2, 8, 8, 1)
            x, t = (array[:points].astype(dtype) for array in data)
            params = (start + np.random.default_rng(1).normal(size=(101, 101, spec.size))).astype(dtype)
            some = params.reshape(-1, spec.size)[:1000]
            hidden = np.ones((100, 16, points), dtype=dtype)

            def loop(some: Array = some, spec: NetworkSpec = spec, x: Array = x, t: Array = t) -> object:
                return [loss_value(spec, row, x, t)[0] for row in some]

            took = medians(
                {
                    "ours": lambda params=params, spec=spec, x=x, t=t: losses(spec, params, x, t),  # type: ignore[misc]  # defaults
                    "loop": loop,
                    "tanh": lambda hidden=hidden: np.tanh(hidden),  # type: ignore[misc]  # defaults
                },
                5,
                1,
            )
            work = f"loss at 101 × 101 vectors, 2-8-8-1, {points} points, {np.dtype(dtype)}"
            aim = "≥ 20 ×" if points == 250 else "–"
            yield row(work, took["ours"], "a Python loop", took["loop"] * 10.201, aim)
            if points == 250:
                yield row(work, took["ours"], "the tanh alone", took["tanh"] * 102.01, "–")


def side_by_side() -> Iterator[str]:
    """64 networks 2-8-8-1, Adam, batch 10, two epochs over 250 points: together, and one after the other."""
    spec, _, x, t = small(2, 8, 8, 1)
    sets, plan = Sets.of(spec, (x, t)), Plan(optimizer=OPTIMIZERS["adam"], batch_size=10, epochs=2, measure_train=False)
    starts = np.stack(
        [initial_parameters(spec, INITIALIZERS["xavier_uniform"], np.random.default_rng(seed)) for seed in range(64)]
    )

    def train(start: Array) -> Array:
        *_, last = run(spec, start, sets, plan, np.random.default_rng(0))
        return last.params

    together, alone = train(starts), np.stack([train(start) for start in starts])
    assert np.allclose(together, alone, rtol=1e-9)  # noqa: S101  # they do the same work
    took = medians({"ours": lambda: train(starts), "loop": lambda: [train(start) for start in starts]}, 5, 1)
    work = "64 networks 2-8-8-1 side by side, batch 10, Adam: two epochs"
    yield row(work, took["ours"], "64 single runs", took["loop"], "≥ 10 ×")


def history() -> str:
    """How much a history of 400 epochs of 784-30-10 holds, and how long it takes to keep it."""
    rng = np.random.default_rng(0)
    spec = NetworkSpec.dense((784, 30, 10), ("sigmoid", "identity"), "cross_entropy")
    sets = Sets.of(spec, (rng.random((10, 784)), rng.integers(0, 10, 10)))
    start = initial_parameters(spec, INITIALIZERS["xavier_uniform"], rng)
    *_, last = run(spec, start, sets, Plan(optimizer=OPTIMIZERS["adam"], epochs=1), rng)
    whole, kept, budget = 0, History(), History().budget
    for number in range(401):
        snapshot = replace(last, epoch=number, step=number)
        whole += snapshot.params.nbytes + sum(slot.nbytes for slot in snapshot.slots.values())
        kept.add(snapshot)
    took = medians({"add": lambda: History().add(last)}, 50, 20)["add"]
    return (
        f"A history of 400 epochs of 784-30-10 with Adam holds {kept.bytes / 1e6:.1f} MB of its budget of "
        f"{budget / 1e6:.0f} MB: {len(kept.moments)} networks in float32, {len(kept.points)} points of the curves and "
        f"the last snapshot whole. All snapshots would be {whole / 1e6:.0f} MB. Adding one takes {spoken(took)}. "
        f"One piece of a grid of losses holds at most {MEMORY / 1e6:.0f} MB."
    )
