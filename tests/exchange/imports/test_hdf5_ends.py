import pytest

from mlpviz.exchange.imports import ForeignFile, hdf5_ends, read_network
from mlpviz.network import DocumentError
from tests.support.foreign_models import MODELS

GOOD = (MODELS / "keras2_legacy_h5" / "act_hard_sigmoid.h5").read_bytes()


@pytest.fixture
def started(monkeypatch):
    """The processes that are started, none of which was before."""
    found = []
    start = hdf5_ends._Process.__init__

    def noted(self):
        found.append(self)
        start(self)

    hdf5_ends._kept.end()
    monkeypatch.setattr(hdf5_ends._Process, "__init__", noted)
    yield found
    hdf5_ends._kept.end()


@pytest.fixture
def stand_in(tmp_path, monkeypatch):
    """Puts a line of Python in the place of what the HDF5 library does with a file, in the processes on trial."""

    def put(line):
        library = f"class File(dict):\n    attrs = ()\n    def __init__(self, *given):\n        {line}\n"
        enter_and_leave = "    def __enter__(self): return self\n    def __exit__(self, *error): pass\n"
        (tmp_path / "h5py.py").write_text(f"import os, time\n{library}{enter_and_leave}")
        monkeypatch.setenv("PYTHONPATH", str(tmp_path))
        monkeypatch.setattr(hdf5_ends, "_SECONDS", 1)

    return put


@pytest.mark.parametrize("line", ["while True: pass", "os.abort()"])
def test_a_file_in_which_the_hdf5_library_never_ends_or_crashes_is_refused(line, stand_in, started):
    """A good file has to be refused, and nothing stops."""
    read_network(ForeignFile("m.h5", GOOD))
    hdf5_ends._kept.end()
    stand_in(line)
    with pytest.raises(DocumentError, match=r"^m.h5 is a damaged HDF5 file$"):
        read_network(ForeignFile("m.h5", GOOD))
    assert not started[-1].lives()


def test_a_process_that_hangs_without_computing_is_killed(stand_in, monkeypatch, started):
    stand_in("time.sleep(600)")
    monkeypatch.setattr(hdf5_ends, "READING", 0.4)
    assert not hdf5_ends.ends(GOOD)
    assert not started[0].lives()


def test_one_process_reads_file_after_file_and_each_has_its_own_time(stand_in, started):
    stand_in("end = time.process_time() + 0.6\n        while time.process_time() < end: pass")
    assert all(hdf5_ends.ends(GOOD) for _ in range(4))
    assert len(started) == 1
    assert started[0].lives()


def test_a_process_that_met_damage_reads_no_other_file(started):
    assert hdf5_ends.ends(GOOD[:-1000])
    assert not started[0].lives()
    assert hdf5_ends.ends(GOOD)
    assert len(started) == 2


def test_a_process_that_others_ended_is_replaced(started):
    assert hdf5_ends.ends(GOOD)
    started[0]._process.kill()
    started[0]._process.wait()
    assert hdf5_ends.ends(GOOD)
    assert len(started) == 2


def test_a_process_waits_for_a_while_only(monkeypatch, started):
    monkeypatch.setattr(hdf5_ends, "_KEPT", 0.01)
    assert hdf5_ends.ends(GOOD)
    hdf5_ends._kept._timer.join(60)
    assert not started[0].lives()
