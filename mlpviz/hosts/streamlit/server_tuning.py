"""Settings of sockets and threads that let the server answer without delay."""

from __future__ import annotations

import gc
import socket
import sys

import threadpoolctl

TURN = 0.0005
"""Seconds for which a thread that computes may keep the interpreter while another one waits for it."""


def send_at_once() -> int:
    """Switch Nagle's algorithm off for the server's listening socket and its connections; says for how many.

    Streamlit binds its socket without naming the protocol, and asyncio then leaves Nagle's algorithm on: the second of
    two small messages waits for the browser to confirm the first, which it puts off for 40 ms. Connections inherit the
    option from the socket that accepts them. Frozen objects are not looked at, so call this before gc.freeze().

    The socket is searched for among all objects because no interface gives it (Streamlit 1.67, Starlette 1.10, uvicorn
    0.54): Streamlit binds it by itself and has no option for it, an ASGI scope names addresses and no transport, and a
    lifespan knows the app alone.
    """
    found = 0
    for one in gc.get_objects():
        if type(one) is socket.socket and one.family in (socket.AF_INET, socket.AF_INET6):
            try:
                one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, True)
            except OSError:
                continue  # closed, or no stream
            found += 1
    return found


def take_turns() -> None:
    """Give the interpreter to the server's event loop soon, also while a network learns or passes are computed.

    A message passes through several steps of the event loop, and before each of them it would wait for 5 ms, which is
    Python's own interval.
    """
    sys.setswitchinterval(TURN)


def compute_with(threads: int) -> None:
    """Let one product of matrices take so many processors, in every library that is loaded by now.

    The threads of these libraries wait for each other by computing: where they take all processors, nobody's edit is
    answered meanwhile.
    """
    threadpoolctl.threadpool_limits(threads)
