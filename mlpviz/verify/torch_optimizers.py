"""Optimizers that `torch.optim` lacks, written by hand as its classes from their papers, not from the engine.

They are twins of the engine's: the same arguments, and the same names in their state as other code in PyTorch has.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from mlpviz.engine.optimizers import Optimizer
from mlpviz.verify import torch_conventions as conventions
from mlpviz.verify.torch_conventions import remembered

_Tensor = Any
"""torch.Tensor, which cannot be named without importing torch."""
_State = dict[str, Any]
_Group = dict[str, Any]


def optimizer_class(optimizer: Optimizer) -> Callable[..., Any]:
    """The class of `torch.optim`, or one by hand where it has none for these settings.

    Raises ModuleNotFoundError without PyTorch.
    """
    import torch

    if optimizer.combines == "network":
        return _one_iteration(optimizer)
    found: Callable[..., Any] = (
        getattr(torch.optim, optimizer.torch) if optimizer.is_torchs else _by_hand(optimizer.torch)
    )
    return found


def _one_iteration(optimizer: Optimizer) -> Callable[..., Any]:
    """PyTorch's class with one iteration in each step, from gradients that are there already.

    Of several groups it makes one. Its state may have `s_1`, `y_1`, …, the newest first, as our slots.
    """
    import torch

    class OneIteration(torch.optim.LBFGS):  # type: ignore[misc]  # PyTorch is not read by mypy
        def __init__(self, params: Any, **given: Any) -> None:
            flat = [own for each in params for own in (each["params"] if isinstance(each, dict) else [each])]
            super().__init__(flat, **(optimizer.torch_arguments | given | dict(optimizer.torch_fixed)))

        def step(self) -> None:
            state = self.state[self._params[0]]
            if "s_1" in state:
                pairs = [(state.pop(f"s_{k}"), state.pop(f"y_{k}")) for k in range(1, 1 + self._longest(state))]
                pairs = [(s, y) for s, y in reversed(pairs) if y.dot(s) > 0]
                state["old_stps"], state["old_dirs"] = ([pair[which] for pair in pairs] for which in (0, 1))
                state["ro"] = [1.0 / y.dot(s) for s, y in pairs]
                state["n_iter"], state["t"] = int(state.pop("step")), float(state["t"])
            super().step(lambda: torch.zeros(()))

        @staticmethod
        def _longest(state: Any) -> int:
            return sum(name.startswith("s_") for name in state)

    return OneIteration


@lru_cache
def _by_hand(name: str) -> Callable[..., Any]:
    import torch

    update, arguments = _UPDATES[name]

    class ByHand(torch.optim.Optimizer):  # type: ignore[misc]  # PyTorch is not read by mypy
        """One parameter after the other; a group may override each argument."""

        def __init__(self, params: Any, **given: Any) -> None:
            if unknown := given.keys() - arguments.keys():
                raise TypeError(f"unexpected arguments {sorted(unknown)}")
            super().__init__(params, arguments | given)

        def step(self) -> None:
            """One step of every parameter, from its gradient."""
            with torch.no_grad():
                for group in self.param_groups:
                    for theta in group["params"]:
                        state = self.state[theta]
                        state["step"] = float(state.get("step", 0.0)) + 1.0
                        update(theta, -theta.grad if group["maximize"] else theta.grad, state, group)

    return ByHand


def _lion(theta: _Tensor, g: _Tensor, state: _State, group: _Group) -> None:
    """Chen et al. 2023, algorithm 2: decay, a step along the sign, and only then the mean."""
    first, second = group["betas"]
    mean = remembered(state, "exp_avg", theta)
    theta.mul_(1 - group["lr"] * group["weight_decay"])
    theta.sub_(group["lr"] * (first * mean + (1 - first) * g).sign())
    mean.copy_(second * mean + (1 - second) * g)


def _adabelief(theta: _Tensor, g: _Tensor, state: _State, group: _Group) -> None:
    """Zhuang et al. 2020, algorithm 2: both means, both corrections, the step."""
    (first, second), eps, t = group["betas"], group["eps"], state["step"]
    g = conventions.decayed(theta, g, group)
    mean, variance = remembered(state, "exp_avg", theta), remembered(state, "exp_avg_var", theta)
    mean.lerp_(g, 1 - first)
    variance.mul_(second).addcmul_(g - mean, g - mean, value=1 - second).add_(eps)
    size = (variance / (1 - second**t)).sqrt() + eps
    theta.sub_(group["lr"] * (mean / (1 - first**t)) / size)


def _adamw_schedule_free(theta: _Tensor, g: _Tensor, state: _State, group: _Group) -> None:
    """Defazio et al. 2024, algorithm 1: z steps, x is the mean of all z, θ lies between."""
    (first, second), t = group["betas"], state["step"]
    rate = group["lr"] * min(1.0, t / max(1, group["warmup_steps"]))
    z = state.setdefault("z", theta.detach().clone())
    square = remembered(state, "exp_avg_sq", theta)
    square.mul_(second).addcmul_(g, g, value=1 - second)
    g = g / ((square / (1 - second**t)).sqrt() + group["eps"]) + group["weight_decay"] * theta
    largest, total = remembered(state, "lr_max", theta), remembered(state, "weight_sum", theta)
    largest.clamp_(min=rate)
    weight = t ** group["r"] * largest ** group["weight_lr_power"]
    total.add_(weight)
    share = (weight / total).nan_to_num(0.0)
    mean = z if first == 0 else z + (theta - z) / first
    z_next = z - rate * g
    if first == 0:
        theta.add_(share * (z - theta)).sub_(rate * g)
    else:
        mean = (1 - share) * mean + share * z_next
        theta.copy_((1 - first) * z_next + first * mean)
        state["x"] = mean
    z.copy_(z_next)


def _muon(theta: _Tensor, g: _Tensor, state: _State, group: _Group) -> None:
    """Jordan et al. 2024 for a matrix, in its own precision; AdamW for a vector."""
    if theta.ndim != 2:
        conventions.adamw(theta, g, state, _ADAM | group | {"eps": group["vector_eps"]})
        return
    mean, mu = remembered(state, "momentum_buffer", theta), group["momentum"]
    mean.lerp_(g, 1 - mu)
    x = g.lerp(mean, mu) if group["nesterov"] else mean.clone()
    x = x / x.square().sum().sqrt().clamp(min=group["eps"])
    a, b, c = group["ns_coefficients"]
    for _ in range(group["ns_steps"]):
        square = x.T @ x
        x = a * x + b * (x @ square) + c * (x @ square @ square)
    rows, columns = theta.shape
    factor = max(1.0, rows / columns) ** 0.5 if group["adjust_lr_fn"] == "original" else 0.2 * max(rows, columns) ** 0.5
    theta.mul_(1 - group["lr"] * group["weight_decay"]).sub_(group["lr"] * factor * x)


_COMMON = {"weight_decay": 0.0, "maximize": False}
_ADAM = _COMMON | {
    "lr": 1e-3,
    "betas": (0.9, 0.999),
    "eps": 1e-8,
    "amsgrad": False,
    "eps_in_root": False,
    "eps_before_correction": False,
}
_UPDATES: dict[str, tuple[Callable[[_Tensor, _Tensor, _State, _Group], None], _Group]] = {
    "Lion": (_lion, _COMMON | {"lr": 1e-4, "betas": (0.9, 0.99)}),
    "AdaBelief": (
        _adabelief,
        _COMMON | {"lr": 1e-3, "betas": (0.9, 0.999), "eps": 1e-16, "decoupled_weight_decay": False},
    ),
    "AdamWScheduleFree": (
        _adamw_schedule_free,
        _COMMON
        | {"lr": 2.5e-3, "betas": (0.9, 0.999), "eps": 1e-8, "warmup_steps": 0, "r": 0.0, "weight_lr_power": 2.0},
    ),
    "Muon": (
        _muon,
        _COMMON
        | {
            "lr": 1e-3,
            "weight_decay": 0.1,
            "momentum": 0.95,
            "nesterov": True,
            "ns_coefficients": (3.4445, -4.775, 2.0315),
        }
        | {"ns_steps": 5, "eps": 1e-7, "adjust_lr_fn": "original", "betas": (0.9, 0.999), "vector_eps": 1e-8},
    ),
    "SGD": (
        conventions.sgd,
        _COMMON | {"lr": 1e-3, "momentum": 0.0, "dampening": 0.0, "nesterov": False, "rate_in_velocity": True},
    ),
    "RMSprop": (
        conventions.rmsprop,
        _COMMON
        | {"lr": 1e-2, "alpha": 0.99, "eps": 1e-8, "momentum": 0.0, "centered": False}
        | {"eps_in_root": False, "rate_in_velocity": False},
    ),
    "Adam": (conventions.adam, _ADAM | {"decoupled_weight_decay": False}),
    "AdamW": (conventions.adamw, _ADAM | {"weight_decay": 1e-2}),
    "Adamax": (
        conventions.adamax,
        _COMMON | {"lr": 2e-3, "betas": (0.9, 0.999), "eps": 1e-8, "eps_after_maximum": True},
    ),
    "Adagrad": (
        conventions.adagrad,
        _COMMON | {"lr": 1e-2, "lr_decay": 0.0, "eps": 1e-10, "initial_accumulator_value": 0.0, "eps_in_root": True},
    ),
}
"""By the name of the class: how a parameter, its gradient to descend and its state give the next one; the defaults."""
