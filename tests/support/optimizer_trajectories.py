"""How the optimizer tests walk: two parameter groups in torch, one flat vector here, the same gradient for both."""

import numpy as np
import torch

from mlpviz.engine.optimizers.tensor_layout import TensorPlace
from mlpviz.verify.torch_optimizers import optimizer_class
from tests.support.torch_optimizers import BY_TORCH, from_torch

SHAPES = ((3, 2), (3,), (2, 3), (2,))
SIZES = [int(np.prod(shape)) for shape in SHAPES]
SIZE = sum(SIZES)
FIRST_GROUP = SIZES[0] + SIZES[1]
GROUP = np.repeat([0, 1], [FIRST_GROUP, SIZE - FIRST_GROUP])
"""Which of the two groups each number of the flat vector belongs to."""

LAYOUT = tuple(
    TensorPlace(slice(end - size, end), shape) for end, size, shape in zip(np.cumsum(SIZES), SIZES, SHAPES, strict=True)
)

_RNG = np.random.default_rng(3)
START = _RNG.normal(size=SIZE)
_MATRIX = _RNG.normal(size=(SIZE, SIZE)) / SIZE**0.5


def gradient(flat):
    """Of a bowl with ripples: Σ 2 sin(M θ) + ½|M θ|²; signs turn, sizes differ."""
    inner = _MATRIX @ flat
    return _MATRIX.T @ (2 * np.cos(inner) + inner)


def laid_out(optimizer):
    """The optimizer for the tensors of SHAPES, where it steps tensors."""
    return optimizer.with_layout(LAYOUT) if optimizer.combines == "tensors" else optimizer


def ours(optimizer, steps, **overrides):
    optimizer, params = laid_out(optimizer), START.copy()
    slots = optimizer.init(params, **overrides)
    path = []
    for t in range(1, steps + 1):
        params, slots = optimizer.step(params, gradient(params), slots, t, **overrides)
        path.append(params)
    return np.array(path), slots


def torchs(name, steps, arguments, second_group=None):
    """The path of torch.optim.<name>, or of the class by hand that stands for it.

    `second_group` overrides arguments for the last two tensors.
    """
    tensors = [
        torch.tensor(part.reshape(shape), requires_grad=True)
        for part, shape in zip(np.split(START, np.cumsum(SIZES)[:-1]), SHAPES, strict=True)
    ]
    groups = [{"params": tensors[:2]}, {"params": tensors[2:], **(second_group or {})}]
    bound = BY_TORCH[name].configure(**from_torch(BY_TORCH[name], arguments))
    optimizer = optimizer_class(bound)(groups, **arguments)
    path = []
    for _ in range(steps):
        flat = np.concatenate([tensor.detach().numpy().ravel() for tensor in tensors])
        for tensor, part in zip(tensors, np.split(gradient(flat), np.cumsum(SIZES)[:-1]), strict=True):
            tensor.grad = torch.tensor(part.reshape(tensor.shape))
        optimizer.step()
        path.append(np.concatenate([tensor.detach().numpy().ravel() for tensor in tensors]))
    return np.array(path), [optimizer.state[tensor] for tensor in tensors]
