"""Which quantities a pass consists of, and how each is named, read and written in code: one record each.

A rule (`content/rules`) says what a cell of the quantity is made of; this package says what it means. What norm,
dropout and skip add is in `around.py`.
"""

from __future__ import annotations

from mlpviz.engine.registry import Registry
from mlpviz.sheet.quantities.norm_dropout_skip import NORM_DROPOUT_SKIP
from mlpviz.sheet.quantities.quantity import PHASE_LABELS, PHASES, Phase, Quantity

__all__ = ["COLUMNS", "PHASES", "PHASE_LABELS", "QUANTITIES", "Phase", "Quantity"]

QUANTITIES: Registry[Quantity] = Registry(
    "quantity",
    (
        Quantity(
            "x", "x", "given", "a", "input", "sample", "An input of the network: it is given.", "x", "x", editable=True
        ),
        Quantity(
            "weight",
            "W",
            "given",
            "weight",
            "to unit",
            "from unit",
            "A weight: what comes in from the one unit is multiplied by it on the way to the other.",
            "weight",
            "linear.weight",
            editable=True,
        ),
        Quantity(
            "bias",
            "b",
            "given",
            "weight",
            "unit",
            "",
            "A bias: it is added to z whatever comes in.",
            "bias",
            "linear.bias",
            editable=True,
        ),
        *NORM_DROPOUT_SKIP,
        Quantity(
            "z",
            "z",
            "forward",
            "z",
            "unit",
            "sample",
            "Each unit adds up what comes in, every number times its weight.",
            "z = a_prev @ weight.T",
            "z = F.linear(a_prev, weight)",
        ),
        Quantity("a", "a", "forward", "a", "unit", "sample", "", editable="pin", line=3),
        Quantity(
            "target",
            "t",
            "given",
            "weight",
            "output",
            "sample",
            "The target: what the output should be for this sample.",
            "t",
            "t",
            editable=True,
        ),
        Quantity(
            "probabilities",
            "p",
            "loss",
            "z",
            "output",
            "sample",
            "The probability that the loss makes of the output.",
        ),
        Quantity("loss_term", "ℓ", "loss", "z", "output", "sample", "What this output of this sample adds to the sum."),
        Quantity("loss", "L", "loss", "a", "", "", ""),
        Quantity(
            "grad_a",
            "∂L/∂a",
            "backward",
            "grad_a",
            "unit",
            "sample",
            "Every weight that leaves this unit carries its share of the loss back to it.",
            "grad_a = grad_z_next @ weight_next",
            "loss.backward(); a.grad",
            line=3,
        ),
        Quantity(
            "grad_x",
            "∂L/∂x",
            "backward",
            "grad_a",
            "input",
            "sample",
            "How the loss would change with this input: what a saliency map shows.",
            "grad_x = grad_z @ weight",
            "loss.backward(); x.grad",
        ),
        Quantity(
            "grad_z",
            "∂L/∂z",
            "backward",
            "grad_z",
            "unit",
            "sample",
            "On its way back the gradient is multiplied by the slope of the activation at z.",
            "",
            "loss.backward(); z.grad",
        ),
        Quantity(
            "grad_weight",
            "∂L/∂W",
            "backward",
            "grad_weight",
            "to unit",
            "from unit",
            "What came in (a) times how much the unit matters (∂L/∂z), added up over the samples.",
            "grad_weight = grad_z.T @ a_prev",
            "loss.backward(); weight.grad",
        ),
        Quantity(
            "grad_bias",
            "∂L/∂b",
            "backward",
            "grad_weight",
            "unit",
            "",
            "A bias shifts z directly, so its gradient is ∂L/∂z, added up over the samples.",
            "grad_bias = grad_z.sum(axis=0)",
            "loss.backward(); bias.grad",
        ),
        Quantity(
            "new_weight",
            "new W",
            "update",
            "new_weight",
            "to unit",
            "from unit",
            "One step of gradient descent: against the gradient, as far as the learning rate η says.",
            "weight - learning_rate * grad_weight",
            "weight -= learning_rate * weight.grad",
        ),
        Quantity(
            "new_bias",
            "new b",
            "update",
            "new_weight",
            "unit",
            "",
            "One step of gradient descent: against the gradient, as far as the learning rate η says.",
            "bias - learning_rate * grad_bias",
            "bias -= learning_rate * bias.grad",
        ),
    ),
)

COLUMNS: tuple[tuple[str, str], ...] = (
    ("weight", "weights W"),
    ("z", "z = W·a"),
    ("a", "a = φ(z) ↓"),
    ("grad_a", "↑ ∂L/∂a"),
    ("grad_z", "∂L/∂z"),
    ("grad_weight", "∂L/∂W"),
    ("new_weight", "new W"),
)
"""The columns of the sheet from left to right: key and heading."""
