"""Common mistakes, one record each, in one registry.

Some can be planted in a network's backward pass, so that the check must fail; all are run on what a learner typed, to
name the one that gives the same numbers.
"""

from mlpviz.engine.registry import Registry
from mlpviz.practice.mistakes.backward import BACKWARD
from mlpviz.practice.mistakes.forward import FORWARD
from mlpviz.practice.mistakes.loss import LOSS
from mlpviz.practice.mistakes.mistake import Mistake, WrongCell, WrongNumbers
from mlpviz.practice.mistakes.planted import PLANTED
from mlpviz.practice.mistakes.slips import SLIPS
from mlpviz.practice.mistakes.update import UPDATE

__all__ = ["MISTAKES", "Mistake", "WrongCell", "WrongNumbers"]

MISTAKES: Registry[Mistake] = Registry("mistake", (*PLANTED, *FORWARD, *LOSS, *BACKWARD, *UPDATE, *SLIPS))
"""Those that the Check page offers come first, in its order; slips of single cells come last."""
