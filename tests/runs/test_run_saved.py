"""A run as a file: it goes on to the very same numbers, and a damaged file is said."""

import json

import numpy as np
import pytest

from mlpviz.document import DocumentError
from mlpviz.engine import OPTIMIZERS
from mlpviz.runs import Run
from mlpviz.runs.saved import from_file, to_file
from mlpviz.setup import suggested
from mlpviz.setup.changes import with_value
from mlpviz.setup.comparisons import COMPARISONS
from mlpviz.setup.sources import SetSource

MOONS = suggested(SetSource.model_validate({"kind": "set", "set": "moons"}))


def of(*changes):
    setup = MOONS
    for path, value in changes:
        setup = with_value(setup, path, value)
    return setup


SETUPS = {key: of((("optimizer",), key)) for key in OPTIMIZERS} | {
    "norm and dropout": of((("layers", 0, "norm"), "batch_norm"), (("layers", 1, "dropout"), 0.5)),
    "schedule": of((("schedule",), "reduce_on_plateau")),
    "stopping": of((("stopping",), {"patience": 2})),
    "float32": of((("dtype",), "float32")),
    "drawn anew": of((("split", "redraw"), True)),
}


@pytest.mark.parametrize("setup", SETUPS.values(), ids=SETUPS)
def test_it_goes_on_to_the_same_numbers(setup):
    run = Run.of(setup)
    for _ in range(19):  # in the middle of an epoch
        run.step()
    again, same, _ = from_file(to_file(run, setup))
    assert same == setup
    assert again.status == "paused"
    assert again.curve(0, 0)[0][:, 0].tolist() == run.curve(0, 0)[0][:, 0].tolist()
    assert np.allclose(run.moment(0).row, again.moment(0).row, rtol=1e-6, equal_nan=True)
    for _ in range(20):
        run.step()
        again.step()
    assert np.array_equal(run.moment(0).params, again.moment(0).params)
    assert np.allclose(run.moment(0).row, again.moment(0).row, rtol=1e-6, equal_nan=True)


def test_of_several_networks_the_one_in_focus_is_saved():
    run = Run.compare(COMPARISONS["learning_rate"].setups(MOONS, "0.01, 0.1"), "learning_rate")
    run.focus = 1
    run.step()
    again, _, _ = from_file(to_file(run, run.lanes[1].setup))
    assert np.array_equal(again.moment(0).params, run.moment(1).params)
    assert np.array_equal(again.moment(0).row, run.moment(1).row, equal_nan=True)
    again.step()


def _with(**changes):
    run = Run.of(MOONS)
    return json.dumps({**json.loads(to_file(run, MOONS)), **changes})


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "no JSON"),
        ("[1]", "no run of version 1"),
        ('{"mlpviz_run": 2}', "no run of version 1"),
        (_with(setup={"data": 3}), "data"),
        (_with(params={"dtype": "object", "shape": [1], "bytes": ""}), "dtype is object"),
        (_with(params={"dtype": "float64", "shape": [1], "bytes": "AAAAAAAAAAA="}), "has shape"),
        (_with(step=-1), "no count"),
        (_with(random={"order": {}, "masks": {}}), "damaged"),
        (_with(slots={}), "damaged"),
    ],
)
def test_a_damaged_file_is_said(text, sentence):
    with pytest.raises(DocumentError, match=sentence):
        from_file(text)
