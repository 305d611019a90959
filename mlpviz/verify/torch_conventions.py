"""Optimizers of `torch.optim` with a convention of another library, written by hand from the code of that library.

Each takes a parameter, its gradient to descend, its state and the arguments of its group, and changes the parameter.
"""

from __future__ import annotations

from typing import Any

_Tensor = Any
"""torch.Tensor, which cannot be named without importing torch."""
_State = dict[str, Any]
_Group = dict[str, Any]


def sgd(theta: _Tensor, g: _Tensor, state: _State, group: _Group) -> None:
    """Keras's momentum: the velocity is the step; Nesterov goes on to where the next velocity would carry θ."""
    step = group["lr"] * (g + group["weight_decay"] * theta)
    if group["momentum"] == 0:
        theta.sub_(step)
        return
    velocity = remembered(state, "momentum_buffer", theta)
    velocity.mul_(group["momentum"]).sub_(step)
    theta.add_(group["momentum"] * velocity - step if group["nesterov"] else velocity)


def rmsprop(theta: _Tensor, g: _Tensor, state: _State, group: _Group) -> None:
    """With ε inside the root, or the learning rate inside the velocity, as in Keras and TensorFlow."""
    g = g + group["weight_decay"] * theta
    square = remembered(state, "square_avg", theta)
    square.mul_(group["alpha"]).addcmul_(g, g, value=1 - group["alpha"])
    spread = square
    if group["centered"]:
        mean = remembered(state, "grad_avg", theta)
        mean.lerp_(g, 1 - group["alpha"])
        spread = square - mean**2
    size = (spread + group["eps"]).sqrt() if group["eps_in_root"] else spread.sqrt() + group["eps"]
    if group["momentum"] == 0:
        theta.sub_(group["lr"] * g / size)
        return
    velocity = remembered(state, "momentum_buffer", theta).mul_(group["momentum"])
    if group["rate_in_velocity"]:
        theta.sub_(velocity.add_(group["lr"] * g / size))
    else:
        theta.sub_(group["lr"] * velocity.add_(g / size))


def adam(theta: _Tensor, g: _Tensor, state: _State, group: _Group) -> None:
    """With ε inside the root, or added to the root before its correction, as in Keras."""
    (first, second), eps, t = group["betas"], group["eps"], state["step"]
    g = decayed(theta, g, group)
    mean, square = remembered(state, "exp_avg", theta), remembered(state, "exp_avg_sq", theta)
    mean.lerp_(g, 1 - first)
    square.mul_(second).addcmul_(g, g, value=1 - second)
    if group["amsgrad"]:
        largest = remembered(state, "max_exp_avg_sq", theta)
        square = largest.copy_(largest.maximum(square))
    rate, correction = group["lr"] / (1 - first**t), 1 - second**t
    if group["eps_before_correction"]:
        rate = rate * correction**0.5
    else:
        square = square / correction
    size = (square + eps).sqrt() if group["eps_in_root"] else square.sqrt() + eps
    theta.sub_(rate * mean / size)


def adamw(theta: _Tensor, g: _Tensor, state: _State, group: _Group) -> None:
    """The same with decoupled weight decay."""
    adam(theta, g, state, group | {"decoupled_weight_decay": True})


def adamax(theta: _Tensor, g: _Tensor, state: _State, group: _Group) -> None:
    """With ε added to the maximum, as in Keras."""
    first, second = group["betas"]
    g = g + group["weight_decay"] * theta
    mean, largest = remembered(state, "exp_avg", theta), remembered(state, "exp_inf", theta)
    mean.lerp_(g, 1 - first)
    largest.copy_((second * largest).maximum(g.abs()))
    theta.sub_(group["lr"] * mean / ((1 - first ** state["step"]) * (largest + group["eps"])))


def adagrad(theta: _Tensor, g: _Tensor, state: _State, group: _Group) -> None:
    """With ε inside the root, as in Keras and Optax."""
    g = g + group["weight_decay"] * theta
    total = state.setdefault("sum", theta.new_full(theta.shape, group["initial_accumulator_value"]))
    total.addcmul_(g, g)
    rate = group["lr"] / (1 + (state["step"] - 1) * group["lr_decay"])
    theta.sub_(rate * g / (total + group["eps"]).sqrt())


def decayed(theta: _Tensor, g: _Tensor, group: _Group) -> _Tensor:
    """The gradient with weight decay in it; decoupled, θ is shortened at once and the gradient stays as it is."""
    if not group["decoupled_weight_decay"]:
        return g + group["weight_decay"] * theta
    theta.mul_(1 - group["lr"] * group["weight_decay"])
    return g


def remembered(state: _State, name: str, theta: _Tensor) -> _Tensor:
    """A slot, which begins at 0."""
    return state.setdefault(name, theta.new_zeros(theta.shape))
