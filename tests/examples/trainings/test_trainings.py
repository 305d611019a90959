"""Every example training fits in a link and can be trained."""

import pytest

from mlpviz.config import TrainingConfig, prepare
from mlpviz.data.mnist import folder
from mlpviz.examples.trainings import TRAININGS


@pytest.mark.parametrize("key", TRAININGS)
def test_every_ready_setup_can_be_trained(key):
    setup = TRAININGS[key].setup
    assert TrainingConfig.from_link(setup.to_link()) == setup
    assert setup.name
    if setup.data.set.key == "mnist" and folder() is None:
        pytest.skip("needs the MNIST files, in MLPVIZ_MNIST or ../shared/mnist")
    if key == "mnist_full":  # one epoch takes seconds
        setup = setup.replace(data={"kind": "set", "set": {"key": "mnist", "train": 600, "test": 100}})
    *_, last = prepare(setup.replace(epochs=1)).run()
    assert last.failure is None
