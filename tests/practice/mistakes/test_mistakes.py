"""The records of the catalogue: each has a place in some network, gives other numbers there, and says so."""

import numpy as np
import pytest

from mlpviz.engine import rerun
from mlpviz.engine.tensor_names import tensors
from mlpviz.examples.networks import PRESETS
from mlpviz.network import Document
from mlpviz.practice.mistakes import MISTAKES, WrongCell
from mlpviz.practice.mistakes.planted import PLANTED
from mlpviz.practice.rules import WorkedSheet
from mlpviz.practice.topics import TOPICS, generate

OTHERS = (
    {"layers": [{"weight": [[1, 2], [3, -1], [1, 1]], "bias": [1, 2, 0.5], "activation": {"key": "prelu", "init": 0.5}},
                {"weight": [[1, 2, 0], [2, 1, 1], [0, 1, 3]], "bias": None, "activation": "tanh", "norm": "layer_norm"},
                {"weight": [[1, -2, 1], [2, 1, 0], [1, 1, 1]], "bias": None, "activation": "identity",
                 "norm": "rms_norm"}],
     "x": [[1, 2], [-3, 1]], "target": [[1, 2, 3], [0, 1, 1]], "loss": {"key": "mse", "reduction": "sum"}},
    {"layers": [{"weight": [[1, 2], [3, -1]], "bias": None, "activation": "softmax"}],
     "x": [[1, 2], [-0.5, 1]], "target": [[1, 0], [0, 1]], "loss": "half_sse"},
)  # fmt: skip
DOCUMENTS = [
    *(preset.document for preset in PRESETS.values()),
    *(generate(topic, 3, 1).document for topic in TOPICS),
    *map(Document.parse, OTHERS),
]


@pytest.fixture(scope="module")
def sheets():
    return [WorkedSheet(document) for document in DOCUMENTS]


def made(mistake, sheet):
    """Where a mistake gives other numbers than the right ones: the place, the array, which way."""
    for place in sheet.order:
        if mistake.is_about(place.tensor):
            right = sheet.right.of(*place)
            with np.errstate(all="ignore"):
                for way in mistake.wrong(sheet.right, place, right):
                    assert way.numbers.shape == right.shape, place
                    if not np.allclose(way.numbers, right, equal_nan=True):
                        yield place, way


def test_there_are_many():
    assert len(MISTAKES) >= 24


@pytest.mark.parametrize(
    ("said", "keys"),
    [
        ("activation or its slope forgotten", ("activation_forgotten", "slope_forgotten")),
        ("slope at a instead of z, and at z instead of a", ("slope_at_a", "sigmoid_slope_at_z", "tanh_slope_at_z")),
        ("ReLU gate inverted, or of another sample", ("relu_gate_reversed", "gate_of_other_sample")),
        ("W and its transpose mixed, backward and forward", ("rows_for_columns", "columns_for_rows")),
        ("rows and columns of ∂L/∂W mixed", ("outer_product_transposed",)),
        ("sums over samples, paths and products forgotten", ("one_sample", "one_path", "one_product_of_z")),
        ("mean and sum", ("mean_over_samples", "mean_forgotten", "mean_for_sum", "sum_for_mean")),
        ("factors of the loss", ("factor_two_forgotten", "half_of_loss", "factor_two_added")),
        ("sign of a − t, target and output swapped", ("loss_sign_reversed",)),
        ("softmax without the others", ("other_classes_forgotten", "softmax_diagonal_only", "softmax_not_divided")),
        ("p for p − t, log of the wrong class", ("target_forgotten", "log_of_wrong_class")),
        ("bias", ("bias_forgotten", "bias_once_per_weight")),
        ("update", ("plus_for_minus", "rate_forgotten", "updated_weight", "old_forgotten")),
        ("optimizers", ("memory_forgotten", "correction_forgotten", "square_of_gradient_forgotten")),
        ("norm and dropout", ("batch_statistics_held", "dropout_not_scaled", "dropout_not_rescaled")),
        ("slips", ("sign_slip", "product_left_out", "added_for_multiplied", "copied_from_neighbour")),
    ],
)
def test_the_mistakes_that_teachers_know_are_there(said, keys):
    assert not set(keys) - MISTAKES.keys(), said


@pytest.mark.parametrize("key", MISTAKES)
def test_each_has_a_place_and_says_so_with_the_numbers_there(key, sheets):
    mistake = MISTAKES[key]
    assert mistake.sentence.endswith(".")
    found = [(sheet, *each) for sheet in sheets for each in made(mistake, sheet)]
    assert found
    for sheet, place, way in found[:20]:
        right = sheet.right.of(*place)
        at = tuple(int(each[0]) for each in np.nonzero(np.atleast_1d(way.numbers != right)))[: right.ndim]
        said = str(mistake.said(WrongCell(sheet.right, place, at, way.which)))
        assert said
        assert "nan" not in said.lower()
        assert not said.endswith(".")


@pytest.mark.parametrize("mistake", PLANTED, ids=[mistake.key for mistake in PLANTED])
def test_run_on_a_block_it_gives_what_it_gives_planted_in_the_network(mistake, sheets):
    compared = 0
    for sheet in sheets:
        trace = sheet.document.trace()
        if not mistake.fits(trace.spec, trace.training):
            continue
        wrong = rerun(trace, spec=mistake.plant(trace.spec))
        # the first block of the backward pass that is wrong has right numbers before it
        wrongs = [
            each
            for each in tensors(trace.spec, trace.training)
            if not np.allclose(each.of(wrong), each.of(trace), rtol=1e-9, atol=1e-12)
        ]
        if not wrongs:
            continue
        name = wrongs[0]
        place = next(each for each in sheet.order if each == (name.field, (name.layer or 0) + 1))
        if not mistake.is_about(place.tensor):
            continue
        (way,) = mistake.wrong(sheet.right, place, sheet.right.of(*place))
        np.testing.assert_allclose(way.numbers, name.of(wrong), rtol=1e-9, atol=1e-12)
        compared += 1
    # of dropout the app plants it behind the mask, in the slope
    assert compared or mistake.key == "dropout_not_scaled"
