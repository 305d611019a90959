"""The optimizers by their names in torch, torch's own test configurations, and all with their switches on."""

import json

import numpy as np

from mlpviz.engine.optimizers import OPTIMIZERS
from tests.support.repository import CASES

CONFIGS = [
    (name, config["desc"], config["kwargs"])
    for name, entry in json.loads((CASES / "torch_optim_test_configs.json").read_text()).items()
    for config in entry["test_configs"]
]
BY_TORCH = {optimizer.torch: optimizer for optimizer in OPTIMIZERS.values()}
# every switch that has a formula of its own, beyond what the case file turns
EXTRA = [
    ("AdamW", {"amsgrad": True, "weight_decay": 0.2, "maximize": True}),
    ("Adam", {"decoupled_weight_decay": True, "weight_decay": 0.2}),
    ("RAdam", {"beta1": 0.5, "beta2": 0.6}),
    ("RAdam", {"beta1": 0.5, "beta2": 0.9, "weight_decay": 0.1}),
    ("ASGD", {"t0": 3.0, "alpha": 0.5, "lambd": 0.01}),
    ("SGD", {"momentum": 0.9, "dampening": 0.3, "weight_decay": 0.1, "maximize": True}),
    ("RMSprop", {"momentum": 0.9, "alpha": 0.5}),
    ("Rprop", {"eta_minus": 0.3, "eta_plus": 1.9, "step_min": 0.01, "step_max": 0.1, "maximize": True}),
    ("Lion", {"beta1": 0.5, "weight_decay": 0.2}),
    ("Lion", {"beta2": 0.5, "maximize": True}),
    ("AdaBelief", {"beta1": 0.5, "weight_decay": 0.2, "maximize": True}),
    ("AdaBelief", {"decoupled_weight_decay": True, "weight_decay": 0.2, "eps": 1e-3}),
    ("SGD", {"momentum": 0.9, "rate_in_velocity": True, "weight_decay": 0.1}),
    ("SGD", {"momentum": 0.9, "rate_in_velocity": True, "nesterov": True, "maximize": True}),
    ("RMSprop", {"eps_in_root": True, "eps": 1e-3, "weight_decay": 0.1}),
    ("RMSprop", {"eps_in_root": True, "centered": True, "momentum": 0.9}),
    ("NAdam", {"beta1": 0.5, "momentum_decay": 0.1}),
]


def from_torch(optimizer, kwargs):
    """Our hyperparameters for torch's keyword arguments: pairs taken apart, names translated."""
    given = {}
    for hyperparameter in optimizer.hyperparameters:
        name, place, index = (hyperparameter.torch or hyperparameter.name).partition("[")
        if name in kwargs:
            given[hyperparameter.name] = kwargs[name][int(index[0])] if place else kwargs[name]
    return given


def error(path, expected):
    return np.max(np.abs(path - expected) / np.maximum(1.0, np.abs(expected)), axis=-1)


def loaded():
    for optimizer in OPTIMIZERS.values():
        switches = {"momentum": 0.9, "centered": True, "amsgrad": True, "weight_decay": 0.1, "t0": 3.0}
        names = {hyperparameter.name for hyperparameter in optimizer.hyperparameters}
        yield optimizer.configure(**{name: value for name, value in switches.items() if name in names})
