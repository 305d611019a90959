"""Initializers that give every weight the same number."""

from __future__ import annotations

import numpy as np

from mlpviz.engine.hyperparameters import Hyperparameter
from mlpviz.engine.initializers.formula import always, filled, letter
from mlpviz.engine.initializers.initializer import Initializer

_VALUE = Hyperparameter("value", "value c", 0.5, sentence="The value of every weight.", torch="val", symbol="c")


ALIKE = (
    Initializer(
        key="zeros",
        label="zeros",
        formula=always(filled(0)),
        sentence="All weights 0: all units of a layer stay alike forever.",
        torch="zeros_",
        draw=lambda rng, shape: np.zeros(shape),
    ),
    Initializer(
        key="ones",
        label="ones",
        formula=always(filled(1)),
        sentence="All weights 1: all units of a layer stay alike forever.",
        torch="ones_",
        draw=lambda rng, shape: np.ones(shape),
    ),
    Initializer(
        key="constant",
        label="constant",
        formula=always(filled(letter(_VALUE))),
        sentence="All weights the same: all units of a layer stay alike forever.",
        torch="constant_",
        hyperparameters=(_VALUE,),
        draw=lambda rng, shape, *, value: np.full(shape, value),
    ),
)
