"""A checkpoint of a run on the sheet: the batch is the one that the run takes next, and the gradient is the same."""

import numpy as np
import pytest

from mlpviz.config import suggested
from mlpviz.config.edits import with_value
from mlpviz.config.sources import SetSource
from mlpviz.engine.passes import Workspace, value_and_grad
from mlpviz.network import DocumentError
from mlpviz.runs import Run
from mlpviz.runs.to_document import document_of, next_batch, samples_of


def of(name, *changes):
    setup = suggested(SetSource.model_validate({"kind": "set", "set": name}))
    for path, value in (*changes, (("optimizer",), "sgd"), (("optimizer", "learning_rate"), 0.1)):
        setup = with_value(setup, path, value)
    return setup


SETUPS = {
    "classes": of("moons"),
    "values": of("sine"),
    "one output": of("moons", (("loss",), "mse"), (("one_hot",), False)),
    "last, smaller batch": of("moons", (("batch_size",), 50)),
    "drawn anew": of("moons", (("split", "redraw"), True)),
    "norm, dropout, skip": of(
        "circles", (("layers", 0, "norm"), "batch_norm"), (("layers", 1, "dropout"), 0.5), (("layers", 1, "skip"), 1)
    ),
}


@pytest.mark.parametrize("setup", SETUPS.values(), ids=SETUPS)
@pytest.mark.parametrize("steps", [0, 1, 5, 8])
def test_the_documents_update_is_the_runs_next_step(setup, steps):
    run = Run.of(setup)
    for _ in range(steps):
        run.step()
    member, checkpoint = run.members[0], run.checkpoint(0)
    batch = next_batch(member, run.snapshot(0))
    document = document_of(member, checkpoint, batch.part, "moons", run.hyperparameters["learning_rate"], batch.masks)
    assert document.spec.slots == member.spec.slots
    assert document.samples == batch.whole
    run.step()
    step = (checkpoint.params - run.checkpoint(0).params) / 0.1
    grad = document.trace().grad
    assert np.allclose(grad, step, rtol=1e-9, atol=1e-12)


def test_a_batch_too_large_is_cut_and_a_network_too_large_is_said():
    run = Run.of(with_value(SETUPS["classes"], ("batch_size",), None))
    batch = next_batch(run.members[0], run.snapshot(0))
    assert (len(batch.part.x), batch.whole) == (16, 120)
    large = Run.of(with_value(SETUPS["classes"], ("layers", 0, "units"), 4000))
    with pytest.raises(DocumentError, match="at most"):
        document_of(large.members[0], large.checkpoint(0), batch.part, "large", 0.1, {})


def test_chosen_samples_are_the_rows_of_the_table():
    run = Run.of(of("iris"))
    member = run.members[0]
    part = samples_of(member, [3, 77])
    assert np.allclose(member.built.scaling.invert(part.x), member.built.table.x[[3, 77]])
    assert part.target.argmax(axis=1).tolist() == member.built.table.target[[3, 77]].tolist()
    document = document_of(member, run.checkpoint(0), part, "iris", 0.1)
    workspace = Workspace(member.spec, np.array(run.checkpoint(0).params))
    loss, _ = value_and_grad(workspace, part.x, part.target)
    assert document.trace().loss == pytest.approx(float(loss))
