"""The sheet worked out block by block: the same numbers as the engine, and the engine's where some are given."""

from dataclasses import replace

import numpy as np
import pytest

from mlpviz.engine import rerun
from mlpviz.examples.networks import PRESETS
from mlpviz.network import Document
from mlpviz.practice.rules import WorkedSheet
from mlpviz.practice.topics import generate
from mlpviz.practice.workings import GivenNumbers, Place, as_in_trace, on_screen
from mlpviz.sheet.values import values_on_screen

MIXED = Document.parse(
    {
        "layers": [
            {"weight": [[1, 2], [0.5, -1]], "bias": None, "activation": "tanh", "norm": "batch_norm",
             "gamma": [2, 1], "beta": [0, 1], "dropout": 0.5, "mask": [[1, 0], [1, 1], [0, 1]]},
            {"weight": [[1, 2], [3, -1]], "bias": None, "activation": "prelu", "norm": "layer_norm", "skip": 1},
            {"weight": [[1, 2], [2, 1]], "bias": [0, 1], "activation": "sigmoid", "norm": "rms_norm", "skip": 2,
             "dropout": 0.25, "mask": [[1, 1], [1, 0], [1, 1]]},
            {"weight": [[1, -1], [2, 0.5]], "bias": [1, 1], "activation": "identity"},
        ],
        "x": [[1, 2], [3, -1], [0.5, 1]], "target": [1, 0, 1], "loss": "cross_entropy",
        "optimizer": {"key": "adam"},
        "pins": [{"layer": 2, "sample": 1, "unit": 1, "value": 0.5}],
    }
)  # fmt: skip
DOCUMENTS = {key: preset.document for key, preset in PRESETS.items()} | {
    "mixed": MIXED,
    "evaluation": MIXED.replace(mode="evaluation"),
}
EACH = pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS)


@EACH
def test_every_block_is_that_of_the_sheet(document):
    sheet, values = WorkedSheet(document), values_on_screen(document)
    for place, block in sheet.blocks.items():
        if not place.tensor.startswith("slot."):
            shown = on_screen(block, sheet.right.of(*place))
            assert shown.shape == (block.rows, block.columns)
            np.testing.assert_allclose(shown, values[block.key], rtol=1e-10, atol=1e-13, err_msg=block.key)


@EACH
def test_what_is_shown_goes_back_into_a_trace(document):
    sheet = WorkedSheet(document)
    for place, block in sheet.blocks.items():
        array = sheet.right.of(*place)
        assert np.array_equal(as_in_trace(block, on_screen(block, array), array), array)


@EACH
def test_the_memory_of_the_optimizer_is_that_of_its_step(document):
    sheet = WorkedSheet(document)
    slots = [place for place in sheet.blocks if place.tensor.startswith("slot.")]
    assert bool(slots) == bool(document.next_step.new_slots)
    for place in slots:
        _, slot, parameter = place.tensor.split(".")
        views = document.spec.views(np.asarray(document.next_step.new_slots[slot]))
        np.testing.assert_allclose(
            sheet.right.of(*place), getattr(views[place.layer - 1], parameter), rtol=1e-9, atol=1e-15
        )


def worked(document, place, numbers):
    """The sheet of a document from one block of somebody's own."""
    sheet = WorkedSheet(document)
    found = sheet.right.copy()
    found.given = {place: GivenNumbers(np.ones(numbers.shape, dtype=bool), numbers)}
    found.work(sheet.order, sheet.rules)
    return found


@pytest.mark.parametrize("key", ["seven_layers", "mazur", "softmax", "residual"])
def test_what_follows_from_other_outputs_of_a_layer_is_what_the_engine_gives_with_them_pinned(key):
    document = PRESETS[key].document
    trace = document.trace()
    other = np.round(trace.layers[0].a) + np.arange(trace.layers[0].a.size).reshape(trace.layers[0].a.shape)
    found = worked(document, Place("a", 1), other)
    pins = [
        {"layer": 1, "sample": sample + 1, "unit": unit + 1, "value": float(value)}
        for (sample, unit), value in np.ndenumerate(other)
    ]
    pinned = document.replace(pins=pins).trace()
    for number, layer in enumerate(pinned.layers[1:], start=2):
        for name in ("z", "a", "grad_a", "grad_z", "grad_weight"):
            np.testing.assert_allclose(found.of(name, number), getattr(layer, name), rtol=1e-12, atol=1e-12)
    assert float(found.of("loss", len(pinned.layers))) == pytest.approx(float(pinned.loss))


def test_what_follows_from_another_gradient_of_the_output_is_what_the_engine_gives_with_it():
    trace = PRESETS["seven_layers"].document.trace()
    own = np.array([[3.0], [-1.0]])
    loss = replace(trace.spec.loss, grad=lambda y, t: own * trace.samples)
    right = rerun(trace, spec=replace(trace.spec, loss=loss))
    found = worked(PRESETS["seven_layers"].document, Place("grad_a", 7), own)
    for number, layer in enumerate(right.layers, start=1):
        np.testing.assert_allclose(found.of("grad_weight", number), layer.grad_weight, rtol=1e-12)


def test_a_step_goes_on_with_somebodys_own_memory():
    document = MIXED
    sheet = WorkedSheet(document)
    own = 2.0 * sheet.right.of("slot.m.weight", 1)
    found = worked(document, Place("slot.m.weight", 1), own)
    old = np.array(document.layers[0].weight)
    right = sheet.right.of("new_weight", 1)
    np.testing.assert_allclose(found.of("new_weight", 1) - old, 2.0 * (right - old), rtol=1e-9)
    np.testing.assert_allclose(found.of("new_weight", 2), sheet.right.of("new_weight", 2), rtol=1e-12)


def test_own_probabilities_go_into_the_gradient():
    document = generate("softmax", 3, 1).document
    last, trace = len(document.layers), document.trace()
    own = np.full_like(trace.output, 0.5)
    found = worked(document, Place("probabilities", last), own)
    np.testing.assert_allclose(found.of("grad_a", last), (own - trace.target) / trace.samples, rtol=1e-12)
