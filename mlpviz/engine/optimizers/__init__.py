"""The optimizers: two pure functions on the flat vector and explicit, named slots, one record each."""

from mlpviz.engine.optimizers.adabelief import ADABELIEF
from mlpviz.engine.optimizers.adafactor import ADAFACTOR
from mlpviz.engine.optimizers.adagrad_rmsprop import ADAPTIVE
from mlpviz.engine.optimizers.adam import ADAMS
from mlpviz.engine.optimizers.adam_variants import ADAM_VARIANTS
from mlpviz.engine.optimizers.apply import apply_step
from mlpviz.engine.optimizers.averaged_sgd import ASGD
from mlpviz.engine.optimizers.lbfgs import LBFGS
from mlpviz.engine.optimizers.lion import LION
from mlpviz.engine.optimizers.muon import MUON
from mlpviz.engine.optimizers.optimizer import Optimizer, OptimizerSlot, Slots
from mlpviz.engine.optimizers.parameter_groups import (
    ParameterGroup,
    at_rates,
    first_slots,
    has_shared_rate,
    has_weight_decay,
    step_groups,
    steps_tensors,
)
from mlpviz.engine.optimizers.rprop import RPROP
from mlpviz.engine.optimizers.schedule_free import SCHEDULE_FREE_ADAMW
from mlpviz.engine.optimizers.sgd import SGD, gradient_descent, is_plain
from mlpviz.engine.optimizers.step import OptimizerStep, take_step
from mlpviz.engine.registry import Registry

OPTIMIZERS: Registry[Optimizer] = Registry(
    "optimizer",
    (SGD, *ADAMS, *ADAM_VARIANTS, *ADAPTIVE, RPROP, ASGD, LION, ADABELIEF, SCHEDULE_FREE_ADAMW, MUON, ADAFACTOR, LBFGS),
    left_out=dict.fromkeys(
        ("perceptron", "perceptronrule"),
        "the perceptron rule is the hinge loss with margin 0 under sgd, one sample after the other",
    ),
)

__all__ = [
    "OPTIMIZERS",
    "Optimizer",
    "OptimizerSlot",
    "OptimizerStep",
    "ParameterGroup",
    "Slots",
    "apply_step",
    "at_rates",
    "first_slots",
    "gradient_descent",
    "has_shared_rate",
    "has_weight_decay",
    "is_plain",
    "step_groups",
    "steps_tensors",
    "take_step",
]
