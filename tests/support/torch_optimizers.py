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
    ("RMSprop", {"rate_in_velocity": True, "momentum": 0.9, "weight_decay": 0.1}),
    ("AdamWScheduleFree", {"beta1": 0.6, "beta2": 0.9, "eps": 1e-3, "weight_decay": 0.1}),
    ("AdamWScheduleFree", {"warmup_steps": 7, "r": 1.5, "weight_lr_power": 1.0, "maximize": True}),
    ("AdamWScheduleFree", {"beta1": 0.0, "weight_decay": 0.1}),
    ("Muon", {"momentum": 0.5, "nesterov": False, "weight_decay": 0.3, "beta1": 0.5, "beta2": 0.9, "vector_eps": 1e-3}),
    ("Muon", {"ns_a": 2.0, "ns_b": -1.5, "ns_c": 0.5, "ns_steps": 3, "ns_eps": 0.5, "adjust_lr_fn": "match_rms_adamw"}),
    ("Muon", {"ns_steps": 0, "ns_eps": 1e3}),
    ("Adafactor", {"weight_decay": 0.2, "d": 1.2, "eps2": 0.7, "beta2_decay": -0.3}),
    ("Adafactor", {"eps1": 0.5, "maximize": True}),
    ("LBFGS", {"history_size": 10, "learning_rate": 0.1}),
    ("RMSprop", {"rate_in_velocity": True, "momentum": 0.9, "centered": True, "eps_in_root": True}),
    ("Adam", {"eps_before_correction": True, "eps": 1e-2, "weight_decay": 0.1}),
    ("Adam", {"eps_in_root": True, "eps": 1e-2, "amsgrad": True}),
    ("Adam", {"eps_in_root": True, "eps_before_correction": True, "eps": 1e-2, "decoupled_weight_decay": True}),
    ("AdamW", {"eps_before_correction": True, "eps": 1e-2, "amsgrad": True, "maximize": True}),
    ("AdamW", {"eps_in_root": True, "eps": 1e-2, "weight_decay": 0.2}),
    ("Adamax", {"eps_after_maximum": True, "eps": 1e-2, "weight_decay": 0.1}),
    ("Adagrad", {"eps_in_root": True, "eps": 1e-2, "weight_decay": 0.1, "lr_decay": 0.1}),
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
