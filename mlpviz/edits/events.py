"""Which edits the browser may ask for, and how an event becomes one.

An event is a JSON object {"type": ..., arguments}. It is untrusted: the signature of each edit is its schema.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pydantic import BaseModel, ValidationError

from mlpviz.document import Document, DocumentError
from mlpviz.document.errors import Path, error_of, quote
from mlpviz.edits import architecture, around, choices, optimizing, pins, samples, updates, values
from mlpviz.edits.edited import Edited, notice
from mlpviz.edits.places import cell_path, layer_path, on_screen, pin_path, tensor_path
from mlpviz.engine.registry import Registry
from mlpviz.schema.arguments import arguments_of, values_of

_ENVELOPE = ("type", "gesture")


@dataclass(frozen=True)
class EditKind:
    """One kind of edit: the event type, what an undo button calls it, and the function (document, **arguments).

    `subject` names the argument that becomes a part of the document, and where in it: the path for an event whose
    earlier arguments are valid. Without it a message names the argument.
    """

    key: str
    label: str
    function: Callable[..., Edited]
    subject: tuple[str, Callable[[Mapping[str, Any]], Path]] | None = None

    @cached_property
    def arguments(self) -> type[BaseModel]:
        """The schema of the arguments: names, types and ranges from the function's signature; None may be left out."""
        return arguments_of(self.key, self.function)


EDITS: Registry[EditKind] = Registry(
    "edit",
    (
        EditKind("set", "change a number", values.set_number, ("value", cell_path)),
        EditKind("set_numbers", "change two numbers", values.set_numbers),
        EditKind("set_matrix", "change a matrix", values.set_matrix, ("rows", tensor_path)),
        EditKind("paste", "paste a matrix", values.paste, ("text", lambda _: ("the pasted text",))),
        EditKind("set_activation", "change an activation", choices.set_activation, ("key", layer_path("activation"))),
        EditKind("set_activation_knob", "turn a knob of an activation", choices.set_activation_knob),
        EditKind("set_loss", "change the loss", choices.set_loss, ("key", lambda _: ("loss",))),
        EditKind("set_loss_knob", "turn a knob of the loss", choices.set_loss_knob),
        EditKind(
            "set_learning_rate",
            "change the learning rate",
            choices.set_learning_rate,
            ("value", lambda _: ("learning_rate",)),
        ),
        EditKind("set_optimizer", "change the optimizer", optimizing.set_optimizer, ("key", lambda _: ("optimizer",))),
        EditKind("set_optimizer_knob", "turn a knob of the optimizer", optimizing.set_optimizer_knob),
        EditKind("set_name", "rename", choices.set_name, ("name", lambda _: ("name",))),
        EditKind("set_mode", "switch between training and evaluation", choices.set_mode, ("mode", lambda _: ("mode",))),
        EditKind("set_norm", "change a norm", around.set_norm, ("key", layer_path("norm"))),
        EditKind("set_norm_knob", "turn a knob of a norm", around.set_norm_knob),
        EditKind("set_dropout", "change dropout", around.set_dropout, ("rate", layer_path("dropout"))),
        EditKind("redraw_mask", "draw another mask", around.redraw_mask),
        EditKind("toggle_mask", "drop or keep a unit", around.toggle_mask),
        EditKind("set_skip", "change a skip", around.set_skip, ("around", layer_path("skip"))),
        EditKind("pin", "pin an activation", pins.pin, ("value", pin_path)),
        EditKind("unpin", "unpin an activation", pins.unpin),
        EditKind("add_sample", "add a sample", samples.add_sample),
        EditKind("duplicate_sample", "duplicate a sample", samples.duplicate_sample),
        EditKind("remove_sample", "remove a sample", samples.remove_sample),
        EditKind("add_layer", "add a layer", architecture.add_layer),
        EditKind("remove_layer", "remove a layer", architecture.remove_layer),
        EditKind("widen", "add a unit", architecture.widen),
        EditKind("narrow", "remove a unit", architecture.narrow),
        EditKind("set_bias", "turn biases on or off", architecture.set_bias),
        EditKind("update", "apply the update", updates.apply_update),
    ),
)


def apply(document: Document, event: Mapping[str, Any]) -> Edited:
    """Carry out one event. Raises DocumentError for an unknown type, wrong arguments, or an edit that does not fit.

    The sentence names places as on screen, where the event comes from.
    """
    if not isinstance(event, Mapping):
        raise DocumentError(f"the edit is {quote(event)}, expected an object with a type")
    key = event.get("type")
    if not isinstance(key, str) or key not in EDITS:
        raise DocumentError(
            f"the edit has type {quote(key)}, expected a kind of edit such as {', '.join([*EDITS][:3])}"
        )
    edit = EDITS[key]
    given = {name: value for name, value in event.items() if name not in _ENVELOPE}
    try:
        checked = edit.arguments.model_validate(given)
        edited = edit.function(document, **values_of(checked))
    except ValidationError as error:
        known = {"": tuple(edit.arguments.model_fields)}
        raise on_screen(_about_subject(edit, event, error_of(error, known, f"the edit {key}"))) from None
    except DocumentError as error:
        raise on_screen(error) from None
    # the slots of an optimizer belong to parameters: a new layout of these begins without
    lost = optimizing.forgotten(document, edited.document)
    return edited if lost is None or edited.notice == lost else edited._replace(notice=notice(edited.notice, lost))


def _about_subject(edit: EditKind, event: Mapping[str, Any], error: DocumentError) -> DocumentError:
    """An error of the argument that is a part of the document as an error of that part."""
    if edit.subject is None or error.path[:1] != edit.subject[:1]:
        return error
    # the arguments before it are valid: the first error is the one that is told
    return DocumentError.at((*edit.subject[1](event), *error.path[1:]), error.problem)


def gesture_of(event: Mapping[str, Any]) -> str | None:
    """The id that all events of one drag share; None if there is none that can be used."""
    gesture = event.get("gesture")
    return gesture if isinstance(gesture, str) and 0 < len(gesture) <= 64 else None
