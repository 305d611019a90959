"""Events of every kind of edit, good and bad, the networks they are sent to, and how a refusal reads."""

import pytest
from hypothesis import settings
from hypothesis import strategies as st

from mlpviz.engine import ACTIVATIONS, LOSSES, NORMS, PENALTIES, SCHEDULES
from mlpviz.engine.optimizers import OPTIMIZERS
from mlpviz.examples.networks import PRESETS
from mlpviz.network import DocumentError, DocumentPin
from tests.support.errors import assert_one_line
from tests.support.random_documents import small

quick = settings(max_examples=120)
SEVEN = PRESETS["seven_layers"].document
MAZUR = PRESETS["mazur"].document
IRIS = PRESETS["iris"].document
SOFTMAX = PRESETS["softmax"].document


def refused(function, *arguments):
    with pytest.raises(DocumentError) as caught:
        function(*arguments)
    assert_one_line(caught.value)
    return str(caught.value)


def with_pins(document, *places):
    return document.replace(pins=tuple(DocumentPin(layer=i, sample=n, unit=j, value=7) for i, n, j in places))


def places(document):
    return [(pin.layer, pin.sample, pin.unit) for pin in document.pins]


TENSORS = st.sampled_from(
    ["weight", "bias", "gamma", "beta", "alpha", "running_mean", "running_var", "slopes", "x", "target"]
)
COUNTS = st.integers(1, 4) | st.integers(-1, 9)
VALUES = small | st.integers(0, 2) | st.sampled_from([1e300, 1e308, float("nan"), float("inf")])
PARAMETERS = st.tuples(st.just("weight"), st.integers(1, 2), st.integers(1, 3), st.integers(1, 2)).map(
    list
) | st.tuples(st.sampled_from(["weight", "bias", "x"]), COUNTS, COUNTS, st.none() | COUNTS).map(list)
ROWS = st.lists(st.lists(VALUES, min_size=1, max_size=3), max_size=4)
HYPERPARAMETER_NAMES = st.sampled_from(
    ["slope", "alpha", "reduction", "eps", "momentum", "affine", "lower", "per_unit", "swing"]
)
HYPERPARAMETER_VALUES = st.sampled_from([0.2, 1, -1, True, "sum", "mean", "high", [1, 2], None, 10**400])
EVENTS = {
    "set": {"tensor": TENSORS, "layer": COUNTS, "row": COUNTS, "column": COUNTS, "value": VALUES},
    "set_numbers": {
        "numbers": st.lists(
            st.fixed_dictionaries(
                {"tensor": TENSORS, "layer": st.none() | COUNTS, "row": COUNTS, "column": COUNTS, "value": VALUES}
            ),
            max_size=3,
        )
    },
    "set_matrix": {"tensor": TENSORS, "layer": COUNTS, "rows": ROWS},
    "paste": {"tensor": TENSORS, "layer": COUNTS, "text": ROWS.map(str), "transposed": st.booleans()},
    "set_activation": {"layer": COUNTS, "key": st.sampled_from([*ACTIVATIONS, "swish"])},
    "set_loss": {"key": st.sampled_from([*LOSSES, "hinges"])},
    "set_activation_knob": {"layer": COUNTS, "name": HYPERPARAMETER_NAMES, "value": HYPERPARAMETER_VALUES},
    "set_target_form": {"form": st.sampled_from(["numbers", "rows", "columns"])},
    "set_loss_knob": {"name": HYPERPARAMETER_NAMES, "value": HYPERPARAMETER_VALUES},
    "set_learning_rate": {"value": VALUES},
    "set_mode": {"mode": st.sampled_from(["training", "evaluation", "testing"])},
    "set_norm": {"layer": COUNTS, "key": st.sampled_from([*NORMS, None, "group_norm"])},
    "set_norm_knob": {"layer": COUNTS, "name": HYPERPARAMETER_NAMES, "value": HYPERPARAMETER_VALUES},
    "set_dropout": {"layer": COUNTS, "rate": st.sampled_from([0, 0.2, 0.5, 1, -1]), "seed": st.integers(-1, 5)},
    "redraw_mask": {"layer": COUNTS, "seed": st.integers(-1, 5)},
    "redraw_slopes": {"layer": COUNTS, "seed": st.integers(-1, 5)},
    "toggle_mask": {"layer": COUNTS, "sample": COUNTS, "unit": COUNTS},
    "set_skip": {"layer": COUNTS, "around": st.integers(-1, 4)},
    "set_optimizer": {"key": st.sampled_from([*OPTIMIZERS, "tiger", {"key": "sgd", "momentum": 0.9}])},
    "set_optimizer_knob": {
        "name": st.sampled_from(["momentum", "beta1", "nesterov", "lr", "mood"]),
        "value": VALUES,
    },
    "set_name": {"name": st.text(max_size=90)},
    "pin": {"layer": COUNTS, "sample": COUNTS, "unit": COUNTS, "value": VALUES},
    "unpin": {"layer": COUNTS, "sample": COUNTS, "unit": COUNTS},
    "add_sample": {},
    "duplicate_sample": {"sample": COUNTS},
    "remove_sample": {"sample": COUNTS},
    "add_layer": {"after": st.integers(0, 5)},
    "remove_layer": {"layer": COUNTS},
    "widen": {"layer": st.integers(0, 5)},
    "narrow": {"layer": st.integers(0, 5)},
    "set_bias": {"layer": st.none() | COUNTS, "on": st.booleans()},
    "set_frozen": {
        "layer": st.none() | COUNTS,
        "tensor": st.sampled_from(["weight", "bias", "gamma", "beta", "alpha", "x"]),
        "on": st.booleans(),
    },
    "set_tied": {"layer": COUNTS, "to": st.none() | COUNTS, "transposed": st.booleans()},
    "set_one_bias": {"layer": st.none() | COUNTS, "on": st.booleans()},
    "tie_numbers": {"first": PARAMETERS, "second": PARAMETERS},
    "untie_number": {"number": PARAMETERS},
    "set_layer_rate": {"layer": COUNTS, "value": st.none() | VALUES},
    "set_layer_decay": {"layer": COUNTS, "value": st.none() | VALUES},
    "set_penalty": {"key": st.sampled_from([*PENALTIES, None, "dropout"])},
    "set_penalty_knob": {"name": st.sampled_from(["strength", "l1_ratio", "slope"]), "value": VALUES},
    "penalize_biases": {"on": st.booleans()},
    "set_schedule": {"key": st.sampled_from([*SCHEDULES, None, "dropout", {"key": "step", "step_size": 3}])},
    "set_schedule_knob": {"name": st.sampled_from(["gamma", "step_size", "slope"]), "value": VALUES},
    "set_schedule_step": {"value": COUNTS},
    "set_schedule_every": {"value": COUNTS},
    "update": {"times": st.integers(0, 3)},
    "update_sample": {"sample": COUNTS},
}
