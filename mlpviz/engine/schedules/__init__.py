"""Schedules: how the learning rate changes during a training, one record per schedule."""

from mlpviz.engine.registry import Registry
from mlpviz.engine.schedules.composed import composed_of
from mlpviz.engine.schedules.cosine import COSINE, COSINE_RESTARTS, WARM_UP_COSINE
from mlpviz.engine.schedules.cyclic import CYCLIC, ONE_CYCLE
from mlpviz.engine.schedules.plateau import REDUCE_ON_PLATEAU
from mlpviz.engine.schedules.schedule import PlateauState, Schedule
from mlpviz.engine.schedules.simple import (
    CONSTANT,
    EXPONENTIAL,
    LINEAR,
    MULTI_STEP,
    PIECEWISE,
    POLYNOMIAL,
    STEP,
    WARM_UP,
)

_CLOCKED = (
    *(CONSTANT, STEP, MULTI_STEP, EXPONENTIAL, COSINE, COSINE_RESTARTS, LINEAR, POLYNOMIAL),
    *(WARM_UP, WARM_UP_COSINE, ONE_CYCLE, CYCLIC, PIECEWISE),
)

_LAMBDA = dict.fromkeys(
    ("lambda", "lambdalr", "multiplicativelr"),
    "a function cannot be read from a file; piecewise reads its values from a table",
)

CLOCKED = Registry(
    "schedule",
    (*_CLOCKED, *composed_of(Registry("schedule", _CLOCKED))),
    left_out=_LAMBDA
    | dict.fromkeys(
        ("reduceonplateau", "reducelronplateau"), "it watches the loss, as only a training on the Train page does"
    ),
)
"""Those whose rate follows from the time alone."""

SCHEDULES: Registry[Schedule] = Registry("schedule", (*CLOCKED.values(), REDUCE_ON_PLATEAU), left_out=_LAMBDA)

__all__ = ["CLOCKED", "SCHEDULES", "PlateauState", "Schedule"]
