"""Which quantities a pass consists of, and how each is named, read and written in code: one record each.

A rule (`sheet/rules`) says what a cell of the quantity is made of; the record says what it means.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from mlpviz.engine.registry import Registry
from mlpviz.engine.spec import LayerSpec

Phase = Literal["given", "forward", "loss", "backward", "update"]

PHASES: tuple[Phase, ...] = ("forward", "loss", "backward", "update")
"""The phases of a step, in the order of computation."""

PHASE_LABELS: dict[Phase, str] = {
    "given": "Given",
    "forward": "Forward",
    "loss": "Loss",
    "backward": "Backward",
    "update": "Update",
}


@dataclass(frozen=True)
class Quantity:
    """One kind of number on the sheet.

    `key` is its name in the engine; `symbol` its name on screen; `rows` and `columns` say what these stand for in
    the block on screen, where samples are columns. `column` is the group of the sheet that shows it, `line` the place
    in it from the top: blocks of one line stand beside each other. `editable`: a number of the document; "pin": may be
    held at a value; "toggle": 0 or 1.
    """

    key: str
    symbol: str
    phase: Phase
    column: str
    rows: str
    columns: str
    sentence: str
    numpy: str = ""
    torch: str = ""
    editable: bool | Literal["pin", "toggle"] = False
    line: int = 0


_STEP = "One step of gradient descent: against the gradient, as far as the learning rate η says."
_MOVED = "The running statistics take in this batch: evaluation will use them instead of the batch."

_NORM_DROPOUT_SKIP: tuple[Quantity, ...] = (
    # given
    Quantity(
        "alpha", "α", "given", "weight", "unit", "",
        "The slope of the activation below 0: what it reads is multiplied by it there, and it is learned.",
        "alpha", "prelu.weight", editable=True, line=3,
    ),
    Quantity(
        "slopes", "α drawn", "given", "a", "unit", "sample",
        "The slope of the activation below 0, drawn at random for each unit and sample. It is no parameter: a training "
        "draws others for each batch.",
        "slopes = rng.uniform(lower, upper, z.shape)", "slopes = torch.empty_like(z).uniform_(lower, upper)",
        editable=True, line=1,
    ),
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
    Quantity("mean_square", "RMS²", "forward", "z", "unit", "sample", "", line=2),
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
        "grad_mean_square", "∂L/∂RMS²", "backward", "grad_z", "unit", "sample",
        "How the loss would change with this mean square, z held: every ẑ it divides has its share.",
        "grad_mean_square = -0.5 / (mean_square + eps) * (grad_normalised * normalised).sum(axis=1, keepdims=True)",
        "torch.autograd.grad(loss, mean_square)", line=2,
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
    Quantity(
        "grad_alpha", "∂L/∂α", "backward", "grad_weight", "unit", "",
        "What α multiplied, which is what the activation reads below 0, times how much its output matters, added up.",
        "", "loss.backward(); prelu.weight.grad", line=3,
    ),
    # update
    Quantity(
        "new_alpha", "new α", "update", "new_weight", "unit", "", _STEP,
        "alpha - learning_rate * grad_alpha", "prelu.weight -= learning_rate * prelu.weight.grad", line=3,
    ),
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
"""Only layers with a norm, dropout or a skip, or with learned or drawn slopes have these."""

_ALL: tuple[Quantity, ...] = (
    Quantity(
        "x", "x", "given", "a", "input", "sample",
        "An input of the network: it is given.", "x", "x", editable=True,
    ),
    Quantity(
        "weight", "W", "given", "weight", "to unit", "from unit",
        "A weight: what comes in from the one unit is multiplied by it on the way to the other.", "weight",
        "linear.weight", editable=True,
    ),
    Quantity(
        "bias", "b", "given", "weight", "unit", "",
        "A bias: it is added to z whatever comes in.", "bias", "linear.bias", editable=True,
    ),
    *_NORM_DROPOUT_SKIP,
    Quantity(
        "z", "z", "forward", "z", "unit", "sample",
        "Each unit adds up what comes in, every number times its weight.", "z = a_prev @ weight.T",
        "z = F.linear(a_prev, weight)",
    ),
    Quantity(
        "a", "a", "forward", "a", "unit", "sample",
        "", editable="pin", line=3,
    ),
    Quantity(
        "target", "t", "given", "weight", "output", "sample",
        "The target: what the output should be for this sample.", "t", "t", editable=True,
    ),
    Quantity(
        "probabilities", "p", "loss", "z", "output", "sample",
        "The probability that the loss makes of the output.",
    ),
    Quantity(
        "loss_term", "ℓ", "loss", "z", "output", "sample",
        "What this output of this sample adds to the sum.",
    ),
    Quantity(
        "loss", "L", "loss", "a", "", "",
        "",
    ),
    Quantity(
        "grad_a", "∂L/∂a", "backward", "grad_a", "unit", "sample",
        "Every weight that leaves this unit carries its share of the loss back to it.",
        "grad_a = grad_z_next @ weight_next", "loss.backward(); a.grad", line=3,
    ),
    Quantity(
        "grad_x", "∂L/∂x", "backward", "grad_a", "input", "sample",
        "How the loss would change with this input: what a saliency map shows.", "grad_x = grad_z @ weight",
        "loss.backward(); x.grad",
    ),
    Quantity(
        "grad_z", "∂L/∂z", "backward", "grad_z", "unit", "sample",
        "On its way back the gradient is multiplied by the slope of the activation at z.", "",
        "loss.backward(); z.grad",
    ),
    Quantity(
        "grad_weight", "∂L/∂W", "backward", "grad_weight", "to unit", "from unit",
        "What came in (a) times how much the unit matters (∂L/∂z), added up over the samples.",
        "grad_weight = grad_z.T @ a_prev", "loss.backward(); weight.grad",
    ),
    Quantity(
        "grad_bias", "∂L/∂b", "backward", "grad_weight", "unit", "",
        "A bias shifts z directly, so its gradient is ∂L/∂z, added up over the samples.",
        "grad_bias = grad_z.sum(axis=0)", "loss.backward(); bias.grad",
    ),
    Quantity(
        "new_weight", "new W", "update", "new_weight", "to unit", "from unit",
        "One step of gradient descent: against the gradient, as far as the learning rate η says.",
        "weight - learning_rate * grad_weight", "weight -= learning_rate * weight.grad",
    ),
    Quantity(
        "new_bias", "new b", "update", "new_weight", "unit", "",
        "One step of gradient descent: against the gradient, as far as the learning rate η says.",
        "bias - learning_rate * grad_bias", "bias -= learning_rate * bias.grad",
    ),
)  # fmt: skip

QUANTITIES: Registry[Quantity] = Registry("quantity", _ALL)

COLUMNS: tuple[tuple[str, str], ...] = (
    ("weight", "weights W"),
    ("z", "z"),
    ("a", "a ↓"),
    ("grad_a", "↑ ∂L/∂a"),
    ("grad_z", "∂L/∂z"),
    ("grad_weight", "∂L/∂W"),
    ("new_weight", "new W"),
)
"""The columns of the sheet from left to right: key and heading."""


def columns_of(layers: Sequence[LayerSpec]) -> tuple[tuple[str, str], ...]:
    """The columns with their headings for a network of these layers."""
    read = {"z" if layer.norm is None else "n" for layer in layers}
    # dropout and skips make a of what φ gives
    is_phi = len(read) == 1 and not any(layer.dropout or layer.skip for layer in layers)
    headings = {
        "z": "z = W·a + b" if any(layer.bias for layer in layers) else "z = W·a",
        "a": f"a = φ({read.pop()}) ↓" if is_phi else "a from φ ↓",
    }
    return tuple((key, headings.get(key, heading)) for key, heading in COLUMNS)
