"""Which activation functions exist: value and derivative side by side, one record each.

Refuses to know about layers. Derivatives at kinks are PyTorch's.
"""

import numpy as np

from mlpviz.engine.activations.bumps import GELU, MISH, SILU
from mlpviz.engine.activations.curves import (
    CELU,
    ELU,
    LOGSIGMOID,
    SELU,
    SIGMOID,
    SOFTPLUS,
    SOFTSIGN,
    TANH,
    TANHSHRINK,
    sigmoid,
)
from mlpviz.engine.activations.gates import (
    HARDSHRINK,
    HARDSIGMOID,
    HARDSWISH,
    HARDTANH,
    LEAKY_RELU,
    RELU,
    RELU6,
    SOFTSHRINK,
    STEP,
    THRESHOLD,
)
from mlpviz.engine.activations.record import Activation
from mlpviz.engine.activations.rows import LOG_SOFTMAX, SOFTMAX, log_softmax, softmax
from mlpviz.engine.registry import Registry

IDENTITY = Activation(
    key="identity",
    label="identity",
    latex="z",
    slope_latex="1",
    sentence="The identity passes z on unchanged; its slope is 1 everywhere.",
    torch="identity",
    torch_code="a = z",
    numpy="a = z",
    numpy_grad="grad_z = grad_a",
    value=lambda z: z,
    vjp=lambda z, a, grad_a: grad_a,
    slope=lambda z, a: np.ones_like(z),
)

ACTIVATIONS: Registry[Activation] = Registry(
    "activation",
    (
        IDENTITY,
        *(RELU, LEAKY_RELU, SIGMOID, TANH, SOFTMAX),
        *(RELU6, ELU, SELU, CELU, GELU, SILU, MISH),
        *(LOGSIGMOID, SOFTPLUS, SOFTSIGN, HARDTANH, HARDSIGMOID, HARDSWISH),
        *(TANHSHRINK, SOFTSHRINK, HARDSHRINK, THRESHOLD, STEP, LOG_SOFTMAX),
    ),
)

__all__ = ["ACTIVATIONS", "Activation", "log_softmax", "sigmoid", "softmax"]
