"""The mathematics, NumPy only: a network is a function of one flat parameter vector.

Refuses to know about documents, screens and PyTorch.
"""

from mlpviz.engine.activations import ACTIVATIONS, Activation
from mlpviz.engine.losses import LOSSES, Loss
from mlpviz.engine.passes import Workspace, loss_value, run, value_and_grad
from mlpviz.engine.spec import LayerSpec, NetworkSpec, Pin, SpecError
from mlpviz.engine.trace import LayerTrace, Trace

__all__ = [
    "ACTIVATIONS",
    "LOSSES",
    "Activation",
    "LayerSpec",
    "LayerTrace",
    "Loss",
    "NetworkSpec",
    "Pin",
    "SpecError",
    "Trace",
    "Workspace",
    "loss_value",
    "run",
    "value_and_grad",
]
