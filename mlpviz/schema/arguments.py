"""From a function's signature to the schema of a JSON object that holds its arguments."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from types import NoneType
from typing import Any, get_args, get_type_hints

from pydantic import BaseModel, ConfigDict, create_model

_CLOSED = ConfigDict(extra="forbid")


def arguments_of(name: str, function: Callable[..., Any]) -> type[BaseModel]:
    """Names, types and ranges of all parameters but the first; what may be None may be left out."""
    hints = get_type_hints(function, include_extras=True)
    fields: dict[str, Any] = {}
    for parameter in list(inspect.signature(function).parameters.values())[1:]:
        hint, default = hints[parameter.name], parameter.default
        if default is parameter.empty:
            default = None if NoneType in get_args(hint) else ...
        fields[parameter.name] = (hint, default)
    return create_model(name, __config__=_CLOSED, **fields)


def values_of(arguments: BaseModel) -> dict[str, Any]:
    """The checked arguments by their names, to call the function with."""
    return {name: getattr(arguments, name) for name in type(arguments).model_fields}
