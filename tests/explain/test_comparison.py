"""What differs between two networks is said in words, not as Python writes it."""

import pytest

from mlpviz.examples.networks import PRESETS
from mlpviz.explain.comparison import chosen_text
from mlpviz.network import edits

MAZUR = PRESETS["mazur"].document


@pytest.mark.parametrize(
    ("event", "said"),
    [
        ({"type": "set_optimizer_knob", "name": "maximize", "value": True}, "SGD (maximize on)"),
        ({"type": "set_loss", "key": {"key": "mse", "term_weight": [1.5, 2]}}, "MSE (term weight 1.5 2)"),
        ({"type": "set_loss", "key": {"key": "mse", "reduction": "mean_of_sums"}}, "MSE (reduction mean of sums)"),
        ({"type": "set_loss", "key": {"key": "huber", "delta": 0.3}}, "Huber (delta 0.3)"),
    ],
)
def test_settings_are_said_in_words(event, said):
    document = edits.apply(MAZUR, event).document
    assert said in (chosen_text(document.optimizer), chosen_text(document.loss))
