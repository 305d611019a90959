"""Which module imports which, read from the syntax trees: imports for types only and inside functions count as well."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from tests.support.repository import ROOT

Graph = Mapping[str, frozenset[str]]
"""The modules that each module imports, by full names."""


def sources() -> list[Path]:
    """The files of the program, relative to the repository."""
    found = [*ROOT.glob("app.py"), *ROOT.glob("pages/**/*.py"), *ROOT.glob("mlpviz/**/*.py")]
    return sorted(path.relative_to(ROOT) for path in found)


def name_of(path: Path) -> str:
    """The full name of a module; a package is named without __init__."""
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")


def modules(source: str, package: str = "") -> Iterator[str]:
    """The full name of every module, or name in a module, that a source imports anywhere."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import(names):
                yield from (name.name for name in names)
            case ast.ImportFrom(module, names, level):
                above = package.split(".")[: len(package.split(".")) - level + 1] if level else []
                base = ".".join([*above, *([module] if module else [])])
                yield from (f"{base}.{name.name}" for name in names)
            case ast.Call(ast.Name("__import__" | "import_module" | "library"), [ast.Constant(str(name)), *_]):
                yield name
            case ast.Call(ast.Attribute(_, "import_module"), [ast.Constant(str(name)), *_]):
                yield name


def graph_of(texts: Mapping[Path, str]) -> Graph:
    """The imports between these files. A name imported from a package leads to the package, a submodule to itself."""
    own = {name_of(path) for path in texts}
    found = {}
    for path, text in texts.items():
        package = ".".join(path.parent.parts)
        inside = (_module_in(name, own) for name in modules(text, package))
        found[name_of(path)] = frozenset(name for name in inside if name is not None)
    return found


def _module_in(name: str, own: set[str]) -> str | None:
    """The module that a full name is, or lies in; None outside the program."""
    while name and name not in own:
        name = name.rpartition(".")[0]
    return name or None


@cache
def program() -> Graph:
    """The imports between the files of the program."""
    return graph_of({path: (ROOT / path).read_text(encoding="utf-8") for path in sources()})


def circles(graph: Graph) -> Iterator[frozenset[str]]:
    """The sets of modules of which each is reached from each other one, largest first."""
    reached = {name: _reached(graph, name) for name in graph}
    found = {frozenset(other for other in reached[name] if name in reached[other]) for name in graph}
    yield from sorted(filter(None, found), key=len, reverse=True)


def _reached(graph: Graph, start: str) -> set[str]:
    """What a module imports, and what that imports, and so on; the module itself only if it comes back to it."""
    found: set[str] = set()
    waiting = list(graph[start])
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += graph[name]
    return found


def within(graph: Graph, names: Iterable[str]) -> dict[str, frozenset[str]]:
    """The imports among some modules only."""
    names = frozenset(names)
    return {name: graph[name] & names for name in sorted(names)}
