"""Every quantity is a block of some network's sheet, and says there what it is."""

import pytest

from mlpviz.engine import NORMS
from mlpviz.engine.optimizers import OPTIMIZERS
from mlpviz.sheet.blocks import Shape, blocks_of
from mlpviz.sheet.quantities import PHASE_LABELS, QUANTITIES, columns_of
from mlpviz.sheet.rules import rule_of
from tests.support.mixed_networks import MIXED, network

SHEETS = [
    (spec, Shape(3, optimizer=optimizer))
    for optimizer in OPTIMIZERS.values()
    for spec in (
        MIXED,
        network((3, 4, "prelu", {"norm": NORMS["rms_norm"]}), (4, 2, "rrelu", {})),
        network((3, 2, "identity", {}), loss="cross_entropy"),
    )
]


def test_every_quantity_is_on_some_sheet():
    found = {block.quantity.key for spec, shape in SHEETS for block in blocks_of(spec, shape).values()}
    assert found == set(QUANTITIES)


@pytest.mark.parametrize("key", QUANTITIES)
def test_every_quantity_has_a_symbol_and_a_sentence(key):
    quantity = QUANTITIES[key]
    assert quantity.symbol
    assert quantity.phase in PHASE_LABELS
    sheets = ((spec, shape, block) for spec, shape in SHEETS for block in blocks_of(spec, shape).values())
    spec, shape, block = next(sheet for sheet in sheets if sheet[2].quantity is quantity)
    sentence = quantity.sentence or rule_of(block, spec, shape).sentence
    assert sentence.endswith((".", ":")), sentence


@pytest.mark.parametrize(
    ("extras", "has_bias", "z", "a"),
    [
        ([{}, {}], True, "z = W·a + b", "a = φ(z) ↓"),
        ([{}, {}], False, "z = W·a", "a = φ(z) ↓"),
        ([{"norm": NORMS["batch_norm"]}, {"norm": NORMS["rms_norm"]}], False, "z = W·a", "a = φ(n) ↓"),
        ([{"norm": NORMS["layer_norm"]}, {}], True, "z = W·a + b", "a from φ ↓"),
        ([{"dropout": 0.5}, {}], True, "z = W·a + b", "a from φ ↓"),
        ([{"skip": 1}, {}], True, "z = W·a + b", "a from φ ↓"),
    ],
)
def test_the_headings_say_what_these_layers_compute(extras, has_bias, z, a):
    spec = network(*((2, 2, "tanh", {"bias": has_bias} | extra) for extra in extras))
    headings = dict(columns_of(spec.layers))
    assert (headings["z"], headings["a"]) == (z, a)
