import json
import math
from typing import Annotated

import pytest
from pydantic import BaseModel, ConfigDict, ValidationError

from mlpviz.data import DATASETS
from mlpviz.data.scaling import SCALERS
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
from mlpviz.schema.errors import DocumentError, first_error
from mlpviz.schema.registry_choice import ChosenFrom, RegistryChoice
from tests.support.errors import assert_one_line

REGISTRIES = (
    *(ACTIVATIONS, LOSSES, OPTIMIZERS, SCHEDULES, INITIALIZERS, NORMS, PENALTIES, CLIPPINGS),
    *(DATASETS, SCALERS),
)
ENTRIES = [pytest.param(registry, key, id=f"{registry.kind} {key}") for registry in REGISTRIES for key in registry]
HYPERPARAMETERS = [
    pytest.param(registry, key, hyperparameter, id=f"{registry.kind} {key} {hyperparameter.name}")
    for registry in REGISTRIES
    for key, entry in registry.items()
    for hyperparameter in getattr(entry, "hyperparameters", ())
]

# hyperparameters that a rule ties to others
TOGETHER = {
    "nesterov": {"momentum": 0.5},
    "low": {"high": 3},
    "steps": {"rates": [1, 2]},
    "rates": {"steps": [1, 2]},
    "sequential milestones": {"schedules": ["step", "linear", "cosine"]},
}


class Layer(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    activation: Annotated[RegistryChoice[Activation], ChosenFrom(ACTIVATIONS)]


class Network(BaseModel):
    layers: tuple[Layer, ...]


def read(activation):
    try:
        return Network.model_validate({"layers": [{"activation": activation}]}).layers[0].activation
    except ValidationError as error:
        raise first_error(error, {}) from None


def refused(activation):
    with pytest.raises(DocumentError) as caught:
        read(activation)
    assert_one_line(caught.value)
    return str(caught.value)


def another(hyperparameter):
    """A value of this hyperparameter, as JSON has it, that is not its default."""
    match hyperparameter.kind:
        case "bool":
            return not hyperparameter.default
        case "choice":
            return next(choice for choice in hyperparameter.choices if choice != hyperparameter.default)
        case "floats" | "ints":
            return [1, 2]
        case "parts":
            return ["step", {"key": "polynomial", "power": 2}]
    for value in (
        hyperparameter.default + 1,
        hyperparameter.default / 2,
        hyperparameter.default + 0.25,
        hyperparameter.default - 1,
        hyperparameter.default * 2,
    ):
        if (
            value != hyperparameter.default
            and hyperparameter.holds(value)
            and (hyperparameter.kind == "float" or value == int(value))
        ):
            return value
    raise AssertionError(f"no other value of {hyperparameter.name}")


@pytest.mark.parametrize(("registry", "key"), ENTRIES)
def test_an_entry_at_its_defaults_is_written_as_its_key(registry, key):
    choice = ChosenFrom(registry).read(key)
    assert choice.to_json_value() == key
    assert choice.entry.key == key
    defaults = {
        hyperparameter.name: hyperparameter.default for hyperparameter in getattr(choice.entry, "hyperparameters", ())
    }
    assert ChosenFrom(registry).read({"key": key, **defaults}) == choice
    assert dict(getattr(choice.entry, "settings", {})) == defaults


@pytest.mark.parametrize(("registry", "key", "hyperparameter"), HYPERPARAMETERS)
def test_a_turned_hyperparameter_reaches_the_entry_and_comes_back(registry, key, hyperparameter):
    written = {"key": key, hyperparameter.name: another(hyperparameter)} | TOGETHER.get(
        hyperparameter.name, TOGETHER.get(f"{key} {hyperparameter.name}", {})
    )
    choice = ChosenFrom(registry).read(written)
    plain = json.loads(json.dumps(choice.to_json_value()))
    assert plain == written
    assert ChosenFrom(registry).read(plain) == choice == ChosenFrom(registry).read(choice)
    assert hash(choice) == hash(ChosenFrom(registry).read(plain))
    assert choice != ChosenFrom(registry).read(key)
    assert dict(choice.entry.settings)[hyperparameter.name] == hyperparameter.read(written[hyperparameter.name])


@pytest.mark.parametrize(("registry", "key", "hyperparameter"), HYPERPARAMETERS)
@pytest.mark.parametrize("wrong", [None, "no\nsuch", math.nan, math.inf, 10**400, [[]], {}, -(10.0**300)], ids=repr)
def test_a_wrong_hyperparameter_is_one_sentence_with_what_is_allowed(registry, key, hyperparameter, wrong):
    if wrong == -(10.0**300) and (hyperparameter.low == -math.inf and hyperparameter.kind == "float"):
        return  # any number is allowed
    with pytest.raises(
        ValueError, match=rf"^{hyperparameter.name} is .*, expected {hyperparameter.allowed}$"
    ) as caught:
        ChosenFrom(registry).read({"key": key, hyperparameter.name: wrong})
    assert_one_line(caught.value)


def test_a_field_keeps_its_place_in_the_sentence():
    assert read("relu").to_json_value() == "relu"
    assert read({"key": "leaky_relu", "slope": 0.2}).entry.value(-1.0) == -0.2
    assert "layers[0].activation is 'rleu' (did you mean relu?)" in refused("rleu")
    assert "layers[0].activation is 3, expected one of" in refused(3)
    assert "layers[0].activation.key is null, expected one of" in refused({"key": None})
    assert "layers[0].activation has no key, expected one of" in refused({})
    assert (
        refused({"key": "leaky_relu", "slope": "steep"})
        == "layers[0].activation.slope is 'steep', expected a number from 0 to 1"
    )
    assert refused({"key": "relu", "slope": 1}) == "layers[0].activation has an unknown knob 'slope'; relu has none"
    assert refused({"key": "leaky_relu", "beta": 1}).endswith("an unknown knob 'beta'; known knobs are slope")


def test_a_rule_across_hyperparameters_names_the_hyperparameter():
    with pytest.raises(ValueError, match=r"^warm_up is 9, expected less than total_iters, 3$") as caught:
        RegistryChoice.of(SCHEDULES, "warm_up_cosine", warm_up=9, total_iters=3)
    assert caught.value.path == ("warm_up",)


def test_pydantic_writes_the_same():
    network = Network.model_validate({"layers": [{"activation": {"key": "leaky_relu", "slope": 0.25}}]})
    assert json.loads(network.model_dump_json())["layers"][0] == {"activation": {"key": "leaky_relu", "slope": 0.25}}
