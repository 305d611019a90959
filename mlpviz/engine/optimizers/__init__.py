"""The optimizers: two pure functions on the flat vector and explicit, named slots, one record each."""

from mlpviz.engine.optimizers.adabelief import ADABELIEF
from mlpviz.engine.optimizers.adagrad_rmsprop import ADAPTIVE
from mlpviz.engine.optimizers.adam import ADAMS
from mlpviz.engine.optimizers.adam_variants import ADAM_VARIANTS
from mlpviz.engine.optimizers.apply import apply_step
from mlpviz.engine.optimizers.averaged_sgd import ASGD
from mlpviz.engine.optimizers.lion import LION
from mlpviz.engine.optimizers.optimizer import Optimizer, OptimizerSlot, Slots
from mlpviz.engine.optimizers.parameter_groups import (
    ParameterGroup,
    first_slots,
    has_shared_rate,
    has_weight_decay,
    step_groups,
)
from mlpviz.engine.optimizers.rprop import RPROP
from mlpviz.engine.optimizers.sgd import SGD, gradient_descent, is_plain
from mlpviz.engine.optimizers.step import OptimizerStep, take_step
from mlpviz.engine.registry import Registry

OPTIMIZERS: Registry[Optimizer] = Registry(
    "optimizer", (SGD, *ADAMS, *ADAM_VARIANTS, *ADAPTIVE, RPROP, ASGD, LION, ADABELIEF)
)

__all__ = [
    "OPTIMIZERS",
    "Optimizer",
    "OptimizerSlot",
    "OptimizerStep",
    "ParameterGroup",
    "Slots",
    "apply_step",
    "first_slots",
    "gradient_descent",
    "has_shared_rate",
    "has_weight_decay",
    "is_plain",
    "step_groups",
    "take_step",
]
