"""A checkpoint of a run on the sheet: the batch is the one that the run takes next, and the gradient is the same."""

import numpy as np
import pytest

from mlpviz.config import suggested
from mlpviz.config.edits import with_value
from mlpviz.config.sources import SetSource
from mlpviz.config.sweeps import SWEEPS
from mlpviz.engine import OPTIMIZERS, SCHEDULES
from mlpviz.engine.passes import Workspace
from mlpviz.network import Document, DocumentError
from mlpviz.network.edits import apply_update
from mlpviz.runs import Run
from mlpviz.runs.to_document import document_of, next_batch, next_update, samples_of, unlike_the_run
from tests.support.value_and_grad import value_and_grad


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
    "learned slopes, RMS norm": of(
        "circles",
        (("layers", 0, "activation"), {"key": "prelu", "per_unit": True}),
        (("layers", 0, "norm"), "rms_norm"),
        (("layers", 1, "activation"), "prelu"),
        (("layers", 1, "dropout"), 1),
        (("layers", 1, "skip"), 1),
    ),
    "drawn slopes": of(
        "circles",
        (("layers", 0, "activation"), "rrelu"),
        (("layers", 1, "activation"), "rrelu"),
        (("layers", 1, "dropout"), 0.5),
    ),
}


@pytest.mark.parametrize("setup", SETUPS.values(), ids=SETUPS)
@pytest.mark.parametrize("steps", [0, 1, 5, 8])
def test_the_documents_update_is_the_runs_next_step(setup, steps):
    run = Run.of(setup)
    for _ in range(steps):
        run.step()
    member, checkpoint = run.members[0], run.state(0).checkpoint
    batch = next_batch(member, run.state(0).snapshot)
    document = document_of(member, checkpoint, batch.part, "moons", next_update(run, 0), batch.masks)
    assert document.spec.slots == member.spec.slots
    assert document.samples == batch.whole
    run.step()
    step = (checkpoint.params - run.state(0).checkpoint.params) / 0.1
    grad = document.trace().grad
    assert np.allclose(grad, step, rtol=1e-9, atol=1e-12)


def optimizers():
    """Every optimizer with its defaults, and each of its switches turned on."""
    for key, optimizer in OPTIMIZERS.items():
        yield {"key": key, "learning_rate": 0.01}
        for each in optimizer.hyperparameters:
            if each.kind == "bool" and not each.default:
                momentum = {"momentum": 0.9} if each.name == "nesterov" else {}
                yield {"key": key, "learning_rate": 0.01, each.name: True} | momentum
    yield {"key": "sgd", "learning_rate": 0.01, "momentum": 0.9, "dampening": 0.1, "weight_decay": 0.01}


def sheet_and_run(run, member=0):
    """The numbers after an update on the sheet, and those of the run one step later."""
    run.focus = member
    batch = next_batch(run.members[member], run.state(member).snapshot)
    assert unlike_the_run(run, batch) == ""
    document = document_of(
        run.members[member], run.state(member).checkpoint, batch.part, "step", next_update(run, member), batch.masks
    )
    document = Document.parse(document.to_json())
    assert document.steps_taken == (run.state(member).snapshot.step if document.slots else 0)
    updated = apply_update(document).document
    run.step()
    shown = run.state(member).checkpoint
    assert updated.params.tolist() == shown.params.tolist()
    assert updated.buffers.tolist() == shown.buffers.tolist()
    return updated


@pytest.mark.parametrize("optimizer", [*optimizers()], ids=str)
@pytest.mark.parametrize("steps", [0, 7])
def test_the_sheets_update_gives_the_bits_of_the_runs_next_step(optimizer, steps):
    run = Run.of(with_value(SETUPS["classes"], ("optimizer",), optimizer))
    for _ in range(steps):
        run.step()
    sheet_and_run(run)


@pytest.mark.parametrize("schedule", SCHEDULES)
@pytest.mark.parametrize("counts", ["epochs", "steps"])
def test_the_rate_is_that_of_the_schedule(schedule, counts):
    setup = with_value(SETUPS["norm, dropout, skip"], ("optimizer",), {"key": "adam", "learning_rate": 0.03})
    setup = with_value(setup, ("schedule",), schedule)
    if SCHEDULES[schedule].observe is None:
        setup = with_value(setup, ("schedule_counts",), counts)
    run = Run.of(setup)
    run.set_hyperparameters(beta1=0.8)
    for _ in range(10):
        run.step()
    sheet_and_run(run)
    run.show_checkpoint(0)
    sheet_and_run(run)


def test_a_member_of_several_brings_its_own_optimizer():
    setup = with_value(SETUPS["classes"], ("optimizer",), "adam")
    for sweep, values in (("learning_rate", "0.1, 0.01, 0.001"), ("seed", "1, 2, 3"), ("optimizer", "sgd, adam")):
        chosen = SWEEPS[sweep]
        run = Run.compare(chosen.configs(setup, values), chosen.key)
        for _ in range(3):
            run.step()
        if sweep != "seed":  # the members of one engine run with different seeds draw from one generator
            sheet_and_run(run, 1)
        assert next_update(run, 1).learning_rate == run.state(1).config.optimizer.entry.settings["learning_rate"]


def test_what_the_sheet_leaves_out_is_said():
    plain = SETUPS["classes"]
    for path, value, word in (
        (("clipping",), "norm", "clipping"), (("dtype",), "float32", "float32"),
        (("batch_size",), None, "all of the batch"),
    ):  # fmt: skip
        run = Run.of(with_value(plain, path, value))
        assert word in unlike_the_run(run, next_batch(run.members[0], run.state(0).snapshot))


@pytest.mark.parametrize(
    "changes",
    [
        {("penalty",): "l2", ("penalize_biases",): True},
        {("layers", 0, "frozen"): ["weight"], ("layers", 1, "learning_rate"): 0.02, ("schedule",): "exponential"},
        {("layers", 0, "one_bias"): True},
    ],
)
def test_penalties_and_what_an_update_leaves_alone_go_along(changes):
    setup = SETUPS["classes"]
    for path, value in changes.items():
        setup = with_value(setup, path, value)
    run = Run.of(setup)
    for _ in range(3):
        run.step()
    assert unlike_the_run(run, next_batch(run.members[0], run.state(0).snapshot)) == ""
    sheet_and_run(run, 0)


def test_a_batch_too_large_is_cut_and_a_network_too_large_is_said():
    run = Run.of(with_value(SETUPS["classes"], ("batch_size",), None))
    batch = next_batch(run.members[0], run.state(0).snapshot)
    assert (len(batch.part.x), batch.whole) == (16, 120)
    large = Run.of(with_value(SETUPS["classes"], ("layers", 0, "units"), 4000))
    with pytest.raises(DocumentError, match="at most"):
        document_of(large.members[0], large.state(0).checkpoint, batch.part, "large", next_update(large, 0), {})


def test_chosen_samples_are_the_rows_of_the_table():
    run = Run.of(of("iris"))
    member = run.members[0]
    part = samples_of(member, [3, 77])
    assert np.allclose(member.built.scaling.invert(part.x), member.built.table.x[[3, 77]])
    assert part.target.argmax(axis=1).tolist() == member.built.table.target[[3, 77]].tolist()
    document = document_of(member, run.state(0).checkpoint, part, "iris", next_update(run, 0))
    workspace = Workspace(member.spec, np.array(run.state(0).checkpoint.params))
    loss, _ = value_and_grad(workspace, part.x, part.target)
    assert document.trace().loss == pytest.approx(float(loss))
