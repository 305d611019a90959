"""No sentence of a page, a card or an error is wrong in number, article or spacing, whatever the network.

MLPVIZ_SENTENCES says how many moves are made and things damaged, MLPVIZ_SEED where the walks begin.
"""

import json
import os
import re

import numpy as np
import pytest

from mlpviz.config import TrainingConfig
from mlpviz.examples.networks import PRESETS
from mlpviz.examples.trainings import TRAININGS
from mlpviz.network import Document, DocumentError
from tests.support.damage import damaged
from tests.support.grammar import mistakes, sentences_in
from tests.support.sheet_walk import SheetWalker
from tests.support.train_walk import TrainWalker

COUNT = int(os.environ.get("MLPVIZ_SENTENCES", "4"))
SEED = int(os.environ.get("MLPVIZ_SEED", "0"))


def assert_well_written(value, seen):
    for text in sentences_in(value):
        if text not in seen:
            seen.add(text)
            assert mistakes(text) == [], text


def walked(walker, moves):
    """Every different sentence of the answers on a walk."""
    seen, ask = set(), walker.send

    def send(*events, **more):
        answer = ask(*events, **more)
        assert_well_written(answer, seen)
        return answer

    walker.send = send
    for _ in range(moves):
        walker.step()
    return seen


def test_the_patterns_see_what_they_are_for():
    wrong = [
        "There are now 1 sample.", "It has 1 samples in all.", "It has 3 sample in all.", "This is a identity here.",
        "This is an sample here.", "The the loss is 3.", "It is 3 , which is odd.", "It is  odd here.",
        "It is {number} here.", "It is None here.", "It is odd..",
    ]  # fmt: skip
    for text in wrong:
        assert mistakes(text), text
    right = (
        "There is 1 sample, and a unit of layer 1 reads 3 samples; an MLP has a one-hot row, and of 1 number a is 2."
    )
    assert mistakes(right) == []
    assert [*sentences_in({"a": ["the loss is ", ["0.33", "0.3333"], " here"]})] == ["the loss is 0.33 here"]


@pytest.mark.parametrize("key", PRESETS)
def test_sentences_of_the_sheet(key):
    assert len(walked(SheetWalker({"d": PRESETS[key].document.to_link()}, SEED), COUNT)) > 20


def test_sentences_of_the_training_page():
    assert len(walked(TrainWalker({}, SEED), 4 * COUNT)) > 20


@pytest.mark.parametrize(
    ("model", "plain"),
    [
        (Document, [json.loads(preset.document.to_json()) for preset in PRESETS.values()]),
        (TrainingConfig, [training.setup.to_json_value() for training in TRAININGS.values()]),
    ],
    ids=["documents", "setups"],
)
def test_sentences_of_what_is_refused(model, plain):
    draw, seen = np.random.default_rng(SEED), set()
    for number in range(100 * COUNT):
        try:
            model.parse(damaged(draw, plain[number % len(plain)]))
        except DocumentError as error:
            # what was given is repeated as it was
            assert_well_written(re.sub(r"'[^']*'", "it", str(error)), seen)
    assert len(seen) > 20
