"""All edits that the browser can ask for, and from an event to one of them.

An event is an untrusted JSON object {"type": ..., arguments}; the signature of each edit is its schema.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pydantic import BaseModel, ValidationError

from mlpviz.engine.registry import Registry
from mlpviz.network import Document, DocumentError
from mlpviz.network.edits import (
    architecture,
    layers,
    numbers,
    optimizer,
    samples_and_targets,
    schedule,
    settings,
    ties,
    update_settings,
)
from mlpviz.network.edits.result import EditResult, notice
from mlpviz.network.edits.screen_names import cell_path, layer_path, on_screen, pin_path, tensor_path
from mlpviz.schema.arguments import arguments_of, values_of
from mlpviz.schema.errors import Path, echo, first_error

_ENVELOPE = ("type", "gesture")


@dataclass(frozen=True)
class EditKind:
    """One kind of edit: the event type, its name on the undo button, and the function (document, **arguments).

    `subject` names the argument that becomes a part of the document, and where in it: the path for an event whose
    earlier arguments are valid. Without it a message names the argument.
    """

    key: str
    label: str
    function: Callable[..., EditResult]
    subject: tuple[str, Callable[[Mapping[str, Any]], Path]] | None = None

    @cached_property
    def arguments(self) -> type[BaseModel]:
        """The schema of the arguments: names, types and ranges from the function's signature; None may be left out."""
        return arguments_of(self.key, self.function)


EDITS: Registry[EditKind] = Registry(
    "edit",
    (
        EditKind("set", "change a number", numbers.set_number, ("value", cell_path)),
        EditKind("set_numbers", "change two numbers", numbers.set_numbers),
        EditKind("set_matrix", "change a matrix", numbers.set_matrix, ("rows", tensor_path)),
        EditKind("paste", "paste a matrix", numbers.paste, ("text", lambda _: ("the pasted text",))),
        EditKind("set_activation", "change an activation", layers.set_activation, ("key", layer_path("activation"))),
        EditKind("set_activation_knob", "turn a knob of an activation", layers.set_activation_hyperparameter),
        EditKind("set_loss", "change the loss", settings.set_loss, ("key", lambda _: ("loss",))),
        EditKind("set_loss_knob", "turn a knob of the loss", settings.set_loss_hyperparameter),
        EditKind(
            "set_learning_rate",
            "change the learning rate",
            settings.set_learning_rate,
            ("value", lambda _: ("learning_rate",)),
        ),
        EditKind("set_optimizer", "change the optimizer", optimizer.set_optimizer, ("key", lambda _: ("optimizer",))),
        EditKind("set_optimizer_knob", "turn a knob of the optimizer", optimizer.set_optimizer_hyperparameter),
        EditKind("set_name", "rename", settings.set_name, ("name", lambda _: ("name",))),
        EditKind(
            "set_mode", "switch between training and evaluation", settings.set_mode, ("mode", lambda _: ("mode",))
        ),
        EditKind("set_norm", "change a norm", layers.set_norm, ("key", layer_path("norm"))),
        EditKind("set_norm_knob", "turn a knob of a norm", layers.set_norm_hyperparameter),
        EditKind("set_dropout", "change dropout", layers.set_dropout, ("rate", layer_path("dropout"))),
        EditKind("redraw_mask", "draw another mask", layers.redraw_mask),
        EditKind("redraw_slopes", "draw other slopes", layers.redraw_slopes),
        EditKind("toggle_mask", "drop or keep a unit", layers.toggle_mask),
        EditKind("set_skip", "change a skip", layers.set_skip, ("around", layer_path("skip"))),
        EditKind("pin", "pin an activation", numbers.pin, ("value", pin_path)),
        EditKind("unpin", "unpin an activation", numbers.unpin),
        EditKind("add_sample", "add a sample", samples_and_targets.add_sample),
        EditKind("duplicate_sample", "duplicate a sample", samples_and_targets.duplicate_sample),
        EditKind("remove_sample", "remove a sample", samples_and_targets.remove_sample),
        EditKind("set_target_form", "write targets as numbers or rows", samples_and_targets.set_target_form),
        EditKind("add_layer", "add a layer", architecture.add_layer),
        EditKind("remove_layer", "remove a layer", architecture.remove_layer),
        EditKind("widen", "add a unit", architecture.widen),
        EditKind("narrow", "remove a unit", architecture.narrow),
        EditKind("set_bias", "turn biases on or off", architecture.set_bias),
        EditKind("set_tied", "tie a layer's weight", ties.set_tied, ("to", layer_path("tied_to"))),
        EditKind("set_one_bias", "give a layer one bias or many", ties.set_one_bias),
        EditKind("tie_numbers", "tie two numbers", ties.tie_numbers),
        EditKind("untie_number", "untie a number", ties.untie_number),
        EditKind("set_frozen", "freeze or release parameters", update_settings.set_frozen),
        EditKind(
            "set_layer_rate",
            "change the learning rate of a layer",
            update_settings.set_layer_rate,
            ("value", layer_path("learning_rate")),
        ),
        EditKind(
            "set_layer_decay",
            "change the weight decay of a layer",
            update_settings.set_layer_decay,
            ("value", layer_path("weight_decay")),
        ),
        EditKind("set_penalty", "change the penalty", update_settings.set_penalty, ("key", lambda _: ("penalty",))),
        EditKind("set_penalty_knob", "change the penalty", update_settings.set_penalty_hyperparameter),
        EditKind("penalize_biases", "penalise biases or not", update_settings.penalize_biases),
        EditKind("set_schedule", "change the schedule", schedule.set_schedule, ("key", lambda _: ("schedule",))),
        EditKind("set_schedule_knob", "change the schedule", schedule.set_schedule_hyperparameter),
        EditKind(
            "set_schedule_step",
            "change the steps of the schedule",
            schedule.set_schedule_step,
            ("value", lambda _: ("schedule_step",)),
        ),
        EditKind(
            "set_schedule_every",
            "change the steps of the schedule",
            schedule.set_schedule_every,
            ("value", lambda _: ("schedule_every",)),
        ),
        EditKind("update", "apply the update", optimizer.apply_update),
        EditKind("update_sample", "update with one sample", optimizer.update_with_sample),
    ),
)


def apply(document: Document, event: Mapping[str, Any]) -> EditResult:
    """The result of one event. Raises DocumentError for an unknown type, wrong arguments, or an edit that does not fit.

    The sentence names places as on screen, where the event comes from.
    """
    if not isinstance(event, Mapping):
        raise DocumentError(f"the edit is {echo(event)}, expected an object with a type")
    key = event.get("type")
    if not isinstance(key, str) or key not in EDITS:
        raise DocumentError(f"the edit has type {echo(key)}, expected a kind of edit such as {', '.join([*EDITS][:3])}")
    edit = EDITS[key]
    given = {name: value for name, value in event.items() if name not in _ENVELOPE}
    try:
        checked = edit.arguments.model_validate(given)
        edited = edit.function(document, **values_of(checked))
    except ValidationError as error:
        known = {"": tuple(edit.arguments.model_fields)}
        raise on_screen(_about_subject(edit, event, first_error(error, known, f"the edit {key}"))) from None
    except DocumentError as error:
        raise on_screen(error) from None
    if document.optimizer_state is None or edited.document.optimizer_state is not None:
        return edited
    # slots belong to parameters: a new layout of these drops the optimizer state
    lost = optimizer.about_lost_state(document)
    return edited if edited.notice == lost else edited._replace(notice=notice(edited.notice, lost))


def _about_subject(edit: EditKind, event: Mapping[str, Any], error: DocumentError) -> DocumentError:
    """An error of the argument that is a part of the document as an error of that part."""
    if edit.subject is None or error.path[:1] != edit.subject[:1]:
        return error
    # only the first error is reported, so the arguments before it are valid
    return DocumentError.at((*edit.subject[1](event), *error.path[1:]), error.problem)


def gesture_of(event: Mapping[str, Any]) -> str | None:
    """The id that all events of one drag share; None if there is none, or no valid one."""
    gesture = event.get("gesture")
    return gesture if isinstance(gesture, str) and 0 < len(gesture) <= 64 else None
