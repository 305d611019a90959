"""The quantities of what a layer does around φ: norm, dropout and skip. Only layers that have these show them."""

from __future__ import annotations

from mlpviz.sheet.quantities.quantity import Quantity

_STEP = "One step of gradient descent: against the gradient, as far as the learning rate η says."
_MOVED = "The running statistics take in this batch: evaluation will use them instead of the batch."

NORM_DROPOUT_SKIP: tuple[Quantity, ...] = (
    # given
    Quantity(
        "gamma", "γ", "given", "weight", "unit", "",
        "The scale of the norm: the normalised z of this unit is multiplied by it, and it is learned.",
        "gamma", "norm.weight", editable=True, line=1,
    ),
    Quantity(
        "beta", "β", "given", "weight", "unit", "",
        "The shift of the norm: it is added to the scaled z of this unit, and it is learned.",
        "beta", "norm.bias", editable=True, line=1,
    ),
    Quantity(
        "running_mean", "running μ", "given", "weight", "unit", "",
        "The mean of z over the batches so far: batch norm uses it in evaluation, no gradient moves it.",
        "running_mean", "norm.running_mean", editable=True, line=2,
    ),
    Quantity(
        "running_var", "running σ²", "given", "weight", "unit", "",
        "The variance of z over the batches so far: batch norm uses it in evaluation, no gradient moves it.",
        "running_var", "norm.running_var", editable=True, line=2,
    ),
    Quantity(
        "mask", "mask", "given", "a", "unit", "sample",
        "The mask of dropout: 1 keeps the unit for this sample, 0 drops it. Click it to change it.",
        "mask = rng.random(h.shape) >= p", "mask = torch.rand_like(h) >= p", editable="toggle", line=1,
    ),
    # forward
    Quantity("mean", "μ", "forward", "z", "unit", "sample", "", line=1),
    Quantity("var", "σ²", "forward", "z", "unit", "sample", "", line=2),
    Quantity(
        "normalised", "ẑ", "forward", "z", "unit", "sample",
        "z with mean 0 and variance 1: how many standard deviations it lies from the mean.",
        "normalised = (z - mean) / np.sqrt(var + eps)", "(z - mean) / torch.sqrt(var + eps)", line=3,
    ),
    Quantity("n", "n", "forward", "z", "unit", "sample", "", line=4),
    Quantity("h", "h = φ", "forward", "a", "unit", "sample", ""),
    Quantity(
        "dropped", "dropped", "forward", "a", "unit", "sample",
        "What dropout leaves of h: 0, or h divided by the chance to be kept.",
        "dropped = h * mask / (1 - p)", "dropped = h * mask / (1 - p)", line=2,
    ),
    # backward
    Quantity(
        "grad_h", "∂L/∂h", "backward", "grad_a", "unit", "sample",
        "A dropped unit gets no gradient; a kept one is scaled on the way back as it was on the way there.",
        "grad_h = grad_a * mask / (1 - p)", "loss.backward(); h.grad",
    ),
    Quantity(
        "grad_n", "∂L/∂n", "backward", "grad_z", "unit", "sample",
        "On its way back the gradient is multiplied by the slope of the activation at n.",
        "", "loss.backward(); n.grad", line=4,
    ),
    Quantity(
        "grad_normalised", "∂L/∂ẑ", "backward", "grad_z", "unit", "sample",
        "The scale γ multiplies on the way back as it did on the way there.",
        "grad_normalised = grad_n * gamma", "loss.backward(); normalised.grad", line=3,
    ),
    Quantity(
        "grad_var", "∂L/∂σ²", "backward", "grad_z", "unit", "sample",
        "How the loss would change with this variance, z and the mean held: every ẑ it divides has its share.",
        "grad_var = -0.5 / (var + eps) * (grad_normalised * normalised).sum(axis, keepdims=True)",
        "torch.autograd.grad(loss, var)", line=2,
    ),
    Quantity(
        "grad_mean", "∂L/∂μ", "backward", "grad_z", "unit", "sample",
        "How the loss would change with this mean, z and the variance held: it is subtracted in every ẑ.",
        "grad_mean = -(grad_normalised / np.sqrt(var + eps)).sum(axis, keepdims=True)",
        "torch.autograd.grad(loss, mean)", line=1,
    ),
    Quantity(
        "grad_gamma", "∂L/∂γ", "backward", "grad_weight", "unit", "",
        "What γ multiplied (ẑ) times how much n matters (∂L/∂n), added up over the samples.",
        "grad_gamma = (grad_n * normalised).sum(axis=0)", "loss.backward(); norm.weight.grad", line=1,
    ),
    Quantity(
        "grad_beta", "∂L/∂β", "backward", "grad_weight", "unit", "",
        "β shifts n directly, so its gradient is ∂L/∂n, added up over the samples.",
        "grad_beta = grad_n.sum(axis=0)", "loss.backward(); norm.bias.grad", line=1,
    ),
    # update
    Quantity(
        "new_gamma", "new γ", "update", "new_weight", "unit", "", _STEP,
        "gamma - learning_rate * grad_gamma", "norm.weight -= learning_rate * norm.weight.grad", line=1,
    ),
    Quantity(
        "new_beta", "new β", "update", "new_weight", "unit", "", _STEP,
        "beta - learning_rate * grad_beta", "norm.bias -= learning_rate * norm.bias.grad", line=1,
    ),
    Quantity(
        "new_running_mean", "new running μ", "update", "new_weight", "unit", "", _MOVED,
        "(1 - momentum) * running_mean + momentum * mean",
        "norm.running_mean  # moved by the forward pass in training", line=2,
    ),
    Quantity(
        "new_running_var", "new running σ²", "update", "new_weight", "unit", "",
        _MOVED + " Here the variance is divided by N − 1, as in PyTorch.",
        "(1 - momentum) * running_var + momentum * var * N / (N - 1)",
        "norm.running_var  # moved by the forward pass in training", line=2,
    ),
)  # fmt: skip
