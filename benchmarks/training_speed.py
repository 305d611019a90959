"""How long training takes: an epoch of a small network, steps of a wide one, many networks, the past of a run."""

from __future__ import annotations

import timeit
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from benchmarks.networks import dense
from benchmarks.turns import ONE_THREAD, Work, medians, row, spoken
from mlpviz.engine import INITIALIZERS, OPTIMIZERS, NetworkSpec, Workspace, apply_step, initial_parameters
from mlpviz.engine.parameters import Array
from mlpviz.engine.training import DataSplits, Plan, train
from mlpviz.runs.checkpoints import Checkpoints
from mlpviz.runs.run import BUDGET
from mlpviz.verify import torch_reference
from tests.support.value_and_grad import value_and_grad


def small(*widths: int) -> tuple[NetworkSpec, Array, Array, Array]:
    """A tanh network of these widths, a start, and 250 points in the plane with their values."""
    rng = np.random.default_rng(0)
    spec = dense(widths, (*["tanh"] * (len(widths) - 2), "identity"))
    x = rng.normal(size=(250, 2))
    return spec, initial_parameters(spec, INITIALIZERS["xavier_uniform"], rng), x, np.sin(2 * x[:, :1]) * x[:, 1:]


def epoch() -> Iterator[str]:
    """2-8-8-8-1, tanh, batch 10, SGD: one epoch over 250 points, shuffled."""
    from sklearn.neural_network import MLPRegressor

    spec, start, x, t = small(2, 8, 8, 8, 1)
    plan = Plan(
        optimizer=OPTIMIZERS["sgd"].configure(learning_rate=0.05), batch_size=10, epochs=10**9, measure_train=False
    )
    snapshots = train(spec, start, DataSplits.of(spec, (x, t)), plan, np.random.default_rng(0))
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
    if torch_reference.available():
        contestants["PyTorch eager"] = _torch_epoch(x, t)
    took = medians(contestants, 15, 10, ONE_THREAD)
    work = "2-8-8-8-1 tanh, batch 10, SGD: one epoch over 250 points"
    for name, aim in (("PyTorch eager", "≥ 8 ×"), (once, "≥ 6 ×"), (each, "≥ 8 ×")):
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

    def train_in_torch() -> None:
        for rows in torch.randperm(250).split(10):
            optimizer.zero_grad()
            nn.functional.mse_loss(net(inputs[rows]), target[rows]).backward()
            optimizer.step()

    return train_in_torch


def wide() -> Iterator[str]:
    """784-256-128-10, batch 64, float32, Adam: with one thread each, which other work disturbs least, and with two."""
    if not torch_reference.available():
        return
    import torch
    from threadpoolctl import threadpool_limits  # as scikit-learn sets it
    from torch import nn

    rng = np.random.default_rng(0)
    spec = dense((784, 256, 128, 10), ("relu", "relu", "identity"), "cross_entropy")
    params = initial_parameters(spec, INITIALIZERS["kaiming_uniform"], rng).astype(np.float32)
    x, classes = rng.random(size=(64, 784), dtype=np.float32), rng.integers(0, 10, 64)
    t = np.eye(10, dtype=np.float32)[classes]
    workspace, optimizer, done = Workspace(spec, params), OPTIMIZERS["adam"], 0
    slots = optimizer.init(params)

    def ours() -> None:
        nonlocal slots, done
        done += 1
        _, grad = value_and_grad(workspace, x, t)
        slots = apply_step(optimizer, params, grad, slots, done)

    inputs, target = torch.tensor(x), torch.tensor(classes)

    def theirs(fused: bool | None) -> Work:
        layers = [part for i, o in ((784, 256), (256, 128)) for part in (nn.Linear(i, o), nn.ReLU())]
        net = nn.Sequential(*layers, nn.Linear(128, 10))
        stepper = torch.optim.Adam(net.parameters(), fused=fused)

        def step() -> None:
            stepper.zero_grad()
            nn.functional.cross_entropy(net(inputs), target).backward()
            stepper.step()

        return step

    eager, fused = "PyTorch eager", "PyTorch eager with the fused Adam"
    contestants: dict[str, Work] = {"ours": ours, eager: theirs(None), fused: theirs(True)}
    work = "784-256-128-10, batch 64, float32: forward + backward + Adam"
    for threads, clock in ((1, ONE_THREAD), (2, timeit.default_timer)):
        torch.set_num_threads(threads)
        with threadpool_limits(threads, "blas"):
            took = medians(contestants, 15, 10, clock)
        for name, aim in ((eager, "≥ 2 ×"), (fused, "–")):
            yield row(work, took["ours"], f"{name}, threads each: {threads}", took[name], aim)


def side_by_side() -> Iterator[str]:
    """64 networks 2-8-8-1, Adam, batch 10, two epochs over 250 points: together, and one after the other."""
    spec, _, x, t = small(2, 8, 8, 1)
    sets, plan = (
        DataSplits.of(spec, (x, t)),
        Plan(optimizer=OPTIMIZERS["adam"], batch_size=10, epochs=2, measure_train=False),
    )
    starts = np.stack(
        [initial_parameters(spec, INITIALIZERS["xavier_uniform"], np.random.default_rng(seed)) for seed in range(64)]
    )

    def train_all(start: Array) -> Array:
        *_, last = train(spec, start, sets, plan, np.random.default_rng(0))
        return last.params

    together, alone = train_all(starts), np.stack([train_all(start) for start in starts])
    assert np.allclose(together, alone, rtol=1e-9)  # noqa: S101  # they do the same work
    took = medians(
        {"ours": lambda: train_all(starts), "loop": lambda: [train_all(start) for start in starts]}, 5, 1, ONE_THREAD
    )
    work = "64 networks 2-8-8-1 side by side, batch 10, Adam: two epochs"
    yield row(work, took["ours"], "64 single runs", took["loop"], "≥ 15 ×")


def moments() -> str:
    """How much a run keeps of 400 epochs of 784-30-10, and how long it takes to keep one."""
    rng = np.random.default_rng(0)
    spec = dense((784, 30, 10), ("sigmoid", "identity"), "cross_entropy")
    sets = DataSplits.of(spec, (rng.random((10, 784)), rng.integers(0, 10, 10)))
    start = initial_parameters(spec, INITIALIZERS["xavier_uniform"], rng)
    *_, last = train(spec, start, sets, Plan(optimizer=OPTIMIZERS["adam"], epochs=1), rng)
    kept, alone = Checkpoints(BUDGET), Checkpoints(10**15)
    for number in range(401):
        for held in (kept, alone):
            held.add(replace(last, epoch=number, step=number))
    took = medians({"add": lambda: Checkpoints(BUDGET).add(last)}, 50, 20)["add"]
    return (
        f"Of 400 epochs of 784-30-10 with Adam a run keeps {len(kept.epochs)} whole snapshots, {kept.bytes / 1e6:.1f} "
        f"MB of its {BUDGET / 1e6:.0f} MB. All of them would be {alone.bytes / 1e6:.0f} MB. Keeping one takes "
        f"{spoken(took)}."
    )
