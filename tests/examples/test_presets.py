"""The networks to start from: each file has its record, each record its file, and says what it shows."""

import numpy as np
import pytest

from mlpviz.examples.networks import PRESETS
from tests.support.repository import ROOT


def test_each_file_has_a_record_and_each_record_a_file():
    files = {path.stem for path in (ROOT / "mlpviz/examples/networks").glob("*.json")}
    assert files == set(PRESETS)


@pytest.mark.parametrize("key", PRESETS)
def test_each_says_what_it_shows_and_has_a_finite_pass(key):
    preset = PRESETS[key]
    assert preset.description.endswith(".")
    assert preset.question.endswith("?")
    trace = preset.document.trace()
    assert np.isfinite(trace.loss)
    assert np.isfinite(trace.grad).all()
