import json
from importlib.resources import files

import numpy as np
import pytest

from mlpviz.examples.networks import PRESETS
from mlpviz.network.edits import apply_update
from mlpviz.network.edits.optimizer import update_with_sample
from mlpviz.verify.report import check
from tests.support.repository import CASES


@pytest.mark.parametrize("preset", PRESETS.values(), ids=PRESETS)
def test_every_preset_is_a_document_with_finite_numbers(preset):
    document = preset.document
    assert document is preset.document
    assert preset.label
    assert "\n" not in preset.description
    assert preset.question.endswith("?")
    assert np.isfinite(document.trace().grad).all()
    assert document.pins == ()


@pytest.mark.parametrize("preset", PRESETS.values(), ids=PRESETS)
def test_the_files_are_as_the_app_would_save_them(preset):
    saved = files("mlpviz.examples.networks").joinpath(f"{preset.key}.json").read_text(encoding="utf-8")
    assert saved == preset.document.to_json(1)


def test_every_file_has_its_record():
    folder = files("mlpviz.examples.networks")
    assert {entry.name for entry in folder.iterdir() if entry.name.endswith(".json")} == {
        f"{key}.json" for key in PRESETS
    }


def test_seven_layers_has_its_published_numbers():
    document = PRESETS["seven_layers"].document
    case = json.loads((CASES / "seven_layer_mlp.json").read_text(encoding="utf-8"))
    trace = document.trace()
    for layer, a in zip(trace.layers, case["expected"]["a"], strict=True):
        assert layer.a.T.tolist() == a
    assert float(trace.loss) == 4.0
    assert trace.layers[4].grad_a[1, 0] == 0.0
    assert trace.layers[4].a[1, 0] > 0.0


def test_every_update_of_seven_layers_lowers_the_loss():
    document, losses = PRESETS["seven_layers"].document, []
    for _ in range(101):
        losses.append(float(document.trace().loss))
        document = apply_update(document).document
    assert losses == sorted(losses, reverse=True)
    assert len(set(losses)) == 101
    assert losses[10] < 0.2


def test_mazur_has_its_published_numbers():
    document = PRESETS["mazur"].document
    expected = json.loads((CASES / "mazur_step_by_step.json").read_text(encoding="utf-8"))
    trace = document.trace()
    assert float(trace.loss) == pytest.approx(expected["expected"]["loss"], abs=1e-9)
    updated = apply_update(document).document
    for layer, numbers in zip(updated.layers, expected["update"]["updated"], strict=True):
        assert np.allclose(layer.weight, numbers["W"], rtol=0, atol=1e-8)


def test_xor_is_solved():
    trace = PRESETS["xor"].document.trace()
    assert trace.output.ravel().tolist() == [0, 1, 1, 0]
    assert not trace.grad.any()


def test_the_gradient_vanishes():
    layers = PRESETS["vanishing"].document.trace().layers
    assert len(layers) == 10
    assert np.abs(layers[0].grad_weight).max() < 1e-4 * np.abs(layers[-1].grad_weight).max()


def test_the_dead_unit_is_dead_and_the_others_live():
    layer = PRESETS["dead_relu"].document.trace().layers[0]
    assert (layer.z[:, 2] < 0).all()
    assert not layer.grad_weight[2].any()
    assert layer.grad_weight[:2].any(axis=1).all()
    assert (layer.z != 0).all()  # no sample sits on the kink


def test_iris_has_the_architecture_and_one_flower_of_each_species():
    document = PRESETS["iris"].document
    assert document.widths == (4, 30, 10, 3)
    assert document.target == (0, 1, 2)
    assert document.trace().probabilities is not None


@pytest.mark.parametrize("key", PRESETS)
def test_every_preset_is_proved(key):
    report = check(PRESETS[key].document.trace())
    assert report.ok, report.summary


def test_the_perceptron_takes_rosenblatts_steps_and_learns_and():
    document = PRESETS["perceptron"].document
    x, target = np.array(document.x), np.ravel(document.target)
    weight, bias, rounds = np.ones(2), 1.0, 0
    while True:
        wrong = 0
        for sample, (row, sign) in enumerate(zip(x, target, strict=True), start=1):
            if sign * (weight @ row + bias) <= 0:  # on the wrong side, or on the line
                weight, bias, wrong = weight + sign * row, bias + sign, wrong + 1
            document = update_with_sample(document, sample).document
            assert document.params.tolist() == [*weight, bias]
        rounds += 1
        if not wrong:
            break
    assert rounds == 9
    assert (np.sign(document.trace().output.ravel()) == target).all()
