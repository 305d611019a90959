"""A Python file taken apart by its syntax tree: what it defines, what its imports bind, and what runs on import."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(eq=False)
class Module:
    """A file: its definitions by name, what its imports bind, and the statements that run when it is imported."""

    name: str
    path: Path
    definitions: dict[str, list[ast.stmt]] = field(default_factory=dict)
    bound: dict[str, str] = field(default_factory=dict)
    statements: list[ast.stmt] = field(default_factory=list)


def imported(node: ast.Import | ast.ImportFrom, module: Module) -> Iterator[tuple[str, str]]:
    """The local names that an import binds, and the full name of what each stands for."""
    if isinstance(node, ast.Import):
        for alias in node.names:
            yield (alias.asname, alias.name) if alias.asname else (first := alias.name.split(".")[0], first)
        return
    package = module.name if module.path.name == "__init__.py" else module.name.rpartition(".")[0]
    above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
    base = ".".join([*above, *([node.module] if node.module else [])])
    for alias in node.names:
        yield alias.asname or alias.name, f"{base}.{alias.name}"


def read(path: Path, root: Path) -> Module:
    """The file taken apart."""
    parts = path.relative_to(root).with_suffix("").parts
    module = Module(".".join(parts[:-1] if parts[-1] == "__init__" else parts), path)
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            module.bound |= dict(imported(node, module))

    def take(statements: Iterable[ast.stmt]) -> None:
        for node in statements:
            match node:
                case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                    module.definitions.setdefault(node.name, []).append(node)
                case ast.Assign() | ast.AnnAssign() if names := list(_targets(node)):
                    for name in names:
                        module.definitions.setdefault(name, []).append(node)
                case ast.If() | ast.Try() | ast.With():
                    tested = getattr(node, "test", None)
                    if isinstance(tested, ast.Name) and tested.id == "TYPE_CHECKING":
                        take(child for child in node.body if not isinstance(child, ast.Import | ast.ImportFrom))
                    else:
                        module.statements += [ast.Expr(tested)] if isinstance(tested, ast.expr) else []
                        take(node.body)
                    for part in ("orelse", "finalbody"):
                        take(getattr(node, part, []))
                    for handler in getattr(node, "handlers", []):
                        take(handler.body)
                case _:
                    module.statements.append(node)

    take(tree.body)
    return module


def _targets(node: ast.stmt) -> Iterator[str]:
    """The names that an assignment defines; none if it changes something that is there already."""
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    flat = [part for target in targets for part in (target.elts if isinstance(target, ast.Tuple) else [target])]
    if all(isinstance(part, ast.Name) for part in flat):
        yield from (part.id for part in flat)


def global_nodes(top: ast.AST, local: frozenset[str] = frozenset()) -> Iterator[ast.AST]:
    """All nodes of a piece of code, without names that are local to its functions."""
    if isinstance(top, ast.Name) and top.id in local:
        return
    yield top
    inner = local
    if isinstance(top, (*FUNCTIONS, ast.Lambda)):
        inner = local | _locals(top)
        outside = [*top.args.defaults, *filter(None, top.args.kw_defaults), *getattr(top, "decorator_list", [])]
        for node in outside:
            yield from global_nodes(node, local)
    for child in ast.iter_child_nodes(top):
        yield from global_nodes(child, inner)


def _locals(function: ast.AST) -> set[str]:
    """Arguments and assigned names of a function; imports stand for what they import, wherever they are."""
    found = {node.arg for node in ast.walk(function.args) if isinstance(node, ast.arg)}
    body = function.body if isinstance(function.body, list) else [function.body]
    for statement in body:
        for node in ast.walk(statement):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                found.add(node.id)
            elif isinstance(node, (*FUNCTIONS, ast.ClassDef)):
                found.add(node.name)
    return found - {name for node in ast.walk(function) if isinstance(node, ast.Global) for name in node.names}
