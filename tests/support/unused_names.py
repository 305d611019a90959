"""Which modules, functions, classes, methods and constants nothing uses that can be reached from the entry points.

Read from the syntax trees, without importing anything:

1. A module runs when an entry point, or a module that runs, imports it or names its file in a string.
2. What runs uses the names in its statements; a name leads, through imports and re-exports, to its definition, and so
   on from there. A definition that another part of the program decorates is registered, so it is used.
3. Of a class that is used, a method is used when something that is used reads an attribute of its name. A method that
   some other library decorates, or may call since the class inherits from it, is used.

4. A package that is public (`public` in `Program.of`) is used by programs of others: every name in its `__all__`, and
   every method of those of its classes that are used.

Fields of classes are not looked at, and methods of one name cannot be told apart.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.source_names import FUNCTIONS, Module, global_nodes, imported, read

# decorators and bases of other libraries that call nothing by its name
PLAIN_DECORATORS = {"property", "cached_property", "classmethod", "staticmethod", "override", "computed_field"}
PLAIN_BASES = {"NamedTuple", "TypedDict", "Protocol", "Generic", "BaseModel", "Enum", "StrEnum", "ABC"}


@dataclass(eq=False)
class Program:
    """All files of a program, and what of them is used from its entry points."""

    root: Path
    modules: dict[str, Module]
    public: str = ""
    """the full name of the package whose classes others use"""
    runs: set[str] = field(default_factory=set)
    used: set[tuple[str, ...]] = field(default_factory=set)
    """(module, name) and (module, class, method)"""
    attributes: set[str] = field(default_factory=set)
    _waiting: dict[str, list[tuple[Module, str, ast.stmt]]] = field(default_factory=dict)
    """methods of used classes, by their names, of which no attribute is read so far"""
    _values: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    """functions of modules that are values, in the same way"""
    _todo: list[tuple[Module, ast.AST]] = field(default_factory=list)

    @classmethod
    def of(cls, root: Path, files: Iterable[Path], entries: Iterable[Path], public: str = "") -> Program:
        """The program in these files; of an entry point everything is used, and of the public package what it lists."""
        modules = {module.name: module for module in (read(path, root) for path in files)}
        program = cls(root, modules, public)
        if public in modules:
            program._run(public)
            for name in _listed(modules[public]):
                program._use(public, name)
        for path in entries:
            entry = read(path, root)
            program._run(entry.name)
            for name in program.modules[entry.name].definitions:
                program._use(entry.name, name)
        while program._todo:
            program._look(*program._todo.pop())
        return program

    def _run(self, name: str) -> None:
        """A module runs, and its packages before it."""
        while name:
            if name in self.modules and name not in self.runs:
                self.runs.add(name)
                module = self.modules[name]
                self._todo += [(module, node) for node in module.statements]
                for defined, nodes in module.definitions.items():
                    if any(self._is_registered(module, node) for node in nodes):
                        self._use(name, defined)
            name = name.rpartition(".")[0]

    def _is_registered(self, module: Module, node: ast.stmt) -> bool:
        return any(self._own(module, decorator) for decorator in getattr(node, "decorator_list", []))

    def _own(self, module: Module, node: ast.expr) -> bool:
        """Whether an expression begins with a name of the program."""
        while isinstance(node, ast.Call | ast.Attribute | ast.Subscript):
            node = node.func if isinstance(node, ast.Call) else node.value
        if not isinstance(node, ast.Name):
            return False
        return node.id in module.definitions or self._file_of(module.bound.get(node.id, "")) is not None

    def _file_of(self, full: str) -> tuple[Module, list[str]] | None:
        """The module in which a full name lies, and the rest of the name."""
        parts = full.split(".")
        for end in range(len(parts), 0, -1):
            if (name := ".".join(parts[:end])) in self.modules:
                return self.modules[name], parts[end:]
        return None

    def _use(self, module: str, name: str) -> None:
        """A name of a module is used: its definition, here or where it is imported from."""
        own = self.modules[module]
        if (module, name) in self.used:
            return
        if name in own.definitions:
            self.used.add((module, name))
            for node in own.definitions[name]:
                self._define(own, node)
        elif name in own.bound and own.bound[name] != f"{module}.{name}":
            self._use_full(own.bound[name])
        elif f"{module}.{name}" in self.modules:
            self._use_full(f"{module}.{name}")

    def _use_full(self, full: str) -> None:
        if (found := self._file_of(full)) is not None:
            module, rest = found
            self._run(module.name)
            if rest:
                self._use(module.name, rest[0])
                return
            # a module as a value, as in `for module in (a, b): module.add()`: its names are those of attributes
            for name in module.definitions:
                if name in self.attributes:
                    self._use(module.name, name)
                elif (module.name, name) not in self.used:
                    self._values.setdefault(name, []).append((module.name, name))

    def _define(self, module: Module, node: ast.stmt) -> None:
        if not isinstance(node, ast.ClassDef):
            self._todo.append((module, node))
            return
        is_public = bool(self.public) and f"{module.name}.".startswith(f"{self.public}.")
        called = is_public or any(not self._own(module, base) and _last(base) not in PLAIN_BASES for base in node.bases)
        self._todo += [(module, part) for part in (*node.bases, *node.keywords, *node.decorator_list)]
        for child in node.body:
            if not isinstance(child, FUNCTIONS):
                self._todo.append((module, child))
            elif called or child.name.startswith("__") or self._is_hook(child) or child.name in self.attributes:
                self._method(module, node.name, child)
            else:
                self._waiting.setdefault(child.name, []).append((module, node.name, child))

    def _is_hook(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
        return any(_last(decorator) not in PLAIN_DECORATORS for decorator in node.decorator_list)

    def _method(self, module: Module, owner: str, node: ast.stmt) -> None:
        self.used.add((module.name, owner, node.name))
        self._todo.append((module, node))

    def _read(self, attribute: str) -> None:
        self.attributes.add(attribute)
        for method in self._waiting.pop(attribute, []):
            self._method(*method)
        for function in self._values.pop(attribute, []):
            self._use(*function)

    def _look(self, module: Module, top: ast.AST) -> None:
        """Use what a piece of code that is used names."""
        for node in global_nodes(top):
            match node:
                case ast.Import() | ast.ImportFrom():
                    for _, full in imported(node, module):
                        if (found := self._file_of(full)) is not None:
                            self._run(found[0].name)
                case ast.Attribute(ctx=ast.Load()):
                    full = self._full(module, node)
                    if full is not None and (found := self._file_of(full)) is not None:
                        self._use_full(full)
                        for attribute in found[1][1:]:
                            self._read(attribute)
                    elif full is None:
                        self._read(node.attr)
                case ast.Name(ctx=ast.Load()):
                    self._use(module.name, node.id)
                case ast.MatchClass():
                    for attribute in node.kwd_attrs:
                        self._read(attribute)
                case ast.Call(ast.Name("getattr" | "hasattr"), [_, ast.Constant(str(name)), *_]):
                    self._read(name)
                case ast.Constant(str(text)) if text.endswith(".py") and (self.root / text).is_file():
                    self._run(read(self.root / text, self.root).name)

    def _full(self, module: Module, node: ast.expr) -> str | None:
        """The full name that an attribute of an imported module or name has; None for one of any other value."""
        if isinstance(node, ast.Attribute):
            before = self._full(module, node.value)
            return None if before is None else f"{before}.{node.attr}"
        if isinstance(node, ast.Name):
            return module.bound.get(node.id)
        return None

    def unused(self) -> Iterator[str]:
        """What is not used: whole modules, and names as module:name or module:class.method."""
        for name, module in sorted(self.modules.items()):
            defined = {own for own in module.definitions if not own.startswith("__")}
            if name not in self.runs or (defined and not any((name, own) in self.used for own in defined)):
                # a package that only says what it holds is run by what lies in it
                if defined or module.path.name != "__init__.py":
                    yield name
                continue
            yield from (
                f"{name}:{own}" for own in module.definitions if own in defined and (name, own) not in self.used
            )
        for name, waiting in sorted(self._waiting.items()):
            yield from (f"{module.name}:{owner}.{name}" for module, owner, _ in waiting)


def _listed(module: Module) -> Iterator[str]:
    """The names in `__all__`."""
    for node in module.definitions.get("__all__", []):
        if isinstance(node, ast.Assign):
            yield from ast.literal_eval(node.value)


def _last(node: ast.expr) -> str:
    """The last name of a decorator or a base: `model_validator` of pydantic.model_validator(mode="after")."""
    while isinstance(node, ast.Call | ast.Subscript):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
