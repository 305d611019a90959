"""Whatever reader gets a damaged input: it reads it or refuses it with the documented error, in one sentence.

MLPVIZ_DAMAGED says how many each reader gets, MLPVIZ_SEED where the draws begin; docs/security.md has the figures of
many more.
"""

import os

import numpy as np
import pytest

from mlpviz.exchange import FORMATS
from mlpviz.exchange.imports import IMPORTS
from tests.support.damaged_readers import outcome, readers

COUNT = int(os.environ.get("MLPVIZ_DAMAGED", "150")) // 5
SEED = int(os.environ.get("MLPVIZ_SEED", "0"))
READERS = readers()


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.key)
def test_only_the_documented_error_is_raised(reader):
    random = np.random.default_rng([SEED, *reader.key.encode()])
    sentences = {outcome(reader, random).refused for _ in range(COUNT)}
    assert any(sentences), "nothing was damaged enough to be refused"
    for sentence in sentences - {""}:
        assert 5 < len(sentence) < 1_000
        assert sentence.isprintable()


def test_every_format_is_damaged():
    assert set(IMPORTS) <= {reader.key for reader in READERS}
    assert all(reader.samples for reader in READERS)
    opened = {entry.opening.subject.label for entry in FORMATS.values() if entry.opening}
    assert opened == {"a network", "a training", "a run"}
