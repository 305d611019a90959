"""How a site's Python unpacks its modules: the first at once, the others when one of them is imported."""

import importlib
import sys

import pytest

from mlpviz.app.faults import attempt
from mlpviz.hosts.site.archives import packed
from mlpviz.hosts.site.site_archives import LATER, install

FIRST = {
    "early_ones/__init__.py": b"",
    "early_ones/here.py": b"NUMBER = 1",
    LATER: b"early_ones.other late_ones late_ones.inner",
}
REST = {
    "early_ones/other.py": b"from early_ones.here import NUMBER",
    "late_ones/__init__.py": b"",
    "late_ones/inner.py": b"NUMBER = 3",
}


class OfJavaScript(bytes):
    def to_bytes(self):
        return bytes(self)


@pytest.fixture
def place(tmp_path, monkeypatch):
    folder = tmp_path / "site-packages"
    monkeypatch.setattr("site.getsitepackages", lambda: [str(folder)])
    monkeypatch.setattr(sys, "path", [str(folder), *sys.path])
    monkeypatch.setattr(sys, "meta_path", [*sys.meta_path])
    yield folder
    for name in [name for name in sys.modules if name.startswith(("early_ones", "late_ones"))]:
        del sys.modules[name]


def test_the_other_modules_come_once_and_stand_where_they_belong(place):
    asked = []

    def bring():
        asked.append(1)
        return OfJavaScript(packed(REST))

    install(OfJavaScript(packed(FIRST)), bring)
    assert importlib.import_module("early_ones.here").NUMBER == 1
    assert asked == []
    assert importlib.import_module("early_ones.other").NUMBER == 1
    assert importlib.import_module("late_ones.inner").NUMBER == 3
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("early_ones.nowhere")
    assert asked == [1]
    assert not (place / "late_ones").exists()


@pytest.mark.usefixtures("place")
def test_without_a_line_it_is_an_error_of_import_and_the_next_time_asks_again():
    answers = [OSError("no line"), OfJavaScript(packed(REST))]

    def bring():
        answer = answers.pop(0)
        if isinstance(answer, OSError):
            raise answer
        return answer

    install(OfJavaScript(packed(FIRST)), bring)
    said = attempt("Saving", lambda: importlib.import_module("late_ones"), lambda sentence: sentence)
    assert said == "This needs a part of the program that did not come: connect to the internet and try again."
    assert importlib.import_module("late_ones.inner").NUMBER == 3
