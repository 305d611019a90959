"""Imports go one way only: what each part of the program may know of the others, read from the syntax trees."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.repository import ROOT

# part: the parts that it may import, besides itself
ARROWS: dict[str, set[str]] = {
    "mlpviz": set(),  # __init__.py
    "engine": set(),
    "number_text": set(),
    "text": {"number_text"},
    "comparison": {"engine"},
    "reference": {"engine"},
    "check": {"comparison", "engine", "number_text", "reference"},
    "data": {"engine", "text"},
    "document": {"engine", "text"},
    "setup": {"data", "document", "engine", "text"},
    "matrix_text": {"document"},
    "runs": {"data", "document", "engine", "setup", "text"},
    "content": {"data", "document", "engine", "number_text", "reference", "runs", "setup", "text"},
    "schema": set(),
    "edits": {"document", "engine", "matrix_text", "schema"},
    "figures": {"content", "data", "document", "engine", "number_text", "runs", "setup", "text"},
    "app": {"check", "document", "engine", "number_text", "schema", "text"},
    "sheet_page": {"app", "check", "content", "document", "edits", "engine", "figures", "mlpviz", "number_text"},
    "train_page": {"app", "check", "content", "data", "document", "engine", "figures", "runs", "setup"},
    "check_page": {"app", "check", "content", "document", "engine", "number_text"},
    "hosts": {"app", "check_page", "engine", "sheet_page", "train_page"},
    "hosts/streamlit": {"app", "check_page", "hosts", "mlpviz", "reference", "train_page"},
    "pages": {"hosts/streamlit"},
    "app.py": {"hosts/streamlit"},
    "command_line": {"check", "content", "data", "document", "engine", "number_text", "setup"},
    "__main__": {"command_line"},
}  # fmt: skip

# outside package: the only parts that may import it
ONLY = {
    "torch": {"reference"},
    "streamlit": {"hosts/streamlit", "pages", "app.py"},
    "starlette": {"hosts/streamlit"},
    "plotly": {"figures"},
    "sklearn": {"data"},
    "playwright": set[str](),
    "pickle": set[str](),
}

OUTSIDE_OF_ENGINE = {"numpy", *sys.stdlib_module_names}


def sources() -> list[Path]:
    found = [*ROOT.glob("app.py"), *ROOT.glob("pages/**/*.py"), *ROOT.glob("mlpviz/**/*.py")]
    return sorted(path.relative_to(ROOT) for path in found)


def part_of(path: Path) -> str:
    """The part that a file belongs to: mlpviz/engine/spec.py and mlpviz/verify/report.py give engine and check.

    Each host is a part of its own: mlpviz/hosts/streamlit/page.py gives hosts/streamlit.
    """
    first, *rest = path.with_suffix("").parts
    if first != "mlpviz":
        return str(path) if len(path.parts) == 1 else first
    if rest == ["__init__"]:
        return "mlpviz"
    return "/".join(rest[:2]) if rest[0] == "hosts" and len(rest) > 2 else rest[0]


def modules(source: str, package: str = "") -> Iterator[str]:
    """The full names of everything that is imported anywhere in the source, inside functions too."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import(names):
                yield from (name.name for name in names)
            case ast.ImportFrom(module, names, level):
                above = package.split(".")[: len(package.split(".")) - level + 1] if level else []
                base = ".".join([*above, *([module] if module else [])])
                yield from (f"{base}.{name.name}" for name in names)
            case ast.Call(ast.Name("__import__" | "import_module"), [ast.Constant(str(name)), *_]):
                yield name
            case ast.Call(ast.Attribute(_, "import_module"), [ast.Constant(str(name)), *_]):
                yield name


def part_named(module: str) -> str:
    """The part, or the outside package, that holds a module or a name in it."""
    first, *rest = module.split(".")
    if first != "mlpviz" or not rest:
        return first
    if rest[0] == "hosts" and len(rest) > 1 and (ROOT / "mlpviz/hosts" / rest[1]).is_dir():
        return "/".join(rest[:2])
    own = ROOT / "mlpviz" / rest[0]
    return rest[0] if own.is_dir() or own.with_suffix(".py").exists() else "mlpviz"


def imported(path: Path) -> set[str]:
    package = ".".join(path.parent.parts)
    return {part_named(module) for module in modules((ROOT / path).read_text(encoding="utf-8"), package)}


@pytest.mark.parametrize("path", sources(), ids=str)
def test_a_file_imports_only_what_its_part_may_know(path: Path) -> None:
    part = part_of(path)
    assert part in ARROWS, f"{part} is a new part: say in ARROWS what it may import"
    found = imported(path)
    wrong = found & (ARROWS.keys() - ARROWS[part] - {part})
    assert not wrong, f"{path} must not import {sorted(wrong)}"
    outside = {name for name, allowed in ONLY.items() if name in found and part not in allowed}
    assert not outside, f"{path} must not import {sorted(outside)}"
    if part == "engine":
        assert found <= OUTSIDE_OF_ENGINE | {"engine"}, (
            f"{path}: the engine imports NumPy and the standard library only"
        )


def test_the_arrows_make_no_circle() -> None:
    left = dict(ARROWS)
    while free := [part for part, known in left.items() if not known & left.keys()]:
        for part in free:
            del left[part]
    assert not left


@pytest.mark.parametrize(
    "path", sorted((ROOT / "mlpviz/verify/torch_reference").glob("*.py")), ids=lambda path: path.name
)
def test_torch_is_imported_inside_functions_only(path: Path) -> None:
    # it takes over a second, and may be missing
    tree = ast.parse(path.read_text(encoding="utf-8"))
    top = ast.Module([node for node in tree.body if not isinstance(node, ast.FunctionDef | ast.ClassDef)], [])
    assert "torch" not in {part_named(module) for module in modules(ast.unparse(top))}
    assert "torch" in {part_named(module) for module in modules(ast.unparse(tree))}


def test_scikit_learn_is_imported_inside_functions_only() -> None:
    # it takes a second, and most pages never ask for it
    paths = sorted((ROOT / "mlpviz/data").glob("*.py"))
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in paths]
    for tree, path in zip(trees, paths, strict=True):
        top = ast.Module([node for node in tree.body if not isinstance(node, ast.FunctionDef | ast.ClassDef)], [])
        assert "sklearn" not in {part_named(module) for module in modules(ast.unparse(top))}, path
    assert any("sklearn" in {part_named(module) for module in modules(ast.unparse(tree))} for tree in trees)


def test_every_file_is_read() -> None:
    assert {part_of(path) for path in sources()} >= ARROWS.keys()


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("def f():\n    import torch.nn.functional as F", "torch"),
        ("from mlpviz import reference", "reference"),
        ("from mlpviz.data.shell import page", "data"),
        ("from mlpviz.hosts.streamlit.page import show_page", "hosts/streamlit"),
        ("from mlpviz.hosts.pages import PAGES", "hosts"),
        ("from mlpviz import __version__", "mlpviz"),
        ("from ..data import shell", "data"),
        ("from . import trace", "engine"),
        ("import importlib\nimportlib.import_module('torch')", "torch"),
        ("if TYPE_CHECKING:\n    import streamlit as st", "streamlit"),
    ],
)
def test_the_reader_sees_every_form_of_import(source: str, expected: str) -> None:
    assert expected in {part_named(module) for module in modules(source, "mlpviz.engine")}
