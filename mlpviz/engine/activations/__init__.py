"""The activation functions: value and derivative side by side, one record each.

Each module lists its own records; the menu begins with the best known ones. Derivatives at kinks are PyTorch's.
"""

import numpy as np

from mlpviz.engine.activations.activation import GRAD_A, Activation, Z
from mlpviz.engine.activations.piecewise import LEAKY_RELU, PIECEWISE, RELU
from mlpviz.engine.activations.scaled import SCALED
from mlpviz.engine.activations.self_gated import SELF_GATED
from mlpviz.engine.activations.smooth import SIGMOID, SMOOTH, TANH
from mlpviz.engine.activations.softmax import ROW_WISE, SOFTMAX, log_softmax, softmax
from mlpviz.engine.activations.variable_slope import VARIABLE_SLOPE
from mlpviz.engine.expressions import Number, Where
from mlpviz.engine.logistic import sigmoid
from mlpviz.engine.registry import Registry

IDENTITY = Activation(
    key="identity",
    aliases=("linear", "none", "purelin", "id"),
    label="identity",
    formula=Where(Z),
    derivative=Where(Number(1)),
    gradient=Where(GRAD_A),
    sentence="The identity passes z on unchanged; its slope is 1 everywhere.",
    value=lambda z: z,
    vjp=lambda z, a, grad_a: grad_a,
    slope=lambda z, a: np.ones_like(z),
    gain=1.0,
    is_repeatable=True,
)

ACTIVATIONS: Registry[Activation] = Registry(
    "activation",
    (IDENTITY, *PIECEWISE, *VARIABLE_SLOPE, *SMOOTH, *SELF_GATED, *SCALED, *ROW_WISE),
    first=(IDENTITY, RELU, LEAKY_RELU, SIGMOID, TANH, SOFTMAX),
    left_out=dict.fromkeys(
        ("glu", "geglu", "reglu", "swiglu"),
        "a gated unit halves the number of outputs, so a layer would have more rows of W than outputs",
    ),
)

__all__ = ["ACTIVATIONS", "IDENTITY", "Activation", "log_softmax", "sigmoid", "softmax"]
