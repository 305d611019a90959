"""Ports of this machine on which an app can be served: whether one is free, and whether somebody answers there."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from contextlib import ExitStack

HOST = "127.0.0.1"
"""this machine alone"""

FIRST, _MANY = 8501, 100
"""the first port that is tried, and how many after it"""
HIGHEST = 65_535
"""the last port that there is"""
_PATIENCE, _PAUSE = 90.0, 0.1
"""seconds until a server that does not answer counts as failed, and between two looks"""


def is_free(port: int, address: str = HOST) -> bool:
    """Whether a server can listen there, at an address of this machine."""
    with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as probe:
        # as servers do: a port whose last connections are still being closed counts as free
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError:
            return False
    return True


def free_port() -> int:
    """8501, or the next one that is free."""
    return next((port for port in range(FIRST, FIRST + _MANY) if is_free(port)), FIRST)


def spare_ports(count: int) -> list[int]:
    """So many ports that nobody listens on, whichever they are."""
    with ExitStack() as held:
        probes = [held.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind((HOST, 0))
        return [int(probe.getsockname()[1]) for probe in probes]


def answers_in_time(port: int, goes_on: Callable[[], bool] = lambda: True) -> bool:
    """Wait until a server answers there; false if none does, or if what starts it does not go on."""
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and goes_on():
        try:
            socket.create_connection((HOST, port), timeout=_PATIENCE).close()
        except OSError:
            time.sleep(_PAUSE)
            continue
        return goes_on()
    return False
