"""An entry of a registry with its hyperparameters, in JSON: "relu", or {"key": "leaky_relu", "slope": 0.2}.

A field names its registry: `Annotated[RegistryChoice[Activation], ChosenFrom(ACTIVATIONS)]`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from mlpviz.engine.hyperparameters import HyperparameterError
from mlpviz.engine.registry import Registry
from mlpviz.schema.errors import FieldError, echo
from mlpviz.schema.json_io import whole_as_int

E = TypeVar("E")

ChoiceJson = str | dict[str, Any]
"""A choice in JSON."""


@dataclass(frozen=True)
class RegistryChoice(Generic[E]):
    """A chosen entry: its key, and the hyperparameters that are not at their defaults, in the entry's order.

    `entry` is the record configured with these.
    """

    key: str
    hyperparameters: tuple[tuple[str, Any], ...]
    entry: E = field(compare=False, repr=False)

    @classmethod
    def of(cls, registry: Registry[Any], key: str, **hyperparameters: Any) -> RegistryChoice[Any]:
        """The choice of this entry with these hyperparameters. Raises FieldError as a field of a model would."""
        return ChosenFrom(registry).read({"key": key, **hyperparameters})

    def to_json_value(self) -> ChoiceJson:
        """The key alone if all hyperparameters are at their defaults, otherwise an object with those that are not."""
        if not self.hyperparameters:
            return self.key
        return {"key": self.key} | {name: _setting_json(value) for name, value in self.hyperparameters}


@dataclass(frozen=True, eq=False)
class ChosenFrom:
    """What pydantic is told about a field that holds a RegistryChoice: which registry it comes from."""

    registry: Registry[Any]

    def read(self, value: Any) -> RegistryChoice[Any]:
        """The choice that this JSON value makes. Raises FieldError with the hyperparameter and what is allowed."""
        if isinstance(value, RegistryChoice):
            # its hyperparameters were checked when it was made; registries hold records of different types
            if type(value.entry) is type(self.registry.get(value.key)):
                return value
            value = value.to_json_value()
        key, given = value, {}
        if isinstance(value, Mapping):
            if "key" not in value:
                raise FieldError((), f"has no key, expected one of {', '.join(self.registry)}")
            key, given = value["key"], {name: item for name, item in value.items() if name != "key"}
        if not isinstance(key, str) or key not in self.registry:
            place = ("key",) if isinstance(value, Mapping) else ()
            raise FieldError(place, f"is {echo(key)}, expected one of {', '.join(self.registry)}")
        return _configured(self.registry[key], key, given)

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """How pydantic reads and writes the field."""
        return core_schema.no_info_plain_validator_function(
            self.read, serialization=core_schema.plain_serializer_function_ser_schema(RegistryChoice.to_json_value)
        )


def _setting_json(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    return whole_as_int(value) if isinstance(value, float) else value


def _configured(entry: Any, key: str, given: Mapping[str, Any]) -> RegistryChoice[Any]:
    known = {each.name: each for each in getattr(entry, "hyperparameters", ())}
    for name, value in given.items():
        if name not in known:
            listed = f"known knobs are {', '.join(known)}" if known else f"{key} has none"
            raise FieldError((), f"has an unknown knob {echo(str(name))}; {listed}")
        try:
            known[name].read(value)
        except HyperparameterError:
            # the hyperparameter's own sentence repeats what was given, however long it is
            raise FieldError((name,), f"is {echo(value)}, expected {known[name].allowed}") from None
    if not known:
        return RegistryChoice(key, (), entry)
    try:
        configured = entry.configure(**given)
    except HyperparameterError as error:
        # a rule across hyperparameters; its sentence begins with the one that it is about
        name, _, problem = str(error).partition(" ")
        raise (FieldError((name,), problem) if name in known else FieldError((), str(error))) from None
    settings = dict(configured.settings)
    return RegistryChoice(key, tuple((n, settings[n]) for n in known if settings[n] != known[n].default), configured)
