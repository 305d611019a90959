"""Initializers of a whole matrix: orthogonal, sparse, and the identity."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from mlpviz.engine.hyperparameters import Hyperparameter
from mlpviz.engine.initializers.formula import STD, WeightRule, always, letter
from mlpviz.engine.initializers.initializer import Initializer
from mlpviz.engine.initializers.plain_draws import STANDARD_DEVIATION
from mlpviz.engine.initializers.random_draws import orthogonal, sparse
from mlpviz.engine.initializers.variance_scaling import GAIN

_SPARSITY = Hyperparameter(
    "sparsity", "share of zeros", 0.5, 0.0, 1.0, sentence="Share of zeros in each column.", symbol="s"
)

ORTHOGONAL = WeightRule(
    r"W W^\top = {0}^2 \cdot 1 \text{{ or }} W^\top W = {0}^2 \cdot 1",
    (
        "q, r = np.linalg.qr(rng.normal(size=(max(O, I), min(O, I))))",
        "q = q * np.sign(np.diag(r))",
        "W = {0} * (q if O >= I else q.T)",
    ),
    (letter(GAIN),),
)

SPARSE = WeightRule(
    r"W \sim N(0, {0}^2), \quad \lceil {1} \cdot O \rceil \text{{ of each column}} = 0",
    (
        "W = rng.normal(0, {0}, (O, I))",
        "order = rng.permuted(np.tile(np.arange(O)[:, None], I), axis=0)",
        "W[order < np.ceil({1} * O)] = 0",
    ),
    (STD, letter(_SPARSITY)),
)

IDENTITY_MATRIX = WeightRule("W_{{ji}} = [j = i]", ("W = np.eye(O, I)",))


STRUCTURED = (
    Initializer(
        key="orthogonal",
        label="orthogonal",
        formula=always(ORTHOGONAL),
        sentence="A random rotation: rows or columns stand at right angles, so no signal is stretched.",
        torch="orthogonal_",
        hyperparameters=(GAIN,),
        std=lambda shape, *, gain: gain / math.sqrt(max(shape)),
        draw=orthogonal,
        source="Saxe et al. 2014",
    ),
    Initializer(
        key="sparse",
        label="sparse",
        formula=always(SPARSE),
        sentence="Each input reaches only some of the units; the other weights begin at 0.",
        torch="sparse_",
        hyperparameters=(
            _SPARSITY,
            replace(STANDARD_DEVIATION, default=0.01, sentence="Of the others."),
        ),
        std=lambda shape, *, sparsity, std: std * math.sqrt(1.0 - math.ceil(sparsity * shape[0]) / shape[0]),
        draw=sparse,
        source="Martens 2010",
    ),
    Initializer(
        key="eye",
        aliases=("identity",),
        label="identity matrix",
        formula=always(IDENTITY_MATRIX),
        sentence="Each unit passes on the input of its own number.",
        torch="eye_",
        draw=lambda rng, shape: np.eye(*shape),
    ),
)
