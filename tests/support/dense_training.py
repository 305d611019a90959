"""A small dense network, its data, and the last snapshot of a run."""

import numpy as np

from mlpviz.engine import INITIALIZERS, OPTIMIZERS, initial_parameters
from mlpviz.engine.training import DataSplits, train
from tests.support.random_networks import chain

SPEC = chain((2, 6, 5, 1), ("tanh", "relu", "identity"))
ADAM = OPTIMIZERS["adam"].configure(learning_rate=0.01)


def rng(seed=0):
    return np.random.default_rng(seed)


def start(spec=SPEC, seed=0):
    return initial_parameters(spec, INITIALIZERS["xavier_uniform"], rng(seed))


def sets(samples=37, dtype=np.float64, noise=0.1):
    chance = rng(5)
    x = chance.normal(size=(samples, 2))
    target = np.sin(x[:, :1]) * x[:, 1:] + noise * chance.normal(size=(samples, 1))
    cut = samples * 3 // 4
    return DataSplits.of(SPEC, (x[:cut], target[:cut]), (x[cut:], target[cut:]), dtype=dtype)


def last(*args, **kwargs):
    *_, snapshot = train(*args, **kwargs)
    return snapshot
