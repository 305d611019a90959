import json
import math
from typing import Annotated

import pytest
from pydantic import BaseModel, ConfigDict, ValidationError

from mlpviz.data import DATASETS
from mlpviz.data.scaling import SCALERS
from mlpviz.document.choice import Choice, From
from mlpviz.document.errors import DocumentError, error_of
from mlpviz.engine import (
    ACTIVATIONS,
    CLIPPINGS,
    INITIALIZERS,
    LOSSES,
    NORMS,
    OPTIMIZERS,
    PENALTIES,
    SCHEDULES,
    Activation,
)
from tests.support.errors import assert_one_line

REGISTRIES = (
    *(ACTIVATIONS, LOSSES, OPTIMIZERS, SCHEDULES, INITIALIZERS, NORMS, PENALTIES, CLIPPINGS),
    *(DATASETS, SCALERS),
)
ENTRIES = [pytest.param(registry, key, id=f"{registry.kind} {key}") for registry in REGISTRIES for key in registry]
KNOBS = [
    pytest.param(registry, key, knob, id=f"{registry.kind} {key} {knob.name}")
    for registry in REGISTRIES
    for key, entry in registry.items()
    for knob in getattr(entry, "knobs", ())
]

# knobs that a rule ties to others
TOGETHER = {"nesterov": {"momentum": 0.5}, "low": {"high": 3}}


class Layer(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    activation: Annotated[Choice[Activation], From(ACTIVATIONS)]


class Network(BaseModel):
    layers: tuple[Layer, ...]


def read(activation):
    try:
        return Network.model_validate({"layers": [{"activation": activation}]}).layers[0].activation
    except ValidationError as error:
        raise error_of(error, {}) from None


def refused(activation):
    with pytest.raises(DocumentError) as caught:
        read(activation)
    assert_one_line(caught.value)
    return str(caught.value)


def another(knob):
    """A value of this knob, as JSON has it, that is not its default."""
    match knob.kind:
        case "bool":
            return not knob.default
        case "choice":
            return next(choice for choice in knob.choices if choice != knob.default)
        case "floats" | "ints":
            return [1, 2]
    for value in (knob.default + 1, knob.default / 2, knob.default + 0.25, knob.default - 1, knob.default * 2):
        if value != knob.default and knob.holds(value) and (knob.kind == "float" or value == int(value)):
            return value
    raise AssertionError(f"no other value of {knob.name}")


@pytest.mark.parametrize(("registry", "key"), ENTRIES)
def test_an_entry_at_its_defaults_is_written_as_its_key(registry, key):
    choice = From(registry).read(key)
    assert choice.plain() == key
    assert choice.entry.key == key
    defaults = {knob.name: knob.default for knob in getattr(choice.entry, "knobs", ())}
    assert From(registry).read({"key": key, **defaults}) == choice
    assert dict(getattr(choice.entry, "settings", {})) == defaults


@pytest.mark.parametrize(("registry", "key", "knob"), KNOBS)
def test_a_turned_knob_reaches_the_entry_and_comes_back(registry, key, knob):
    written = {"key": key, knob.name: another(knob)} | TOGETHER.get(knob.name, {})
    choice = From(registry).read(written)
    plain = json.loads(json.dumps(choice.plain()))
    assert plain == written
    assert From(registry).read(plain) == choice == From(registry).read(choice)
    assert hash(choice) == hash(From(registry).read(plain))
    assert choice != From(registry).read(key)
    assert dict(choice.entry.settings)[knob.name] == knob.read(written[knob.name])


@pytest.mark.parametrize(("registry", "key", "knob"), KNOBS)
@pytest.mark.parametrize("wrong", [None, "no\nsuch", math.nan, math.inf, 10**400, [[]], {}, -(10.0**300)], ids=repr)
def test_a_wrong_knob_is_one_sentence_with_what_is_allowed(registry, key, knob, wrong):
    if wrong == -(10.0**300) and (knob.low == -math.inf and knob.kind == "float"):
        return  # any number is allowed
    with pytest.raises(ValueError, match=rf"^{knob.name} is .*, expected {knob.allowed}$") as caught:
        From(registry).read({"key": key, knob.name: wrong})
    assert_one_line(caught.value)


def test_a_field_keeps_its_place_in_the_sentence():
    assert read("relu").plain() == "relu"
    assert read({"key": "leaky_relu", "slope": 0.2}).entry.value(-1.0) == -0.2
    assert "layers[0].activation is 'rleu', expected one of identity, relu" in refused("rleu")
    assert "layers[0].activation is 3, expected one of" in refused(3)
    assert "layers[0].activation.key is null, expected one of" in refused({"key": None})
    assert "layers[0].activation has no key, expected one of" in refused({})
    assert (
        refused({"key": "leaky_relu", "slope": "steep"})
        == "layers[0].activation.slope is 'steep', expected a number from 0 to 1"
    )
    assert refused({"key": "relu", "slope": 1}) == "layers[0].activation has an unknown knob 'slope'; relu has none"
    assert refused({"key": "leaky_relu", "alpha": 1}).endswith("an unknown knob 'alpha'; known knobs are slope")


def test_a_rule_across_knobs_names_the_knob():
    with pytest.raises(ValueError, match=r"^warm_up is 9, expected less than total_iters, 3$") as caught:
        Choice.of(SCHEDULES, "warm_up_cosine", warm_up=9, total_iters=3)
    assert caught.value.path == ("warm_up",)


def test_pydantic_writes_the_same():
    network = Network.model_validate({"layers": [{"activation": {"key": "leaky_relu", "slope": 0.25}}]})
    assert json.loads(network.model_dump_json())["layers"][0] == {"activation": {"key": "leaky_relu", "slope": 0.25}}
