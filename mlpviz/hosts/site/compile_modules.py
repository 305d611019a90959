"""Run by the Python of a site while it is built (`compile.mjs`): compiles its modules, and divides them.

Which modules a visit needs is seen, not said: this Python makes one, and looks which it has imported.
"""

from __future__ import annotations

import ast
import io
import marshal
import site
import sys
import zipfile
from collections.abc import Iterable, Mapping
from importlib import import_module
from importlib.util import MAGIC_NUMBER
from pathlib import Path
from types import CodeType
from typing import Any, NamedTuple

Files = Mapping[str, bytes]

LATER = "later.txt"

_STARTED = frozenset(sys.modules)
"""what Python itself has imported, before there is anything but its library"""

_NEVER_CHECKED = (0b01).to_bytes(4, "little") + bytes(8)
"""flags of a compiled module that is never compared with its source, and the digest that nobody compares"""

_OWN = "mlpviz/"
_OF_PYODIDE = ("_pyodide", "pyodide", "site_archives")
_WINDOW = 25
"""of zstd: two to this power are the bytes that it looks back"""


class Divided(NamedTuple):
    """The library that Python starts with, what a visit needs besides, and all other modules."""

    library: bytes
    first: bytes
    later: bytes


class Compiled(NamedTuple):
    """Compiled modules, and what they read: the library, and all else."""

    library: dict[str, bytes]
    modules: dict[str, bytes]


def ready(library: bytes, modules: bytes) -> Compiled:
    """The modules in two archives, compiled; those of the second can be imported now."""
    found = Compiled(dict(_compiled_files(_read(library))), dict(_compiled_files(_read(modules))))
    _write(found.modules, Path(site.getsitepackages()[0]))
    return found


def divided(found: Compiled, level: int) -> Divided:
    """The archives, if all that a visit needs is imported by now; `level` is that of zstd."""
    needed = {*sys.modules}
    started = {name.partition(".")[0] for name in _STARTED}
    start, first, later = {}, {}, {}
    for name, content in found.library.items():
        module = _module(name)
        if module.startswith(_OF_PYODIDE):
            start[name] = content
        elif module not in needed:
            later[name] = content
        elif module.partition(".")[0] in started:
            start[name] = content
        else:
            first[name] = content
    for name, content in found.modules.items():
        is_module = name.endswith((".pyc", ".so"))
        (later if is_module and _module(name) not in needed else first)[name] = content
    first[LATER] = "\n".join(sorted(map(_module, later))).encode()
    return Divided(_packed(start, zipfile.ZIP_DEFLATED), _compressed(first, level), _compressed(later, level))


def _compiled_files(files: Files) -> Iterable[tuple[str, bytes]]:
    for name, content in files.items():
        if name.endswith(".py"):
            yield f"{name}c", compiled(content, name)
        else:
            yield name, content


def compiled(source: bytes, name: str) -> bytes:
    """A compiled module without what describes it, and without numbers of lines if it is not one of ours."""
    if name.startswith(_OWN):
        tree = ast.parse(source, name)
        _leave_out_descriptions(tree)
        code = compile(tree, name, "exec", dont_inherit=True)
    else:
        # as python -OO has it
        code = _without_lines(compile(source, name, "exec", dont_inherit=True, optimize=2))
    return MAGIC_NUMBER + _NEVER_CHECKED + marshal.dumps(code)


def _leave_out_descriptions(node: ast.AST) -> None:
    match node:
        case ast.Module() | ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef() if _is_described(node.body):
            if isinstance(node, ast.ClassDef):
                # a dataclass that is not described writes its signature down, which takes time at every start
                node.body[0] = _said(".", node.body[0])
            elif len(node.body) > 1 or isinstance(node, ast.Module):
                del node.body[0]
            else:
                node.body[0] = _said(..., node.body[0])
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.stmt | ast.ExceptHandler | ast.match_case):
            _leave_out_descriptions(child)


def _said(value: Any, place: ast.stmt) -> ast.stmt:
    return ast.copy_location(ast.Expr(ast.copy_location(ast.Constant(value), place)), place)


def _is_described(body: list[ast.stmt]) -> bool:
    match body:
        case [ast.Expr(ast.Constant(str())), *_]:
            return True
    return False


def _without_lines(code: CodeType) -> CodeType:
    inner = (_without_lines(each) if isinstance(each, CodeType) else each for each in code.co_consts)
    units = len(code.co_code) // 2
    # an entry says of 1 to 8 units that they have no line
    full, rest = divmod(units, 8)
    table = b"\xff" * full + (bytes([0xF8 + rest - 1]) if rest else b"")
    return code.replace(co_linetable=table, co_consts=tuple(inner))


def _module(name: str) -> str:
    """The name of the module in a file."""
    *folders, file = name.split("/")
    return ".".join([*folders, file.split(".")[0]]).removesuffix(".__init__")


def _read(content: bytes) -> Files:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}


def _write(files: Files, place: Path) -> None:
    for name, content in files.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(content)


def _packed(files: Files, how: int) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", how, compresslevel=9) as archive:
        # the same files give the same bytes; what is alike stands together
        for name, data in sorted(files.items(), key=lambda entry: (entry[0].endswith(".so"), entry[0])):
            archive.writestr(zipfile.ZipInfo(name), data, how)
    return content.getvalue()


def _compressed(files: Files, level: int) -> bytes:
    """Compressed as a whole, by what every web space can serve: it need not compress by itself."""
    zstd = import_module("compression.zstd")
    options = {zstd.CompressionParameter.compression_level: level, zstd.CompressionParameter.window_log: _WINDOW}
    found: bytes = zstd.compress(_packed(files, zipfile.ZIP_STORED), options=options)
    return found
