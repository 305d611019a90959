"""Hyperparameters of the optimizers: bad values, configured entries, and their formulas and sentences."""

import latex2mathml.converter
import pytest

from mlpviz.engine.hyperparameters import HyperparameterError
from mlpviz.engine.optimizers import OPTIMIZERS
from tests.support.torch_optimizers import loaded


def test_the_sentence_of_weight_decay_says_which_one_it_is():
    for optimizer in OPTIMIZERS.values():
        decay = next((each for each in optimizer.hyperparameters if each.name == "weight_decay"), None)
        # Rprop looks at signs only and L-BFGS at curvature, so torch gives them none
        assert (decay is None) == (optimizer.key in ("rprop", "lbfgs"))
        if decay is not None:
            assert decay.sentence.startswith("Decoupled" if optimizer.decoupled else "Coupled")


@pytest.mark.parametrize("optimizer", [*OPTIMIZERS.values(), *loaded()], ids=lambda optimizer: optimizer.key)
def test_the_formula_has_a_line_for_every_slot(optimizer):
    lines = [line.latex for line in optimizer.lines]
    for slot in optimizer.slots_in_use:
        assert slot.line_with(optimizer.settings).latex in lines
        assert slot.label
    assert lines[0].startswith("g = ")
    after = sum(slot.after for slot in optimizer.slots_in_use)
    assert lines[len(lines) - 1 - after].startswith(r"\theta \leftarrow"), "only what is computed from it comes later"
    for line in (*lines, *(slot.symbol.latex() for slot in optimizer.slots)):
        latex2mathml.converter.convert(line)


def test_the_formula_follows_the_hyperparameters():
    sgd = OPTIMIZERS["sgd"]
    assert len(sgd.lines) == 2
    assert len(sgd.configure(momentum=0.9).lines) == 3
    assert r"\lambda" in sgd.configure(weight_decay=0.1).lines[0].latex
    assert r"(1 - \eta \lambda)" in OPTIMIZERS["adamw"].lines[1].latex


@pytest.mark.parametrize(
    ("key", "given", "message"),
    [
        ("sgd", {"learning_rate": -0.1}, "learning_rate is -0.1, expected a number from 0 up"),
        ("sgd", {"nesterov": True}, "nesterov needs a momentum above 0 and a dampening of 0"),
        ("sgd", {"nesterov": True, "momentum": 0.9, "dampening": 0.1}, "nesterov needs"),
        ("adam", {"beta1": 1.0}, "beta1 is 1.0, expected a number from 0 below 1"),
        ("adam", {"momentum": 0.9}, "unknown knob 'momentum'; choose from learning_rate"),
        ("rprop", {"step_min": 1.0, "step_max": 0.5}, "step_min is 1, expected at most step_max, 0.5"),
        ("rprop", {"eta_plus": 1.0}, "eta_plus is 1.0, expected a number above 1"),
        ("rmsprop", {"centered": 1}, "centered is 1, expected true or false"),
    ],
)
def test_bad_hyperparameters(key, given, message):
    with pytest.raises(HyperparameterError, match=message):
        OPTIMIZERS[key].configure(**given)


def test_binding_again_starts_from_the_bound_settings():
    bound = OPTIMIZERS["sgd"].configure(momentum=0.9).configure(learning_rate=0.5)
    assert (bound.settings["momentum"], bound.settings["learning_rate"]) == (0.9, 0.5)
    assert OPTIMIZERS["sgd"].settings["momentum"] == 0.0
