"""All edits of a document: pure functions from a document to a new, checked one.

Layers, samples and units count from 1 as on screen; rows and columns are the document's (`weight[row][column]`,
`x[sample][feature]`). An edit that does not fit raises DocumentError and leaves its document as it was.
"""

from mlpviz.network.edits.architecture import add_layer, narrow, remove_layer, set_bias, widen
from mlpviz.network.edits.layers import (
    redraw_mask,
    set_activation,
    set_activation_hyperparameter,
    set_dropout,
    set_norm,
    set_norm_hyperparameter,
    set_skip,
    toggle_mask,
)
from mlpviz.network.edits.numbers import paste, pin, set_matrix, set_number, set_numbers, unpin
from mlpviz.network.edits.optimizer import apply_update, restore_step
from mlpviz.network.edits.registry import EDITS, EditKind, apply, gesture_of
from mlpviz.network.edits.result import EditResult
from mlpviz.network.edits.samples_and_targets import add_sample, duplicate_sample, remove_sample, set_target_form
from mlpviz.network.edits.settings import (
    set_learning_rate,
    set_loss,
    set_loss_hyperparameter,
    set_mode,
    set_name,
)

__all__ = [
    "EDITS",
    "EditKind",
    "EditResult",
    "add_layer",
    "add_sample",
    "apply",
    "apply_update",
    "duplicate_sample",
    "gesture_of",
    "narrow",
    "paste",
    "pin",
    "redraw_mask",
    "remove_layer",
    "remove_sample",
    "restore_step",
    "set_activation",
    "set_activation_hyperparameter",
    "set_bias",
    "set_dropout",
    "set_learning_rate",
    "set_loss",
    "set_loss_hyperparameter",
    "set_matrix",
    "set_mode",
    "set_name",
    "set_norm",
    "set_norm_hyperparameter",
    "set_number",
    "set_numbers",
    "set_skip",
    "set_target_form",
    "toggle_mask",
    "unpin",
    "widen",
]
