"""What the tests of the training page share."""

import pytest

from mlpviz.train_page.page import FIRST
from mlpviz.train_page.session import TrainSession


@pytest.fixture
def one():
    return TrainSession.of(FIRST)
