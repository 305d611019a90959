"""An entry of a registry with its knobs, as JSON has it: "relu", or {"key": "leaky_relu", "slope": 0.2}.

Refuses to know any registry: a field names its own, `Annotated[Choice[Activation], From(ACTIVATIONS)]`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from mlpviz.document.errors import InsideError, given, keys, quote
from mlpviz.document.writing import number
from mlpviz.engine.knobs import Knob, KnobError
from mlpviz.engine.registry import Registry
from mlpviz.text.sentences import Mention, Sentence, joined, sentence

E = TypeVar("E")

Plain = str | dict[str, Any]
"""A choice as JSON has it."""


@dataclass(frozen=True)
class Choice(Generic[E]):
    """An entry that somebody chose: its key, and the knobs that are not at their defaults, in the entry's order.

    `entry` is the record with these knobs turned.
    """

    key: str
    knobs: tuple[tuple[str, Any], ...]
    entry: E = field(compare=False, repr=False)

    @classmethod
    def of(cls, registry: Registry[Any], key: str, **knobs: Any) -> Choice[Any]:
        """The choice of this entry with these knobs. Raises InsideError as a field of a model would."""
        return From(registry).read({"key": key, **knobs})

    def plain(self) -> Plain:
        """The key alone when all knobs are at their defaults, otherwise an object with those that are not."""
        if not self.knobs:
            return self.key
        return {"key": self.key} | {
            name: list(value) if isinstance(value, tuple) else number(value) if isinstance(value, float) else value
            for name, value in self.knobs
        }


@dataclass(frozen=True, eq=False)
class From:
    """What pydantic is told about a field that holds a Choice: which registry it comes from."""

    registry: Registry[Any]

    def read(self, value: Any) -> Choice[Any]:
        """The choice that this JSON value makes. Raises InsideError that names the knob and what is allowed."""
        if isinstance(value, Choice):
            # its knobs were checked when it was made; registries hold records of different types
            if type(value.entry) is type(self.registry.get(value.key)):
                return value
            value = value.plain()
        key, turned = value, {}
        if isinstance(value, Mapping):
            if "key" not in value:
                raise InsideError((), sentence("has no key, expected one of {known}", known=keys(self.registry)))
            key, turned = value["key"], {name: knob for name, knob in value.items() if name != "key"}
        if not isinstance(key, str) or key not in self.registry:
            place = ("key",) if isinstance(value, Mapping) else ()
            known = keys(self.registry)
            raise InsideError(place, sentence("is {given}, expected one of {known}", given=given(key), known=known))
        return _bound(self.registry[key], key, turned)

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """How pydantic reads and writes the field."""
        return core_schema.no_info_plain_validator_function(
            self.read, serialization=core_schema.plain_serializer_function_ser_schema(Choice.plain)
        )


def _bound(entry: Any, key: str, turned: Mapping[str, Any]) -> Choice[Any]:
    knobs = {knob.name: knob for knob in getattr(entry, "knobs", ())}
    for name, value in turned.items():
        if name not in knobs:
            names = joined(", ", (Mention(each, "name") for each in knobs))
            known = sentence("known knobs are {names}", names=names) if knobs else sentence("{key} has none", key=key)
            said = sentence("has an unknown knob {name}; {known}", name=quote(str(name)), known=known)
            raise InsideError((), said)
        try:
            knobs[name].read(value)
        except KnobError:
            # the knob's own sentence repeats what was given, however long it is
            allowed = _allowed(knobs[name])
            said = sentence("is {given}, expected {allowed}", given=given(value), allowed=allowed)
            raise InsideError((name,), said) from None
    if not knobs:
        return Choice(key, (), entry)
    try:
        bound = entry.bind(**turned)
    except KnobError as error:
        # a rule across knobs; its sentence begins with the knob that it is about
        name, _, problem = str(error).partition(" ")
        if name in knobs:
            raise InsideError((name,), knob_sentence(problem, knobs)) from None
        raise InsideError((), knob_sentence(str(error), knobs)) from None
    settings = dict(bound.settings)
    return Choice(key, tuple((n, settings[n]) for n in knobs if settings[n] != knobs[n].default), bound)


def knob_sentence(text: str, knobs: Iterable[str]) -> Sentence:
    """A sentence of the engine, in which the words that are knobs, true or false are mentions."""
    kinds: dict[str, Any] = {**dict.fromkeys(knobs, "name"), "true": "value", "false": "value"}
    words = (word.partition(",") for word in text.split(" "))
    return joined(" ", (joined("", (_word(head, kinds), comma, tail)) for head, comma, tail in words))


def _word(word: str, kinds: Mapping[str, Any]) -> Mention | str:
    return Mention(word, kinds[word]) if word in kinds else word


def _allowed(knob: Knob) -> Sentence | str:
    """What `Knob.allowed` says."""
    if knob.kind == "bool":
        return knob_sentence(knob.allowed, ())
    return sentence("one of {choices}", choices=keys(knob.choices)) if knob.kind == "choice" else knob.allowed
