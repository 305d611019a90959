"""What people kept keeps opening: addresses, documents, setups and run files of older versions, to the same numbers."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import Any

import pytest

from mlpviz.data import DATASETS
from mlpviz.data.scaling import SCALERS
from mlpviz.engine import ACTIVATIONS, CLIPPINGS, INITIALIZERS, LOSSES, NORMS, OPTIMIZERS, PENALTIES, SCHEDULES
from mlpviz.examples.experiments import EXPERIMENTS
from tests.support.saved_files import EXPECTED, FOLDER, KINDS, expected_of, machine, opened, saved_files

KEYS = json.loads((FOLDER / "keys.json").read_text(encoding="utf-8"))
SAME_MACHINE = json.loads((FOLDER / "machine.json").read_text(encoding="utf-8"))["digest"] == machine()

REGISTRIES = {
    "activations": ACTIVATIONS,
    "clippings": CLIPPINGS,
    "data sets": DATASETS,
    "experiments": EXPERIMENTS,
    "initializers": INITIALIZERS,
    "losses": LOSSES,
    "norms": NORMS,
    "optimizers": OPTIMIZERS,
    "penalties": PENALTIES,
    "scalers": SCALERS,
    "schedules": SCHEDULES,
}
FIELDS = {
    "activation": "activations",
    "clipping": "clippings",
    "initializer": "initializers",
    "loss": "losses",
    "norm": "norms",
    "optimizer": "optimizers",
    "penalty": "penalties",
    "scaling": "scalers",
    "schedule": "schedules",
    "set": "data sets",
    "target_scaling": "scalers",
}
NOT_WRITTEN = {"scalers": {"none"}, "initializers": {"torch_linear"}}
"""A default without hyperparameters stands in no file."""


@pytest.mark.parametrize("path", saved_files(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_saved_file_opens_as_in_the_version_that_wrote_it(path: Any) -> None:
    expected = json.loads(expected_of(path).read_text(encoding="utf-8"))
    assert differences(opened(path), expected) == []


def test_nothing_is_expected_of_a_file_that_is_not_there() -> None:
    expected = {path for kind in KINDS for path in (FOLDER / kind).iterdir() if path.name.endswith(EXPECTED)}
    assert expected == {expected_of(path) for path in saved_files()}


def test_an_expectation_belongs_to_one_file() -> None:
    assert len({expected_of(path) for path in saved_files()}) == len(saved_files())


@pytest.mark.parametrize("name", KEYS)
def test_every_key_that_was_ever_saved_is_known_and_stands_in_a_saved_file(name: str) -> None:
    assert set(KEYS[name]) <= set(REGISTRIES[name])
    used = {key for registry, key in _used() if registry == name}
    assert set(KEYS[name]) <= used | NOT_WRITTEN.get(name, set())


def test_a_difference_is_found() -> None:
    """No test that cannot fail: each kind of change shows."""
    kept = {"loss": 0.5, "weights": [1.0, 2.0], "error": None, "view": "layer.1.1"}
    for name, value in (("loss", 0.51), ("weights", [1.0]), ("weights", [1.0, 2.1]), ("error", ""), ("view", "")):
        assert len(differences({**kept, name: value}, kept)) == 1
    assert differences({**kept, "more": 1}, kept)
    assert not differences(dict(kept), kept)


def differences(found: Any, expected: Any, place: str = "") -> list[str]:
    """Where two JSON values differ: not at all where the processor computes alike, else by more than rounding."""
    if isinstance(found, dict) and isinstance(expected, dict):
        names = [*expected, *(name for name in found if name not in expected)]
        return [each for n in names for each in differences(found.get(n, "-"), expected.get(n, "-"), f"{place}/{n}")]
    if isinstance(found, list) and isinstance(expected, list) and len(found) == len(expected):
        pairs = enumerate(zip(found, expected, strict=True))
        return [each for at, (mine, kept) in pairs for each in differences(mine, kept, f"{place}/{at}")]
    return [] if _is_same(found, expected) else [f"{place} is {found!r}, was {expected!r}"]


def _is_same(found: Any, expected: Any) -> bool:
    if isinstance(found, bool) or isinstance(expected, bool) or SAME_MACHINE:
        return bool(found == expected)
    if isinstance(found, float) and isinstance(expected, int | float):
        return math.isclose(found, expected, rel_tol=1e-4, abs_tol=1e-6)
    return bool(found == expected)


def _used() -> Iterator[tuple[str, str]]:
    """The registry and the key of every choice that stands in what the files hold."""
    for path in saved_files():
        yield from _choices(json.loads(expected_of(path).read_text(encoding="utf-8")))
        if path.parent.name == "documents":
            yield from _choices(json.loads(path.read_text(encoding="utf-8")))
        if path.parent.name == "addresses":
            lines = path.read_text(encoding="utf-8").splitlines()
            yield from (("experiments", line.partition("?x=")[2]) for line in lines)


def _choices(value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, list):
        for item in value:
            yield from _choices(item)
    if isinstance(value, dict):
        for name, item in value.items():
            key = item.get("key") if isinstance(item, dict) else item
            if name in FIELDS and isinstance(key, str):
                yield FIELDS[name], key
            yield from _choices(item)
