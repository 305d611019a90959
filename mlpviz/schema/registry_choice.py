"""An entry of a registry with its hyperparameters, in JSON: "relu", or {"key": "leaky_relu", "slope": 0.2}.

A field names its registry: `Annotated[RegistryChoice[Activation], ChosenFrom(ACTIVATIONS)]`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from mlpviz.engine.hyperparameters import Hyperparameter, HyperparameterError, Part
from mlpviz.engine.registry import Registry
from mlpviz.schema.errors import FieldError, echo, given, keys
from mlpviz.schema.json_io import whole_as_int
from mlpviz.schema.number_errors import NumberTextError
from mlpviz.schema.spelling import key_of, likely, plain, question
from mlpviz.schema.typed_number import read_numbers, read_typed
from mlpviz.text.sentences import Mention, Sentence, joined, sentence

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
        return {"key": self.key} | settings_json(dict(self.hyperparameters))

    def with_lists(self) -> dict[str, Any]:
        """An object with all of its lists and parts, also where they are the default ones."""
        entry: Any = self.entry
        kinds = {each.name: each.kind for each in entry.hyperparameters}
        lists = {name: value for name, value in entry.settings.items() if kinds[name] in ("parts", "ints", "floats")}
        return {"key": self.key} | settings_json(dict(self.hyperparameters) | lists)


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
        key, settings = value, {}
        if isinstance(value, Mapping):
            value = _with_key(value)
            if "key" not in value:
                raise FieldError((), sentence("has no key, expected one of {known}", known=keys(self.registry)))
            key, settings = value["key"], {name: item for name, item in value.items() if name != "key"}
        found = key_of(self.registry, key)
        if found is None:
            place = ("key",) if isinstance(value, Mapping) else ()
            if reason := self.registry.left_out.get(plain(key) if isinstance(key, str) else ""):
                raise FieldError(
                    place, sentence("is {given}, which cannot be chosen: {reason}", given=given(key), reason=reason)
                )
            meant = question(likely(key, self.registry), "entry")
            said = (
                sentence("is {given}", given=given(key)),
                meant or sentence(", expected one of {known}", known=keys(self.registry)),
            )
            raise FieldError(place, joined("", said))
        return _configured(self.registry[found], found, settings)

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """How pydantic reads and writes the field."""
        return core_schema.no_info_plain_validator_function(
            self.read, serialization=core_schema.plain_serializer_function_ser_schema(RegistryChoice.to_json_value)
        )


def settings_json(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Settings of an entry in JSON."""
    return {name: _setting_json(value) for name, value in settings.items()}


def _with_key(value: Mapping[str, Any]) -> Mapping[str, Any]:
    """The object with the name of the entry as its key, as others write it: {"name": "LeakyReLU", …}."""
    name = next((each for each in ("name", "type", "class_name") if isinstance(value.get(each), str)), None)
    if name is None or "key" in value:
        return value
    return {("key" if each == name else each): item for each, item in value.items()}


def _setting_json(value: Any) -> Any:
    if isinstance(value, Part):
        return value.key if not value.settings else {"key": value.key} | settings_json(dict(value.settings))
    if isinstance(value, tuple):
        return [_setting_json(each) for each in value] if value and isinstance(value[0], Part) else list(value)
    return whole_as_int(value) if isinstance(value, float) else value


def _configured(entry: Any, key: str, settings: Mapping[str, Any]) -> RegistryChoice[Any]:
    known = {each.name: each for each in getattr(entry, "hyperparameters", ())}
    read: dict[str, Any] = {}
    for spelled, value in _pairs_apart(settings, known).items():
        name = key_of(known, spelled)
        if name is None:
            names = joined(", ", (Mention(each, "name") for each in known))
            listed = sentence("known knobs are {names}", names=names) if known else sentence("{key} has none", key=key)
            unknown = sentence("has an unknown knob {name}", name=echo(str(spelled)))
            meant = question(likely(spelled, known), "name") or joined("", ("; ", listed))
            raise FieldError((), joined("", (unknown, meant)))
        if name in read:
            raise FieldError((), sentence("has {name} twice, under two names", name=Mention(name, "name")))
        value = read[name] = typed_setting(known[name], value)
        try:
            known[name].read(value)
        except HyperparameterError:
            # the hyperparameter's own sentence repeats what was given, however long it is
            meant = question(likely(value, known[name].choices), "entry") if known[name].kind == "choice" else ""
            expected = meant or sentence(", expected {allowed}", allowed=_allowed(known[name]))
            raise FieldError((name,), sentence("is {given}{expected}", given=given(value), expected=expected)) from None
    if not known:
        return RegistryChoice(key, (), entry)
    try:
        configured = entry.configure(**read)
    except HyperparameterError as error:
        # a rule across hyperparameters; its sentence begins with the one that it is about
        name, _, problem = str(error).partition(" ")
        if name in known:
            raise FieldError((name,), hyperparameter_sentence(problem, known)) from None
        raise FieldError((), hyperparameter_sentence(str(error), known)) from None
    checked = dict(configured.settings)
    return RegistryChoice(key, tuple((n, checked[n]) for n in known if checked[n] != known[n].default), configured)


def _pairs_apart(settings: Mapping[str, Any], known: Mapping[str, Hyperparameter]) -> dict[str, Any]:
    """The settings with one each for PyTorch's pairs, as betas = (0.9, 0.999)."""
    found = dict(settings)
    items = {each.torch: each.name for each in known.values()}
    for name, value in settings.items():
        places = [f"{name}[{place}]" for place in range(len(value))] if isinstance(value, list) else []
        if places and all(place in items for place in places) and f"{name}[{len(places)}]" not in items:
            found |= zip((items[place] for place in places), found.pop(name), strict=True)
    return found


def _parts(hyperparameter: Hyperparameter, value: Iterable[Any]) -> list[Part]:
    """The parts that JSON values name. Raises FieldError with the place in the list."""
    found, chosen = [], ChosenFrom(hyperparameter.parts_from or Registry("part", ()))
    for place, item in enumerate(value):
        if isinstance(item, Part):
            item = _setting_json(item)
        if not isinstance(item, str | Mapping):
            said = sentence("is {given}, expected {allowed}", given=given(value), allowed=hyperparameter.allowed)
            raise FieldError((hyperparameter.name,), said)
        try:
            choice = chosen.read(item)
        except FieldError as error:
            raise FieldError((hyperparameter.name, place, *error.path), error.problem) from None
        found.append(Part(choice.key, choice.hyperparameters))
    return found


def typed_setting(hyperparameter: Hyperparameter, value: Any) -> Any:
    """The number, or the list of numbers, in a text that a person typed. Raises FieldError for what is no number."""
    if hyperparameter.kind == "parts" and isinstance(value, list | tuple) and hyperparameter.parts_from is not None:
        return _parts(hyperparameter, value)
    several = hyperparameter.kind in ("floats", "ints")
    try:
        if isinstance(value, str) and several:
            return read_numbers(value, whole=hyperparameter.kind == "ints")
        if isinstance(value, list) and several:
            return [read_typed(each) if isinstance(each, str) else each for each in value]
        if isinstance(value, str) and hyperparameter.kind == "choice":
            return next((each for each in hyperparameter.choices if plain(each) == plain(value)), value)
        if isinstance(value, str) and hyperparameter.kind in ("float", "int"):
            return read_typed(value)
    except NumberTextError as error:
        if str(error).endswith("expected a number"):
            return value  # what is allowed is said for the hyperparameter
        raise FieldError((hyperparameter.name,), str(error)) from None
    return value


def hyperparameter_sentence(text: str, hyperparameters: Iterable[str]) -> Sentence:
    """A sentence of the engine, in which the words that are hyperparameters, true or false are mentions."""
    kinds: dict[str, Any] = {**dict.fromkeys(hyperparameters, "name"), "true": "value", "false": "value"}
    words = (word.partition(",") for word in text.split(" "))
    return joined(" ", (joined("", (_word(head, kinds), comma, tail)) for head, comma, tail in words))


def _word(word: str, kinds: Mapping[str, Any]) -> Mention | str:
    return Mention(word, kinds[word]) if word in kinds else word


def _allowed(hyperparameter: Hyperparameter) -> Sentence | str:
    """The allowed values in words, with choices, true and false as mentions."""
    if hyperparameter.kind == "bool":
        return hyperparameter_sentence(hyperparameter.allowed, ())
    return (
        sentence("one of {choices}", choices=keys(hyperparameter.choices))
        if hyperparameter.kind == "choice"
        else hyperparameter.allowed
    )
