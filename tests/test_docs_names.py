"""README.md and docs name only what exists: files, modules, names in the source, pictures and other pages."""

import re
from functools import cache

import pytest

from tests.support.documentation import PAGES, quoted
from tests.support.repository import ROOT

ENDINGS = (".py", ".js", ".css", ".json", ".md", ".toml", ".txt")
OF_OTHERS = {
    "OPENBLAS_CORETYPE": "a setting of OpenBLAS",
    **dict.fromkeys(("build/site", "site.json"), "what `make site` writes"),
    "asset_dir": "a setting of a Streamlit component",
    "src/nn.ts": "a file of TensorFlow Playground",
    **dict.fromkeys(("mlpviz/x_page", "tests/x_page", "mlpviz/web/x"), "a page that is still to be written"),
    **dict.fromkeys(("/healthz", "/metrics"), "addresses of the server"),
    "shared/mnist": "a folder beside the checkout, which not everybody has",
}
"""Names in backticks that are not ours."""


@cache
def files():
    folders = ("mlpviz", "pages", "tests", "tools", "benchmarks", "docs", ".streamlit")
    found = [path for folder in folders for path in (ROOT / folder).rglob("*") if "__pycache__" not in path.parts]
    return [path.relative_to(ROOT) for path in (*found, *ROOT.glob("*.*"), ROOT / "Containerfile")]


@cache
def words():
    """Every word of the program, the benchmarks, the rule about imports, and of the names of all files."""
    code = [path for path in files() if path.suffix in ENDINGS and path.parts[0] not in ("docs", "tests")]
    code = [
        *(path for path in code if path.suffix != ".md"),
        "Makefile",
        "Containerfile",
        "tests/test_import_arrows.py",
    ]
    text = "\n".join((ROOT / path).read_text(encoding="utf-8") for path in code)
    return set(re.findall(r"\w+", text)) | {part for path in files() for part in re.split(r"[./]", str(path))}


def is_a_file(name):
    """Whether a path or a pattern of paths, as far as it is written out, leads to a file or folder."""
    pattern = name.rstrip("/")
    return any(path.match(pattern) for path in files()) or (ROOT / pattern).exists()


def replaced(page):
    """What stands in backticks in the column `old` of the glossary, which tells what names were replaced."""
    rows = re.findall(r"^\| \w+ \| ([^|]+) \| [^|]+ \|$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {name for row in rows for name in re.findall(r"`([^`]+)`", row)} if page.name == "glossary.md" else set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_is_named_exists(page):
    wrong = []
    for text in (text for text in quoted(page) if text not in OF_OTHERS.keys() | replaced(page)):
        if re.fullmatch(r"[\w./*-]+", text) and ("/" in text or text.endswith(ENDINGS)):
            if not is_a_file(text):
                wrong.append(text)
        else:
            wrong += [text for word in re.findall(r"[A-Za-z_]\w{2,}", text) if word not in words()]
    assert wrong == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_link_leads_to_a_file(page):
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#\s]+)", text):
        if not target.startswith("http"):
            assert (page.parent / target).exists(), target


def test_every_page_and_picture_is_linked():
    linked = {
        (page.parent / target).resolve()
        for page in PAGES
        for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))
    }
    assert set((ROOT / "docs").rglob("*.*")) <= linked
