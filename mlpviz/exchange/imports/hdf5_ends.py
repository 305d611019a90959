"""Whether the HDF5 library comes to an end with a file, as a process of its own finds out.

The process starts in a fifth of a second of computing, so one is kept for the next file, for a while. A process that
met anything wrong reads no other file: what damage has done to it is not known.
"""

from __future__ import annotations

import atexit
import subprocess
import sys
import threading
from pathlib import Path

from mlpviz.exchange.imports.hdf5_trial import READ
from mlpviz.exchange.imports.operations import MOST_NUMBERS
from mlpviz.schema.time_limit import READING

MOST = 5_000
"""groups and data sets of one file"""
MOST_BYTES = 64_000_000
"""that a piece of a data set unpacks to"""
_PROGRAM = Path(__file__).with_name("hdf5_trial.py")
_SECONDS = 5
"""of computing, after which a trial has not come to its end"""
_KEPT = 120.0
"""seconds that a process waits for another file"""


class _Process:
    """A process that reads files on trial, one after another."""

    def __init__(self) -> None:
        limits = (_SECONDS, MOST, MOST_BYTES, MOST_NUMBERS)
        command = [sys.executable, "-P", str(_PROGRAM), *map(str, limits)]
        self._process = subprocess.Popen(  # noqa: S603  # our own program
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )

    def answer(self, content: bytes) -> bytes:
        """Its answer for a file; nothing if it came to no end."""
        stdin, stdout = self._process.stdin, self._process.stdout
        if stdin is None or stdout is None:
            return b""
        late = threading.Timer(READING / 2, self._process.kill)
        late.start()
        try:
            stdin.write(len(content).to_bytes(8, "little") + content)
            stdin.flush()
            return stdout.read(1)
        except OSError:  # it ended before it had read all
            return b""
        finally:
            late.cancel()

    def lives(self) -> bool:
        """Whether it still runs: others can end it, such as a system that is short of memory."""
        return self._process.poll() is None

    def end(self) -> None:
        """Kill it."""
        self._process.kill()
        self._process.communicate()


class _Kept:
    """The one process that waits for a file, if there is one; whoever takes it has it alone."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: _Process | None = None
        self._timer: threading.Timer | None = None

    def take(self) -> _Process | None:
        """The process, which then waits no longer."""
        with self._lock:
            process, self._process = self._process, None
            if self._timer is not None:
                self._timer.cancel()
        if process is not None and not process.lives():
            process.end()
            return None
        return process

    def keep(self, process: _Process) -> None:
        """Let it wait for another file; one that waits already is enough."""
        with self._lock:
            if self._process is None:
                self._process = process
                self._timer = threading.Timer(_KEPT, self.end)
                self._timer.daemon = True
                self._timer.start()
                return
        process.end()

    def end(self) -> None:
        """End the process that waits."""
        process = self.take()
        if process is not None:
            process.end()


_kept = _Kept()
atexit.register(_kept.end)


def ends(content: bytes) -> bool:
    """Whether the HDF5 library comes to an end with this file: damage can make it loop or crash, with all of Python."""
    process = _kept.take() or _Process()
    answer = process.answer(content)
    if answer == READ:
        _kept.keep(process)
    else:
        process.end()
    return answer != b""
