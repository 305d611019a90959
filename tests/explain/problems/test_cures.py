"""Every cure that is offered improves what it names, over random networks in which something is wrong.

What it must do is read from the numbers of the network after it, not from what the search for cures thinks of it.
`python -m tests.explain.problems.test_cures 5000` runs the same over as many networks as one likes.
"""

import re
import sys
from collections import Counter

import numpy as np
import pytest

from mlpviz.engine import rerun
from mlpviz.explain.nonfinite import first_nonfinite
from mlpviz.explain.problems import problems_card
from mlpviz.network import Document, edits
from mlpviz.text.numbers import format_number
from tests.support.troubled_documents import troubled_document

NETWORKS = 300


def size(array) -> float:
    finite = np.abs(np.asarray(array))[np.isfinite(array)]
    return float(finite.max()) if finite.size else 0.0


def reach(trace) -> float:
    """How far numbers grow, forward or backward, beside those at the ends."""
    ends = max(1.0, size(trace.x), 0.0 if trace.target is None else size(trace.target))
    forward, last = max(size(layer.z) for layer in trace.layers) / ends, size(trace.layers[-1].grad_a)
    return max(forward, max(size(layer.grad_a) for layer in trace.layers) / last if last else 0.0)


def next_loss(document: Document) -> float:
    return float(rerun(document.trace(), params=document.next_step.new_params).loss)


def check_label(document: Document, label: str, event: dict) -> None:
    """A button does what is written on it, to four digits."""
    if found := re.match(r"(Divide|Multiply) (all inputs|W of layer (\d+)) by (.*)", label):
        verb, _, layer, by = found.groups()
        trace = document.trace()
        before = trace.x if layer is None else trace.layers[int(layer) - 1].weight
        factor = float(by.replace("−", "-").replace(",", "").lstrip("≈ "))
        after = before / factor if verb == "Divide" else before * factor
        assert np.allclose(event["rows"], after, rtol=1e-3, atol=0.0), label
    if found := re.match(r"Set η to (.*)", label):
        assert format_number(event["value"]) == found[1]


def check(document: Document, finding: dict) -> None:
    """The cure of a finding, held against the numbers."""
    label, event = finding["remedy"]["label"], finding["remedy"]["event"]
    check_label(document, label, event)
    after = edits.apply(document, event).document
    left = {found["key"]: found for found in problems_card(after)}
    again = left.get(finding["key"])
    before, now = document.trace(), after.trace()
    number = int(finding["place"].split()[1])
    match finding["key"]:
        case "not_finite":
            first, then = first_nonfinite(before), first_nonfinite(now)
            assert first is not None
            assert then is None or then.position > first.position
            return
        case "exploding":
            assert np.isfinite(now.loss)
            assert reach(now) <= max(1e3, reach(before) / 2)
            return
        case "too_large":
            assert next_loss(after) < float(now.loss)
        case "saturated":
            assert size(now.layers[number - 1].grad_z) > size(before.layers[number - 1].grad_z)
        case "dead":
            learns = after if after.learning_rate else after.replace(learning_rate=0.01)
            learned = edits.apply(learns, {"type": "update", "times": 2}).document
            assert any(
                one.weight != other.weight for one, other in zip(after.layers[:number], learned.layers, strict=False)
            )
    assert again is None or again["place"] != finding["place"], str(again and again["sentence"])


def run(seed: int) -> list[str]:
    """The keys of the findings that offer a cure."""
    document = troubled_document(seed)
    offered = [finding for finding in problems_card(document) if finding["remedy"] is not None]
    for finding in offered:
        check(document, finding)
    return [finding["key"] for finding in offered]


@pytest.mark.parametrize("block", range(10))
def test_every_cure_improves_what_it_names(block: int) -> None:
    share = NETWORKS // 10
    assert [key for seed in range(block * share, (block + 1) * share) for key in run(seed)]


if __name__ == "__main__":
    cures: Counter[str] = Counter()
    for number in range(int(sys.argv[1])):
        try:
            cures.update(run(number))
        except Exception as error:
            print(number, type(error).__name__, str(error)[:300])
            cures["FALSE"] += 1
    print(cures)
