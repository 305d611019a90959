"""Every registry of the program, found in its source, and its table in docs/registries.md.

`python -m tests.support.registry_tables` writes the page anew.
"""

import ast
from importlib import import_module

from mlpviz.engine.registry import Registry
from tests.support.repository import ROOT

PAGE = ROOT / "docs/registries.md"
HEAD = """# Registries

What there is to choose from, in the words of the records themselves. Keys are what documents, setups, events and links
contain, so they don't change. `python -m mlpviz list KIND` prints many of these tables with all knobs, and
[Extending](extending.md) tells how a record is added. `python -m tests.support.registry_tables` writes this page; a
test compares it with the program.
"""
COLUMNS = {
    "label": "label",
    "sentence": "what it is",
    "question": "question",
    "description": "description",
    "suffix": "suffix",
    "opening": "what is opened from it",
    "saving": "what is saved in it",
}


def registries() -> dict[str, Registry]:
    """Every registry by its name in capitals, in the order of these names."""
    found = {}
    for path in sorted((ROOT / "mlpviz").rglob("*.py")):
        names = [name for name in _assigned(path) if name not in found]
        if names:
            module = import_module(".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"))
            found |= {name: getattr(module, name) for name in names}
    return dict(sorted(found.items()))


def _assigned(path):
    """The names at the top of a module that are made by Registry(...)."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        match node:
            case ast.AnnAssign(ast.Name(name), _, ast.Call(ast.Name("Registry"))):
                yield name
            case ast.Assign([ast.Name(name)], ast.Call(ast.Name("Registry") | ast.Subscript(ast.Name("Registry")))):
                yield name


def heading(name: str) -> str:
    return name.capitalize().replace("_", " ")


def columns_of(registry: Registry) -> list[str]:
    """The words that the records have, besides their key."""
    return [name for name in COLUMNS if any(getattr(entry, name, "") for entry in registry.values())]


def rows_of(registry: Registry) -> list[tuple[str, ...]]:
    """The table of a registry, as Markdown has its cells."""
    names = columns_of(registry)
    texts = [(f"`{key}`", *(str(getattr(entry, name, "") or "") for name in names)) for key, entry in registry.items()]
    return [tuple(" ".join(text.replace("|", r"\|").split()) for text in row) for row in texts]


def page() -> str:
    """docs/registries.md as it has to be."""
    parts = [HEAD]
    for name, registry in registries().items():
        head = ("key", *(COLUMNS[column] for column in columns_of(registry)))
        rows = [head, ("---",) * len(head), *rows_of(registry)]
        parts += [f"\n## {heading(name)}\n\n", *(f"| {' | '.join(row)} |\n" for row in rows)]
    return "".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
