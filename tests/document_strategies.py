"""Random documents, and the seven-layer one as plain values: what several tests are given."""

from itertools import pairwise

from hypothesis import strategies as st

from mlpviz.document import Document
from mlpviz.engine import ACTIVATIONS, LOSSES

small = st.integers(-5, 5).map(float) | st.floats(-3, 3).map(lambda value: round(value, 2))
numbers = small | st.floats(-1e300, 1e300, allow_nan=False)


def matrices(height, width, entries=numbers):
    row = st.lists(entries, min_size=width, max_size=width)
    return st.lists(row, min_size=height, max_size=height)


@st.composite
def plain_documents(draw, entries=numbers, losses=tuple(LOSSES)):
    """A document as JSON values."""
    widths = draw(st.lists(st.integers(1, 4), min_size=2, max_size=5))
    samples = draw(st.integers(1, 4))
    loss = LOSSES[draw(st.sampled_from(losses))]
    layers = [
        {
            "weight": draw(matrices(outputs, inputs, entries)),
            "bias": draw(st.none() | st.lists(entries, min_size=outputs, max_size=outputs)),
            "activation": draw(st.sampled_from(list(ACTIVATIONS))),
        }
        for inputs, outputs in pairwise(widths)
    ]
    if loss.last_activations:
        layers[-1]["activation"] = draw(st.sampled_from(loss.last_activations))
    document = {
        "version": 1,
        "name": draw(st.text(st.characters(exclude_categories=("C", "Zl", "Zp")), max_size=80)),
        "layers": layers,
        "x": draw(matrices(samples, widths[0], entries)),
        "target": draw(targets(loss, samples, widths[-1], entries)),
        "loss": loss.key,
        "learning_rate": draw(st.floats(0, 10)),
    }
    if draw(st.booleans()):
        document["pins"] = draw(pins(widths[1:], samples, entries))
    if draw(st.booleans()):
        document["view"] = draw(views)
    return document


def targets(loss, samples, outputs, entries=numbers):
    if loss.target == "none":
        return st.none()
    if loss.target == "values":
        return matrices(samples, outputs, entries)
    if loss.target == "signs":
        return matrices(samples, outputs, st.floats(-1, 1))
    probabilities = matrices(samples, outputs, st.floats(0, 1))
    if loss.target == "probabilities":
        return probabilities
    return probabilities | st.lists(st.integers(0, outputs - 1), min_size=samples, max_size=samples)


def pins(widths, samples, entries=numbers):
    places = [
        (i, n, j) for i, width in enumerate(widths, 1) for n in range(1, samples + 1) for j in range(1, width + 1)
    ]
    chosen = st.lists(st.tuples(st.sampled_from(places), entries), max_size=3, unique_by=lambda pin: pin[0])
    return chosen.map(
        lambda found: [
            dict(zip(("layer", "sample", "unit", "value"), (*at, value), strict=True)) for at, value in found
        ]
    )


views = st.fixed_dictionaries(
    {},
    optional={
        "step": st.integers(0, 500),
        "sample": st.integers(1, 4),
        "granularity": st.sampled_from(["layer", "unit", "product"]),
        "selection": st.sampled_from(["grad_a 5 1 2", "weight 1 1 1", "x 0 1 1", "loss"]),
    },
)


def documents(entries=numbers, losses=tuple(LOSSES)):
    return plain_documents(entries, losses).map(Document.parse)


def assert_one_line(error):
    """An exception reads as one short sentence of our own, and no dump of a library."""
    text = str(error)
    assert 5 < len(text) < 300
    assert text.isprintable()
    assert "pydantic" not in text
    assert "Input should" not in text
