"""The norm of each block against NumPy's, also where squares do not fit."""

import numpy as np
import pytest

from mlpviz.examples.networks import PRESETS
from mlpviz.sheet.block_norms import block_norms
from mlpviz.sheet.blocks import blocks_of, shape_of
from mlpviz.sheet.values import values_on_screen
from mlpviz.sheet_page.state import scene_of


@pytest.mark.parametrize("key", PRESETS)
def test_every_gradient_has_its_norm(key: str) -> None:
    document = PRESETS[key].document
    blocks, values = blocks_of(document.spec, shape_of(document)), values_on_screen(document)
    norms = block_norms(blocks, values)
    assert {f"grad_weight.{number}" for number in range(1, len(document.layers) + 1)} <= norms.keys()
    for name, norm in norms.items():
        assert norm == pytest.approx(float(np.linalg.norm(values[name])), rel=1e-12)


def test_squares_that_do_not_fit_have_a_norm() -> None:
    document = PRESETS["mazur"].document
    blocks, values = blocks_of(document.spec, shape_of(document)), values_on_screen(document)
    for size in (1e-200, 1e200):
        scaled = {name: array * size for name, array in values.items()}
        norms = block_norms(blocks, scaled)
        assert norms["weight.1"] == pytest.approx(float(np.linalg.norm(values["weight.1"])) * size, rel=1e-12)


def test_norms_are_sent_only_where_they_are_asked_for() -> None:
    document = PRESETS["mazur"].document
    assert scene_of(document)[1]["norms"] is None
    assert str(scene_of(document, norms=True)[1]["norms"]["weight.1"]) == "0.464"
