"""What a comparison differs in is listed whole; two optimizers learn at the same rate."""

import pytest

from mlpviz.config import TrainingConfig
from mlpviz.config.differences import differences, differences_text
from mlpviz.config.edits import with_value
from mlpviz.config.sweeps import SWEEPS
from tests.support.small_runs import setup_of

CHANGED = {
    "data": {"data": {"kind": "set", "set": {"key": "moons", "samples": 80, "noise": 0.2}}},
    "split": {"split": {"validation": 0.3}},
    "features": {"features": ["x1", "x1 * x2"]},
    "scaling": {"scaling": "standard"},
    "target_scaling": {"target_scaling": "standard"},
    "one_hot": {"one_hot": True},
    "layers": {"layers": [{"units": 5, "activation": "tanh"}, {"units": None, "activation": "identity"}]},
    "initializer": {"initializer": "zeros"},
    "start": {"start": [{"weight": [[0.1, 0.2]] * 6, "bias": [0] * 6}, {"weight": [[1] * 6], "bias": [0]}]},
    "ties": {"ties": [[[1, 1, 1], [1, 2, 1]]]},
    "loss": {"loss": {"key": "bce_with_logits", "pos_weight": [2]}},
    "optimizer": {"optimizer": {"key": "adam", "learning_rate": 0.02, "beta2": 0.9}},
    "schedule": {"schedule": "cosine"},
    "schedule_counts": {"schedule_counts": "steps"},
    "batch_size": {"batch_size": None},
    "shuffle": {"shuffle": False},
    "epochs": {"epochs": 13},
    "penalty": {"penalty": "l1"},
    "penalize_biases": {"penalize_biases": True},
    "clipping": {"clipping": "norm"},
    "average": {"average": "ema"},
    "stopping": {"stopping": {}},
    "seed": {"seed": 1},
    "dtype": {"dtype": "float32"},
}
"""Each field of a config at another value than those of the tests have."""


@pytest.mark.parametrize("key", SWEEPS)
def test_every_sweep_differs_in_its_choice_and_says_all_of_it(key):
    sweep = SWEEPS[key]
    configs = [*sweep.configs(setup_of(), ", ".join(map(str, sweep.proposed))).values()]
    found = differences(configs)
    assert found
    whole = [config.model_dump() for config in configs]
    for each in found:
        assert len(each.values) == len(configs)
    # what is not listed is the same for all
    named = {each.path[0] for each in found}
    for field in whole[0]:
        if field not in named:
            assert all(each[field] == whole[0][field] for each in whole), field


def test_optimizers_are_compared_at_the_rate_of_the_run():
    config = with_value(setup_of(), ("optimizer",), {"key": "adam", "learning_rate": 0.007, "beta1": 0.5})
    configs = SWEEPS["optimizer"].configs(config, "sgd, rmsprop, adam, adamw")
    rates = {each.optimizer.entry.settings["learning_rate"] for each in configs.values()}
    assert rates == {0.007}
    # the run's own optimizer stays as it is set
    assert list(configs.values())[2] == config
    said = differences_text([*configs.values()])
    assert said == "optimizer sgd, rmsprop, adam, adamw · weight decay 0, 0, 0, 0.01 · beta1 –, –, 0.5, 0.9"


def test_a_setting_that_only_one_has_is_told_unless_it_is_the_default():
    """Dampening is a word of SGD alone: at 0.5 it is one more thing in which SGD and Adam differ, at 0 it is none."""
    for given, said in (
        (0.5, "optimizer sgd, adam · momentum 0.9, – · dampening 0.5, –"),
        (0.0, "optimizer sgd, adam · momentum 0.9, –"),
    ):
        own = {"key": "sgd", "learning_rate": 0.01, "momentum": 0.9, "dampening": given}
        configs = SWEEPS["optimizer"].configs(with_value(setup_of(), ("optimizer",), own), "sgd, adam")
        assert differences_text([*configs.values()]) == said


@pytest.mark.parametrize(
    ("key", "path", "own", "values"),
    [
        ("activation", ("layers", 0, "activation"), {"key": "leaky_relu", "slope": 0.2}, "relu, leaky_relu"),
        ("initializer", ("initializer",), {"key": "normal", "std": 0.3}, "zeros, normal"),
    ],
)
def test_the_entry_of_the_run_keeps_its_settings(key, path, own, values):
    config = with_value(setup_of(), path, own)
    assert [*SWEEPS[key].configs(config, values).values()][1] == config


def test_every_field_that_differs_is_listed():
    assert CHANGED.keys() == TrainingConfig.model_fields.keys() - {"name", "version"}
    for field, changed in CHANGED.items():
        assert {each.path[0] for each in differences([setup_of(), setup_of(**changed)])} == {field}, field


def test_the_same_config_differs_in_nothing():
    assert differences([setup_of(), setup_of(name="other")]) == ()
