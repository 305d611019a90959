"""An entry of a registry with its knobs, as JSON has it: "relu", or {"key": "leaky_relu", "slope": 0.2}.

Refuses to know any registry: a field names its own, `Annotated[Choice[Activation], From(ACTIVATIONS)]`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from mlpviz.engine.hyperparameters import Hyperparameter, HyperparameterError
from mlpviz.engine.registry import Registry
from mlpviz.network.writing import number
from mlpviz.schema.errors import FieldError, echo, given, keys
from mlpviz.text.sentences import Mention, Sentence, joined, sentence

E = TypeVar("E")

ChoiceJson = str | dict[str, Any]
"""A choice as JSON has it."""


@dataclass(frozen=True)
class RegistryChoice(Generic[E]):
    """An entry that somebody chose: its key, and the knobs that are not at their defaults, in the entry's order.

    `entry` is the record with these knobs turned.
    """

    key: str
    hyperparameters: tuple[tuple[str, Any], ...]
    entry: E = field(compare=False, repr=False)

    @classmethod
    def of(cls, registry: Registry[Any], key: str, **hyperparameters: Any) -> RegistryChoice[Any]:
        """The choice of this entry with these knobs. Raises InsideError as a field of a model would."""
        return ChosenFrom(registry).read({"key": key, **hyperparameters})

    def to_json_value(self) -> ChoiceJson:
        """The key alone when all knobs are at their defaults, otherwise an object with those that are not."""
        if not self.hyperparameters:
            return self.key
        return {"key": self.key} | {
            name: list(value) if isinstance(value, tuple) else number(value) if isinstance(value, float) else value
            for name, value in self.hyperparameters
        }


@dataclass(frozen=True, eq=False)
class ChosenFrom:
    """What pydantic is told about a field that holds a Choice: which registry it comes from."""

    registry: Registry[Any]

    def read(self, value: Any) -> RegistryChoice[Any]:
        """The choice that this JSON value makes. Raises InsideError that names the knob and what is allowed."""
        if isinstance(value, RegistryChoice):
            # its knobs were checked when it was made; registries hold records of different types
            if type(value.entry) is type(self.registry.get(value.key)):
                return value
            value = value.to_json_value()
        key, turned = value, {}
        if isinstance(value, Mapping):
            if "key" not in value:
                raise FieldError((), sentence("has no key, expected one of {known}", known=keys(self.registry)))
            key, turned = (
                value["key"],
                {name: hyperparameter for name, hyperparameter in value.items() if name != "key"},
            )
        if not isinstance(key, str) or key not in self.registry:
            place = ("key",) if isinstance(value, Mapping) else ()
            known = keys(self.registry)
            raise FieldError(place, sentence("is {given}, expected one of {known}", given=given(key), known=known))
        return _bound(self.registry[key], key, turned)

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """How pydantic reads and writes the field."""
        return core_schema.no_info_plain_validator_function(
            self.read, serialization=core_schema.plain_serializer_function_ser_schema(RegistryChoice.to_json_value)
        )


def _bound(entry: Any, key: str, turned: Mapping[str, Any]) -> RegistryChoice[Any]:
    hyperparameters = {hyperparameter.name: hyperparameter for hyperparameter in getattr(entry, "hyperparameters", ())}
    for name, value in turned.items():
        if name not in hyperparameters:
            names = joined(", ", (Mention(each, "name") for each in hyperparameters))
            known = (
                sentence("known knobs are {names}", names=names)
                if hyperparameters
                else sentence("{key} has none", key=key)
            )
            said = sentence("has an unknown knob {name}; {known}", name=echo(str(name)), known=known)
            raise FieldError((), said)
        try:
            hyperparameters[name].read(value)
        except HyperparameterError:
            # the knob's own sentence repeats what was given, however long it is
            allowed = _allowed(hyperparameters[name])
            said = sentence("is {given}, expected {allowed}", given=given(value), allowed=allowed)
            raise FieldError((name,), said) from None
    if not hyperparameters:
        return RegistryChoice(key, (), entry)
    try:
        bound = entry.configure(**turned)
    except HyperparameterError as error:
        # a rule across knobs; its sentence begins with the knob that it is about
        name, _, problem = str(error).partition(" ")
        if name in hyperparameters:
            raise FieldError((name,), hyperparameter_sentence(problem, hyperparameters)) from None
        raise FieldError((), hyperparameter_sentence(str(error), hyperparameters)) from None
    settings = dict(bound.settings)
    return RegistryChoice(
        key, tuple((n, settings[n]) for n in hyperparameters if settings[n] != hyperparameters[n].default), bound
    )


def hyperparameter_sentence(text: str, hyperparameters: Iterable[str]) -> Sentence:
    """A sentence of the engine, in which the words that are knobs, true or false are mentions."""
    kinds: dict[str, Any] = {**dict.fromkeys(hyperparameters, "name"), "true": "value", "false": "value"}
    words = (word.partition(",") for word in text.split(" "))
    return joined(" ", (joined("", (_word(head, kinds), comma, tail)) for head, comma, tail in words))


def _word(word: str, kinds: Mapping[str, Any]) -> Mention | str:
    return Mention(word, kinds[word]) if word in kinds else word


def _allowed(hyperparameter: Hyperparameter) -> Sentence | str:
    """What `Knob.allowed` says."""
    if hyperparameter.kind == "bool":
        return hyperparameter_sentence(hyperparameter.allowed, ())
    return (
        sentence("one of {choices}", choices=keys(hyperparameter.choices))
        if hyperparameter.kind == "choice"
        else hyperparameter.allowed
    )
