"""A training as JSON: its config, of which the command line makes a run."""

from __future__ import annotations

from mlpviz.config import TRAINING_LIMITS, TrainingConfig
from mlpviz.exchange.format import Format, Opening
from mlpviz.exchange.subjects import TRAINING

FORMAT = Format(
    "config_json",
    label="training as JSON",
    sentence="Data, layers, optimizer and seed of a training, from which its weights can be computed; not the weights.",
    suffix=".json",
    media_type="application/json",
    opening=Opening(TRAINING, TrainingConfig.parse, TRAINING_LIMITS.text),
)
