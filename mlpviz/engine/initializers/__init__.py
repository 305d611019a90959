"""Initializers: how initial weights are drawn, one record per rule, from an explicit Generator.

Biases begin at 0, except with PyTorch's own default.
"""

from mlpviz.engine.initializers.alike import ALIKE
from mlpviz.engine.initializers.initializer import Initializer, initial_parameters
from mlpviz.engine.initializers.plain_draws import PLAIN_DRAWS
from mlpviz.engine.initializers.scaled_draws import SCALED_DRAWS, TORCH_LINEAR
from mlpviz.engine.initializers.structured import STRUCTURED
from mlpviz.engine.initializers.variance_scaling import calculate_gain
from mlpviz.engine.registry import Registry

INITIALIZERS: Registry[Initializer] = Registry(
    "initializer", (TORCH_LINEAR, *ALIKE, *PLAIN_DRAWS, *SCALED_DRAWS, *STRUCTURED)
)

__all__ = ["INITIALIZERS", "Initializer", "calculate_gain", "initial_parameters"]
