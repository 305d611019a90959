"""Which modules a site has, and what is in them."""

import marshal

import pytest

from mlpviz.hosts.site.archives import NEVER
from mlpviz.hosts.site.compile_modules import compiled
from tests.support.import_graph import modules, name_of, sources
from tests.support.repository import ROOT
from tests.support.site_note import newest
from tests.support.site_python import run_in_site

FOR_PROGRAMS = "mlpviz/__init__.py"
"""has the names that `import mlpviz` gives to programs, which no page asks for"""


def is_left_out(name):
    parts = name.split(".")
    return any(".".join(parts[: end + 1]) in NEVER for end in range(len(parts)))


def test_nothing_that_a_site_leaves_out_is_imported_there():
    """Also not inside a function: such a module would be asked for by nobody before a person comes to it."""
    asked = set()
    for path in sources():
        if path.parts[0] == "mlpviz" and not is_left_out(name_of(path)) and path.as_posix() != FOR_PROGRAMS:
            package = ".".join(path.parent.parts)
            found = modules((ROOT / path).read_text(encoding="utf-8"), package)
            asked |= {(path.as_posix(), name) for name in found if is_left_out(name)}
    assert asked == set()


EVERY_MODULE = """
import json, sys
from importlib import import_module
from pathlib import Path
import mlpviz

def come_later():
    return {name for name in sys.modules if "later-packages" in (getattr(sys.modules[name], "__file__", None) or "")}

import mlpviz.hosts.site.in_worker
at_first = sorted(come_later())
failed = []
for finder in [*sys.meta_path]:
    for name in getattr(finder, "_names", ()):
        if name.startswith(("mlpviz", "numpy", "pydantic")):
            try:
                import_module(name)
            except ImportError as error:
                failed.append([name, str(error)])
for path in Path(mlpviz.__file__).parent.rglob("*.pyc"):
    import_module(".".join(path.relative_to(Path(mlpviz.__file__).parents[1]).with_suffix("").parts).removesuffix(".__init__"))
json.dumps([at_first, failed, sorted(come_later())])
"""


def test_what_comes_later_comes_when_it_is_imported_and_the_first_visit_needs_none_of_it(site):
    at_first, failed, then = run_in_site(newest(site) / "python", EVERY_MODULE, None)
    assert at_first == []
    assert failed == []
    assert {"mlpviz.verify.torch_optimizers", "numpy.lib.recfunctions"} <= {*then}


SOURCE = b'''
"""What a module does."""

def area(width, height):
    """What a function does."""
    assert width > 0
    return width * height

class Shape:
    """What a class is."""

    def nothing(self):
        """Only words."""
'''


@pytest.mark.parametrize(
    ("name", "described", "raised"), [("mlpviz/x.py", ".", AssertionError), ("numpy/x.py", None, None)]
)
def test_a_compiled_module_does_the_same_without_its_words(name, described, raised):
    found: dict[str, object] = {}
    code = marshal.loads(compiled(SOURCE, name)[16:])  # noqa: S302  # our own
    exec(code, found)  # noqa: S102  # the source above
    assert (found.get("__doc__"), found["area"].__doc__, found["Shape"].__doc__) == (None, None, described)
    assert (found["area"](2, 3), found["Shape"]().nothing()) == (6, None)
    if raised:
        with pytest.raises(raised):
            found["area"](0, 1)
    assert b"function does" not in marshal.dumps(code)
