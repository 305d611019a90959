"""An update that leaves the range of numbers: the sentence names the operation and its operands."""

import pytest

from mlpviz.engine.optimizers import OPTIMIZERS
from mlpviz.network import Document, DocumentError
from mlpviz.network.edits import apply_update
from tests.support.edit_events import MAZUR, refused


def network(weight=1.0, x=1.0, rate=0.1, **more):
    return Document.parse(
        {
            "layers": [{"weight": [[weight]], "activation": "identity"}],
            "x": [[x]],
            "target": [[0]],
            "loss": "half_sse",
            "learning_rate": rate,
        }
        | more
    )


def test_a_huge_rate_names_the_product():
    said = refused(apply_update, network(weight=10, rate=1e300))
    assert said.startswith("update 1 would make the weight of layer 1 infinite or not a number: 1e+300 · 10 is 1e+301")
    assert said.endswith("; try a smaller learning rate")


@pytest.mark.parametrize("key", ["adam", "adamw", "rmsprop", "adagrad", "adadelta"])
def test_the_square_of_a_gradient_that_overflows_is_named(key):
    said = refused(apply_update, network(weight=1e160, optimizer=key))
    assert "^2 is no finite number" in said or "1e+160 · 1e+160 is no finite number" in said, said


def test_a_velocity_that_overflows_is_named():
    said = refused(apply_update, network(weight=5e299, rate=0, optimizer={"key": "sgd", "momentum": 0.9}), 40)
    assert "would make velocity of the optimizer infinite or not a number: " in said
    assert "e+300" in said


def test_a_gradient_that_is_no_number_is_said_to_be():
    said = refused(apply_update, network(weight=1e200, x=1e200))
    assert "its gradient is" in said


def test_the_statistic_of_a_batch_is_named():
    normed = network(x=1e200)
    layer = normed.layers[0].fields() | {"norm": "batch_norm"}
    document = normed.replace(layers=(layer,), x=((1e200,), (-1e200,)), target=((0.0,), (1.0,)))
    said = refused(apply_update, document)
    assert ": the variance of z of layer 1, unit 1, is Infinity; try smaller numbers in x" in said


def sentence_or_none(document):
    """What is said of three updates that cannot be; None where they can, with all numbers within bounds."""
    try:
        after = apply_update(document, 3).document
    except DocumentError as error:
        return str(error)
    assert abs(after.params).max() <= 1e300
    return None


@pytest.mark.parametrize("key", OPTIMIZERS)
def test_no_root_of_a_negative_number_and_nothing_raises(key):
    """Extreme rates for every optimizer: a new network, or one sentence."""
    for rate in (1e-300, 1.0, 1e150, 1e300):
        document = MAZUR.replace(optimizer=key, learning_rate=rate)
        said = sentence_or_none(document)
        assert said is None or ("would make" in said and "sqrt(-" not in said)
