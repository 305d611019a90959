"""The weights that a training starts from, where they are given and not drawn: one object per layer."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from pydantic import BaseModel, Field

from mlpviz.engine import NetworkSpec
from mlpviz.engine.parameters import Array
from mlpviz.schema.errors import DocumentError
from mlpviz.schema.fields import STRICT, Matrix, Row
from mlpviz.schema.limits import TRAINING_LIMITS


class StartLayer(BaseModel):
    """One layer: weight (O, I), bias (O,) if it has one; left out the others are as in a fresh network.

    gamma and beta (O,) belong to a norm, alpha (1,) or (O,) to an activation that learns it.
    """

    model_config = STRICT

    weight: Matrix
    bias: Row | None = None
    gamma: Row | None = None
    beta: Row | None = None
    alpha: Row | None = None


StartLayers = Annotated[tuple[StartLayer, ...], Field(min_length=1, max_length=TRAINING_LIMITS.layers, fail_fast=True)]


def start_parameters(spec: NetworkSpec, start: tuple[StartLayer, ...], fresh: Array) -> Array:
    """The parameters (P,) of these layers; what may be left out and is, as in `fresh` (P,).

    Raises DocumentError at the first tensor that does not fit the network.
    """
    if len(start) != len(spec.layers):
        raise DocumentError.at(("start",), f"has {len(start)} layers, expected {len(spec.layers)}")
    params = np.array(fresh)
    for index, (given, view) in enumerate(zip(start, spec.views(params), strict=True)):
        for name, into in view._asdict().items():
            numbers = getattr(given, name)
            if numbers is None and (into is None or name not in ("weight", "bias")):
                continue
            if numbers is None or into is None:
                problem = "is there, expected none" if into is None else "is missing"
                raise DocumentError.at(("start", index, name), f"{problem}, as in the network")
            if len({len(row) for row in given.weight}) > 1 or np.shape(numbers) != into.shape:
                shape = " x ".join(map(str, into.shape))
                raise DocumentError.at(("start", index, name), f"has another shape, expected {shape} as in the network")
            into[...] = numbers
    return params
