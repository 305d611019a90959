"""Everything that the program defines is used by something that a person can reach."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.unused_names import Program

ROOT = Path(__file__).parents[1]

ENTRIES = (
    "app.py",
    "pages/*.py",
    "mlpviz/__main__.py",
    "mlpviz/hosts/*.py",
    "mlpviz/hosts/*/__init__.py",
    "mlpviz/hosts/site/in_worker.py",
    "mlpviz/hosts/site/compile_modules.py",
    "mlpviz/hosts/site/safetensors_bytes.py",
    "mlpviz/hosts/site/site_archives.py",
    "mlpviz/hosts/site/visit.py",
    "mlpviz/hosts/streamlit/router.py",
    "mlpviz/exchange/*.py",
    "mlpviz/exchange/imports/*.py",
)
"""what Streamlit, Python or another host starts, and what a registry finds by looking into its folder"""

PUBLIC = "mlpviz.api"
"""what `import mlpviz` offers to programs of others"""

ALLOWED = {
    "mlpviz.engine.textbook_pass": "what a newcomer reads first, linked from the docs; the tests hold the engine to it",
    "mlpviz.verify.torch_losses": "found by the names that the records of losses give as their twins",
}
"""what may stay unused, and why"""


def unused(root: Path, entries: tuple[str, ...] = ENTRIES) -> list[str]:
    files = {*root.glob("app.py"), *root.glob("pages/*.py"), *root.glob("mlpviz/**/*.py")}
    found = [path for pattern in entries for path in root.glob(pattern)]
    return list(Program.of(root, sorted(files), found, PUBLIC).unused())


def test_everything_is_used_from_the_pages_the_command_line_or_a_host() -> None:
    found = unused(ROOT)
    assert set(found) - ALLOWED.keys() == set(), "nothing that can be reached uses these: delete them"
    assert set(ALLOWED) - set(found) == set(), "these are used now, or gone: take them from ALLOWED"


@pytest.fixture
def planted(tmp_path: Path):
    def plant(**files: str) -> list[str]:
        for name, source in files.items():
            path = tmp_path / "mlpviz" / f"{name.replace('_in_', '/')}.py"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(source, encoding="utf-8")
        return unused(tmp_path)

    (tmp_path / "app.py").write_text("from mlpviz.start import start\n\nstart()\n", encoding="utf-8")
    return plant


def test_a_function_that_nothing_calls_is_found_and_all_that_only_it_uses(planted) -> None:
    found = planted(
        start="from mlpviz.numbers import one\ndef start(): return one()\n",
        numbers="from mlpviz.deep import DEEP\nLIMIT = 3\ndef one(): return 1\ndef two(): return LIMIT + DEEP\n",
        deep="DEEP = 7\n",
    )
    assert found == ["mlpviz.deep", "mlpviz.numbers:LIMIT", "mlpviz.numbers:two"]


def test_a_twin_of_the_same_name_hides_nothing(planted) -> None:
    found = planted(
        start="from mlpviz.used import History\ndef start(): return History()\n",
        used="class History:\n    pass\n",
        twin="class History:\n    pass\n",
    )
    assert found == ["mlpviz.twin"]


def test_a_local_name_is_no_use_of_a_function(planted) -> None:
    assert planted(start="def start(rows): return rows\ndef rows(): return 1\n") == ["mlpviz.start:rows"]


def test_methods_and_properties_are_used_by_attributes(planted) -> None:
    found = planted(
        start="""
from functools import cached_property
class Run:
    def __init__(self): self.prepare()
    def prepare(self): pass
    def advance(self): return self.inner
    @property
    def inner(self): return 1
    @cached_property
    def idle(self): return self.only_idle()
    def only_idle(self): return 2
    def named(self): return 3
def start():
    Run().advance()
    return getattr(Run(), "named")
"""
    )
    assert found == ["mlpviz.start:Run.idle", "mlpviz.start:Run.only_idle"]


@pytest.mark.parametrize(
    "source",
    [
        "from mlpviz.part import made\ndef start(): return made",
        "from mlpviz import part\ndef start(): return part.made",
        "import mlpviz.part\ndef start(): return mlpviz.part.made",
        "import mlpviz.part as other\ndef start(): return other.made",
        "from .part import made as other\ndef start(): return other",
        "def start():\n    from mlpviz.part import made\n    return made",
        "from mlpviz import part\ndef start(): return [each.made for each in (part,)]",
        "from mlpviz.part import made\nstart = {'key': made}.get",
        "from mlpviz.part import made\ndef start(x: made): pass",
        "from mlpviz.part import made\ndef start(x=made): pass",
        "from mlpviz.part import made\n@made\nclass Base: pass\ndef start(): pass",
        "from mlpviz.part import made\nclass Base(made): pass\ndef start(): Base()",
        "from mlpviz.around import made\ndef start(): return made",
    ],
)
def test_a_use_is_seen_in_every_form(planted, source: str) -> None:
    more = {"around_in___init__": "from mlpviz.part import made\n"} if "around" in source else {}
    assert planted(__init__="", start=source, part="def made(): return 1\n", **more) == []


def test_what_another_library_calls_is_used(planted) -> None:
    found = planted(
        start="""
import argparse
from pydantic import BaseModel, field_validator
class Parser(argparse.ArgumentParser):
    def error(self, message): return message
class Model(BaseModel):
    @field_validator("x")
    @classmethod
    def check(cls, x): return x
    def forgotten(self): return 1
def start(): return Parser(), Model()
"""
    )
    assert found == ["mlpviz.start:Model.forgotten"]


def test_a_file_named_in_a_string_runs_and_a_registered_function_is_used(planted) -> None:
    found = planted(
        start="RUNS = 'mlpviz/router.py'\ndef start(): return RUNS\n",
        router="from mlpviz.events import EVENTS\nfrom mlpviz import edits\nprint(EVENTS)\n",
        events="EVENTS = {}\ndef event(function): EVENTS[function.__name__] = function; return function\n",
        edits="from mlpviz.events import event\n@event\ndef set_number(): pass\ndef forgotten(): pass\n",
    )
    assert found == ["mlpviz.edits:forgotten"]


def test_of_a_host_everything_is_used(planted) -> None:
    assert (
        planted(start="def start(): pass\n", hosts_in_notebook="from mlpviz.start import start\ndef show(): start()\n")
        == []
    )


def test_of_the_public_package_what_it_lists_is_used_with_all_methods(planted) -> None:
    found = planted(
        start="def start(): pass\n",
        api_in___init__="from mlpviz.api.network import Network\n__all__ = ['Network']\n",
        api_in_network="""
from mlpviz.inner import Inner
class Result:
    def shown(self): return Inner()
class Network:
    def trace(self): return Result()
class Forgotten:
    pass
""",
        inner="class Inner:\n    def idle(self): pass\n",
    )
    assert found == ["mlpviz.api.network:Forgotten", "mlpviz.inner:Inner.idle"]
