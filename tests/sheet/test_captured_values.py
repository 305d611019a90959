"""The captured numbers of a sheet have the bits of the computed ones, and no two threads compute in one arena."""

import threading

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlpviz.engine import ACTIVATIONS
from mlpviz.engine.capture import CaptureError
from mlpviz.engine.kept_captures import CAPTURED_AFTER
from mlpviz.examples.networks import PRESETS
from mlpviz.network.edits import apply, set_number
from mlpviz.sheet import captured_values
from mlpviz.sheet.blocks import shape_of
from mlpviz.sheet.captured_values import CapturedValues, KeptSheets
from mlpviz.sheet.values import values_on_screen
from mlpviz.sheet_page.structure import structure_of
from tests.support.random_documents import documents
from tests.support.single_layers import one_layer

LOOKS_AT_NUMBERS = {"gelu"}


def order_of(document):
    return structure_of(document.spec, shape_of(document)).blocks


def run(kept, document):
    return kept.run(document, shape_of(document), order_of(document))


def assert_same_bits(found, document):
    values = values_on_screen(document)
    assert list(found.sizes)[: len(order_of(document))] == list(order_of(document))
    assert dict(found.sizes) == {name: values[name].shape for name in found.sizes}
    assert found.sizes.keys() == values.keys()
    expected = np.concatenate([values[name].ravel() for name in found.sizes])
    assert np.array_equal(found.flat.view(np.int64), expected.view(np.int64))


def edited(document, rng):
    """The document with other weights, x and rate."""
    for layer in rng.integers(len(document.layers), size=3).tolist():
        weight = document.layers[layer].weight
        row, column = int(rng.integers(len(weight))), int(rng.integers(len(weight[0])))
        document = set_number(document, "weight", layer + 1, row + 1, column + 1, float(rng.normal())).document
    document = set_number(document, "x", None, 1, 1, float(rng.normal())).document
    return apply(document, {"type": "set_learning_rate", "value": float(rng.random())}).document


@settings(max_examples=60)
@given(documents(), st.integers(0, 1000))
def test_any_sheet_has_the_bits_of_its_values(document, seed):
    rng, kept = np.random.default_rng(seed), KeptSheets()
    for _ in range(CAPTURED_AFTER + 3):
        document = edited(document, rng)
        if (found := run(kept, document)) is not None:
            assert_same_bits(found, document)


@pytest.mark.parametrize("key", ACTIVATIONS)
def test_every_activation_is_followed_over_its_kinks(key):
    document, kept, captured = one_layer(key), KeptSheets(), 0
    inputs = np.array(document.x)
    for moved in range(CAPTURED_AFTER + 4):
        # each unit gets what another one had: other pieces of the function
        document = document.replace(x=np.roll(inputs, moved).tolist())
        if (found := run(kept, document)) is not None:
            assert_same_bits(found, document)
            captured += 1
    assert bool(captured) != (key in LOOKS_AT_NUMBERS)


@pytest.mark.parametrize("key", PRESETS)
def test_every_example_is_captured(key):
    document, kept = PRESETS[key].document, KeptSheets()
    assert [run(kept, document) for _ in range(CAPTURED_AFTER)] == [None] * CAPTURED_AFTER
    assert_same_bits(run(kept, document), document)
    document = edited(document, np.random.default_rng(0))
    assert_same_bits(run(kept, document), document)


def test_what_looks_at_numbers_is_not_captured():
    document = apply(PRESETS["xor"].document, {"type": "set_activation", "layer": 1, "key": "gelu"}).document
    with pytest.raises(CaptureError):
        CapturedValues(document, order_of(document))
    kept = KeptSheets()
    assert [run(kept, document) for _ in range(CAPTURED_AFTER + 2)] == [None] * (CAPTURED_AFTER + 2)


def test_numbers_that_were_given_back_stay_what_they_are():
    document, kept = PRESETS["seven_layers"].document, KeptSheets()
    for _ in range(CAPTURED_AFTER):
        run(kept, document)
    first = run(kept, document)
    run(kept, edited(document, np.random.default_rng(0)))
    assert_same_bits(first, document)


def test_two_threads_do_not_compute_in_one_arena(monkeypatch):
    document, kept = PRESETS["seven_layers"].document, KeptSheets()
    for _ in range(CAPTURED_AFTER + 1):
        run(kept, document)
    inside, go, real, found = threading.Event(), threading.Event(), CapturedValues.run, []

    def slow(self, document):
        inside.set()
        go.wait(10)
        return real(self, document)

    monkeypatch.setattr(CapturedValues, "run", slow)
    other = threading.Thread(target=lambda: found.append(run(kept, document)))
    other.start()
    assert inside.wait(10)
    assert run(kept, document) is None
    go.set()
    other.join()
    assert_same_bits(found[0], document)


def test_an_update_of_another_kind_is_noticed():
    document, kept = PRESETS["seven_layers"].document, KeptSheets()
    captured = CapturedValues(document, order_of(document))
    other = document.replace(optimizer={"key": "sgd", "momentum": 0.9})
    assert captured.run(other) is None
    assert captured.run(document) is not None
    del kept


def test_few_kinds_are_kept(monkeypatch):
    monkeypatch.setattr(captured_values, "MOST_KEPT", 2)
    kept = KeptSheets()
    for _ in range(CAPTURED_AFTER + 2):
        for key in ("xor", "mazur", "seven_layers"):
            assert run(kept, PRESETS[key].document) is None
