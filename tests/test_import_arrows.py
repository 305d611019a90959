"""Imports go one way only: what each part of the program may know of the others, and no circle between modules.

Read from the syntax trees: imports for types only and inside functions count like any other.
"""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

import pytest

from tests.support.documentation import blocks
from tests.support.import_graph import circles, graph_of, modules, name_of, program, sources, within
from tests.support.repository import ROOT

# part: the parts that it may import, besides itself
ARROWS: dict[str, set[str]] = {
    "mlpviz": {"api"},  # __init__.py, when a public name is asked for
    "engine": set(),
    "text": set(),
    "schema": {"engine", "text"},
    "data": {"engine", "schema", "text"},
    "verify": {"engine", "text"},
    "network": {"engine", "schema", "text"},
    "config": {"data", "engine", "schema", "text"},
    "sheet": {"engine", "network", "schema", "text"},
    "runs": {"config", "data", "engine", "network", "schema", "text"},
    "practice": {"engine", "network", "schema", "sheet", "text"},
    "pictures": {"engine", "network", "sheet", "text"},
    "explain": {"engine", "network", "schema", "sheet", "text"},
    "examples": {"config", "data", "engine", "network", "runs", "text", "verify"},
    "exchange": {
        *("config", "data", "engine", "explain", "network", "pictures", "practice", "runs", "schema", "sheet", "text"),
    },
    "lessons": {"engine", "examples", "network", "practice", "schema", "sheet", "text"},
    "app": {"engine", "network", "schema", "text", "verify"},
    "sheet_page": {"app", "engine", "examples", "exchange", "explain", "network", "schema", "sheet", "text", "verify"},
    "train_page": {
        *("app", "config", "data", "engine", "examples", "exchange"),
        *("network", "runs", "schema", "sheet", "text", "verify"),
    },
    "check_page": {"app", "engine", "examples", "network", "practice", "text", "verify"},
    "practice_page": {
        *("app", "engine", "exchange", "network", "practice", "schema", "sheet", "sheet_page", "text", "verify")
    },
    "lesson_page": {"app", "engine", "lessons", "network", "practice", "practice_page", "schema", "text", "verify"},
    "exploration": {"app", "engine", "network", "schema", "text"},
    "functions_page": {"app", "engine", "exploration", "network", "sheet", "text"},
    "low_precision": {"engine", "network"},
    "bits_page": {"app", "engine", "examples", "exploration", "low_precision", "network", "text"},
    "gradient_flow": {"data", "engine", "text"},
    "gradient_flow_page": {"app", "data", "engine", "exploration", "gradient_flow", "network", "schema", "text"},
    "landscape": {"engine"},
    "landscape_page": {"app", "data", "engine", "exploration", "landscape", "network", "text"},
    "hosts": {
        *("app", "bits_page", "check_page", "engine", "exploration", "functions_page", "gradient_flow_page"),
        *("landscape_page", "lesson_page", "practice_page", "sheet_page", "train_page"),
    },
    "hosts/notebook": {"app", "engine", "hosts", "practice_page", "sheet_page", "train_page"},
    "hosts/workers": {"app", "engine"},
    "hosts/site": {
        *("app", "check_page", "data", "engine", "examples", "hosts", "lesson_page", "mlpviz", "network", "practice"),
        *("practice_page", "schema", "sheet", "sheet_page", "train_page"),
    },
    "hosts/streamlit": {
        *("app", "bits_page", "check_page", "engine", "exploration", "functions_page", "hosts", "mlpviz", "network"),
        *("schema", "sheet_page", "train_page", "verify"),
    },
    "api": {
        *("app", "config", "data", "engine", "examples", "exchange", "hosts/notebook", "network", "runs", "schema"),
        *("sheet_page", "text", "train_page", "verify"),
    },
    "pages": {"hosts/streamlit"},
    "app.py": {"hosts/streamlit"},
    "cli": {
        *("api", "app", "config", "data", "engine", "examples", "exchange", "explain"),
        *("hosts/site", "hosts/streamlit", "hosts/workers", "mlpviz", "network", "practice", "runs", "schema", "text"),
        "verify",
    },
    "__main__": {"cli"},
}  # fmt: skip

# outside package: the only parts, or modules, that may import it
ONLY = {
    "torch": {"api", "verify", "mlpviz.examples.small_cnn", "mlpviz.exchange.imports.torch_checkpoint"},
    "sklearn": {"data"},
    "safetensors": {"runs", "mlpviz.exchange.imports.torch_safetensors"},
    "defusedxml": {"mlpviz.exchange.imports.archives"},
    "scipy": {"mlpviz.exchange.imports.matlab_mat"},
    "streamlit": {"hosts/streamlit", "app.py"},
    "anywidget": {"hosts/notebook"},
    "traitlets": {"hosts/notebook", "mlpviz.api.widgets"},
    "starlette": {"hosts/streamlit"},
    "tqdm": {"cli"},
    "latex2mathml": {"sheet"},
    "resvg_py": {"mlpviz.pictures.png"},
    "typst": {"mlpviz.exchange.paper.typeset"},
    "segno": {"mlpviz.exchange.paper.links"},
    "plotly": {"bits_page", "exploration", "functions_page"},
    "ml_dtypes": {"low_precision"},
    "playwright": set[str](),
    "pickle": set[str](),
}

# outside packages that take a second to import or may be missing
INSIDE_FUNCTIONS = ("torch", "sklearn", "pandas", "safetensors", "resvg_py", "typst", "segno")

OUTSIDE_OF_ENGINE = {"numpy", *sys.stdlib_module_names}


def part_of(path: Path) -> str:
    """The part that a file belongs to: mlpviz/engine/spec.py and mlpviz/verify/report.py give engine and verify.

    Each host is a part of its own: mlpviz/hosts/streamlit/page.py gives hosts/streamlit.
    """
    first, *rest = path.with_suffix("").parts
    if first != "mlpviz":
        return str(path) if len(path.parts) == 1 else first
    if rest == ["__init__"]:
        return "mlpviz"
    return "/".join(rest[:2]) if rest[0] == "hosts" and len(rest) > 2 else rest[0]


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
    part, name = part_of(path), name_of(path)
    assert part in ARROWS, f"{part} is a new part: say in ARROWS what it may import"
    found = imported(path)
    wrong = found & (ARROWS.keys() - ARROWS[part] - {part})
    assert not wrong, f"{path} must not import {sorted(wrong)}"
    outside = {package for package, allowed in ONLY.items() if package in found and not {part, name} & allowed}
    assert not outside, f"{path} must not import {sorted(outside)}"
    if part == "engine":
        assert found <= OUTSIDE_OF_ENGINE | {"engine"}, (
            f"{path}: the engine imports NumPy and the standard library only"
        )


def test_no_modules_import_each_other_in_a_circle() -> None:
    graph = program()
    assert [within(graph, circle) for circle in circles(graph)] == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"a": "from mlpviz.b import B", "b": "import mlpviz.c", "c": ""}, []),
        ({"a": "import mlpviz.b", "b": "import mlpviz.c", "c": "import mlpviz.a"}, [{"a", "b", "c"}]),
        ({"a": "from mlpviz.b import B", "b": "if TYPE_CHECKING:\n    from mlpviz.a import A"}, [{"a", "b"}]),
        ({"a": "from . import b", "b": "def f():\n    from .a import A"}, [{"a", "b"}]),
        ({"a": "import mlpviz.a"}, [{"a"}]),
        ({"a": "import mlpviz.c", "b": "import mlpviz.d", "c": "import mlpviz.a", "d": "import mlpviz.b"}, 2),
    ],
)
def test_the_reader_sees_every_circle(files: dict[str, str], expected: list[set[str]] | int) -> None:
    graph = graph_of({Path(f"mlpviz/{name}.py"): text for name, text in files.items()})
    found = [{name.removeprefix("mlpviz.") for name in circle} for circle in circles(graph)]
    assert (len(found) if isinstance(expected, int) else found) == expected


def test_the_arrows_make_no_circle() -> None:
    left = dict(ARROWS)
    while free := [part for part, known in left.items() if not known & left.keys()]:
        for part in free:
            del left[part]
    assert not left


def test_the_arrows_are_those_of_the_docs() -> None:
    (block,) = [block for block in blocks() if "<-" in block.text]
    height: dict[str, int] = {}
    # a line that begins with an arrow goes on with the one above it
    for chain in re.sub(r"\n\s*<-", " <-", block.text).splitlines():
        first, *layers = [layer.strip().split(", ") for layer in chain.split("<-")]
        start = height.setdefault(first[0], 0)
        height |= dict.fromkeys(first, start)
        height |= {part: start + number for number, layer in enumerate(layers, 1) for part in layer}
    assert height.keys() == ARROWS.keys() - {"mlpviz", "__main__"}, "each part stands in the docs once"
    for part in height:
        for known in ARROWS[part] - {"mlpviz"}:
            assert height[known] <= height[part], f"{part} may import {known}, which the docs place above it"


@pytest.mark.parametrize("outside", INSIDE_FUNCTIONS)
def test_what_takes_long_or_may_be_missing_is_imported_inside_functions_only(outside: str) -> None:
    importers = [path for path in sources() if outside in imported(path)]
    assert importers
    for path in importers:
        tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
        top = ast.Module([node for node in tree.body if not _is_for_later(node)], [])
        assert outside not in {part_named(module) for module in modules(ast.unparse(top))}, path


def _is_for_later(node: ast.stmt) -> bool:
    """Whether Python does not carry it out at once, or at all: a definition, or what is for types only."""
    is_for_types = isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
    return isinstance(node, ast.FunctionDef | ast.ClassDef) or is_for_types


def test_every_file_is_read() -> None:
    assert {part_of(path) for path in sources()} >= ARROWS.keys()


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("def f():\n    import torch.nn.functional as F", "torch"),
        ("from mlpviz import verify", "verify"),
        ("from mlpviz.data.table import Table", "data"),
        ("from mlpviz.hosts.streamlit.page import show_page", "hosts/streamlit"),
        ("from mlpviz.hosts.pages import PAGES", "hosts"),
        ("from mlpviz import __version__", "mlpviz"),
        ("from ..data import table", "data"),
        ("from . import trace", "engine"),
        ("import importlib\nimportlib.import_module('torch')", "torch"),
        ("if TYPE_CHECKING:\n    import streamlit as st", "streamlit"),
    ],
)
def test_the_reader_sees_every_form_of_import(source: str, expected: str) -> None:
    assert expected in {part_named(module) for module in modules(source, "mlpviz.engine")}
