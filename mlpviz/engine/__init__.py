"""The mathematics of a multilayer perceptron, NumPy only: a network is a function of one flat parameter vector.

Read `textbook_pass.py` first: forward and backward on one screen. Then `passes.py`, which is what the app runs.
Nothing here imports documents, pages or PyTorch.
"""

from mlpviz.engine.activations import ACTIVATIONS, Activation
from mlpviz.engine.dropout import draw_masks
from mlpviz.engine.hyperparameters import Hyperparameter, HyperparameterError
from mlpviz.engine.initializers import INITIALIZERS, Initializer, initial_parameters
from mlpviz.engine.losses import LOSSES, Loss
from mlpviz.engine.metrics import METRICS, Metric, fitting_metrics
from mlpviz.engine.norms import NORMS, Norm
from mlpviz.engine.optimizers import OPTIMIZERS, Optimizer, apply_step
from mlpviz.engine.pass_inputs import as_target
from mlpviz.engine.passes import Workspace, evaluate, loss_value
from mlpviz.engine.regularization import CLIPPINGS, PENALTIES, Clipping, Penalty
from mlpviz.engine.run_trace import rerun, run_pass
from mlpviz.engine.schedules import SCHEDULES, Schedule
from mlpviz.engine.spec import LayerSpec, NetworkSpec, Pin, SpecError
from mlpviz.engine.trace import LayerTrace, Trace

__all__ = [
    "ACTIVATIONS",
    "CLIPPINGS",
    "INITIALIZERS",
    "LOSSES",
    "METRICS",
    "NORMS",
    "OPTIMIZERS",
    "PENALTIES",
    "SCHEDULES",
    "Activation",
    "Clipping",
    "Hyperparameter",
    "HyperparameterError",
    "Initializer",
    "LayerSpec",
    "LayerTrace",
    "Loss",
    "Metric",
    "NetworkSpec",
    "Norm",
    "Optimizer",
    "Penalty",
    "Pin",
    "Schedule",
    "SpecError",
    "Trace",
    "Workspace",
    "apply_step",
    "as_target",
    "draw_masks",
    "evaluate",
    "fitting_metrics",
    "initial_parameters",
    "loss_value",
    "rerun",
    "run_pass",
]
