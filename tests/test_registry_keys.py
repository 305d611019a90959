"""Facts of an entry stand in its record: no other module asks for its key, or keeps a table of keys."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mlpviz.engine import ACTIVATIONS, INITIALIZERS, LOSSES, NORMS, SCHEDULES
from mlpviz.engine.activations import Activation
from mlpviz.engine.losses import Loss
from mlpviz.engine.optimizers import OPTIMIZERS, Optimizer

ROOT = Path(__file__).parents[1]

REGISTRIES = (ACTIVATIONS, LOSSES, OPTIMIZERS, NORMS, SCHEDULES, INITIALIZERS)

# the registries themselves, and examples: what is about certain entries, such as networks, mistakes and cures;
# imports translate the names that other tools have for entries
EXEMPT = (
    "mlpviz/engine/activations",
    "mlpviz/engine/losses",
    "mlpviz/engine/optimizers",
    "mlpviz/engine/initializers",
    "mlpviz/engine/norms.py",
    "mlpviz/engine/schedules",
    "mlpviz/examples/experiments",
    "mlpviz/practice/mistakes",
    "mlpviz/practice/topics",
    "mlpviz/examples/networks",
    "mlpviz/examples/trainings",
    "mlpviz/network/edits/variants.py",
    "mlpviz/config/sweeps.py",
    "mlpviz/config/defaults.py",
    "mlpviz/exchange/imports",
    "mlpviz/gradient_flow/cures.py",
    "mlpviz/gradient_flow/shown.py",
    "mlpviz/landscape_page/shown.py",
)

# words that mean something else as well
AMBIGUOUS = {"step", "sum", "constant", "normal", "uniform", "linear"}

KEYS = {key for registry in REGISTRIES for key in registry}


def _texts(node: ast.expr) -> list[str]:
    """The strings that an expression consists of, none if there is anything else in it."""
    match node:
        case ast.Constant(str(text)):
            return [text]
        case ast.Tuple(parts) | ast.List(parts) | ast.Set(parts):
            found = [_texts(part) for part in parts]
            return [text for texts in found for text in texts] if all(found) else []
        case ast.Call(ast.Name("frozenset" | "set" | "tuple"), [inner]):
            return _texts(inner)
    return []


def _asks_for_key(node: ast.expr) -> bool:
    return any(
        (isinstance(part, ast.Attribute) and part.attr == "key") or (isinstance(part, ast.Name) and part.id == "key")
        for part in ast.walk(node)
    )


def places(source: str) -> Iterator[tuple[int, str]]:
    """Line and keys of every comparison with a key, pattern with a key, and table or set of keys alone."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Compare(left, _, others):
                named = {text for side in (left, *others) for text in _texts(side)} & KEYS
                if named and (named - AMBIGUOUS or any(_asks_for_key(side) for side in (left, *others))):
                    yield node.lineno, ", ".join(sorted(named))
            case ast.MatchValue(value) if set(_texts(value)) & (KEYS - AMBIGUOUS):
                yield node.lineno, ", ".join(_texts(value))
            case ast.Dict(keys) if keys:
                named = [text for key in keys if key is not None for text in _texts(key)]
                if len(named) == len(keys) and set(named) <= KEYS and set(named) - AMBIGUOUS:
                    yield node.lineno, ", ".join(named)
            case ast.Tuple() | ast.Set() | ast.List():
                named = _texts(node)
                if named and set(named) <= KEYS and set(named) - AMBIGUOUS:
                    yield node.lineno, ", ".join(named)


def sources() -> list[Path]:
    found = (path.relative_to(ROOT) for path in (ROOT / "mlpviz").glob("**/*.py"))
    return sorted(path for path in found if not str(path).startswith(EXEMPT))


@pytest.mark.parametrize("path", sources(), ids=str)
def test_no_module_asks_for_the_key_of_an_entry(path: Path) -> None:
    found = list(places((ROOT / path).read_text(encoding="utf-8")))
    assert not found, f"{path}: put what is known of these entries into their records: {found}"


def test_every_exemption_is_there() -> None:
    assert all((ROOT / path).exists() for path in EXEMPT)


@pytest.mark.parametrize(
    ("source", "is_wrong"),
    [
        ('if activation.key == "step":\n    pass', True),
        ('x = loss.key in ("bce", "mse")', True),
        ('x = last == "log_softmax"', True),
        ('x = "identity" not in fitting', True),
        ('x = {"softmax", "sigmoid"} & set(fitting)', True),
        ('TABLE = {"sigmoid": 0.5, "tanh": 0.0}', True),
        ('ROWS = ("softmax", "log_softmax")', True),
        ('match key:\n    case "adam":\n        pass', True),
        ('x = reduction == "sum"', False),
        ('x = every in ("epoch", "step")', False),
        ('x = ACTIVATIONS["relu"]', False),
        ('x = {"key": "adam", "learning_rate": 0.1}', False),
        ("x = one.key == other.key", False),
    ],
)
def test_the_reader_sees_every_form(source: str, is_wrong: bool) -> None:
    assert bool(list(places(source))) == is_wrong


@pytest.mark.parametrize(
    ("package", "kind", "registry"),
    [("activations", Activation, ACTIVATIONS), ("losses", Loss, LOSSES), ("optimizers", Optimizer, OPTIMIZERS)],
)
def test_every_record_that_is_written_is_in_its_registry(package: str, kind: Any, registry: Any) -> None:
    stems = [path.stem for path in sorted((ROOT / "mlpviz/engine" / package).glob("*.py"))]
    for name in (f"mlpviz.engine.{package}", *(f"mlpviz.engine.{package}.{stem}" for stem in stems if stem[0] != "_")):
        module = importlib.import_module(name)
        for value in vars(module).values():
            assert not isinstance(value, kind) or registry[value.key] is value
