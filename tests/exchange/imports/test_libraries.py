"""Libraries of single formats: imported when a file needs them, named with what to install where they are missing."""

import subprocess
import sys
import tomllib

import pytest

from mlpviz.exchange.imports import read_network
from mlpviz.network import DocumentError
from tests.support.foreign_models import saved_models
from tests.support.repository import ROOT

EXTRAS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
NEEDED = {
    "keras3": ("h5py", "'mlpviz[keras]'"),
    "keras_legacy_h5": ("h5py", "'mlpviz[keras]'"),
    "torch_onnx": ("onnx", "'mlpviz[onnx]'"),
    "skl2onnx": ("onnx", "'mlpviz[onnx]'"),
    "spreadsheet_bias_column": ("openpyxl", "'mlpviz[xlsx]'"),
    "torch_pt": ("torch", "torch"),
}
"""What the files of a folder need, and what is said to install it."""


@pytest.mark.parametrize("folder", NEEDED)
def test_a_missing_library_is_said_with_what_to_install(folder, monkeypatch):
    saved = next(each for each in saved_models() if each.folder == folder)
    library, install = NEEDED[folder]
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(DocumentError) as refused:
        read_network(saved.foreign, saved.answers)
    assert str(refused.value).endswith(f"needs the library {library}, which is not installed: pip install {install}")


def test_what_is_said_installs_it():
    for library, install in NEEDED.values():
        if "[" in install:
            extra = install.split("[")[1].removesuffix("]'")
            assert any(line.startswith(library) for line in EXTRAS[extra])


def test_every_extra_is_said_by_a_format():
    said = {install.split("[")[1].removesuffix("]'") for _, install in NEEDED.values() if "[" in install}
    assert said == EXTRAS.keys() - {"formats", "metrics", "notebook", "pdf", "png"}  # nothing is read with these


@pytest.mark.parametrize("start", ["mlpviz.hosts.pages", "mlpviz.cli", "mlpviz.api"])
def test_who_imports_nothing_loads_none_of_them(start):
    heavy = {"h5py", "onnx", "openpyxl", "torch", "sklearn", "keras"}
    code = f"import sys, {start}; print(sorted({heavy} & {{*sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True, text=True)
    assert done.stdout == "[]\n"
