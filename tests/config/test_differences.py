"""What a comparison differs in is listed whole; two optimizers learn at the same rate."""

import pytest

from mlpviz.config.differences import differences, differences_text
from mlpviz.config.edits import with_value
from mlpviz.config.sweeps import SWEEPS
from tests.support.small_runs import setup_of


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


def test_the_same_config_differs_in_nothing():
    assert differences([setup_of(), setup_of(name="other")]) == ()
