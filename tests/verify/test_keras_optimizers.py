"""Conventions that are said to be Keras's, beside Keras itself: 50 steps in double precision, all settings turned."""

import os
import warnings

import numpy as np
import pytest

from mlpviz.engine.optimizers import OPTIMIZERS

pytest.importorskip("torch")

RATE, STEPS, SHAPE = 0.02, 50, (3, 2)
BETAS = {"beta_1": 0.8, "beta_2": 0.95}
OURS = {"beta1": 0.8, "beta2": 0.95}


@pytest.fixture(scope="module")
def keras():
    os.environ["KERAS_BACKEND"] = "torch"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return pytest.importorskip("keras")


CASES = [
    ("sgd", {"momentum": 0.9, "rate_in_velocity": True}, "SGD", {"momentum": 0.9}),
    (
        "sgd",
        {"momentum": 0.9, "rate_in_velocity": True, "nesterov": True},
        "SGD",
        {"momentum": 0.9, "nesterov": True},
    ),
    ("rmsprop", {"alpha": 0.9, "eps_in_root": True, "eps": 1e-3}, "RMSprop", {"rho": 0.9, "epsilon": 1e-3}),
    (
        "rmsprop",
        {"alpha": 0.9, "eps_in_root": True, "eps": 1e-3, "momentum": 0.9, "rate_in_velocity": True, "centered": True},
        "RMSprop",
        {"rho": 0.9, "epsilon": 1e-3, "momentum": 0.9, "centered": True},
    ),
    ("adam", OURS | {"eps": 1e-2, "eps_before_correction": True}, "Adam", BETAS | {"epsilon": 1e-2}),
    (
        "adam",
        OURS | {"eps": 1e-2, "eps_before_correction": True, "amsgrad": True},
        "Adam",
        BETAS | {"epsilon": 1e-2, "amsgrad": True},
    ),
    (
        "adamw",
        OURS | {"eps": 1e-2, "eps_before_correction": True, "weight_decay": 0.2},
        "AdamW",
        BETAS | {"epsilon": 1e-2, "weight_decay": 0.2},
    ),
    ("adamax", OURS | {"eps": 1e-2, "eps_after_maximum": True}, "Adamax", BETAS | {"epsilon": 1e-2}),
    (
        "adagrad",
        {"eps": 1e-2, "eps_in_root": True, "initial_accumulator_value": 0.1},
        "Adagrad",
        {"epsilon": 1e-2, "initial_accumulator_value": 0.1},
    ),
    ("adadelta", {"rho": 0.9, "eps": 1e-3}, "Adadelta", {"rho": 0.9, "epsilon": 1e-3}),
    ("nadam", OURS | {"eps": 1e-2, "momentum_decay": 1.0}, "Nadam", BETAS | {"epsilon": 1e-2}),
    ("lion", OURS | {"weight_decay": 0.2}, "Lion", BETAS | {"weight_decay": 0.2}),
]


# its own conversions of tensors to arrays are older than NumPy 2
@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")
@pytest.mark.parametrize(("key", "settings", "name", "arguments"), CASES)
def test_50_steps_are_those_of_keras(keras, key, settings, name, arguments):
    optimizer = OPTIMIZERS[key].configure(learning_rate=RATE, **settings)
    rng = np.random.default_rng(7)
    params = rng.normal(size=SHAPE).ravel()
    slots = optimizer.init(params)
    keras.config.set_floatx("float64")
    try:
        variable = keras.Variable(params.reshape(SHAPE), dtype="float64")
        theirs = getattr(keras.optimizers, name)(learning_rate=RATE, **arguments)
        for t in range(1, STEPS + 1):
            # kept apart: Keras's tensors share the memory of arrays that they are made from
            grad = rng.normal(size=SHAPE) * 10.0 ** rng.integers(-3, 2, size=SHAPE)
            params, slots = optimizer.step(params, grad.ravel(), slots, t)
            theirs.apply([keras.ops.convert_to_tensor(grad.copy(), dtype="float64")], [variable])
            found = keras.ops.convert_to_numpy(variable).ravel()
            np.testing.assert_allclose(params, found, rtol=1e-12, atol=1e-13)
    finally:
        keras.config.set_floatx("float32")
