"""A network of the sheet is trained from its own weights on its own samples: the first full batch is its update."""

import re

import pytest

from mlpviz.app.visitor import Visitor
from mlpviz.config import TrainingConfig
from mlpviz.config.edits import with_layer, with_value
from mlpviz.engine import LOSSES
from mlpviz.examples.networks import PRESETS
from mlpviz.hosts.pages import PAGES
from mlpviz.network import Document, DocumentError
from mlpviz.network.edits import apply, apply_update
from mlpviz.runs import Run, RunError
from mlpviz.train_page.sheet_training import training_of


def _trainable():
    for key, preset in PRESETS.items():
        try:
            yield key, preset.document, Run.of(training_of(preset.document))
        except (DocumentError, RunError):
            continue


def test_the_runs_first_step_is_the_sheets_update():
    names = []
    for key, document, run in _trainable():
        names.append(key)
        assert run.state(0).checkpoint.params.tolist() == document.params.tolist(), key
        if document.pins or any(layer.dropout or layer.norm for layer in document.layers) or not document.training:
            continue
        if document.optimizer_state is not None:
            continue
        run.step()
        assert run.state(0).checkpoint.params.tolist() == apply_update(document).document.params.tolist(), key
    assert len(names) > len(PRESETS) / 2, names


def test_a_schedule_own_rates_and_a_penalty_go_along():
    plain = {
        "layers": [
            {"weight": [[0.1, 0.2], [0.3, 0.4]], "bias": 0.5, "activation": "tanh", "learning_rate": 0.02},
            {"tied_to": 1, "transposed": True, "bias": [0.1, 0.2], "activation": "identity", "frozen": ["bias"]},
        ],
        "x": [[1, 2], [3, -1]],
        "target": [[1, 2], [3, -1]],
        "loss": "mse",
        "optimizer": {"key": "sgd", "momentum": 0.9},
        "penalty": {"key": "l2", "strength": 0.1},
        "schedule": "one_cycle",
    }
    document = Document.parse(plain)
    run = Run.of(training_of(document))
    for _ in range(3):
        run.step()
    assert run.state(0).checkpoint.params.tolist() == apply_update(document, 3).document.params.tolist()


TARGETS = {
    "class numbers": [0, 2, 1],
    "rows": [[1, 0, 0], [0, 0, 1], [0, 1, 0]],
    "signs": [[1, -1, -1], [-1, -1, 1], [-1, 1, -1]],
    "shares": [[0.2, 0.3, 0.5], [0.1, 0.1, 0.8], [0, 0, 1]],
}


def _with_settings():
    for key, loss in LOSSES.items():
        yield key, {}
        for each in loss.hyperparameters:
            if each.kind == "floats":
                yield key, {each.name: [0.5, 2, 3]}
            elif each.name in ("ignore_index", "factor", "label_smoothing"):
                yield key, {each.name: 1}


@pytest.mark.parametrize(("key", "given"), [*_with_settings()], ids=str)
def test_the_run_begins_with_the_loss_of_the_sheet_or_is_refused(key, given):
    """Rows under class weights are another loss than class numbers: they are refused, and read as no other target."""
    activations = LOSSES[key].last_activations or ("identity",)
    layer = {"weight": [[0.1, 0.2], [0.3, -0.4], [0.5, 0.6]], "bias": [0.1, 0.2, 0.3], "activation": activations[0]}
    for name, target in TARGETS.items():
        plain = {"layers": [layer], "x": [[1, 2], [3, 4], [-1, 0.5]], "target": target, "loss": {"key": key, **given}}
        try:
            document = Document.parse(plain)
        except DocumentError:
            continue
        try:
            run = Run.of(training_of(document))
        except DocumentError:
            continue
        assert run.state(0).snapshot.train.loss == pytest.approx(document.trace().loss, rel=1e-12, nan_ok=True), name


def test_rows_that_another_loss_would_read_are_refused_with_a_way_out():
    plain = {
        "layers": [{"weight": [[0.1], [0.3]], "activation": "identity"}],
        "x": [[1], [2]], "target": [[0, 1], [1, 0]], "loss": {"key": "cross_entropy", "weight": [1, 3]},
    }  # fmt: skip
    with pytest.raises(DocumentError, match="Write the targets as class numbers first"):
        training_of(Document.parse(plain))
    numbers = apply(Document.parse(plain), {"type": "set_target_form", "form": "numbers"}).document
    assert training_of(numbers).data.classes == (1, 0)


def test_a_link_holds_the_weights_and_another_shape_draws_anew():
    _, document, run = next(_trainable())
    config = TrainingConfig.from_link(run.members[0].config.to_link())
    assert Run.of(config).state(0).checkpoint.params.tolist() == document.params.tolist()
    assert with_layer(config).start is None
    assert with_value(config, ("layers", 0, "units"), 9).start is None
    assert with_value(config, ("initializer",), "zeros").start is None
    assert with_value(config, ("epochs",), 3).start == config.start
    assert Run.of(with_value(config, ("start",), None)).state(0).checkpoint.params.tolist() != document.params.tolist()


def test_new_weights_are_drawn():
    _, document, run = next(_trainable())
    run.reset(new_weights=True)
    assert run.state(0).checkpoint.params.tolist() != document.params.tolist()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda start: start[:-1], "start has"),
        (lambda start: [{**start[0], "weight": [[1.0]]}, *start[1:]], "start row 1.weight has another shape"),
        (lambda start: [{**start[0], "gamma": [1.0]}, *start[1:]], "start row 1.gamma is there"),
    ],
)
def test_weights_that_do_not_fit_are_refused(change, said):
    _, _, run = next(_trainable())
    config = run.members[0].config
    with pytest.raises(DocumentError, match=re.escape(said)):
        Run.of(config.replace(start=change(config.to_json_value()["start"])))


def test_the_button_opens_the_run_on_the_train_page():
    visitor = Visitor(PAGES)
    visitor.visit("sheet", {})
    document = visitor.sessions["sheet"].document
    answer = visitor.handle({"page": "sheet", "events": [{"type": "train_network"}], "sequence": 1})
    assert answer["go"] == "train"
    session = visitor.sessions["train"]
    assert session.said.error is None
    assert session.run.state(0).checkpoint.params.tolist() == document.params.tolist()


def test_sample_by_sample_is_one_epoch_with_batches_of_one():
    for key, document, run in _trainable():
        if document.pins or not document.spec.is_plain or not document.training or document.optimizer_state:
            continue
        run = Run.of(run.members[0].config.replace(batch_size=1))
        for sample in range(1, document.samples + 1):
            document = apply(document, {"type": "update_sample", "sample": sample}).document
            document = Document.parse(document.to_json())
            run.step()
            assert run.state(0).checkpoint.params.tolist() == document.params.tolist(), key


def test_there_must_be_such_a_sample():
    document = next(iter(PRESETS.values())).document
    with pytest.raises(DocumentError, match="expected 1 to"):
        apply(document, {"type": "update_sample", "sample": document.samples + 1})
