"""Which optimizers exist. An optimizer is two pure functions on the flat vector and explicit, named slots."""

from mlpviz.engine.optimizers.adam import ADAMS
from mlpviz.engine.optimizers.adam_kin import ADAM_VARIANTS
from mlpviz.engine.optimizers.adaptive import ADAPTIVE
from mlpviz.engine.optimizers.asgd import ASGD
from mlpviz.engine.optimizers.blocks import update
from mlpviz.engine.optimizers.record import Optimizer, OptimizerSlot, Slots
from mlpviz.engine.optimizers.rprop import RPROP
from mlpviz.engine.optimizers.sgd import SGD, gradient_descent, is_plain
from mlpviz.engine.optimizers.taken import Taken, take
from mlpviz.engine.registry import Registry

OPTIMIZERS: Registry[Optimizer] = Registry("optimizer", (SGD, *ADAMS, *ADAM_VARIANTS, *ADAPTIVE, RPROP, ASGD))

__all__ = [
    "OPTIMIZERS",
    "Optimizer",
    "OptimizerSlot",
    "Slots",
    "Taken",
    "gradient_descent",
    "is_plain",
    "take",
    "update",
]
