"""Start workers and what stands before them, start again what ended by itself, and end all of them together."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from mlpviz.app.ports import answers_in_time

_PAUSE, _GRACE = 0.2, 10.0
"""seconds between two looks at the processes, and until one that was told to end is killed"""
_SOON, _MOST = 5.0, 3
"""who ends within so many seconds of its start, so often in a row, cannot run here"""


class GivenUpError(Exception):
    """A process that ends again and again; the message says which."""


@dataclass
class Child:
    """A process that is to run for ever, and the port at which it answers once it has begun.

    `failures` counts how often in a row it ended soon after it `started` (in seconds of a clock that only goes on).
    """

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    port: int
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    failures: int = 0

    def start(self) -> None:
        """Start it, also again."""
        self.started = time.monotonic()
        # what each says of itself would be said many times; errors come on the other stream
        self.process = subprocess.Popen(  # noqa: S603  # our own command
            list(self.command), env=dict(self.environment), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
        )

    @property
    def runs(self) -> bool:
        """Whether it has not ended."""
        return self.process is not None and self.process.poll() is None

    def tend(self) -> None:
        """Start it again if it has ended. Raises GivenUpError if that does not help."""
        if self.runs:
            return
        ran = time.monotonic() - self.started
        self.failures = self.failures + 1 if ran < _SOON else 0
        if self.failures == _MOST:
            raise GivenUpError(f"{self.name} ended {_MOST} times within {_SOON:.0f} seconds of its start")
        print(f"mlpviz: {self.name} has ended, starting it again", file=sys.stderr, flush=True)
        self.start()

    def end(self) -> None:
        """Tell it to end, and wait until it has."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(_GRACE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def supervise(*stages: Sequence[Child], on_start: Callable[[], None]) -> None:
    """Run all of them until Ctrl+C or a signal to end; a stage begins when the one before answers, then `on_start`.

    Raises GivenUpError.
    """
    children = [child for stage in stages for child in stage]
    try:
        with _ended_by_signals():
            for stage in stages:
                for child in stage:
                    child.start()
                for child in stage:
                    if not answers_in_time(child.port, lambda child=child: child.runs):  # type: ignore[misc]
                        raise GivenUpError(f"{child.name} did not start")
            on_start()
            while True:
                for child in children:
                    child.tend()
                time.sleep(_PAUSE)
    except KeyboardInterrupt:
        return
    finally:
        for child in children:
            with suppress(KeyboardInterrupt):
                child.end()


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """What a service manager sends ends us as Ctrl+C does: else the workers would stay."""

    def end(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
