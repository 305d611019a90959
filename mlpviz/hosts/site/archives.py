"""What is in the archives of modules that the browser's Python unpacks: Python's library, packages of others, and ours.

Compiled, and divided into what every visit needs and what may come later, they start in half the time. Only the same
Python can compile them, which is the one in WebAssembly: Node runs it, if there is Node.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Iterable, Mapping
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

import mlpviz
from mlpviz.data.sklearn_datasets import MEASURED, measured_file
from mlpviz.hosts.program import WEB
from mlpviz.hosts.site.site_archives import LATER

Files = dict[str, bytes]
"""contents by their paths"""

PURE = ("latex2mathml", "defusedxml")
"""packages without compiled parts that this Python has installed"""

_NEEDLESS = (".pyi", ".h", ".c", ".a", ".pxd", ".md", ".typed", ".typ", ".ttf", ".mjs")
"""endings of files that no page of a site reads"""
_NEEDLESS_FOLDERS = {"tests", "__pycache__", "include", "pkgconfig", "npy-pkg-config", "_examples"}
NEVER = frozenset(
    {
        # for those who write, start, test, time and look for faults in programs, or who serve them
        *("_pyrepl", "antigravity", "argparse", "bdb", "cProfile", "cmd", "code", "compileall", "configparser"),
        *("doctest", "fileinput", "filecmp", "ftplib", "getopt", "getpass", "imaplib", "mailbox", "modulefinder"),
        *("multiprocessing", "netrc", "optparse", "pdb", "pickletools", "plistlib", "poplib", "profile", "pstats"),
        *("pty", "py_compile", "pyclbr", "pydoc", "rlcompleter", "runpy", "shelve", "shlex", "smtplib"),
        *("socketserver", "sqlite3", "symtable", "tabnanny", "tarfile", "this", "timeit", "trace", "turtledemo"),
        *("unittest", "wave", "webbrowser", "wsgiref", "xmlrpc", "zipapp"),
        *("asyncio.proactor_events", "asyncio.windows_events", "asyncio.windows_utils", "concurrent.futures.process"),
        *("ctypes.macholib", "http.cookies", "http.cookiejar", "http.server", "logging.config", "logging.handlers"),
        *("xml.dom", "xml.sax.expatreader"),
        # in the place of compiled modules that Python has here
        *("_pydatetime", "_pyio", "_py_abc"),
        *("numpy.conftest", "numpy.ctypeslib", "numpy.f2py", "numpy.fft", "numpy.ma.testutils", "numpy.matlib"),
        *("numpy.polynomial", "numpy.testing", "numpy._configtool", "numpy._core.cversions", "numpy._pyinstaller"),
        "numpy.doc",
        # of the version of pydantic before, and for a checker of types
        *("pydantic.mypy", "pydantic.v1"),
        # other homes, and the pages that need Plotly
        *("mlpviz.__main__", "mlpviz.api", "mlpviz.cli", "mlpviz.hosts.notebook", "mlpviz.hosts.pages"),
        *("mlpviz.hosts.program", "mlpviz.hosts.streamlit", "mlpviz.hosts.workers", "mlpviz.bits_page"),
        *("mlpviz.exploration", "mlpviz.functions_page", "mlpviz.gradient_flow", "mlpviz.gradient_flow_page"),
        *("mlpviz.landscape", "mlpviz.landscape_page", "mlpviz.low_precision"),
        # what writes a site
        *(
            f"mlpviz.hosts.site.{each}"
            for each in ("archives", "browser_python", "build", "compile_modules", "documents", "visit")
        ),
        *(f"mlpviz.hosts.site.{each}" for each in ("first_answers", "one_file", "pyodide_files", "site_archives")),
        "mlpviz.hosts.site.safetensors_bytes",
    }
)
"""modules that no page of a site asks for, with those in them: they are not there"""
_NO_LINE = 0o644 << 16
_LONGEST = 300.0
LEVEL = 19
"""of zstd, from 1: more takes more time and gives smaller archives"""
_BY_NODE = ("compile.mjs", "compile_modules.py", "visit.py")
_LICENCE_FILES = re.compile(r"\.dist-info/.*(LICEN[CS]E|COPYING|NOTICE|AUTHORS)", re.IGNORECASE)
_IN_LIBRARY = "site_archives.py"
"""a module of ours by which the browser's Python unpacks all others"""


class Archives(NamedTuple):
    """The files of a site with modules: the library that Python starts with, what it needs then, and the rest."""

    library: bytes
    first: bytes
    later: bytes
    is_compiled: bool


class Package(NamedTuple):
    """A package that this Python has installed."""

    name: str
    version: str
    licence: str


def pure_packages() -> list[Package]:
    """The packages of `PURE`, with what their own metadata say."""
    found = [metadata.metadata(name).json for name in PURE]
    return [
        Package(str(each["name"]), str(each["version"]), str(each.get("license_expression") or each["license"]))
        for each in found
    ]


def archives(library: bytes, wheels: Iterable[bytes], python: Mapping[str, bytes]) -> Archives:
    """The archives of Python's library, as it comes, and of all else. `python` has the files of Pyodide itself."""
    of_python = _needed(_unpacked(library)) | {_IN_LIBRARY: Path(__file__).with_name(_IN_LIBRARY).read_bytes()}
    modules = packages_of(wheels) | _in_place_of_libraries() | own_modules()
    return _compiled(of_python, modules, python) or Archives(
        packed(of_python), packed(modules | {LATER: b""}), packed({}), is_compiled=False
    )


def packages_of(wheels: Iterable[bytes]) -> Files:
    """The files of the wheels, and of the packages in `PURE`."""
    return _needed(_all_of(wheels))


def licences_of(wheels: Iterable[bytes]) -> bytes:
    """The texts of all licences in the wheels and of the packages in `PURE`, each behind the path of its file."""
    found = sorted((name, text) for name, text in _all_of(wheels).items() if _LICENCE_FILES.search(name))
    return b"\n\n".join(part for name, text in found for part in (name.encode(), text))


def _all_of(wheels: Iterable[bytes]) -> Files:
    found: Files = {}
    for wheel in wheels:
        found |= _unpacked(wheel)
    for name in PURE:
        for file in metadata.files(name) or ():
            if file.suffix in (".py", ".txt") or file.parts[0].endswith(".dist-info"):
                found[file.as_posix()] = Path(str(file.locate())).read_bytes()
    return found


def _in_place_of_libraries() -> Files:
    return {
        "safetensors/__init__.py": Path(__file__).with_name("safetensors_bytes.py").read_bytes(),
        "safetensors/numpy.py": b"from safetensors import load, save",
    }


def own_modules() -> Files:
    """Our modules and what they read, but not the browser's program; and data that scikit-learn has, as arrays."""
    root = Path(mlpviz.__file__).parent
    return {f"mlpviz/data/{MEASURED}": measured_file()} | _needed(
        {
            path.relative_to(root.parent).as_posix(): path.read_bytes()
            for path in sorted(root.rglob("*"))
            if path.is_file() and WEB not in path.parents
        }
    )


def _needed(files: Files) -> Files:
    return {name: content for name, content in files.items() if _is_needed(name)}


def _is_needed(name: str) -> bool:
    *folders, file = name.split("/")
    module = [*folders, file.partition(".")[0]]
    return not (
        name.endswith(_NEEDLESS)
        # one of these asks for its own version
        or (".dist-info/" in name and not (file == "METADATA" and name.startswith(PURE)))
        or _NEEDLESS_FOLDERS.intersection(folders)
        or any(".".join(module[:end]) in NEVER for end in range(1, len(module) + 1))
    )


def packed(files: Mapping[str, bytes]) -> bytes:
    """The files as an archive: the same files give the same bytes."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(files.items()):
            entry = zipfile.ZipInfo(name)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, _NO_LINE
            archive.writestr(entry, data)
    return content.getvalue()


def _compiled(library: Files, modules: Files, python: Mapping[str, bytes]) -> Archives | None:
    """None without Node."""
    node = shutil.which("node")
    if node is None:
        return None
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        given = {**python, "library.zip": packed(library), "modules.zip": packed(modules)}
        given |= {name: Path(__file__).with_name(name).read_bytes() for name in _BY_NODE}
        for name, content in given.items():
            (folder / name).write_bytes(content)
        subprocess.run(  # noqa: S603  # our own program
            [node, str(folder / "compile.mjs"), str(LEVEL)], check=True, capture_output=True, timeout=_LONGEST
        )
        start, first, later = ((folder / f"made-{name}").read_bytes() for name in ("library", "first", "later"))
        return Archives(start, first, later, is_compiled=True)


def _unpacked(content: bytes) -> Files:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}
