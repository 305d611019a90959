"""Optimizers at the ends of their numbers: random settings and gradients, huge, tiny and zero, beside their twins."""

import numpy as np
import torch

from mlpviz.engine.hyperparameters import HyperparameterError
from mlpviz.engine.optimizers import OPTIMIZERS
from mlpviz.engine.optimizers.tensor_layout import TensorPlace
from mlpviz.verify.torch_optimizers import optimizer_class

SHAPE, STEPS = (2, 3), 4
SIZES = (0.0, 5e-324, 1e-310, 1e-300, 1e-160, 1e-154, 1e-20, 1e-8, 1.0, 1e8, 1e16, 1e100, 1e154, 1e200, 1e300, 1.7e308)
CHOICES = {
    "learning_rate": (0.0, 1e-3, 1.0),
    "eps": (0.0, 1e-160, 1e-8, 1.0, 1e300),
    "weight_decay": (0.0, 1e-300, 1e-2, 1.0),
    "momentum": (0.0, 1e-9, 0.5, 0.9, 1.0),
    "lr_decay": (0.0, 0.1, 1e10),
    "initial_accumulator_value": (0.0, 1e-300, 1.0),
    "momentum_decay": (0.0, 0.004, 1.0, 1e5),
    "lambd": (0.0, 1e-4, 1.0),
    "t0": (0.0, 2.0, 1e6),
    "eta_plus": (1.0 + 1e-12, 1.2, 1e100),
    "eta_minus": (1e-12, 0.5, 1 - 1e-12),
    "step_min": (0.0, 1e-6),
    "step_max": (50.0, 1e300),
    "dampening": (0.0, 0.5, 1.0),
    "warmup_steps": (0, 3),
    "r": (0.0, 1.0),
    "weight_lr_power": (0.0, 2.0),
    "ns_steps": (0, 1, 5),
    "history_size": (1, 3),
    "eps2": (0.0, 1e-3, 1e300),
    "eps1": (1e-160, 2.220446049250313e-16, 1.0),
    "d": (1.0, 1e3),
    "beta2_decay": (-0.8, -1e-9, -10.0),
}
# PyTorch computes 1 - (1 - beta), which has seven digits for beta = 1e-9
SHARES = (0.0, 1e-3, 0.5, 0.5 + 1e-12, 0.9, 0.999, 1 - 1e-9, 1 - 2.0**-52)
FIXED = ("ns_a", "ns_b", "ns_c", "ns_eps", "vector_eps")


def random_case(rng, key=None):
    """An optimizer with random settings, laid out for one tensor, its start (P,) and its gradients (STEPS, P)."""
    optimizer = OPTIMIZERS[key or rng.choice(list(OPTIMIZERS))]
    given = {}
    for each in optimizer.hyperparameters:
        if each.name in FIXED or rng.random() < 0.4:
            continue
        if each.kind == "bool":
            given[each.name] = bool(rng.random() < 0.5)
        elif each.kind == "choice":
            given[each.name] = str(rng.choice(each.choices))
        elif each.name in CHOICES:
            given[each.name] = CHOICES[each.name][rng.integers(len(CHOICES[each.name]))]
        elif each.high == 1.0:
            given[each.name] = SHARES[rng.integers(len(SHARES))]
    try:
        optimizer = optimizer.configure(**given)
    except HyperparameterError:
        return random_case(rng, key)
    if optimizer.combines == "tensors":
        optimizer = optimizer.with_layout((TensorPlace(slice(0, 6), SHAPE if rng.random() < 0.7 else (6,)),))
    start, grads = random_numbers(rng, 6), np.stack([random_numbers(rng, 6) for _ in range(STEPS)])
    # m / √v overflows where PyTorch's η·m / √v just does not
    if optimizer.settings.get("eps", 1.0) < 1e-100:
        grads = np.clip(grads, -1e140, 1e140)
    elif optimizer.settings.get("beta2", 1.0) < 0.1:
        grads = np.clip(grads, -1e290, 1e290)
    if optimizer.combines == "tensors":  # squares are added up
        grads = np.clip(grads, -1e150, 1e150)
    if optimizer.combines == "network":  # other gradients of other steps cancel, which leaves rounding alone
        grads = rng.normal(size=grads.shape) * 10.0 ** rng.integers(-3, 4) * (rng.random((STEPS, 1)) < 0.7)
    return optimizer, start, grads


def random_numbers(rng, size):
    """Numbers of all sizes, mostly of one: a tensor of a network has no 600 powers of ten in it."""
    kind = rng.integers(4)
    if kind == 0:
        return rng.normal(size=size)
    sizes = np.array(SIZES)[rng.integers(len(SIZES), size=size if kind == 1 else 1)]
    return np.broadcast_to(sizes, size) * rng.choice([-1.0, 1.0], size=size) * (1.0 if kind < 3 else rng.random(size))


def paths(optimizer, start, grads):
    """The parameters after each step, ours and the twin's: (STEPS, P) twice."""
    shape = (6,) if optimizer.layout is None else optimizer.layout[0].shape
    params, slots = start, optimizer.init(start)
    tensor = torch.tensor(start.reshape(shape), requires_grad=True)
    twin = optimizer_class(optimizer)([tensor], **optimizer.torch_arguments)
    ours, theirs = [], []
    with np.errstate(all="ignore"):
        for t, grad in enumerate(grads, start=1):
            params, slots = optimizer.step(params, grad, slots, t)
            tensor.grad = torch.tensor(grad.reshape(shape))
            twin.step()
            ours.append(params)
            theirs.append(tensor.detach().numpy().ravel().copy())
    return np.array(ours), np.array(theirs)


def difference(optimizer, start, grads):
    """The first step (from 0) after which a number is not the twin's, beyond rounding; None if there is none.

    PyTorch multiplies by the rate before it divides, so it overflows and underflows where we do not: what is not finite
    there is not compared. Gradients whose squares have no digits left must only stay finite.
    """
    ours, theirs = paths(optimizer, start, grads)
    before, least = np.abs(start), np.abs(grads[grads != 0]).min(initial=1.0)
    bound = 1e-11 if least > 1e-146 else 1e-3
    if optimizer.combines == "network" or optimizer.settings.get("centered"):
        bound = 1e-5  # what is divided by is a difference, often of nearly equal numbers
    for step, (mine, its) in enumerate(zip(ours, theirs, strict=True)):
        if not np.isfinite(its).all():
            return None
        if not np.isfinite(mine).all():
            return step
        before = np.maximum(np.maximum(before, np.abs(mine)), np.abs(its))
        # where one number depends on all others, so does its rounding
        size = before.max() if optimizer.combines else before
        if least > 1e-155 and not (np.abs(mine - its) <= bound * size + 1e-300).all():
            return step
    return None
