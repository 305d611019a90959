"""A setup is read, written and made ready: the same one gives the same bits, and every field counts."""

import numpy as np
import pytest

from mlpviz.config import TrainingConfig, prepare, suggested
from mlpviz.config.sources import SetSource
from mlpviz.data import DATASETS
from mlpviz.data.mnist import folder
from mlpviz.engine import OPTIMIZERS, SCHEDULES
from tests.support.written_configs import EVERYTHING, IRIS, STARTED

NO_MNIST = pytest.mark.skipif(folder() is None, reason="needs the MNIST files, in MLPVIZ_MNIST or ../shared/mnist")
every_set = pytest.mark.parametrize(
    "key", [pytest.param(key, marks=[NO_MNIST] if key == "mnist" else []) for key in DATASETS]
)


@pytest.mark.parametrize("plain", [IRIS, EVERYTHING, STARTED], ids=["iris", "everything", "started"])
def test_a_setup_comes_back_from_json_and_from_a_link(plain):
    setup = TrainingConfig.parse(plain)
    assert setup.to_json_value() == plain
    for text in (setup.to_json(), setup.to_json(1), setup.to_json().encode()):
        assert TrainingConfig.parse(text) == setup
    assert TrainingConfig.from_link(setup.to_link()) == setup
    assert setup.replace() == setup
    assert setup.replace(seed=setup.seed + 1) != setup
    with pytest.raises(Exception, match=r"frozen"):
        setup.seed = 3


def test_what_is_at_its_default_is_not_written():
    setup = TrainingConfig.parse(IRIS | {"optimizer": "adam", "epochs": 100, "split": {"test": 0.2}})
    assert setup.to_json_value() == IRIS
    assert len(setup.to_link()) < 200


def test_the_same_setup_gives_the_same_bits():
    one, two = (prepare(TrainingConfig.parse(EVERYTHING)) for _ in range(2))
    assert np.array_equal(one.params, two.params)
    for first, second in zip(one.run(), two.run(), strict=True):
        assert np.array_equal(first.params, second.params)
    other = prepare(TrainingConfig.parse(EVERYTHING | {"seed": 6}))
    assert not np.array_equal(one.params, other.params)
    # the seed of the weights has no say in the data
    assert np.array_equal(one.sets.train.x, other.sets.train.x)


def test_every_field_reaches_the_engine():
    built = prepare(TrainingConfig.parse(EVERYTHING))
    spec, plan = built.spec, built.plan
    assert [layer.outputs for layer in spec.layers] == [6, 6, 2]
    assert spec.layers[0].activation.settings == (("slope", 0.2),)
    assert spec.layers[0].norm.momentum == 0.2
    assert [layer.bias for layer in spec.layers] == [False, True, True]
    assert (spec.layers[1].dropout, spec.layers[1].skip) == (0.25, 1)
    assert spec.loss.weight == (1.0, 2.0)
    assert plan.optimizer.settings["momentum"] == 0.9
    assert plan.schedule.settings["step_size"] == 3
    assert (plan.schedule_counts, plan.batch_size, plan.epochs, plan.dtype) == ("steps", 32, 4, np.float32)
    assert plan.penalties[0].settings["strength"] == 0.001
    assert plan.clipping.settings["max_norm"] == 0.5
    assert plan.stopping.patience == 2
    assert built.sets.train.x.dtype == np.float32
    assert [len(part.x) for part in (built.sets.train, built.sets.validation, built.sets.test)] == [135, 135, 30]
    assert built.table.samples == 300
    assert np.isclose(built.params[spec.slots[0].weight].std(), 0.5, rtol=0.5)


@every_set
def test_what_is_suggested_works_for_every_data_set(key):
    source = SetSource.model_validate({"kind": "set", "set": key})
    setup = suggested(source).replace(epochs=1)
    built = prepare(setup)
    assert built.metric == ("accuracy" if DATASETS[key].task == "classes" else "r2")
    *_, last = built.run()
    assert last.failure is None
    assert 0 <= last.test.metric <= 1 or built.metric == "r2"


@pytest.mark.parametrize("key", OPTIMIZERS)
def test_every_optimizer_trains(key):
    *_, last = prepare(TrainingConfig.parse(IRIS | {"optimizer": key, "epochs": 2})).run()
    assert last.step == 2


@pytest.mark.parametrize("key", SCHEDULES)
def test_every_schedule_trains(key):
    *_, last = prepare(TrainingConfig.parse(IRIS | {"schedule": key, "epochs": 2})).run()
    assert last.step == 2
