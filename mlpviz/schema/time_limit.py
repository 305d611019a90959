"""A limit of time for whatever reads a file: limits of size bound most of it, and this one the rest."""

from __future__ import annotations

import contextvars
import ctypes
import sys
import threading
from collections.abc import Callable
from typing import TypeVar

from mlpviz.engine.hyperparameters import exact
from mlpviz.schema.errors import DocumentError

T = TypeVar("T")

READING = 60.0
"""seconds; on a fast machine no file within the other limits comes near"""


class _Stopped(BaseException):
    """Is raised in a thread that takes too long; no reader catches it."""


def within_time(read: Callable[[], T]) -> T:
    """What `read` gives or raises, in a thread of its own.

    Raises DocumentError once `READING` seconds have passed; the thread then ends at its next line of Python. In a
    browser Python has no threads: there a reader holds up nobody but the one whose file it is, and has no limit.
    """
    if sys.platform == "emscripten":
        return read()
    given: list[T] = []
    raised: list[BaseException] = []
    context = contextvars.copy_context()

    def work() -> None:
        try:
            given.append(context.run(read))
        except BaseException as error:  # the caller raises it
            raised.append(error)

    thread = threading.Thread(target=work, daemon=True, name="reading")
    thread.start()
    thread.join(READING)
    if thread.is_alive():
        ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread.ident or 0), ctypes.py_object(_Stopped))
        raise DocumentError(
            f"reading the file takes more than {exact(READING)} seconds: expected a smaller or simpler one"
        )
    if raised:
        raise raised[0]
    return given[0]
