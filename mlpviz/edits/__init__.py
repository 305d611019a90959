"""Everything that can be changed about a document: pure functions from a document to a new, checked one.

Layers, samples and units count from 1 as on screen; rows and columns are the document's (`weight[row][column]`,
`x[sample][feature]`). An edit that does not fit raises DocumentError and leaves its document as it was.
"""

from mlpviz.edits.architecture import add_layer, narrow, remove_layer, set_bias, widen
from mlpviz.edits.around import redraw_mask, set_dropout, set_norm, set_norm_knob, set_skip, toggle_mask
from mlpviz.edits.choices import (
    set_activation,
    set_activation_knob,
    set_learning_rate,
    set_loss,
    set_loss_knob,
    set_mode,
    set_name,
)
from mlpviz.edits.edited import Edited
from mlpviz.edits.events import EDITS, EditKind, apply, gesture_of
from mlpviz.edits.history import History
from mlpviz.edits.pins import pin, unpin
from mlpviz.edits.samples import add_sample, duplicate_sample, remove_sample
from mlpviz.edits.updates import apply_update, rewound
from mlpviz.edits.values import paste, set_matrix, set_number, set_numbers

__all__ = [
    "EDITS",
    "EditKind",
    "Edited",
    "History",
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
    "rewound",
    "set_activation",
    "set_activation_knob",
    "set_bias",
    "set_dropout",
    "set_learning_rate",
    "set_loss",
    "set_loss_knob",
    "set_matrix",
    "set_mode",
    "set_name",
    "set_norm",
    "set_norm_knob",
    "set_number",
    "set_numbers",
    "set_skip",
    "toggle_mask",
    "unpin",
    "widen",
]
