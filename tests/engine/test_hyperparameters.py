import math

import numpy as np
import pytest

from mlpviz.engine.hyperparameters import Hyperparameter, HyperparameterError, tex, torch_arguments, validate

RATE = Hyperparameter("learning_rate", "learning rate", 0.1, 0.0, torch="lr", vector=True)
BETA1 = Hyperparameter("beta1", "β₁", 0.9, 0.0, 1.0, open_high=True, torch="betas[0]")
BETA2 = Hyperparameter("beta2", "β₂", 0.999, 0.0, 1.0, open_high=True, torch="betas[1]")
EPS = Hyperparameter("eps", "ε", 1e-8, 0.0, open_low=True)
STEPS = Hyperparameter("steps", "steps", 5, 1, 100, "int")
FLAG = Hyperparameter("flag", "flag", False, kind="bool")
MODE = Hyperparameter("mode", "mode", "min", kind="choice", choices=("min", "max"))
MILESTONES = Hyperparameter("milestones", "milestones", (30, 80), 0, kind="ints")
HYPERPARAMETERS = (RATE, BETA1, BETA2, EPS, STEPS, FLAG, MODE, MILESTONES)


def test_defaults_fill_what_is_not_given_in_the_order_of_the_hyperparameters():
    values = validate(HYPERPARAMETERS, {"beta2": 0.5})
    assert list(values) == [each.name for each in HYPERPARAMETERS]
    assert values["beta2"] == 0.5
    assert values["learning_rate"] == 0.1


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"learning_rate": -1}, "learning_rate is -1, expected a number from 0 up"),
        ({"learning_rate": math.nan}, "learning_rate is nan, expected a number from 0 up"),
        ({"learning_rate": math.inf}, "learning_rate is inf, expected a number from 0 up"),
        ({"learning_rate": "fast"}, "learning_rate is 'fast', expected a number from 0 up"),
        ({"learning_rate": np.array([0.1, -2.0])}, "learning_rate is an array from -2 to 0.1, expected a number"),
        ({"learning_rate": np.array([0.1, math.nan])}, "learning_rate is an array from nan to nan, expected"),
        ({"beta1": 1}, "beta1 is 1, expected a number from 0 below 1"),
        ({"beta1": np.array([0.5])}, "beta1 is"),
        ({"eps": 0.0}, "eps is 0.0, expected a number above 0"),
        ({"steps": 0}, "steps is 0, expected a whole number from 1 to 100"),
        ({"steps": 2.5}, "steps is 2.5, expected a whole number from 1 to 100"),
        ({"steps": True}, "steps is true, expected a whole number from 1 to 100"),
        ({"flag": 1}, "flag is 1, expected true or false"),
        ({"mode": "mid"}, "mode is 'mid', expected one of min, max"),
        ({"milestones": 3}, "milestones is 3, expected whole numbers from 0 up"),
        ({"milestones": (3, -1)}, r"milestones is \(3, -1\), expected whole numbers from 0 up"),
        ({"speed": 1}, "unknown knob 'speed'; choose from learning_rate, beta1"),
    ],
)
def test_a_bad_value_is_refused_in_one_sentence(given, message):
    with pytest.raises(HyperparameterError, match=message):
        validate(HYPERPARAMETERS, given)


def test_an_entry_without_hyperparameters_says_so():
    with pytest.raises(HyperparameterError, match="no knob 'slope'"):
        validate((), {"slope": 1})


def test_numbers_become_plain_python_so_that_float32_stays_float32():
    values = validate(
        HYPERPARAMETERS, {"learning_rate": np.float64(0.5), "steps": np.int64(7), "milestones": np.array([1, 2])}
    )
    assert type(values["learning_rate"]) is float
    assert type(values["steps"]) is int
    assert values["milestones"] == (1, 2)
    assert type(values["milestones"][0]) is int
    assert type(validate(HYPERPARAMETERS, {"learning_rate": np.array(0.5)})["learning_rate"]) is float


def test_a_vector_hyperparameter_takes_an_array():
    rates = np.array([0.1, 0.2])
    assert validate(HYPERPARAMETERS, {"learning_rate": rates})["learning_rate"] is rates


def test_a_rule_sees_all_values():
    def rule(values):
        return "beta1 is above beta2" if values["beta1"] > values["beta2"] else None

    validate(HYPERPARAMETERS, {}, rule)
    with pytest.raises(HyperparameterError, match="beta1 is above beta2"):
        validate(HYPERPARAMETERS, {"beta2": 0.1}, rule)


def test_torch_arguments_rename_and_pair():
    assert torch_arguments((RATE, BETA1, BETA2), {"learning_rate": 1.0, "beta1": 0.8, "beta2": 0.9}) == {
        "lr": 1.0,
        "betas": (0.8, 0.9),
    }


@pytest.mark.parametrize(
    ("value", "text"), [(0.01, "0.01"), (2.0, "2"), (1e-8, "10^{-8}"), (2.5e-9, r"2.5 \cdot 10^{-9}"), (-1.0, "-1")]
)
def test_a_number_in_latex(value, text):
    assert tex(value) == text


def test_the_range_in_words():
    assert Hyperparameter("a", "a", 0.0).allowed == "a number"
    assert Hyperparameter("a", "a", 0.0, high=1.0).allowed == "a number up to 1"
    assert Hyperparameter("a", "a", 0.0, high=1.0, open_high=True).allowed == "a number below 1"
    assert Hyperparameter("a", "a", 0.5, 0.0, 1.0).allowed == "a number from 0 to 1"
